"""The lists of files on the downloads page: link and size of each, and apart from them the digests for those who check.

In: shelves and the page. Out: HTML inside Markdown. The copy of the site holds the pages themselves: its size and
digest are filled in where `data-fill` says so once it is written (`filled`), and stand empty in the copy.
"""
# ruff: noqa: S704 - only safe pieces are put together here

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from markupsafe import Markup

from generator.markdown import attribute, escape
from generator.views.downloads import Download, Shelf, size_label
from generator.views.page import Page
from generator.words import kind_words

_DOT: Final = " · "
_FILL: Final = re.compile(r'(<(span|code) data-fill="([a-z0-9]+)">)[^<]*(</\2>)')


def shelved(page: Page, shelf: Shelf) -> Markup:
    """Return the files of a shelf that are for the page's readers as a list; empty where there are none."""
    return _listed("downloads", (_item(page, one, _name(page, shelf, one)) for one in shelf.own))


def elsewhere(page: Page, shelved: Sequence[Shelf]) -> Markup:
    """Return the files in the other language as a list, each named by what it is; empty where there are none."""
    forms = page.site.words.values["download"]
    files = ((shelf, one) for shelf in shelved for one in shelf.other)
    names = (
        (one, _part(page, one) or (forms[shelf.form] if _is_alone(shelf.other) else _file(one))) for shelf, one in files
    )
    return _listed("downloads", (_item(page, one, name) for one, name in names))


def digests(shelved: Sequence[Shelf]) -> Markup:
    """Return the digests of all files as a list."""
    return _listed("digests", (_digest(one) for shelf in shelved for one in (*shelf.own, *shelf.other)))


def sized(page: Page, files: Sequence[Download]) -> Markup:
    """Return how large files are together, or where that is filled in, as it is not known of one of them yet."""
    if not all(one.sha256 for one in files):
        return Markup('<span data-fill="size"></span>')
    return Markup(f"<span>{_DOT}{size_label(sum(one.size for one in files), page.lang)}</span>")


def filled(html: str, size: str, sha256: str) -> str:
    """Return a built page with the size and digest of the copy of the site, whatever stood there before."""
    values: Mapping[str, str] = {"size": f"{_DOT}{size}" if size else "", "sha256": sha256}
    return _FILL.sub(lambda found: f"{found[1]}{values[found[3]]}{found[4]}", html)


def _listed(name: str, items: Iterable[str]) -> Markup:
    lines = "\n".join(items)
    return Markup(f'<ul class="{name}">\n{lines}\n</ul>') if lines else Markup()


def _item(page: Page, one: Download, name: str) -> str:
    in_language = f' hreflang="{one.lang}"' if one.lang else ""
    return f'<li><a href="{attribute(page.file(one.path))}" download{in_language}>{name}</a>{sized(page, (one,))}</li>'


def _digest(one: Download) -> str:
    digest = f"<code>{one.sha256}</code>" if one.sha256 else '<code data-fill="sha256"></code>'
    return f"<li>{_file(one)} {digest}</li>"


def _name(page: Page, shelf: Shelf, one: Download) -> str:
    """Return what a file is called: the only one of its form like the dossier, one of several like the file."""
    return _part(page, one) or (page.dossier.title if _is_alone(shelf.own) else _file(one))


def _part(page: Page, one: Download) -> str:
    """Return the name of the part of the book that a file is; empty where it is none."""
    if one.form != "part":
        return ""
    parts = {path: kind for of_lang in page.site.downloads.parts.values() for kind, path in of_lang.items()}
    return str(kind_words(parts[one.path], page.lang).texts.kinds)


def _is_alone(files: Sequence[Download]) -> bool:
    return len(files) == 1


def _file(one: Download) -> str:
    return escape(one.path.rpartition("/")[2])
