"""The cover: title, subtitle and names on a plain ground, as a drawing.

In: lines of text. Out: SVG. Words are laid out by counting letters: no font is asked, so that the cover is the same
everywhere.
"""

import textwrap
from collections.abc import Iterator
from typing import Final

from generator.outputs.epub.xhtml import escape, tagged

_WIDTH: Final = 1600
_HEIGHT: Final = 2400
_MARGIN: Final = 150
_SIZES: Final = (150, 120, 96, 76)
_MOST_LINES: Final = 7
_LETTER: Final = 0.56  # how wide a letter is against its height, on the average


def cover_svg(lang: str, title: str, subtitle: str, below: str) -> str:
    """Return the cover of a book; `below` stands at the foot."""
    pieces = [
        f'<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg"{tagged(lang)}',
        f' viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img">\n<title>{escape(title)}</title>\n',
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#f4f1ea"/>\n',
        f'<rect width="{_WIDTH}" height="60" fill="#7a2518"/>\n',
        f'<rect x="{_MARGIN}" y="330" width="300" height="10" fill="#7a2518"/>\n',
        '<g font-family="Libertinus Serif, Georgia, serif" fill="#1c1b19">\n',
    ]
    size, lines = _fitted(title)
    at = 430.0
    for line in lines:
        at += size * 1.15
        pieces.append(_line(line, at, size, ' font-weight="bold"'))
    at += 60
    for line in _wrapped(subtitle, 64)[:_MOST_LINES]:
        at += 64 * 1.35
        pieces.append(_line(line, at, 64, ' font-style="italic"'))
    for number, line in enumerate(reversed(_wrapped(below, 52)[:3])):
        pieces.append(_line(line, _HEIGHT - 160 - number * 52 * 1.4, 52))
    return "".join([*pieces, "</g>\n</svg>\n"])


def _line(text: str, y: float, size: int, more: str = "") -> str:
    return f'<text x="{_MARGIN}" y="{y:.0f}" font-size="{size}"{more}>{escape(text)}</text>\n'


def _fitted(title: str) -> tuple[int, list[str]]:
    """Return the largest size in which a title is not too long, and its lines."""
    for size in _SIZES:
        lines = _wrapped(title, size)
        if len(lines) <= _MOST_LINES and max(map(len, lines), default=0) <= _letters(size):
            return size, lines
    return _SIZES[-1], list(_cut(_wrapped(title, _SIZES[-1])))


def _cut(lines: list[str]) -> Iterator[str]:
    most = 2 * _MOST_LINES
    yield from lines[:most]
    if len(lines) > most:
        yield "…"


def _letters(size: int) -> int:
    return int((_WIDTH - 2 * _MARGIN) / (size * _LETTER))


def _wrapped(text: str, size: int) -> list[str]:
    return textwrap.wrap(text, _letters(size))
