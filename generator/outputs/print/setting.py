"""A book in, the data of the typesetter out: references as labels that exist, lists as lists, nothing left to decide.

In: the nodes of a book, as JSON knows them (`book/nodes.py`: name, attributes, children). Out: the same for `book.typ`.
A reference to what the book lacks becomes its words; a character that no font has becomes its number, and is reported.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import isqrt
from typing import Any, Final
from unicodedata import combining

from generator.outputs.print.coverage import is_covered

Json = Any
_LONG_FACTS: Final = 1200
_WORD: Final = re.compile(r"\w+")
_LINE: Final = 95  # letters in a line of a table as wide as the page
_LONG_ROW: Final = 24
_LONG_LIST: Final = 9
_SHORT: Final = 400
_NARROW: Final = 65
# Of drawings, in mm: the width of the page, what a unit is, as letters are as large in all of them, what it is at least
# where a drawing would be high, and how high one may be at most, also where the heading of a part is above it.
_WIDTH: Final = 129.0
_UNIT: Final = 129.0 / 480
_LEAST_UNIT: Final = 0.23
_HIGH: Final = 110.0
_HIGHEST: Final = 175.0
_HIGHEST_IN_PART: Final = 140.0
_SIZE: Final = re.compile(r'viewBox="0 0 (?P<wide>[0-9.]+) (?P<high>[0-9.]+)"')
_ANCHORED: Final = frozenset({"passage", "remark", "mark"})


@dataclass(frozen=True, slots=True)
class Missing:
    """A character that no font has, and the entry in which it stands; empty outside of entries."""

    entry: str
    char: str


@dataclass(slots=True)
class _Setter:
    """What is known while a book is set."""

    labels: set[str] = field(default_factory=set)
    volumes: Mapping[str, int] = field(default_factory=dict)
    address: Callable[[str, str], str] = lambda _entry, _at: ""
    missing: dict[Missing, None] = field(default_factory=dict)
    entry: str = ""
    title: str = ""
    notes: list[str] = field(default_factory=list)
    is_marked: bool = False
    drawings: int = 0


def set_book(
    book: Json, address: Callable[[str, str], str] = lambda _entry, _at: ""
) -> tuple[Json, tuple[Missing, ...]]:
    """Return what `book.typ` reads, and the characters that it cannot show.

    `address` gives the page of an entry that the book lacks, and a place on it, on the web; empty where there is none.
    """
    setter = _Setter(set(_labels(book)), book["volumes"], address)
    words = {key: _text(setter, text) for key, text in book["words"].items()}
    parts = [_part(setter, part) for part in book["parts"]]
    setter.entry, setter.is_marked = "", False
    title, subtitle = _text(setter, book["title"]), _text(setter, book["subtitle"])
    data = {
        "lang": book["lang"],
        "is_whole": book["is_whole"],
        "is_excerpt": bool(book["about"]),
        "volume": str(book["volume"] or ""),
        "title": title,
        "subtitle": subtitle,
        "full_title": f"{title}: {subtitle}" if subtitle else title,
        "author": _text(setter, book["author"]),
        "keywords": [part["title"] for part in parts],
        "summary": _text(setter, " ".join(_plain(book["description"]).split())),
        "edition": [[_text(setter, name), _text(setter, value)] for name, value in book["edition"]],
        "description": _nodes(setter, book["description"]),
        "parts": parts,
        "proofs": _nodes(setter, book["proofs"]),
        "index": [row | {key: _text(setter, row[key]) for key in ("text", "note", "see")} for row in book["index"]],
        "words": words,
    }
    return data, tuple(setter.missing)


def _labels(book: Json) -> Iterator[str]:
    for part in book["parts"]:
        for chapter in part["chapters"]:
            yield chapter["id"]
            for name, attributes, children in _walk(chapter["body"]):
                if name in _ANCHORED:
                    yield from (f"{chapter['id']}/{anchor}" for anchor in attributes.get("id", "").split())
                elif name == "cite" and children:
                    yield f"{chapter['id']}/e{attributes['n']}"


def _walk(children: Sequence[Json]) -> Iterator[tuple[str, Mapping[str, str], Sequence[Json]]]:
    for child in children:
        if not isinstance(child, str):
            yield child[0], child[1], child[2]
            yield from _walk(child[2])


def _part(setter: _Setter, part: Json) -> Json:
    setter.entry, setter.title, setter.is_marked = "", "", False
    body = _nodes(setter, part["body"])
    return {
        # A part that begins with a table of its chapters needs no second one in the table of contents.
        "is_listed": not any(name == "table" for name, _, _ in _walk(body)),
        "title": _text(setter, part["title"]),
        "body": body,
        "chapters": [_chapter(setter, chapter) for chapter in part["chapters"]],
    }


def _chapter(setter: _Setter, chapter: Json) -> Json:
    setter.entry, setter.notes, setter.is_marked = chapter["id"], [], True
    title = _nodes(setter, chapter["title"])
    setter.title = _text(setter, chapter["plain"])
    # A document that is edited here begins a page.
    apart = any(name == "passage" for name, _, _ in _walk(chapter["body"]))
    body = _nodes(setter, chapter["body"])
    ends = [*setter.notes[:1], *setter.notes[-1:]]
    return {"label": chapter["id"], "title": title, "plain": setter.title, "apart": apart, "notes": ends, "body": body}


def _nodes(setter: _Setter, children: Sequence[Json]) -> list[Json]:
    found: list[Json] = []
    for index, child in enumerate(children):
        if isinstance(child, str):
            found.append(_text(setter, child))
            continue
        name, attributes, inner = child
        prepare = _PREPARED.get(name)
        made = dict(attributes) if prepare is None else prepare(setter, attributes, inner)
        if name == "cite" and index + 1 < len(children) and children[index + 1][0] == "cite":
            made["more"] = "yes"
        marked, setter.is_marked = setter.is_marked, setter.is_marked and name != "cite"
        inside = _nodes(setter, inner)
        found.append([name, made, _anchored_inside(made["ids"], inside) if name == "mark" else inside])
        setter.is_marked = marked
    return found


def _anchored_inside(ids: Sequence[str], inside: list[Json]) -> list[Json]:
    """Return the words of a passage with its anchors after the first letter.

    Before it, a page that ends there would keep the anchors while the passage begins on the next. A word with a capital
    inside is not parted (see book.typ), so that they stand behind it.
    """
    if not ids:
        return inside
    words = inside[0] if inside and isinstance(inside[0], str) else ""
    first = _WORD.match(words)
    if first and any(map(str.isupper, first[0][1:])):
        after = first.end()
    else:
        after = next((at for at, char in enumerate(words) if at and not combining(char)), len(words))
    rest = [words[after:], *inside[1:]] if words else inside
    return [words[:after], ["anchors", {"ids": ids}, []], *rest]


def _ref(setter: _Setter, attributes: Mapping[str, str], _inner: Sequence[Json]) -> Json:
    entry, at = attributes["to"], attributes.get("at", "")
    label = f"{entry}/{at}" if at else entry
    if entry not in setter.labels:
        url = setter.address(entry, at)
        made = {"url": url} if url else {}
        return (
            {**made, "volume": str(setter.volumes[entry])} if "page" in attributes and entry in setter.volumes else made
        )
    made = {"mark": entry} if setter.is_marked and not at else {}
    made["to"] = label if label in setter.labels else entry
    if "page" in attributes:
        made["page"] = "yes"
    return made


def _cite(setter: _Setter, attributes: Mapping[str, str], inner: Sequence[Json]) -> Json:
    label = f"{attributes['entry']}/e{attributes['n']}"
    made = {"n": attributes["n"], "stance": attributes.get("stance", "")}
    if not inner:
        return made | {"to": label}
    setter.notes.append(label)
    return made | {"note": label, "first": len(setter.notes) == 1}


def _anchored(setter: _Setter, attributes: Mapping[str, str], _inner: Sequence[Json]) -> Json:
    ids = [f"{setter.entry}/{anchor}" for anchor in attributes.get("id", "").split()]
    return {**attributes, "ids": ids}


def _mark(setter: _Setter, attributes: Mapping[str, str], inner: Sequence[Json]) -> Json:
    uses = attributes["use"].split()
    anchored = _anchored(setter, attributes, inner)
    return {"ids": anchored["ids"], "quoted": "quoted" in uses, "annotated": "annotated" in uses}


def _facts(_setter: _Setter, attributes: Mapping[str, str], inner: Sequence[Json]) -> Json:
    return {**attributes, "long": "yes"} if len(_plain(inner)) > _LONG_FACTS else {**attributes}


def _table(_setter: _Setter, attributes: Mapping[str, str], inner: Sequence[Json]) -> Json:
    columns = [int(width) for width in attributes["columns"].split()]
    named = 0
    if attributes.get("class") == "matrix":  # what names a row stands above it
        columns, named = _balanced(inner), 1
    whole = [_lines(row[2][named:], columns[named:]) <= _LONG_ROW for row in inner]
    return {**attributes, "columns": columns, "whole": whole}


def _balanced(rows: Sequence[Json]) -> list[int]:
    """Return relative widths that follow from how much stands in each column, more evenly than it does."""
    lengths = [sum(len(_plain(cell[2])) for cell in column) for column in zip(*(row[2] for row in rows), strict=True)]
    mean = sum(lengths) / len(lengths) or 1
    return [max(isqrt(int(10_000 * length / mean)), _NARROW) for length in lengths]


def _lines(cells: Sequence[Json], columns: Sequence[int]) -> float:
    """Return about how many lines a row of a table has: a long one may part across pages."""
    widths = (_LINE * width / sum(columns) for width in columns)
    return max((len(_plain(cell[2])) / width for cell, width in zip(cells, widths, strict=False)), default=0)


def _figure(setter: _Setter, attributes: Mapping[str, str], _inner: Sequence[Json]) -> Json:
    """Say how large a drawing is, and what it is called."""
    size = _SIZE.search(attributes["svg"])
    wide, high = (float(size["wide"]), float(size["high"])) if size else (1.0, 1.0)
    unit = max(min(_UNIT, _HIGH / high), _LEAST_UNIT)
    width = min(wide * unit, _WIDTH, (_HIGHEST if setter.entry else _HIGHEST_IN_PART) * wide / high)
    called = ": ".join(filter(None, (setter.title, attributes["alt"].partition(": ")[0])))
    setter.drawings += 1
    place = {"name": f"/drawing/{setter.drawings}", "high": width * high / wide}
    return {"svg": attributes["svg"], "alt": attributes["alt"], "width": width, "of": called, **place}


def _list(_setter: _Setter, attributes: Mapping[str, str], inner: Sequence[Json]) -> Json:
    length = len(_plain(inner))
    is_whole = attributes.get("class") == "refs" and len(inner) < _LONG_LIST and length < _LONG_FACTS
    return {**attributes, "whole": is_whole, "short": is_whole and length < _SHORT}


def _paragraph(_setter: _Setter, attributes: Mapping[str, str], inner: Sequence[Json]) -> Json:
    """Say whether it may be kept with what follows; not one with notes: the typesetter would leave them behind."""
    has_notes = any(name == "cite" for name, _, _ in _walk(inner))
    return {**attributes, "short": len(_plain(inner)) < _SHORT and not has_notes}


def _index(_setter: _Setter, attributes: Mapping[str, str], _inner: Sequence[Json]) -> Json:
    return {"mark": attributes["to"]}


_PREPARED: Final[Mapping[str, Callable[[_Setter, Mapping[str, str], Sequence[Json]], Json]]] = {
    "ref": _ref,
    "cite": _cite,
    "mark": _mark,
    "passage": _anchored,
    "remark": _anchored,
    "facts": _facts,
    "figure": _figure,
    "list": _list,
    "p": _paragraph,
    "table": _table,
    "index": _index,
}


def _text(setter: _Setter, text: str) -> str:
    """Return a text with the numbers of the characters that no font has."""
    if text.isascii() or is_covered(text):
        return text
    return "".join(char if is_covered(char) else _number(setter, char) for char in text)


def _number(setter: _Setter, char: str) -> str:
    setter.missing[Missing(setter.entry, char)] = None
    return f"[U+{ord(char):04X}]"


def _plain(children: Sequence[Json]) -> str:
    """Return the words of nodes, notes left out."""
    shown = (child for child in children if isinstance(child, str) or child[0] != "cite")
    return "".join(child if isinstance(child, str) else _plain(child[2]) for child in shown)
