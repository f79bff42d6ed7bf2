"""What readers can take away: books, data, a PDF of every entry, made only where the dossier has changed.

In: what an examination found, and the build folder. Out: files in `build/downloads`, and a value that says what lies
there. Pages may link what that value names, and nothing else. The copy of the site is made when the pages are there
(`enclosures.py`).
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b, sha256
from pathlib import Path
from typing import Final, Self

from generator.changes import shared_fingerprints, stale_pages
from generator.corpus import Corpus
from generator.ebook import make_ebook
from generator.epoch import epoch
from generator.lang import LANGS, Lang
from generator.load import Files
from generator.outputs.data import dataset_json, entries_csv, evidence_csv
from generator.outputs.print import Missing, Press
from generator.printing import Choice, print_reprint, print_volumes
from generator.remembered import recall, remember
from generator.side_by_side import side_by_side
from generator.stage import Stage, listing
from generator.views.downloads import NO_DOWNLOADS, Download, Downloads, path_of_pdf
from generator.views.site import Site

FOLDER: Final = "downloads"
COPY: Final = "copy"
_NOTES: Final = "work/downloads.bin"
_MAX_NAME: Final = 60
_SPELT_OUT: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "æ": "ae", "ł": "l"})
_PER_PRESS: Final = 400  # a press remembers what it has set, and grows
_REPORT_EVERY: Final = 20
Progress = Callable[[str], None]
Reads = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Notes:
    """What the last downloads were made of: a digest of everything, the files, and what each entry's PDF has read."""

    state: str
    files: tuple[Download, ...]
    keys: Mapping[str, str]
    reads: Mapping[Lang, Reads]

    @classmethod
    def load(cls, build: Path) -> Self | None:
        """Return the notes if all that they speak of is still there."""
        kept = recall(build / _NOTES)
        if kept is None:
            return None
        state, files, keys, reads = kept
        notes = cls(state, tuple(Download(*one) for one in files), keys, reads)
        there = {f"{FOLDER}/{path}" for path in listing(build / FOLDER)}
        return notes if there == {one.path for one in notes.files} | set(notes.pdfs) else None

    def save(self, build: Path) -> None:
        """Keep the notes for the next build."""
        files = tuple((one.path, one.form, one.lang, one.size, one.sha256) for one in self.files)
        remember(
            build / _NOTES, (self.state, files, dict(self.keys), {lang: dict(of) for lang, of in self.reads.items()})
        )

    @property
    def pdfs(self) -> Iterator[str]:
        """Yield the paths of the entries' PDFs."""
        return (path_of_pdf(lang, entry_id) for lang, reads in self.reads.items() for entry_id in reads)

    def downloads(self, *more: Download) -> Downloads:
        """Return what pages may link."""
        return Downloads((*self.files, *more), {lang: frozenset(reads) for lang, reads in self.reads.items()})


@dataclass(frozen=True, slots=True)
class _Made:
    """What was made in one language; the files are in the stage already."""

    files: tuple[Download, ...]
    reads: Reads
    written: tuple[str, ...]
    missing: tuple[Missing, ...]


@dataclass(frozen=True, slots=True)
class _Order:
    """What is to be made, and what is known of the last time."""

    corpus: Corpus
    files: Files
    stage: Stage
    keys: Mapping[str, str]
    old: Notes | None
    progress: Progress


def name_of(corpus: Corpus) -> str:
    """Return the word that the names of all files begin with."""
    dossier = corpus.dossier
    title, _ = dossier.title.best(dossier.default_language)
    plain = unicodedata.normalize("NFKD", title.casefold().translate(_SPELT_OUT))
    words = re.findall("[a-z0-9]+", "".join(sign for sign in plain if not unicodedata.combining(sign)))
    while sum(map(len, words)) + len(words) > _MAX_NAME:
        words.pop()
    return "-".join(words) or "dossier"


def copy_path(corpus: Corpus) -> str:
    """Return where the copy of the site lies in the site."""
    return f"{FOLDER}/{name_of(corpus)}.zip"


def make_downloads(
    corpus: Corpus, files: Files, build: Path, progress: Progress
) -> tuple[Downloads, tuple[Missing, ...]]:
    """Make what the last build did not make of the same dossier; return all that there is, and characters left out.

    Raises `PrintError` or `OSError`; what was there before is then still there.
    """
    state, old, copy = _state(files), Notes.load(build), Download(copy_path(corpus), COPY)
    if old is not None and old.state == state:
        return old.downloads(copy), ()
    keys = dict(shared_fingerprints(Site(corpus, {}, LANGS[0]), files.entries))
    keys["settings"] += f" {epoch()}"
    stage = Stage(build / FOLDER)
    try:
        order = _Order(corpus, files, stage, keys, old, progress)
        german, english = side_by_side(partial(_in_language, order, "de"), partial(_in_language, order, "en"))
        data = tuple(_data(order))
        notes = Notes(state, (*german.files, *english.files, *data), keys, {"de": german.reads, "en": english.reads})
        stage.touched((*german.written, *english.written))
        wanted = {one.path for one in notes.files} | set(notes.pdfs)
        for path in listing(stage.folder):
            if f"{FOLDER}/{path}" not in wanted:
                stage.remove(path)
        (build / _NOTES).unlink(missing_ok=True)  # from here to the new ones they would speak of other files
    except BaseException:
        stage.discard()
        raise
    stage.publish()
    notes.save(build)
    return notes.downloads(copy), tuple(dict.fromkeys((*german.missing, *english.missing)))


def kept_downloads(corpus: Corpus, build: Path) -> Downloads:
    """Return what an earlier build made, of whatever state of the dossier."""
    kept = Notes.load(build)
    if kept is None:
        return NO_DOWNLOADS
    path = copy_path(corpus)
    return kept.downloads(*((Download(path, COPY),) if (build / "site" / path).is_file() else ()))


def _in_language(order: _Order, lang: Lang) -> _Made:
    """Make the books of a language, and the PDFs of the entries that have changed."""
    site = Site(order.corpus, {}, lang)
    name = name_of(order.corpus)
    missing: list[Missing] = []
    order.progress(f"Making the e-book ({lang})")
    with Press() as press:
        ebook = Download(f"{FOLDER}/{name}-{lang}.epub", "epub", lang)
        made = [_written(order.stage, ebook, make_ebook(site, press))]
        for volume in print_volumes(press, site, order.files, Choice(), order.progress):
            number = f"-{volume.number}" if volume.number else ""
            pdf = Download(f"{FOLDER}/{name}-{lang}{number}.pdf", "pdf", lang)
            made.append(_written(order.stage, pdf, volume.pdf))
            missing += volume.missing
    reads = dict(_entries(order, site))
    written = (*(one.path for one in made), *(path_of_pdf(lang, entry_id) for entry_id in reads))
    kept = {} if order.old is None else order.old.reads[lang]
    living = Choice().ids(order.corpus)
    every = {entry_id: keys for entry_id, keys in {**kept, **reads}.items() if entry_id in living}
    return _Made(tuple(made), every, tuple(map(_inside, written)), tuple(missing))


def _entries(order: _Order, site: Site) -> Iterator[tuple[str, frozenset[str]]]:
    """Set the entries that must be set anew; yield each with what was read for it."""
    stale = _stale(order, site.lang)
    for at in range(0, len(stale), _PER_PRESS):
        with Press() as press:
            for number, entry_id in enumerate(stale[at : at + _PER_PRESS], at):
                if number % _REPORT_EVERY == 0:
                    order.progress(f"Setting the pages of entries ({site.lang}): {number} of {len(stale)}")
                pdf, reads = print_reprint(press, site, entry_id)
                order.stage.write(_inside(path_of_pdf(site.lang, entry_id)), pdf)
                yield entry_id, reads


def _stale(order: _Order, lang: Lang) -> tuple[str, ...]:
    """Return the entries whose PDFs must be made, sorted."""
    ids = Choice().ids(order.corpus)
    if order.old is None:
        return tuple(sorted(ids))
    pages = {f"page:{entry_id}": "" for entry_id in ids}
    known = {f"page:{entry_id}": "" for entry_id in order.old.reads[lang]}
    return tuple(sorted(stale_pages(order.old.reads[lang], {**order.old.keys, **known}, {**order.keys, **pages})))


def _data(order: _Order) -> Iterator[Download]:
    name = f"{FOLDER}/{name_of(order.corpus)}"
    for path, make in (
        (f"{name}.json", dataset_json),
        (f"{name}-entries.csv", entries_csv),
        (f"{name}-evidence.csv", evidence_csv),
    ):
        yield _written(order.stage, Download(path, "data"), make(order.corpus))


def _written(stage: Stage, one: Download, content: bytes) -> Download:
    """Write a file into the stage, and return what is now known of it."""
    stage.write(_inside(one.path), content)
    return Download(one.path, one.form, one.lang, len(content), sha256(content).hexdigest())


def _inside(path: str) -> str:
    return path.removeprefix(f"{FOLDER}/")


def _state(files: Files) -> str:
    """Return a digest of all that downloads are made of; Dossier itself is in the seal of the notes."""
    digest = blake2b(str(epoch()).encode(), digest_size=16)
    for path, raw in sorted(_bytes_of(files)):
        digest.update(blake2b(path.encode()).digest())
        digest.update(blake2b(raw).digest())
    return digest.hexdigest()


def _bytes_of(files: Files) -> Iterable[tuple[str, bytes]]:
    yield from files.sources.items()
    yield from ((path, text.encode()) for path, text in files.entries.items())
