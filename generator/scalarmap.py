"""Where each character of a YAML scalar's value stands in the text of its file.

Comes in: the raw text of one scalar, its style and its value as the parser decoded it. Goes out: a start
and an end for every character of the value. Knows neither trees nor files; follows the scanner of libyaml.
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

_BREAK: Final = re.compile(r"\r\n?|\n")
_BLANKS: Final = r"[ \t\r\n]+"
_HEX: Final = "[0-9a-fA-F]"
_TOKENS: Final = {
    "": re.compile(rf"{_BLANKS}|[^ \t\r\n]"),
    "'": re.compile(rf"''|{_BLANKS}|[^ \t\r\n]"),
    '"': re.compile(rf"\\(?:[\r\n][ \t\r\n]*|x{_HEX}{{2}}|u{_HEX}{{4}}|U{_HEX}{{8}}|.)|{_BLANKS}|[^ \t\r\n]"),
}
_ESCAPES: Final = dict(zip("0abt\tnvfreN_LP", "\0\a\b\t\t\n\v\f\r\x1b\x85\xa0\u2028\u2029", strict=True))


class Spread(NamedTuple):
    """For the character `i` of a value, the raw text from `starts[i]` to `ends[i]`; as long as the value."""

    starts: list[int]
    ends: list[int]


class _Piece(NamedTuple):
    character: str
    start: int
    end: int


def spread(raw: str, style: str, value: str) -> Spread | None:
    """Map every character of `value` to `raw`, which begins at the quotation mark or the block indicator.

    `style` is one of the parser's: empty, `'`, `"`, `|`, `>`. None when the two do not belong together.
    """
    if style in ("|", ">"):
        pieces = list(_block(raw, _indent(raw, value), folded=style == ">"))[: len(value)]
    else:
        quotes = len(style)
        pieces = list(_flow(raw[: len(raw) - quotes], style, quotes))
    if "".join(piece.character for piece in pieces) != value:
        return None
    return Spread([piece.start for piece in pieces], [piece.end for piece in pieces])


def _flow(raw: str, style: str, begin: int) -> Iterator[_Piece]:
    for match in _TOKENS[style].finditer(raw, begin):
        token, start, end = match[0], match.start(), match.end()
        if token[0] in " \t\r\n":
            yield from _folded(token, start)
        elif token[0] == "\\" and style == '"':
            yield from _escaped(token, start)
        else:
            yield _Piece(token[0], start, end)


def _folded(blanks: str, start: int) -> Iterator[_Piece]:
    """One line break is a space, n are n - 1 breaks; blanks without a break stand for themselves."""
    breaks = list(_BREAK.finditer(blanks))
    if not breaks:
        yield from (_Piece(blank, start + i, start + i + 1) for i, blank in enumerate(blanks))
    elif len(breaks) == 1:
        yield _Piece(" ", start, start + len(blanks))
    for match in breaks[1:]:
        yield _Piece("\n", start + match.start(), start + match.end())


def _escaped(token: str, start: int) -> Iterator[_Piece]:
    if token[1] in "\r\n":  # an escaped line break is nothing, further ones are themselves
        for match in list(_BREAK.finditer(token))[1:]:
            yield _Piece("\n", start + match.start(), start + match.end())
        return
    letter, digits = token[1], token[2:]
    decoded = chr(int(digits, 16)) if digits else _ESCAPES.get(letter, letter)
    yield _Piece(decoded, start, start + len(token))


def _indent(raw: str, value: str) -> int:
    """Find how far a block's lines are indented, by comparing the first visible line of both."""
    if not value.strip("\n"):  # no line has anything but indentation
        return len(raw)
    header = _BREAK.search(raw)
    body = raw[header.end() :] if header else ""
    return _leading_spaces(body) - _leading_spaces(value)


def _leading_spaces(text: str) -> int:
    visible = re.search(r"[^ \r\n]", text)
    at = visible.start() if visible else len(text)
    return at - 1 - max(text.rfind("\n", 0, at), text.rfind("\r", 0, at))


def _block(raw: str, indent: int, *, folded: bool) -> Iterator[_Piece]:
    """Walk the lines of a block scalar as libyaml does; chomping is left to the caller, who cuts the end."""
    held: list[_Piece] = []  # line breaks whose fate the next line decides
    broken = False  # whether the first held break ends a line that may be folded into the next
    for start, end, after in _lines(raw):
        begin = start + _spaces(raw, start, min(end, start + indent))
        if begin == end:
            held.append(_Piece("\n", end, after))
            continue
        is_blank = raw[begin] in " \t"
        if folded and broken and not is_blank:
            held = held[1:] or [held[0]._replace(character=" ")]
        yield from held
        yield from (_Piece(raw[i], i, i + 1) for i in range(begin, end))
        held = [_Piece("\n", end, after)]
        broken = not is_blank
    yield from held


def _lines(raw: str) -> Iterator[tuple[int, int, int]]:
    """Give begin, end and begin of the next of every line after the header; an empty last one is none."""
    start = -1
    for match in _BREAK.finditer(raw):
        if start >= 0:
            yield start, match.start(), match.end()
        start = match.end()
    if 0 <= start < len(raw):
        yield start, len(raw), len(raw)


def _spaces(raw: str, start: int, limit: int) -> int:
    count = 0
    while start + count < limit and raw[start + count] == " ":
        count += 1
    return count
