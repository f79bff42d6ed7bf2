"""What a book is made of: chapters of simple nodes, text inside them as data that no output may take for code.

A node has a name, attributes and children; the names, with their attributes, are those of `VOCABULARY`. Everything here
can be written as JSON and read by a program that knows nothing of Dossier.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final, NamedTuple, Union

from generator.lang import Lang

NOTHING: Final[Mapping[str, str]] = MappingProxyType({})


class Node(NamedTuple):
    """A part of a chapter; a child is a node or a text."""

    name: str
    attributes: Mapping[str, str] = NOTHING
    children: tuple[Union["Node", str], ...] = ()


Child = Node | str

BLOCKS: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "h": frozenset({"id", "level"}),  # a heading inside a chapter, below its title; level 1 unless it says 2
        "p": frozenset({"class"}),  # running text; class "notice" for a remark of the edition
        "list": frozenset({"class", "ordered"}),  # of items; class "refs" for entries, "proofs" for evidence
        "item": frozenset(),  # inline nodes
        "facts": frozenset({"class"}),  # what is known of an entry at a glance: of facts; class "line" for a short one
        "fact": frozenset(),  # a name and a value
        "name": frozenset(),
        "value": frozenset(),
        "table": frozenset({"class", "columns"}),  # rows; columns are relative widths, such as "1 3 3"
        "row": frozenset({"head"}),  # cells; head="yes" for the row that is repeated on every page
        "cell": frozenset({"class"}),  # inline nodes; class "name" for the cell that names its row, "number", "empty"
        # A drawing as the text of an SVG, some in another one for a narrow screen too; inside, its caption.
        "figure": frozenset({"alt", "narrow", "svg"}),
        "passage": frozenset({"id", "kind", "lang", "n"}),  # a paragraph of a source; kind heading, item or text
        "words": frozenset(),  # of a passage: its text
        "rests": frozenset(),  # of a passage: what rests on it, a rest for each quote
        "rest": frozenset({"n"}),  # the number of the quote in the source, then refs to the evidence
        "remark": frozenset({"class", "id", "n"}),  # of a passage: a note with its letter; class says how grave it is
        "said": frozenset(),  # of a remark: the words of the source that it is about
        "gist": frozenset(),  # of a remark: what it says at a glance, for the margin
    }
)
INLINES: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "em": frozenset(),
        "strong": frozenset(),
        "small": frozenset(),
        "s": frozenset({"lang"}),  # a wrong word
        "span": frozenset({"lang"}),  # text in another language
        "badge": frozenset({"class"}),  # a word of the edition about what stands beside it
        "br": frozenset(),
        "link": frozenset({"url"}),  # to another site
        # To an entry, or to a place of its chapter; page="yes" where the number of the page belongs to it. A page
        # alone stands where there are no words inside. Where the book lacks the entry, only the words are set.
        "ref": frozenset({"at", "page", "to"}),
        # A piece of evidence by its number in the entry; with children, its note: once in a chapter.
        "cite": frozenset({"entry", "n", "stance"}),
        "q": frozenset({"lang"}),  # quoted words, with their marks
        "mark": frozenset({"id", "use"}),  # words of a source that are quoted or annotated; use "quoted annotated"
        "aside": frozenset(),  # words of a source that are set aside
        "n": frozenset({"n"}),  # the number of a quote, or the letter of a remark, at the end of its words
        "index": frozenset({"to"}),  # an entry that is named here without a reference; empty
    }
)
VOCABULARY: Final[Mapping[str, frozenset[str]]] = MappingProxyType({**BLOCKS, **INLINES})


@dataclass(frozen=True, slots=True)
class Chapter:
    """An entry in the book; `title` are inline nodes, `plain` is the title as text for outlines and running heads.

    `when` is its date in words, empty where it has none.
    """

    id: str
    kind: str
    title: tuple[Child, ...]
    plain: str
    body: tuple[Child, ...]
    when: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """The chapters of one kind, after the tables that introduce them; `id` is unique in the book."""

    id: str
    title: str
    body: tuple[Child, ...]
    chapters: tuple[Chapter, ...] = ()


@dataclass(frozen=True, slots=True)
class IndexRow:
    """A name in the register and the entry it names; `note` says what is odd about it, `letter` where it stands.

    `see` is the text of the row that has the pages of the entry, if this is another one.
    """

    text: str
    entry: str
    letter: str
    lang: Lang | None = None
    note: str = ""
    see: str = ""


@dataclass(frozen=True, slots=True)
class Book:
    """A whole book, or a part of one.

    `about` is the entry that a part was made around. `edition` are name and text of what is known of the edition, for
    the title page. `index` is the register, `proofs` the list of evidence; `words` are the labels that outputs need.
    """

    lang: Lang
    title: str
    subtitle: str
    author: str
    edition: tuple[tuple[str, str], ...]
    description: tuple[Child, ...]
    parts: tuple[Part, ...]
    index: tuple[IndexRow, ...]
    proofs: tuple[Child, ...]
    words: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    about: str = ""

    @property
    def chapters(self) -> Iterator[Chapter]:
        """Every chapter, in order."""
        for part in self.parts:
            yield from part.chapters


def as_data(value: object) -> Any:  # noqa: ANN401 - whatever JSON can say
    """Return a node, or anything made of nodes, as what JSON can say; a node is name, attributes, children."""
    match value:
        case Node(name, attributes, children):
            return [name, dict(attributes), [child if isinstance(child, str) else as_data(child) for child in children]]
        case str() | int() | float() | None:
            return value
        case Mapping():
            return {key: as_data(inner) for key, inner in value.items()}
        case tuple() | list():
            return [as_data(inner) for inner in value]
        case _:
            names: Mapping[str, object] = getattr(value, "__dataclass_fields__", {})
            return {name: as_data(getattr(value, name)) for name in names}


def plain(children: tuple[Child, ...]) -> str:
    """Return the words of nodes, notes left out."""
    return "".join(
        child if isinstance(child, str) else "" if child.name == "cite" else plain(child.children) for child in children
    )
