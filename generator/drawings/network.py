"""Who is tied to whom: nodes with their names, lines between them with theirs.

In: nodes and ties. Out: SVG in which every node and every line is a link. Ties of the same two nodes share a line. In a
whole network a line whose words have no room bears a number, and they stand below the drawing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import sqrt
from typing import Final

from markupsafe import Markup

from generator.drawings.layout import GAP, Point, Size, around, box_at, forced, separated, spread
from generator.drawings.routes import (
    LINE,
    Route,
    Spot,
    centre,
    folded,
    numbered,
    routed,
    straight,
    widest,
    worded,
)
from generator.drawings.svg import (
    INK,
    NARROW,
    PALE,
    PAPER,
    SIZE,
    SOFT,
    Box,
    clipped,
    drawing,
    label,
    linked,
    number,
    ornament,
    text_width,
    wrapped,
)

_HIGH: Final = 23.0
_ROW: Final = 14.0
_NAME: Final = 124.0
_NAME_LINES: Final = 3
_MOST_SIZE: Final = 240.0
_PAD: Final = 18.0
WIDE: Final = 860.0
GROWN: Final = (1.0, 1.3, 1.65, 2.0)
LOW: Final = (0.7, 0.85)  # for a sheet, on which letters are the smaller the higher a drawing is
_DEAR: Final = 4.0
_APART: Final = 24.0  # room for a number between any two
_NEAR: Final = NARROW
_TIP: Final = 6.0


@dataclass(frozen=True, slots=True)
class Node:
    """Something in the network; `shape` is one of `SHAPES`, `shape_said` the word for it."""

    id: str
    name: str
    href: str
    shape: str = ""
    shape_said: str = ""
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Tie:
    """What ties one node to another, in words, and where it stands; a mutual one has no direction."""

    one: str
    other: str
    said: str
    href: str
    is_mutual: bool = False
    when: str = ""


@dataclass(frozen=True, slots=True)
class _Line:
    """All ties of two nodes."""

    ends: tuple[Node, Node]
    ties: tuple[Tie, ...]

    @property
    def name(self) -> str:
        first, second = self.ends
        told: dict[str, dict[str, None]] = {}
        for tie in self.ties:
            told.setdefault(tie.said, {}).update({tie.when: None} if tie.when else {})
        return f"{first.name} – {second.name}: {'; '.join(', '.join((said, *when)) for said, when in told.items())}"

    @property
    def said(self) -> str:
        more = len({tie.said for tie in self.ties}) - 1
        return f"{self.ties[0].said} +{more}" if more else self.ties[0].said

    def points_to(self, node: Node) -> bool:
        return any(tie.other == node.id and not tie.is_mutual for tie in self.ties)


@dataclass(frozen=True, slots=True)
class _Plan:
    """Where everything stands; a line without a spot has no room for its words."""

    boxes: Sequence[Box]
    routes: Sequence[Route]
    spots: Sequence[Spot | None]
    frame: Box
    behind: int = 0

    @property
    def faults(self) -> int:
        """Lines that run behind a node, and, less grave, lines without words."""
        return 20 * self.behind + self.spots.count(None)


def network(
    nodes: Sequence[Node], ties: Sequence[Tie], name: str, width: float = WIDE, growths: Sequence[float] = GROWN
) -> Markup:
    """Return all nodes, tied ones near each other; empty where no two are tied.

    It grows in height until all words have room, as far as is sensible: by these factors, which ascend.
    """
    lines = _lines(nodes, ties)
    if not lines:
        return Markup()
    numbers = {node.id: index for index, node in enumerate(nodes)}
    pairs = [(numbers[line.ends[0].id], numbers[line.ends[1].id]) for line in lines]
    places = forced(len(nodes), pairs, 1, 1)
    high = min(120.0 + 24 * len(nodes), 640.0) * (1 + (WIDE / width - 1) / 2)
    best: tuple[float, _Plan] | None = None
    for grown in growths:
        stretched = [(x * (width - 120) + 60, y * high * grown) for x, y in places]
        plan = _planned(nodes, lines, pairs, stretched, width)
        cost = plan.faults + _DEAR * grown
        best = (cost, plan) if best is None or cost < best[0] else best
        if not plan.faults:
            break
    kind = "network drawn-narrow" if width == NARROW else "network"
    return _whole(nodes, lines, best[1], name, kind) if best else Markup()


def _planned(
    nodes: Sequence[Node],
    lines: Sequence[_Line],
    pairs: Sequence[tuple[int, int]],
    places: Sequence[Point],
    width: float,
) -> _Plan:
    sizes = [_size(node, width) for node in nodes]
    placed = spread(places, sizes, pairs, width - 2 * GAP, _APART)
    boxes = _boxes(placed, sizes, 3 * GAP)
    frame = Box(2, 2, width - 2, max(box.bottom for box in boxes) + 2 * GAP)
    routes, behind = routed(boxes, pairs, frame)
    texts = [line.said if text_width(line.said, SIZE) <= _MOST_SIZE else "" for line in lines]
    spots = worded(routes, texts, boxes, frame)
    return _Plan(boxes, routes, spots, frame, behind)


def _whole(nodes: Sequence[Node], lines: Sequence[_Line], plan: _Plan, name: str, kind: str = "network") -> Markup:
    spots = numbered(plan.routes, plan.spots, plan.boxes, plan.frame)
    drawn = [_drawn_route(line, route) for line, route in zip(lines, plan.routes, strict=True)]
    said = ornament(_words(spot, is_number=had is None) for spot, had in zip(spots, plan.spots, strict=True))
    width = round(plan.frame.right + 2)
    shown = [_drawn_node(node, box, width) for node, box in zip(nodes, plan.boxes, strict=True)]
    keys, height = _legend(nodes, plan.frame.bottom, width)
    told = [line for line, had in zip(lines, plan.spots, strict=True) if had is None]
    listed, height = _listed(told, height, width)
    parts = (*drawn, said, *shown, *keys, *listed)
    return drawing(width, height, parts, name=name, kind=kind)


def _drawn_route(line: _Line, route: Route) -> str:
    (x, y), (over, down), (u, v) = route
    path = f'd="M{number(x)} {number(y)}Q{number(over)} {number(down)} {number(u)} {number(v)}" fill="none"'
    parts = [
        f'<path class="d-reach" {path} stroke="none" stroke-width="9" pointer-events="stroke"/>',
        f'<path class="d-tie" {path} stroke="{SOFT}" stroke-width="1.2"/>',
    ]
    if line.points_to(line.ends[1]):
        parts.append(_tip(route.bend, route.end))
    if line.points_to(line.ends[0]):
        parts.append(_tip(route.bend, route.start))
    return linked(line.ties[0].href, line.name, "".join(parts), mark=f"{line.ends[0].id}+{line.ends[1].id}")


def _words(spot: Spot, *, is_number: bool) -> str:
    """Return what stands on a line, on a ground of its own; a number in a ring."""
    box = spot.box
    corner = f'x="{number(box.left)}" y="{number(box.top)}" width="{number(box.right - box.left)}"'
    size = f'height="{number(box.bottom - box.top)}"'
    ring = f' rx="7" stroke="{SOFT}" stroke-width="0.8"' if is_number else ' rx="2" opacity="0.92"'
    name = "d-ground d-ring" if is_number else "d-ground"
    more = f' class="d-said" fill="{SOFT}" text-anchor="middle"'
    texts = (label(text, centre(box)[0], box.top + LINE * row + SIZE, more=more) for row, text in enumerate(spot.lines))
    return f'<rect class="{name}" {corner} {size}{ring} fill="{PAPER}"/>{"".join(texts)}'


def _listed(lines: Sequence[_Line], top: float, width: float) -> tuple[Sequence[str], float]:
    """Return what the numbers stand for, and where the drawing ends."""
    rows: list[str] = []
    y = top + (8 if lines else 0)
    more = f' class="d-soft" fill="{SOFT}"'
    for at, line in enumerate(lines, 1):
        rows.append(label(str(at), GAP, y + SIZE, more=more))
        for text in wrapped(line.name, width - 2 * GAP - 24, SIZE):
            rows.append(label(text, GAP + 24, y + SIZE, more=more))
            y += _ROW
    return (ornament(rows),) if rows else (), y + (4 if rows else 0)


def neighbourhood(middle: Node, others: Sequence[Node], ties: Sequence[Tie], name: str) -> Markup:
    """Return one node with those tied to it around it; empty where there are none."""
    lines = _lines([middle, *others], ties)
    if not lines:
        return Markup()
    half = (_NEAR / 2 - 40, 72.0 + 11 * len(others))
    # Names are wide: a node beside the middle leaves no room for its line.
    turn = 0 if len(others) % 4 else 0.5
    places = [(_NEAR / 2, half[1]), *around(len(others), (_NEAR / 2, half[1]), half, turn)]
    nodes = [middle, *others]
    sizes = [_size(node, _NEAR) for node in nodes]
    boxes = _boxes(separated(places, sizes, _NEAR - 2 * GAP), sizes, GAP)
    frame = Box(2, 2, _NEAR - 2, max(box.bottom for box in boxes) + 8)
    found = {node.id: box for node, box in zip(nodes, boxes, strict=True)}
    routes = [straight(*(found[node.id] for node in line.ends)) for line in lines]
    spots = worded(routes, [line.said for line in lines], boxes, frame)
    return _whole(nodes, lines, _Plan(boxes, routes, spots, frame), name)


def _boxes(places: Sequence[Point], sizes: Sequence[Size], top: float) -> list[Box]:
    """Return the rectangles of nodes, the first of them so far below the top."""
    lift = top - min(y - size[1] / 2 for (_, y), size in zip(places, sizes, strict=True))
    return [box_at((x + GAP, y + lift), size) for (x, y), size in zip(places, sizes, strict=True)]


def _lines(nodes: Sequence[Node], ties: Sequence[Tie]) -> list[_Line]:
    """Put the ties of the same two nodes together; those of a node to itself, or to one not given, are left out."""
    known = {node.id: node for node in nodes}
    found: dict[tuple[str, str], list[Tie]] = {}
    for tie in ties:
        if tie.one in known and tie.other in known and tie.one != tie.other:
            back = (tie.other, tie.one)
            found.setdefault(back if back in found else (tie.one, tie.other), []).append(tie)
    return [_Line((known[one], known[other]), tuple(of_two)) for (one, other), of_two in found.items()]


@lru_cache(maxsize=65536)  # a name is drawn by all its neighbours
def _shown(name: str, width: float) -> tuple[str, ...]:
    """Return a name in as few lines as it takes in a drawing of this width; what is longer than all of them is cut."""
    room = min(_NAME, width / 4)
    name = clipped(name, room * _NAME_LINES, SIZE)
    lines: tuple[str, ...] = (name,)
    for count in range(2, _NAME_LINES + 1):
        if widest(lines) > room:
            lines = min(lines, folded(name, count), key=widest)
    return tuple(clipped(line, _NAME, SIZE) or "…" for line in lines)


def _size(node: Node, width: float) -> Size:
    lines = _shown(node.name, width)
    return max(text_width(line, SIZE) for line in lines) + _PAD, _HIGH + _ROW * (len(lines) - 1)


def _tip(start: Point, end: Point) -> str:
    """Return the head of an arrow at the end of a line."""
    across, down = end[0] - start[0], end[1] - start[1]
    length = sqrt(across * across + down * down) or 1.0
    along, aside = (across / length * _TIP, down / length * _TIP), (-down / length * 3, across / length * 3)
    back = (end[0] - along[0], end[1] - along[1])
    corners = (end, (back[0] + aside[0], back[1] + aside[1]), (back[0] - aside[0], back[1] - aside[1]))
    path = "L".join(f"{number(x)} {number(y)}" for x, y in corners)
    return f'<path class="d-tip" d="M{path}Z" fill="{SOFT}"/>'


def _drawn_node(node: Node, box: Box, width: float) -> str:
    name = f"{node.name} ({node.shape_said})" if node.shape_said else node.name
    text = "".join(
        label(line, centre(box)[0], box.top + 15.5 + _ROW * row, node.lang, ' text-anchor="middle"')
        for row, line in enumerate(_shown(node.name, width))
    )
    return linked(node.href, name, _shape(node.shape, box) + text, mark=node.id, lang=node.lang)


def _shape(shape: str, box: Box) -> str:
    """Return the outline of a node: what sort of thing it is shows in its corners."""
    left, top, right, bottom = box
    if shape == "medium":  # slanted
        path = f"M{number(left + 6)} {number(top)}H{number(right)}L{number(right - 6)} {number(bottom)}H{number(left)}Z"
        return f'<path class="d-area d-node" d="{path}" fill="{PAPER}" stroke="{INK}" stroke-width="1.2"/>'
    corner = f'x="{number(left)}" y="{number(top)}"'
    size = f'width="{number(right - left)}" height="{number(bottom - top)}"'
    round_by, fill, kind = {"person": (11.5, PAPER, "d-node"), "authority": (0, PAPER, "d-node")}.get(
        shape, (4, PALE, "ink-fill")
    )
    outer = (
        f'<rect class="d-area {kind}" {corner} {size} rx="{round_by}" fill="{fill}" stroke="{INK}" stroke-width="1.2"/>'
    )
    if shape != "authority":
        return outer
    inner = f'x="{number(left + 2.5)}" y="{number(top + 2.5)}"'
    size = f'width="{number(right - left - 5)}" height="{number(bottom - top - 5)}"'
    return f'{outer}<rect class="d-inner" {inner} {size} fill="none" stroke="{INK}" stroke-width="0.8"/>'


def _legend(nodes: Sequence[Node], top: float, width: float) -> tuple[Iterator[str], float]:
    """Return what the outlines mean, where there is more than one, and where the drawing ends."""
    used = {node.shape: node.shape_said for node in nodes if node.shape_said}
    if len(used) < 2:  # noqa: PLR2004 - one outline tells nothing apart
        return iter(()), top
    keys: list[str] = []
    x, y = GAP, top + 8
    for shape, said in used.items():
        wide = 32 + text_width(said, SIZE) + 16
        if x + wide > width and x > GAP:
            x, y = GAP, y + 18
        text = label(said, x + 31, y + 10.5, more=f' class="d-soft" fill="{SOFT}"')
        keys.append(_shape(shape, Box(x, y, x + 25, y + 13)).replace("d-area ", "") + text)
        x += wide
    return iter(keys), y + 20
