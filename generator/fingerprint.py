"""One value that changes whenever Dossier itself does: its code, templates, words, assets, libraries, its Python.

What was computed under another fingerprint is computed anew.
"""

import sys
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

_PACKAGE: Final = Path(__file__).parent
# Everything that what is made can depend on, which is all that requirements.in asks for but its build backend.
_LIBRARIES: Final = (
    *("ahocorasick_rs", "babel", "click", "jinja2", "markupsafe", "mkdocs", "mkdocs-material", "pagefind"),
    *("pikepdf", "pydantic", "pyyaml", "ruamel.yaml", "simplemma", "typst", "zensical"),
)


@cache
def fingerprint() -> str:
    """Return the fingerprint of the Dossier that is running, as hexadecimal digits."""
    digest = sha256(sys.version.encode())
    for library in _LIBRARIES:
        digest.update(f"{library} {_version(library)}\n".encode())
    files = sorted(
        file
        for file in _PACKAGE.rglob("*")
        if file.is_file() and file.suffix != ".pyc" and "__pycache__" not in file.parts
    )
    for file in files:
        digest.update(sha256(file.relative_to(_PACKAGE).as_posix().encode()).digest())
        digest.update(sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return "unknown"
