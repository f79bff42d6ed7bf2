"""The register of a book: that of the site as a maker of indexes would have it.

In: the corpus, and which entries the book has. Out: rows in the order of the alphabet. One row of an entry has its
pages, the others name that row. A form stands only where nobody would meet the name itself; the name of a person is
turned round, an article goes behind, but a work keeps the title that it has.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from generator.book.nodes import IndexRow
from generator.kind import Entry
from generator.lang import Lang
from generator.views.register import RegisterRow, register_of
from generator.views.site import Site, filed, folded

_ALIKE: Final = 0.75
_LONG: Final = 48  # what is longer is a title rather than a name: nobody reads it from behind


def index_of(site: Site, wanted: frozenset[str]) -> tuple[IndexRow, ...]:
    """Return the rows of these entries, sorted."""
    entries = site.corpus.entries
    found: dict[str, dict[str, RegisterRow]] = {}
    for row in register_of(site.corpus):
        home = site.home_of(entries[row.entry_id])
        if home.id in wanted:
            found.setdefault(home.id, {}).setdefault(row.text, row)
    rows = (row for home, of_home in found.items() for row in _rows(site, entries[home], tuple(of_home.values())))
    return tuple(_inverted(site, row) for row in _unlike(sorted(rows, key=_place)))


def _rows(site: Site, home: Entry, found: Sequence[RegisterRow]) -> Iterator[IndexRow]:
    """Yield the rows of an entry: the one with its pages, and those that name it."""
    naming = site.words.values["naming"]
    main = _main(site, home, found)
    yield main
    for row in found:
        if main.text != row.text and not main.text.startswith(f"{row.text}, "):
            yield IndexRow(row.text, home.id, row.letter, row.lang, naming.get(row.note, ""), main.text)


def _main(site: Site, home: Entry, found: Sequence[RegisterRow]) -> IndexRow:
    """Return the row that has the pages: the title, turned round where its end is the name to look for."""
    title = home.title.best(site.lang)[0]
    right = [row for row in found if not row.note] or found
    if home.kind.filed_by_end(home.data):
        for row in sorted(right, key=lambda row: len(row.text)):
            if title.endswith(f" {row.text}"):
                turned = f"{row.text}, {title.removesuffix(row.text).rstrip()}"
                return IndexRow(turned, home.id, row.letter, row.lang)
    row = next((row for row in right if row.text == title), right[0])
    return IndexRow(row.text, home.id, row.letter, row.lang)


def _unlike(rows: Iterable[IndexRow]) -> Iterator[IndexRow]:
    """Yield the rows that would not stand beside another form of the same word."""
    forms: dict[str, list[str]] = {}
    for row in rows:
        known = forms.setdefault(row.entry, [])
        if row.see and not row.note:
            text = filed(row.text, row.lang)
            if any(_are_alike(text, other) for other in (filed(row.see, row.lang), *known)):
                continue
            known.append(text)
        yield row


def _place(row: IndexRow) -> tuple[object, ...]:
    return row.letter, _collated(row), row.text, row.entry


def _are_alike(first: str, second: str) -> bool:
    """Tell whether two folded forms stand beside each other: one begins the other, or they differ in ends of words."""
    if _begin_alike(first.replace("-", " "), second.replace("-", " ")):
        return True
    words, others = first.split(), second.split()
    return len(words) == len(others) and all(map(_begin_alike, words, others))


def _begin_alike(one: str, other: str) -> bool:
    shorter = min(len(one), len(other))
    common = next((at for at in range(shorter) if one[at] != other[at]), shorter)
    return common >= _ALIKE * shorter


def _collated(row: IndexRow) -> tuple[str, ...]:
    """Return the key of DIN 5007-1: umlauts as their vowels, ß as ss, words before signs; first words first."""
    return tuple(re.findall(r"[^\W_]+", filed(row.text, row.lang)))


def _inverted(site: Site, row: IndexRow) -> IndexRow:
    """Return the row with the articles behind the names."""
    home = site.corpus.entries[row.entry]
    if home.kind.text(home.data):
        return row
    return replace(row, text=_behind(row.text, row.lang), see=_behind(row.see, site.lang))


def _behind(text: str, lang: Lang | None) -> str:
    article, _, name = text.partition(" ")
    is_one = name and len(text) <= _LONG and filed(text, lang) == folded(name)
    return f"{name}, {article}" if is_one else text
