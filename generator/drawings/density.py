"""Many happenings in one drawing: a sign for each in columns below the axis, or, of very many, how many there are.

In: happenings in the order of time, and where those are listed that have no room. Out: SVG. What is known to the year
only stands apart from what is known better, in a band below.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Final, NamedTuple

from markupsafe import Markup

from generator.drawings.axis import HEIGHT, Axis, Cell, day_number
from generator.drawings.glyphs import RADIUS, glyph, halo
from generator.drawings.svg import INK, PALE, SIZE, SOFT, drawing, label, linked, number, ornament, text_width
from generator.drawings.timeline import MARGIN, PAPER, WIDTH, Happening, Telling, legend
from generator.lang import Lang
from generator.markdown import attribute

MOST_SIGNS: Final = 250
MOST_SMALL: Final = 120  # in a narrow drawing
PITCH: Final = 12.0
_ROWS: Final = 12
_COARSE_ROWS: Final = 6
_COARSE: Final = 0.6  # of its cell: what is as wide is not known to the month
_BARS: Final = 110.0

Place = Callable[[Happening], str]


class _Spot(NamedTuple):
    """A sign's place, or that of all those of a cell for which no room is left."""

    happenings: Sequence[Happening]
    cell: Cell
    x: float
    y: float


def density(happenings: Sequence[Happening], words: Telling, lang: Lang, more: Place, width: float = WIDTH) -> Markup:
    """Return the drawing; `more` gives where a happening without a sign of its own is listed.

    In a narrow one, signs are too small for a finger: each cell of the axis is one link.
    """
    if len(happenings) < 2:  # noqa: PLR2004 - one thing is no course of things
        return Markup()
    is_narrow = width < PAPER
    axis = Axis.of([one.when for one in happenings], MARGIN, width - MARGIN, lang)
    if len(happenings) > (MOST_SMALL if is_narrow else MOST_SIGNS):
        return _bars(happenings, axis, words, more)
    fine, coarse = _columns(happenings, axis)
    spots, low = _fine(fine)
    top = low + (17 if coarse else 6)
    below, low = _coarse(coarse, top)
    spots += below
    signs = _cells(spots, more, low) if is_narrow else [_sign(spot, more) for spot in spots]
    keys, height = legend(happenings, words, low + 4, width)
    between = _between(top - 14, words.coarse, width) if coarse else ""
    parts = (ornament((*axis.drawn(low), between)), *signs, keys)
    return drawing(width, height, parts, name=words.name, kind=_kind(is_narrow))


def _kind(is_narrow: bool) -> str:  # noqa: FBT001 - it says itself
    return "density drawn-narrow" if is_narrow else "density"


def _fine(columns: Mapping[tuple[Cell, float], Sequence[Happening]]) -> tuple[list[_Spot], float]:
    """Return a place for each sign, below each other, and where they end."""
    middle = HEIGHT + 3.0
    low = middle
    spots: list[_Spot] = []
    for (cell, x), column in columns.items():
        shown = len(column) if len(column) <= _ROWS else _ROWS - 1
        spots += (_Spot((one,), cell, x, middle + PITCH * (row + 0.5)) for row, one in enumerate(column[:shown]))
        if shown < len(column):
            spots.append(_Spot(column[shown:], cell, x, middle + PITCH * (_ROWS - 0.5)))
        low = max(low, middle + PITCH * min(len(column), _ROWS))
    return spots, low


def _coarse(blocks: Mapping[Cell, Sequence[Happening]], top: float) -> tuple[list[_Spot], float]:
    """Return a place for each sign of what is known only roughly, in a block for each cell, and where they end."""
    low = top
    spots: list[_Spot] = []
    for cell, block in blocks.items():
        wide = max(1, int(cell.width / PITCH))
        room = wide * _COARSE_ROWS
        shown = len(block) if len(block) <= room else room - 1
        places = [(cell.left + PITCH * (n % wide + 0.5), top + PITCH * (n // wide + 0.5)) for n in range(room)]
        spots += (_Spot((one,), cell, *places[n]) for n, one in enumerate(block[:shown]))
        if shown < len(block):
            spots.append(_Spot(block[shown:], cell, *places[room - 1]))
        low = max(low, places[min(len(block), room) - 1][1] + PITCH / 2)
    return spots, low


def _columns(
    happenings: Sequence[Happening], axis: Axis
) -> tuple[Mapping[tuple[Cell, float], Sequence[Happening]], Mapping[Cell, Sequence[Happening]]]:
    """Put each happening into its column, or, where it is as wide as its cell, into the band below."""
    fine: dict[tuple[Cell, float], list[Happening]] = defaultdict(list)
    coarse: dict[Cell, list[Happening]] = defaultdict(list)
    for one in happenings:
        day = one.when.earliest or one.when.latest or ""
        _, cell = axis.cell(day_number(day))
        left, right = axis.begin(one.when), axis.finish(one.when)
        if right - left >= _COARSE * cell.width:
            coarse[cell].append(one)
            continue
        columns = max(1, int(cell.width / PITCH))
        column = min(int(((left + right) / 2 - cell.left) / PITCH), columns - 1)
        fine[cell, cell.left + PITCH * (column + 0.5)].append(one)
    return fine, coarse


def _between(y: float, said: str, wide: float) -> str:
    ends = f'x1="{number(MARGIN)}" y1="{number(y)}" x2="{number(wide - MARGIN)}" y2="{number(y)}"'
    return f'<line class="d-rule" {ends} stroke="{SOFT}" stroke-width="0.5" stroke-dasharray="1 3"/>' + label(
        said, MARGIN + 3, y + 10, more=f' class="d-soft" fill="{SOFT}"'
    )


def _sign(spot: _Spot, more: Place) -> str:
    one = spot.happenings[0]
    if len(spot.happenings) > 1:
        return linked(more(one), f"+{len(spot.happenings)}: {one.said} …", _shape(spot))
    corner = f'x="{number(spot.x - PITCH / 2)}" y="{number(spot.y - PITCH / 2)}"'
    area = f'{corner} width="{number(PITCH)}" height="{number(PITCH)}"'
    shape = f'<rect class="d-area" {area} fill="none" pointer-events="all"/>{_shape(spot)}'
    return linked(one.href, one.name, shape, mark=one.id, lang=one.lang)


def _shape(spot: _Spot) -> str:
    one, x, y = spot.happenings[0], spot.x, spot.y
    if len(spot.happenings) > 1:
        text = f"+{len(spot.happenings)}"
        return label(text, x - text_width(text, SIZE) / 2, y + 4)
    return (halo(x, x, y, RADIUS - 1) if one.sign else "") + glyph(one.look, x, y)


def _cells(spots: Sequence[_Spot], more: Place, low: float) -> list[str]:
    """Return a link for each cell with all its signs."""
    by_cell: dict[Cell, list[_Spot]] = defaultdict(list)
    for spot in spots:
        by_cell[spot.cell].append(spot)
    return [
        _linked_cell(cell, [one for spot in found for one in spot.happenings], _marked(found), more, low)
        for cell, found in by_cell.items()
    ]


def _marked(spots: Sequence[_Spot]) -> str:
    marks = (f' data-mark="{attribute(spot.happenings[0].id)}"' * (len(spot.happenings) == 1) for spot in spots)
    return "".join(f"<g{mark}>{_shape(spot)}</g>" for mark, spot in zip(marks, spots, strict=True))


def _linked_cell(cell: Cell, found: Sequence[Happening], inner: str, more: Place, low: float) -> str:
    size = f'x="{number(cell.left)}" y="4" width="{number(cell.width)}" height="{number(low - 4)}"'
    area = f'<rect class="d-area" {size} fill="none" pointer-events="all"/>'
    return linked(more(found[0]), f"{cell.name}: {len(found)}", area + inner)


def _bars(happenings: Sequence[Happening], axis: Axis, words: Telling, more: Place) -> Markup:
    """Return a bar for every column; each cell of the axis is one link."""
    by_cell: dict[Cell, list[Happening]] = defaultdict(list)
    for one in happenings:
        by_cell[axis.cell(day_number(one.when.earliest or one.when.latest or ""))[1]].append(one)
    columns = {cell: _counts(found, cell, axis) for cell, found in by_cell.items()}
    most = max(count for counted in columns.values() for count in counted.values())
    base = HEIGHT + 16 + _BARS
    cells = []
    for cell, found in by_cell.items():
        inner = "".join(_bar(x, width, count / most * _BARS, base) for (x, width), count in columns[cell].items())
        inner += label(str(len(found)), cell.left + 3, HEIGHT + 10)
        cells.append(_linked_cell(cell, found, inner, more, base))
    width = axis.cells[-1].right + MARGIN
    return drawing(width, base + 8, (ornament(axis.drawn(base)), *cells), name=words.name, kind=_kind(width < PAPER))


def _counts(found: Sequence[Happening], cell: Cell, axis: Axis) -> Mapping[tuple[float, float], int]:
    """Count by place and width: what is not known to the month is spread over the whole cell."""
    counted: dict[tuple[float, float], int] = defaultdict(int)
    columns = max(1, int(cell.width / PITCH))
    for one in found:
        left, right = axis.begin(one.when), axis.finish(one.when)
        column = min(int(((left + right) / 2 - cell.left) / PITCH), columns - 1)
        counted[cell.left + PITCH * max(column, 0), PITCH] += 1
    return dict(sorted(counted.items()))


def _bar(x: float, width: float, height: float, base: float) -> str:
    tall = max(height, 1.5)
    corner = f'x="{number(x + 1)}" y="{number(base - tall)}" width="{number(width - 2)}" height="{number(tall)}"'
    return f'<rect class="ink-fill" {corner} fill="{PALE}" stroke="{INK}" stroke-width="1"/>'
