"""What readers can take away: books, data, a PDF of every entry, made only where the dossier has changed.

In: what an examination found, and the build folder. Out: files in `build/downloads`, and a value that says what lies
there. Pages may link what that value names, and nothing else. The copy of the site is made when the pages are there
(`enclosures.py`).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from html import unescape
from pathlib import Path
from typing import Final

from generator.book.imprint import Imprint, imprinted
from generator.changes import shared_fingerprints, stale_pages
from generator.corpus import Corpus
from generator.ebook import make_ebook
from generator.epoch import epoch
from generator.kind import Kind
from generator.lang import LANGS, Lang
from generator.load import Files
from generator.lock import turn
from generator.offered import COPY, FOLDER, NOTES, Notes, Reads, copy_path, name_of, spelt
from generator.outputs.data import dataset_json, entries_csv, evidence_csv
from generator.outputs.print import Missing, Press
from generator.printing import (
    Choice,
    Volume,
    excerpt_of,
    imprint_of,
    kinds_of,
    pages_of,
    print_reprint,
    print_volumes,
    version_of,
)
from generator.project import DOSSIER_FILE
from generator.side_by_side import side_by_side
from generator.stage import Stage, listing
from generator.views.downloads import Download, Downloads, path_of_pdf
from generator.views.site import Site
from generator.words import kind_words

_TURN: Final = "work/turn"
_PAGES_SIDE_BY_SIDE: Final = 400  # a page takes about 7 MiB while it is set
_PER_PRESS: Final = 400  # a press remembers what it has set, and grows
_REPORT_EVERY: Final = 20
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class _Made:
    """What was made in one language; the files are in the stage already."""

    files: tuple[Download, ...]
    reads: Reads
    parts: Mapping[str, str]
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
    ids: frozenset[str]
    turn: Callable[[], AbstractContextManager[None]]

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """The kinds that have a part in the book, in its order."""
        return kinds_of(self.corpus, self.ids)


def too_many(corpus: Corpus) -> str:
    """Say that there are more entries than shall have PDFs of their own; empty where there are not."""
    count, most = len(Choice().ids(corpus)), corpus.dossier.entry_pdfs_up_to
    if count <= most:
        return ""
    return (
        f"The {count:,} entries have no PDFs of their own, their pages link that of their part: "
        f"these are made for up to {most:,} entries (entry_pdfs_up_to in {DOSSIER_FILE})."
    )


def make_downloads(
    corpus: Corpus, files: Files, build: Path, progress: Progress
) -> tuple[Downloads, tuple[Missing, ...]]:
    """Make what the last build did not make of the same dossier; return all that there is, and characters left out.

    Raises `PrintError` or `OSError`; what was there before is then still there.
    """
    state, old, copy = _state(files), Notes.load(build), Download(copy_path(corpus), COPY)
    if old is not None and old.state == state:
        return old.downloads(copy), ()
    site = Site(corpus, {}, LANGS[0])
    keys = dict(shared_fingerprints(site, files.entries))
    keys["settings"] += f" {epoch()} {tuple(imprinted(site, Imprint()))}"
    stage, ids = Stage(build / FOLDER), Choice().ids(corpus)
    keys |= {f"page:{entry_id}": " ".join(sorted(excerpt_of(corpus, files, entry_id))) for entry_id in ids}
    is_large = sum(pages_of(corpus, files, entry_id) for entry_id in ids) > _PAGES_SIDE_BY_SIDE
    turns = partial(turn, build / _TURN) if is_large else nullcontext
    try:
        order = _Order(corpus, files, stage, keys, old, progress, ids, turns)
        german, english = side_by_side(partial(_in_language, order, "de"), partial(_in_language, order, "en"))
        data = tuple(_data(order))
        reads: Mapping[Lang, Reads] = {"de": german.reads, "en": english.reads}
        parts: Mapping[Lang, Mapping[str, str]] = {"de": german.parts, "en": english.parts}
        notes = Notes(state, (*german.files, *english.files, *data), keys, reads, parts)
        stage.touched((*german.written, *english.written))
        wanted = {one.path for one in notes.files} | set(notes.pdfs)
        for path in listing(stage.folder):
            if f"{FOLDER}/{path}" not in wanted:
                stage.remove(path)
        stage.keep_unchanged()
        (build / NOTES).unlink(missing_ok=True)  # from here to the new ones they would speak of other files
    except BaseException:
        stage.discard()
        raise
    stage.publish()
    notes.save(build)
    return notes.downloads(copy), tuple(dict.fromkeys((*german.missing, *english.missing)))


def _in_language(order: _Order, lang: Lang) -> _Made:
    """Make the books of a language, and the PDFs of the parts and entries that have changed."""
    site = Site(order.corpus, {}, lang)
    name = f"{FOLDER}/{name_of(order.corpus, lang)}-{lang}"
    stale = _stale(order, lang)
    order.progress(f"Making the e-book ({lang})")
    with Press() as press:
        made = [_written(order.stage, Download(f"{name}.epub", "epub", lang), make_ebook(site, order.files, press))]
        missing, parts = _books(order, press, site, name, made)
    if not parts:
        made += _parts(order, site, name)
        parts = {kind.name: _part(name, kind, lang) for kind in order.kinds}
    anew = {} if too_many(order.corpus) else dict(_entries(order, site, stale))
    written = (*(one.path for one in made), *(path_of_pdf(lang, entry_id) for entry_id in anew))
    kept = {} if order.old is None or too_many(order.corpus) else order.old.reads[lang]
    reads = {entry_id: keys for entry_id, keys in {**kept, **anew}.items() if entry_id in order.ids}
    return _Made(tuple(made), reads, parts, tuple(map(_inside, written)), missing)


def _books(
    order: _Order, press: Press, site: Site, name: str, made: list[Download]
) -> tuple[tuple[Missing, ...], dict[str, str]]:
    """Print the whole dossier, and add it to what is made; of several volumes return where each kind begins."""
    parts: dict[str, str] = {}
    missing: list[Missing] = []
    volumes = print_volumes(press, site, order.files, Choice(), order.progress)
    for volume in _in_turn(order, volumes):
        number = f"-{volume.number}" if volume.number else ""
        made.append(_written(order.stage, Download(f"{name}{number}.pdf", "pdf", site.lang), volume.pdf))
        missing += volume.missing
        if volume.number:
            for kind in {order.corpus.entries[entry_id].kind.name for entry_id in volume.ids}:
                parts.setdefault(kind, made[-1].path)
    return tuple(missing), parts


def _in_turn(order: _Order, volumes: Iterator[Volume]) -> Iterator[Volume]:
    """Print the volumes of a large dossier while the other language prints none: each takes gigabytes."""
    while True:
        with order.turn():
            volume = next(volumes, None)
        if volume is None:
            return
        yield volume


def _parts(order: _Order, site: Site, name: str) -> Iterator[Download]:
    """Print the book of each kind; all of them, as each says which edition of the dossier it is a part of."""
    for kind in order.kinds:
        path = _part(name, kind, site.lang)
        with Press() as press:
            for volume in print_volumes(press, site, order.files, Choice(kinds=(kind.name,)), order.progress):
                yield _written(order.stage, Download(path, "part", site.lang), volume.pdf)


def _part(name: str, kind: Kind, lang: Lang) -> str:
    """Return where the PDF of a kind lies in the site."""
    return f"{name}-{spelt(unescape(kind_words(kind.name, lang).texts.kinds))}.pdf"


def _entries(order: _Order, site: Site, stale: Sequence[str]) -> Iterator[tuple[str, frozenset[str]]]:
    """Set the entries that must be set anew; yield each with what was read for it."""
    for at in range(0, len(stale), _PER_PRESS):
        with Press() as press:
            for number, entry_id in enumerate(stale[at : at + _PER_PRESS], at):
                if number % _REPORT_EVERY == 0:
                    order.progress(f"Setting the pages of entries ({site.lang}): {number} of {len(stale)}")
                pdf, reads = print_reprint(press, site, order.files, entry_id)
                order.stage.write(_inside(path_of_pdf(site.lang, entry_id)), pdf)
                yield entry_id, reads


def _stale(order: _Order, lang: Lang) -> tuple[str, ...]:
    """Return the entries whose PDFs must be made, sorted."""
    if order.old is None:
        return tuple(sorted(order.ids))
    return tuple(sorted(stale_pages(order.old.reads[lang], order.old.keys, order.keys)))


def _data(order: _Order) -> Iterator[Download]:
    name = f"{FOLDER}/{name_of(order.corpus)}"
    for path, made in (
        (f"{name}.json", dataset_json(order.corpus, _marks(order))),
        (f"{name}-entries.csv", entries_csv(order.corpus)),
        (f"{name}-evidence.csv", evidence_csv(order.corpus)),
    ):
        yield _written(order.stage, Download(path, "data"), made)


def _marks(order: _Order) -> dict[str, str]:
    """Return the marks that the books print: by entry, and that of the edition without a name."""
    marks = {entry.id: version_of(order.files, entry) for entry in order.corpus.entries.values()}
    return {"": imprint_of(order.files).mark, **marks}


def _written(stage: Stage, one: Download, content: bytes) -> Download:
    """Write a file into the stage, and return what is now known of it."""
    stage.write(_inside(one.path), content)
    return Download(one.path, one.form, one.lang, len(content), sha256(content).hexdigest())


def _inside(path: str) -> str:
    return path.removeprefix(f"{FOLDER}/")


def _state(files: Files) -> str:
    """Return a digest of all that downloads are made of; Dossier itself is in the seal of the notes."""
    return f"{epoch()} {files.mark}"
