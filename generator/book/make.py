"""Corpus and selection in, a book out: its parts in the order of the kinds, chapters, register, evidence.

Pure but for the templates. The order of chapters is that of the site's lists.
"""

from collections.abc import Iterable, Iterator
from html import unescape
from types import MappingProxyType
from typing import Final, NamedTuple

from markupsafe import Markup

from generator.book.imprint import Imprint, imprinted
from generator.book.index import index_of
from generator.book.markup import escape, read, tag
from generator.book.nodes import Book, Chapter, Child, Node, Part
from generator.book.page import BookPage
from generator.book.templates import render, template_for
from generator.kind import Entry, Kind
from generator.kinds import all_kinds
from generator.lang import Lang
from generator.numbering import numbers_of
from generator.views.entries import EntryView
from generator.views.records import EvidenceView
from generator.views.site import Site
from generator.words import book_words, kind_words

_BEGINNING: Final = 48
_NO_IMPRINT: Final = Imprint()


class Proof(NamedTuple):
    """A line of the list of evidence."""

    number: int
    view: EvidenceView
    beginning: Markup
    place: Markup


class Proven(NamedTuple):
    """An entry and its evidence."""

    entry: EntryView
    proofs: tuple[Proof, ...]


def make_book(site: Site, ids: Iterable[str], imprint: Imprint = _NO_IMPRINT, *, about: str = "") -> Book:
    """Return the book of these entries; `about` is the entry that they were gathered around."""
    return make_part(site, ids, imprint, about=about)[0]


def make_part(
    site: Site, ids: Iterable[str], imprint: Imprint = _NO_IMPRINT, *, about: str = ""
) -> tuple[Book, frozenset[str]]:
    """Return the same, and the keys of what was read for it (see `views/page.py`)."""
    wanted = frozenset(ids)
    reads = {f"entry:{entry_id}" for entry_id in wanted}
    entries = {
        kind.name: tuple(entry for entry in site.by_kind[kind.name] if entry.id in wanted) for kind in kinds_in_order()
    }
    dossier = site.corpus.dossier
    parts = tuple(_part(site, kind, entries[kind.name], reads) for kind in kinds_in_order() if entries[kind.name])
    every = tuple(entry for of_kind in entries.values() for entry in of_kind)
    book = Book(
        lang=site.lang,
        title=dossier.title.best(site.lang)[0],
        subtitle=_subtitle(site, about),
        author=_author(site),
        edition=tuple(imprinted(site, imprint)),
        description=read(render(BookPage(site), "book/front.xml.j2")),
        parts=parts,
        index=index_of(site, wanted),
        proofs=read(render(BookPage(site), "book/proofs.xml.j2", chapters=tuple(_proofs(site, every)))),
        words=_words(site.lang),
        about=about,
    )
    return book, frozenset(reads)


def make_reprint(site: Site, entry: Entry, imprint: Imprint = _NO_IMPRINT) -> tuple[Book, frozenset[str]]:
    """Return a book of one chapter, without introductions, register and list of evidence, and what was read for it."""
    chapter, reads = chapter_of(site, entry)
    title = unescape(kind_words(entry.kind.name, site.lang).texts.kinds)
    parts = (Part(entry.kind.path, title, (), (chapter,)),)
    dossier = site.corpus.dossier
    book = Book(
        lang=site.lang,
        title=dossier.title.best(site.lang)[0],
        subtitle=chapter.plain,
        author=_author(site),
        edition=tuple(imprinted(site, imprint)),
        description=(),
        parts=parts,
        index=(),
        proofs=(),
        words=_words(site.lang),
        about=entry.id,
    )
    return book, reads


def _author(site: Site) -> str:
    dossier = site.corpus.dossier
    return ", ".join(editor.name for editor in dossier.editors) or dossier.title.best(site.lang)[0]


def chapter_of(site: Site, entry: Entry) -> tuple[Chapter, frozenset[str]]:
    """Return the chapter of an entry, and the keys of what was read for it (see `views/page.py`)."""
    page = BookPage(site, entry.id)
    view = page.entry(entry.id)
    words, lang = entry.title.best(site.lang)
    title = _title(words, lang, site.lang)
    written = render(page, template_for(entry.kind, "entry"), entry=view, kw=view.words.texts)
    body = read(written, page.drawings)
    when = unescape(str(view.when or ""))
    return Chapter(entry.id, entry.kind.name, title, words, body, when), frozenset(page.reads)


def _title(words: str, lang: Lang, page_lang: Lang) -> tuple[Child, ...]:
    """Return a title, marked where it is in the other language."""
    return (words,) if lang == page_lang else (Node("span", {"lang": lang}, (words,)),)


def kinds_in_order() -> tuple[Kind, ...]:
    """Return the kinds that have chapters, in the order of the book."""
    kinds = (kind for kind in all_kinds().values() if kind.has_pages)
    return tuple(sorted(kinds, key=lambda kind: (kind.book_order or kind.order, kind.name)))


def _part(site: Site, kind: Kind, entries: tuple[Entry, ...], reads: set[str]) -> Part:
    words = kind_words(kind.name, site.lang).texts
    page = BookPage(site)
    views = tuple(page.entry(entry.id) for entry in entries)
    written = render(page, "book/part.xml.j2", kind=kind, kw=words, intro=words.intro, entries=views)
    body = read(written, page.drawings)
    chapters = [chapter_of(site, entry) for entry in entries]
    reads.update(page.reads, *(read_for for _, read_for in chapters))
    return Part(kind.path, unescape(words.kinds), body, tuple(chapter for chapter, _ in chapters))


def _subtitle(site: Site, about: str) -> str:
    dossier = site.corpus.dossier
    if about:
        return site.corpus.entries[about].title.best(site.lang)[0]
    return dossier.subtitle.best(site.lang)[0] if dossier.subtitle else ""


def _proofs(site: Site, entries: tuple[Entry, ...]) -> Iterator[Proven]:
    for entry in entries:
        numbers = numbers_of(entry)
        if numbers:
            page = BookPage(site, entry.id)
            views = (
                (number, EvidenceView(page, entry, evidence, ("evidence", number - 1)))
                for evidence, number in numbers.items()
            )
            proofs = tuple(Proof(number, view, _beginning(view, site.lang), page.place(view)) for number, view in views)
            yield Proven(BookPage(site).entry(entry.id), proofs)


def _beginning(view: EvidenceView, lang: Lang) -> Markup:
    """Return the first words of a quote, in the other language with those of our translation."""
    said_in = view.origin.text_lang
    shown = escape(_first_words(view.data.quote[0]))
    if said_in == lang:
        return shown
    translated = view.data.translation.get(lang) if view.data.translation else None
    shown = tag("span", shown, lang=said_in)
    return Markup(" – ").join((shown, tag("em", escape(_first_words(translated))))) if translated else shown


def _first_words(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _BEGINNING else f"{words[:_BEGINNING].rpartition(' ')[0]}\u00a0…"


def _words(lang: Lang) -> MappingProxyType[str, str]:
    return MappingProxyType({key: unescape(text) for key, text in vars(book_words(lang)).items()})
