"""The markup in which templates write nodes: `<p>…</p>` with the names of the vocabulary; and its reader.

In: what a template gave, in which every text of an entry is escaped. Out: nodes. A template's mistake raises.
"""

import re
from collections.abc import Callable
from functools import partial
from html import unescape
from typing import Final

from markupsafe import Markup

from generator.book.nodes import BLOCKS, NOTHING, VOCABULARY, Child, Node

_TAG: Final = re.compile(r"<(/?)([a-z]+)((?:\s+[a-z-]+=\"[^\"<>]*\")*)\s*(/?)>")
_ATTRIBUTE: Final = re.compile(r"([a-z-]+)=\"([^\"]*)\"")
_BLANK: Final = re.compile(r"[ \t\r\n]+")
_HOLDS_BLOCKS: Final = frozenset({"", "list", "facts", "fact", "table", "row", "passage", "rests", "remark", "figure"})
_EMPTY: Final = frozenset({"br", "n", "index"})
_TRANSPARENT: Final = "span"


def read(text: str) -> tuple[Child, ...]:
    """Return the nodes of a template's text. Raises ValueError where it is not well formed or a name is unknown."""
    stack: list[tuple[str, dict[str, str], list[Child]]] = [("", {}, [])]
    at = 0
    text = str(text)  # safe markup would escape anew what is replaced in it
    for tag in _TAG.finditer(text):
        _text(stack[-1], text[at : tag.start()])
        at = tag.end()
        closing, name, attributes, is_empty = tag.groups()
        if closing:
            _close(stack, name)
        else:
            stack.append((name, _attributes(name, attributes), []))
            if is_empty or name in _EMPTY:
                _close(stack, name)
    _text(stack[-1], text[at:])
    if len(stack) > 1:
        raise ValueError(f"<{stack[-1][0]}> is not closed")
    return tuple(_tidy(stack[0][2]))


def _attributes(name: str, written: str) -> dict[str, str]:
    if name not in VOCABULARY:
        raise ValueError(f"a book has no <{name}>")
    found = {key: _unescaped(value) for key, value in _ATTRIBUTE.findall(written)} if written else {}
    if name == _TRANSPARENT:  # the views' own spans say more than a book needs
        return {key: value for key, value in found.items() if key == "lang"}
    if unknown := found.keys() - VOCABULARY[name]:
        raise ValueError(f"<{name}> has no {', '.join(sorted(unknown))}")
    return found


def _close(stack: list[tuple[str, dict[str, str], list[Child]]], name: str) -> None:
    if len(stack) == 1 or stack[-1][0] != name:
        raise ValueError(f"</{name}> closes <{stack[-1][0]}>")
    _, attributes, children = stack.pop()
    above = stack[-1][2]
    if name == _TRANSPARENT and not attributes:
        above += children
    else:
        above.append(Node(name, attributes or NOTHING, tuple(_tidy(children) if name in BLOCKS else children)))


def _text(open_node: tuple[str, dict[str, str], list[Child]], written: str) -> None:
    if not written or (open_node[0] in _HOLDS_BLOCKS and written.isspace()):
        return
    if "<" in written:
        raise ValueError(f"this is no tag: {written[written.index('<') :][:40]}")
    if "\n" in written or "  " in written or "\t" in written:
        written = _BLANK.sub(" ", written)
    open_node[2].append(_unescaped(written))


def _tidy(children: list[Child]) -> list[Child]:
    """Strip the blanks at the ends of a block, and between blocks."""
    if any(isinstance(child, Node) and child.name in BLOCKS for child in children):
        return [child for child in children if not isinstance(child, str) or child.strip()]
    for index, strip in ((0, str.lstrip), (-1, str.rstrip)):
        if children and isinstance(end := children[index], str):
            children[index] = strip(end)
    return [child for child in children if child]


_ACTIVE: Final = re.compile('[<>&"\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]').search
# What Markup does beyond this takes a tenth of a book's time.
_safe: Final[Callable[[str], Markup]] = partial(str.__new__, Markup)
_INVISIBLE: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_OTHER_ENTITY: Final = re.compile("&(?!(?:lt|gt|quot|amp);)").search


def escape(text: str) -> Markup:
    """Return a text as it stands between tags or in an attribute."""
    if _ACTIVE(text):  # one replacement after the other: drawings have thousands of such signs
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
        text = _INVISIBLE.sub("\ufffd", text)
    return _safe(text)  # nothing is left that could act


def _unescaped(text: str) -> str:
    if "&" not in text:
        return text
    if _OTHER_ENTITY(text):
        return unescape(text)
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&")


def tag(name: str, inside: str = "", /, **attributes: str) -> Markup:
    """Return a tag around safe markup; attributes that are empty are left out."""
    said = "".join(f' {key}="{escape(value)}"' for key, value in attributes.items() if value)
    if name in _EMPTY:
        return _safe(f"<{name}{said}/>")  # all of it is escaped
    return _safe(f"<{name}{said}>{inside}</{name}>")  # `inside` is safe, the rest is escaped
