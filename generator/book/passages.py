"""A source text as the book sets it: numbered paragraphs, the words that are quoted, what rests on them, the notes.

In: the corpus through the chapter of the source. Out: the markup of the book, paragraph by paragraph. Where passages
overlap, the text is cut into segments.
"""
# ruff: noqa: S704 - only safe pieces are put together here

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final, NamedTuple, Protocol

from markupsafe import Markup

from generator.book.markup import escape, joined, tag
from generator.corpus import Passage
from generator.fields import Evidence
from generator.kind import Entry, Kind
from generator.numbering import numbers_of
from generator.text import Paragraph
from generator.views.context import Context
from generator.views.cut import (
    Stretch,
    excerpts,
    extent,
    living_passages,
    numbers_of_quotes,
    reached_paragraphs,
    stretches,
)
from generator.views.entries import EntryView
from generator.views.records import RecordView, record_view
from generator.views.site import Site, passage_anchor

_LETTERS: Final = 26
_GAP: Final = " […] "
_CLOSING: Final = re.compile("[.,;:!?…”“»«\"'’)\\]]+")


class Chapter(Context, Protocol):
    """The chapter that a text stands in."""

    def ref(self, entry: Entry, text: Markup | None = None, anchor: str = "", *, with_page: bool = False) -> Markup:
        """Return a reference, with the number of its page if that is wanted."""
        ...


class Remark(NamedTuple):
    """A note on a passage, with its letter in the paragraph and the entry that holds it."""

    letter: str
    entry: EntryView
    record: RecordView
    kind: Kind


class PassageView(NamedTuple):
    """A paragraph: `words` are its text, `excerpts` its quoted and annotated passages alone."""

    number: int
    kind: str
    words: Markup
    excerpts: Markup
    rests: Markup
    remarks: tuple[Remark, ...]


class SourceView:
    """The text of a source in its chapter."""

    def __init__(self, page: "Chapter", entry: EntryView) -> None:
        self._page = page
        self._source = entry.id
        self._entries = page.site.corpus.entries
        self._text = page.site.corpus.texts[entry.id]
        self._passages = living_passages(page.site.corpus, entry.id)
        self._numbers = numbers_of_quotes(self._passages)
        self._named: set[str] = set()
        self._evidence: dict[str, dict[Evidence, int]] = {}

    @property
    def paragraphs(self) -> Iterator[PassageView]:
        """Every paragraph, in order."""
        for number, paragraph, here, beginning in reached_paragraphs(self._text, self._passages):
            noted = [passage for passage in beginning if passage.use == "annotated" and passage.index == 0]
            noted.sort(key=lambda passage: min(passage.end, paragraph.end))  # where the letters stand, they ascend
            letters: dict[int, list[str]] = {}
            for index, passage in enumerate(noted):
                letters.setdefault(min(passage.end, paragraph.end), []).append(letter_of(index))
            segments = tuple(self._segments(paragraph, here, letters))
            words = joined((*self._names(number), *(shown for shown, _ in segments)))
            remarks = tuple(self._remarks(noted))
            shown = Markup(excerpts(segments, _GAP))
            yield PassageView(number, paragraph.kind, words, shown, self._rests(beginning), remarks)

    def _remarks(self, noted: list[Passage]) -> Iterator[Remark]:
        for number, passage in enumerate(noted):
            entry = self._page.entry(passage.origin)
            record = record_view(self._page, entry.of, passage.quote, passage.path)
            yield Remark(letter_of(number), entry, record, entry.kind)

    def _names(self, number: int) -> Iterator[Markup]:
        """Yield marks for the register: which entries the paragraph names."""
        for entry_id in _named_in(self._page.site).get((self._source, number), ()):
            yield tag("index", to=entry_id)

    def _segments(
        self, paragraph: Paragraph, here: tuple[Passage, ...], letters: Mapping[int, Sequence[str]]
    ) -> Iterator[tuple[Markup, bool]]:
        """Yield stretches covered by the same passages, each with whether one of them is quoted or annotated."""
        cut = tuple(stretches(paragraph, here))
        for (start, end, covering), signs in zip(cut, self._signs(cut, letters), strict=True):
            shown = escape(self._text.normal[start:end])
            uses = sorted({passage.use for passage in covering} - {"set-aside"})
            names = [self._name(passage) for passage in covering if passage.start == start]
            if uses:
                anchors = [name for name in names if name]
                shown = tag("mark", shown, id=" ".join(anchors), use=" ".join(uses))
            elif covering:
                shown = tag("aside", shown)
            yield shown + joined(tag("n", n=sign) for sign in signs), bool(uses)

    def _signs(self, cut: Sequence[Stretch], letters: Mapping[int, Sequence[str]]) -> Sequence[Sequence[str]]:
        """Return the numbers and letters at the end of each stretch; those on both sides of a full stop follow it."""
        found: list[Sequence[str]] = []
        for stretch in cut:
            ends = sorted({self._numbers[extent(passage)] for passage in stretch.ending})
            signs = [*map(str, ends), *letters.get(stretch.end, ())]
            if signs and found and found[-1] and _CLOSING.fullmatch(self._text.normal, stretch.start, stretch.end):
                signs = sorted((*found[-1], *signs), key=str.isalpha)
                found[-1] = ()
            found.append(signs)
        return found

    def _name(self, passage: Passage) -> str:
        anchor = passage_anchor(passage.quote, passage.index)
        if anchor in self._named:
            return ""
        self._named.add(anchor)
        return anchor

    def _rests(self, beginning: tuple[Passage, ...]) -> Markup:
        found: dict[int, dict[str, dict[int, None]]] = {}
        for passage in beginning:
            if passage.evidence is not None:
                number = self._number(passage.origin, passage.evidence)
                entries = found.setdefault(self._numbers[extent(passage)], {})
                entries.setdefault(passage.origin, {})[number] = None
        rests = (
            tag("rest", joined((self._refs(*each) for each in entries.items()), "; "), n=str(number))
            for number, entries in sorted(found.items())
        )
        return joined(rests)

    def _number(self, origin: str, evidence: Evidence) -> int:
        self._page.reads.add(f"entry:{origin}")
        numbers = self._evidence.get(origin)
        if numbers is None:
            numbers = self._evidence[origin] = numbers_of(self._entries[origin])
        return numbers[evidence]

    def _refs(self, origin: str, numbers: Iterable[int]) -> Markup:
        """Return references to the evidence of an entry, which is named once."""
        entry = self._entries[origin]
        first, *others = (
            (Markup(f"{self._page.site.words.texts.proof}\u00a0{number}"), f"e{number}") for number in sorted(numbers)
        )
        named = (Markup(f"{self._page.site.title(entry)}, {first[0]}"), first[1])
        return joined((self._page.ref(entry, *each, with_page=True) for each in (named, *others)), ", ")


def letter_of(number: int) -> str:
    """Return a, b … z, then aa, ab and so on."""
    return (letter_of(number // _LETTERS - 1) if number >= _LETTERS else "") + chr(ord("a") + number % _LETTERS)


@lru_cache(maxsize=2)
def _named_in(site: Site) -> Mapping[tuple[str, int], tuple[str, ...]]:
    """Return the entries that each paragraph of each source names."""
    found: dict[tuple[str, int], dict[str, None]] = {}
    for entry_id, places in site.naming.items():
        for place in places:
            found.setdefault((place.source, place.paragraph), {})[entry_id] = None
    return {where: tuple(names) for where, names in found.items()}
