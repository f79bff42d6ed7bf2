"""Where the nodes of a network stand: by forces or around one in the middle, and never one upon another.

In: how many nodes, which of them are tied, how large they are. Out: places. Nothing but sums, products, quotients and
square roots, which every machine rounds alike, so that a drawing has the same bytes everywhere.
"""

from collections.abc import Sequence
from math import sqrt
from typing import Final

from generator.drawings.svg import Box

Point = tuple[float, float]
Size = tuple[float, float]
GAP: Final = 9.0
_ROUNDS: Final = 140
_PASSES: Final = 60
_ROUNDS_APART: Final = 4
_PASSES_ASIDE: Final = 12
_TURN: Final = 6.283185307179586
_TERMS: Final = 16
_PULL: Final = 0.055  # to the middle, so that what is not tied does not drift away


def around(count: int, middle: Point, half: Size, turn: float = 0) -> list[Point]:
    """Return places on an ellipse, the first on top or turned by a share of a step, the others clockwise."""
    found = []
    for index in range(count):
        sine, cosine = _sine_cosine(_TURN * (index + turn) / count)
        found.append((middle[0] + half[0] * sine, middle[1] - half[1] * cosine))
    return found


def _sine_cosine(angle: float) -> tuple[float, float]:
    """Return what `math` would, but by sums alone: libraries differ in the last digit."""
    if angle > _TURN / 2:
        angle -= _TURN
    sine = cosine = 0.0
    part = 1.0
    for power in range(2 * _TERMS):
        sign = -1 if power % 4 >= 2 else 1  # noqa: PLR2004 - the signs of the series come in pairs
        if power % 2:
            sine += sign * part
        else:
            cosine += sign * part
        part = part * angle / (power + 1)
    return sine, cosine


def forced(count: int, ties: Sequence[tuple[int, int]], width: float, height: float) -> list[Point]:
    """Return places in a rectangle: what is tied is near, what is not keeps its distance."""
    if count < 2:  # noqa: PLR2004 - one stands in the middle
        return [(width / 2, height / 2)] * count
    places = around(count, (0.0, 0.0), (1.0, 1.0))
    reach = 2 / sqrt(count)
    for done in range(_ROUNDS):
        most = 0.25 * (1 - done / _ROUNDS) + 0.003
        places = _moved(places, _pushes(places, ties, reach), most)
    return _stretched(places, width, height)


def _pushes(places: Sequence[Point], ties: Sequence[tuple[int, int]], reach: float) -> list[list[float]]:
    pushes = [[-_PULL * x, -_PULL * y] for x, y in places]
    square = reach * reach
    for one, (x, y) in enumerate(places):
        own = pushes[one]
        for other in range(one):
            u, v = places[other]
            across, down = x - u, y - v
            share = square * reach / (across * across + down * down + 1e-9) * 0.5
            theirs = pushes[other]
            own[0] += across * share
            own[1] += down * share
            theirs[0] -= across * share
            theirs[1] -= down * share
    for one, other in ties:
        across, down = places[one][0] - places[other][0], places[one][1] - places[other][1]
        share = sqrt(across * across + down * down) / reach * 0.35
        pushes[one][0] -= across * share
        pushes[one][1] -= down * share
        pushes[other][0] += across * share
        pushes[other][1] += down * share
    return pushes


def _moved(places: Sequence[Point], pushes: Sequence[Sequence[float]], most: float) -> list[Point]:
    moved = []
    for (x, y), (across, down) in zip(places, pushes, strict=True):
        length = sqrt(across * across + down * down)
        share = min(length, most) / length if length else 0.0
        moved.append((x + across * share, y + down * share))
    return moved


def _stretched(places: Sequence[Point], width: float, height: float) -> list[Point]:
    """Return the places so that they fill the rectangle."""
    left, top = (min(place[axis] for place in places) for axis in (0, 1))
    wide, high = (max(place[axis] for place in places) - low for axis, low in ((0, left), (1, top)))
    return [((x - left) / (wide or 1) * width, (y - top) / (high or 1) * height) for x, y in places]


def cleared(places: Sequence[Point], sizes: Sequence[Size], ties: Sequence[tuple[int, int]]) -> list[Point]:
    """Return the places so moved that fewer lines run behind a node that they do not tie."""
    moved = list(places)
    for _ in range(_PASSES_ASIDE):
        found = False
        for one, other in ties:
            for node, size in enumerate(sizes):
                if node not in (one, other) and (away := _aside(moved[node], size, moved[one], moved[other])):
                    moved[node] = (moved[node][0] + away[0], moved[node][1] + away[1])
                    found = True
        if not found:
            break
    return moved


def _aside(place: Point, size: Size, start: Point, end: Point) -> Point | None:
    """Return a small step away from a line that runs behind a node."""
    across, down = end[0] - start[0], end[1] - start[1]
    square = across * across + down * down
    if not square:
        return None
    share = ((place[0] - start[0]) * across + (place[1] - start[1]) * down) / square
    if not 0 < share < 1:
        return None
    off = (place[0] - start[0] - share * across, place[1] - start[1] - share * down)
    length = sqrt(off[0] * off[0] + off[1] * off[1])
    # How far the node reaches towards the line, whose normal is (down, -across).
    reach = (abs(down) * size[0] + abs(across) * size[1]) / 2 / sqrt(square) + 5
    if length >= reach:
        return None
    step = min(reach - length, 7.0)
    if not length:
        return (down / sqrt(square) * step, -across / sqrt(square) * step)
    return (off[0] / length * step, off[1] / length * step)


def separated(places: Sequence[Point], sizes: Sequence[Size], width: float, gap: float = GAP) -> list[Point]:
    """Return the places so moved that no two nodes meet; none leaves the width, the height grows as it must."""
    moved = [list(place) for place in places]
    for _ in range(_PASSES):
        if not _pushed_apart(moved, sizes, gap):
            break
        for place, size in zip(moved, sizes, strict=True):
            place[0] = min(max(place[0], size[0] / 2), width - size[0] / 2)
    placed: list[Box] = []
    found: dict[int, Point] = {}
    for index in sorted(range(len(moved)), key=lambda at: (moved[at][1], moved[at][0], at)):
        x = min(max(moved[index][0], sizes[index][0] / 2), width - sizes[index][0] / 2)
        y = moved[index][1]
        while blocking := next((box for box in placed if box.meets(box_at((x, y), sizes[index]), gap - 0.5)), None):
            y = blocking.bottom + gap + sizes[index][1] / 2
        placed.append(box_at((x, y), sizes[index]))
        found[index] = (x, y)
    return [found[index] for index in range(len(moved))]


def spread(
    places: Sequence[Point], sizes: Sequence[Size], ties: Sequence[tuple[int, int]], width: float, gap: float
) -> list[Point]:
    """Return the places with room between the nodes, and few of them in the way of a line that they are not tied by."""
    moved = list(places)
    for _ in range(_ROUNDS_APART):
        moved = separated(cleared(moved, sizes, ties), sizes, width, gap)
    return moved


def box_at(place: Point, size: Size) -> Box:
    """Return the rectangle of a node."""
    return Box(place[0] - size[0] / 2, place[1] - size[1] / 2, place[0] + size[0] / 2, place[1] + size[1] / 2)


def _pushed_apart(places: list[list[float]], sizes: Sequence[Size], gap: float) -> bool:
    """Push every two nodes that meet apart, the shorter way; tell whether there were any.

    The upper ones first, each with those below as far as they reach: what moves meanwhile is met in the next pass.
    """
    found = False
    order = sorted(range(len(places)), key=lambda at: (places[at][1] - sizes[at][1] / 2, at))
    for nth, at in enumerate(order, 1):
        one, (wide, high) = places[at], sizes[at]
        for below in order[nth:]:
            other, size = places[below], sizes[below]
            down = one[1] - other[1]
            lack_y = (high + size[1]) / 2 + gap - abs(down)
            if lack_y <= 0:
                break
            across = one[0] - other[0]
            lack_x = (wide + size[0]) / 2 + gap - abs(across)
            if lack_x <= 0:
                continue
            found = True
            axis, lack, way = (1, lack_y, down) if lack_y <= lack_x else (0, lack_x, across)
            step = lack / 2 if way >= 0 else -lack / 2
            one[axis] += step
            other[axis] -= step
    return found
