"""Who is tied to whom: nodes with their names, lines between them with theirs where there is room.

In: nodes and ties. Out: SVG in which every node and every line is a link. Ties of the same two nodes share a line.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final

from markupsafe import Markup

from generator.drawings.layout import GAP, Point, Size, around, box_at, cleared, forced, separated
from generator.drawings.svg import (
    INK,
    PALE,
    PAPER,
    SOFT,
    Box,
    clipped,
    drawing,
    label,
    linked,
    number,
    ornament,
    text_width,
)

SIZE: Final = 12.0
_SMALL: Final = 9.5
_HIGH: Final = 23.0
_NAME: Final = 150.0
_PAD: Final = 18.0
_WIDE: Final = 860.0
_NEAR: Final = 420.0
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


@dataclass(frozen=True, slots=True)
class _Line:
    """All ties of two nodes."""

    ends: tuple[Node, Node]
    ties: tuple[Tie, ...]

    @property
    def name(self) -> str:
        first, second = self.ends
        told = "; ".join(tie.said for tie in self.ties)
        return f"{first.name} – {second.name}: {told}"

    @property
    def said(self) -> str:
        more = len(self.ties) - 1
        return f"{self.ties[0].said} +{more}" if more else self.ties[0].said

    def points_to(self, node: Node) -> bool:
        return any(tie.other == node.id and not tie.is_mutual for tie in self.ties)


def network(nodes: Sequence[Node], ties: Sequence[Tie], name: str) -> Markup:
    """Return all nodes, tied ones near each other; empty where no two are tied."""
    lines = _lines(nodes, ties)
    if not lines:
        return Markup()
    numbers = {node.id: index for index, node in enumerate(nodes)}
    pairs = [(numbers[line.ends[0].id], numbers[line.ends[1].id]) for line in lines]
    high = min(120.0 + 24 * len(nodes), 640.0)
    sizes = [_size(node) for node in nodes]
    places = cleared(forced(len(nodes), pairs, _WIDE - 120, high), sizes, pairs)
    return _drawn(nodes, lines, [(x + 60, y) for x, y in places], _WIDE, name)


def neighbourhood(middle: Node, others: Sequence[Node], ties: Sequence[Tie], name: str) -> Markup:
    """Return one node with those tied to it around it; empty where there are none."""
    lines = _lines([middle, *others], ties)
    if not lines:
        return Markup()
    half = (_NEAR / 2 - 40, 52.0 + 9 * len(others))
    places = [(_NEAR / 2, half[1]), *around(len(others), (_NEAR / 2, half[1]), half)]
    return _drawn([middle, *others], lines, places, _NEAR, name)


def _lines(nodes: Sequence[Node], ties: Sequence[Tie]) -> list[_Line]:
    """Put the ties of the same two nodes together; those of a node to itself, or to one not given, are left out."""
    known = {node.id: node for node in nodes}
    found: dict[tuple[str, str], list[Tie]] = {}
    for tie in ties:
        if tie.one in known and tie.other in known and tie.one != tie.other:
            back = (tie.other, tie.one)
            found.setdefault(back if back in found else (tie.one, tie.other), []).append(tie)
    return [_Line((known[one], known[other]), tuple(of_two)) for (one, other), of_two in found.items()]


def _shown(node: Node) -> str:
    return clipped(node.name, _NAME, SIZE) or "…"


def _size(node: Node) -> Size:
    return text_width(_shown(node), SIZE) + _PAD, _HIGH


def _drawn(nodes: Sequence[Node], lines: Sequence[_Line], places: Sequence[Point], width: float, name: str) -> Markup:
    sizes = [_size(node) for node in nodes]
    placed = separated(places, sizes, width - 2 * GAP)
    lift = GAP - min(y - _HIGH / 2 for _, y in placed)
    boxes = {
        node.id: box_at((x + GAP, y + lift), size) for node, (x, y), size in zip(nodes, placed, sizes, strict=True)
    }
    taken = list(boxes.values())
    drawn = [_drawn_line(line, boxes) for line in lines]
    strongest = sorted(lines, key=lambda line: -len(line.ties))
    said = ornament(_said(line, boxes, taken) for line in strongest)
    shown = [_drawn_node(node, boxes[node.id]) for node in nodes]
    keys, height = _legend(nodes, max(box.bottom for box in boxes.values()) + 8, width)
    return drawing(width, height, (*drawn, said, *shown, *keys), name=name, kind="network")


def _ends(line: _Line, boxes: Mapping[str, Box]) -> tuple[Point, Point]:
    first, second = (boxes[node.id] for node in line.ends)
    return _border(first, _centre(second)), _border(second, _centre(first))


def _drawn_line(line: _Line, boxes: Mapping[str, Box]) -> str:
    start, end = _ends(line, boxes)
    ends = f'x1="{number(start[0])}" y1="{number(start[1])}" x2="{number(end[0])}" y2="{number(end[1])}"'
    parts = [
        f'<line class="d-area" {ends} stroke="none" stroke-width="9" pointer-events="stroke"/>',
        f'<line class="d-tie" {ends} stroke="{SOFT}" stroke-width="1.2"/>',
    ]
    if line.points_to(line.ends[1]):
        parts.append(_tip(start, end))
    if line.points_to(line.ends[0]):
        parts.append(_tip(end, start))
    return linked(line.ties[0].href, line.name, "".join(parts), mark=f"{line.ends[0].id}+{line.ends[1].id}")


def _said(line: _Line, boxes: Mapping[str, Box], taken: list[Box]) -> str:
    """Return what stands on a line, where it meets nothing that stands there already; shortened, or not at all."""
    start, end = _ends(line, boxes)
    length = sqrt((end[0] - start[0]) ** 2 + (end[1] - start[1]) ** 2)
    for said in dict.fromkeys((line.said, clipped(line.said, 90, _SMALL))):
        wide = text_width(said, _SMALL) + 4
        for share in (0.5, 0.4, 0.6, 0.3, 0.7):
            place = (start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share)
            box = box_at(place, (wide, _SMALL + 4))
            if said and wide < length + abs(end[1] - start[1]) and not any(box.meets(other, 2) for other in taken):
                taken.append(box)
                corner = f'x="{number(box.left)}" y="{number(box.top + 1)}" rx="2"'
                size = f'width="{number(wide)}" height="{number(_SMALL + 2)}"'
                ground = f'<rect class="d-ground" {corner} {size} fill="{PAPER}" opacity="0.9"/>'
                more = f' class="d-said" font-size="{_SMALL}" fill="{SOFT}" text-anchor="middle"'
                return ground + label(said, place[0], place[1] + 3.2, more=more)
    return ""


def _centre(box: Box) -> Point:
    return (box.left + box.right) / 2, (box.top + box.bottom) / 2


def _border(box: Box, towards: Point) -> Point:
    """Return where the line from a node's centre to a point leaves the node, a little outside."""
    x, y = _centre(box)
    across, down = towards[0] - x, towards[1] - y
    half_wide, half_high = (box.right - box.left) / 2 + 2, (box.bottom - box.top) / 2 + 2
    shares = [half / abs(way) for half, way in ((half_wide, across), (half_high, down)) if way]
    share = min([*shares, 1.0])
    return x + across * share, y + down * share


def _tip(start: Point, end: Point) -> str:
    """Return the head of an arrow at the end of a line."""
    across, down = end[0] - start[0], end[1] - start[1]
    length = sqrt(across * across + down * down) or 1.0
    along, aside = (across / length * _TIP, down / length * _TIP), (-down / length * 3, across / length * 3)
    back = (end[0] - along[0], end[1] - along[1])
    corners = (end, (back[0] + aside[0], back[1] + aside[1]), (back[0] - aside[0], back[1] - aside[1]))
    path = "L".join(f"{number(x)} {number(y)}" for x, y in corners)
    return f'<path class="d-tip" d="M{path}Z" fill="{SOFT}"/>'


def _drawn_node(node: Node, box: Box) -> str:
    name = f"{node.name} ({node.shape_said})" if node.shape_said else node.name
    text = label(_shown(node), (box.left + box.right) / 2, box.bottom - 7.5, node.lang, ' text-anchor="middle"')
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
        wide = 32 + text_width(said, 10.5) + 16
        if x + wide > width and x > GAP:
            x, y = GAP, y + 18
        text = label(said, x + 31, y + 9.5, more=f' class="d-soft" font-size="10.5" fill="{SOFT}"')
        keys.append(_shape(shape, Box(x, y, x + 25, y + 13)).replace("d-area ", "") + text)
        x += wide
    return iter(keys), y + 20
