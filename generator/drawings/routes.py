"""How the lines of a network run, and where their words stand: not behind a node, not upon each other, not cut off.

In: the rectangles of nodes, which of them are tied, what their lines say. Out: curves and the places of words. As in
`layout` nothing but sums, products, quotients and square roots, so that a drawing has the same bytes everywhere.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from math import sqrt
from typing import Final, NamedTuple

from generator.drawings.layout import Point, box_at
from generator.drawings.svg import SIZE, Box, text_width

LINE: Final = 13.5
_CLEAR: Final = 5.0
_BENDS: Final = tuple(side * bend for bend in (10, 18, 28, 38, 50, 64, 80, 100, 125, 150, 180) for side in (1, -1))
_SKEWS: Final = (0.5, 0.2, 0.8)
_SHARES: Final = (0.5, 0.44, 0.56, 0.38, 0.62, 0.32, 0.68, 0.27, 0.73, 0.22, 0.78, 0.17, 0.83)
_SEEN: Final = 0.5  # of a line, that words may cover
_STEP: Final = 7.0
_CELL: Final = 24.0
_MOST_LINES: Final = 3
_HEAD: Final = 10.0  # of an arrow, which nothing covers
_AIR: Final = (9.0, 5.0, 0.5)  # around a number, as much as there is


class Route(NamedTuple):
    """A line from the border of a node to that of another: a curve drawn towards `bend`."""

    start: Point
    bend: Point
    end: Point

    def at(self, share: float) -> Point:
        """Return the point after a share of the way."""
        (x, y), (over, down), (u, v) = self
        left = 1 - share
        first, second, third = left * left, 2 * left * share, share * share
        return first * x + second * over + third * u, first * y + second * down + third * v

    @property
    def length(self) -> float:
        """About how long it is."""
        return _distance(self.start, self.bend) / 2 + _distance(self.bend, self.end) / 2 + _distance(*self[::2]) / 2

    def points(self) -> list[Point]:
        """Return points close to each other, all along it."""
        count = int(self.length / _STEP) + 2
        return [self.at(index / count) for index in range(count + 1)]


class Spot(NamedTuple):
    """Where the words of a line stand, in one line or several."""

    lines: tuple[str, ...]
    box: Box


def routed(boxes: Sequence[Box], ties: Sequence[tuple[int, int]], frame: Box) -> tuple[list[Route], int]:
    """Return a line for each tie, as straight as nodes in between let it be, and how many run behind a node still."""
    routes: list[Route] = []
    behind = 0
    for one, other in ties:
        others = [_grown(box) for at, box in enumerate(boxes) if at not in (one, other)]
        hidden, route = _clearest(_bent(boxes[one], boxes[other]), others, frame)
        routes.append(route)
        behind += hidden > 0
    return routes, behind


def straight(one: Box, other: Box) -> Route:
    """Return the straight line between two nodes."""
    return next(_bent(one, other))


def _bent(one: Box, other: Box) -> Iterator[Route]:
    """Yield lines between two nodes, the straight one first."""
    start, end = centre(one), centre(other)
    across, down = end[0] - start[0], end[1] - start[1]
    length = sqrt(across * across + down * down) or 1.0
    for skew, bend in ((0.5, 0), *((skew, bend) for skew in _SKEWS for bend in _BENDS)):
        off = 2 * bend / length
        towards = (start[0] + across * skew - down * off, start[1] + down * skew + across * off)
        yield Route(border(one, towards), towards, border(other, towards))


def _clearest(routes: Iterator[Route], boxes: Sequence[Box], frame: Box) -> tuple[int, Route]:
    """Return the first line that runs behind nothing, else the one of which least is hidden, and how much that is."""
    judged: list[tuple[int, Route]] = []
    for route in routes:
        hidden = _hidden(route, boxes, frame)
        if not hidden:
            return 0, route
        judged.append((hidden, route))
    return min(judged, key=lambda one: one[0])


def _hidden(route: Route, boxes: Sequence[Box], frame: Box) -> int:
    """Count the points of a line that lie behind one of these boxes, or outside."""
    points = route.points()
    own = _around(points)
    near = [box for box in boxes if box.meets(own)]
    outside = 0 if _holds(frame, own[:2]) and _holds(frame, own[2:]) else len(points)
    return outside + sum(any(_holds(box, point) for box in near) for point in points if near)


def worded(routes: Sequence[Route], texts: Sequence[str], boxes: Sequence[Box], frame: Box) -> list[Spot | None]:
    """Return where the words of each line stand; None where there is no room for them.

    Words leave more than half of their line to be seen. Short lines choose first: they have the least choice.
    """
    taken = list(boxes)
    crossing = _Crossing(routes)
    spots: list[Spot | None] = [None] * len(routes)
    lengths = [route.length for route in routes]
    for at in sorted(range(len(routes)), key=lambda at: (lengths[at], at)):
        for lines in _folded(texts[at]):
            places = (box for box in _places(routes[at], lines) if _leaves_seen(routes[at], box, lengths[at]))
            free = next((box for box in places if _is_free(box, taken, frame) and not crossing(box, at)), None)
            if free:
                spots[at] = Spot(lines, free)
                taken.append(free)
                break
    return spots


def numbered(routes: Sequence[Route], spots: Sequence[Spot | None], boxes: Sequence[Box], frame: Box) -> list[Spot]:
    """Return the same spots, and a number for each line without words: it is small, and always stands somewhere."""
    done = [spot for spot in spots if spot]
    if len(done) == len(spots):
        return done
    taken = [*boxes, *(spot.box for spot in done)]
    crossing = _Crossing(routes)
    numbers: dict[int, Spot] = {}
    for at in (at for at, spot in enumerate(spots) if not spot):
        lines = (str(len(numbers) + 1),)
        places = list(_places(routes[at], lines))
        best = next(_clear(places, routes[at], taken, frame, partial(crossing, own=at)))
        taken.append(best)
        numbers[at] = Spot(lines, best)
    return [spot or numbers[at] for at, spot in enumerate(spots)]


def _clear(
    places: Sequence[Box], route: Route, taken: Sequence[Box], frame: Box, others: Callable[[Box], int]
) -> Iterator[Box]:
    """Yield the places for a number with much air around them, then with less, in the end the least bad one."""
    seen = [box for box in places if not _meets_end(route, box, 2)]
    for air in _AIR:
        for box in seen:
            grown = _grown(box, air)
            if _is_free(grown, taken, frame) and not others(grown):
                yield box

    def faults(box: Box) -> tuple[bool | int, ...]:
        free = [_is_free(_grown(box, air), taken, frame) for air in _AIR]
        return (not free[-1], box not in seen, *(not is_free for is_free in free[::-1]), others(box))

    yield min(places, key=faults)


def _meets_end(route: Route, box: Box, gap: float) -> bool:
    return any(box.meets(Box(*end, *end), gap) for end in (route.start, route.end))


def _leaves_seen(route: Route, box: Box, length: float) -> bool:
    """Tell whether a line can be seen beside its words: half of it, and both its ends."""
    (x, y), _, (u, v) = route
    across, down = abs(u - x), abs(v - y)
    # As much of a straight line as lies in a rectangle whose middle is on it.
    shares = [side / way for side, way in ((box.right - box.left, across), (box.bottom - box.top, down)) if way]
    covered = min([*shares, 1.0])
    return covered <= _SEEN and not _meets_end(route, box, min(_HEAD, length / 5))


def _places(route: Route, lines: tuple[str, ...]) -> Iterator[Box]:
    """Yield where words may stand on a line, the middle first."""
    size = (widest(lines) + 6, LINE * len(lines) + 3)
    return (box_at(route.at(share), size) for share in _SHARES)


class _Crossing:
    """Knows the points of all lines; called, tells how many of other lines lie in a rectangle."""

    def __init__(self, routes: Sequence[Route]) -> None:
        self._cells: dict[tuple[int, int], list[tuple[Point, int]]] = defaultdict(list)
        for at, route in enumerate(routes):
            for point in route.points():
                self._cells[int(point[0] // _CELL), int(point[1] // _CELL)].append((point, at))

    def __call__(self, box: Box, own: int) -> int:
        across = range(int(box.left // _CELL), int(box.right // _CELL) + 1)
        down = range(int(box.top // _CELL), int(box.bottom // _CELL) + 1)
        near = (one for column in across for row in down for one in self._cells.get((column, row), ()))
        return sum(at != own and _holds(box, point) for point, at in near)


def _folded(text: str) -> Iterator[tuple[str, ...]]:
    """Yield the text in one line, in two, in three, each time as narrow as can be."""
    for count in range(1, min(len(text.split()), _MOST_LINES) + 1):
        yield folded(text, count)


def folded(text: str, count: int) -> tuple[str, ...]:
    """Return the words of a text in at most so many lines, the widest of them as narrow as it can be."""
    words = text.split()
    best: tuple[str, ...] = (" ".join(words),)
    for end in range(1, len(words) if count > 1 else 0):
        lines = (" ".join(words[:end]), *folded(" ".join(words[end:]), count - 1))
        if widest(lines) < widest(best):
            best = lines
    return best


def widest(lines: Sequence[str]) -> float:
    """Return how wide the widest line is."""
    return max(text_width(line, SIZE) for line in lines)


def _is_free(box: Box, taken: Sequence[Box], frame: Box) -> bool:
    is_inside = box.left >= frame.left and box.right <= frame.right
    return is_inside and not any(box.meets(other, 1.5) for other in taken)


def centre(box: Box) -> Point:
    """Return the middle of a rectangle."""
    return (box.left + box.right) / 2, (box.top + box.bottom) / 2


def border(box: Box, towards: Point) -> Point:
    """Return where the line from a node's centre to a point leaves the node, a little outside."""
    x, y = centre(box)
    across, down = towards[0] - x, towards[1] - y
    half_wide, half_high = (box.right - box.left) / 2 + 2, (box.bottom - box.top) / 2 + 2
    shares = [half / abs(way) for half, way in ((half_wide, across), (half_high, down)) if way]
    share = min([*shares, 1.0])
    return x + across * share, y + down * share


def _around(points: Sequence[Point]) -> Box:
    across, down = zip(*points, strict=True)
    return Box(min(across), min(down), max(across), max(down))


def _grown(box: Box, by: float = _CLEAR) -> Box:
    return Box(box.left - by, box.top - by, box.right + by, box.bottom + by)


def _holds(box: Box, point: Point) -> bool:
    return box.left <= point[0] <= box.right and box.top <= point[1] <= box.bottom


def _distance(one: Point, other: Point) -> float:
    across, down = one[0] - other[0], one[1] - other[1]
    return sqrt(across * across + down * down)
