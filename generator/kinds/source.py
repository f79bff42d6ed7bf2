"""Kind *source*: a quoted document with its metadata and source criticism. Its text lies in `seeds/`."""

from typing import Annotated, ClassVar, Final, Literal

from pydantic import AfterValidator, Field

from generator.fields import (
    AGENT_ROLE,
    TEXT_ROLE,
    Date,
    EntryFields,
    Id,
    Localized,
    Prose,
    Quote,
    RefTo,
    Text,
    Url,
    model,
)
from generator.kind import ExtraPage, Kind, Naming, TextFile, names_of_title

AgentRef = Annotated[Id, RefTo(role=AGENT_ROLE)]
# Some tools print the letters as capitals.
Sha256 = Annotated[Text, Field(pattern=r"^[0-9a-fA-F]{64}$"), AfterValidator(str.lower)]
Reason = Literal["boilerplate", "opinion", "forecast", "heading", "generality", "repetition"]


@model
class Written:
    """Our reading of when a text was written, and on what it rests."""

    date: Date = Field(description="When the text was written, as an EDTF date.")
    basis: Prose = Field(description="What in the text (or elsewhere) the date rests on.")


@model
class SetAside(Quote):
    """A passage that carries no fact of its own."""

    use: ClassVar[str] = "set-aside"

    reason: Reason = Field(description="Why the passage is not used.")
    note: Prose | None = Field(None, description="Anything that the reason does not say.")


@model
class Source(EntryFields):
    """A quoted document."""

    file: Text = Field(description="The file of the text, below the project, usually in seeds/.")
    sha256: Sha256 = Field(description="SHA-256 of the file when it was described: 64 digits and letters a–f.")
    title: Localized = Field(description="The title of the document, or a descriptive one where it has none.")
    language: Literal["de", "en"] = Field(description="The language of the text.")
    published: Date | None = Field(None, description="The printed date of publication; null where there is none.")
    written: Written | None = Field(None, description="When the text was written, on internal evidence.")
    publisher: Localized | None = Field(None, description="Who published the text, if known.")
    url: Url | None = Field(None, description="Where the document was published.")
    translated_from: Localized | None = Field(
        None, description="The language that the text seems to be translated from."
    )
    relies_on: tuple[AgentRef, ...] = Field(
        (), description="The actors, usually media, that the text itself relies on."
    )
    rights: Literal["full", "excerpts"] = Field(
        "full", description="Whether the whole text may be shown, or only quoted passages."
    )
    short: Localized = Field(description="A short name for citations, such as “Hosting considered”.")
    description: Prose = Field(
        description="Source criticism: what the text is, what it rests on, how good its language is."
    )
    set_aside: tuple[SetAside, ...] = Field(
        (), description="Passages that carry no fact: boilerplate, opinion, forecast, headings."
    )


def _names(source: Source) -> tuple[Naming, ...]:
    return tuple(
        Naming(n.text, n.lang, is_proper=True, is_linked=False) for n in names_of_title(source.title, is_proper=True)
    )


KIND: Final = Kind(
    name="source",
    folder="sources",
    path="sources",
    order=70,
    model=Source,
    title=lambda source: source.title,
    summary=lambda source: source.description,
    names=_names,
    when=lambda source: source.published or (source.written.date if source.written else None),
    text=lambda source: TextFile(source.file, source.sha256, source.language, is_open=source.rights == "full"),
    origins=lambda source: source.relies_on,
    short=lambda source: source.short,
    is_wide=True,
    extra_pages=(ExtraPage("coverage", "coverage.md.j2", 90, per_page=10),),
    roles=frozenset({TEXT_ROLE}),
    is_facet=True,
)
