"""A long sorted list in, short ones out, so that a browser loads only what may answer a query.

The name of a shard is the beginning that all its keys share; a key is in the shard with the longest name that begins
it. `assets/search/60-query.js` finds shards the same way.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, TypeVar

MOST: Final = 1500

Item = TypeVar("Item")


def sharded(items: Iterable[tuple[str, Item]], most: int = MOST) -> dict[str, tuple[Item, ...]]:
    """Divide items by the beginnings of their keys so that none holds more than `most`, unless keys are equal.

    Items keep their order; there is always a shard "", though it may be empty.
    """
    given = list(items)
    order = sorted(range(len(given)), key=lambda at: given[at][0])
    keys = [given[at][0] for at in order]
    return {
        begun: tuple(given[at][1] for at in sorted(order[start:end]))
        for begun, start, end in sorted(_divided("", keys, 0, len(keys), most))
    }


def _divided(begun: str, keys: Sequence[str], start: int, end: int, most: int) -> Iterator[tuple[str, int, int]]:
    """Yield the names of shards, and from where to where their keys stand among all, which are sorted."""
    exact = bisect_right(keys, begun, start, end)
    if end - start <= most or exact == end:
        yield begun, start, end
        return
    yield begun, start, exact
    size = len(begun) + 1
    while exact < end:
        longer = keys[exact][:size]
        after = bisect_right(keys, longer, exact, end, key=lambda key: key[:size])
        yield from _divided(longer, keys, exact, after, most)
        exact = after


def shard_of(key: str, shards: Mapping[str, object]) -> str:
    """Return the name of the shard that a key is in."""
    return next(key[:end] for end in range(len(key), -1, -1) if key[:end] in shards)


def shards_near(key: str, shards: Mapping[str, object]) -> tuple[str, ...]:
    """Return the names of the shards that a mistyped key may be in: its first letter may be missing or swapped."""
    starts = {key[:1], key[1:2]} - {""}
    return tuple(_near(starts, shards))


def _near(starts: Iterable[str], shards: Iterable[str]) -> Iterator[str]:
    return (name for name in sorted(shards) if not name or name[0] in starts)
