"""Trees become entries: pydantic validates, this module says in a contributor's words what it found.

In: the plain tree of one file. Out: the model or nothing, and diagnostics at places. Knows no kind's name, no files.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import islice
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from generator.diagnostics import CODES, MAX_TOLD, Diagnostic, Path, Place
from generator.fields import Model, Record
from generator.suggest import nearest
from generator.walk import record_type

_CODE_OF_ERROR: Final = {
    "missing": "missing-key",
    "unexpected_keyword_argument": "unknown-key",
    "literal_error": "bad-value",
    "string_pattern_mismatch": "bad-value",
    "too_short": "bad-value",
}
_EXPECTED: Final = {
    "tuple_type": "expected a list",
    "dataclass_type": "expected keys and values",
    "dataclass_exact_type": "expected keys and values",
    "dict_type": "expected keys and values",
}
_RECORD: Final = ("dataclass_type", "dataclass_exact_type")
_HINTS: Final = {
    "tuple_type": "begin each item with a hyphen on a line of its own, or write [one, two]",
    "dict_type": "write “key: value” on lines of their own, indented",
    "too_short": "add what is missing",
    "wrong-type": "write one text, neither a list nor keys",
    "bad-value": "correct it, or delete its key if it is not required",
    "bad-date": "write a year, a month or a day: 2024, 2024-03, 2024-03-05",
    "bad-url": "write the whole address, such as https://example.org/page",
    "missing-key": "write a text",
}
_COMMA: Final = (
    'if a comma stands before it: write a point in a number, such as 4.5, and put a text between double quotes: "…"'
)


def decode(tree: object, model: Model, file: str) -> tuple[Record, tuple[Diagnostic, ...]]:
    """Return the validated model and no diagnostics, or None and every fault of the tree."""
    try:
        return _adapter(model).validate_python(tree), ()
    except ValidationError as error:
        errors = list(islice(error.errors(include_url=False), MAX_TOLD + 1))
        misspelt = {_meant(one, model) for one in errors if one["type"] == "unexpected_keyword_argument"}
        # A key that stands there misspelt is not missing as well.
        told = (details for details in errors if details["type"] != "missing" or tuple(details["loc"]) not in misspelt)
        return None, tuple(_diagnostic(details, model, file) for details in told)


@cache
def _adapter(model: Model) -> TypeAdapter[Any]:
    return TypeAdapter(model)


def _diagnostic(error: ErrorDetails, model: Model, file: str) -> Diagnostic:
    context = error.get("ctx", {})
    below: Path = tuple(context.get("below", ()))
    path: Path = (*error["loc"], *below)
    if path and path[-1] == "[key]":  # a key that its type refuses
        return Diagnostic(
            "bad-value", _message(error), Place(file, path[:-1], on_key=True), _hint(error, context, model)
        )
    code = error["type"] if error["type"] in CODES else _CODE_OF_ERROR.get(error["type"], "wrong-type")
    if error["type"] == "missing":
        key = str(path[-1])
        return Diagnostic(
            "missing-key",
            f"“{key}” is missing",
            Place(file, path[:-1]),
            f"add “{key}:”{_described(model, path)}",
        )
    if code == "unknown-key":
        return _unknown_key(error, path, model, file)
    if error["input"] is None:
        return Diagnostic(
            "missing-key",
            f"“{path[-1]}” is empty" if isinstance(path[-1], str) else "an item of the list is empty",
            Place(file, path),
            f"give it a value{_described(model, path)}",
        )
    return Diagnostic(code, _message(error), Place(file, path), _hint(error, context, model))


def _unknown_key(error: ErrorDetails, path: Path, model: Model, file: str) -> Diagnostic:
    key = str(path[-1])
    allowed = _allowed_keys(error, model)
    value = error["input"] if path == error["loc"] else error["input"][key]
    head = _head(key)
    if head in allowed and head != key.strip() and (value is None or ":" in key):
        hint = f"write a colon and a blank after it: “{head}: …”"
    elif value is None and not nearest(key, allowed):  # {amount: 4,5} or {de: Mill, a story}
        hint = f"{_COMMA}; {_did_you_mean(key, allowed)}"
    else:
        hint = _did_you_mean(key, allowed)
    return Diagnostic("unknown-key", f"there is no key “{_short(key)}” here", Place(file, path, on_key=True), hint)


def _head(key: str) -> str:
    """Return what the key may be of something that a missing colon, or a missing blank, has made one."""
    words = re.findall(r"\w+", key)
    return words[0] if words else key


def _allowed_keys(error: ErrorDetails, model: Model) -> Sequence[str]:
    return tuple(error.get("ctx", {}).get("allowed", ())) or _keys_of(_model_at(model, error["loc"][:-1]))


def _meant(error: ErrorDetails, model: Model) -> Path:
    """Return the path of the key that an unknown one is likely to be, empty where nobody knows."""
    *parents, key = error["loc"]
    close = nearest(_head(str(key)), _allowed_keys(error, model))
    return (*parents, close[0]) if close else ()


def _message(error: ErrorDetails) -> str:
    if error["type"] == "literal_error":
        return f"“{_short(error['input'])}” is not an allowed value"
    if error["type"] == "string_pattern_mismatch":
        return f"“{_short(error['input'])}” does not have the expected form"
    if error["type"] == "too_short":
        least = error["ctx"]["min_length"]
        return f"expected at least {least} item{'s' * (least != 1)}"
    return _EXPECTED.get(error["type"], error["msg"])


def _hint(error: ErrorDetails, context: dict[str, Any], model: Model) -> str:
    if error["type"] == "literal_error":
        allowed = tuple(part.strip("'") for part in str(context["expected"]).replace(" or ", ", ").split(", "))
        return _did_you_mean(str(error["input"]), allowed)
    if error["type"] == "string_pattern_mismatch":
        return f"write what the key stands for{_described(model, error['loc'])}"
    if error["type"] in _RECORD:
        return (
            f"write each part as “key: value”, with these keys: {', '.join(_keys_of(_model_at(model, error['loc'])))}"
        )
    if "hint" in context:
        return str(context["hint"])
    if "allowed" in context:
        return f"allowed: {', '.join(context['allowed'])}"
    return _HINTS.get(error["type"], "write it as the schema of the entry says")


def _did_you_mean(word: str, allowed: Sequence[str]) -> str:
    close = nearest(word, tuple(allowed))
    listed = f"allowed: {', '.join(allowed)}" if allowed else ""
    return f"did you mean “{close[0]}”? {listed}".strip() if close else listed


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= 60 else f"{text[:57]}…"  # noqa: PLR2004 - one line of a terminal


# --- what the model says about itself ---------------------------------------------------------------------------


def _described(model: Model, path: Iterable[str | int]) -> str:
    *parents, key = path
    field = getattr(_model_at(model, parents), "__pydantic_fields__", {}).get(key)
    return f" – {field.description}" if field is not None and field.description else ""


def _keys_of(model: Model) -> tuple[str, ...]:
    return tuple(field.alias or name for name, field in getattr(model, "__pydantic_fields__", {}).items())


def _model_at(model: Model, path: Iterable[str | int]) -> Model:
    """Return the model of the record at the path, or None where there is none."""
    for key in path:
        if isinstance(key, str):
            model = record_type(model, key)
    return model
