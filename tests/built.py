"""The golden dossier as a site, built once in each process, for tests that only read it."""

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from generator.build import Engine
from tests.brook import brook, make


@cache
def golden_site(*, with_downloads: bool = False, engine: Engine = "mkdocs") -> Path:
    """Return the folder of the site; the dossier lies two folders above. Who changes anything takes a `brook`."""
    folder = Path(tempfile.mkdtemp(prefix="golden-site-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    report = make(brook(folder / "mill"), with_site=True, with_downloads=with_downloads, engine=engine)
    assert report.site is not None, report.examined.diagnostics
    return folder / "mill/build/site"
