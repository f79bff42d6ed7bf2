"""What a kind of entry declares about itself: its model, its names, its place on the site.

A kind is one module in `generator/kinds/` that ends in `KIND = Kind(...)`, its words (`<name>.words.yaml` beside it)
and its templates (`generator/templates/kinds/<name>/`). Everything else in Dossier knows kinds only through this
record.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal, NamedTuple

from generator.dates import EdtfDate
from generator.diagnostics import Diagnostic, Path
from generator.fields import EntryFields, Evidence, Localized, Record
from generator.lang import LANGS, Lang


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of `entries/`: its id, its kind and its validated fields."""

    id: str
    kind: "Kind"
    file: str
    data: Record

    @property
    def is_retired(self) -> bool:
        """Whether the entry keeps its id only to redirect."""
        fields: EntryFields = self.data
        return fields.status == "retired"

    @property
    def title(self) -> Localized:
        """What the entry is called."""
        return self.kind.title(self.data)


class Naming(NamedTuple):
    """A way to name an entry in running text; `lang` is None where both languages use it.

    `is_proper` names inflect like names (Wikis), the others like common nouns (Klagen). A naming that is not
    `is_linked` can be found by search and in the register, but mentions of it are not linked.
    """

    text: str
    lang: Lang | None = None
    is_proper: bool = False
    is_linked: bool = True
    note: str = ""


@dataclass(frozen=True, slots=True)
class TextFile:
    """Where the text of a quotable entry lies, its SHA-256 when it was described, and its language.

    Where it is not `is_open`, only quoted passages may be shown.
    """

    file: str
    sha256: str
    lang: Lang
    is_open: bool = True


@dataclass(frozen=True, slots=True)
class ExtraPage:
    """A page over all entries of a kind beside its index; `template` lies in the kind's template folder.

    Where there are more than `per_page` entries it is a table of contents of pages that hold so many each.
    """

    path: str
    template: str
    order: int
    per_page: int = 100


@dataclass(frozen=True, slots=True)
class Agreement:
    """Evidence that is said to agree: it should come from more than one origin."""

    path: Path
    evidence: tuple[Evidence, ...]


def _nothing(_data: Record) -> None:
    return None


def _none(_data: Record) -> tuple[()]:
    return ()


def _one(_data: Record) -> int:
    return 1


def _no(_data: Record) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Kind:
    """The declaration of a kind. Only `name`, `folder`, `path`, `order`, `model` and `title` are required.

    `path` is the folder of its pages, `index` that of its index page where it is another. A kind without pages of its
    own has `has_pages=False` and its entries are shown by the entry that `shown_by` names. `roles` says what references
    may require of it (see `fields.RefTo`). `short` is the title in citations, `summary` the prose that says what an
    entry is; the title of one that `is_word` has a counterpart in the other language worth knowing. `sorted_by` orders
    and divides lists of its entries; an index of more than `per_page` is divided into pages. `book_order` is its place
    in the book where that is not `order`; it `has_book` where readers may want one around an entry. Search can be
    narrowed down to what refers to an entry of a kind that `is_facet`. References from a field that is
    `mutual` say no more than that two entries belong together. `weight` says how much an entry weighs among its kind,
    before one counts what refers to it; empty where nothing does. `holds` is how many things an entry stands for
    where it is only their list. A register files one that is `filed_by_end` by the last part of its
    name, where that is a name too. Pages of a kind that `is_wide` take the room of the table of contents.
    """

    name: str
    folder: str
    path: str
    order: int
    model: type
    title: Callable[[Record], Localized]
    names: Callable[[Record], Iterable[Naming]] = _none
    when: Callable[[Record], EdtfDate | None] = _nothing
    text: Callable[[Record], TextFile | None] = _nothing
    origins: Callable[[Record], tuple[str, ...]] = _none
    agreement: Callable[[Record], Agreement | None] = _nothing
    check: Callable[[Entry], Iterable[Diagnostic]] = _none
    shown_by: Callable[[Record], str | None] = _nothing
    book_order: int = 0
    has_book: bool = False
    has_pages: bool = True
    index: str = ""
    short: Callable[[Record], Localized | None] = _nothing
    summary: Callable[[Record], Localized | None] = _nothing
    is_word: bool = False
    mutual: frozenset[str] = frozenset()
    filed_by_end: Callable[[Record], bool] = _no
    weight: Callable[[Record], tuple[int, ...]] = _none
    holds: Callable[[Record], int] = _one
    is_wide: bool = False
    sorted_by: Literal["title", "date"] = "title"
    per_page: int = 250
    extra_pages: tuple[ExtraPage, ...] = ()
    roles: frozenset[str] = frozenset()
    is_facet: bool = False


def names_of_title(title: Localized, *, is_proper: bool) -> tuple[Naming, ...]:
    """Return the namings that a title gives."""
    if title.de == title.en and title.de:
        return (Naming(title.de, None, is_proper=is_proper),)
    texts = ((title.get(lang), lang) for lang in LANGS)
    return tuple(Naming(text, lang, is_proper=is_proper) for text, lang in texts if text)
