"""Kind *actor*: a person, an organisation, an authority or a medium, with roles and relations."""

from collections.abc import Iterator
from typing import Annotated, Final, Literal

from pydantic import Field

from generator.diagnostics import Diagnostic, Place
from generator.fields import (
    AGENT_ROLE,
    Boolean,
    Date,
    EntryFields,
    Id,
    Localized,
    Proof,
    RefTo,
    Statement,
    Text,
    Url,
    WordOf,
    model,
)
from generator.kind import Entry, ExtraPage, Kind, Naming, names_of_title

ActorRef = Annotated[Id, RefTo(("actor",))]


@model
class Relation:
    """A relation to another actor, as seen from this one; the vocabulary has its name in both directions."""

    type: Annotated[Text, WordOf("relations")] = Field(description="A relation of the vocabulary, such as invests-in.")
    to: ActorRef = Field(description="The actor at the other end.")
    title: Localized | None = Field(None, description="The role in words, such as “CEO”.")
    when: Date | None = Field(None, description="Since when, until when.")
    text: Statement | None = Field(None, description="What the sources say about the relation.")
    evidence: Proof = ()


@model
class Alias:
    """Another name of the actor."""

    name: Localized = Field(description="The name.")
    note: Localized | None = Field(None, description="What kind of name it is: abbreviation, former name, metonym …")
    linked: Boolean = Field(True, description="false for names too common to link every mention.")


@model
class Identifier:
    """The actor in another register."""

    scheme: Text = Field(description="The register, such as wikidata, gnd, lei.")
    value: Text = Field(description="The identifier there.")


@model
class Actor(EntryFields):
    """A person, an organisation, an authority or a medium."""

    type: Literal["person", "organization", "authority", "medium"] = Field(description="What the actor is.")
    name: Localized = Field(description="The name.")
    aliases: tuple[Alias, ...] = Field(
        (), description="Other names: short forms, abbreviations, former names, metonyms."
    )
    summary: Statement = Field(description="Who this is, as far as the sources tell.")
    evidence: Proof = ()
    relations: tuple[Relation, ...] = Field((), description="Roles and relations to other actors.")
    identifiers: tuple[Identifier, ...] = Field((), description="The actor in other registers.")
    website: Url | None = Field(None, description="The actor's own site.")


def _names(actor: Actor) -> Iterator[Naming]:
    yield from names_of_title(actor.name, is_proper=True)
    for alias in actor.aliases:
        for naming in names_of_title(alias.name, is_proper=True):
            yield Naming(naming.text, naming.lang, is_proper=True, is_linked=alias.linked)


def _check(entry: Entry) -> Iterator[Diagnostic]:
    actor: Actor = entry.data
    for index, relation in enumerate(actor.relations):
        if not relation.evidence and relation.text is None:
            place = Place(entry.file, ("relations", index))
            hint = "add evidence: with a source and a quote"
            yield Diagnostic("statement-without-evidence", "nothing supports this relation", place, hint)


KIND: Final = Kind(
    name="actor",
    folder="actors",
    path="actors",
    order=30,
    model=Actor,
    title=lambda actor: actor.name,
    summary=lambda actor: actor.summary,
    names=_names,
    filed_by_end=lambda actor: actor.type == "person",
    check=_check,
    extra_pages=(ExtraPage("network", "network.md.j2", 35),),
    roles=frozenset({AGENT_ROLE}),
    is_facet=True,
)
