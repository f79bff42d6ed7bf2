"""Kind *event*: something that happened, was reported, planned or denied, with its date and its evidence."""

from collections.abc import Iterable
from typing import Annotated, Final, Literal

from pydantic import Field

from generator.diagnostics import Diagnostic, Place
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
from generator.kind import Entry, Kind

ActorRef = Annotated[Id, RefTo(("actor",))]
EventRef = Annotated[Id, RefTo(("event",))]
DisputeRef = Annotated[Id, RefTo(("dispute",), within=True)]
EventModality = Literal["occurred", "reported", "announced", "planned", "considered", "denied"]


@model
class Participant:
    """An actor of the event and the part it plays."""

    actor: ActorRef = Field(description="The actor.")
    role: Annotated[Text, WordOf("roles")] = Field(description="Its part, a role of the vocabulary.")


@model
class Event(EntryFields):
    """Something that happened, or was said to happen."""

    when: Date = Field(description="When, exactly as fine as the sources allow.")
    when_basis: Literal["stated", "inferred", "relative"] = Field(description="How we know the date.")
    when_wording: Localized | None = Field(None, description="The words that a relative or inferred date rests on.")
    when_note: Prose | None = Field(None, description="How the date follows from the words.")
    type: Annotated[Text, WordOf("event-types")] = Field(description="An event type of the vocabulary.")
    title: Localized = Field(description="One line that says what happened.")
    text: Statement = Field(description="What happened, in our own words.")
    actors: tuple[Participant, ...] = Field((), description="Who took part, and as what.")
    disputes: tuple[DisputeRef, ...] = Field((), description="The disputes that the event belongs to.")
    modality: EventModality = Field(
        "occurred", description="Whether it occurred or was only reported, planned, denied …"
    )
    follows: tuple[EventRef, ...] = Field((), description="Events that this one answers or continues.")
    evidence: Proof = ()


def _check(entry: Entry) -> Iterable[Diagnostic]:
    event: Event = entry.data
    if event.when_basis != "stated" and not (event.when_wording or event.when_note):
        hint = "add when_wording (the words of the source) or when_note (the reasoning)"
        message = f"the date is {event.when_basis}, but nothing says from what"
        yield Diagnostic("missing-key", message, Place(entry.file, ("when_basis",)), hint)


KIND: Final = Kind(
    name="event",
    folder="events",
    path="events",
    index="chronology",
    order=20,
    model=Event,
    title=lambda event: event.title,
    summary=lambda event: event.text,
    when=lambda event: event.when,
    sorted_by="date",
    check=_check,
)
