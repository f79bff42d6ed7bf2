"""Slips of contributors that are proven by mending them: with the mend the parser gets further than without.

Comes in: the text of a file that is not valid YAML, and how far the parser came. Goes out: where the slip is, what is,
what to do. What merely looks like a slip (a dash that begins a line of a text) mends nothing and is not accused. Knows
no tree and no file.
"""

import re
from bisect import bisect_left
from collections import deque
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from yaml import YAMLError

from generator.lookalikes import BLANKS, HYPHENS, advice
from generator.yamlevents import STREAM_END, events

_BULLETS: Final = "•·●▪‣∙"
_OPENING, _CLOSING = "“„”«»", "“”«»"
_ITEM: Final = r"^[ ]*(?:- +)*"
_VALUE: Final = rf"(?:{_ITEM}|[:,{{\[] +)"  # what a value may follow
_VALUE_ENDS: Final = r"(?= *(?:$|[,}\]]))"
_MOST: Final = 200  # slips of one sort that are looked at, the nearest ones
_USE_QUOTES: Final = 'put the text between double quotes: "…"'
_USE_SIGNS: Final = 'type the plain quotation mark of the keyboard, ", where the text begins and where it ends'


class Proven(NamedTuple):
    """A slip that a mend has proven: offsets of start and end, what is, what to do."""

    extent: tuple[int, int]
    message: str
    hint: str


class _Mend(NamedTuple):
    """A slip and its mend: the group “at” of the pattern is what is shown and replaced; {} stands for it."""

    pattern: re.Pattern[str]
    mended: Callable[[str], str]
    message: str
    hint: str


def _mend(pattern: str, mended: Callable[[str], str], message: str, hint: str) -> _Mend:
    return _Mend(re.compile(pattern, re.MULTILINE), mended, message, hint)


def _same(sign: str) -> Callable[[str], str]:
    return lambda _found: sign


def _quoted(found: str) -> str:
    inner = found.strip(_OPENING + _CLOSING + '"').replace("\\", "").replace('"', "")
    return f'"{inner}"'


# What is certain first. The texts between quotation marks come before what may stand in them.
_MENDS: Final = (
    _mend(
        r"(?P<at>^(?:<{7}|={7}|>{7}|\|{7})(?: .*)?$)",
        _same("#"),
        "Git left this line here: it could not put two versions of the file together",
        "keep what is right of both versions, and delete the lines that begin with <<<<<<<, ======= and >>>>>>>",
    ),
    _mend(
        r"^[ ]*(?P<at>(?:`{3,}|~{3,})\w*)[ ]*$",
        _same("#"),
        "{} stands around the lines of a file in a chat or on a page, not in the file",
        "delete the lines that begin with it",
    ),
    _mend(
        rf"(?:^|[,{{\[:-])[ ]*(?P<at>[{BLANKS}][{BLANKS} ]*)",
        lambda found: " " * len(found),
        "an invisible character stands where a blank belongs",
        "",
    ),
    _mend(
        rf"{_ITEM}(?P<at>[{HYPHENS}{_BULLETS}*+]|[0-9]{{1,3}}[.)])(?= )",
        _same("-"),
        "an item of a list begins with a hyphen, and {} is none",
        "write “- ” before the item",
    ),
    _mend(
        rf"{_ITEM}(?P<at>-)(?=[^\s-])",
        _same("- "),
        "after the hyphen of an item a blank is missing",
        "write “- ” before the item",
    ),
    _mend(
        rf"{_ITEM}(?P<at>[\w-]+:)(?=[^\s/:])",
        lambda found: f"{found} ",
        "after the colon of a key a blank is missing",
        "write a blank after the colon",
    ),
    _mend(
        rf"{_ITEM}[\w-]+ *(?P<at>[\uff1a\ufe55\ua789;=]) *(?=\S|$)",
        _same(": "),
        "after a key stands a colon, and {} is none",
        "write a colon and a blank",
    ),
    _mend(
        rf"{_VALUE}(?P<at>[{_OPENING}][^\"\n]{{0,500}}[{_CLOSING}]){_VALUE_ENDS}",
        _quoted,
        "the quotation marks around this text are not those that YAML knows",
        _USE_SIGNS,
    ),
    _mend(
        rf"{_VALUE}(?P<at>[{_OPENING}][^\"\n]{{0,500}}\"){_VALUE_ENDS}",
        _quoted,
        "this text does not begin with the quotation mark that it ends with",
        _USE_SIGNS,
    ),
    _mend(
        rf"{_VALUE}(?P<at>\"[^\"\n]{{0,500}}[{_CLOSING}]){_VALUE_ENDS}",
        _quoted,
        "this text does not end with the quotation mark that it begins with",
        _USE_SIGNS,
    ),
    _mend(
        r"[\"'\w](?P<at>,) *$",
        _same(""),
        "a comma stands behind the value",
        "delete the comma",
    ),
    _mend(
        r"(?P<at>;)(?= *[\w-]+: )",
        _same(","),
        "between two keys in braces stands a comma, and ; is none",
        "write a comma",
    ),
    _mend(
        r"[{,\[] *(?:[\w-]+: +)?(?P<at>[^\s\"'{\[,?!&*|>@`%#-][^\n]{0,500}?)(?= *(?:, *[\w-]+:|[}\]] *$|\},))",
        _quoted,
        "this text contains a sign that YAML takes for its own, such as a colon or a bracket",
        f"{_USE_QUOTES}; where another key begins, write a comma before it",
    ),
    _mend(
        r"^[ ]*(?P<at>//|<!--|/\*)",
        _same("#"),
        "a comment begins with #, not with {}",
        "write # and a blank before it",
    ),
    _mend(
        r"\S[ \t]+(?P<at>#)[^\n]*$",
        _same("+"),
        "what follows a # with a blank before it is a comment, and is not read",
        f"if it is part of the text, {_USE_QUOTES}",
    ),
)


def prove(text: str, at: int) -> Proven | None:
    """Return the first slip whose mend carries the parser beyond the line of `at`, where it stopped."""
    end, line = _end_of_line(text, at), text.count("\n", 0, at)
    for mend in _MENDS:
        found = tuple(deque(mend.pattern.finditer(text, 0, end), _MOST))
        shown = _last_needed(text, mend, found, line)
        if shown is not None:
            sign = shown["at"]
            return Proven(shown.span("at"), mend.message.format(sign), mend.hint or advice(sign[0]))
    return None


def _last_needed(text: str, mend: _Mend, found: Sequence[re.Match[str]], line: int) -> re.Match[str] | None:
    """Return the last place from which on mending helps: without that one it does not, so it is a true slip."""

    def is_no_help(match: re.Match[str]) -> bool:
        return _stops_in_line(_mended(text, mend, match.start())) <= line

    if not found or is_no_help(found[0]):
        return None
    return found[bisect_left(found, x=True, key=is_no_help) - 1]


def _end_of_line(text: str, at: int) -> int:
    end = text.find("\n", at)
    return end if end >= 0 else len(text)


def _mended(text: str, mend: _Mend, start: int) -> str:
    """Return the text with everything from `start` on mended that looks like the slip."""

    def instead(match: re.Match[str]) -> str:
        before, after = match.start("at") - match.start(), match.end("at") - match.start()
        return match[0][:before] + mend.mended(match["at"]) + match[0][after:]

    return text[:start] + mend.pattern.sub(instead, text[start:])


def _stops_in_line(text: str) -> float:
    following = events(text)
    try:
        while following().__class__ is not STREAM_END:
            pass
    except YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        return mark.line if mark else 0
    return float("inf")
