"""A quoted document: a raw file's text in; its normal form, paragraphs, sentences and the places of quotes out.

Normal means Unicode NFC and every run of white space as one space, and nothing else. All offsets are code points of
the normal form; lines and columns are those of the raw file. Knows no entry and no file system.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate, pairwise
from typing import Final, Self

from generator.composed import composed
from generator.diagnostics import Span
from generator.lang import Lang
from generator.nearest import Near, TextIndex
from generator.paragraphs import ParagraphKind, split_paragraphs
from generator.sentences import split_sentences

_TOKEN: Final = re.compile(r"\S+")
MOST_FOUND: Final = 100
_LINE_BREAK: Final = re.compile(r"\r\n|[\r\n]")


@dataclass(frozen=True, slots=True, order=True)
class Range:
    """A stretch of the normal form, the end exclusive."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, order=True)
class Paragraph(Range):
    """A stretch that stands on lines of its own: a "heading", an "item" of a list or "text"."""

    kind: ParagraphKind


def normalize(text: str) -> str:
    """Return Unicode NFC with every run of white space folded to one space, none at the ends."""
    return " ".join(composed(text).split())


@dataclass(frozen=True)
class SourceText:
    """The text of a source. Equal raw texts give equal values; what is costly is computed at first use."""

    raw: str
    lang: Lang
    normal: str
    paragraphs: tuple[Paragraph, ...]

    @classmethod
    def from_raw(cls, raw: str, lang: Lang) -> Self:
        """Normalise a file's text, once and for all its quotes."""
        pieces = split_paragraphs(composed(raw))
        starts = accumulate((len(piece.text) + 1 for piece in pieces), initial=0)
        paragraphs = tuple(
            Paragraph(start, start + len(text), kind) for start, (text, kind) in zip(starts, pieces, strict=False)
        )
        return cls(raw, lang, " ".join(piece.text for piece in pieces), paragraphs)

    normalize = staticmethod(normalize)

    def find(self, exact: str, prefix: str = "", suffix: str = "", *, after: int = 0) -> tuple[int, ...]:
        """Return the starts of the quote from `after` on where prefix and suffix stand directly around it, ascending.

        Overlapping occurrences count. The first `MOST_FOUND` are enough: a quote that stands so often proves nothing.
        An empty quote is found nowhere.
        """
        needle = normalize(exact)
        if not needle:
            return ()
        if not (prefix or suffix):
            return tuple(self._starts("", needle, after))
        before, behind = normalize(prefix), normalize(suffix)
        found = {
            start
            for left in ((before, f"{before} ") if before else ("",))
            for right in ((behind, f" {behind}") if behind else ("",))
            for start in self._starts(left, f"{needle}{right}", after)
        }
        return tuple(sorted(found)[:MOST_FOUND])

    def _starts(self, left: str, needle: str, after: int) -> Iterator[int]:
        """Yield where the needle stands behind `left`; not more often than anybody asks for, for it is costly."""
        whole = left + needle
        start = self.normal.find(whole, max(after - len(left), 0))
        for _ in range(MOST_FOUND):
            if start < 0:
                return
            yield start + len(left)
            start = self.normal.find(whole, start + 1)

    def nearest(self, quote: str) -> Near | None:
        """Return the passage that a failing quote most likely means, or None where nothing resembles it."""
        return self._index.nearest(normalize(quote))

    @cached_property
    def _index(self) -> TextIndex:
        return TextIndex.of(self.normal)

    @cached_property
    def sentences(self) -> tuple[Range, ...]:
        """The sentences, in order; each character that is no space lies in exactly one, none crosses a paragraph."""
        return tuple(self._sentences())

    def _sentences(self) -> Iterator[Range]:
        for paragraph in self.paragraphs:
            if paragraph.kind == "heading":
                yield Range(paragraph.start, paragraph.end)
                continue
            for start, end in split_sentences(self.normal[paragraph.start : paragraph.end], self.lang):
                yield Range(paragraph.start + start, paragraph.start + end)

    @cached_property
    def _sentence_starts(self) -> tuple[int, ...]:
        return tuple(sentence.start for sentence in self.sentences)

    @cached_property
    def _paragraph_starts(self) -> tuple[int, ...]:
        return tuple(paragraph.start for paragraph in self.paragraphs)

    def sentence_at(self, start: int, end: int) -> Range:
        """Return the stretch of whole sentences that covers `start` to `end`."""
        if not self.sentences:
            return Range(0, 0)
        first = _at(self._sentence_starts, start)
        last = _at(self._sentence_starts, max(start, end - 1))
        return Range(self.sentences[first].start, self.sentences[last].end)

    def paragraph_at(self, offset: int) -> int:
        """Return the index of the paragraph at `offset`; the space between two belongs to the first."""
        return _at(self._paragraph_starts, offset)

    def position(self, offset: int) -> tuple[int, int]:
        """Return line and column in the raw file, 1-based; behind the end it is that of the end."""
        index = _at(self._tokens[0], offset)
        normal_start, raw_start, raw_end = (column[index] for column in self._tokens)
        return self._line_and_column(raw_start + _raw_offset(self.raw[raw_start:raw_end], offset - normal_start))

    def span(self, file: str, start: int, end: int) -> Span:
        """Return where the passage stands in the raw file, which is called `file`."""
        line, column = self.position(start)
        end_line, end_column = self.position(max(start, end - 1))
        return Span(file, line, column, end_line, end_column + (end > start))

    @cached_property
    def _tokens(self) -> tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]:
        """Where each word begins in the normal form, where it begins and ends in the raw text; never empty."""
        words = [match.span() for match in _TOKEN.finditer(self.raw)] or [(0, 0)]
        lengths = (len(composed(self.raw[start:end])) + 1 for start, end in words)
        starts = tuple(accumulate(lengths, initial=0))[:-1]
        return starts, tuple(start for start, _ in words), tuple(end for _, end in words)

    @cached_property
    def _line_starts(self) -> tuple[int, ...]:
        return (0, *(match.end() for match in _LINE_BREAK.finditer(self.raw)))

    def _line_and_column(self, raw_offset: int) -> tuple[int, int]:
        line = _at(self._line_starts, raw_offset)
        return line + 1, raw_offset - self._line_starts[line] + 1


def _at(starts: Sequence[int], offset: int) -> int:
    return max(bisect_right(starts, offset) - 1, 0)


def _raw_offset(word: str, offset: int) -> int:
    """Return where the character at `offset` of the composed word begins in the raw one."""
    if word.isascii() or unicodedata.is_normalized("NFC", word):
        return min(offset, len(word))
    composed, clusters = _clusters(word)
    index = _at(composed, offset)
    if offset >= composed[-1]:
        return len(word)
    return min(clusters[index] + offset - composed[index], clusters[index + 1] - 1)


@lru_cache(maxsize=8)
def _clusters(word: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return where each letter with its marks begins in the composed word and in the raw one, and the ends of both."""
    starts = [index for index, char in enumerate(word) if index == 0 or not _is_combining(char)]
    starts.append(len(word))
    lengths = (len(composed(word[start:end])) for start, end in pairwise(starts))
    return tuple(accumulate(lengths, initial=0)), tuple(starts)


def _is_combining(char: str) -> bool:
    return unicodedata.category(char).startswith("M") or "\u1160" <= char <= "\u11ff"  # Hangul vowels, finals
