"""One chapter while it is made: links become references, proofs become notes.

In: the site of one language and the entry of the chapter. Answers what the views ask of a page (`views/context.py`), in
the markup of the book instead of Markdown. What is read of other entries is recorded as on a page.
"""
# ruff: noqa: S704 - only safe pieces are put together here

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final

from markupsafe import Markup

from generator.book.markup import escape, joined, tag
from generator.book.passages import SourceView
from generator.fields import Evidence
from generator.kind import Entry
from generator.lang import Lang
from generator.numbering import numbers_of
from generator.prosenodes import Emphasis, EntryRef, Inline, Link, Paragraph, Text
from generator.views.entries import EntryView, Section, sections_of
from generator.views.records import EvidenceView, RecordView
from generator.views.said import ProseView, notice
from generator.views.site import Site, passage_anchor
from generator.words import book_words

_KEPT: Final = "\u00a0"
"""A blank at which no line is broken: none begins with a sign that divides, or a number without its word."""


class BookPage:
    """The chapter of the entry `entry_id`."""

    def __init__(self, site: Site, entry_id: str = "") -> None:
        self.site = site
        self.lang: Lang = site.lang
        self.entry_id = entry_id
        self.reads: set[str] = set()
        self.anchors: set[str] = set()
        self.cited: set[int] = set()
        self.drawings: list[str] = []
        self._views: dict[str, EntryView] = {}
        self.numbers: dict[Evidence, int] = numbers_of(site.corpus.entries[entry_id]) if entry_id else {}
        found = site.corpus.passages_of(entry_id) if entry_id else ()
        self._starts = {passage.quote: passage.start for passage in found if passage.index == 0}

    def entry(self, entry_id: str) -> EntryView:
        """Return an entry; what is asked of it is recorded."""
        view = self._views.get(entry_id)
        if view is None:
            view = self._views[entry_id] = EntryView(self, self.site.corpus.entries[entry_id])
        return view

    def link(
        self,
        entry: Entry,
        text: Markup | None = None,
        anchor: str = "",
        title: str = "",  # noqa: ARG002 - nobody can ask a book
    ) -> Markup:
        """Return a reference to an entry's chapter, or to a place in it."""
        return self.ref(entry, text, anchor)

    def ref(self, entry: Entry, text: Markup | None = None, anchor: str = "", *, with_page: bool = False) -> Markup:
        """Return a reference, with the number of its page if that is wanted."""
        self.reads.add(f"title:{entry.id}")
        shown = self.site.title(entry) if text is None else text
        home = self.site.home_of(entry)
        if home.id == self.entry_id and not anchor:
            return shown
        return tag("ref", shown, to=home.id, at=anchor, page="yes" if with_page else "")

    def number(self, evidence: EvidenceView, _anchor: str) -> int:
        """Return the number of evidence in the entry."""
        return self.numbers[evidence.data]

    @property
    def sections(self) -> Iterator[Section]:
        """Yield what refers to the chapter's entry, kind by kind."""
        self.reads.add(f"back:{self.entry_id}")
        return sections_of(self, self.entry_id)

    # --- evidence

    def cite(self, evidence: Iterable[EvidenceView]) -> Markup:
        """Return the numbers of pieces of evidence, each with its note where it is the first time."""
        return joined(self._cite(view) for view in dict.fromkeys(evidence))

    def _cite(self, view: EvidenceView) -> Markup:
        number = self.numbers.get(view.data)
        if number is None:
            return Markup("")
        is_first = number not in self.cited
        self.cited.add(number)
        note = self.noted(view) if is_first else Markup("")
        stance = view.data.stance if view.data.stance != "supports" else ""
        return tag("cite", note, entry=self.entry_id, n=str(number), stance=stance)

    def noted(self, view: EvidenceView) -> Markup:
        """Return a piece of evidence as a note says it: the quote, where it stands, how it was meant."""
        words, data = self.site.words.texts, view.data
        parts = [self.quoted(view), self.place(view)]
        if data.translation is not None and (translated := view.translated) is not None:
            parts.append(Markup(f"{words.our_translation}: {translated}"))
        if data.stance != "supports":
            parts.append(tag("badge", view.stance, **{"class": data.stance}))
        if data.modality != "asserted":
            parts.append(view.modality)
        if data.via:
            parts.append(Markup(f"{words.via} {', '.join(self.link(other.of) for other in view.via)}"))
        if data.note is not None:
            parts.append(self.run(view.note))
        return joined(parts, f"{_KEPT}· ")

    def quoted(self, view: EvidenceView) -> Markup:
        """Return the quoted words."""
        return tag("q", view.quoted)

    def place(self, view: EvidenceView) -> Markup:
        """Return where a quote stands."""
        source = view.origin
        where = source.short
        number = self._paragraph(view)
        if number is not None:
            where = Markup(f"{where}, {book_words(self.lang).paragraph}{_KEPT}{number}")
        return self.ref(source.of, where, passage_anchor(view.data), with_page=True)

    def places(self, evidence: Iterable[EvidenceView]) -> Iterator[tuple[Markup, tuple[Markup, ...]]]:
        """Yield where quotes stand, each paragraph once, with how they are meant unless all of them state facts."""
        found: dict[tuple[str, int | None], list[EvidenceView]] = {}
        for view in evidence:
            found.setdefault((view.data.source, self._paragraph(view)), []).append(view)
        for views in found.values():
            are_facts = all(view.data.modality == "asserted" for view in views)
            manners = () if are_facts else tuple(dict.fromkeys(view.modality for view in views))
            yield self.place(views[0]), manners

    def _paragraph(self, view: EvidenceView) -> int | None:
        """Return the number of the paragraph that a quote begins in, if it was found."""
        self.reads.add("texts")
        start = self._starts.get(view.data)
        return None if start is None else self.site.corpus.texts[view.data.source].paragraph_at(start) + 1

    @property
    def unshown(self) -> Iterator[EvidenceView]:
        """Yield the evidence of the entry that its template did not show."""
        entry = self.site.corpus.entries[self.entry_id]
        for evidence, number in self.numbers.items():
            if number not in self.cited:
                yield EvidenceView(self, entry, evidence, ("evidence", number - 1))

    # --- prose

    def prose(self, view: ProseView) -> Markup:
        """Return a text as paragraphs and lists."""
        blocks = []
        for block in view.parsed.blocks:
            if isinstance(block, Paragraph):
                blocks.append(tag("p", self._spoken(block.inlines, view.lang)))
            else:
                items = "".join(tag("item", self._spoken(item, view.lang)) for item in block.items)
                blocks.append(tag("list", items, ordered="yes" if block.ordered else ""))
        if view.lang != self.lang:
            blocks.append(tag("p", notice(self, view.lang), **{"class": "notice"}))
        return joined(blocks)

    def run(self, view: ProseView) -> Markup:
        """Return a text in one line."""
        said = [
            self._spoken(block.inlines, view.lang)
            if isinstance(block, Paragraph)
            else joined((self._spoken(item, view.lang) for item in block.items), "; ")
            for block in view.parsed.blocks
        ]
        if view.lang != self.lang:
            said.append(notice(self, view.lang))
        return joined(said, " ")

    def _spoken(self, inlines: tuple[Inline, ...], lang: Lang) -> Markup:
        said = joined(self._inline(inline) for inline in inlines)
        return said if lang == self.lang else tag("span", said, lang=lang)

    def _inline(self, inline: Inline) -> Markup:
        match inline:
            case Text():
                return escape(inline.text)
            case EntryRef():
                return self._meant(inline)
            case Link():
                return tag("link", joined(map(self._inline, inline.children)), url=inline.url)
            case Emphasis():
                return tag("strong" if inline.strong else "em", joined(map(self._inline, inline.children)))

    def _meant(self, inline: EntryRef) -> Markup:
        """Return a reference in running text: what no name stands for in a sentence is a title, with its page."""
        entry = self.site.corpus.entries[inline.id]
        if inline.label is not None:
            return self.link(entry, escape(inline.label))
        if any(naming.is_linked for naming in entry.kind.names(entry.data)):
            return self.link(entry)
        return self.ref(entry, tag("em", self.site.title(entry)), with_page=True)

    def away(self, url: str) -> Markup:
        """Return a link to another site that shows its address."""
        return tag("link", escape(url), url=url)

    def text(self, entry: EntryView) -> SourceView:
        """Return the text of a source."""
        self.reads.add(f"quotes:{entry.id}")
        return SourceView(self, entry)

    @property
    def heard(self) -> Iterator[Markup]:
        """Yield where the sources name the chapter's entry: each source once, with its paragraphs."""
        self.reads.add("texts")
        places = self.site.naming.get(self.entry_id, ())
        for source_id, found in groupby(places, key=lambda place: place.source):
            source = self.site.corpus.entries[source_id]
            numbers = dict.fromkeys(place.paragraph for place in found)
            paragraphs = joined((self.link(source, Markup(number), f"p{number}") for number in numbers), ", ")
            short = self.ref(source, self.site.short(source), with_page=True)
            said = Markup(f"{short}, {book_words(self.lang).paragraph}")
            yield Markup(f"{said}{_KEPT}{paragraphs}")

    def href(self, _entry: Entry, _anchor: str = "") -> str:
        """Return where a link in a drawing leads: in a book nowhere, a drawing is only looked at."""
        return "#"

    def address_of(self, _path: str, _anchor: str = "") -> str:
        """Return the same for a page."""
        return "#"

    @property
    def dossier(self) -> RecordView:
        """Return what the dossier says of itself."""
        return RecordView(self, None, self.site.corpus.dossier, ())
