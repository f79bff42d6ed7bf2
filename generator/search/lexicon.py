"""The words of all pages in, a list by which a query's words are understood out.

A word that no page has is taken for an inflected or transliterated one, for a word still being typed, for a mistyped
one, or for a compound of two that are known; else it is dropped. The rules stand in `assets/scripts/60-query.js` as
well; tests/search/repair.json binds both.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Final, NamedTuple

from generator.search.folding import fold, plain, spoken, stem
from generator.search.typos import mistakes

_JOINED: Final = re.compile(r"[^\W_]+(?:[-‐‑'’][^\W_]+)*")
_PART: Final = 4
_SHORT: Final = 5
_TWO_MISTAKES_FROM: Final = 9  # letters; of shorter words another real one is often as near
_LINKS: Final = ("", "s", "n", "en", "es", "e", "er")

Lexicon = Mapping[str, int]  # a word in small letters, and how many pages have it


class Repaired(NamedTuple):
    """The words to search for, and each that was `changed`: what was typed, and what was searched for instead."""

    words: tuple[str, ...]
    changed: tuple[tuple[str, tuple[str, ...]], ...]


def lexicon(pages: Iterable[str]) -> dict[str, int]:
    """Count for each word in how many texts it stands; numbers alone are no words. Sorted by their folded form.

    What hyphens join is there in one and in pieces.
    """
    counts: Counter[str] = Counter()
    for text in pages:
        counts.update({word for found in set(_JOINED.findall(text)) for word in _pieces(found)})
    return dict(sorted(counts.items(), key=lambda item: (fold(item[0]), item[0])))


@lru_cache(maxsize=1 << 16)
def _pieces(found: str) -> tuple[str, ...]:
    """Return what hyphens join in one and in pieces."""
    pieces = spoken(found)
    return tuple(word for word in {*pieces, "".join(pieces)} if not word.isdecimal())


def _begins_alike(one: str, other: str) -> bool:
    """Tell whether short words share their first letter, or have the first two swapped: few mistype that."""
    if max(len(one), len(other)) > _SHORT:
        return True
    one, other = plain(one), plain(other)
    return one[:1] == other[:1] or one[:2] == other[1::-1]


class Words:
    """A lexicon made ready for looking things up; in the browser it is made of the shards that a query needs."""

    def __init__(self, known: Lexicon) -> None:
        self._by_fold: dict[str, tuple[int, str]] = {}
        self._by_stem: dict[str, tuple[int, str]] = {}
        for word, count in known.items():
            folded = fold(word)
            entry = (-count, word)
            self._by_fold[folded] = min(entry, self._by_fold.get(folded, entry))
            self._by_stem[stem(folded)] = min(entry, self._by_stem.get(stem(folded), entry))

    def spelled(self, word: str) -> str:
        """Return how the pages spell a word or a form of it; "" where they do not have it."""
        folded = fold(word)
        found = self._by_fold.get(folded) or self._by_stem.get(stem(folded))
        return found[1] if found else ""

    def is_begun(self, word: str) -> bool:
        """Tell whether a word of the pages begins so."""
        folded = fold(word)
        return any(known.startswith(folded) for known in self._by_fold)

    def nearest(self, word: str, most: int) -> str:
        """Return the word with the fewest mistakes between, of those the most frequent one; "" where none is near."""
        found = [
            (typos, count, spelled)
            for count, spelled in self._by_fold.values()
            if (typos := mistakes(word, spelled, most)) is not None and _begins_alike(word, spelled)
        ]
        return min(found)[2] if found else ""

    def parts(self, word: str) -> tuple[str, ...]:
        """Return the two known words that a compound is made of, the last one as long as can be; else ()."""
        folded = fold(word)
        for cut in range(_PART, len(folded) - _PART + 1):
            last = self._by_fold.get(folded[cut:]) or self._by_stem.get(stem(folded[cut:]))
            first = self._first(folded[:cut]) if last else ""
            if first and last:
                return first, last[1]
        return ()

    def _first(self, text: str) -> str:
        heads = (text[: len(text) - len(link)] for link in _LINKS if text.endswith(link))
        return next((found[1] for head in heads if len(head) >= _PART and (found := self._by_fold.get(head))), "")


def repair(typed: Iterable[str], known: Words) -> Repaired:
    """Return for each word what to search for instead; a word that is known or begun stays."""
    searched: list[str] = []
    changed: list[tuple[str, tuple[str, ...]]] = []
    for word in typed:
        found = _known(word, known)
        if not found:
            found = tuple(_instead(word, known))
            changed.append((word, found))
        searched += found
    return Repaired(tuple(dict.fromkeys(searched)), tuple(changed))


def _known(word: str, known: Words) -> tuple[str, ...]:
    """Return how the pages spell a word, or its pieces where it is joined by hyphens; () where they do not have it."""
    pieces = spoken(word)
    joined = "".join(pieces)
    if word.isdecimal() or known.is_begun(joined):
        return (known.spelled(joined) or word,) if len(pieces) == 1 else (word,)
    if spelled := known.spelled(joined):
        return (spelled,)
    found = tuple(known.spelled(piece) or (piece if piece.isdecimal() else "") for piece in pieces)
    return found if len(pieces) > 1 and all(found) else ()


def _instead(word: str, known: Words) -> Iterator[str]:
    if near := known.nearest(word, 1):
        yield near
    elif parts := known.parts(word):
        yield from parts
    elif len(word) >= _TWO_MISTAKES_FROM and (near := known.nearest(word, 2)):
        yield near
    else:
        pieces = spoken(word)
        for piece in pieces if len(pieces) > 1 else ():
            yield from _known(piece, known) or _instead(piece, known)
