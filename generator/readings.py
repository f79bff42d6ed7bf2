"""What a likely reading changes: which of the words that it is about it replaces, and by what.

In: the words as printed, and those that are likely meant. Out: changes, in order, none of which touches another. Knows
no entry and no page.
"""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Final, NamedTuple

_WORD: Final = re.compile(r"\S+")
_FEW: Final = 2


class Change(NamedTuple):
    """Code points `start` to `end` of the printed words, never none of them, and what is likely meant instead."""

    start: int
    end: int
    meant: str


def changes(printed: str, meant: str) -> tuple[Change, ...]:
    """Return which words have to change so that the printed words become those that are meant.

    What is only left out or only added takes a word beside it along, so that there is something to mark and to show.
    """
    old, new = tuple(_WORD.finditer(printed)), meant.split()
    if not old or not new:
        return ()
    return tuple(
        Change(old[first].start(), old[last - 1].end(), " ".join(new[start:end]))
        for first, last, start, end in _replaced([word.group() for word in old], new)
    )


_Step = tuple[int, int, int, int]


def _replaced(old: Sequence[str], new: Sequence[str]) -> Iterator[_Step]:
    """Yield which words become which; a single word between two changes goes with them, for the reader's sake."""
    steps = (step for tag, *step in SequenceMatcher(None, old, new, autojunk=False).get_opcodes() if tag != "equal")
    pending: _Step | None = None
    for first, last, start, end in map(_with_neighbour, steps):
        if pending is None or first - pending[1] >= _FEW:
            if pending is not None:
                yield pending
            pending = (first, last, start, end)
        else:
            pending = (pending[0], last, pending[2], end)
    if pending is not None:
        yield pending


def _with_neighbour(step: Sequence[int]) -> _Step:
    first, last, start, end = step
    if first < last and start < end:
        return first, last, start, end
    return (first - 1, last, start - 1, end) if first and start else (first, last + 1, start, end + 1)
