"""Drawings for a book: those of the pages, without their links, as figures that say in words what they show.

In: the figure of a page (`views/drawn.py`). Out: the book's markup, and beside it the drawings as SVG.
"""

import re
from html import unescape
from typing import Final

from markupsafe import Markup

from generator.book.markup import escape, joined, tag

_FIGURE: Final = re.compile("<figure [^>]*>(.*?)</figure>", re.DOTALL)
_DRAWING: Final = re.compile("<svg .*?</svg>", re.DOTALL)
_NOTE: Final = re.compile("<figcaption>(.*?)</figcaption>", re.DOTALL)
_LINK: Final = re.compile(r"<a [^>]*>")
_TITLE: Final = re.compile(r"<title>(.*?)</title>", re.DOTALL)
_NAME: Final = re.compile(r' aria-label="([^"]*)"')
_ONLY_ON_PAGES: Final = re.compile(r' (?:role|class|aria-[a-z]+|data-[a-z-]+)="[^"]*"')
_LANG: Final = re.compile(r' lang="')


def figures(drawn: Markup, kept: list[str]) -> Markup:
    """Return the drawings of a page as figures of a book, and keep them; nothing where nothing is drawn.

    Where a page has the same drawing for narrow screens too, the figure has it as `narrow`.
    """
    return joined(_figure(inside, kept) for inside in _FIGURE.findall(drawn))


def _figure(inside: str, kept: list[str]) -> Markup:
    svg, *narrower = _DRAWING.findall(inside)
    name, note = _NAME.search(svg), _NOTE.search(inside)
    said = [unescape(title) for title in dict.fromkeys(_TITLE.findall(svg))]
    alt = ": ".join(filter(None, (unescape(name[1]) if name else "", "; ".join(said))))
    caption = escape(Markup(note[1] if note else "").striptags())  # noqa: S704 - a figure is safe
    narrow = "".join(_kept(one, kept) for one in narrower[:1])
    return tag("figure", caption, alt=alt, svg=_kept(svg, kept), narrow=narrow)


def _kept(svg: str, kept: list[str]) -> str:
    """Keep a drawing without what only a page can do, and return its number."""
    plain = _TITLE.sub("", _LINK.sub("<g>", svg).replace("</a>", "</g>"))
    kept.append(_LANG.sub(' xml:lang="', _ONLY_ON_PAGES.sub("", plain)))
    return str(len(kept) - 1)
