"""The values that prose is read into: blocks of inline nodes, and problems; no behaviour.

Every offset counts code points of the text that was read.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """A stretch of the text exactly as written, line breaks included; `start` is its offset."""

    text: str
    start: int


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Emphasised text (`*…*`, `_…_`), strongly so (`**…**`, `__…__`) if `strong`."""

    strong: bool
    children: "tuple[Inline, ...]"


@dataclass(frozen=True, slots=True)
class Link:
    """A link to another site; `url` begins with http:, https: or mailto: and holds no white space."""

    url: str
    children: "tuple[Inline, ...]"


@dataclass(frozen=True, slots=True)
class EntryRef:
    """`[[id]]` or `[[id|label]]`; `start` and `end` take in the brackets. The id is well formed."""

    id: str
    label: str | None
    start: int
    end: int


Inline = Text | Emphasis | Link | EntryRef


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    inlines: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of one level; an ordered one counts from 1."""

    ordered: bool
    items: tuple[tuple[Inline, ...], ...]


Block = Paragraph | Listing


@dataclass(frozen=True, slots=True)
class Problem:
    """Something outside the subset: where it stands, what it is, what to write instead."""

    start: int
    end: int
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a text says, and what is wrong with it, in the order of the text."""

    blocks: tuple[Block, ...]
    problems: tuple[Problem, ...] = ()
