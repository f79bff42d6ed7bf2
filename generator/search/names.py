"""The names of all entries in, a list that tells for a query whose name it is out: exactly, inflected or mistyped.

The list is made for a browser that loads little of it (see `shards.py`). Short names are kept as their words, for
they are met inflected and mistyped; long titles as a hash, for whoever types one whole has copied it. The rules for
matching stand in `assets/search/60-query.js` as well; tests/search/names.json binds both. Knows of an entry only
its id.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from generator.lang import LANGS, Lang
from generator.search.folding import fold, spoken, squeezed, stem, stemmed
from generator.search.query import asked
from generator.search.typos import begins_alike, distance, mistakes
from generator.wordforms import forms

# How good a name is; the better one is found first. A heading is a title that says something and is no name; a head,
# from which on the rank of its name is counted, is what a name ends with: a parish council is a council.
TITLE, NAME, MISNOMER, INITIALS, HEADING, HEAD = range(6)
LONGEST: Final = 5  # words; what is longer is a title

_BOTH_MISTAKES_FROM: Final = 5
_SHORTEST_HEAD: Final = 4
_APART: Final = re.compile(r"[\W_]+")
_ARTICLE: Final = re.compile(r"\A(?:Der|Die|Das|The|A|An)\s")
_JOINING: Final = frozenset(("and", "der", "des", "for", "für", "of", "on", "the", "und", "von"))
_HASH_START, _HASH_PRIME, _HASH_SPACE = 2166136261, 16777619, 1 << 32


class NameOf(NamedTuple):
    """A name of an entry; `lang` None where both languages use it, `weight` how often the dossier speaks of it."""

    entry_id: str
    text: str
    lang: Lang | None = None
    rank: int = TITLE
    is_proper: bool = False
    weight: int = 0


class Found(NamedTuple):
    """An entry that a query names; `way` is 0 exact, 1 inflected, 2 mistyped, 3 by its last word, 4 begun."""

    way: int
    typos: int
    rank: int
    minus_weight: int
    entry_id: str


Row = tuple[str, str, int, int]  # the words of the name in small letters, or a hash; the entry; rank; weight
EXACT, INFLECTED, MISTYPED, ENDED, BEGUN = range(5)


def shard_key(row: Row) -> str:
    """Return what the row is filed under: the words of the name folded, with nothing between."""
    return row[0] if row[0][0] == "#" else squeezed(row[0])


Spellings = dict[tuple[str, Lang | None, int, bool], tuple[tuple[str, int], ...]]


def rows(names: Iterable[NameOf], known: Spellings | None = None) -> tuple[Row, ...]:
    """Return a row for each spelling that the rules of matching would not find by another one, sorted.

    `known` are the spellings of names that were met earlier; those of new names are put there.
    """
    spellings = {} if known is None else known
    found: dict[tuple[str, str], tuple[int, int]] = {}
    for entry_id, text, lang, rank, is_proper, weight in names:
        name = (text, lang, rank, is_proper)
        if name not in spellings:
            spellings[name] = tuple(_spellings(*name))
        for key, rank_of_key in spellings[name]:
            value = (rank_of_key, -weight)
            found[key, entry_id] = min(value, found.get((key, entry_id), value))
    return tuple(sorted((key, entry_id, rank, -weight) for (key, entry_id), (rank, weight) in found.items()))


def _spellings(text: str, lang: Lang | None, rank: int, is_proper: bool) -> Iterator[tuple[str, int]]:  # noqa: FBT001
    said = spoken(asked(text))
    if not said:
        return
    yield _key(said), rank
    if rank in (TITLE, HEADING):
        yield from ((_key(piece), MISNOMER) for piece in _clauses(text))
    if len(said) > LONGEST:
        return
    if len(said) > 1 and rank in (TITLE, NAME):
        yield from ((letters, INITIALS) for letters in (_initials(text),) if letters)
        if len(said[-1]) >= _SHORTEST_HEAD and _JOINING.isdisjoint(said):
            yield said[-1], HEAD + rank
    stems = {stemmed(text)}
    for one in LANGS if lang is None else (lang,):
        for form in sorted(forms(text, one, is_proper=is_proper)):
            key = stemmed(form)
            if key not in stems:
                stems.add(key)
                yield _key(spoken(asked(form))), max(rank, NAME)


def _clauses(text: str) -> Iterator[tuple[str, ...]]:
    """Yield "bread or water" and "the quarrel of the mill" of a title that has a colon between, for who types one."""
    pieces = [spoken(asked(piece)) for piece in text.split(": ")]
    return (piece for piece in pieces if len(pieces) > 1 and len(piece) > 1)


def _initials(text: str) -> str:
    """Return "gpc" of "Grand Parish Council" and "ml" of "machine learning"; nothing where that is no usual way."""
    found = [word for word in _APART.split(_ARTICLE.sub("", text)) if word and word not in _JOINING]
    is_short = 1 < len(found) <= LONGEST and all(word[0].isalpha() for word in found)
    is_even = len({word[0].isupper() for word in found}) == 1
    return "".join(word[0] for word in found).lower() if is_short and is_even else ""


def _key(said: Sequence[str]) -> str:
    return " ".join(said) if len(said) <= LONGEST else hashed(fold("".join(said)))


def hashed(key: str) -> str:
    """Return FNV-1a of the key's UTF-16 units as "#" and eight hexadecimal digits."""
    value = _HASH_START
    units = key.encode("utf-16-le")
    for low, high in zip(units[::2], units[1::2], strict=True):
        value = (value ^ (low | high << 8)) * _HASH_PRIME % _HASH_SPACE
    return f"#{value:08x}"


def find(query: str, names: Iterable[Row], *, is_typo: bool = True) -> tuple[Found, ...]:
    """Return the entries that the query names, the best first; mistyped ones only where `is_typo` and no better."""
    said = spoken(asked(query))
    if not said:
        return ()
    known = tuple(names)
    found = list(_same(said, known))
    if not found and is_typo:
        found = list(_mistyped(said, known))
    found += _begun(fold("".join(said)), known)
    best: dict[str, Found] = {}
    for one in sorted(found):
        best.setdefault(one.entry_id, one)
    return tuple(best.values())


def _same(said: Sequence[str], names: Iterable[Row]) -> Iterator[Found]:
    key = fold("".join(said))
    whole, stems = hashed(key), _stems(said)
    for name, entry_id, rank, weight in names:
        way = ENDED if rank >= HEAD else EXACT
        if name == whole or (name[0] != "#" and squeezed(name) == key):
            yield Found(way, 0, rank, -weight, entry_id)
        elif name[0] != "#" and rank != INITIALS and not stems.isdisjoint(_stems(name.split(" "))):
            yield Found(way or INFLECTED, 0, rank, -weight, entry_id)


def _stems(said: Sequence[str]) -> set[str]:
    """Return the stems word by word, and that of all in one, for who writes a compound apart or an apart one whole."""
    return {"".join(stem(fold(word)) for word in said), stem(fold("".join(said)))}


def _mistyped(said: Sequence[str], names: Iterable[Row]) -> Iterator[Found]:
    typed = "".join(said)
    for name, entry_id, rank, weight in names:
        parts = name.split(" ")
        is_spelled = name[0] != "#" and rank != INITIALS and rank < HEAD
        typos = mistakes(typed, "".join(parts)) if is_spelled else None
        if (
            typos is not None
            and begins_alike(typed, "".join(parts))
            and (len(parts) != len(said) or all(map(_is_near, said, parts)))
        ):
            yield Found(MISTYPED, typos, rank, -weight, entry_id)


def _is_near(one: str, other: str) -> bool:
    """Tell whether a word may stand for that of a name: both mistakes of a name in a very short word are too much."""
    most = 1 if min(len(one), len(other)) < _BOTH_MISTAKES_FROM else 2
    return one == other or distance(fold(one), fold(other), most) is not None


def _begun(key: str, names: Iterable[Row]) -> Iterator[Found]:
    if len(key) > 2:  # noqa: PLR2004 - two letters begin too much
        for name, entry_id, rank, weight in names:
            if name[0] != "#" and rank < HEADING and squeezed(name).startswith(key):
                yield Found(BEGUN, 0, rank, -weight, entry_id)
