"""The words of all pages in, a list by which a query's words are understood out.

A word that no page has is taken for an inflected or transliterated one, for a word still being typed, for a mistyped
one, or for a compound of two that are known, of one and another, or of whatever and one; else it is dropped. What is
akin to a word counts as well, but for less. The rules stand in `assets/search/61-lexicon.js` as well; repair.json and
akin.json in tests/search/ bind both.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Final, NamedTuple

from generator.lang import Lang
from generator.search.folding import fold, roots, spoken, stem
from generator.search.names import NAME, NameOf
from generator.search.query import is_common
from generator.search.typos import begins_alike, mistakes

_JOINED: Final = re.compile(r"[^\W_]+(?:[-‐‑'’][^\W_]+)*")
_PART: Final = 4
_HEAD: Final = 6  # letters of what alone is searched for instead of a compound that begins with it
_TAIL: Final = 5  # and of what it ends with, which says what it is
_TWO_MISTAKES_FROM: Final = 9  # letters; of shorter words another real one is often as near
_LINKS: Final = ("", "s", "n", "en", "es", "e", "er")
_MOST_AKIN, _MOST_KIN = 4, 3
# American and British English.
_SPELLINGS: Final = tuple(
    (re.compile(found), other)
    for found, other in (
        (r"er(s?)\Z", r"re\1"),
        (r"re(s?)\Z", r"er\1"),
        (r"is(e[drs]?|ing|ations?)\Z", r"iz\1"),
        (r"iz(e[drs]?|ing|ations?)\Z", r"is\1"),
        (r"ys(e[drs]?|ing)\Z", r"yz\1"),
        (r"yz(e[drs]?|ing)\Z", r"ys\1"),
        (r"l(ed|ing|ers?)\Z", r"ll\1"),
        (r"ll(ed|ing|ers?)\Z", r"l\1"),
        ("our", "or"),
        ("or", "our"),
        (r"ogu(s?)\Z", r"og\1"),
        (r"og(s?)\Z", r"ogu\1"),
        (r"ence(s?)\Z", r"ense\1"),
        (r"ense(s?)\Z", r"ence\1"),
        (r"mm(es?)\Z", "m"),
    )
)

# A word in small letters, and how many pages have it; below zero where it ends in "t" without its ending.
Lexicon = Mapping[str, int]


class Repaired(NamedTuple):
    """The words to search for, and each that was `changed`: what was typed, and what was searched for instead."""

    words: tuple[str, ...]
    changed: tuple[tuple[str, tuple[str, ...]], ...]


def lexicon(pages: Iterable[str]) -> dict[str, int]:
    """Count for each word in how many texts it stands; numbers alone are no words. Sorted by their folded form.

    What hyphens join is there in one and in pieces.
    """
    counts: Counter[str] = Counter()
    for text in pages:
        counts.update({word for found in set(_JOINED.findall(text)) for word in _pieces(found)})
    return dict(sorted(counts.items(), key=lambda item: (fold(item[0]), item[0])))


@lru_cache(maxsize=1 << 16)
def _pieces(found: str) -> tuple[str, ...]:
    """Return what hyphens join in one and in pieces."""
    pieces = spoken(found)
    return tuple(word for word in {*pieces, "".join(pieces)} if not word.isdecimal())


def kin(names: Iterable[NameOf], lang: Lang) -> dict[str, tuple[str, ...]]:
    """Return for words that name a thing what it is called as well, what is said in `lang` first.

    Only where one of its names is no proper one: who asks for the bid may mean the offer, but nobody an author by
    the place where she lives. "Brook-Müller" is a miller: what stands behind a proper name, and names nothing itself,
    leads to the first name.
    """
    of_entry: defaultdict[str, list[NameOf]] = defaultdict(list)
    for name in names:
        of_entry[name.entry_id].append(name)
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    heads: defaultdict[str, dict[str, None]] = defaultdict(dict)
    own = (group for group in of_entry.values() if all(name.is_proper for name in group))
    proper = {"".join(spoken(name.text)) for group in own for name in group}
    for group in of_entry.values():
        if all(name.is_proper for name in group):
            continue
        good = sorted((name for name in group if name.rank <= NAME), key=lambda name: (name.rank, name.lang != lang))
        for name in group:
            said = spoken(name.text)
            if len(said) == 1:
                found[said[0]] |= dict.fromkeys(one.text for one in good if one.text != name.text)
            elif not name.is_proper and _JOINED.fullmatch(name.text) and "".join(said[:-1]) in proper:
                heads[said[-1]] |= dict.fromkeys(one.text for one in good[:1])
    found = heads | found
    return {word: tuple(others)[:_MOST_KIN] for word, others in found.items() if others}


class Words:
    """A lexicon made ready for looking things up; in the browser it is made of the shards that a query needs."""

    def __init__(
        self,
        known: Lexicon,
        akin: Mapping[str, tuple[str, ...]] | None = None,
        forms: Mapping[str, tuple[str, ...]] | None = None,
    ) -> None:
        self._forms = dict(forms or {})
        self._kin = {stem(fold(word)): others for word, others in (akin or {}).items()}
        self._known = known
        self._by_fold: dict[str, tuple[int, str]] = {}
        self._by_stem: dict[str, tuple[int, str]] = {}
        for word, count in known.items():
            folded = fold(word)
            entry = (-abs(count), word)
            self._by_fold[folded] = min(entry, self._by_fold.get(folded, entry))
            self._by_stem[stem(folded)] = min(entry, self._by_stem.get(stem(folded), entry))

    def spelled(self, word: str) -> str:
        """Return how the pages spell a word or a form of it; "" where they do not have it.

        What they have just so is meant so: "pot" is no "poet", though both are folded alike.
        """
        if word in self._known:
            return word
        found = self._looked(fold(word))
        return found[1] if found else ""

    def forms(self, word: str) -> tuple[str, ...]:
        """Return the words that this one is a form of, or that are forms of it, where no ending tells."""
        return self._forms.get(stem(fold(word)), ())

    def _looked(self, folded: str) -> tuple[int, str] | None:
        found = self._by_fold.get(folded) or self._by_stem.get(stem(folded))
        return found or self._by_fold.get(self._otherwise(folded))

    def _otherwise(self, folded: str) -> str:
        """Return how the other English writes a word, where the pages have that."""
        spellings = (found.sub(other, folded, count=1) for found, other in _SPELLINGS)
        return next((one for one in spellings if one != folded and one in self._by_fold), "")

    def akin(self, word: str) -> tuple[str, ...]:
        """Return what may be meant as well: the other English, words of the family, other names of the same thing."""
        folded = fold(word)
        own = stem(folded)
        family = (own, *(key for key in self._family_of(word) if key != own))
        others = sorted(self._by_stem[key] for key in family[1:])[:_MOST_AKIN]
        named = [name for key in family for name in (*self._kin.get(key, ()), *self._forms.get(key, ()))][:_MOST_KIN]
        respelled = self._by_fold.get(self._otherwise(folded))
        found = (
            *((respelled[1],) if respelled else ()),
            *(one for _, one in others),
            *named,
        )
        return tuple(dict.fromkeys(one for one in found if stem(fold(one)) != own))

    def family(self, word: str) -> str:
        """Return the most frequent word of the same family; "" where the pages have none."""
        return min((self._by_stem[key] for key in self._family_of(word)), default=(0, ""))[1]

    def meant(self, word: str) -> str:
        """Return the word with one mistake between, or the most frequent one of the family; "" where there is neither.

        What is near wins, for a family is guessed; but nobody mistypes the first letter of what has a family.
        """
        near, relative = self.nearest(word, 1), self.family("".join(spoken(word)))
        is_other = not relative or (fold(near)[:1] == fold(word)[:1] and set(roots(near)).isdisjoint(roots(word)))
        return near if near and is_other else relative

    def _family_of(self, word: str) -> Iterator[str]:
        """Yield the keys of the words that have a root in common; a very short one has to be one of the two words."""
        whole = fold(word)
        wanted = frozenset(self._roots(self._by_stem.get(stem(whole), (0, ""))[1], word) if len(word) >= _PART else ())
        for key, (_, one) in self._by_stem.items():
            common = wanted.intersection(self._roots(one, one))
            if any(len(root) >= _PART or root in (whole, fold(one)) for root in common):
                yield key

    def _roots(self, known: str, word: str) -> tuple[str, ...]:
        """Return the roots of a word by what is known of it or of one with its stem."""
        of_t = roots(word, ends_in_t=True)
        return of_t if self._known.get(known, 0) < 0 else (*roots(word), *of_t)

    def is_begun(self, word: str) -> bool:
        """Tell whether a word of the pages begins so."""
        folded = fold(word)
        return any(known.startswith(folded) for known in self._by_fold)

    def nearest(self, word: str, most: int) -> str:
        """Return the word with the fewest mistakes between, of those the most frequent one; "" where none is near."""
        found = [
            (typos, count, spelled)
            for count, spelled in self._by_fold.values()
            if (typos := mistakes(word, spelled, most)) is not None and begins_alike(word, spelled)
        ]
        return min(found)[2] if found else ""

    def parts(self, word: str) -> tuple[str, ...]:
        """Return the two known words that a compound is made of, the last one as long as can be; else ()."""
        folded = fold(word)
        for cut in range(_PART, len(folded) - _PART + 1):
            last = self._looked(folded[cut:])
            first = self._first(folded[:cut]) if last else ""
            if first and last:
                return first, last[1]
        return ()

    def beginning(self, word: str) -> str:
        """Return the longest known word that at least half of a compound begins with; "" where there is none."""
        folded = fold(word)
        cuts = range(len(folded) - _PART, max(_HEAD, (len(folded) + 1) // 2) - 1, -1)
        return next((head for cut in cuts if (head := self._first(folded[:cut]))), "")

    def ending(self, word: str) -> str:
        """Return the longest known word that a compound ends with, whatever it begins with; "" where there is none."""
        folded = fold(word)
        tails = (self._looked(folded[cut:]) for cut in range(_PART, len(folded) - _TAIL + 1))
        return next((tail[1] for tail in tails if tail and not is_common(tail[1])), "")

    def _first(self, text: str) -> str:
        heads = (text[: len(text) - len(link)] for link in _LINKS if text.endswith(link))
        return next((found[1] for head in heads if len(head) >= _PART and (found := self._by_fold.get(head))), "")


def repair(typed: Iterable[str], known: Words) -> Repaired:
    """Return for each word what to search for instead; a word that is known or begun stays."""
    searched: list[str] = []
    changed: list[tuple[str, tuple[str, ...]]] = []
    for word in typed:
        found = _known(word, known)
        if not found:
            found = tuple(_instead(word, known))
            changed.append((word, found))
        searched += found
    return Repaired(tuple(dict.fromkeys(searched)), tuple(changed))


def _known(word: str, known: Words) -> tuple[str, ...]:
    """Return how the pages spell a word, or its pieces where it is joined by hyphens; () where they do not have it."""
    pieces = spoken(word)
    joined = "".join(pieces)
    if word.isdecimal() or known.is_begun(joined):
        return (known.spelled(joined) or word,) if len(pieces) == 1 else (word,)
    if spelled := known.spelled(joined) or (joined if known.forms(joined) else ""):
        return (spelled,)
    found = tuple(known.spelled(piece) or (piece if piece.isdecimal() else "") for piece in pieces)
    return found if len(pieces) > 1 and all(found) else ()


def _instead(word: str, known: Words) -> Iterator[str]:
    if meant := known.meant(word):
        yield meant
    elif parts := known.parts(word):
        yield from parts
    elif len(word) >= _TWO_MISTAKES_FROM and (near := known.nearest(word, 2)):
        yield near
    else:
        pieces = spoken(word)
        if len(pieces) > 1:
            for piece in pieces:
                yield from _known(piece, known) or _instead(piece, known)
        elif part := known.beginning(word) or known.ending(word):
            yield part
