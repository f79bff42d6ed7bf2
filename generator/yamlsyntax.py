"""What the YAML parser complains about, in words for somebody who has never heard of YAML.

Comes in: the text and the parser's error. Goes out: where it is, what is wrong, what to do. The parser's own
sentence is the last resort; the common slips of contributors (a colon or a quotation mark in a text, a tab, a
missing blank) are recognised by what stands at its mark. Knows no tree and no file.
"""

import re
from collections.abc import Callable
from typing import Final, NamedTuple

from yaml import MarkedYAMLError, YAMLError

from generator.yamlevents import MAPPING_END, SCALAR, SEQUENCE_END, STREAM_END, Event, events
from generator.yamlmends import prove

_LEAD: Final = re.compile(r"[ \t]*(?:- +)*")
_BRACKET_VALUE: Final = re.compile(r"(?:[^\s:]+:[ \t]+)?(?=[\[{])")
_WORD: Final = re.compile(r"(?:[^\r\n]\S*)?")
_LINE: Final = re.compile(r"[^\r\n]*")
_USE_QUOTES: Final = 'put the text between double quotes: "…"'
_NO_KEY: Final = ("this line has no key with a colon", "write it as “key: value”, or indent it below its key")

Extent = tuple[int, int]


class Slip(NamedTuple):
    """A syntax error: offsets of start and end, what is, what to do, and its code."""

    extent: Extent
    message: str
    hint: str
    code: str = "yaml-syntax"


class _Scene(NamedTuple):
    """An error with what surrounds it: `at` is where the parser noticed, `opened` where the thing began."""

    text: str
    at: int
    opened: int
    problem: str
    context: str
    last: Event | None  # what the parser read before

    @property
    def character(self) -> str:
        return self.text[self.at : self.at + 1]

    @property
    def opener(self) -> str:
        return self.text[self.opened : self.opened + 1]

    @property
    def line_start(self) -> int:
        return self.line_of(self.at)

    def line_of(self, offset: int) -> int:
        return self.text.rfind("\n", 0, offset) + 1

    def word(self, offset: int) -> Extent:
        return offset, _end(_WORD, self.text, offset)

    def line(self, offset: int) -> Extent:
        start = self.line_of(offset)
        return _end(_LEAD, self.text, start), _end(_LINE, self.text, start)

    def has_text_after(self, end: int) -> bool:
        """Say whether the parser stumbled on something in the same line as `end`, right behind it."""
        between = self.text[end : self.at]
        return self.at >= end and not between.strip(" \t") and self.character not in ("", "\r", "\n")


def explain(text: str, error: MarkedYAMLError) -> Slip:
    """Say what is wrong at `error`, which the parser raised for `text`."""
    mark = error.problem_mark or error.context_mark
    at = min(mark.index, len(text)) if mark else 0
    opened = min(error.context_mark.index, len(text)) if error.context_mark else at
    scene = _Scene(text, at, opened, error.problem or "", error.context or "", _last_before_error(text))
    proven = prove(text, at)
    if proven is not None:
        return Slip(*proven)
    for recognise in _SLIPS:
        slip = recognise(scene)
        if slip is not None:
            return slip
    problem = f"{scene.context}: {scene.problem}" if scene.context else scene.problem
    hint = "compare this line and the one above with another entry"
    return Slip(scene.word(at), f"this is not valid YAML ({problem})", hint)


def _end(pattern: re.Pattern[str], text: str, start: int) -> int:
    match = pattern.match(text, start)
    return match.end() if match else start


def _last_before_error(text: str) -> Event | None:
    following = events(text)
    last: Event | None = None
    try:
        while last is None or last.__class__ is not STREAM_END:
            last = following()
    except YAMLError:
        pass
    return last


def _open_quote(scene: _Scene) -> Slip | None:
    if "quoted scalar" not in scene.context or "unexpected" not in scene.problem:
        return None
    message = f"the quotation mark {scene.opener} that opens here is never closed"
    return Slip(scene.word(scene.opened), message, f"write {scene.opener} where the text ends")


def _unknown_escape(scene: _Scene) -> Slip | None:
    if "escape" not in scene.problem and "hexdecimal" not in scene.problem:
        return None
    start = max(scene.text.rfind("\\", 0, scene.at + 1), 0)
    message = "between double quotes a backslash begins a special character, and this one is unknown"
    return Slip((start, max(start + 2, scene.at)), message, "write \\\\ for a backslash")


def _tab(scene: _Scene) -> Slip | None:
    lead = re.compile(r" *\t[ \t]*").match(scene.text, scene.line_start)
    is_at_tab = scene.character == "\t" or "tab" in scene.problem
    if lead and (is_at_tab or "cannot start any token" not in scene.problem):
        return Slip(lead.span(), "this line is indented with a tab", "replace the tab by spaces")
    if is_at_tab:
        return Slip((scene.at, scene.at + 1), "a tab stands here", "replace the tab by spaces")
    return None


def _reserved_sign(scene: _Scene) -> Slip | None:
    if "cannot start any token" not in scene.problem and "keys are not allowed" not in scene.problem:
        return None
    return Slip(scene.word(scene.at), f"a text cannot begin with {scene.character}", _USE_QUOTES)


def _directive(scene: _Scene) -> Slip | None:
    if "directive" not in scene.context and "incompatible YAML" not in scene.problem:
        return None
    message = "a line that begins with % is an instruction to the parser"
    return Slip(scene.line(scene.opened), message, _USE_QUOTES, "yaml-tag")


def _anchor_or_tag(scene: _Scene) -> Slip | None:
    extent, what = scene.word(scene.opened), f"a text that begins with {scene.opener} is read as"
    if "an anchor" in scene.context or "an alias" in scene.context:
        return Slip(extent, f"{what} an anchor or alias", _USE_QUOTES, "anchor-or-alias")
    if "a tag" in scene.context or "tag handle" in scene.problem:
        return Slip(extent, f"{what} a tag", _USE_QUOTES, "yaml-tag")
    return None


def _text_after_block_sign(scene: _Scene) -> Slip | None:
    if "block scalar" not in scene.context:
        return None
    message = f"after {scene.opener} the text begins on the next line, indented"
    return Slip(scene.word(scene.opened), message, f"start a new line there, or {_USE_QUOTES}")


def _text_after_quote(scene: _Scene) -> Slip | None:
    last = scene.last
    if last is None or last.__class__ is not SCALAR or "not find expected" not in scene.problem:
        return None
    if last.style not in ("'", '"') or not scene.has_text_after(last.end_mark.index):
        return None
    twice = '\\"' if last.style == '"' else "''"
    hint = f"write {twice} for each quotation mark {last.style} inside the text"
    if last.start_mark.line == last.end_mark.line:
        message = f"the text ends at the quotation mark {last.style}, but more follows it"
        return Slip(scene.word(scene.at), message, hint)
    below = f"closed by the next one, in line {last.end_mark.line + 1}"
    message = f"the quotation mark {last.style} that opens here is {below}"
    return Slip(scene.word(last.start_mark.index), message, f"write {last.style} where the text ends, and {hint}")


def _text_after_bracket(scene: _Scene) -> Slip | None:
    last = scene.last
    if last is None or last.__class__ not in (SEQUENCE_END, MAPPING_END):
        return None
    end = last.end_mark.index
    is_bracket = scene.text[last.start_mark.index : end] in ("]", "}")
    if not is_bracket or not scene.has_text_after(end) or "not find expected" not in scene.problem:
        return None
    begin, stop = scene.line(scene.at)
    start = _end(_BRACKET_VALUE, scene.text, begin)
    kind = "list" if scene.text.startswith("[", start) else "mapping"
    message = f"a text that begins with a bracket is read as a {kind}, and here more follows its end"
    return Slip((start, stop), message, _USE_QUOTES)


def _list_behind_key(scene: _Scene) -> Slip | None:
    if "block sequence entries" not in scene.problem:
        return None
    hint = f"write each “- …” of a list on a line of its own below the key; if it is a text, {_USE_QUOTES}"
    return Slip(scene.word(scene.at), "a list cannot begin here", hint)


def _second_colon(scene: _Scene) -> Slip | None:
    if "unexpected ':'" in scene.problem:
        return Slip((scene.at, scene.at + 1), "this text contains a colon that YAML takes for its own", _USE_QUOTES)
    if "mapping values" not in scene.problem:
        return None
    if re.search(r":[ \t]", scene.text[scene.line_start : scene.at]):
        message = "this text contains a colon with a blank after it"
        hint = f"{_USE_QUOTES}; where another key begins, begin a line for it"
        return Slip((scene.at, scene.at + 1), message, hint)
    above = scene.line_of(max(scene.line_start - 1, 0))
    column = scene.line(scene.at)[0] - scene.line_start
    if (
        above < scene.line_start and scene.line(above)[0] - above == column
    ):  # it stands in line, so the other has no key
        return Slip(scene.line(above), *_NO_KEY)
    hint = "indent it like its neighbours, or put the text above between double quotes"
    return Slip(scene.line(scene.at), "this line is indented deeper than the line above allows", hint)


def _missing_colon(scene: _Scene) -> Slip | None:
    if "could not find expected ':'" not in scene.problem:
        return None
    return Slip(scene.line(scene.opened), *_NO_KEY)


def _open_bracket(scene: _Scene) -> Slip | None:
    if "while parsing a flow" not in scene.context or scene.opener not in ("[", "{"):
        return None
    close = "]" if scene.opener == "[" else "}"
    message = f"the bracket {scene.opener} that opens here is not closed before the text goes on"
    hint = f"write {close} where it ends, and a comma between its parts"
    return Slip((scene.opened, scene.opened + 1), message, hint)


def _missing_value(scene: _Scene) -> Slip | None:
    if "node content" not in scene.problem:
        return None
    if scene.character in ("", "\r", "\n"):
        message = "the file ends where a value or a closing bracket belongs"
        return Slip(scene.line(scene.at), message, "write what is missing")
    message = f"a text cannot begin with {scene.character}"
    return Slip(scene.word(scene.at), message, f"write what is missing before it, or {_USE_QUOTES}")


def _indentation(scene: _Scene) -> Slip | None:
    if "while parsing a block" not in scene.context and "<document start>" not in scene.problem:
        return None
    message = "this line does not stand in one column with the lines it belongs to"
    return Slip(scene.line(scene.at), message, "indent it exactly like its neighbours")


# In this order: what is certain from the parser's own words first, what is likely last.
_SLIPS: Final[tuple[Callable[[_Scene], Slip | None], ...]] = (
    _open_quote,
    _unknown_escape,
    _tab,
    _reserved_sign,
    _directive,
    _anchor_or_tag,
    _text_after_block_sign,
    _text_after_quote,
    _text_after_bracket,
    _list_behind_key,
    _second_colon,
    _missing_colon,
    _missing_value,
    _open_bracket,
    _indentation,
)
