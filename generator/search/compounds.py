"""A German word in, the nouns that it is put together from out; nothing where it is no compound of nouns.

Both parts must be nouns of the dictionary (simplemma's) or of the dossier itself: "Kartellrecht" is found by
"Recht", but "Übernahme" is no "Nahme". When in doubt a word stays whole: a missing part costs one result, a wrong one
shows nonsense.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final, NamedTuple

SHORTEST_PART: Final = 4
LONGEST_WORD: Final = 80  # statutes have names of up to 70 letters; what is longer is no word


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_HYPHENS: Final = re.compile(r"[-‐‑–]")
_LINKS: Final = ("", "n", "en", "er", "e", "ns", "ens")
_NO_LINKS: Final = ("as", "is", "os", "us", "ss")
_RARE_LINKS: Final = frozenset(("er", "e", "ns", "ens"))
# What the dictionary calls a noun but what at the end of a word mostly is no noun: suffixes and their neighbours.
_SUFFIXES: Final = _set(
    "anden anten anz arien arten barkeit bewerb bewerbe bewerben bewerber bewerbern bewerbs chen dung dungen enden "
    "enten erung erweise formation formationen haft heit heiten ierung igkeit ionen isch ische ischen isches ismus "
    "istik ität keit keiten lage lagen lein lich ling logie losigkeit lung lungen ment nahme nahmen native nativen "
    "nehmen nehmens nehmer nehmern nehmers nis oren rade raden ranten rate raten raucher rauchern rauchers reich "
    "rich rung rungen sagen schaft schaften schafts sende senden sion stabe staben stent tabe teller tion tionen "
    "toren tum tung tungen tät täten weise weisen wesen zehnt zeug zeuge zeugen zeugs zung zungen"
)
# What begins a word that is no compound of nouns: prefixes, particles and adjectives that pass for nouns.
_PREFIXES: Final = _set(
    "abend aber alle allein allem aller alles alter ander anti assi auch auseinander aussen außen beide beim bereit "
    "best dabei dafür dagegen daher damit dank dass denn desto dies doppel dort drei durch eben eigen eigens eine "
    "einen einer eines einst einzel entgegen erst etwa extra falsch fehl fern fest fort frei fremd früh fünf ganz "
    "gegen gemein gerad gleich groß grün halb hinter hinters hoch hohe inne innen inter jetzt kalt klein kurz lang "
    "lange leer letzt link mehr mein meist miss mitte mittel nach neben neue neun nieder noch non nächst oben ober "
    "obere offen ohne paar para platt quer rück schon schwarz selb selbst sieben sonst sozi still super teil tief "
    "trans ultra umher unten unter vertrau viel vier voll voran voraus vorder vorn vorweg weder weis weise weit "
    "wenig wett wider wieder wohl zehn zuge zurück zusammen zuvor zwei zwischen zwölf über"
)
_VERBAL: Final = ("ver", "be", "ent", "er", "zer", "ge", "emp", "miss", "ab", "an", "auf", "aus", "ein", "um", "vor")


class _Cut(NamedTuple):
    """A way to cut a word, the best one least."""

    oddity: int
    first_length: int
    first: str
    last: str


class Splitter:
    """Splits the words of one dossier and remembers what it has split.

    `lemma` gives the dictionary form of a word, None for no word. `own` are nouns of the dossier that dictionaries
    lack; `names` are never split and no part of anything but of words with hyphens.
    """

    def __init__(self, lemma: Callable[[str], str | None], own: Iterable[str] = (), names: Iterable[str] = ()) -> None:
        self._names = frozenset(name.casefold() for name in names)
        self._own = frozenset(_capital(word) for word in own if word.isalpha() and word.casefold() not in self._names)
        self._lemma = lemma
        self._known: dict[str, tuple[str, ...]] = {}
        self._nouns: dict[str, tuple[str, ...]] = {}  # of all that the word in hand may be cut into

    def split(self, word: str) -> tuple[str, ...]:
        """Return the parts, in order, the first ones without linking elements; () where the word is whole."""
        found = self._known.get(word)
        if found is None:
            found = self._known[word] = tuple(self._split(word))
            self._nouns.clear()
        return found

    def _split(self, word: str) -> Iterator[str]:
        if word.casefold() in self._names:
            return
        pieces = [piece for piece in _HYPHENS.split(word) if piece]
        if len(pieces) < 2:  # noqa: PLR2004 - a hyphen joins two
            yield from self._nouns_of(word)
        elif _may_be_apart(pieces):
            for piece in pieces:
                yield from self.split(piece) or (piece,)

    def _nouns_of(self, word: str) -> tuple[str, ...]:
        """Return the nouns of the least odd cut, cut in turn."""
        found = self._nouns.get(word)
        if found is None:
            is_whole = not 2 * SHORTEST_PART <= len(word) <= LONGEST_WORD or not _is_noun_like(word)
            found = self._nouns[word] = () if is_whole else self._cut(word)
        return found

    def _cut(self, word: str) -> tuple[str, ...]:
        best = min(self._cuts(word), default=None)
        base = self._lemma(word)
        if best is None:
            return ()
        if base not in (None, word) and len(best.last) <= SHORTEST_PART + 1 and not self._nouns_of(base):
            return ()  # what is whole in the singular is so in the genitive: "Zentrums" has no "Rums"
        return (*(self._nouns_of(best.first) or (best.first,)), *(self._nouns_of(best.last) or (best.last,)))

    def _cuts(self, word: str) -> Iterator[_Cut]:
        for length in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1):
            last = _capital(word[length:])
            if word[length:] in _SUFFIXES or not self._is_noun(last):
                continue
            for oddity, first in self._firsts(word[:length]):
                if not self._is_verbal(word, first):
                    short = (len(first) == SHORTEST_PART) + (len(last) == SHORTEST_PART)
                    yield _Cut(oddity + short, length, first, last)

    def _firsts(self, text: str) -> Iterator[tuple[int, str]]:
        """Yield the nouns that `text` may be: with a linking element behind it, or its last "e" cut off."""
        if text.casefold() in _PREFIXES:
            return
        for link in ("es", "s"):
            if (
                text.endswith(link)
                and not text.endswith(_NO_LINKS)
                and (noun := self._first(text[: len(text) - len(link)]))
            ):
                yield 0, noun
                return
        with_e = f"{text}e"
        if self._lemma(with_e) == with_e and (noun := self._first(with_e)):
            yield 1, noun
            return
        for link in _LINKS:
            if text.endswith(link) and (noun := self._first(text[: len(text) - len(link)])):
                yield link in _RARE_LINKS, noun
                return

    def _first(self, text: str) -> str:
        is_refused = len(text) < SHORTEST_PART or text.casefold() in _PREFIXES
        return "" if is_refused or not (self._is_noun(text) or self._nouns_of(text)) else text

    def _is_noun(self, word: str) -> bool:
        if word.casefold() in self._names:
            return False
        return word in self._own or (self._lemma(word) or "")[:1].isupper()

    def _is_verbal(self, word: str, first: str) -> bool:
        """Tell "Ver-braucher", which is no "Verb-raucher": a short first part that begins like a prefix of verbs."""
        if len(first) > SHORTEST_PART + 1:
            return False
        rests = (word[len(prefix) :] for prefix in _VERBAL if word.lower().startswith(prefix))
        return any(self._lemma(rest) or self._lemma(_capital(rest)) for rest in rests)


def _is_noun_like(word: str) -> bool:
    return word[0].isupper() and word[1:].islower() and word.isalpha()


def _may_be_apart(pieces: list[str]) -> bool:
    """Tell "KI-Modell" from "E-Mail", "Start-up" and "Non-Profit"."""
    *leading, last = pieces
    return (
        last[0].isupper()
        and all(len(piece) > 1 and piece.casefold() not in _PREFIXES for piece in leading)
        and (len(last) > 1)
    )


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:].lower()
