"""The prose of entries: a small subset of Markdown with references to other entries.

In comes the text of a field, out go blocks of inline nodes and the problems in it, both with offsets in code
points of that text. Everything outside the subset is a problem and stays in the nodes as plain text, so that
whoever shows them shows what was written. Must not know entries, languages or diagnostics. Linear in the
length of the text, whatever the text.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, Literal

from generator.inlines import MARKED, InlineReader
from generator.prosenodes import (
    Block,
    Emphasis,
    EntryRef,
    Inline,
    Link,
    Listing,
    Paragraph,
    Parsed,
    Problem,
    Text,
)

__all__ = [
    "Block",
    "Emphasis",
    "EntryRef",
    "Inline",
    "Link",
    "Listing",
    "Paragraph",
    "Parsed",
    "Problem",
    "Scanned",
    "Text",
    "parse_prose",
    "plain_text",
    "references",
    "scan_prose",
]

_LINE_MARKS: Final = frozenset("#>-+=|:!?/*_`~[0123456789")


@lru_cache(maxsize=2048)
def parse_prose(text: str) -> Parsed:
    """Read prose; remembered, as a text is checked, searched for references and shown in turn."""
    stripped = text.strip()
    start = 0 if stripped == text else text.find(stripped)
    if not stripped:
        return Parsed(())
    if start < _CODE_INDENT and stripped[0] not in _LINE_MARKS and "\n" not in stripped:
        if not MARKED.search(stripped):
            return Parsed((Paragraph((Text(stripped, start),)),))
        problems: list[Problem] = []
        inlines = InlineReader(text, problems).read(start, start + len(stripped))
        return Parsed((Paragraph(inlines),), tuple(problems))
    return _Blocks(text).read()


@dataclass(frozen=True, slots=True)
class Scanned:
    """What a check needs of a text: its references, in order, and what is wrong with it."""

    references: tuple[EntryRef, ...]
    problems: tuple[Problem, ...] = ()


_PLAIN_RUN: Final = r"[^\[\]*_<&`\\{~\n]*+"
_PLAIN_REF: Final = re.compile(
    r"\[\[((?![a-z0-9-]{81})[a-z0-9]+(?:-[a-z0-9]+)*)(?:\|[^\S\n]*+([^\[\]|*_<&`\\{~\n]*[^\s\[\]|*_<&`\\{~\n]))?\]\]"
)
_IS_PLAIN: Final = re.compile(
    rf"(?:(?=\[\[)|[^\W\d_]|[„“”‚‘’»«(]){_PLAIN_RUN}(?:{_PLAIN_REF.pattern}{_PLAIN_RUN})*+"
).fullmatch


@lru_cache(maxsize=256)
def scan_prose(text: str) -> Scanned:
    """Return what `parse_prose` finds, without its nodes: most texts are one paragraph with references."""
    if _IS_PLAIN(text):
        return Scanned(
            tuple(EntryRef(m[1], m[2], *m.span()) for m in _PLAIN_REF.finditer(text)) if "[[" in text else ()
        )
    parsed = parse_prose(text)
    found: list[EntryRef] = []
    for inlines in _runs(parsed.blocks):
        _collect(inlines, found)
    return Scanned(tuple(found), parsed.problems)


def references(text: str) -> tuple[EntryRef, ...]:
    """Return the references of a text, in its order."""
    return scan_prose(text).references


def plain_text(blocks: Iterable[Block], title_of: Callable[[str], str]) -> str:
    """Return the words, one line a paragraph or item; a reference without a label says `title_of(id)`."""
    return "\n".join(" ".join(_words(inlines, title_of).split()) for inlines in _runs(blocks))


def shortened(text: str, most: int) -> str:
    """Return a text in one line of at most `most` characters, cut between words."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    room = line[:most]
    words = room.rpartition(" ")[0].rstrip(" .,;:–—-(") or room[:-1]
    return f"{words}…"


def _runs(blocks: Iterable[Block]) -> Iterable[tuple[Inline, ...]]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.inlines
        else:
            yield from block.items


def _collect(inlines: Iterable[Inline], found: list[EntryRef]) -> None:
    for inline in inlines:
        if isinstance(inline, EntryRef):
            found.append(inline)
        elif isinstance(inline, Emphasis):
            _collect(inline.children, found)


def _words(inlines: Iterable[Inline], title_of: Callable[[str], str]) -> str:
    words = []
    for inline in inlines:
        match inline:
            case Text(text):
                words.append(text)
            case EntryRef(target, label):
                words.append(label or title_of(target))
            case Emphasis(children=children) | Link(children=children):
                words.append(_words(children, title_of))
    return "".join(words)


# Paragraphs and lists

_CODE_INDENT: Final = 4
_LINE: Final = re.compile(r"[^\n]+")
_ITEM: Final = re.compile(r"(?:[-*+]|([0-9]{1,9})\.)[ \t]+(?=\S)")
_LINE_RULES: Final = tuple(
    (re.compile(pattern), message, hint)
    for pattern, message, hint in (
        (
            r"\#{1,6}[ \t]",
            "Headings are not part of this Markdown.",
            "Leave the # out, or use **strong** text.",
        ),
        (
            r"={2,}[ \t]*$|([-*_])(?:[ \t]*\1)+[ \t]*$",
            "A line of signs.",
            "Separate paragraphs by an empty line.",
        ),
        (r">[ \t]?\S", "Block quotes are not part of this Markdown.", "Quotes belong into the evidence."),
        (r"`{3}|~{3}", "Code is not part of this Markdown.", "Leave the ``` or ~~~ out."),
        (
            r"\||:?-+:?[ \t]*\|[-:| \t]*$",
            "Tables are not part of this Markdown.",
            "Use a list or a sentence.",
        ),
        (r"(?:!!!|\?\?\?\+?|:::|///)[ \t]*\w", "Boxes are not part of this Markdown.", "Write a paragraph."),
        (r":[ \t]+\S", "Definition lists are not part of this Markdown.", "Write a list with “- ”."),
        (
            r"\*?\[[^\[\]]+\]:",
            "Definitions of links are not part of this Markdown.",
            "Write [text](https://…).",
        ),
    )
)


@dataclass(slots=True)
class _Open:
    """A block that may go on: where it and its first item start, and its items (none: a paragraph)."""

    start: int
    end: int
    kind: Literal["paragraph", "bullets", "numbers"] = "paragraph"
    indent: int = 0
    marker: int = 0
    items: list[tuple[int, int]] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)


class _Blocks:
    """Reads a whole text."""

    __slots__ = ("_blocks", "_inlines", "_open", "_problems", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._problems: list[Problem] = []
        self._inlines = InlineReader(text, self._problems)
        self._blocks: list[Block] = []
        self._open: _Open | None = None

    def read(self) -> Parsed:
        last = 0
        for line in _LINE.finditer(self._text):
            content = line[0].strip()
            if not content:
                continue
            start = line.start() + line[0].find(content)
            indent = len(line[0][: start - line.start()].expandtabs(_CODE_INDENT))
            after_gap = self._text.count("\n", last, line.start()) > 1
            self._line(start, start + len(content), indent, after_gap=after_gap)
            last = line.end()
        self._flush()
        return Parsed(tuple(self._blocks), tuple(sorted(self._problems, key=lambda problem: problem.start)))

    def _line(self, start: int, end: int, indent: int, *, after_gap: bool) -> None:
        item = _ITEM.match(self._text, start, end)
        is_rule = self._check_line(start, end)
        block = self._open
        if block is not None and block.items:
            self._line_in_list(start, end, indent, None if is_rule else item, after_gap=after_gap)
            return
        if after_gap:
            self._flush()
            block = None
        if item and not is_rule and int(item[1] or 1) == 1:
            if not item[1]:
                self._flush()
            self._begin(item, end, indent)
        elif block is None:
            if indent >= _CODE_INDENT:
                self._problem(start, end, "An indented paragraph.", "Begin it where the other lines begin.")
            self._open = _Open(start, end)
        else:
            block.end = end

    def _line_in_list(self, start: int, end: int, indent: int, item: re.Match[str] | None, *, after_gap: bool) -> None:
        block = self._open
        assert block is not None  # noqa: S101 - the caller knows
        is_deeper = indent > block.indent + 1
        if item and not is_deeper and self._goes_on(item, block, after_gap=after_gap):
            block.items.append((item.end(), end))
            block.end = end
            return
        if is_deeper and (item and not item[1]):
            self._problem(start, end, "A list within a list.", "Write one list, or several sentences.")
        elif is_deeper and after_gap:
            self._problem(start, end, "A second paragraph in an item.", "Write one paragraph an item.")
        elif after_gap or (item and not item[1]):
            self._flush()
            self._line(start, end, indent, after_gap=False)
            return
        block.items[-1] = (block.items[-1][0], end)
        block.end = end

    def _goes_on(self, item: re.Match[str], block: _Open, *, after_gap: bool) -> bool:
        if block.kind == "bullets":
            return not item[1]
        if not item[1]:
            return False
        number, last = int(item[1]), block.numbers[-1]
        if number == last + 1 or number == last == 1:
            block.numbers.append(number)
            return True
        if len(block.items) > 1 and not after_gap:
            hint = f"Write {last + 1}., or move the number away from the beginning of the line."
            self._problem(item.start(), item.end(), f"“{number}.” follows “{last}.” in a list.", hint)
        return False

    def _begin(self, item: re.Match[str], end: int, indent: int) -> None:
        """Begin a list; a numbered one keeps the paragraph before it, for it may prove to be a sentence."""
        before, start = self._open, item.start()
        if before is not None:
            start = before.start
        self._open = _Open(start, end, "numbers" if item[1] else "bullets", indent, item.start())
        self._open.items.append((item.end(), end))
        self._open.numbers.append(int(item[1] or 0))

    def _flush(self) -> None:
        block, self._open = self._open, None
        if block is None:
            return
        read = self._inlines.read
        if block.kind == "bullets":
            self._blocks.append(Listing(ordered=False, items=tuple(read(*item) for item in block.items)))
        elif block.kind == "paragraph" or len(block.items) == 1:
            # “1. März 2024 …” is no list: one item alone is a sentence that begins with a number.
            self._blocks.append(Paragraph(read(block.start, block.end)))
        else:
            self._numbered(block)

    def _numbered(self, block: _Open) -> None:
        before = self._text[block.start : block.marker].rstrip()
        if before:
            self._blocks.append(Paragraph(self._inlines.read(block.start, block.start + len(before))))
        items = tuple(self._inlines.read(*item) for item in block.items)
        self._blocks.append(Listing(ordered=True, items=items))

    def _check_line(self, start: int, end: int) -> bool:
        """Report a line that is a block of another kind; whether it is no item either."""
        if self._text[start] not in _LINE_MARKS:
            return False
        for pattern, message, hint in _LINE_RULES:
            if pattern.match(self._text, start, end):
                self._problem(start, end, message, hint)
                return True
        return False

    def _problem(self, start: int, end: int, message: str, hint: str) -> None:
        """Report a line, or more lines of what the last problem reported: a table is one problem."""
        if self._problems and (last := self._problems[-1]).message == message:
            between = self._text[last.end : start]
            if between.isspace() and between.count("\n") == 1:
                start = last.start
                self._problems.pop()
        self._problems.append(Problem(start, end, message, hint))
