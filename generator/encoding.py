"""The bytes of a file become text, or a diagnostic where they are not UTF-8.

Knows neither what the text means nor how the bytes were read.
"""

from typing import Final

from generator.diagnostics import Diagnostic, Span

_UTF16: Final = (b"\xff\xfe", b"\xfe\xff")
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


def _message(raw: bytes, byte: int) -> str:
    if raw.startswith(_UTF16):
        return "the file has the encoding UTF-16, not UTF-8"
    likely = bytes((byte,)).decode(_USUAL_OTHER, "ignore")
    meaning = (
        f"; with the encoding {_USUAL_OTHER.title()} it would be {likely}" if likely.isprintable() and likely else ""
    )
    return f"the byte 0x{byte:02X} is not UTF-8{meaning}"
