"""Kind *dispute*: a conflict with its sides, the issues between them, and where it stands."""

from collections.abc import Iterable
from typing import Annotated, Final

from pydantic import Field

from generator.diagnostics import Diagnostic, Place, Related
from generator.fields import (
    Date,
    EntryFields,
    Id,
    Localized,
    Proof,
    Prose,
    RefTo,
    Statement,
    Text,
    WordOf,
    model,
)
from generator.kind import Entry, Kind, Naming, names_of_title
from generator.suggest import nearest

ActorRef = Annotated[Id, RefTo(("actor",))]
DisputeRef = Annotated[Id, RefTo(("dispute",))]
_MAX_NAMED: Final = 20  # of the sides of a dispute, where somebody has to choose one


@model
class Side:
    """A party to the dispute."""

    id: Id = Field(description="A short id, unique in the dispute.")
    name: Localized = Field(description="What the side is called.")
    actors: tuple[ActorRef, ...] = Field((), description="Who stands on this side.")


@model
class Position:
    """What one side says about one issue."""

    side: Id = Field(description="The id of the side.")
    text: Statement = Field(description="Its position, in our own words.")
    evidence: Proof = ()


@model
class Issue:
    """A question that the sides answer differently."""

    id: Id = Field(description="A short id, unique in the dispute.")
    title: Localized = Field(description="The question.")
    positions: tuple[Position, ...] = Field((), description="What the sides say; a side may be silent.")


@model
class Dispute(EntryFields):
    """A conflict."""

    title: Localized = Field(description="What the dispute is called.")
    summary: Statement = Field(description="What it is about, in one paragraph.")
    state: Annotated[Text, WordOf("states")] = Field(description="Where it stands, a state of the vocabulary.")
    as_of: Date = Field(description="The date of the newest text that the state rests on.")
    when: Date = Field(description="Its span; every event of the dispute lies within.")
    sides: tuple[Side, ...] = Field(min_length=2, description="The parties.")
    issues: tuple[Issue, ...] = Field((), description="What is disputed.")
    next: Statement | None = Field(None, description="What the sources expect to come next.")
    open: Prose | None = Field(None, description="What the sources leave open.")
    related: tuple[DisputeRef, ...] = Field((), description="Disputes that belong together.")
    evidence: Proof = ()


def _check(entry: Entry) -> Iterable[Diagnostic]:
    dispute: Dispute = entry.data
    sides = tuple(side.id for side in dispute.sides)
    yield from _duplicates(entry.file, "sides", sides)
    yield from _duplicates(entry.file, "issues", (issue.id for issue in dispute.issues))
    known = frozenset(sides)
    for number, issue in enumerate(dispute.issues):
        for index, position in enumerate(issue.positions):
            if position.side not in known:
                close = nearest(position.side, sides[:_MAX_NAMED])
                hint = f"did you mean “{close[0]}”?" if close else f"its sides are {', '.join(sides[:_MAX_NAMED])}"
                place = Place(entry.file, ("issues", number, "positions", index, "side"))
                yield Diagnostic("unknown-ref", f"the dispute has no side “{position.side}”", place, hint)


def _duplicates(file: str, field: str, ids: Iterable[str]) -> Iterable[Diagnostic]:
    first: dict[str, int] = {}
    for index, one in enumerate(ids):
        if first.setdefault(one, index) != index:
            related = Related("the first one", Place(file, (field, first[one], "id")))
            place = Place(file, (field, index, "id"))
            yield Diagnostic("duplicate-id", f"two {field} have the id “{one}”", place, "choose another id", (related,))


def _names(dispute: Dispute) -> tuple[Naming, ...]:
    return names_of_title(dispute.title, is_proper=True)


KIND: Final = Kind(
    name="dispute",
    folder="disputes",
    path="disputes",
    order=10,
    has_book=True,
    model=Dispute,
    title=lambda dispute: dispute.title,
    summary=lambda dispute: dispute.summary,
    names=_names,
    when=lambda dispute: dispute.when,
    mutual=frozenset({"related"}),
    check=_check,
    is_facet=True,
)
