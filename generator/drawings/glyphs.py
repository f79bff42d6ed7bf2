"""The signs of a timeline: how certain a thing is shows in its shape, never in its colour alone.

In: one of the `LOOKS`, a place. Out: SVG. A look that is not known is drawn as the plainest one. The same shapes stand
on badges (`styles/20-marks.css`): circles for what is said to be so, triangles for what is to come, a cross for what is
denied.
"""

from typing import Final

from generator.drawings.svg import INK, PAPER, number

LOOKS: Final = ("occurred", "reported", "announced", "planned", "considered", "denied")
RADIUS: Final = 4.5
_TICK: Final = 4.5
_HALO: Final = ((3.2, 0.22), (6.4, 0.12))


def known(look: str) -> str:
    """Return the look that a word stands for."""
    return look if look in LOOKS else LOOKS[0]


def glyph(look: str, x: float, y: float) -> str:
    """Return the sign of a look around a point."""
    at, top, bottom = number(x), number(y - RADIUS), number(y + RADIUS)
    left, right, r = number(x - RADIUS), number(x + RADIUS), number(RADIUS)
    whole = f'stroke="{INK}" stroke-width="1.5"'
    match known(look):
        case "reported":  # half full
            return (
                f'<circle class="g-hollow" cx="{at}" cy="{number(y)}" r="{r}" fill="{PAPER}" {whole}/>'
                f'<path class="g-full" d="M{at} {top}A{r} {r} 0 0 0 {at} {bottom}Z" fill="{INK}"/>'
            )
        case "announced":
            path = f"M{number(x - 3.5)} {top}L{right} {number(y)}L{number(x - 3.5)} {bottom}Z"
            return f'<path class="g-full" d="{path}" fill="{INK}" {whole}/>'
        case "planned" | "considered" as plan:
            dashes = ' stroke-dasharray="2.2 1.8"' if plan == "considered" else ""
            path = f"M{number(x - 3.5)} {top}L{right} {number(y)}L{number(x - 3.5)} {bottom}Z"
            return f'<path class="g-hollow" d="{path}" fill="{PAPER}" {whole}{dashes}/>'
        case "denied":
            path = f"M{left} {top}L{right} {bottom}M{left} {bottom}L{right} {top}"
            return f'<path class="g-line" d="{path}" fill="none" stroke="{INK}" stroke-width="2.2"/>'
    return f'<circle class="g-full" cx="{at}" cy="{number(y)}" r="{r}" fill="{INK}"/>'


def reach(left: float, right: float, y: float, gap: tuple[float, float], *, ends: tuple[bool, bool]) -> str:
    """Return the line from the first possible day to the last, with a stroke at the ends that are known.

    It is thin and leaves the sign free: a date says within what time a thing lies, not that it lasted as long.
    """
    level, top, bottom = number(y), number(y - _TICK), number(y + _TICK)
    strokes = "".join(
        f"M{number(x)} {top}V{bottom}" for x, is_known in zip((left, right), ends, strict=True) if is_known
    )
    path = f"M{number(left)} {level}H{number(gap[0])}M{number(gap[1])} {level}H{number(right)}{strokes}"
    return f'<path class="g-line" d="{path}" fill="none" stroke="{INK}" stroke-width="1.2"/>'


def arrow(x: float, y: float, half: float, *, to_right: bool) -> str:
    """Return the head that says: it goes on, or went on before."""
    tip = x + (6 if to_right else -6)
    path = f"M{number(x)} {number(y - half)}L{number(tip)} {number(y)}L{number(x)} {number(y + half)}Z"
    return f'<path class="g-full" d="{path}" fill="{INK}"/>'


def halo(left: float, right: float, y: float, half: float) -> str:
    """Return the blur around what is dated about or perhaps: an edge that is none."""
    rings = []
    for out, opacity in _HALO:
        corner = f'x="{number(left - out)}" y="{number(y - half - out / 2)}"'
        size = f'width="{number(right - left + 2 * out)}" height="{number(2 * half + out)}"'
        rings.append(f'<rect class="g-halo" {corner} {size} rx="{number(3 + out)}" fill="{INK}" opacity="{opacity}"/>')
    return "".join(rings)
