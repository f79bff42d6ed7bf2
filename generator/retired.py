"""Where retired entries lead: each to the living one that stands at the end of all replacements, or round in a circle.

In: the entries. Out: the end of each way, and every circle once. Linear in their number, however long the ways.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from generator.kind import Entry


@dataclass(frozen=True, slots=True)
class Ways:
    """`successors`: by retired entry the living one, if there is one; `circles`: each from its least id."""

    successors: Mapping[str, str]
    circles: tuple[tuple[str, ...], ...]


def follow(entries: Mapping[str, Entry]) -> Ways:
    """Follow the replacements of all retired entries."""
    following = {entry.id: entry.data.replaced_by for entry in entries.values() if entry.is_retired}
    ends: dict[str, str | None] = {}
    circles: list[tuple[str, ...]] = []
    for start in following:
        way: dict[str, None] = {}
        at = start
        while at in following and at not in ends and at not in way:
            way[at] = None
            at = following[at]
        if at in way:
            steps = tuple(way)
            circles.append(_from_its_first(steps[steps.index(at) :]))
        end = ends.get(at) if at in ends or at in way else at
        ends |= dict.fromkeys(way, end)
    return Ways({one: end for one, end in ends.items() if end and end in entries}, tuple(sorted(circles)))


def _from_its_first(circle: tuple[str, ...]) -> tuple[str, ...]:
    first = circle.index(min(circle))
    return circle[first:] + circle[:first]
