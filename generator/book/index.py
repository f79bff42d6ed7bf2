"""The register of a book: that of the site as a maker of indexes would have it.

In: the corpus, and which entries the book has. Out: rows in the order of the alphabet. A form stands only where nobody
would meet the name itself, a name that ends in another is turned round, an article goes behind.
"""

import re
from dataclasses import replace
from typing import Final

from generator.book.nodes import IndexRow
from generator.views.register import RegisterRow, register_of
from generator.views.site import Site, filed, folded

_ALIKE: Final = 0.75


def index_of(site: Site, wanted: frozenset[str]) -> tuple[IndexRow, ...]:
    """Return the rows of these entries, sorted."""
    naming = site.words.values["naming"]
    entries = site.corpus.entries
    rows = (
        _turned(_row(site, row, naming.get(row.note, "")))
        for row in register_of(site.corpus)
        if site.home_of(entries[row.entry_id]).id in wanted
    )
    once = {(row.text, row.entry): row for row in rows}
    places = {key: (row.letter, _collated(row), *key) for key, row in once.items()}
    kept: list[IndexRow] = []
    forms: dict[str, list[str]] = {}
    for row in (once[key] for key in sorted(once, key=places.__getitem__)):
        known = forms.setdefault(row.entry, [])
        if row.see and not row.note:
            if any(_are_alike(row.text, other) for other in (row.see, *known)):
                continue
            known.append(row.text)
        kept.append(_inverted(row))
    return tuple(kept)


def _row(site: Site, row: RegisterRow, note: str) -> IndexRow:
    home = site.home_of(site.corpus.entries[row.entry_id])
    title = home.title.best(site.lang)[0]
    return IndexRow(row.text, home.id, row.letter, row.lang, note, "" if row.text == title else title)


def _turned(row: IndexRow) -> IndexRow:
    """Return a name that ends another turned round, with its pages: “Quill, Ada” instead of “Quill, see Ada Quill”."""
    first = row.see.removesuffix(f" {row.text}")
    is_end = not row.note and first != row.see
    return replace(row, text=f"{row.text}, {first}", see="") if is_end else row


def _are_alike(one: str, other: str) -> bool:
    """Tell whether two forms stand beside each other: one begins the other, or they differ in the ends of words."""
    first, second = folded(one), folded(other)
    if _begin_alike(first, second):
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


def _inverted(row: IndexRow) -> IndexRow:
    """Return the row with the article behind the name, where it has one."""
    article, _, name = row.text.partition(" ")
    is_one = name and filed(row.text, row.lang) == folded(name)
    return replace(row, text=f"{name}, {article}") if is_one else row
