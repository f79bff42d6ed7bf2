"""The markup in which templates write nodes: `<p>…</p>` with the names of the vocabulary; and its reader.

In: what a template gave, in which every text of an entry is escaped. Out: nodes. A template's mistake raises.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache, partial
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
_DRAWN: Final = frozenset({"svg", "narrow"})
_SHORT: Final = 120  # attributes that are longer are no other node's
# What the class does beyond this takes time, for a hundred thousand nodes.
_node: Final[Callable[[tuple[str, Mapping[str, str], tuple[Child, ...]]], Node]] = partial(tuple.__new__, Node)


def read(text: str, drawings: Sequence[str] = ()) -> tuple[Child, ...]:
    """Return the nodes of a template's text. Raises ValueError where it is not well formed or a name is unknown.

    A figure names the drawing that it shows by its place among `drawings`.
    """
    above: list[tuple[str, Mapping[str, str], list[Child]]] = []
    name, attributes, children = "", NOTHING, list[Child]()
    pieces = _TAG.split(str(text))  # text, then "/" or nothing, name, attributes, "/" or nothing, text, and so on
    for before, closing, found, written, is_empty in zip(*(pieces[at:-1:5] for at in range(5)), strict=True):
        if before:
            _add(children, before, name)
        if not closing:
            above.append((name, attributes, children))
            name, children = found, []
            attributes = _attributes(found, written) if written or found not in VOCABULARY else NOTHING
            if found == "figure":
                attributes = {
                    **attributes,
                    **{key: drawings[int(attributes[key])] for key in _DRAWN & attributes.keys()},
                }
            if not is_empty and found not in _EMPTY:
                continue
        elif not above or found != name:
            raise ValueError(f"</{found}> closes <{name}>")
        whole = _whole(name, attributes, children)
        name, attributes, children = above.pop()
        children += whole
    _add(children, pieces[-1], name)
    if above:
        raise ValueError(f"<{name}> is not closed")
    return tuple(_tidy(children))


def _attributes(name: str, written: str) -> Mapping[str, str]:
    return (_known_attributes if len(written) < _SHORT else _read_attributes)(name, written)


def _read_attributes(name: str, written: str) -> Mapping[str, str]:
    if name not in VOCABULARY:
        raise ValueError(f"a book has no <{name}>")
    found = {key: _unescaped(value) for key, value in _ATTRIBUTE.findall(written)}
    if name == _TRANSPARENT:  # the views' own spans say more than a book needs
        found = {key: value for key, value in found.items() if key == "lang"}
    if unknown := found.keys() - VOCABULARY[name]:
        raise ValueError(f"<{name}> has no {', '.join(sorted(unknown))}")
    return found or NOTHING


_known_attributes: Final = lru_cache(maxsize=16384)(_read_attributes)  # a book says the same of very many nodes


def _whole(name: str, attributes: Mapping[str, str], children: list[Child]) -> Iterable[Child]:
    """Return the node that has been closed, or its children alone."""
    if name == _TRANSPARENT and not attributes:
        return children
    return (_node((name, attributes, tuple(_tidy(children) if name in BLOCKS else children))),)


def _add(children: list[Child], written: str, name: str) -> None:
    """Add a text to the children of a node."""
    if not written or (name in _HOLDS_BLOCKS and written.isspace()):
        return
    if "<" in written:
        raise ValueError(f"this is no tag: {written[written.index('<') :][:40]}")
    if "\n" in written or "  " in written or "\t" in written:
        written = _BLANK.sub(" ", written)
    children.append(_unescaped(written) if "&" in written else written)


def _tidy(children: list[Child]) -> list[Child]:
    """Strip the blanks at the ends of a block, and between blocks."""
    for child in children:
        if type(child) is Node and child.name in BLOCKS:
            return [child for child in children if not isinstance(child, str) or child.strip()]
    for index, strip in ((0, str.lstrip), (-1, str.rstrip)):
        if children and isinstance(end := children[index], str):
            children[index] = strip(end)
    return [child for child in children if child] if "" in children else children


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
    said = ""
    for key, value in attributes.items():
        if value:
            said += f' {key}="{escape(value) if _ACTIVE(value) else value}"'
    if name in _EMPTY:
        return _safe(f"<{name}{said}/>")  # all of it is escaped
    return _safe(f"<{name}{said}>{inside}</{name}>")  # `inside` is safe, the rest is escaped


def joined(pieces: Iterable[Markup], between: str = "") -> Markup:
    """Return pieces of safe markup in a row, with safe markup between them."""
    return _safe(between.join(pieces))
