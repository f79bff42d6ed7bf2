"""One walk over a record finds everything that means something, with its path."""

from typing import Annotated, Literal

from generator.decode import decode
from generator.fields import (
    AnyRef,
    Date,
    Evidence,
    Id,
    Localized,
    Proof,
    Prose,
    ProseIn,
    Quote,
    RefTo,
    Rejects,
    Statement,
    Text,
    WordOf,
    is_rejected,
    model,
)
from generator.walk import Leaf, record_type, walk, walk_record, word_lists
from tests.village import corpus

ActorRef = Annotated[Id, RefTo(("actor",))]


@model
class Part:
    """A part of the mill."""

    word: Annotated[Text, WordOf("parts")]
    made_by: ActorRef | None = None
    evidence: Proof = ()


@model
class Mill:
    """A mill."""

    name: Localized
    about: Prose | None = None
    said: Statement | None = None
    source: AnyRef = "chronicle"
    since: Date | None = None
    parts: tuple[Part, ...] = ()
    best: Part | None = None
    number: Text = "1"


def leaves(record: object) -> list[tuple[tuple[str | int, ...], object]]:
    return [(leaf.path, leaf.marker) for leaf in walk_record(record)]


def test_every_meaning_is_found_in_the_order_of_the_model() -> None:
    text = Localized("a", "b")
    found = walk_record(Mill(name=text, about=text, said=text, parts=(Part(word="wheel", made_by="anna"),)))
    assert [leaf.path for leaf in found] == [
        ("name",),
        ("about",),
        ("said",),
        ("source",),
        ("parts", 0, "word"),
        ("parts", 0, "made_by"),
    ]
    name, about, said, source, word, made_by = (leaf.marker for leaf in found)
    assert (name, about, said) == (Localized, ProseIn(), ProseIn(statement=True))
    assert (source, word, made_by) == (RefTo(), WordOf("parts"), RefTo(("actor",)))


def test_a_leaf_knows_its_record() -> None:
    part = Part(word="wheel")
    (leaf,) = (leaf for leaf in walk_record(Mill(name=Localized("a", "b"), parts=(part,))) if leaf.value == "wheel")
    assert leaf.owner is part


def test_a_quote_belongs_to_the_nearest_source_around_it() -> None:
    near = decode({"quote": "verbatim", "source": "letter"}, Evidence, "")[0]
    found = walk_record(Mill(name=Localized("a", "b"), best=Part(word="x", evidence=(near,))), ("mills", 3))
    quotes = [leaf for leaf in found if leaf.marker is Quote]
    assert quotes == [Leaf(("mills", 3, "best", "evidence", 0), Quote, near, near, "letter")]
    bare = Quote(quote=("verbatim",), prefix=None, suffix=None)
    assert [leaf.source for leaf in walk_record(bare, source="chronicle")] == ["chronicle"]


def test_what_is_absent_and_what_means_nothing_is_left_out() -> None:
    assert leaves(Part(word="wheel")) == [(("word",), WordOf("parts"))]


def test_an_entry_is_the_source_of_its_own_quotes() -> None:
    found = corpus()
    quotes = [leaf.source for leaf in walk(found.entries["chronicle"]) if leaf.marker is Quote]
    assert quotes == ["chronicle"]
    notes = [leaf.source for leaf in walk(found.entries["chronicle-annotations"]) if leaf.marker is Quote]
    assert notes == ["chronicle"]


def test_models_tell_their_parts_and_lists() -> None:
    assert record_type(Mill, "parts") is Part
    assert record_type(Mill, "best") is Part
    assert record_type(Mill, "since") is None
    assert record_type(Mill, "nothing") is None
    assert record_type(None, "parts") is None
    assert record_type(str, "parts") is None
    assert word_lists(Mill) == {"parts"}


@model
class Guess:
    """What somebody says that the weir cost."""

    text: Text
    trust: Annotated[Literal["full", "none"], Rejects("none")] = "full"


def test_a_record_is_rejected_where_the_value_says_so_that_its_model_names() -> None:
    assert is_rejected(Guess(text="9 crowns", trust="none"))
    assert not is_rejected(Guess(text="none"))
    assert not is_rejected(Part(word="none"))
