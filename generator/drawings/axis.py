"""A time axis on which busy years have room and empty ones take none.

In: dates. Out: cells, each a month, a year, a decade …, as wide as what begins in it wants, and breaks where
nothing is. A day has one place; within a cell time runs evenly.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final, NamedTuple, Self

from generator.dates import EdtfDate, month_names
from generator.drawings.svg import INK, LINE, SOFT, number
from generator.lang import Lang
from generator.markdown import escape

HEIGHT: Final = 36
_BREAK: Final = 13.0
_LEAST: Final = 32.0
_MOST_CELLS: Final = 14
_MOST_MONTHS: Final = 15
_QUARTERS: Final = 110  # a year this wide names its quarters
_LAST_YEAR: Final = 9999


class Cell(NamedTuple):
    """A stretch of the axis: its first day, the first day after it (counted from year 1), where it lies, its name."""

    start: int
    end: int
    left: float
    right: float
    name: str
    is_break: bool = False

    @property
    def width(self) -> float:
        """How wide it is."""
        return self.right - self.left


def day_number(day: str) -> int:
    """Return the number of an ISO day."""
    return date.fromisoformat(day).toordinal()


@dataclass(frozen=True, slots=True)
class Axis:
    """Cells from left to right without a gap, and of what size they are: 0 for months, else years."""

    cells: tuple[Cell, ...]
    step: int
    lang: Lang
    starts: tuple[int, ...]

    @classmethod
    def of(cls, dates: Sequence[EdtfDate], left: float, right: float, lang: Lang) -> Self:
        """Make the axis of these dates; at least one of them has a beginning or an end."""
        step = _step(dates, right - left)
        busy = Counter(_unit(day, step) for when in dates for day in (when.earliest, when.latest) if day)
        # Months are near enough to each other to be drawn alike.
        begun = Counter(_unit(day, step) for when in dates if step and (day := when.earliest or when.latest))
        units = list(_with_breaks(sorted(busy), has_breaks=step > 0))
        spare = right - left - sum(_BREAK if unit is None else _LEAST for unit in units)
        even = 0 if begun else spare / max(len(units), 1)
        total = sum(begun.values()) or 1
        cells: list[Cell] = []
        at, after = left, 0
        for place, unit in enumerate(units):
            if unit is None:
                follower = units[place + 1]
                start, end, name, width = after, _days(follower or 0, step)[0], "", _BREAK
            else:
                start, end = _days(unit, step)
                name, width = _name(unit, step, lang), _LEAST + even + spare * begun[unit] / total
            cells.append(Cell(start, end, at, at + width, name, unit is None))
            at, after = at + width, end
        return cls(tuple(cells), step, lang, tuple(cell.start for cell in cells))

    def x(self, day: int) -> float:
        """Return the place of a day; what lies outside is at the nearer end."""
        _, cell = self.cell(day)
        share = (day - cell.start) / (cell.end - cell.start)
        return cell.left + cell.width * min(max(share, 0.0), 1.0)

    def cell(self, day: int) -> tuple[int, Cell]:
        """Return the cell that a day lies in, with its number."""
        index = max(bisect_right(self.starts, day) - 1, 0)
        return index, self.cells[index]

    def begin(self, when: EdtfDate) -> float:
        """Return where a date begins."""
        return self.x(day_number(when.earliest)) if when.earliest else self.cells[0].left

    def finish(self, when: EdtfDate) -> float:
        """Return where a date ends: after its last day."""
        return self.x(day_number(when.latest) + 1) if when.latest else self.cells[-1].right

    def drawn(self, bottom: float) -> Iterator[str]:
        """Yield the axis at the top, and its lines down to `bottom`: one path for each sort of line."""
        plain = [cell for cell in self.cells if not cell.is_break]
        low = number(bottom)
        rules = "".join([f"M{number(cell.left)} 4V{low}" for cell in plain])
        yield f'<path class="d-rule" d="{rules}" fill="none" stroke="{LINE}"/>'
        if self.step == 1:
            yield from self._quarters([cell for cell in plain if cell.width >= _QUARTERS], low)
        if not self.step:
            months = "".join([_text(cell.left, 26, cell.name.partition(" ")[0]) for cell in plain])
            yield f'<g class="d-soft" fill="{SOFT}">{months}</g>'
            plain = [cell for cell in plain if cell is plain[0] or date.fromordinal(cell.start).month == 1]
        names = "".join([_text(cell.left, 14, cell.name.rpartition(" ")[2]) for cell in plain])
        yield f'<g class="d-tick" font-weight="600" fill="{INK}">{names}</g>'
        breaks = "".join([_break(cell) for cell in self.cells if cell.is_break])
        line = f"M{number(self.cells[0].left)} {HEIGHT - 6}H{number(self.cells[-1].right)}"
        yield f'<path class="d-axis" d="{line}{breaks}" fill="none" stroke="{INK}"/>'

    def _quarters(self, cells: Sequence[Cell], low: str) -> Iterator[str]:
        names = month_names(self.lang)
        rules: list[str] = []
        said: list[str] = []
        for cell in cells:
            year = date.fromordinal(cell.start).year
            for month in (1, 4, 7, 10):
                x = self.x(date(year, month, 1).toordinal())
                if month > 1:
                    rules.append(f"M{number(x)} {HEIGHT - 9}V{low}")
                said.append(_text(x, 26, names[month - 1][:3]))
        if cells:
            yield f'<path class="d-rule" d="{"".join(rules)}" fill="none" stroke="{LINE}" stroke-dasharray="1 3"/>'
            yield f'<g class="d-soft" fill="{SOFT}">{"".join(said)}</g>'


def _text(x: float, y: int, said: str) -> str:
    return f'<text x="{number(x + 3)}" y="{y}">{_safe(said)}</text>'


@lru_cache(maxsize=1024)
def _safe(name: str) -> str:
    return escape(name)


def _break(cell: Cell) -> str:
    """Return two slanted strokes: here the axis leaps."""
    x, y = (cell.left + cell.right) / 2, HEIGHT - 6
    return "".join(f"M{number(x + at - 2)} {y + 5}L{number(x + at + 2)} {y - 5}" for at in (-2, 2))


def _step(dates: Sequence[EdtfDate], room: float) -> int:
    """Return the finest size of cells of which there are few enough, and which have room for their names."""
    days = [day for when in dates for day in (when.earliest, when.latest) if day]
    months = {_unit(day, 0) for day in days}
    if max(months) - min(months) < min(_MOST_MONTHS, room // _LEAST):
        return 0
    step = 1
    while _crowded({_unit(day, step) for day in days}, room):
        step *= 10
    return step


def _crowded(units: AbstractSet[int], room: float) -> bool:
    breaks = sum(unit + 1 not in units for unit in units) - 1
    return len(units) > _MOST_CELLS or len(units) * _LEAST + breaks * _BREAK > room


@lru_cache(maxsize=65536)
def _unit(day: str, step: int) -> int:
    """Return the number of the cell that a day lies in."""
    year = int(day[:4])
    return year // step if step else year * 12 + int(day[5:7]) - 1


def _with_breaks(units: Iterable[int], *, has_breaks: bool) -> Iterator[int | None]:
    """Yield every cell, None for a run of empty ones; where there are no breaks, the empty ones too."""
    last: int | None = None
    for unit in units:
        if last is not None and unit > last + 1:
            if has_breaks:
                yield None
            else:
                yield from range(last + 1, unit)
        yield unit
        last = unit


def _days(unit: int, step: int) -> tuple[int, int]:
    """Return the first day of a cell, and the first one after it."""
    if step:
        first = max(unit * step, 1)
        return date(first, 1, 1).toordinal(), _first_day(unit * step + step, 1)
    year, month = divmod(unit, 12)
    return date(year, month + 1, 1).toordinal(), _first_day(*divmod(unit + 1, 12), is_zero_based=True)


def _first_day(year: int, month: int, *, is_zero_based: bool = False) -> int:
    if year > _LAST_YEAR:
        return date.max.toordinal() + 1
    return date(year, month + is_zero_based, 1).toordinal()


def _name(unit: int, step: int, lang: Lang) -> str:
    if step:
        return str(max(unit * step, 1))
    year, month = divmod(unit, 12)
    name = month_names(lang)[month][:3]
    return f"{name} {year}"
