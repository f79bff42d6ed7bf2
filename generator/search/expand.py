"""What a page says in, the other words under which it should be found out: for fields that no reader sees.

The strong field goes with the title, the weak one with the text. Words that stand there anyway are left out, for the
search finds them; each word comes once, in the order of the text. Knows no entry: what a page mentions is told.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from generator.lang import Lang
from generator.search.compounds import Splitter
from generator.search.dictionary import Dictionary
from generator.search.quantities import scale_words, tokens

_WORD: Final = re.compile(r"[^\W\d_](?:[^\W_]|[-‐‑'’](?=[^\W_]))*")
_GERMAN: Final = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ẞ": "SS"}
_SHORTEST: Final = 4  # letters of a word of a title: shorter ones are seldom nouns
_HAS_UMLAUT: Final = re.compile(f"[{''.join(_GERMAN)}]")


def strong(
    title: str, lang: Lang, splitter: Splitter, dictionary: Dictionary, also: Iterable[str] = ()
) -> tuple[str, ...]:
    """Return the parts, dictionary forms and transliterations of the words of a title; `also` are its other names."""
    names = (title, *also)
    return _new(_of_titles(names, lang, splitter, dictionary), title)


def weak(text: str, lang: Lang, splitter: Splitter, also: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the parts of the words of a text, and tokens for its amounts and dates.

    Other spellings of its words are understood when they are typed, see `lexicon.py`. `also` are the other
    language's words and the misnomers of the terms that the text mentions.
    """
    return _new(_of_text(text, lang, splitter, also), text)


def _of_titles(names: Iterable[str], lang: Lang, splitter: Splitter, dictionary: Dictionary) -> Iterator[str]:
    for name in names:
        yield name
        for word in _WORD.findall(name):
            if len(word) < _SHORTEST:
                continue
            parts = splitter.split(word) if lang == "de" else ()
            for spelling in (word, *parts):
                yield from (spelling, *_lemmas(spelling, lang, dictionary), *transliterated(spelling))
        yield from tokens(name)


def _of_text(text: str, lang: Lang, splitter: Splitter, also: Iterable[str]) -> Iterator[str]:
    for word in dict.fromkeys(_WORD.findall(text)) if lang == "de" else ():
        yield from splitter.split(word)
    amounts = tokens(text)
    yield from amounts
    yield from scale_words(amounts)
    yield from also


@lru_cache(maxsize=1 << 14)
def transliterated(word: str) -> tuple[str, ...]:
    """Return "Uebernahme" and "Ubernahme" of "Übernahme"; nothing of a word without umlauts or accents."""
    if word.isascii():
        return ()
    found = _HAS_UMLAUT.sub(lambda match: _GERMAN[match[0]], word) if _HAS_UMLAUT.search(word) else word
    plain = "".join(char for char in unicodedata.normalize("NFD", word) if not unicodedata.combining(char))
    plain = plain.replace("ß", "ss").replace("ẞ", "SS")
    return tuple(dict.fromkeys(spelling for spelling in (_bare(found), plain) if spelling != word))


def _bare(word: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFD", word) if not unicodedata.combining(char))


def _lemmas(word: str, lang: Lang, dictionary: Dictionary) -> tuple[str, ...]:
    """Return the dictionary form of a word of a title, where it is another one."""
    found = dictionary.english(word) if lang == "en" else dictionary.german(word) or dictionary.german(word.lower())
    return (found,) if found and found.casefold() != word.casefold() else ()


def _new(found: Iterable[str], text: str) -> tuple[str, ...]:
    """Return each name or word once that the text does not have as whole words."""
    has = set(_spoken(text))
    kept: dict[str, str] = {}
    for name in found:
        spoken = tuple(_spoken(name))
        if spoken and not has.issuperset(spoken):
            kept.setdefault(" ".join(spoken), name)
    return tuple(kept.values())


def _spoken(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.casefold())
