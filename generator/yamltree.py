"""The text of a YAML file becomes a tree of mappings, lists and texts; their meaning is the schema's.

Comes in: the text of one file. Goes out: its tree, in file order, and what is wrong with the YAML itself.
The tree keeps no positions; `locate` works them out for the few places that need one. Walks the parser's
events with a bounded depth, so that no input exhausts the stack or expands. Knows no kind and no file
system.
"""

import re
from collections.abc import Iterable
from typing import Final, TypeAlias

from yaml import MarkedYAMLError

from generator.diagnostics import MAX_TOLD, Diagnostic, Related, Span
from generator.hidden import IN_FILE, IN_VALUE, STAND_IN, described, is_clean
from generator.positions import BOM, MAX_DEPTH, Lines, locate, spread_scalar, without_hidden
from generator.yamlevents import (
    ALIAS,
    MAPPING_END,
    MAPPING_START,
    SCALAR,
    SEQUENCE_END,
    STREAM_END,
    Event,
    events,
)
from generator.yamlsyntax import explain

__all__ = ["MAX_BYTES", "MAX_DEPTH", "MAX_FIELD", "Tree", "locate", "parse"]

Tree: TypeAlias = "dict[str, Tree] | list[Tree] | str | None"

MAX_BYTES: Final = 256 * 1024
MAX_FIELD: Final = 20_000  # code points

_NULLS: Final = frozenset(("", "~", "null", "Null", "NULL"))
# A file without these signs and shorter than a field may be has no anchor, tag, hidden character, long text; without
# a # that no blank follows it has no text that goes on behind what YAML takes for the beginning of a comment.
_SUSPICIOUS: Final = ("\\", "!", "&", STAND_IN)
_may_cut_off: Final = re.compile(r"[ \t]#[^\s#]").search
_cut_off: Final = re.compile(r"[ \t]+(#[^\s#][^\r\n]*)").match
# What makes the parser stumble over the rest of the line.
_MISREAD: Final = ("anchor-or-alias", "yaml-tag", "text-cut-off", "bad-key")
_WRITE_KEYS: Final = "write each line as “key: value”, with a blank after the colon"
_QUOTE_IT: Final = 'if it is part of the text, put the text between double quotes: "…"'


def parse(text: str, file: str) -> tuple[dict[str, Tree] | None, tuple[Diagnostic, ...]]:
    """Return the mapping that a file holds and its faults, located and in order of place.

    Every scalar is a `str` as written, except the plain null of YAML 1.2; one with an anchor, a tag or a comment that
    cuts it off is left out. None where no tree could be
    read or where it would mislead (an alias, a syntax error); of a duplicate key the first one counts, and
    hidden characters are left out of the values. Never raises.
    """
    text = text.removeprefix(BOM)
    hidden = () if is_clean(text) else tuple(IN_FILE.finditer(text))
    walk = _Walk(without_hidden(text) if hidden else text, file)
    tree = walk.file(hidden)
    return tree, tuple(sorted(walk.faults, key=_place)) if walk.faults else ()


def _place(fault: Diagnostic) -> tuple[object, str]:
    return fault.at, fault.code


class _GiveUpError(Exception):
    """Ends the walk of a file that nobody could mean: nested too deep, or full of faults."""


class _Walk:
    """One file on its way from events to a tree, with the faults seen so far."""

    def __init__(self, text: str, file: str) -> None:
        self.faults: list[Diagnostic] = []
        self._text = text
        self._file = file
        self._lines: Lines | None = None
        self._next = events(text)
        self._is_harmless = (
            len(text) <= MAX_FIELD
            and not any(sign in text for sign in _SUSPICIOUS)
            and not ("#" in text and _may_cut_off(text))
        )
        self._is_sound = True
        self._run = (0, 0)
        self._doubled: set[str] = set()

    def file(self, hidden: Iterable[re.Match[str]]) -> dict[str, Tree] | None:
        """Read the file, of which `hidden` are the runs of hidden characters that were replaced."""
        try:
            for run in hidden:
                self._hidden(run[0], *run.span())
            tree = self._document_or_fault()
        except _GiveUpError:
            return None
        return tree if self._is_sound else None

    def _document_or_fault(self) -> dict[str, Tree] | None:
        try:
            return self._document()
        except MarkedYAMLError as error:
            slip = explain(self._text, error)
            last, at = self.faults[-1:], self._span(slip.extent)
            if not any(one.code in _MISREAD and isinstance(one.at, Span) and one.at.line == at.line for one in last):
                self._fault(slip.code, slip.extent, slip.message, slip.hint)
            return None

    def _document(self) -> dict[str, Tree] | None:
        self._next()
        event = self._next()
        if event.__class__ is STREAM_END:
            self._fault("not-a-mapping", (0, 0), "the file is empty", _WRITE_KEYS)
            return None
        if event.version or event.tags:
            message = "a line that begins with % is an instruction to the parser"
            self._fault("yaml-tag", self._rest_of_line(event), message, "delete the line")
        event = self._next()
        tree = self._value(event, 1)
        self._next()
        end = self._next()
        if end.__class__ is not STREAM_END:
            hint = "one file is one entry: move it to its own file, or delete the ---"
            self._fault("several-documents", _extent(end), "a second document begins here", hint)
        if isinstance(tree, dict):
            return tree
        if self._is_sound:
            message = "the file does not consist of keys and values"
            self._fault("not-a-mapping", self._rest_of_line(event), message, _WRITE_KEYS)
        return None

    def _value(self, event: Event, depth: int) -> Tree:
        if event.__class__ is SCALAR:
            return self._scalar(event)
        if event.__class__ is ALIAS:
            self._alias(event)
            return None
        if depth > MAX_DEPTH:
            self._fault("too-deep", _extent(event), f"nesting deeper than {MAX_DEPTH} levels", _QUOTE_IT)
            raise _GiveUpError
        if event.anchor is not None or event.tag is not None:
            self._properties(event)
        if event.__class__ is MAPPING_START:
            return self._mapping(depth)
        items: list[Tree] = []
        while (item := self._next()).__class__ is not SEQUENCE_END:
            items.append(self._scalar(item) if item.__class__ is SCALAR else self._value(item, depth + 1))
        return items

    def _mapping(self, depth: int) -> dict[str, Tree]:
        tree: dict[str, Tree] = {}
        first: dict[str, Event] = {}
        following, scalar = self._next, self._scalar
        while (event := following()).__class__ is not MAPPING_END:
            key = scalar(event) if event.__class__ is SCALAR else self._value(event, depth + 1)
            inner = following()
            value = scalar(inner) if inner.__class__ is SCALAR else self._value(inner, depth + 1)
            if not isinstance(key, str) or not key or key == "<<" or "\n" in key:
                self._bad_key(event, key)
            elif key in tree:
                self._duplicate(key, event, first)
            else:
                tree[key] = value
                first[key] = event
        return tree

    def _bad_key(self, event: Event, key: Tree) -> None:
        if key == "<<" and event.style == "":
            self._is_sound = False
            message = "<< would merge another mapping into this one"
            self._fault("anchor-or-alias", _extent(event), message, "write out the keys and values")
        elif event.__class__ is not ALIAS:
            self._is_sound &= event.__class__ is SCALAR  # {{ x }} for a text: the value is no mapping either
            self._fault("bad-key", _extent(event), "a key must be one line of text", _QUOTE_IT)

    def _duplicate(self, key: str, event: Event, first: dict[str, Event]) -> None:
        run = (id(first), len(first))  # keys that follow each other: an item of a list without its hyphen
        if run != self._run:
            self._run, self._doubled = run, set()
        if not self._doubled or key in self._doubled:
            related = Related("it stands here first", self._span(_extent(first[key])))
            message = f"the key “{key}” stands twice"
            hint = "keep one of the two; where a new item of a list begins, write “- ” before it"
            self._fault("duplicate-key", _extent(event), message, hint, related)
        self._doubled.add(key)

    def _scalar(self, event: Event) -> str | None:
        value: str | None = event.value
        if value in _NULLS and event.style == "" and event.tag is None:
            value = None
        return value if self._is_harmless else self._checked(event, value)

    def _checked(self, event: Event, value: str | None) -> str | None:
        if event.anchor is not None or event.tag is not None:
            self._properties(event)
            self._is_sound &= bool(event.value)  # else the whole text was taken for the anchor's or tag's name
            return None  # nobody knows what it would say without them
        if event.style == "" and (cut := _cut_off(self._text, event.end_mark.index)):
            message = "a # with a blank before it begins a comment, so the text ends before it"
            hint = f"{_QUOTE_IT}; in a comment, write a blank after the #"
            self._fault("text-cut-off", cut.span(1), message, hint)
            return None
        if value is None or (value.isprintable() and len(value) <= MAX_FIELD):
            return value
        if len(value) > MAX_FIELD:
            message = f"this text has {len(value):,} characters; a field has at most {MAX_FIELD:,}"
            hint = "shorten it, or divide it among several fields"
            self._fault("field-too-long", _extent(event), message, hint)
        return self._revealed(event) if IN_VALUE.search(value) else value

    def _revealed(self, event: Event) -> str:
        """Return the value without hidden characters, and note those that come from an escape."""
        where = spread_scalar(self._text, event)
        for match in IN_VALUE.finditer(event.value) if where else ():
            for i in range(*match.span()):
                if where and self._text[where.starts[i]] == "\\":
                    self._hidden(event.value[i], where.starts[i], where.ends[i])
        return IN_VALUE.sub("", event.value)

    def _hidden(self, characters: str, start: int, end: int) -> None:
        hint = "delete it; type the text around it anew"
        self._fault("control-character", (start, end), described(characters), hint)

    def _properties(self, event: Event) -> None:
        start, end = _extent(event)
        extent = start, min(end, self._lined().end_of_line(start))
        if event.anchor is not None:
            message = f"&{event.anchor} is an anchor, which Dossier does not read"
            self._fault("anchor-or-alias", extent, message, _QUOTE_IT)
        if event.tag is not None:
            message = "a value that begins with ! has a YAML tag, which Dossier does not read"
            self._fault("yaml-tag", extent, message, _QUOTE_IT)

    def _alias(self, event: Event) -> None:
        self._is_sound = False
        message = f"*{event.anchor} is an alias, which Dossier does not read"
        self._fault("anchor-or-alias", _extent(event), message, _QUOTE_IT)

    def _fault(self, code: str, extent: tuple[int, int], message: str, hint: str, *related: Related) -> None:
        if len(self.faults) > MAX_TOLD:  # one more than is told, so that it can be told that there are more
            raise _GiveUpError
        self.faults.append(Diagnostic(code, message, self._span(extent), hint, related))

    def _span(self, extent: tuple[int, int]) -> Span:
        return self._lined().span(self._file, *extent)

    def _rest_of_line(self, event: Event) -> tuple[int, int]:
        start = event.start_mark.index
        return start, self._lined().end_of_line(start)

    def _lined(self) -> Lines:
        if self._lines is None:
            self._lines = Lines(self._text)
        return self._lines


def _extent(event: Event) -> tuple[int, int]:
    """Return where an event stands, at least one character wide."""
    start = event.start_mark.index
    return start, max(start + 1, event.end_mark.index)
