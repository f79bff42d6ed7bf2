"""What readers can take away: made once for each state of the dossier, and put into the site beside its pages.

In: what an examination found, and the build folder. Out: files in `build/downloads`, and a value that says what lies
there. Pages may link what that value names, and nothing else. The copy of the site is made when the pages are there.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b, sha256
from os import DirEntry
from pathlib import Path
from typing import Final

from generator.corpus import Corpus
from generator.ebook import make_ebook
from generator.epoch import epoch
from generator.lang import LANGS, Lang
from generator.load import Files
from generator.outputs.data import dataset_json, entries_csv, evidence_csv
from generator.outputs.offline import Archive, digest_of, write_archive
from generator.outputs.site import Addition
from generator.publish import put, update_tree
from generator.remembered import recall, remember
from generator.stage import Stage, listing
from generator.views.downloads import NO_DOWNLOADS, Download, Downloads, size_label
from generator.views.shelved import filled

FOLDER: Final = "downloads"
COPY: Final = "copy"
_MAX_NAME: Final = 60
_SPELT_OUT: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "æ": "ae", "ł": "l"})
_NOTES: Final = "work/downloads.bin"
_COPY: Final = "work/copy.zip"
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file to make: its name, what it is, its language if it has one."""

    name: str
    form: str
    make: Callable[[], bytes]
    lang: Lang | None = None


def name_of(corpus: Corpus) -> str:
    """Return the word that the names of all files begin with."""
    dossier = corpus.dossier
    title, _ = dossier.title.best(dossier.default_language)
    plain = unicodedata.normalize("NFKD", title.casefold().translate(_SPELT_OUT))
    words = re.findall("[a-z0-9]+", "".join(sign for sign in plain if not unicodedata.combining(sign)))
    while sum(map(len, words)) + len(words) > _MAX_NAME:
        words.pop()
    return "-".join(words) or "dossier"


def make_downloads(corpus: Corpus, files: Files, build: Path, progress: Progress) -> Downloads:
    """Make what the last build did not make of the same dossier, and return all that there is."""
    state = _state(files)
    kept = _kept(build)
    wanted = tuple(_wanted(corpus))
    if kept is not None and kept[0] == state and [one.path for one in kept[1]] == [_path(one) for one in wanted]:
        return _with_copy(corpus, kept[1])
    content: dict[str, bytes] = {}
    made: list[Download] = []
    for one in wanted:
        progress(f"Making {one.name}")
        raw = content[one.name] = one.make()
        made.append(Download(_path(one), one.form, one.lang, len(raw), sha256(raw).hexdigest()))
    folder = build / FOLDER
    (build / _NOTES).unlink(missing_ok=True)
    update_tree(content, listing(folder).keys() - content.keys(), folder)
    notes = tuple((one.path, one.form, one.lang, one.size, one.sha256) for one in made)
    remember(build / _NOTES, (state, notes))
    return _with_copy(corpus, tuple(made))


def kept_downloads(corpus: Corpus, build: Path) -> Downloads:
    """Return what an earlier build made, of whatever state of the dossier."""
    kept = _kept(build)
    if kept is None:
        return NO_DOWNLOADS
    has_copy = (build / "site" / _copy_path(corpus)).is_file()
    return _with_copy(corpus, kept[1]) if has_copy else Downloads(kept[1])


def copy_of_site(corpus: Corpus, site: Path, output: Path | None) -> Path:
    """Return the file that holds the copy of a site, which is put where `output` says in one step."""
    file = site / _copy_path(corpus)
    if output is None:
        return file
    put(output, file.read_bytes())
    return output


def additions(corpus: Corpus, downloads: Downloads, build: Path, *, progress: Progress | None) -> tuple[Addition, ...]:
    """Return what goes into the site: the files, then a copy of it all; without `progress` the last copy stays."""
    mark = blake2b(repr(downloads.files).encode(), digest_size=12).hexdigest()
    parts = [Addition(f"{FOLDER} {mark}", lambda stage: _add_files(stage, downloads, build))]
    if any(one.form == COPY for one in downloads.files):
        if progress is None:
            parts.append(Addition("an old copy", lambda stage: _keep_copy(stage, _copy_path(corpus), build)))
        else:
            parts.append(Addition("a copy", lambda stage: _add_copy(stage, corpus, build, progress)))
    return tuple(parts)


def _wanted(corpus: Corpus) -> Iterator[Wanted]:
    name = name_of(corpus)
    for lang in LANGS:
        yield Wanted(f"{name}-{lang}.epub", "epub", partial(make_ebook, corpus, lang), lang)
    yield Wanted(f"{name}.json", "data", lambda: dataset_json(corpus))
    yield Wanted(f"{name}-entries.csv", "data", lambda: entries_csv(corpus))
    yield Wanted(f"{name}-evidence.csv", "data", lambda: evidence_csv(corpus))


def _path(one: Wanted) -> str:
    return f"{FOLDER}/{one.name}"


def _copy_path(corpus: Corpus) -> str:
    return f"{FOLDER}/{name_of(corpus)}.zip"


def _with_copy(corpus: Corpus, files: tuple[Download, ...]) -> Downloads:
    return Downloads((*files, Download(_copy_path(corpus), COPY)))


def _state(files: Files) -> str:
    """Return a digest of all that downloads are made of; Dossier itself is in the seal of the notes."""
    digest = blake2b(str(epoch()).encode(), digest_size=16)
    texts = {**files.sources, **{path: text.encode() for path, text in files.entries.items()}}
    for path, raw in sorted(texts.items()):
        digest.update(blake2b(path.encode()).digest())
        digest.update(blake2b(raw).digest())
    return digest.hexdigest()


def _kept(build: Path) -> tuple[str, tuple[Download, ...]] | None:
    """Return the notes of the last downloads if all of them are still there."""
    notes = recall(build / _NOTES)
    if notes is None:
        return None
    files = tuple(Download(*one) for one in notes[1])
    there = listing(build / FOLDER)
    return (notes[0], files) if all(_is_there(one, there) for one in files) else None


def _is_there(one: Download, there: Mapping[str, DirEntry[str]]) -> bool:
    found = there.get(one.path.removeprefix(f"{FOLDER}/"))
    return found is not None and found.stat(follow_symlinks=False).st_size == one.size


# --- in the site


def _add_files(stage: Stage, downloads: Downloads, build: Path) -> None:
    """Make the stage hold exactly these files, and the copy of the site where there is one already."""
    copy = {one.path for one in downloads.files if one.form == COPY}
    wanted = {one.path for one in downloads.files} - copy
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
    path, file = _copy_path(corpus), build / _COPY
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
    for lang in LANGS:
        path = f"{lang}/{FOLDER}/index.html"
        old = (stage.folder / path).read_text(encoding="utf-8")
        new = filled(old, size_label(size, lang) if size else "", digest)
        if new != old:
            stage.write(path, new.encode())
