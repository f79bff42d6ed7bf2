"""A quote that its text does not contain in, the passage that it most likely means out, for a hint.

Rare runs of four characters vote on where the quote begins; words are compared only in a window around the winner,
so the cost follows the quote and not the text. Knows neither sources nor diagnostics.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, NamedTuple, Self

MIN_RATIO: Final = 0.5
_CERTAIN: Final = 0.9
_SHINGLE: Final = 4
_TOO_COMMON: Final = 40  # a run this frequent says nothing about the place
_ONE_VOTE: Final = 720720  # divisible by 1 to 16: whole numbers add up the same in any order
_BUCKET: Final = 32
_DRIFT: Final = 8  # words that may be missing or added before a match no longer belongs to the passage
_EDGE: Final = 6
_MAX_WORDS: Final = 400
_MAX_COMPARED: Final = 160
_MAX_SHOWN: Final = 80
_WORD: Final = re.compile(r"\w+(?:[-'’]\w+)*|[^\w\s]")


class Near(NamedTuple):
    """The nearest passage: its place, its likeness from 0 to 1, and the first difference in words."""

    start: int
    end: int
    ratio: float
    difference: str


@dataclass(frozen=True)
class _Words:
    """A stretch of a text as words and single marks, with their places in that text."""

    text: str
    places: Sequence[tuple[int, int]]

    @classmethod
    def of(cls, text: str, start: int = 0, end: int | None = None) -> Self:
        found = _WORD.finditer(text, start, len(text) if end is None else end)
        return cls(text, [match.span() for match in found])

    def __len__(self) -> int:
        return len(self.places)

    def part(self, first: int, last: int) -> "_Words":
        return _Words(self.text, self.places[first:last])

    def said(self, first: int, last: int) -> str:
        """Return the words from `first` to before `last` as they stand in the text."""
        return self.text[self.places[first][0] : self.places[last - 1][1]] if first < last else ""

    def each(self) -> list[str]:
        return [self.text[start:end] for start, end in self.places]

    def folded(self) -> list[str]:
        return [word.casefold() for word in self.each()]


def _fold(text: str) -> str:
    """Lower the case where that keeps all offsets."""
    lower = text.lower()
    return lower if len(lower) == len(text) else text


@dataclass(frozen=True)
class TextIndex:
    """Where in a normalised text each run of four characters stands, made once for all its failing quotes."""

    text: str
    places: Mapping[str, Sequence[int]]

    @classmethod
    def of(cls, text: str) -> Self:
        """Index a text."""
        folded = _fold(text)
        places: defaultdict[str, list[int]] = defaultdict(list)
        for index in range(len(folded) - _SHINGLE + 1):
            places[folded[index : index + _SHINGLE]].append(index)
        return cls(text, places)

    def nearest(self, quote: str) -> Near | None:
        """Return the passage most like the quote, in whole words, or None where nothing resembles it."""
        words = _Words.of(quote).part(0, _MAX_WORDS)
        if not words:
            return None
        starts = tuple(self._likely_starts(words.said(0, len(words))))
        found = [near for near in (self._compare(words, start) for start in starts) if near is not None]
        if all(near.ratio < _CERTAIN for near in found):
            found += (near for near in (self._compare_letters(words, start) for start in starts) if near is not None)
        best = max(found, key=lambda near: near.ratio, default=None)  # the first of equals, so ties are stable
        return best if best is not None and best.ratio >= MIN_RATIO else None

    def _likely_starts(self, quote: str) -> Iterator[int]:
        """Yield the three places with the most votes, weighted by how rare the runs are."""
        votes: Counter[int] = Counter()
        folded = _fold(quote)
        for index in range(len(folded) - _SHINGLE + 1):
            places = self.places.get(folded[index : index + _SHINGLE], ())
            if len(places) <= _TOO_COMMON:
                for place in places:
                    votes[(place - index) // _BUCKET] += _ONE_VOTE // len(places)
        # Words missing from the quote spread its votes over neighbouring buckets.
        scores = {bucket: 2 * votes[bucket] + votes[bucket - 1] + votes[bucket + 1] for bucket in list(votes)}
        ranked = sorted(scores, key=lambda bucket: (-scores[bucket], bucket))
        return (bucket * _BUCKET for bucket in ranked[:3])

    def _compare(self, quote: _Words, start: int) -> Near | None:
        length = quote.places[-1][1] - quote.places[0][0]
        slack = 2 * _BUCKET + length // 5
        for reach in (slack, 2 * slack, 4 * slack):
            window = self._window(start - reach, start + length + slack)
            extent = _extent(window, quote)
            if extent is None or extent[0] > 0:
                break  # otherwise the passage may begin before the window
        if extent is None:
            return None
        passage = window.part(*extent)
        return Near(passage.places[0][0], passage.places[-1][1], _ratio(passage, quote), _difference(passage, quote))

    def _compare_letters(self, quote: _Words, start: int) -> Near | None:
        """Compare a short quote letter by letter: cut off in the middle of words, it may have none of the passage's."""
        said = quote.said(0, len(quote))
        if len(said) > _MAX_COMPARED:
            return None
        begin = max(start - _BUCKET, 0)
        window = _fold(self.text[begin : start + len(said) + 2 * _BUCKET])
        core = _matcher(window, _fold(said)).find_longest_match()
        first = max(begin + core.a - core.b, 0)
        passage = self._window(first + 1, first + len(said))
        if core.size < _SHINGLE or not passage:
            return None
        place = passage.places[0][0], passage.places[-1][1]
        return Near(*place, _ratio(passage, quote), _difference(passage, quote))

    def _window(self, start: int, end: int) -> _Words:
        begin = self.text.rfind(" ", 0, max(start, 0)) + 1
        stop = self.text.find(" ", max(min(end, len(self.text)), begin))
        return _Words.of(self.text, begin, len(self.text) if stop < 0 else stop)


def _matcher(ours: Sequence[str] | str, theirs: Sequence[str] | str) -> SequenceMatcher[str]:
    return SequenceMatcher(None, ours, theirs, autojunk=False)


def _extent(window: _Words, quote: _Words) -> tuple[int, int] | None:
    """Return the words of the window that answer to the quote, without stray matches of common words far off."""
    blocks = [block for block in _matcher(window.folded(), quote.folded()).get_matching_blocks() if block.size]
    if not blocks:
        return None
    core = max(blocks, key=lambda block: block.size)
    near = [block for block in blocks if abs((block.a - block.b) - (core.a - core.b)) <= _DRIFT]
    first, last = near[0], near[-1]
    return _first(window, quote, first.a, first.b), _last(window, quote, last.a + last.size, last.b + last.size)


def _first(window: _Words, quote: _Words, ours: int, theirs: int) -> int:
    """Choose how many words before the first equal one stand for the quote's own beginning."""
    start = max(ours - theirs, 0)
    told = quote.said(0, theirs)
    if not 0 < theirs <= _EDGE or len(told) > _MAX_COMPARED:
        return start
    options = range(ours, max(start - 2, -1), -1)
    return max(options, key=lambda option: _matcher(window.said(option, ours)[-_MAX_COMPARED:], told).ratio())


def _last(window: _Words, quote: _Words, ours: int, theirs: int) -> int:
    """Choose how many words behind the last equal one stand for the quote's own end."""
    left = len(quote) - theirs
    stop = min(ours + left, len(window))
    told = quote.said(theirs, len(quote))
    if not 0 < left <= _EDGE or len(told) > _MAX_COMPARED:
        return stop
    options = range(ours, min(stop + 2, len(window)) + 1)
    return max(options, key=lambda option: _matcher(window.said(ours, option)[:_MAX_COMPARED], told).ratio())


def _ratio(passage: _Words, quote: _Words) -> float:
    """Return the share of equal characters, case and white space apart."""
    ours, theirs = passage.folded(), quote.folded()
    equal = 0
    for tag, a, b, c, d in _matcher(ours, theirs).get_opcodes():
        if tag == "equal":
            equal += sum(map(len, ours[a:b]))
        elif tag == "replace":
            equal += _equal_characters("".join(ours[a:b]), "".join(theirs[c:d]))
    return 2 * equal / (sum(map(len, ours)) + sum(map(len, theirs)))


def _equal_characters(there: str, here: str) -> int:
    if max(len(there), len(here)) > _MAX_COMPARED:
        return 0
    return sum(block.size for block in _matcher(there, here).get_matching_blocks())


def _difference(passage: _Words, quote: _Words) -> str:
    """Say in words where the quote first departs from the passage."""
    for tag, a, b, c, d in _matcher(passage.each(), quote.each()).get_opcodes():
        if tag != "equal":
            before = quote.said(c - 1, c) if c else ""
            return _said(passage.said(a, b), quote.said(c, d), f" after “{before}”" if before else " at its beginning")
    pairs = ((passage.said(i, i + 2), quote.said(i, i + 2)) for i in range(len(quote) - 1))
    return next((_said(there, here, "") for there, here in pairs if there != here), "")


def _said(there: str, here: str, place: str) -> str:
    if not there:
        return f"the quote has “{_short(here)}”{place}, the source has not{_look_alike(there, here)}"
    if not here:
        return f"the source has “{_short(there)}”{place}, the quote has not{_look_alike(there, here)}"
    return f"the source has “{_short(there)}” where the quote has “{_short(here)}”{_look_alike(there, here)}"


def _short(words: str) -> str:
    return words if len(words) <= _MAX_SHOWN else f"{words[: _MAX_SHOWN - 1]}…"


def _look_alike(there: str, here: str) -> str:
    """Name the characters where one is easily mistaken for the other, or is invisible."""
    if len(there) == len(here):
        odd = [(one, two) for one, two in zip(there, here, strict=True) if one != two]
        if len(odd) == 1 and not (odd[0][0].isalnum() and odd[0][1].isascii()):
            return f" (U+{ord(odd[0][0]):04X}, not U+{ord(odd[0][1]):04X})"
    hidden = next((char for char in here + there if not char.isprintable()), "")
    return f" (U+{ord(hidden):04X} is invisible)" if hidden else ""
