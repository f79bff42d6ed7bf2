"""Names and terms in; where a running text mentions them, in whatever form, out.

Leftmost and longest, whole words only. A spelling that two entries share is found for neither. Knows of an entry
only its id, and neither markup nor links: which mention becomes one is decided where pages are made.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Final, NamedTuple, Self

from ahocorasick_rs import AhoCorasick, MatchKind

from generator.composed import composed
from generator.lang import Lang
from generator.wordforms import forms, stems

# Each becomes one character, so that offsets stay.
_VARIANTS: Final = (("’", "'"), ("‐", "-"), ("‑", "-"), ("\n", " "), ("\u00a0", " "), ("\u202f", " "))


@dataclass(frozen=True, slots=True, order=True)
class Name:
    """A spelling of an entry's name. `lang` None means both languages; a term is what is no proper name."""

    text: str
    entry_id: str
    lang: Lang | None
    is_proper: bool


class Mention(NamedTuple):
    """Code points `start` to `end` of a text name the entry; the ending of an inflected form is part of it."""

    start: int
    end: int
    entry_id: str


class _Spelling(NamedTuple):
    """A name's text with everyone who has it; it names somebody only where that is one."""

    text: str
    is_proper: bool
    entry_ids: tuple[str, ...]


class _Candidate(NamedTuple):
    start: int
    minus_end: int  # so that candidates sort by start, and of one start the longest comes first
    is_form: bool  # no spelling that an entry itself gives; those come first and win
    entry_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mentions:
    """An automaton over the names of one language.

    `ambiguous` tells each given spelling that several entries share, with their ids, sorted. That forms of different
    names look the same is seen where they are met, and they are not found either.
    """

    names: tuple[Name, ...]
    lang: Lang
    ambiguous: Mapping[str, tuple[str, ...]]
    _automaton: AhoCorasick
    _begun: tuple[tuple[_Spelling, ...], ...]  # for each pattern of the automaton the spellings that may begin so

    @classmethod
    def build(cls, names: Iterable[Name], lang: Lang) -> Self:
        """Build from the names of all entries in any order; those of the other language are left out."""
        known = tuple(sorted((name for name in names if name.lang in (None, lang)), key=_key))
        spellings = _spellings(known)
        begun: defaultdict[str, list[_Spelling]] = defaultdict(list)
        for spelling in spellings:
            for stem in stems(spelling.text, lang, is_proper=spelling.is_proper):
                begun[stem].append(spelling)
        shared = {spelling.text: spelling.entry_ids for spelling in spellings if len(spelling.entry_ids) > 1}
        # Leftmost-longest matching in the automaton would not know where words end; it reports everything.
        automaton = AhoCorasick(begun, matchkind=MatchKind.Standard, store_patterns=False)
        return cls(known, lang, MappingProxyType(shared), automaton, tuple(map(tuple, begun.values())))

    def __reduce__(self) -> tuple[object, tuple[tuple[Name, ...], Lang]]:
        """Pickle the names alone: the automaton itself cannot travel to another process."""
        return Mentions.build, (self.names, self.lang)

    def find(self, text: str) -> tuple[Mention, ...]:
        """Return the mentions in `text` (NFC), ascending, none overlapping another."""
        plain = _plain(text)
        found = [
            candidate
            for index, start, _ in self._automaton.find_matches_as_indexes(plain, overlapping=True)
            if not start or not _is_word(plain[start - 1]) or not _is_word(plain[start])
            for spelling in self._begun[index]
            if (candidate := _candidate(plain, start, spelling, self.lang)) is not None
        ]
        return tuple(_chosen(text, sorted(found))) if found else ()


def _key(name: Name) -> tuple[str, str, str, bool]:
    return name.text, name.entry_id, name.lang or "", name.is_proper


def _spellings(names: Iterable[Name]) -> tuple[_Spelling, ...]:
    """Gather equal names; one that is proper for anybody is so for all, as nobody is told apart by it."""
    ids: defaultdict[str, set[str]] = defaultdict(set)
    proper: set[str] = set()
    for name in names:
        text = " ".join(_plain(composed(name.text)).split())
        if any(map(str.isalnum, text)):  # a name of signs alone is no word that a text could mention
            ids[text].add(name.entry_id)
            if name.is_proper:
                proper.add(text)
    return tuple(_Spelling(text, text in proper, tuple(sorted(found))) for text, found in ids.items())


def _plain(text: str) -> str:
    for variant, plain in _VARIANTS:
        if variant in text:
            text = text.replace(variant, plain)
    return text


@lru_cache(maxsize=1 << 14)
def _longest_first(spelling: _Spelling, lang: Lang) -> tuple[str, ...]:
    return tuple(sorted(forms(spelling.text, lang, is_proper=spelling.is_proper), key=lambda form: (-len(form), form)))


def _candidate(text: str, start: int, spelling: _Spelling, lang: Lang) -> _Candidate | None:
    """Return the longest form of the spelling that stands at `start` as whole words.

    The first part of a hyphened compound is a word; a later one only where it is a proper name: a "Non-Profit" is no
    profit, but the "Mill-Brook quarrel" is about both.
    """
    if not spelling.is_proper and start > 1 and text[start - 1] == "-" and _is_word(text[start - 2]):
        return None
    for form in _longest_first(spelling, lang):
        if text.startswith(form, start):
            end = start + len(form)
            if end == len(text) or not _is_word(text[end]) or not _is_word(text[end - 1]):
                return _Candidate(start, -end, form != spelling.text, spelling.entry_ids)
    return None


def _is_word(char: str) -> bool:
    return char.isalnum() or char == "_" or (char > "\u02ff" and unicodedata.category(char)[0] == "M")


def _chosen(text: str, candidates: Sequence[_Candidate]) -> Iterator[Mention]:
    """Yield the leftmost, of those the longest; a spelling of several entries takes its place and names none."""
    after = 0
    for index, (start, minus_end, _, entry_ids) in enumerate(candidates):
        if start < after:
            continue
        after = -minus_end
        if all(other.entry_ids == entry_ids for other in _rivals(candidates, index)) and len(entry_ids) == 1:
            yield Mention(start, after - (text[after - 1] in "'’" and _closes_quotation(text, start)), entry_ids[0])


def _rivals(candidates: Sequence[_Candidate], index: int) -> Iterator[_Candidate]:
    """Yield the candidates for the same stretch that have as good a claim to it as the one at `index`."""
    claim = candidates[index][:3]
    while (index := index + 1) < len(candidates) and candidates[index][:3] == claim:
        yield candidates[index]


def _closes_quotation(text: str, start: int) -> bool:
    """Tell whether an apostrophe behind `start` is a closing mark: a single opening one is still open before it."""
    if max(text.rfind(mark, 0, start) for mark in "‘‚") > text.rfind("’", 0, start):
        return True
    return text.startswith("'") or text.rfind(" '", 0, start) >= 0
