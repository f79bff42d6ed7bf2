"""Did you mean …? The words nearest to a misspelt one.

Comes in: a word and the words it could have been. Goes out: the few that an author may have meant, best
first. Slips of the keyboard count, umlauts written out, and a part of a hyphenated name (`mill` for `old-
mill`). Knows no diagnostic.
"""

from collections.abc import Sequence
from functools import lru_cache
from heapq import nsmallest
from itertools import pairwise
from typing import Final

from generator.slips import slips

_SHORTLIST: Final = 40
_LONGEST: Final = 100  # longer than any id or key
_SHORT: Final = 3  # up to here a word inside another says nothing
_BITS: Final = 509
_FOLDED: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "_": "-", " ": "-"})


@lru_cache(maxsize=1 << 10)
def nearest(word: str, candidates: tuple[str, ...], limit: int = 1) -> tuple[str, ...]:
    """Return at most `limit` of `candidates`, the likeliest first; empty when none is near.

    The order of the candidates does not matter. Ten thousand of them cost a few milliseconds, and nothing where the
    same is asked again: when a file is renamed, all that name it say so.
    """
    folded = _fold(word)
    if not folded or len(folded) > _LONGEST:
        return ()
    close = _shortlist(folded, candidates)
    scored = ((cost, name) for name in close if (cost := _cost(folded, _fold(name))) is not None)
    return tuple(name for _, name in nsmallest(limit, scored))


def _shortlist(folded: str, candidates: Sequence[str]) -> list[str]:
    """Return those that share most pairs of letters: only they are worth a comparison letter by letter."""
    wanted = _pairs(folded)

    def distance(name: str) -> tuple[float, str]:
        return len(name) / 8 - 2 * (wanted & _pairs(name)).bit_count(), name

    return nsmallest(_SHORTLIST, dict.fromkeys(candidates), key=distance)


@lru_cache(maxsize=1 << 16)
def _pairs(word: str) -> int:
    """Return the neighbouring letters of a word as a set of bits; two pairs may share one."""
    framed = f"^{_fold(word)}$"[: _LONGEST + 2]
    found = 0
    for one, other in pairwise(framed):
        found |= 1 << (ord(one) * 31 + ord(other)) % _BITS
    return found


def _fold(word: str) -> str:
    return word.casefold().translate(_FOLDED).strip("-")


def _cost(word: str, name: str) -> float | None:
    """Return how unlikely it is that who wrote `word` meant `name`; None for too unlikely."""
    if word == name:
        return 0
    shorter, longer = sorted((len(word), len(name)))
    excess = (longer - shorter) / 1000
    parts, wanted = set(name.split("-")), set(word.split("-"))
    if wanted <= parts or (parts <= wanted and shorter > _SHORT):
        return 0.5 + excess  # a whole part of a name is surer than one slip
    allowed = max(1, (longer + 1) // 4) if shorter > 1 else 0
    count = slips(word, name, allowed)
    if count is not None:
        return count
    return 10 + excess if shorter > _SHORT and (word in name or name in word) else None
