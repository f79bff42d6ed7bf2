"""A timeline: what happened, each thing at its own precision in a lane of its own, named where there is room.

In: happenings in the order of time. Out: SVG; every happening is one link in it. For the many there is `density.py`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from markupsafe import Markup

from generator.dates import EdtfDate
from generator.drawings.axis import HEIGHT, Axis
from generator.drawings.glyphs import RADIUS, arrow, bar, glyph, halo
from generator.drawings.svg import INK, SOFT, Box, clipped, drawing, label, linked, number, ornament, text_width
from generator.lang import Lang

WIDTH: Final = 720.0
PAPER: Final = 480.0  # of a drawing that is printed across a page of a book
MARGIN: Final = 9.0
LANE: Final = 20.0
SIZE: Final = 11.5
_HALF: Final = 7.0
_SPAN: Final = 12.0  # what is narrower is drawn as a point
_INSIDE: Final = 150.0  # a span this wide holds its name, cut if need be
_NAME: Final = 290.0
_BESIDE: Final = 110.0
_GAP: Final = 8.0
_LEGEND: Final = 10.5


class Happening(NamedTuple):
    """Something with a date: `said` is the date in words, `look` one of `glyphs.LOOKS`, `id` finds it for scripts."""

    id: str
    title: str
    when: EdtfDate
    said: str
    look: str
    look_said: str
    href: str
    lang: str = ""
    shown: str = ""  # instead of the title

    @property
    def name(self) -> str:
        """What a reader is told of it."""
        return f"{self.said}: {self.title} ({self.look_said})"

    @property
    def sign(self) -> str:
        """What stands before the name of a thing whose date is not sure."""
        return "? " if self.when.is_uncertain else "≈ " if self.when.is_approximate else ""


@dataclass(frozen=True, slots=True)
class Telling:
    """What a timeline says of itself: its name, and the words of its legend."""

    name: str
    about: str
    perhaps: str
    ongoing: str
    coarse: str


class Placed(NamedTuple):
    """Where a happening lies before it has its lane: its own stretch, all it covers, its name and where that begins."""

    happening: Happening
    left: float
    right: float
    covers: tuple[float, float]
    text: str
    at: float

    @property
    def is_span(self) -> bool:
        """Whether it is drawn as a bar."""
        return self.right - self.left >= _SPAN


def timeline(happenings: Sequence[Happening], words: Telling, lang: Lang, width: float = WIDTH) -> Markup:
    """Return the drawing; empty where fewer than two happenings are given."""
    if len(happenings) < 2:  # noqa: PLR2004 - one thing is no course of things
        return Markup()
    axis = Axis.of([one.when for one in happenings], MARGIN, width - MARGIN, lang)
    placed = [_placed(one, axis) for one in happenings]
    lanes = lanes_of([one.covers for one in placed])
    bottom = HEIGHT + (max(lanes) + 1) * LANE + 4
    marks = (_mark(one, HEIGHT + lane * LANE + LANE / 2) for one, lane in zip(placed, lanes, strict=True))
    keys, height = legend(happenings, words, bottom + 6, width)
    return drawing(width, height, (ornament(axis.drawn(bottom)), *marks, keys), name=words.name, kind="timeline")


def lanes_of(stretches: Sequence[tuple[float, float]]) -> list[int]:
    """Return the lane of each stretch, the first one in which it meets no other."""
    taken: list[list[tuple[float, float]]] = []
    found = []
    for left, right in stretches:
        free = (
            lane
            for lane, others in enumerate(taken)
            if all(right + _GAP <= start or end + _GAP <= left for start, end in others)
        )
        lane = next(free, len(taken))
        if lane == len(taken):
            taken.append([])
        taken[lane].append((left, right))
        found.append(lane)
    return found


def _placed(one: Happening, axis: Axis) -> Placed:
    left, right, end = axis.begin(one.when), axis.finish(one.when), axis.cells[-1].right
    if right - left < _SPAN:
        left = right = min(max((left + right) / 2, MARGIN + RADIUS), end - RADIUS)
    outer = (left - RADIUS - 2, right + RADIUS + 2) if left == right else (left, right)
    full = one.sign + (one.shown or one.title)
    wanted = text_width(full, SIZE)
    inside = right - left - 2 * RADIUS - 14
    if inside >= min(wanted, _INSIDE):
        return Placed(one, left, right, outer, clipped(full, inside, SIZE), left + 2 * RADIUS + 9)
    room = end + MARGIN - outer[1] - 5
    if room >= min(wanted, _BESIDE):
        text = clipped(full, min(room, _NAME), SIZE)
        return Placed(one, left, right, (outer[0], outer[1] + 5 + text_width(text, SIZE)), text, outer[1] + 5)
    text = clipped(full, min(outer[0] - 5, _NAME), SIZE)
    at = outer[0] - 5 - text_width(text, SIZE)
    return Placed(one, left, right, (at, outer[1]), text, at)


def _mark(placed: Placed, y: float) -> str:
    one, left, right = placed.happening, placed.left, placed.right
    # The whole of it can be hit, the room between sign and name too.
    area = Box(placed.covers[0], y - LANE / 2, placed.covers[1], y + LANE / 2)
    corner = f'x="{number(area.left)}" y="{number(area.top)}"'
    size = f'width="{number(area.right - area.left)}" height="{number(LANE)}"'
    parts = [f'<rect class="d-area" {corner} {size} fill="none" pointer-events="all"/>']
    if one.sign:
        parts.append(halo(left, right, y, _HALF if placed.is_span else RADIUS))
    if placed.is_span:
        parts.append(bar(one.look, left, right, y, _HALF))
        if one.when.latest is None:
            parts.append(arrow(right, y, _HALF, to_right=True))
        if one.when.earliest is None:
            parts.append(arrow(left, y, _HALF, to_right=False))
        parts.append(glyph(one.look, left + RADIUS + 3, y))
    else:
        parts.append(glyph(one.look, left, y))
    if placed.text:
        ends_left = placed.at < left
        at = left - 5 - (0 if placed.is_span else RADIUS + 2) if ends_left else placed.at
        anchor = ' text-anchor="end"' if ends_left else ""
        parts.append(label(placed.text, at, y + 4, one.lang, anchor))
    return linked(one.href, one.name, "".join(parts), mark=one.id, lang=one.lang)


def legend(
    happenings: Iterable[Happening], words: Telling, top: float, wide: float = WIDTH, *, has_ends: bool = True
) -> tuple[str, float]:
    """Return what the signs mean, those that are used, and where the drawing ends."""
    used: Mapping[str, str] = {one.look: one.look_said for one in happenings}
    keys: list[tuple[str, str]] = [(glyph(look, 6, -4), said) for look, said in used.items()]
    dates = [one.when for one in happenings]
    if any(when.is_approximate for when in dates):
        keys.append((halo(4, 9, -4, RADIUS - 2) + glyph("", 6, -4), f"≈ {words.about}"))
    if any(when.is_uncertain for when in dates):
        keys.append((halo(4, 9, -4, RADIUS - 2) + glyph("", 6, -4), f"? {words.perhaps}"))
    if has_ends and any(when.latest is None or when.earliest is None for when in dates):
        keys.append((arrow(3, -4, 5, to_right=True), words.ongoing))
    parts = []
    x, y = MARGIN, top + 12
    for sign, said in keys:
        width = 16 + text_width(said, _LEGEND) + 14
        if x + width > wide and x > MARGIN:
            x, y = MARGIN, y + 17
        text = label(said, 16, 0, more=f' class="d-soft" fill="{SOFT}"')
        parts.append(f'<g transform="translate({number(x)} {number(y)})" font-size="{_LEGEND}">{sign}{text}</g>')
        x += width
    return f'<g class="d-legend" fill="{INK}">{"".join(parts)}</g>', y + 8
