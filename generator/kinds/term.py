"""Kind *term*: a word of the glossary in German and English, its forms and its misnomers."""

from collections.abc import Iterator
from typing import Annotated, Final, Literal

from pydantic import Field

from generator.fields import (
    AnyRef,
    Boolean,
    EntryFields,
    Id,
    Localized,
    Proof,
    Prose,
    RefTo,
    Text,
    WordOf,
    model,
)
from generator.kind import Kind, Naming, names_of_title
from generator.lang import LANGS

TermRef = Annotated[Id, RefTo(("term",))]


@model
class Forms:
    """Words that stand for the term in running text, beside its regular inflections."""

    de: tuple[Text, ...] = Field((), description="German forms.")
    en: tuple[Text, ...] = Field((), description="English forms.")


@model
class Misnomer:
    """A wrong word for the term, as a source uses it. Found by search, shown with a warning, never as right."""

    text: Text = Field(description="The wrong word.")
    language: Literal["de", "en"] = Field(description="The language of the wrong word.")
    note: Prose = Field(description="What is wrong about it, and where it comes from.")


@model
class Term(EntryFields):
    """A word of the glossary."""

    name: Localized = Field(description="The term in both languages.")
    abbreviation: Localized | None = Field(None, description="Its abbreviation.")
    category: Annotated[Text, WordOf("categories")] = Field(description="A category of the vocabulary.")
    definition: Prose = Field(description="What it means, in our own words.")
    forms: Forms | None = Field(None, description="Other forms of the term.")
    misnomers: tuple[Misnomer, ...] = Field((), description="Wrong words for it.")
    broader: tuple[TermRef, ...] = Field((), description="Wider terms.")
    related: tuple[AnyRef, ...] = Field((), description="Entries that belong to the term.")
    linked: Boolean = Field(True, description="false for words too common to link every mention.")
    outside_knowledge: Boolean = Field(True, description="false where the sources themselves explain the term.")
    evidence: Proof = ()


def _names(term: Term) -> Iterator[Naming]:
    is_name = term.name.is_plain
    for naming in names_of_title(term.name, is_proper=is_name):
        yield Naming(naming.text, naming.lang, is_proper=is_name, is_linked=term.linked)
    if term.abbreviation:
        for naming in names_of_title(term.abbreviation, is_proper=True):
            yield Naming(naming.text, naming.lang, is_proper=True, is_linked=term.linked)
    for lang in LANGS:
        for form in (term.forms.de if lang == "de" else term.forms.en) if term.forms else ():
            yield Naming(form, lang, is_proper=is_name, is_linked=term.linked)
    for misnomer in term.misnomers:
        yield Naming(misnomer.text, misnomer.language, is_linked=False, note="misnomer")


KIND: Final = Kind(
    name="term",
    folder="terms",
    path="glossary",
    order=50,
    book_order=75,
    model=Term,
    title=lambda term: term.name,
    summary=lambda term: term.definition,
    is_word=True,
    mutual=frozenset({"related"}),
    names=_names,
)
