"""Books from the corpus to PDFs: what goes in, how many volumes it takes, one press for all of them.

In: a site, which entries, how many pages a volume may have. Out: bytes, and the characters that could not be printed.
The press is a process of its own, so that what a large book takes is given back.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from generator.book.imprint import Imprint, told_until
from generator.book.make import kinds_in_order, make_book, make_part, make_reprint
from generator.book.nodes import as_data
from generator.book.select import about, all_of, excerpt, of_kinds, one
from generator.corpus import Corpus
from generator.digest import digest
from generator.epoch import epoch, given_day
from generator.kind import Entry, Kind
from generator.lang import Lang
from generator.load import Files
from generator.outputs.print import Missing, Press, set_book
from generator.pipeline import Examined, examine
from generator.publish import put
from generator.views.site import Site, path_of

FOLDER: Final = "build/pdf"
MAX_PAGES: Final = 400
MIB_PER_PAGE: Final = 6
_BYTES_PER_PAGE: Final = 4000
_BYTES_OF_TEXT_PER_PAGE: Final = 1300
_PAGES_PER_ENTRY: Final = 0.16
_PAGES_PER_NAMING: Final = 0.06
_MOST_NAMINGS: Final = 200
_MARK: Final = 8
_PAGES_OF_EXCERPT: Final = 100
_SAME_ON_PAGES: Final = re.compile("q-[0-9a-f]+|p[0-9]+")  # the ids of passages and paragraphs
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Choice:
    """What to print: everything, or one of these. `entry` is its chapter alone, `about` all that belongs to it."""

    entry: str = ""
    about: str = ""
    kinds: tuple[str, ...] = ()
    max_pages: int = MAX_PAGES

    @property
    def name(self) -> str:
        """What the file is called after; empty for everything."""
        return self.entry or self.about or "-".join(self.kinds)

    def ids(self, corpus: Corpus) -> frozenset[str]:
        """Return the entries that are wanted."""
        if self.entry:
            return one(corpus, self.entry)
        if self.about:
            return about(corpus, self.about)
        return of_kinds(corpus, self.kinds) if self.kinds else all_of(corpus)


@dataclass(frozen=True, slots=True)
class Volume:
    """A printed volume with these entries; `number` counts from 1 and is 0 where there is one alone."""

    number: int
    pdf: bytes
    missing: tuple[Missing, ...]
    ids: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class PrintReport:
    """What was printed. Without files it stopped at errors."""

    examined: Examined
    files: tuple[Path, ...] = ()
    missing: tuple[Missing, ...] = ()


class UnknownEntryError(Exception):
    """There is no such entry to print."""


def print_project(project: Path, langs: Sequence[Lang], choice: Choice, output: Path | None, say: Say) -> PrintReport:
    """Print a dossier, a file for each language and volume; on errors in the dossier nothing is printed.

    Raises `UnknownEntryError`, `PrintError` or `OSError`; each file is then whole, or as it was.
    """
    say("Reading and checking the entries")
    examined = examine(project)
    corpus = examined.corpus
    if corpus is None or examined.has_errors:
        return PrintReport(examined)
    for entry_id in filter(None, (choice.entry, choice.about)):
        if entry_id not in corpus.entries or corpus.entries[entry_id].is_retired:
            raise UnknownEntryError(f"there is no entry “{entry_id}” to print")
    if not choice.ids(corpus):
        raise UnknownEntryError(f"there is no entry of the kind “{'”, “'.join(choice.kinds)}” to print")
    name = choice.name or "dossier"
    made: list[Path] = []
    missing: dict[Missing, None] = {}
    for lang in langs:
        file = file_for(output or project / FOLDER / name, lang, langs if output else (), ".pdf")
        file.parent.mkdir(parents=True, exist_ok=True)
        with Press() as press:
            for volume in print_volumes(press, Site(corpus, {}, lang), examined.files, choice, say):
                made.append(file.with_stem(f"{file.stem}-{volume.number}") if volume.number else file)
                put(made[-1], volume.pdf)
                missing |= dict.fromkeys(volume.missing)
    return PrintReport(examined, tuple(made), tuple(missing))


def file_for(wanted: Path, lang: Lang, langs: Sequence[Lang], ending: str) -> Path:
    """Return the file of a book: with its language in the name unless it is in one alone, and with an ending."""
    file = wanted if wanted.suffix else wanted.with_suffix(ending)
    return file if len(langs) == 1 else file.with_stem(f"{file.stem}-{lang}")


def print_volumes(press: Press, site: Site, files: Files, choice: Choice, say: Say) -> Iterator[Volume]:
    """Print what is wanted in one language, volume by volume."""
    if choice.entry:
        yield Volume(0, *print_entry(press, site, files, choice.entry))
        return
    volumes = volumes_of(site, files, choice.ids(site.corpus), choice.max_pages)
    where = {entry_id: number for number, ids in enumerate(volumes, 1) for entry_id in ids}
    for number, ids in enumerate(volumes, 1):
        pages = sum(pages_of(site.corpus, files, entry_id) for entry_id in ids)
        of_all = f"volume {number} of {len(volumes)}, " if len(volumes) > 1 else ""
        say(f"Setting the book ({site.lang}): {of_all}about {pages:.0f} pages, {pages * MIB_PER_PAGE:.0f} MiB")
        book = as_data(make_book(site, ids, imprint_of(files), about=choice.about))
        book |= {"is_whole": True, "volume": number if len(volumes) > 1 else 0, "volumes": where}
        data, missing = set_book(book, partial(_address, site))
        pdf = press.print(data, timestamp=epoch(told_until(site.corpus)))
        press.close()
        yield Volume(number if len(volumes) > 1 else 0, pdf, missing, ids)


def print_reprint(press: Press, site: Site, files: Files, entry_id: str) -> tuple[bytes, frozenset[str]]:
    """Print an entry as its page offers it: with what is told of it, where readers may want that and it is not long.

    Return what was read for it too (see `changes.py`).
    """
    ids = excerpt_of(site.corpus, files, entry_id)
    if len(ids) == 1:
        pdf, _, reads = _reprinted(press, site, files, site.corpus.entries[entry_id])
        return pdf, reads
    versions = (version_of(files, site.corpus.entries[one]) for one in sorted(ids))
    imprint = Imprint(digest(*versions)[:_MARK], is_excerpt=True, given=given_day())
    book, reads = make_part(site, ids, imprint, about=entry_id)
    data, _ = set_book(as_data(book) | {"is_whole": True, "volume": 0, "volumes": {}}, partial(_address, site))
    pdf = press.print(data, timestamp=epoch(told_until(site.corpus)))
    press.close()  # it would remember all these pages
    return pdf, reads


def excerpt_of(corpus: Corpus, files: Files, entry_id: str) -> frozenset[str]:
    """Return the entries that stand in the PDF of an entry's page."""
    ids = excerpt(corpus, entry_id)
    return ids if sum(pages_of(corpus, files, one) for one in ids) <= _PAGES_OF_EXCERPT else frozenset({entry_id})


def print_entry(press: Press, site: Site, files: Files, entry_id: str) -> tuple[bytes, tuple[Missing, ...]]:
    """Print the chapter of one entry, without title page, contents and register."""
    pdf, missing, _ = _reprinted(press, site, files, site.home_of(site.corpus.entries[entry_id]))
    return pdf, missing


def _reprinted(
    press: Press, site: Site, files: Files, entry: Entry
) -> tuple[bytes, tuple[Missing, ...], frozenset[str]]:
    book, reads = make_reprint(site, entry, Imprint(version_of(files, entry), is_excerpt=True, given=given_day()))
    data, missing = set_book(as_data(book) | {"is_whole": False, "volume": 0, "volumes": {}}, partial(_address, site))
    return press.print(data, timestamp=epoch(told_until(site.corpus))), missing, reads


def _address(site: Site, entry_id: str, at: str) -> str:
    """Return where an entry, or a place of its page that a book knows too, stands on the published site."""
    base = site.corpus.dossier.site_url
    path = path_of(site.corpus.entries[entry_id].kind, entry_id).removesuffix(".md")
    place = f"#{at}" if _SAME_ON_PAGES.fullmatch(at) else ""
    return f"{base.rstrip('/')}/{site.lang}/{path}/{place}" if base else ""


def imprint_of(files: Files) -> Imprint:
    """Return what a book of this state of the dossier is known by, in whatever language and form it appears."""
    return Imprint(files.mark[:_MARK], given=given_day())


def version_of(files: Files, entry: Entry) -> str:
    """Return the mark of what one entry says."""
    return digest(files.entries[entry.file])[:_MARK]


def volumes_of(site: Site, files: Files, ids: frozenset[str], max_pages: int) -> tuple[frozenset[str], ...]:
    """Divide entries into volumes of whole kinds; a kind that is too long for one is divided too."""
    length = {entry_id: pages_of(site.corpus, files, entry_id) for entry_id in ids}
    if sum(length.values()) <= max_pages:
        return (ids,)
    volumes: list[list[str]] = [[]]
    room = float(max_pages)
    for of_kind in _by_kind(site, ids):
        starts_anew = sum(length[entry_id] for entry_id in of_kind) > room
        for entry_id in of_kind:
            if volumes[-1] and (starts_anew or length[entry_id] > room):
                volumes.append([])
                room, starts_anew = float(max_pages), False
            volumes[-1].append(entry_id)
            room -= length[entry_id]
    return tuple(map(frozenset, volumes))


def _by_kind(site: Site, ids: frozenset[str]) -> Iterator[tuple[str, ...]]:
    """Yield the entries of each kind, in the order of the book."""
    for kind in kinds_in_order():
        if found := tuple(entry.id for entry in site.by_kind[kind.name] if entry.id in ids):
            yield found


def kinds_of(corpus: Corpus, ids: frozenset[str]) -> tuple[Kind, ...]:
    """Return the kinds of these entries, in the order of the book."""
    names = {corpus.entries[entry_id].kind.name for entry_id in ids}
    return tuple(kind for kind in kinds_in_order() if kind.name in names)


def pages_of(corpus: Corpus, files: Files, entry_id: str) -> float:
    """Return about how many pages an entry takes, with its share of contents, evidence and register.

    As measured: what it says, its text with what stands below it, and what names it.
    """
    text = corpus.texts.get(entry_id)
    links = corpus.backlinks.get(entry_id, ())
    naming = len({(link.origin, link.is_prose) for link in links if link.is_prose or "evidence" not in link.path})
    return (
        len(files.entries[corpus.entries[entry_id].file]) / _BYTES_PER_PAGE
        + (len(text.raw) / _BYTES_OF_TEXT_PER_PAGE if text else 0)
        + _PAGES_PER_ENTRY
        + _PAGES_PER_NAMING * min(naming, _MOST_NAMINGS)
    )
