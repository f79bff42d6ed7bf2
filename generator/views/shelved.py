"""The list of files on a shelf of the downloads page: link, language, size, and the digest for those who check it.

In: a shelf and the page. Out: HTML inside Markdown. The copy of the site holds this page itself: its size and digest
are filled in where `data-fill` says so once it is written (`filled`), and stand empty in the copy.
"""
# ruff: noqa: S704 - only safe pieces are put together here

import re
from collections.abc import Iterator, Mapping
from typing import Final

from markupsafe import Markup

from generator.markdown import attribute, escape
from generator.views.downloads import Download, Shelf, size_label
from generator.views.page import Page
from generator.words import kind_words

_DOT: Final = " · "
_FILL: Final = re.compile(r'(<(span|code) data-fill="([a-z0-9]+)">)[^<]*(</\2>)')


def shelved(page: Page, shelf: Shelf) -> Markup:
    """Return the files of a shelf as a list."""
    items = "\n".join(line for one in shelf.files for line in _item(page, one))
    return Markup(f'<ul class="downloads">\n{items}\n</ul>')


def filled(html: str, size: str, sha256: str) -> str:
    """Return the built downloads page with the size and digest of the copy of the site, whatever stood there before."""
    values: Mapping[str, str] = {"size": f"{_DOT}{size}" if size else "", "sha256": sha256}
    return _FILL.sub(lambda found: f"{found[1]}{values[found[3]]}{found[4]}", html)


def _item(page: Page, one: Download) -> Iterator[str]:
    words = page.site.words
    parts = {path: kind for of_lang in page.site.downloads.parts.values() for kind, path in of_lang.items()}
    name = escape(one.path.rpartition("/")[2])
    if one.form == "part":
        name = kind_words(parts[one.path], page.lang).texts.kinds
    in_language = f' hreflang="{one.lang}"' if one.lang else ""
    language = f"{_DOT}{words.values['language'][one.lang]}" if one.lang else ""
    size = f"<span>{_DOT}{size_label(one.size, page.lang)}</span>" if one.sha256 else '<span data-fill="size"></span>'
    digest = f"<code>{one.sha256}</code>" if one.sha256 else '<code data-fill="sha256"></code>'
    yield f'<li><a href="{attribute(page.file(one.path))}" download{in_language}>{name}</a>{language}{size}'
    yield f"<details><summary>SHA-256</summary>{digest}</details></li>"
