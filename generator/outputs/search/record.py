"""One record of the index: what search may find of one page, as the HTML that Pagefind reads.

In: plain texts. Out: HTML that nobody sees but Pagefind. Words that only help to find stand in metadata, which no
excerpt shows; what the page says in the other language stands last and weighs less.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import Final

from generator.lang import Lang

# What a record shows beside its text, and what it is only found by.
STRONG: Final = "strong"
WEAK: Final = "weak"
KIND: Final = "kind"
WHEN: Final = "when"
# What the words of a place are, before its anchor.
ELSEWHERE: Final = "~"
_SIGNS: Final = {"is_title": "!", "is_list": "=", "is_quote": ">"}
_TITLE: Final = 7
_SAID: Final = 1
_QUOTED: Final = 0.6
_ELSEWHERE: Final = 0.4


@dataclass(frozen=True, slots=True)
class Place:
    """Words at an anchor of the page, in a language.

    `is_quote` where a source says them, `is_list` where they are no sentence, `is_title` if the page is called so.
    """

    anchor: str
    text: str
    lang: Lang
    is_quote: bool = False
    is_list: bool = False
    is_title: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    """A page as search knows it. `path` is relative to the site of its language, `kind` what the page is called.

    `places` are said on the page, `elsewhere` on its sibling in the other language. `strong` and `weak` are words that
    it is found by. `facets` are pairs of a group and a value.
    """

    path: str
    lang: Lang
    title: str
    kind: str = ""
    when: str = ""
    places: tuple[Place, ...] = ()
    elsewhere: tuple[Place, ...] = ()
    strong: str = ""
    weak: str = ""
    facets: tuple[tuple[str, str], ...] = ()


def html_of(record: Record) -> str:
    """Return the record as Pagefind reads it."""
    return "".join(_pieces(record))


def _pieces(record: Record) -> Iterator[str]:
    yield f'<!doctype html><html lang="{record.lang}"><body data-pagefind-body>'
    yield f'<h1 data-pagefind-meta="title" data-pagefind-weight="{_TITLE}">{escape(record.title)}</h1>'
    metadata = {KIND: record.kind, WHEN: record.when, STRONG: record.strong, WEAK: record.weak}
    for name, text in metadata.items():
        if text:
            yield f'<i data-pagefind-meta="{name}[title]" title="{escape(text)}"></i>'
    for number, place in enumerate(record.places):
        yield _place(place, number, "", _QUOTED if place.is_quote else _SAID)
    for number, place in enumerate(record.elsewhere):
        yield _place(place, number, ELSEWHERE, _ELSEWHERE)
    yield "</body></html>"


def _place(place: Place, number: int, where: str, weight: float) -> str:
    means = "".join(sign for name, sign in _SIGNS.items() if getattr(place, name))
    name = escape(f"{number}:{place.lang}:{where}{means}{place.anchor}")
    return f'<p id="{name}" data-pagefind-weight="{weight}">{escape(place.text)}</p>'


def words_of(record: Record) -> str:
    """Return everything that the record is found by."""
    places = (place.text for place in (*record.places, *record.elsewhere))
    return "\n".join((record.title, *places, record.strong))
