"""The bytes of a file become text, or a diagnostic where they are not UTF-8 or nobody sees what they stand for.

Knows neither what the text means nor how the bytes were read.
"""

import re
from itertools import islice
from typing import Final

from generator.diagnostics import MAX_TOLD, Diagnostic, Span
from generator.hidden import IN_FILE, described, is_clean

_UTF16: Final = (b"\xff\xfe", b"\xfe\xff")
_BREAK: Final = re.compile(r"\r\n|[\r\n]")
_DELETE: Final = "delete it from the text (a space may have to take its place), and give the source its new sha256"
_USUAL_OTHER: Final = "windows-1252"


def decoded(file: str, raw: bytes) -> tuple[str | None, tuple[Diagnostic, ...]]:
    """Return the text without its byte order mark, or None and where the first byte stands that is not UTF-8."""
    try:
        return raw.decode("utf-8-sig"), ()
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode()  # what precedes the fault has none
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        span = Span(file, line, column, line, column + 1)
        hint = "save the file with the encoding UTF-8"
        return None, (Diagnostic("not-utf-8", _message(raw, error.object[error.start]), span, hint),)


def without_hidden(file: str, text: str) -> tuple[str, tuple[Diagnostic, ...]]:
    """Return a text without the characters that nobody sees, and where they stood: not more places than are told."""
    if is_clean(text):
        return text, ()
    found: list[Diagnostic] = []
    line, start, after = 1, 0, 0
    for run in islice(IN_FILE.finditer(text), MAX_TOLD + 1):
        for end in _BREAK.finditer(text, after, run.start()):
            line, start = line + 1, end.end()
        span = Span(file, line, run.start() - start + 1, line, run.end() - start + 1)
        found.append(Diagnostic("control-character", described(run[0]), span, _DELETE))
        after = run.end()
    return IN_FILE.sub(lambda run: " " if run[0].isspace() else "", text), tuple(found)


def _message(raw: bytes, byte: int) -> str:
    if raw.startswith(_UTF16):
        return "the file has the encoding UTF-16, not UTF-8"
    likely = bytes((byte,)).decode(_USUAL_OTHER, "ignore")
    meaning = (
        f"; with the encoding {_USUAL_OTHER.title()} it would be {likely}" if likely.isprintable() and likely else ""
    )
    return f"the byte 0x{byte:02X} is not UTF-8{meaning}"
