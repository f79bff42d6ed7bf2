"""Two words in, how many typing mistakes lie between them out."""

from typing import Final

from generator.search.folding import fold, plain

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


def distance(one: str, other: str, most: int) -> int | None:
    """Return the number of letters left out, put in, mistaken or swapped with their neighbour; None above `most`.

    Digits are never mistaken: the third model is not the fourth.
    """
    if abs(len(one) - len(other)) > most or _digits(one) != _digits(other):
        return None
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        earlier, before, row = before, row, [i]
        for j, against in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != against))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == against:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
        if min(row) > most and (i < 2 or min(before) > most):  # noqa: PLR2004 - a swap looks back two rows
            return None
    return row[-1] if row[-1] <= most else None


def _digits(word: str) -> str:
    return "".join(char for char in word if char.isdecimal())
