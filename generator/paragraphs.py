"""A raw text in, its paragraphs out: white space folded, each told as heading, item of a list or running text.

A line is a paragraph, as texts saved from the web have it; in a hard-wrapped file blank lines separate them.
Knows neither sentences nor sources.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, Literal, NamedTuple

ParagraphKind = Literal["heading", "item", "text"]

MAX_WRAPPED: Final = 100
MAX_HEADING: Final = 120
_MIN_CONTINUED: Final = 40  # a shorter line that ends in mid-sentence is more likely a heading than a wrapped line
_LINE_BREAK: Final = re.compile(r"\r\n|[\r\n]")
_BULLET: Final = re.compile(r"\s*(?:[-–—*•·‣▪◦○●■]|\d{1,2}\)|[a-z]\))\s+\S")
_CLOSED: Final = re.compile(r"[.!?…:;,]['\"”’“‘»«)\]]*\s*\Z")
_QUESTION: Final = re.compile(r"[^.!?…]*\?['\"”’“‘»«)\]]*\s*\Z")


class Piece(NamedTuple):
    """One paragraph, as it stands in the normalised text."""

    text: str
    kind: ParagraphKind


def split_paragraphs(text: str) -> tuple[Piece, ...]:
    """Return the paragraphs in order, none empty; joined with single spaces they are the whole text, folded."""
    lines = _LINE_BREAK.split(text)
    blocks = list(_blocks(lines) if _is_hard_wrapped(lines) else ([line] for line in lines if line.strip()))
    last = len(blocks) - 1
    return tuple(
        Piece(" ".join(" ".join(block).split()), _kind(block, is_last=last > 0 and index == last))
        for index, block in enumerate(blocks)
    )


def _is_hard_wrapped(lines: Sequence[str]) -> bool:
    """Tell by the neighbours: in a hard-wrapped file most lines with a next one break off in mid-sentence."""
    if any(len(line) > MAX_WRAPPED for line in lines):
        return False
    neighbours = [(line, after) for line, after in pairwise(lines) if line.strip() and after.strip()]
    continued = sum(
        len(line) >= _MIN_CONTINUED and _CLOSED.search(line[-5:]) is None and _BULLET.match(after) is None
        for line, after in neighbours
    )
    return continued * 2 > len(neighbours)


def _blocks(lines: Sequence[str]) -> Iterator[list[str]]:
    """Gather the lines between blank ones; a bullet begins a paragraph of its own."""
    block: list[str] = []
    for line in lines:
        if block and (not line.strip() or _BULLET.match(line)):
            yield block
            block = []
        if line.strip():
            block.append(line)
    if block:
        yield block


def _kind(block: Sequence[str], *, is_last: bool) -> ParagraphKind:
    line = block[0]
    if _BULLET.match(line):
        return "item"
    # The last paragraph heads nothing. Headlines like to end in a question mark, nothing else closes one.
    is_short = len(block) == 1 and len(line) <= MAX_HEADING and not is_last
    is_open = _CLOSED.search(line) is None or _QUESTION.match(line) is not None
    return "heading" if is_short and is_open and any(map(str.isalpha, line)) else "text"
