"""Drawings for a book: those of the pages, without their links, as figures that say in words what they show.

In: the figure of a page (`views/drawn.py`). Out: the book's markup, and beside it the drawings as SVG.
"""

import re
from html import unescape
from typing import Final

from markupsafe import Markup

from generator.book.markup import escape, joined, tag

_DRAWING: Final = re.compile(r"(?P<svg><svg .*?</svg>)(?:<figcaption>(?P<note>.*?)</figcaption>)?", re.DOTALL)
_LINK: Final = re.compile(r"<a [^>]*>")
_TITLE: Final = re.compile(r"<title>(.*?)</title>", re.DOTALL)
_NAME: Final = re.compile(r' aria-label="([^"]*)"')
_ONLY_ON_PAGES: Final = re.compile(r' (?:role|class|aria-[a-z]+|data-[a-z-]+)="[^"]*"')
_LANG: Final = re.compile(r' lang="')


def figures(drawn: Markup, kept: list[str]) -> Markup:
    """Return the drawings of a page as figures of a book, and keep them; nothing where nothing is drawn."""
    return joined(_figure(found["svg"], found["note"] or "", kept) for found in _DRAWING.finditer(drawn))


def _figure(svg: str, note: str, kept: list[str]) -> Markup:
    name = _NAME.search(svg)
    said = [unescape(title) for title in dict.fromkeys(_TITLE.findall(svg))]
    alt = ": ".join(filter(None, (unescape(name[1]) if name else "", "; ".join(said))))
    plain = _TITLE.sub("", _LINK.sub("<g>", svg).replace("</a>", "</g>"))
    kept.append(_LANG.sub(' xml:lang="', _ONLY_ON_PAGES.sub("", plain)))
    caption = escape(Markup(note).striptags())  # noqa: S704 - a figure is safe
    return tag("figure", caption, alt=alt, svg=str(len(kept) - 1))
