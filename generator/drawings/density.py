"""Many happenings in one drawing: a sign for each in columns below the axis, or, of very many, how many there are.

In: happenings in the order of time, and where those are listed that have no room. Out: SVG. What is known to the year
only stands apart from what is known better, in a band below.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from markupsafe import Markup

from generator.drawings.axis import HEIGHT, Axis, Cell, day_number
from generator.drawings.glyphs import RADIUS, glyph, halo
from generator.drawings.svg import INK, PALE, SOFT, drawing, label, linked, number, ornament, text_width
from generator.drawings.timeline import MARGIN, WIDTH, Happening, Telling, legend
from generator.lang import Lang

MOST_SIGNS: Final = 250
PITCH: Final = 12.0
_ROWS: Final = 12
_COARSE_ROWS: Final = 6
_COARSE: Final = 0.6  # of its cell: what is as wide is not known to the month
_BARS: Final = 110.0
_SMALL: Final = 9.5

Place = Callable[[Happening], str]


def density(happenings: Sequence[Happening], words: Telling, lang: Lang, more: Place, width: float = WIDTH) -> Markup:
    """Return the drawing; `more` gives where a happening without a sign of its own is listed."""
    if len(happenings) < 2:  # noqa: PLR2004 - one thing is no course of things
        return Markup()
    axis = Axis.of([one.when for one in happenings], MARGIN, width - MARGIN, lang)
    if len(happenings) > MOST_SIGNS:
        return _bars(happenings, axis, words, more)
    fine, coarse = _columns(happenings, axis)
    signs: list[str] = []
    middle = HEIGHT + 3.0
    low = middle
    for (_, x), column in fine.items():
        shown = column if len(column) <= _ROWS else column[: _ROWS - 1]
        signs += [_sign(one, x, middle + PITCH * (row + 0.5)) for row, one in enumerate(shown)]
        low = max(low, middle + PITCH * min(len(column), _ROWS))
        if len(shown) < len(column):
            signs.append(_rest(column[len(shown) :], x, middle + PITCH * (_ROWS - 0.5), more))
    top = low + (15 if coarse else 6)
    low = top
    for cell, block in coarse.items():
        wide = max(1, int(cell.width / PITCH))
        room = wide * _COARSE_ROWS
        shown = block if len(block) <= room else block[: room - 1]
        places = [(cell.left + PITCH * (n % wide + 0.5), top + PITCH * (n // wide + 0.5)) for n in range(room)]
        signs += [_sign(one, *places[n]) for n, one in enumerate(shown)]
        low = max(low, places[min(len(block), room) - 1][1] + PITCH / 2)
        if len(shown) < len(block):
            signs.append(_rest(block[len(shown) :], *places[room - 1], more))
    keys, height = legend(happenings, words, low + 4, width, has_ends=False)
    between = _between(top - 12, words.coarse, width) if coarse else ""
    return drawing(
        width, height, (ornament((*axis.drawn(low), between)), *signs, keys), name=words.name, kind="density"
    )


def _columns(
    happenings: Sequence[Happening], axis: Axis
) -> tuple[Mapping[tuple[int, float], list[Happening]], Mapping[Cell, list[Happening]]]:
    """Put each happening into its column, or, where it is as wide as its cell, into the band below."""
    fine: dict[tuple[int, float], list[Happening]] = defaultdict(list)
    coarse: dict[Cell, list[Happening]] = defaultdict(list)
    for one in happenings:
        day = one.when.earliest or one.when.latest or ""
        index, cell = axis.cell(day_number(day))
        left, right = axis.begin(one.when), axis.finish(one.when)
        if right - left >= _COARSE * cell.width:
            coarse[cell].append(one)
            continue
        columns = max(1, int(cell.width / PITCH))
        column = min(int(((left + right) / 2 - cell.left) / PITCH), columns - 1)
        fine[index, cell.left + PITCH * (column + 0.5)].append(one)
    return fine, coarse


def _between(y: float, said: str, wide: float) -> str:
    ends = f'x1="{number(MARGIN)}" y1="{number(y)}" x2="{number(wide - MARGIN)}" y2="{number(y)}"'
    return f'<line class="d-rule" {ends} stroke="{SOFT}" stroke-width="0.5" stroke-dasharray="1 3"/>' + label(
        said, MARGIN + 3, y + 10, more=f' class="d-soft" font-size="{_SMALL}" fill="{SOFT}"'
    )


def _sign(one: Happening, x: float, y: float) -> str:
    area = f'x="{number(x - PITCH / 2)}" y="{number(y - PITCH / 2)}" width="{number(PITCH)}" height="{number(PITCH)}"'
    blur = halo(x, x, y, RADIUS - 1) if one.sign else ""
    shape = f'<rect class="d-area" {area} fill="none" pointer-events="all"/>{blur}{glyph(one.look, x, y)}'
    return linked(one.href, one.name, shape, mark=one.id, lang=one.lang)


def _rest(hidden: Sequence[Happening], x: float, y: float, more: Place) -> str:
    text = f"+{len(hidden)}"
    shown = label(text, x - text_width(text, _SMALL) / 2, y + 3, more=f' font-size="{_SMALL}"')
    return linked(more(hidden[0]), f"{text}: {hidden[0].said} …", shown)


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
        inner += label(str(len(found)), cell.left + 3, HEIGHT + 8, more=f' font-size="{_SMALL}"')
        cells.append(linked(more(found[0]), f"{cell.name}: {len(found)}", inner))
    return drawing(
        axis.cells[-1].right + MARGIN, base + 8, (ornament(axis.drawn(base)), *cells), name=words.name, kind="density"
    )


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
