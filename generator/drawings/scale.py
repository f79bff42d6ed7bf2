"""Numbers on a scale, as exactly as they were said: a point, about a point, over it, under it.

In: readings of one unit. Out: SVG, a line for each reading with its words above. Places follow from decimal arithmetic
alone, so that they are the same on every machine.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Final

from markupsafe import Markup

from generator.drawings.glyphs import arrow, halo
from generator.drawings.svg import (
    INK,
    LINE,
    NARROW,
    PAPER,
    SIZE,
    SOFT,
    clipped,
    drawing,
    label,
    linked,
    number,
    ornament,
    text_width,
)
from generator.markdown import escape

WIDTH: Final = NARROW
MARGIN: Final = 14.0
ROW: Final = 42.0
_TOP: Final = 4.0
_LARGE: Final = 13.5
_RADIUS: Final = 5.5
_REACH: Final = 70.0  # how far an open end is drawn
_TICKS: Final = 5
_FAR: Final = 100  # the largest over the smallest from which a scale counts in powers of ten
_EVEN: Final = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))


@dataclass(frozen=True, slots=True)
class Reading:
    """A number with its comparator (= ~ > < >= <=), in words, who says it, and where that stands."""

    amount: Decimal
    comparator: str
    said: str
    by: str
    href: str
    is_rejected: bool = False


@dataclass(frozen=True, slots=True)
class _Scale:
    ticks: tuple[Decimal, ...]
    is_log: bool

    def x(self, amount: Decimal) -> float:
        first, last, at = (self._even(value) for value in (self.ticks[0], self.ticks[-1], amount))
        return float(Decimal(MARGIN) + (at - first) / (last - first) * Decimal(WIDTH - 2 * MARGIN))

    def _even(self, amount: Decimal) -> Decimal:
        return amount.log10() if self.is_log else amount


def scale(readings: Sequence[Reading], name: str, say: Callable[[Decimal], str]) -> Markup:
    """Return the drawing, `say` writing the numbers of its axis; empty where there are fewer than two readings."""
    if len(readings) < 2:  # noqa: PLR2004 - one number is no comparison
        return Markup()
    made = _scale_of([one.amount for one in readings])
    bottom = _TOP + ROW * len(readings) + 4
    rows = (_row(one, made.x(one.amount), top) for one, top in zip(readings, _tops(len(readings)), strict=True))
    return drawing(
        WIDTH, bottom + 20, (ornament(_axis(made, len(readings), bottom, say)), *rows), name=name, kind="scale"
    )


def _scale_of(amounts: Sequence[Decimal]) -> _Scale:
    low, high = min(amounts), max(amounts)
    if low > 0 and high / low >= _FAR:
        first, last = low.log10().to_integral_value(ROUND_FLOOR), high.log10().to_integral_value(ROUND_CEILING)
        powers = range(int(first), max(int(last), int(first) + 1) + 1)
        skip = max(1, len(powers) // 8)
        ticks = [Decimal(10) ** power for power in powers][::skip]
        return _Scale((*ticks, *([Decimal(10) ** powers[-1]] if ticks[-1] < high else [])), is_log=True)
    room = (high - low) / 4 or abs(high) / 10 or Decimal(1)
    start = low - room if low < 0 or low > room else Decimal(0)
    step = _step((high + room - start) / _TICKS)
    first = (start / step).to_integral_value(ROUND_FLOOR)
    last = ((high + room) / step).to_integral_value(ROUND_CEILING)
    return _Scale(tuple((step * n).normalize() + 0 for n in range(int(first), int(last) + 1)), is_log=False)


def _step(rough: Decimal) -> Decimal:
    """Return the next even number above."""
    power = Decimal(10) ** int(rough.log10().to_integral_value(ROUND_FLOOR))
    return next(even * power for even in _EVEN if even * power >= rough)


def _axis(made: _Scale, rows: int, y: float, say: Callable[[Decimal], str]) -> Iterator[str]:
    ends = f'x1="{number(MARGIN)}" y1="{number(y)}" x2="{number(WIDTH - MARGIN)}" y2="{number(y)}"'
    yield f'<line class="d-axis" {ends} stroke="{INK}" stroke-width="1"/>'
    free = 0.0
    # Not through the words above each sign.
    rules = "".join(f"M{{x}} {number(top + 21)}V{number(top + ROW)}" for top in _tops(rows))
    for tick in made.ticks:
        x, said = made.x(tick), say(tick)
        half = text_width(said, SIZE) / 2
        path = f"{rules.replace('{x}', number(x))}V{number(y + 4)}"
        yield f'<path class="d-rule" d="{path}" fill="none" stroke="{LINE}" stroke-width="1"/>'
        if x - half >= free:
            at = min(x - half, WIDTH - 2 * half)
            yield label(said, max(at, 0), y + 15, more=f' class="d-soft" fill="{SOFT}"')
            free = x + half + 6


def _tops(rows: int) -> Iterator[float]:
    return (_TOP + ROW * row for row in range(rows))


def _row(one: Reading, x: float, top: float) -> str:
    area = f'x="0" y="{number(top)}" width="{number(WIDTH)}" height="{number(ROW - 2)}"'
    parts = [f'<rect class="d-area" {area} fill="none" pointer-events="all"/>', *_sign(one.comparator, x, top + 30)]
    wide = text_width(one.said, _LARGE) + 8
    by = clipped(one.by, max(WIDTH - 8 - wide, 0), SIZE)
    whole = wide + text_width(by, SIZE)
    if x - 8 + whole <= WIDTH:
        at, anchor = x - 8, ""
    else:
        at, anchor = (x + 8, ' text-anchor="end"') if x + 8 >= whole else (max(WIDTH - whole - 4, 4), "")
    struck = ' text-decoration="line-through"' if one.is_rejected else ""
    said = f'<tspan font-size="{_LARGE}" font-weight="600"{struck}>{escape(one.said)}</tspan>'
    said += f'<tspan class="d-soft" dx="8" fill="{SOFT}">{escape(by)}</tspan>'
    parts.append(f'<text x="{number(at)}" y="{number(top + 15)}"{anchor}>{said}</text>')
    return linked(one.href, f"{one.said}: {one.by}", "".join(parts))


def _sign(comparator: str, x: float, y: float) -> Iterator[str]:
    """Yield the mark of a number: open ends reach out, a number that is not meant itself is hollow."""
    if comparator == "~":
        yield halo(x - 10, x + 10, y, _RADIUS - 1)
    if comparator[:1] in (">", "<"):
        is_over = comparator[0] == ">"
        tip = min(x + _REACH, WIDTH - 7) if is_over else max(x - _REACH, 7)
        ends = f'x1="{number(x)}" y1="{number(y)}" x2="{number(tip)}" y2="{number(y)}"'
        yield f'<line class="g-line" {ends} stroke="{INK}" stroke-width="2"/>'
        yield arrow(tip, y, 4.5, to_right=is_over)
    hollow = comparator in (">", "<")
    kind, fill = ("g-hollow", PAPER) if hollow else ("g-full", INK)
    stroke = f' stroke="{INK}" stroke-width="2"' if hollow else ""
    yield f'<circle class="{kind}" cx="{number(x)}" cy="{number(y)}" r="{_RADIUS}" fill="{fill}"{stroke}/>'
