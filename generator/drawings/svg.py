"""What all drawings are made of: safe elements, rounded numbers, and how wide a word will be.

In: text and numbers. Out: safe SVG. A width is an estimate for any usual typeface without serifs, rather too large.
"""
# ruff: noqa: S704 - only safe pieces are put together here

from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Final, NamedTuple
from unicodedata import combining, east_asian_width

from markupsafe import Markup

from generator.markdown import attribute, escape

INK: Final = "#27405f"
SOFT: Final = "#5d6675"
LINE: Final = "#c9ced6"
PALE: Final = "#dbe4f0"
PAPER: Final = "#ffffff"
NARROW: Final = 328.0  # as wide as a phone shows it in its own size
SIZE: Final = 12.0  # of all letters but a few larger ones: so many pixels on a phone
_WIDTHS: Final = {
    "fijlrtI.,:;'|!()[]/-·’‘„“” ": 0.31,
    "abcdeghknopqsuvxyzäöüßJL0123456789$?+=~–": 0.54,
    "mwMW@%—…": 0.88,
}
_CAPITAL: Final = 0.66
_WIDE: Final = 1.05


class Box(NamedTuple):
    """A rectangle: left, top, right, bottom."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box", gap: float = 0) -> bool:
        """Tell whether two rectangles are nearer to each other than `gap`."""
        return (
            self.left < other.right + gap
            and other.left < self.right + gap
            and self.top < other.bottom + gap
            and other.top < self.bottom + gap
        )


@lru_cache(maxsize=65536)  # a timeline has hundreds of lengths, and those of its axis and lanes are all alike
def number(value: float) -> str:
    """Write a length with at most one decimal, so that no machine can round it differently."""
    text = f"{value:.1f}"
    if text[-1] != "0":
        return text
    return text[:-2] if text != "-0.0" else "0"


@cache
def _advance(sign: str) -> float:
    for signs, width in _WIDTHS.items():
        if sign in signs:
            return width
    if combining(sign):
        return 0
    if east_asian_width(sign) in ("W", "F"):
        return _WIDE
    return _CAPITAL


@lru_cache(maxsize=65536)  # a title is measured on every page that draws it
def text_width(text: str, size: float) -> float:
    """Return about how wide a line of text is, in the units of `size`."""
    return sum(map(_advance, text)) * size


@lru_cache(maxsize=65536)
def clipped(text: str, width: float, size: float) -> str:
    """Return the text, or as much of it as has room with dots at its end; empty where not even a few letters have."""
    if text_width(text, size) <= width:
        return text
    room = width - text_width("…", size)
    for end, sign in enumerate(text):
        room -= _advance(sign) * size
        if room < 0:
            kept = text[:end].rstrip(" ,.:;–-„“(")
            return f"{kept}…" if len(kept) > 2 else ""  # noqa: PLR2004 - fewer letters say nothing
    return text


def wrapped(text: str, width: float, size: float) -> list[str]:
    """Return the text in lines that have room; of a word that has none, as much as has."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".lstrip()
        if text_width(longer, size) <= width:
            lines[-1] = longer
        else:
            lines.append(clipped(word, width, size))
    return [line for line in lines if line]


def label(text: str, x: float, y: float, lang: str = "", more: str = "") -> str:
    """Return a line of text whose base line begins at a point; `more` are safe attributes."""
    spoken = f' lang="{lang}"' if lang else ""
    return f'<text x="{number(x)}" y="{number(y)}"{spoken}{more}>{escape(text)}</text>'


def linked(href: str, name: str, inner: str, *, mark: str = "", lang: str = "") -> str:
    """Return a link with its accessible name, which is also what a pointer is told; `mark` finds it for scripts."""
    spoken = f' lang="{lang}"' if lang else ""
    found = f' data-mark="{attribute(mark)}"' if mark else ""
    said = attribute(name)
    # One of the site builders bends a plain `href`; not every tool knows that the other one makes a link as well.
    at = f'xlink:href="{attribute(href)}" role="link"'
    return f'<a {at} aria-label="{said}"{found}{spoken}><title>{said}</title>{inner}</a>'


def drawing(width: float, height: float, parts: Iterable[str], *, name: str, kind: str) -> Markup:
    """Return a whole drawing in one line; its parts that are links are what it tells, the others are ornament."""
    size = f'width="{number(width)}" height="{number(height)}"'
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
        f' class="drawn drawn-{kind}"'
        f' aria-label="{attribute(name)}" viewBox="0 0 {number(width)} {number(height)}" {size}'
        f' font-size="{number(SIZE)}" fill="{INK}">{"".join(parts)}</svg>'
    )


def ornament(parts: Iterable[str]) -> str:
    """Return parts that a screen reader passes over: what they show is told elsewhere."""
    return f'<g aria-hidden="true">{"".join(parts)}</g>'
