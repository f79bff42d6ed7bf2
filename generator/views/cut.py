"""A source text cut where its passages begin and end: for the pages and the book, which mark the pieces their own way.

In: a text and its passages, by their beginnings. Out: each paragraph with the passages that reach into it, the numbers
of the quotes, and the stretches that the same passages cover.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from generator.corpus import Corpus, Passage
from generator.text import Paragraph, Range, SourceText

Extent = tuple[int, int]


class Reached(NamedTuple):
    """A paragraph, from 1, with the passages that reach into it, and those of them that begin in it."""

    number: int
    paragraph: Paragraph
    here: tuple[Passage, ...]
    beginning: tuple[Passage, ...]


class Stretch(NamedTuple):
    """Characters that the same passages cover."""

    start: int
    end: int
    covering: tuple[Passage, ...]

    @property
    def ending(self) -> tuple[Passage, ...]:
        """The quotes that end with it."""
        return tuple(passage for passage in self.covering if passage.end == self.end and passage.use == "quoted")


def living_passages(corpus: Corpus, source: str) -> tuple[Passage, ...]:
    """Return the passages of a source by their beginnings, without those of retired entries."""
    found = corpus.passages.get(source, ())
    return tuple(passage for passage in found if not corpus.entries[passage.origin].is_retired)


def extent(passage: Passage) -> Extent:
    """Return where a passage begins and ends: quotes of the same words are one in the text."""
    return passage.start, passage.end


def numbers_of_quotes(passages: Iterable[Passage]) -> dict[Extent, int]:
    """Return the number of each place that is quoted, from 1: it stands where the place ends, and there they ascend."""
    places = {extent(passage) for passage in passages if passage.use == "quoted"}
    return {place: number for number, place in enumerate(sorted(places, key=lambda place: place[::-1]), 1)}


def reached_paragraphs(text: SourceText, passages: Sequence[Passage]) -> Iterator[Reached]:
    """Yield every paragraph with its passages, in order."""
    still_open: list[Passage] = []
    first = 0
    for number, paragraph in enumerate(text.paragraphs, 1):
        after = first
        while after < len(passages) and passages[after].start < paragraph.end:
            after += 1
        beginning = tuple(passages[first:after])
        here = (*(passage for passage in still_open if passage.end > paragraph.start), *beginning)
        yield Reached(number, paragraph, here, beginning)
        still_open, first = list(here), after


def stretches(paragraph: Range, here: Sequence[Passage], more_cuts: Iterable[int] = ()) -> Iterator[Stretch]:
    """Yield the stretches of a paragraph, in order; it is cut at `more_cuts` too."""
    cuts = {paragraph.start, paragraph.end, *more_cuts}
    for passage in here:
        cuts |= {max(passage.start, paragraph.start), min(passage.end, paragraph.end)}
    for start, end in pairwise(sorted(cuts)):
        covering = tuple(passage for passage in here if passage.start <= start and passage.end >= end)
        yield Stretch(start, end, covering)


def excerpts(pieces: Iterable[tuple[str, bool]], gap: str) -> str:
    """Return the pieces that are marked, with `gap` where words between them are left out."""
    shown: list[str] = []
    for piece, is_marked in pieces:
        if is_marked:
            shown.append(piece)
        elif shown and shown[-1] != gap:
            shown.append(gap)
    return "".join(shown).removesuffix(gap)
