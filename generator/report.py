"""Diagnostics as text for people, and as what GitHub and other programs read.

Comes in: located diagnostics and the texts they are about. Goes out: one string. Whatever stands in an entry
or a file name is made harmless: no terminal sequence, no workflow command, no broken line. Knows nothing but
diagnostics.
"""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Final, Literal, get_args
from urllib.parse import quote

from generator import __version__
from generator.diagnostics import CODES, Diagnostic, Place, Severity, Span

Format = Literal["text", "github", "json", "sarif"]
FORMATS: Final[tuple[Format, ...]] = get_args(Format)

MAX_PER_FILE: Final = 20
_WIDTH: Final = 100  # columns of an author's line that are shown
_TAB: Final = "    "
_BREAK: Final = re.compile(r"\r\n?|\n")
_COLORS: Final = {"error": "1;31", "warning": "1;33", "place": "1;34", "hint": "1;36", "title": "1"}
_JSON_VERSION: Final = 1

_LINE_BREAKS: Final = re.compile(r"[\t\r\n]+")
_DATA: Final = {ord(sign): f"%{ord(sign):02X}" for sign in "%\r\n"}
_PROPERTY: Final = {ord(sign): f"%{ord(sign):02X}" for sign in "%\r\n:,"}
_SARIF_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
_RULE_INDEX: Final = {code: index for index, code in enumerate(CODES)}


def render(diagnostics: Iterable[Diagnostic], texts: Mapping[str, str], fmt: Format, *, color: bool = False) -> str:
    """Return all diagnostics in one string that ends in a line break.

    `text` and `github` show at most `MAX_PER_FILE` a file and then a count; `json` and `sarif` are complete.
    `texts` are needed for `text` only; `color` too.
    """
    ordered = in_order(diagnostics)
    if fmt == "json":
        return _json(ordered)
    if fmt == "sarif":
        return _sarif(ordered)
    if fmt == "github":
        return _github(ordered)
    return _Printer(texts, color=color).print(ordered)


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Sort by file, line, column, code and message; what is said twice is said once."""
    return tuple(sorted(dict.fromkeys(diagnostics), key=lambda one: (_span(one.at), one.code, one.message)))


def summary(diagnostics: Iterable[Diagnostic]) -> str:
    """Return the closing line: `2 errors, 1 warning in 3 files`."""
    known = tuple(diagnostics)
    errors = sum(one.severity is Severity.ERROR for one in known)
    counts = ((errors, "error"), (len(known) - errors, "warning"))
    files = len({_span(one.at).file for one in known})
    shown = ", ".join(_count(number, noun) for number, noun in counts if number)
    return f"{shown} in {_count(files, 'file')}" if shown else "no problems found"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'s' * (number != 1)}"


def _span(at: Span | Place) -> Span:
    return at if isinstance(at, Span) else Span(at.file, 1, 1, 1, 1)


def _by_file(ordered: tuple[Diagnostic, ...]) -> Iterable[tuple[str, list[Diagnostic], list[Diagnostic]]]:
    """Give for each file what to show, in order of place, and what is left out: warnings before errors."""
    for file, group in groupby(ordered, key=lambda one: _span(one.at).file):
        found = list(group)
        ranked = sorted(found, key=lambda one: one.severity is not Severity.ERROR)
        left_out = ranked[MAX_PER_FILE:]
        hidden = set(map(id, left_out))
        yield file, [one for one in found if id(one) not in hidden], left_out


# --- text ---------------------------------------------------------------------------------------------------


class _Printer:
    """Writes diagnostics with the author's own lines below them."""

    def __init__(self, texts: Mapping[str, str], *, color: bool) -> None:
        self._texts = texts
        self._color = color
        self._lines: dict[str, list[str]] = {}

    def print(self, ordered: tuple[Diagnostic, ...]) -> str:
        blocks: list[str] = []
        for file, shown, left_out in _by_file(ordered):
            blocks += map(self._block, shown)
            if left_out:
                blocks.append(f"… and {len(left_out):,} more in {_visible(file)}")
            self._lines.clear()
        return "\n\n".join((*blocks, self._paint("title", summary(ordered)))) + "\n"

    def _block(self, one: Diagnostic) -> str:
        severity = str(one.severity)
        spans = (_span(one.at), *(_span(other.at) for other in one.related))
        margin = " " * len(str(max(span.line for span in spans)))
        code = self._paint(severity, f"{severity}[{one.code}]")
        lines = [f"{code}: {self._paint('title', _visible(one.message))}"]
        lines += self._place(spans[0], margin, severity)
        for other, span in zip(one.related, spans[1:], strict=True):
            lines += self._place(span, margin, "place", _visible(other.message))
        if one.hint:
            hint = self._paint("hint", "hint")
            lines.append(f"{margin} {self._paint('place', '=')} {hint}: {_visible(one.hint)}")
        return "\n".join(lines)

    def _place(self, span: Span, margin: str, role: str, label: str = "") -> Iterator[str]:
        arrow, mark = (":::", "-") if role == "place" else ("-->", "^")
        yield f"{margin}{self._paint('place', arrow)} {_visible(span.file)}:{span.line}:{span.column}"
        bar = self._paint("place", "|")
        line = self._line(span)
        if line is None:
            if label:
                yield f"{margin} {bar} {label}"
            return
        ends_here = span.end_line == span.line
        excerpt, carets = _excerpt(line, span.column - 1, span.end_column - 1 if ends_here else len(line))
        label = label or ("" if ends_here else f"… to line {span.end_line}")
        marks = carets.lstrip().replace("^", mark)
        blank = carets[: len(carets) - len(marks)]
        yield f"{margin} {bar}"
        yield f"{self._paint('place', f'{span.line:>{len(margin)}}')} {bar} {excerpt}"
        yield f"{margin} {bar} {blank}{self._paint(role, f'{marks} {label}'.rstrip())}"

    def _line(self, span: Span) -> str | None:
        if span.file not in self._texts:
            return None
        if span.file not in self._lines:
            self._lines[span.file] = _BREAK.split(self._texts[span.file].removeprefix("\ufeff"))
        lines = self._lines[span.file]
        return lines[span.line - 1] if 0 < span.line <= len(lines) else None

    def _paint(self, role: str, text: str) -> str:
        return f"\x1b[{_COLORS[role]}m{text}\x1b[0m" if self._color else text


def _excerpt(line: str, start: int, end: int) -> tuple[str, str]:
    """Return what is shown of a line and the carets below it, both as wide as a terminal shows them."""
    end = max(start + 1, end)
    first = max(0, start - _WIDTH // 3) if len(line) > _WIDTH and start > _WIDTH // 2 else 0
    shown, carets = ("…", " ") if first else ("", "")
    for i in range(first, len(line)):
        cell = _cell(line[i])
        width = sum(map(_columns, cell))
        if len(carets) + width > _WIDTH:
            shown += "…"
            break
        shown += cell
        carets += ("^" if start <= i < end else " ") * width
    else:
        carets += "^" * (start >= len(line))  # the end of the line
    return shown.rstrip(), carets.rstrip() or "^"


def _cell(character: str) -> str:
    return _TAB if character == "\t" else _visible(character)


def _columns(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1


def _visible(text: str) -> str:
    """Return `text` in one line, with an escape for what is invisible or would steer a terminal or a log."""
    if not text.isprintable():
        text = "".join(map(_visible_character, _LINE_BREAKS.sub(" ", text)))
    return text.replace("##[", "##⟦")  # an old form of workflow command, which counts anywhere in a line


def _visible_character(character: str) -> str:
    if character.isprintable() or unicodedata.category(character) == "Zs":
        return character
    return character.encode("unicode_escape").decode("ascii")


# --- GitHub -------------------------------------------------------------------------------------------------


def _github(ordered: tuple[Diagnostic, ...]) -> str:
    """Write workflow commands; columns only within one line, as GitHub's API of annotations asks."""
    lines: list[str] = []
    for file, shown, left_out in _by_file(ordered):
        for one in shown:
            span = _span(one.at)
            place: dict[str, object] = {"file": file, "line": span.line, "endLine": span.end_line}
            if span.line == span.end_line:
                place |= {"col": span.column, "endColumn": span.end_column}
            text = f"{_visible(one.message)}\n{_visible(one.hint)}".strip()
            lines.append(_command(one.severity, place | {"title": one.code}, text))
        if left_out:
            severity = min(one.severity for one in left_out)  # an error, if there is one
            more = f"… and {len(left_out):,} more"
            lines.append(_command(severity, {"file": file, "title": "dossier"}, more))
    return "\n".join((*lines, summary(ordered))) + "\n"


def _command(severity: Severity, properties: Mapping[str, object], text: str) -> str:
    named = (f"{key}={_visible(str(value)).translate(_PROPERTY)}" for key, value in properties.items())
    return f"::{severity} {','.join(named)}::{text.translate(_DATA)}"


# --- for programs -------------------------------------------------------------------------------------------


def _json(ordered: tuple[Diagnostic, ...]) -> str:
    errors = sum(one.severity is Severity.ERROR for one in ordered)
    found = [
        {
            "code": one.code,
            "severity": str(one.severity),
            "message": one.message,
            "hint": one.hint,
            **_numbers(one.at),
            "related": [{"message": other.message, **_numbers(other.at)} for other in one.related],
        }
        for one in ordered
    ]
    counts = {"errors": errors, "warnings": len(ordered) - errors}
    return json.dumps({"version": _JSON_VERSION, **counts, "diagnostics": found}, indent=2) + "\n"


def _numbers(at: Span | Place) -> dict[str, object]:
    span = _span(at)
    return {
        "file": span.file,
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
    }


def _sarif(ordered: tuple[Diagnostic, ...]) -> str:
    """Write SARIF 2.1.0 (OASIS), as GitHub's code scanning reads it."""
    rules = [
        {
            "id": code,
            "shortDescription": {"text": rule.summary},
            "defaultConfiguration": {"level": str(rule.severity)},
        }
        for code, rule in CODES.items()
    ]
    run = {
        "tool": {"driver": {"name": "Dossier", "version": __version__, "rules": rules}},
        "columnKind": "unicodeCodePoints",
        "results": list(map(_result, ordered)),
    }
    return json.dumps({"$schema": _SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _result(one: Diagnostic) -> dict[str, object]:
    text = f"{one.message}\n{one.hint}".strip()
    result: dict[str, object] = {
        "ruleId": one.code,
        "ruleIndex": _RULE_INDEX[one.code],
        "level": str(one.severity),
        "message": {"text": text},
        "locations": [_location(one.at)],
    }
    if one.related:
        result["relatedLocations"] = [
            {"id": number, **_location(other.at), "message": {"text": other.message}}
            for number, other in enumerate(one.related, 1)
        ]
    return result


def _location(at: Span | Place) -> dict[str, object]:
    span = _span(at)
    region = {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }
    artifact = {"uri": quote(span.file, errors="replace"), "uriBaseId": "%SRCROOT%"}
    return {"physicalLocation": {"artifactLocation": artifact, "region": region}}
