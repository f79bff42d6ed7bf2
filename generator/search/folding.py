"""A spelling in, the key out that all its spellings share: case, accents, umlauts, hyphens and inflection folded away.

The same rules stand in `assets/scripts/60-query.js`, because queries are typed there; tests/search/folding.json binds
both. A key is for comparing, never shown.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final

SHORTEST_STEM: Final = 3

# Letters that Unicode does not take apart.
_LETTERS: Final = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
_APOSTROPHE: Final = re.compile(r"['`](?:s(?![^\W_]))?")
_WORD: Final = re.compile(r"[^\W_]+")
_UMLAUT: Final = re.compile(r"([ao])e")
_UE: Final = re.compile(r"(^|[^aeq])ue")  # not in "neue", "aue", "Quelle"
_ENDING: Final = re.compile(r"(?:ern|em|en|es|er|e|(?<=e[rl])n|(?<!s)(?<!ni)s)\Z")
_DOUBLE: Final = re.compile(r"([^\W\daeiou])\1\Z")


def fold(text: str) -> str:
    """Return `text` in small letters without accents; "ä", "ae" and "a" are one, as are "ß" and "ss"."""
    return _UE.sub(r"\1u", _UMLAUT.sub(r"\1", plain(text)))


def plain(text: str) -> str:
    """Return `text` in small letters without accents, and no more: "ae" stays, as it may be a typing mistake."""
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return "".join(char for char in text if not unicodedata.combining(char))


def spoken(text: str) -> tuple[str, ...]:
    """Return the words in small letters; a genitive's apostrophe goes with its "s", hyphens part words."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text.replace("’", "'").replace("‘", "'").casefold())
    return tuple(_WORD.findall(_APOSTROPHE.sub("", text.lower()) if "'" in text or "`" in text else text.lower()))


def words(text: str) -> tuple[str, ...]:
    """Return the folded words, in order."""
    return tuple(map(fold, spoken(text)))


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """Return what the inflected forms of a folded German or English word begin with.

    Cruder than a stemmer for one language, because nobody knows the language of a query.
    """
    for _ in range(2):
        found = _ENDING.search(word)
        if found is None or found.start() < SHORTEST_STEM:
            break
        word = word[: found.start()]
    if len(word) > SHORTEST_STEM:
        word = _DOUBLE.sub(r"\1", word)
        if word.endswith("y"):
            word = f"{word[:-1]}i"
    return word


def squeezed(text: str) -> str:
    """Return the key of a name: its words without anything between, folded, so that "Start-up" is "Startup"."""
    return fold("".join(spoken(text)))


def stemmed(text: str) -> str:
    """Return the key that the inflected forms of a name share."""
    return "".join(map(_stem_of, spoken(text)))


@lru_cache(maxsize=1 << 16)
def _stem_of(word: str) -> str:
    return stem(fold(word))
