"""From places (a path of keys) to spans (lines and columns), for the few files that have something to say.

Comes in: located or unlocated diagnostics and the texts of the files. Goes out: the same diagnostics with
spans. Parses a file again for it, so that reading ten thousand clean files keeps no position at all. Knows
no kind and no file system.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from yaml import YAMLError

from generator.diagnostics import Diagnostic, Path, Place, Related, Span
from generator.hidden import IN_FILE, IN_VALUE, STAND_IN
from generator.scalarmap import Spread, spread
from generator.yamlevents import (
    MAPPING_END,
    MAPPING_START,
    SCALAR,
    SEQUENCE_END,
    SEQUENCE_START,
    STREAM_END,
    Event,
    events,
)

BOM: Final = "\ufeff"
MAX_DEPTH: Final = 12
_BREAK: Final = re.compile(r"\r\n?|\n")


class Lines:
    """The lines of one text: from offsets in code points to lines and columns."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._last = len(text.rstrip())
        self._starts = [0, *(match.end() for match in _BREAK.finditer(text))]

    def span(self, file: str, start: int, end: int) -> Span:
        """Return the span of `text[start:end]`; what lies behind the last line is shown at its end."""
        if start > self._last:
            start = end = self._last
        return Span(file, *self._position(start), *self._position(max(start, end)))

    def end_of_line(self, offset: int) -> int:
        """Return the offset of the line break that ends the line of `offset`, or of the end of the text."""
        line = bisect_right(self._starts, offset)
        if line == len(self._starts):
            return len(self.text)
        end = self._starts[line] - 1
        return end - 1 if self.text[end - 1 : end + 1] == "\r\n" else end

    def _position(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1


def without_hidden(text: str) -> str:
    """Replace every hidden character by a stand-in that the parser accepts, without moving any other."""
    return IN_FILE.sub(lambda match: STAND_IN * len(match[0]), text)


def spread_scalar(text: str, event: Event) -> Spread | None:
    """Map the characters of a scalar's value, hidden ones included, to offsets in the file's text."""
    begin = event.start_mark.index
    found = spread(text[begin : event.end_mark.index], event.style, event.value)
    return found and Spread([begin + at for at in found.starts], [begin + at for at in found.ends])


def _shown(text: str, event: Event) -> Spread:
    """Map what is shown of a scalar's value; nothing where the parser's value cannot be found in the text."""
    found = spread_scalar(text, event)
    if found is None or IN_VALUE.search(event.value) is None:
        return found or Spread([], [])
    shown = [i for i, character in enumerate(event.value) if not IN_VALUE.match(character)]
    return Spread([found.starts[i] for i in shown], [found.ends[i] for i in shown])


@dataclass(slots=True)
class _Node:
    start: int
    end: int
    scalar: Event | None = None
    shown: Spread | None = None  # of the scalar, without what is hidden; worked out where it is first asked for
    keys: dict[str, "_Node"] = field(default_factory=dict)
    values: dict[str | int, "_Node"] = field(default_factory=dict)


class _Layout:
    """One file, read again with the place of every node in it."""

    def __init__(self, file: str, text: str) -> None:
        self._file = file
        self._text = without_hidden(text.removeprefix(BOM))
        self._lines = Lines(self._text)
        self._root = self._compose() if file.endswith((".yaml", ".yml")) else None

    def span(self, place: Place) -> Span:
        if self._root is not None:
            start, end = self._offsets(self._root, place)
        elif place.start is not None and not self._file.endswith((".yaml", ".yml")):
            start, end = place.start, place.end or place.start
        else:
            start, end = 0, self._lines.end_of_line(0)
        return self._lines.span(self._file, start, end)

    def _offsets(self, root: _Node, place: Place) -> tuple[int, int]:
        node, key, is_found = _descend(root, place.path)
        target = key if place.on_key or not is_found else node
        if target is None or node is root:  # nothing has a key here: show the first line of the item
            return node.start, max(node.start, min(node.end, self._lines.end_of_line(node.start)))
        if is_found and place.start is not None and target.scalar is not None:
            return self._inside(target, place.start, place.end)
        if target.start == target.end:  # an empty value: its key, or the dash of its list
            return (key.start, key.end) if key else (max(0, target.start - 1), target.end)
        return target.start, target.end

    def _inside(self, node: _Node, start: int, end: int | None) -> tuple[int, int]:
        if node.shown is None:  # once for all the problems in it: a scalar may be long, and full of them
            node.shown = _shown(self._text, node.scalar) if node.scalar else Spread([], [])
        starts, ends = node.shown
        if not starts:
            return node.start, node.end
        if start >= len(starts):
            return node.end, node.end
        return starts[start], ends[min(end, len(ends)) - 1] if end and end > start else starts[start]

    def _compose(self) -> _Node | None:
        following = events(self._text)
        try:
            following()  # the start of the stream
            if following().__class__ is STREAM_END:
                return None
            root = following()
            return self._node(following, root, 1) if root.__class__ is MAPPING_START else None
        except YAMLError:
            return None

    def _node(self, following: Callable[[], Event], event: Event, depth: int) -> _Node:
        if event.__class__ is SCALAR:
            return self._scalar(event)
        if depth > MAX_DEPTH:
            raise YAMLError
        node = _Node(event.start_mark.index, event.end_mark.index)
        if event.__class__ is MAPPING_START:
            self._mapping(following, node, event, depth)
        elif event.__class__ is SEQUENCE_START:
            self._sequence(following, node, event, depth)
        return node

    def _mapping(self, following: Callable[[], Event], node: _Node, opening: Event, depth: int) -> None:
        while (event := following()).__class__ is not MAPPING_END:
            key = self._node(following, event, depth + 1)
            value = self._node(following, following(), depth + 1)
            name = IN_VALUE.sub("", key.scalar.value) if key.scalar else ""
            if name not in node.keys:
                node.keys[name], node.values[name] = key, value
            node.end = max(key.end, value.end)
        if opening.flow_style:
            node.end = event.end_mark.index

    def _sequence(self, following: Callable[[], Event], node: _Node, opening: Event, depth: int) -> None:
        while (event := following()).__class__ is not SEQUENCE_END:
            node.values[len(node.values)] = value = self._node(following, event, depth + 1)
            node.end = value.end
        if opening.flow_style:
            node.end = event.end_mark.index

    def _scalar(self, event: Event) -> _Node:
        start, end = event.start_mark.index, event.end_mark.index
        if event.style in ("|", ">"):
            found = spread_scalar(self._text, event)
            count = len(event.value.rstrip())
            if found and count:  # the words, without the indicator and the line breaks around them
                first = len(event.value) - len(event.value.lstrip("\n"))
                return _Node(found.starts[first], found.ends[count - 1], event)
            end = self._lines.end_of_line(start)
        return _Node(start, end, event)


def _descend(root: _Node, path: Path) -> tuple[_Node, _Node | None, bool]:
    """Follow `path` as far as it goes; return the node, its key if it has one, and whether it is the end."""
    node, key = root, None
    for step in path:
        child = node.values.get(step)
        if child is None:
            return node, key, False
        node, key = child, node.keys.get(step) if isinstance(step, str) else None
    return node, key, True


def locate(diagnostics: Iterable[Diagnostic], texts: Mapping[str, str]) -> tuple[Diagnostic, ...]:
    """Turn every place, in related ones too, into a span; order and number stay.

    A path that does not exist is shown at the key of its nearest parent, the entry itself at its first line.
    A file that is not in `texts` is shown at line 1; in one that is no YAML, `start` and `end` count from its
    beginning.
    """
    layouts: dict[str, _Layout] = {}

    def span(at: Span | Place) -> Span:
        if isinstance(at, Span):
            return at
        if at.file not in texts:
            return Span(at.file, 1, 1, 1, 1)
        if at.file not in layouts:
            layouts[at.file] = _Layout(at.file, texts[at.file])
        return layouts[at.file].span(at)

    def located(one: Diagnostic) -> Diagnostic:
        related = tuple(Related(other.message, span(other.at)) for other in one.related)
        return replace(one, at=span(one.at), related=related)

    return tuple(located(one) for one in diagnostics)
