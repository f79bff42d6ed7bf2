"""Trees become models, and what a contributor reads when they do not."""

from decimal import Decimal
from typing import Annotated, Literal

import pytest
from pydantic import Field

from generator.dates import parse_date
from generator.decode import decode
from generator.diagnostics import Diagnostic, Place
from generator.fields import AnyRef, Boolean, Date, Id, Localized, Number, Passages, Text, Url, model
from generator.kinds import all_kinds

FILE = "entries/mills/mill.yaml"


@model
class Wheel:
    """A wheel."""

    width: Number = Field(description="In feet.")
    note: Localized | None = None


@model
class Mill:
    """A mill."""

    name: Localized = Field(description="What it is called.")
    grain: Literal["rye", "wheat"] = "rye"
    built: Date | None = None
    works: Boolean = True
    page: Url | None = None
    owner: AnyRef | None = None
    wheels: tuple[Wheel, ...] = ()
    motto: Passages = ("nothing",)
    stones: tuple[Text, ...] = Field((), max_length=9)
    mark: Annotated[Text, Field(pattern="^[A-Z]{3}$")] = Field("ABC", description="Three capitals.")


def faults(tree: dict[str, object]) -> list[Diagnostic]:
    value, found = decode(tree, Mill, FILE)
    assert (value is None) == bool(found)
    return list(found)


def fault(tree: dict[str, object]) -> tuple[str, object, str]:
    """Give code, path and hint of the only fault."""
    (found,) = faults({"name": "Alte Mühle", **tree})
    assert isinstance(found.at, Place)
    assert found.at.file == FILE
    return found.code, found.at.path, found.hint


def test_texts_become_values_as_the_model_says() -> None:
    tree = {
        "name": {"de": "Mühle", "en": "mill"},
        "built": "1612~",
        "works": "false",
        "wheels": [{"width": "4.5"}],
        "motto": "mahle, mahle",
        "page": "https://example.org/mill",
        "owner": None,
    }
    mill, found = decode(tree, Mill, FILE)
    assert found == ()
    assert (mill.name.best("en"), mill.built.text, mill.works) == (("mill", "en"), "1612~", False)
    assert (str(mill.wheels[0].width), mill.motto, mill.owner) == ("4.5", ("mahle, mahle",), None)


def test_a_text_in_one_language_serves_both_with_its_own_language() -> None:
    mill, _ = decode({"name": {"de": "Mühle"}}, Mill, FILE)
    assert mill.name.best("en") == ("Mühle", "de")
    assert mill.name.get("en") is None
    assert mill.name.path("de") == ("de",)
    assert Localized("a", "a", is_plain=True).path("de") == ()
    assert Localized(None, "mill").best("de") == ("mill", "en")


@pytest.mark.parametrize(
    ("tree", "code", "path", "hint"),
    [
        ({"grain": "rey"}, "bad-value", ("grain",), "did you mean “rye”? allowed: rye, wheat"),
        ({"grains": "rye"}, "unknown-key", ("grains",), "did you mean “grain”? allowed: name, grain, built"),
        ({"wheels": [{}]}, "missing-key", ("wheels", 0), "add “width:” – In feet."),
        ({"wheels": [{"width": None}]}, "missing-key", ("wheels", 0, "width"), "give it a value – In feet."),
        ({"wheels": [{"width": "4,5"}]}, "bad-value", ("wheels", 0, "width"), ""),
        ({"wheels": [{"width": "1", "notes": "x"}]}, "unknown-key", ("wheels", 0, "notes"), "did you mean “note”?"),
        ({"wheels": "two"}, "wrong-type", ("wheels",), "begin each item with a hyphen"),
        ({"wheels": ["two"]}, "wrong-type", ("wheels", 0), "with these keys: width, note"),
        ({"wheels": [None]}, "missing-key", ("wheels", 0), "give it a value"),
        ({"name": {"fr": "moulin"}}, "unknown-key", ("name", "fr"), "allowed: de, en"),
        ({"name": {"de": ["a"]}}, "wrong-type", ("name", "de"), ""),
        ({"name": {"de": " ", "en": None}}, "missing-key", ("name",), ""),
        ({"name": " "}, "bad-value", ("name",), ""),
        ({"name": ["Mühle"]}, "wrong-type", ("name",), ""),
        ({"built": "12.3.1612"}, "bad-date", ("built",), ""),
        ({"built": {"year": "1612"}}, "wrong-type", ("built",), ""),
        ({"works": "yes"}, "bad-value", ("works",), "allowed: true, false"),
        ({"page": "javascript:alert(1)"}, "bad-url", ("page",), ""),
        ({"page": "https://example.org/a b"}, "bad-url", ("page",), ""),
        ({"owner": "Anna Müller"}, "bad-value", ("owner",), ""),
        ({"owner": "a" * 81}, "bad-value", ("owner",), ""),
        ({"owner": ["anna"]}, "wrong-type", ("owner",), ""),
        ({"motto": []}, "bad-value", ("motto",), ""),
        ({"stones": list("abcdefghij")}, "wrong-type", ("stones",), ""),
        ({"stones": ["a", {"b": "c"}]}, "wrong-type", ("stones", 1), ""),
        ({"stones": [" "]}, "bad-value", ("stones", 0), ""),
        ({"mark": "abc"}, "bad-value", ("mark",), "what the key stands for – Three capitals."),
    ],
)
def test_a_fault_has_its_code_its_place_and_a_hint(
    tree: dict[str, object], code: str, path: tuple[str | int, ...], hint: str
) -> None:
    found = fault(tree)
    assert found[:2] == (code, path)
    assert hint in found[2]
    assert found[2]


def test_what_is_a_value_already_stays_one() -> None:
    wheel, _ = decode({"width": Decimal("4.5")}, Wheel, FILE)
    assert wheel.width == Decimal("4.5")
    name, built = Localized("Mühle", None), parse_date("1612")
    mill, _ = decode({"name": name, "built": built, "works": True, "wheels": [wheel]}, Mill, FILE)
    assert (mill.name, mill.built, mill.works, mill.wheels) == (name, built, True, (wheel,))


def test_all_faults_show_at_once() -> None:
    tree: dict[str, object] = {"grain": "oats", "built": "soon", "wheels": [{"width": "x"}, {"height": "2"}]}
    assert sorted(one.code for one in faults(tree)) == [
        "bad-date",
        "bad-value",
        "bad-value",
        "missing-key",
        "missing-key",
        "unknown-key",
    ]


def test_keys_of_a_mapping_are_ids() -> None:
    words, found = decode({"Bad Key": "x"}, dict[Id, Localized], FILE)
    assert words is None
    assert [(one.code, one.at) for one in found] == [("bad-value", Place(FILE, ("Bad Key",), on_key=True))]


@pytest.mark.parametrize("kind", all_kinds().values(), ids=lambda kind: kind.name)
def test_every_field_of_every_kind_is_described(kind: object) -> None:
    fields = getattr(kind, "model").__pydantic_fields__  # noqa: B009 - any kind
    assert fields
    assert [name for name, field in fields.items() if not field.description] == []
