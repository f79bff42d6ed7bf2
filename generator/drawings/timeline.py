"""A timeline: what happened, each thing at its own precision in a lane of its own, named where there is room.

In: happenings in the order of time. Out: SVG; every happening is one link in it. For the many there is `density.py`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from markupsafe import Markup

from generator.dates import EdtfDate
from generator.drawings.axis import HEIGHT, Axis
from generator.drawings.glyphs import RADIUS, arrow, glyph, halo, reach
from generator.drawings.svg import INK, SIZE, SOFT, Box, clipped, drawing, label, linked, number, ornament, text_width
from generator.lang import Lang

WIDTH: Final = 720.0
PAPER: Final = 480.0  # of a drawing that is printed across a page of a book
MARGIN: Final = 9.0
LANE: Final = 20.0
_SPAN: Final = 12.0  # what is narrower is drawn as a point
_NAME: Final = 330.0
_GAP: Final = 8.0
_STUB: Final = 10.0  # at least this much is seen of a line on either side of a name
_HEAD: Final = 4.5


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
    within: str
    ongoing: str
    coarse: str


Side = Literal["left", "within", "right"]


class Placed(NamedTuple):
    """Where a happening lies before it has its lane: its days, all it covers, its sign, its name and where that is."""

    happening: Happening
    left: float
    right: float
    covers: tuple[float, float]
    middle: float
    text: str
    at: float
    side: Side

    @property
    def is_span(self) -> bool:
        """Whether it may lie anywhere on a line."""
        return self.right > self.left


def timeline(happenings: Sequence[Happening], words: Telling, lang: Lang, width: float = WIDTH) -> Markup:
    """Return the drawing; empty where fewer than two happenings are given."""
    if len(happenings) < 2:  # noqa: PLR2004 - one thing is no course of things
        return Markup()
    axis = Axis.of([one.when for one in happenings], MARGIN, width - MARGIN, lang)
    placed = [_placed(one, axis) for one in happenings]
    lanes = lanes_of([one.covers for one in placed])
    bottom = HEIGHT + (max(lanes) + 1) * LANE + 4
    marks = (_mark(one, HEIGHT + lane * LANE + LANE / 2) for one, lane in zip(placed, lanes, strict=True))
    keys, height = legend(happenings, words, bottom + 6, width, tuple(_ends(placed, words)))
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
    side, room = _side(min(text_width(full, SIZE), _NAME), left, right, outer, end + MARGIN)
    text = clipped(full, room, SIZE)
    wide = text_width(text, SIZE)
    goes_on = one.when.latest is None and right > left
    middle = left + RADIUS + 4 if goes_on else (left + right) / 2  # where it began, if that is what is known
    if side == "within":
        middle -= 0 if goes_on else wide / 2 + 2.5
        return Placed(one, left, right, outer, middle, text, middle + RADIUS + 5, side)
    if side == "right":
        return Placed(one, left, right, (outer[0], outer[1] + 5 + wide), middle, text, outer[1] + 5, side)
    return Placed(one, left, right, (outer[0] - 5 - wide, outer[1]), middle, text, outer[0] - 5, side)


def _side(wanted: float, left: float, right: float, outer: tuple[float, float], end: float) -> tuple[Side, float]:
    """Return where a name stands, the first place with room for it, else the one with most, and how much that is."""
    within, beside, before = right - left - 2 * (RADIUS + _STUB) - 5, end - outer[1] - 5, outer[0] - 5
    if within >= wanted:
        return "within", within
    if beside >= wanted or beside >= max(before, within):
        return "right", min(beside, _NAME)
    if before >= wanted or before >= within:
        return "left", min(before, _NAME)
    return "within", within


def _mark(placed: Placed, y: float) -> str:
    one, left, right, middle = placed.happening, placed.left, placed.right, placed.middle
    # The whole of it can be hit, the room between sign and name too.
    area = Box(placed.covers[0], y - LANE / 2, placed.covers[1], y + LANE / 2)
    corner = f'x="{number(area.left)}" y="{number(area.top)}"'
    size = f'width="{number(area.right - area.left)}" height="{number(LANE)}"'
    parts = [f'<rect class="d-area" {corner} {size} fill="none" pointer-events="all"/>']
    if placed.is_span:
        starts, ends = one.when.earliest is not None, one.when.latest is not None
        after = placed.at + text_width(placed.text, SIZE) + 2 if placed.side == "within" else middle + RADIUS + 2
        parts.append(reach(left, right, y, (middle - RADIUS - 2, after), ends=(starts, ends)))
        if not ends:
            parts.append(arrow(right, y, _HEAD, to_right=True))
        if not starts:
            parts.append(arrow(left, y, _HEAD, to_right=False))
    if one.sign:
        parts.append(halo(middle, middle, y, RADIUS))
    parts.append(glyph(one.look, middle, y))
    if placed.text:
        anchor = ' text-anchor="end"' if placed.side == "left" else ""
        parts.append(label(placed.text, placed.at, y + 4, one.lang, anchor))
    return linked(one.href, one.name, "".join(parts), mark=one.id, lang=one.lang)


def _ends(placed: Iterable[Placed], words: Telling) -> Iterator[tuple[str, str]]:
    """Yield what lines mean, for the legend."""
    dates = [one.happening.when for one in placed if one.is_span]
    if any(when.earliest and when.latest for when in dates):
        yield reach(0, 16, -4, (2, 14), ends=(True, True)) + glyph("", 8, -4), words.within
    if any(when.latest is None or when.earliest is None for when in dates):
        yield reach(0, 9, -4, (4, 4), ends=(True, False)) + arrow(9, -4, _HEAD, to_right=True), words.ongoing


def legend(
    happenings: Iterable[Happening],
    words: Telling,
    top: float,
    wide: float = WIDTH,
    more: Iterable[tuple[str, str]] = (),
) -> tuple[str, float]:
    """Return what the signs mean, those that are used, `more` after them, and where the drawing ends."""
    used: Mapping[str, str] = {one.look: one.look_said for one in happenings}
    keys: list[tuple[str, str]] = [(glyph(look, 6, -4), said) for look, said in used.items()]
    dates = [one.when for one in happenings]
    if any(when.is_approximate for when in dates):
        keys.append((halo(4, 9, -4, RADIUS - 2) + glyph("", 6, -4), f"≈ {words.about}"))
    if any(when.is_uncertain for when in dates):
        keys.append((halo(4, 9, -4, RADIUS - 2) + glyph("", 6, -4), f"? {words.perhaps}"))
    parts = []
    x, y = MARGIN, top + 12
    for sign, said in (*keys, *more):
        width = 21 + text_width(said, SIZE) + 12
        if x + width > wide and x > MARGIN:
            x, y = MARGIN, y + 18
        text = label(said, 20, 0, more=f' class="d-soft" fill="{SOFT}"')
        parts.append(f'<g transform="translate({number(x)} {number(y)})">{sign}{text}</g>')
        x += width
    return f'<g class="d-legend" fill="{INK}">{"".join(parts)}</g>', y + 8
