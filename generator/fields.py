"""The types that entries are made of: texts in two languages, references, words, dates, quotes, evidence.

Kinds build their models from these; the markers in the annotations (`RefTo`, `WordOf`, `ProseIn`) tell every later
stage what a field means, so that one walk over the data (`walk.py`) feeds references, evidence, checks and pages.
Knows no kind's name and no corpus. Raises `PydanticCustomError` inside validators only; `decode.py` turns it into
diagnostics.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass as plain_dataclass
from decimal import Decimal
from functools import cache
from types import UnionType
from typing import (
    TYPE_CHECKING,
    Annotated,
    Any,
    ClassVar,
    Final,
    Literal,
    TypeVar,
    Union,
    cast,
    dataclass_transform,
    get_args,
    get_origin,
    get_type_hints,
)

from pydantic import BeforeValidator, ConfigDict, Field, GetCoreSchemaHandler, PlainValidator, WithJsonSchema
from pydantic.dataclasses import dataclass
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from generator.dates import EdtfDate, parse_date
from generator.lang import LANGS, Lang

if TYPE_CHECKING:
    from pydantic import GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue

ID_PATTERN: Final = r"[a-z0-9]+(?:-[a-z0-9]+)*"
MAX_ID: Final = 80
Record = Any
"""The model of an entry, or of a part of one. Which one it is, only the kind's own module knows."""
Model = Any
"""A type that can be decoded: a model, or a mapping of models."""
T = TypeVar("T")
_is_id = re.compile(ID_PATTERN).fullmatch
_is_count = re.compile(r"[0-9]{1,9}").fullmatch
_is_number = re.compile(r"-?[0-9]{1,30}(\.[0-9]{1,30})?").fullmatch
_is_url = re.compile(r"https?://[^\s<>\"'`{}|\\^\[\]]+").fullmatch


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(Field,))
def model(cls: type[T]) -> type[T]:
    """Make `cls` a frozen, slotted, keyword-only record that refuses unknown keys."""
    made = dataclass(frozen=True, slots=True, kw_only=True, config=ConfigDict(extra="forbid"))(cls)
    return cast("type[T]", made)


# An editor takes an unquoted 1984 for a number, which we read as it is written.
_TEXT_SCHEMA: Final = {"type": ["string", "number"], "minLength": 1}


def parts_of(hint: Any) -> Iterator[Any]:  # noqa: ANN401 - a type annotation
    """Yield everything that an annotation is made of: itself first, then its markers, then what is inside it."""
    yield hint
    origin = get_origin(hint)
    if origin is Annotated:
        inner, *markers = get_args(hint)
        yield from markers
        yield from parts_of(inner)
    elif origin in (Union, UnionType, tuple):
        for part in get_args(hint):
            yield from parts_of(part)


# --- texts ------------------------------------------------------------------------------------------------------


@plain_dataclass(frozen=True, slots=True)
class Localized:
    """A text in German and English; `is_plain` where the author wrote one string for both."""

    de: str | None
    en: str | None
    is_plain: bool = False

    def __repr__(self) -> str:
        """Return what the dataclass would, in a third of the time: all titles are written out for their digests."""
        return f"Localized({self.de!r}, {self.en!r}, {self.is_plain})"

    def get(self, lang: Lang) -> str | None:
        """Return the text in exactly this language."""
        return self.de if lang == "de" else self.en

    def best(self, lang: Lang) -> tuple[str, Lang]:
        """Return the text in `lang`, else the other one, with the language that it is in."""
        text = self.get(lang)
        if text is not None:
            return text, lang
        return (self.en or "", "en") if lang == "de" else (self.de or "", "de")

    def path(self, lang: Lang) -> tuple[str, ...]:
        """Return where the text in `lang` stands below its field."""
        return () if self.is_plain else (lang,)

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: object, _handler: GetCoreSchemaHandler) -> CoreSchema:
        """Validate with one function: unions would report every alternative that failed."""
        return core_schema.no_info_plain_validator_function(_localized)

    @classmethod
    def __get_pydantic_json_schema__(cls, _schema: CoreSchema, _handler: "GetJsonSchemaHandler") -> "JsonSchemaValue":
        """Describe both spellings to editors."""
        both = {
            "type": "object",
            "properties": dict.fromkeys(LANGS, _TEXT_SCHEMA),
            "additionalProperties": False,
            "minProperties": 1,
        }
        return {"anyOf": [_TEXT_SCHEMA, both]}


_EMPTY: Final = PydanticCustomError("bad-value", "the text is empty", {"hint": "write it, or delete its key"})
_GLUED: Final = tuple(f"{lang}:" for lang in LANGS)  # “de:Mühle”, with no blank, or one that only looks like one


def _localized(value: object) -> Localized:
    if isinstance(value, Localized):
        return value
    if isinstance(value, str):
        if not value.strip():
            raise _EMPTY
        if value.startswith(_GLUED):
            raise PydanticCustomError(
                "bad-value",
                "after the colon of “{key}” a blank is missing",
                {"key": value[:3], "hint": "write each language on a line of its own, with a blank after the colon"},
            )
        return Localized(value, value, is_plain=True)
    if not isinstance(value, dict):
        message = "expected a text, or texts under “de:” and “en:”"
        raise PydanticCustomError("wrong-type", message, {"hint": "write one text, or {de: …, en: …}"})
    for key, text in value.items():
        if key not in LANGS:
            raise PydanticCustomError(
                "unknown-key",
                "“{key}” is no language of a dossier",
                {"key": key, "below": [key], "allowed": LANGS},
            )
        if text is not None and not isinstance(text, str):
            raise PydanticCustomError("wrong-type", "expected a text", {"below": [key]})
    texts = {key: text for key, text in value.items() if text and text.strip()}
    if not texts:
        message = "neither “de:” nor “en:” has a text"
        raise PydanticCustomError("missing-key", message, {"hint": "write a text in each language"})
    return Localized(texts.get("de"), texts.get("en"))


@plain_dataclass(frozen=True, slots=True)
class ProseIn:
    """Marks a text in the Markdown subset. A `statement` needs evidence beside it, and the evidence must carry it."""

    statement: bool = False


Prose = Annotated[Localized, ProseIn()]
Statement = Annotated[Localized, ProseIn(statement=True)]

# --- references and words ---------------------------------------------------------------------------------------


@plain_dataclass(frozen=True, slots=True)
class RefTo:
    """Marks an id: the kinds it may name, or the role that the named kind must play.

    `within`: the date of the referring entry must lie within the date of the target.
    """

    kinds: tuple[str, ...] = ()
    role: str | None = None
    within: bool = False


@plain_dataclass(frozen=True, slots=True)
class WordOf:
    """Marks a word of the named list in `vocabulary.yaml`."""

    list_name: str


@plain_dataclass(frozen=True, slots=True)
class Rejects:
    """Marks a choice: the value that says that the dossier does not stand by the record that has it."""

    value: str


def is_rejected(record: Record) -> bool:
    """Whether a record says of itself that the dossier does not stand by it."""
    model: type = type(record)
    return any(getattr(record, name) == value for name, value in _rejections(model))


@cache
def _rejections(model: type) -> tuple[tuple[str, str], ...]:
    hints = get_type_hints(model, include_extras=True)
    return tuple(
        (name, part.value) for name, hint in hints.items() for part in parts_of(hint) if isinstance(part, Rejects)
    )


def _id(value: object) -> str:
    if not isinstance(value, str):
        raise PydanticCustomError("wrong-type", "expected the id of an entry")
    if len(value) > MAX_ID or not _is_id(value):
        raise PydanticCustomError(
            "bad-value",
            "“{value}” is no id: small letters, digits and single hyphens",
            {"value": value[:MAX_ID]},
        )
    return value


Id = Annotated[
    str,
    PlainValidator(_id),
    WithJsonSchema({"type": "string", "pattern": f"^{ID_PATTERN}$", "maxLength": MAX_ID}),
]
ANY_KIND: Final = RefTo()
TEXT_ROLE: Final = "text"
AGENT_ROLE: Final = "agent"
TextRef = Annotated[Id, RefTo(role=TEXT_ROLE)]
AgentRef = Annotated[Id, RefTo(role=AGENT_ROLE)]
AnyRef = Annotated[Id, ANY_KIND]

# --- scalars ----------------------------------------------------------------------------------------------------


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise PydanticCustomError("wrong-type", "expected a text")
    if not value.strip():
        raise _EMPTY
    return value


def _date(value: object) -> EdtfDate:
    if isinstance(value, EdtfDate):
        return value
    if not isinstance(value, str):
        raise PydanticCustomError("wrong-type", "expected a date such as 2024, 2024-03 or 2024-03-05")
    try:
        return parse_date(value)
    except ValueError as error:
        raise PydanticCustomError("bad-date", "{reason}", {"reason": str(error)}) from error


def _boolean(value: object) -> bool:
    if value in (True, "true", "True", "TRUE"):
        return True
    if value in (False, "false", "False", "FALSE"):
        return False
    raise PydanticCustomError("bad-value", "expected true or false", {"allowed": ("true", "false")})


def _number(value: object) -> Decimal:
    if isinstance(value, Decimal):
        return value
    if not isinstance(value, str) or not _is_number(value):
        message = "expected a number in digits, such as 97.4"
        raise PydanticCustomError("bad-value", message, {"hint": _NUMBER_HINT})
    return Decimal(value)


_NUMBER_HINT: Final = "write a point for the decimal comma, and nothing between thousands: 280.5, 1300000"


def _count(value: object) -> int:
    if isinstance(value, int):
        return value
    if not isinstance(value, str) or not _is_count(value):
        message = "expected a whole number, such as 500"
        raise PydanticCustomError("bad-value", message, {"hint": "write digits only: no sign, blank, point or comma"})
    return int(value)


def _url(value: object) -> str:
    if not isinstance(value, str) or not _is_url(value):
        raise PydanticCustomError("bad-url", "expected an address that begins with https:// or http://")
    return value


def _one_or_many(value: object) -> object:
    if isinstance(value, dict):
        hint = "write the words as one text, or begin each passage with a hyphen on a line of its own"
        raise PydanticCustomError("wrong-type", "expected a text, or a list of texts", {"hint": hint})
    return (value,) if isinstance(value, str) else value


Text = Annotated[str, PlainValidator(_text), WithJsonSchema(_TEXT_SCHEMA)]
Date = Annotated[
    EdtfDate,
    PlainValidator(_date),
    WithJsonSchema({"type": ["string", "integer"], "description": "EDTF level 0 or 1, such as 2024-03 or 2024-09~"}),
]
Boolean = Annotated[bool, PlainValidator(_boolean), WithJsonSchema({"type": "boolean"})]
Count = Annotated[int, PlainValidator(_count), WithJsonSchema({"type": "integer", "minimum": 0})]
Number = Annotated[Decimal, PlainValidator(_number), WithJsonSchema({"type": "number"})]
Url = Annotated[str, PlainValidator(_url), WithJsonSchema({"type": "string", "format": "uri", "pattern": "^https?://"})]

# --- quotes and evidence ----------------------------------------------------------------------------------------

Passages = Annotated[
    tuple[Text, ...],
    BeforeValidator(_one_or_many),
    Field(min_length=1),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "minLength": 12},
                {"type": "array", "minItems": 1, "items": {"type": "string"}},
            ]
        }
    ),
]
Stance = Literal["supports", "contradicts"]
Modality = Literal["asserted", "reported", "rumoured", "announced", "planned", "forecast", "denied"]


@model
class Quote:
    """A passage of a source, word for word: of the nearest `source` field around it, else of its own entry."""

    use: ClassVar[str] = "quoted"

    @property
    def sort(self) -> str:
        """What kind of remark is made on the passage, for those that are remarks: a word that its mark is drawn by."""
        return ""

    @property
    def meant(self) -> Localized | None:
        """What is likely meant instead of the passage, for those remarks that say so."""
        return None

    quote: Passages = Field(
        description="The words as they stand in the source; a list where words between are left out."
    )
    prefix: Text | None = Field(None, description="The words directly before, where the quote stands more than once.")
    suffix: Text | None = Field(None, description="The words directly after, where the quote stands more than once.")


@model
class Evidence(Quote):
    """What shows that a statement is in the sources: a quote, how it was meant, whom the source itself relies on."""

    source: TextRef = Field(description="The id of the source that is quoted.")
    translation: Localized | None = Field(None, description="Our own translation of the quote for the other language.")
    stance: Stance = Field("supports", description="Whether the quote supports or contradicts the statement.")
    modality: Modality = Field(
        "asserted",
        description="How the source says it: as fact, report, rumour, announcement, plan, forecast or denial.",
    )
    via: tuple[AgentRef, ...] = Field(
        (), description="Whom the source itself relies on; makes the evidence second-hand."
    )
    note: Prose | None = Field(None, description="What a reader should know about this piece of evidence.")

    def __hash__(self) -> int:
        """Return a hash of what nearly always tells it from other evidence: it is looked up wherever it is shown."""
        return hash((self.source, self.quote))


Proof = Annotated[tuple[Evidence, ...], Field(description="Quotes that show the statement.")]
Status = Literal["draft", "reviewed", "retired"]


@model
class EntryFields:
    """What every entry has, whatever its kind."""

    status: Status = Field(
        "draft", description="draft, reviewed or retired; a retired entry keeps its id and redirects."
    )
    replaced_by: AnyRef | None = Field(None, description="The entry that takes the place of this retired one.")
