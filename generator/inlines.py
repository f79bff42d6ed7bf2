"""Running text, read into inline nodes: emphasis, links, references, and problems where it is something else.

In comes a text with the bounds of a paragraph or item, out go its nodes. Must not know blocks, entries or
diagnostics. Linear in the length, whatever the text.
"""

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from html.entities import html5
from typing import Final

from generator.prosenodes import Emphasis, EntryRef, Inline, Link, Problem, Text

ID: Final = re.compile(r"(?=.{1,80}\Z)[a-z0-9]+(?:-[a-z0-9]+)*")
MARKED: Final = re.compile(r"[*_\[\]<&`\\{~]")

# Possessive quantifiers, and classes that stop at the character that begins the construct, keep this linear.
_TOKEN: Final = re.compile(
    r"""
    \[\[ (?P<ref>[^\[\]|\n]*+) (?: \| (?P<label>[^\[\]]*+) )? \]\]
  | (?P<open> \[\[ (?!\[) )
  | (?P<footnote> \[\^ [^\[\]\s]++ \] )
  | (?P<single> \[ [a-z0-9]++ (?: - [a-z0-9]++ )*+ (?: \| [^\[\]]*+ )? \]\] )
  | \[ (?P<link> [^\[\]]*+ ) \]\(
  | (?P<dangling> \]\( )
  | (?P<emphasis> \*++ | _++ )
  | (?P<tag> < (?: !-- | [A-Za-z/!?] [^<>]*+ > ) )
  | (?P<code> (?<!`) `++ [^`\n]++ ` )
  | (?P<entity> & (?: \#[0-9]{1,7} | \#[xX][0-9A-Fa-f]{1,6} | [A-Za-z][A-Za-z0-9]{1,31} ) ; )
  | (?P<escape> \\ [!-/:-@\[-`{-~] )
  | (?P<braces> \{ [:\#.%{] [^{}\n]*+ \}{0,2} )
  | (?P<strike> ~~ (?=[^\s~]) )
    """,
    re.VERBOSE,
)
_ADDRESS: Final = re.compile(r"([^()\s]*+ (?: \( [^()\s]*+ \) [^()\s]*+ )*+) \)", re.VERBOSE)
_TAIL: Final = re.compile(r"[^()\[\]\n]{0,200}+\)?")
_URL: Final = re.compile(
    r"""
    https?:// [^\W_] [\w-]*+ (?: \. [\w-]++ )*+ \.? (?: :[0-9]{1,5} )? (?: [/?\#] .* )?
  | mailto: [\w.!\#$%&'*+/=?~-]++ @ [\w.-]++ (?: \? .* )?
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_NOT_IN_URL: Final = re.compile(r"[\[\]<>\"\\^`{|}\s]")
_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")

_HINTS: Final = {
    "open": ("“[[” without a matching “]]”.", "Write [[id]] or [[id|text]]."),
    "single": ("“]]” without a matching “[[”.", "Write [[id]] or [[id|text]]."),
    "footnote": (
        "Footnotes are not part of this Markdown.",
        "Say it in the text, or put it into the evidence.",
    ),
    "dangling": (
        "The text of a link holds brackets.",
        "Write [text](https://…) without brackets or links inside.",
    ),
    "tag": ("HTML is not part of this Markdown.", "Leave the tag out; * and ** emphasise."),
    "autolink": ("An address in angle brackets.", "Write [text](https://…)."),
    "code": ("Code is not part of this Markdown.", "Leave the backticks out."),
    "escape": ("A backslash before a sign.", "Leave the backslash out; lone signs are shown as they are."),
    "braces": ("Attributes and templates in braces are not part of this Markdown.", "Leave the braces out."),
    "strike": ("Struck-out text is not part of this Markdown.", "Leave the ~~ out."),
    "image": ("Images are not part of this Markdown.", "Leave the image out."),
    "label": ("A reference or link without text.", "Write [[id]], [[id|text]] or [text](https://…)."),
    "part": ("A reference to a part of an entry.", "Write [[id]]; only whole entries can be named."),
}
_OPENERS: Final = {1: (1,), 2: (2,), 3: (2, 1)}
_Piece = tuple[int, int] | Emphasis | Link | EntryRef


@dataclass(slots=True)
class _Frame:
    """An emphasis that was opened: its mark, where it stands, and what came since."""

    mark: str
    at: int
    pieces: list[_Piece] = field(default_factory=list)


class InlineReader:
    """Reads stretches of one text; problems go into the list that it was given."""

    __slots__ = ("_frames", "_problems", "_text")

    def __init__(self, text: str, problems: list[Problem]) -> None:
        self._text = text
        self._problems = problems
        self._frames: list[_Frame] = []

    def read(self, start: int, end: int) -> tuple[Inline, ...]:
        """Return the nodes of `text[start:end]`."""
        outer, self._frames = self._frames, [_Frame("", start)]
        text, here, plain = self._text, start, start
        while found := MARKED.search(text, here, end):
            at = here = found.start()
            token = _TOKEN.match(text, at, end)
            if token is None:
                here = at + 1
                continue
            here, piece = self._token(token, start, end)
            if piece is not None or token.lastgroup == "emphasis":
                _add_text(self._frames[-1].pieces, plain, at)
                plain = here
                if piece is not None:
                    self._frames[-1].pieces.append(piece)
                else:
                    self._emphasis(at, here, start, end)
        _add_text(self._frames[-1].pieces, plain, end)
        while len(self._frames) > 1:
            self._give_up()
        inlines = self._finished(self._frames[0].pieces)
        self._frames = outer
        return inlines

    def _token(self, token: re.Match[str], start: int, end: int) -> tuple[int, _Piece | None]:
        """Return where to read on, and a node unless the token is text or a mark of emphasis."""
        at, after, kind = token.start(), token.end(), token.lastgroup or ""
        match kind:
            case "emphasis":
                return after, None
            case "ref" | "label":
                return after, self._reference(token)
            case "link":
                return self._link(token, start, end)
            case "entity" if token[0].lstrip("&").startswith("#") or token[0][1:] in html5:
                sign = html.unescape(token[0])
                said = f"Write the sign itself: {sign}" if sign.isprintable() else "Write the sign itself."
                self._report(at, after, f"“{token[0]}” is HTML.", said)
            case "entity":
                pass
            case "tag" if re.match(r"<(?:https?:|mailto:|[^\s<>/]+@)", token[0], re.IGNORECASE):
                self._known("autolink", at, after)
            case _:
                self._known(kind, at, after)
        return after, None

    def _reference(self, token: re.Match[str]) -> EntryRef | None:
        at, after, target, label = token.start(), token.end(), token["ref"], token["label"]
        if not ID.fullmatch(target):
            if "#" in target and ID.fullmatch(target.partition("#")[0]):
                self._known("part", at, after)
            else:
                hint = "An id is made of small letters a–z, digits and single hyphens, without spaces."
                self._report(at, after, f"“{target}” cannot be the id of an entry.", hint)
            return None
        if label is None:
            return EntryRef(target, None, at, after)
        if not label.strip():
            self._known("label", at, after)
            return None
        # What a label may not hold is reported; what it holds is shown as it is, without emphasis.
        InlineReader(self._text, self._problems).read(*token.span("label"))
        return EntryRef(target, label.strip(), at, after)

    def _link(self, token: re.Match[str], start: int, end: int) -> tuple[int, Link | None]:
        at, after = token.start(), token.end()
        address = _ADDRESS.match(self._text, after, end)
        if address is None:
            tail = _TAIL.match(self._text, after, end)
            after = tail.end() if tail else after
        else:
            after = address.end()
        if at > start and self._text[at - 1] == "!":
            self._known("image", at - 1, after)
        elif not token["link"].strip():
            self._known("label", at, after)
        elif address is None:
            hint = "Write [text](https://…) without spaces or a title in the address."
            self._report(at, after, "The address of a link does not end, or holds spaces.", hint)
        elif complaint := _wrong_with(address[1]):
            hint = "Write an address that begins with https://, http:// or mailto:; an entry is named by [[id]]."
            self._report(address.start(1), address.end(1), complaint, hint)
        else:
            children = self.read(*token.span("link"))
            return after, Link(address[1], children)
        return after, None

    def _emphasis(self, at: int, after: int, start: int, end: int) -> None:
        text = self._text
        before = text[at - 1] if at > start else " "
        behind = text[after] if after < end else " "
        # Unlike Markdown's, our stars mean nothing inside a word: German writes “Kolleg*innen”.
        if not before.isspace() and not behind.isalnum():
            while at < after and (depth := self._closed_by(text[at], after - at)):
                at += self._close(depth)
        if at == after:
            return
        sizes = _OPENERS.get(after - at, ())
        marks = [text[at] * size for size in sizes]
        if marks and not behind.isspace() and not before.isalnum() and not self._is_open(marks):
            for mark in marks:
                self._frames.append(_Frame(mark, at))
                at += len(mark)
        else:
            _add_text(self._frames[-1].pieces, at, after)

    def _is_open(self, marks: Sequence[str]) -> bool:
        return any(frame.mark in marks for frame in self._frames)

    def _closed_by(self, sign: str, length: int) -> int:
        """Return the index of the innermost frame that `length` signs can close, or 0."""
        for depth in range(len(self._frames) - 1, 0, -1):
            mark = self._frames[depth].mark
            if mark[0] == sign and len(mark) <= length:
                return depth
        return 0

    def _close(self, depth: int) -> int:
        while len(self._frames) - 1 > depth:
            self._give_up()
        frame = self._frames.pop()
        strong = len(frame.mark) > 1
        self._frames[-1].pieces.append(Emphasis(strong, self._finished(frame.pieces)))
        return len(frame.mark)

    def _give_up(self) -> None:
        """Turn the innermost frame, which nothing closes, into text."""
        frame = self._frames.pop()
        pieces = self._frames[-1].pieces
        _add_text(pieces, frame.at, frame.at + len(frame.mark))
        if frame.pieces and isinstance(first := frame.pieces[0], tuple):
            _add_text(pieces, *first)
            pieces.extend(frame.pieces[1:])
        else:
            pieces.extend(frame.pieces)

    def _finished(self, pieces: list[_Piece]) -> tuple[Inline, ...]:
        text = self._text
        return tuple(
            Text(text[piece[0] : piece[1]], piece[0]) if isinstance(piece, tuple) else piece for piece in pieces
        )

    def _known(self, kind: str, start: int, end: int) -> None:
        self._report(start, end, *_HINTS[kind])

    def _report(self, start: int, end: int, message: str, hint: str) -> None:
        self._problems.append(Problem(start, end, message, hint))


def _add_text(pieces: list[_Piece], start: int, end: int) -> None:
    """Append a stretch of text, joined with the one that it follows."""
    if start == end:
        return
    if pieces and isinstance(last := pieces[-1], tuple) and last[1] == start:
        pieces[-1] = (last[0], end)
    else:
        pieces.append((start, end))


def _wrong_with(url: str) -> str:
    scheme = _SCHEME.match(url)
    if scheme is None:
        return "The address of a link is not a whole one."
    if scheme[0].lower() not in ("https:", "http:", "mailto:"):
        return f"A link to “{scheme[0]}”."
    if _NOT_IN_URL.search(url) or not _URL.fullmatch(url):
        return "The address of a link is malformed."
    return ""
