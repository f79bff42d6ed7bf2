"""A long sorted list in, short ones out, so that a browser loads only what may answer a query.

The name of a shard is the beginning that all its keys share; a key is in the shard with the longest name that begins
it. `assets/search/60-query.js` finds shards the same way.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, TypeVar

MOST: Final = 1500

Item = TypeVar("Item")


def sharded(items: Iterable[tuple[str, Item]], most: int = MOST) -> dict[str, tuple[Item, ...]]:
    """Divide items by the beginnings of their keys so that none holds more than `most`, unless keys are equal.

    Items keep their order; there is always a shard "", though it may be empty.
    """
    shards: dict[str, tuple[Item, ...]] = {"": ()}
    _divide("", list(items), most, shards)
    return dict(sorted(shards.items()))


def _divide(begun: str, items: list[tuple[str, Item]], most: int, shards: dict[str, tuple[Item, ...]]) -> None:
    by_next: defaultdict[str, list[tuple[str, Item]]] = defaultdict(list)
    for key, item in items:
        by_next[key[: len(begun) + 1]].append((key, item))
    if len(items) <= most or set(by_next) == {begun}:
        shards[begun] = tuple(item for _, item in items)
        return
    shards[begun] = tuple(item for _, item in by_next.pop(begun, ()))
    for longer, rest in by_next.items():
        _divide(longer, rest, most, shards)


def shard_of(key: str, shards: Mapping[str, object]) -> str:
    """Return the name of the shard that a key is in."""
    return next(key[:end] for end in range(len(key), -1, -1) if key[:end] in shards)


def shards_near(key: str, shards: Mapping[str, object]) -> tuple[str, ...]:
    """Return the names of the shards that a mistyped key may be in: its first letter may be missing or swapped."""
    starts = {key[:1], key[1:2]} - {""}
    return tuple(_near(starts, shards))


def _near(starts: Iterable[str], shards: Iterable[str]) -> Iterator[str]:
    return (name for name in sorted(shards) if not name or name[0] in starts)
