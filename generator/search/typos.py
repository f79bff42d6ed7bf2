"""Two words in, how many typing mistakes lie between them out."""

from typing import Final

from generator.search.folding import fold, plain
from generator.slips import slips

_SHORT: Final = 5
_ONE_FROM: Final = 4
_TWO_FROM: Final = 7


def limit(length: int) -> int:
    """Return how many mistakes a word of this length may have and still be meant."""
    return (length >= _ONE_FROM) + (length >= _TWO_FROM)


def mistakes(one: str, other: str, most: int = 2) -> int | None:
    """Return the mistakes between two words as typed, no more than `most` and what their length allows.

    Umlauts count as "a" and as "ae", whichever is nearer: "Klgae" is no "Klgä".
    """
    most = min(most, limit(max(len(one), len(other))))
    if not most:
        return None
    found = (distance(key(one), key(other), most) for key in (plain, fold))
    return min((typos for typos in found if typos is not None), default=None)


def begins_alike(one: str, other: str) -> bool:
    """Tell whether short words share their first letter, or have the first two swapped: few mistype that."""
    if max(len(one), len(other)) > _SHORT:
        return True
    one, other = plain(one), plain(other)
    return one[:1] == other[:1] or one[:2] == other[1::-1]


def distance(one: str, other: str, most: int) -> int | None:
    """Return the slips between two words, None above `most`; digits are no slips: version 3 is not version 4."""
    return slips(one, other, most) if _digits(one) == _digits(other) else None


def _digits(word: str) -> str:
    return "".join(char for char in word if char.isdecimal())
