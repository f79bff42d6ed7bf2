"""What goes into the site beside its pages: the downloads, and at last a copy of everything, for reading offline.

In: what was made for readers (`downloads.py`), the stage of the site. Out: additions to it. The copy cannot hold its
own size and digest: they are written into the pages when it is there.
"""

from collections.abc import Callable
from hashlib import blake2b
from itertools import product
from pathlib import Path
from typing import Final

from generator.corpus import Corpus
from generator.epoch import epoch
from generator.lang import LANGS
from generator.offered import COPY, FOLDER, copy_path, name_of
from generator.outputs.offline import Archive, digest_of, write_archive
from generator.outputs.site import Addition
from generator.publish import put
from generator.stage import Stage, listing
from generator.views.downloads import Downloads, path_of_pdf, size_label
from generator.views.shelved import filled

_COPY: Final = "work/copy.zip"
_NAMING: Final = ("index.html", f"{FOLDER}/index.html")  # the pages that say how large the copy is
Progress = Callable[[str], None]


def additions(corpus: Corpus, downloads: Downloads, build: Path, *, progress: Progress | None) -> tuple[Addition, ...]:
    """Return what goes into the site: the files, then a copy of it all; without `progress` the last copy stays."""
    mark = f"{FOLDER} {blake2b(repr(downloads.files).encode(), digest_size=12).hexdigest()}"
    parts = [Addition(lambda: mark, lambda stage: _add_files(stage, downloads, build))]
    if any(one.form == COPY for one in downloads.files):
        if progress is None:
            parts.append(Addition(lambda: "an old copy", lambda stage: _keep_copy(stage, copy_path(corpus), build)))
        else:
            parts.append(Addition(lambda: "a copy", lambda stage: _add_copy(stage, corpus, build, progress)))
    return tuple(parts)


def copy_of_site(corpus: Corpus, site: Path, output: Path | None) -> Path:
    """Return the file that holds the copy of a site, which is put where `output` says in one step."""
    file = site / copy_path(corpus)
    if output is None:
        return file
    put(output, file.read_bytes())
    return output


def _add_files(stage: Stage, downloads: Downloads, build: Path) -> None:
    """Make the stage hold exactly these files, and the copy of the site where there is one already."""
    copy = {one.path for one in downloads.files if one.form == COPY}
    own = {path_of_pdf(lang, entry_id) for lang, ids in downloads.entries.items() for entry_id in ids}
    wanted = ({one.path for one in downloads.files} | own) - copy
    for path in listing(stage.folder / FOLDER):
        if f"{FOLDER}/{path}" not in wanted | copy:
            stage.remove(f"{FOLDER}/{path}")
    for path in sorted(wanted):
        there = stage.folder / path
        if not there.is_file() or not there.samefile(build / path):
            stage.take(path, build / path)


def _add_copy(stage: Stage, corpus: Corpus, build: Path, progress: Progress) -> None:
    """Write the site as it stands in the stage into one file, and then its size and digest into the pages."""
    progress("Making the copy of the site to read without a network")
    path, file = copy_path(corpus), build / _COPY
    stage.remove(path)
    _fill(stage, 0, "")
    size, digest = write_archive(Archive(stage.folder, file, name_of(corpus), epoch(), frozenset({path})))
    stage.take(path, file)
    file.unlink()
    _fill(stage, size, digest)


def _keep_copy(stage: Stage, path: str, build: Path) -> None:
    """Take the copy over from the last site."""
    file = build / "site" / path
    if not (stage.folder / path).is_file():
        stage.take(path, file)
    _fill(stage, file.stat().st_size, digest_of(file))


def _fill(stage: Stage, size: int, digest: str) -> None:
    for lang, page in product(LANGS, _NAMING):
        path = f"{lang}/{page}"
        old = (stage.folder / path).read_text(encoding="utf-8")
        new = filled(old, size_label(size, lang) if size else "", digest)
        if new != old:
            stage.write(path, new.encode())
