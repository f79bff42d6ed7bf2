"""Kind *annotation*: the layer of notes on one source: faults of translation and of fact, contradictions, context."""

from collections.abc import Iterable
from typing import Annotated, ClassVar, Final, Literal

from pydantic import Field

from generator.diagnostics import Diagnostic, Place, Related
from generator.fields import AnyRef, Boolean, EntryFields, Id, Localized, Prose, Quote, RefTo, model
from generator.kind import Entry, Kind

SourceRef = Annotated[Id, RefTo(("source",))]
NoteType = Literal["translation", "garbled", "fact", "contradiction", "attribution", "context"]
NoteSeverity = Literal["cosmetic", "distorting", "reversing"]
Confidence = Literal["high", "medium", "low"]


@model
class Note(Quote):
    """A note in the margin of a source."""

    use: ClassVar[str] = "annotated"

    id: Id = Field(description="The note's own id, unique in its file.")
    type: NoteType = Field(description="What kind of remark it is.")
    severity: NoteSeverity | None = Field(None, description="How much a fault changes the meaning.")
    reading: Localized | None = Field(
        None,
        description=(
            "What is likely meant: a corrected wording that can stand in place of the quote, in the language of the "
            "source, and its sense in the other language."
        ),
    )
    note: Prose = Field(description="What is wrong or worth knowing, and why we think so.")
    refs: tuple[AnyRef, ...] = Field((), description="Entries that the note is about.")
    confidence: Confidence = Field("high", description="How sure we are.")
    outside_knowledge: Boolean = Field(False, description="true where the sources alone do not say it.")

    @property
    def sort(self) -> str:
        """What kind of remark it is."""
        return self.type

    @property
    def meant(self) -> Localized | None:
        """What is likely meant instead of the passage."""
        return self.reading


@model
class AnnotationLayer(EntryFields):
    """All notes on one source."""

    source: SourceRef = Field(description="The source that the notes are about.")
    notes: tuple[Note, ...] = Field((), description="The notes, in the order of the text.")


def _check(entry: Entry) -> Iterable[Diagnostic]:
    layer: AnnotationLayer = entry.data
    if entry.id != f"{layer.source}-annotations":
        hint = f"rename the file to {layer.source}-annotations.yaml"
        yield Diagnostic(
            "bad-id", "the file of notes is not named after its source", Place(entry.file, ("source",)), hint
        )
    first: dict[str, int] = {}
    for index, note in enumerate(layer.notes):
        if note.id in first:
            related = Related("the first one", Place(entry.file, ("notes", first[note.id], "id")))
            message = f"two notes have the id “{note.id}”"
            yield Diagnostic(
                "duplicate-id",
                message,
                Place(entry.file, ("notes", index, "id")),
                "choose another id",
                (related,),
            )
        first.setdefault(note.id, index)


KIND: Final = Kind(
    name="annotation",
    folder="annotations",
    path="errata",
    order=80,
    model=AnnotationLayer,
    title=lambda layer: Localized(f"Anmerkungen zu {layer.source}", f"Notes on {layer.source}"),
    check=_check,
    holds=lambda layer: len(layer.notes),
    shown_by=lambda layer: layer.source,
    has_pages=False,
    per_page=10,
)
