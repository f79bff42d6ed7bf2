"""Entries as one direction of a dictionary: their titles in a language, and the wrong names that lead to them.

In: entries as a template sees them. Out: letters with their rows, in the order of the alphabet. Knows no kind: what is
odd about a name, the kind says.
"""

from collections.abc import Iterable
from itertools import groupby
from typing import Final, NamedTuple

from markupsafe import Markup

from generator.lang import Lang
from generator.markdown import escape
from generator.views.entries import EntryView
from generator.views.site import filed, filed_title, foreign, letter_of

OTHER_SIGNS: Final = "#"


class Line(NamedTuple):
    """A word with the entry that it leads to; `link` says the right word, `other` the one of the other language.

    `odd` says what is odd about a word that is not the right one.
    """

    entry: EntryView
    sorted_as: str
    word: Markup
    link: Markup
    other: Markup | None
    odd: str = ""


class Letter(NamedTuple):
    """The words that begin with a letter; `key` names the place on the page."""

    key: str
    sign: str
    lines: tuple[Line, ...]


def lettered(entries: Iterable[EntryView], lang: Lang) -> tuple[Letter, ...]:
    """Return the words of one language by their first letter; what has no Latin one comes first."""
    lines = sorted((line for entry in entries for line in _lines(entry, lang)), key=_place)
    return tuple(
        Letter(f"{lang}-{letter.casefold() or 'other'}", letter or OTHER_SIGNS, tuple(group))
        for letter, group in groupby(lines, lambda line: letter_of(line.sorted_as))
    )


def _lines(entry: EntryView, lang: Lang) -> Iterable[Line]:
    title = entry.of.title
    text, in_lang = title.best(lang)
    word = _said(text, None if title.is_plain else in_lang, entry)
    other: Lang = "en" if lang == "de" else "de"
    counterpart = title.get(other)
    said = None if counterpart is None else _said(counterpart, None if title.is_plain else other, entry)
    link = entry.at("", word)
    yield Line(entry, filed_title(title, lang), word, link, said)
    for naming in entry.of.kind.names(entry.of.data):
        if naming.note and naming.lang in {lang, None}:
            yield Line(
                entry, filed(naming.text, naming.lang), _said(naming.text, naming.lang, entry), link, said, naming.note
            )


def _said(text: str, lang: Lang | None, entry: EntryView) -> Markup:
    return escape(text) if lang is None or lang == entry.page.lang else foreign(escape(text), lang)


def _place(line: Line) -> tuple[str, ...]:
    return (letter_of(line.sorted_as), line.sorted_as, line.odd, line.entry.id)
