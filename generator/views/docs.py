"""The hand-written pages: trusted Markdown of the editors, in which `[[id]]` leads to an entry, except in code.

A page may begin with front matter; `order` says where it stands in the navigation, among the orders of the kinds.
"""

import re
from collections.abc import Callable
from typing import Final

from markupsafe import Markup

_FENCE: Final = re.compile(r"^ {0,3}(`{3,}|~{3,})", re.MULTILINE)
_CODE_OR_REFERENCE: Final = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)|\[\[([a-z0-9-]+)(?:\|([^\[\]]+))?\]\]", re.DOTALL)
_HEAD: Final = re.compile(r"---\n(.*?)^---\n", re.MULTILINE | re.DOTALL)
_ORDER: Final = re.compile(r"^order: *([0-9]{1,4}) *$", re.MULTILINE)
_PART: Final = re.compile(r"^(##+ +)(?=\S)", re.MULTILINE)
_LINK: Final = re.compile(r"\[([^\[\]]*)\]\([^()\s]*\)")
_MARKS: Final = re.compile(r"[#*_`>|~]+|<[^<>]*>|^ *[-+] ", re.MULTILINE)
_HEADING: Final = re.compile(r"^# +(.+?) *#* *$", re.MULTILINE)


def resolved(text: str, link: Callable[[str, str | None], Markup | None]) -> str:
    """Return the text with `link(id, label)` in place of references; where that is None, they stay as they are."""

    def replace(found: re.Match[str]) -> str:
        if found[2] is None:
            return found[0]
        linked = link(found[2], found[3])
        return found[0] if linked is None else str(linked)

    return "".join(piece if is_code else _CODE_OR_REFERENCE.sub(replace, piece) for piece, is_code in _pieces(text))


def with_places(text: str, mark: Callable[[int], Markup]) -> str:
    """Return the text with `mark(number)` at the beginning of every heading but that of the page.

    The parts of a page in two languages have other names but the same numbers.
    """
    count = 0

    def marked(found: re.Match[str]) -> str:
        nonlocal count
        count += 1
        return f"{found[1]}{mark(count)}"

    return "".join(piece if is_code else _PART.sub(marked, piece) for piece, is_code in _pieces(text))


def head_and_body(text: str) -> tuple[str, str]:
    """Return the lines of the front matter, which may be none, and the page below it."""
    found = _HEAD.match(text)
    return (found[1], text[found.end() :]) if found else ("", text)


def without_title(text: str) -> str:
    """Return a page without the heading that it begins with."""
    found = _HEADING.match(text.lstrip())
    return text.lstrip()[found.end() :] if found else text


def order_of_doc(text: str) -> int | None:
    """Return where a page wants to stand in the navigation, if it says so."""
    found = _ORDER.search(head_and_body(text)[0])
    return int(found[1]) if found else None


def _pieces(text: str) -> list[tuple[str, bool]]:
    """Cut at fences: each piece with whether it is code."""
    pieces: list[tuple[str, bool]] = []
    start, opened = 0, ""
    for fence in _FENCE.finditer(text):
        if not opened:
            pieces.append((text[start : fence.start()], False))
            start, opened = fence.start(), fence[1]
        elif fence[1].startswith(opened):
            pieces.append((text[start : fence.end()], True))
            start, opened = fence.end(), ""
    pieces.append((text[start:], bool(opened)))
    return pieces


def title_of_doc(path: str, text: str) -> str:
    """Return the first heading of a page, else the name of its file."""
    found = _HEADING.search(text)
    return found[1].replace("*", "").replace("`", "") if found else path.removesuffix(".md").rpartition("/")[2]


def plain_doc(text: str) -> str:
    """Return the words of a page without its marks, roughly: what search reads of it."""
    _, body = head_and_body(text)
    prose = "".join(
        _CODE_OR_REFERENCE.sub(lambda found: found[3] or "", piece) for piece, is_code in _pieces(body) if not is_code
    )
    return " ".join(_MARKS.sub(" ", _LINK.sub(r"\1", prose)).split())
