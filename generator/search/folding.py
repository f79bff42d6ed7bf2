"""A spelling in, the key out that all its spellings share: case, accents, umlauts, hyphens and inflection folded away.

The same rules stand in `assets/search/60-query.js`, because queries are typed there; tests/search/folding.json binds
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
# No word ends so that has an umlaut there: neither "Joe" nor "sue", "sues", "sued" has one.
_UMLAUT: Final = re.compile(r"([ao])e(?=[a-z])")
_UE: Final = re.compile(r"(^|[^aeq])ue(?![ds]?(?![a-z]))")  # not in "neue", "aue", "Quelle" either
_ENDING: Final = re.compile(r"(?:ern|em|en|es|er|e|(?<=e[rl])n|(?<!s)(?<!ni)s)\Z")
# What makes other words of one: verbs, nouns and adjectives of German and English.
_FAMILY: Final = re.compile(
    r"(.{3,}?)(?:"
    r"al|als|ance|ances|ate|ated|ates|ating|ation|ationen|ations|ator|ators|d|e|ed|em|en|ence|ences|end|ende"
    r"|endem|enden|ender|endes|ent|enten|enz|enzen|er|erin|erinnen|ern|ers|es|et|heit|heiten|ied|iere"
    r"|ieren|ierende|iert|ierte|ierten|ierter|ierung|ierungen|ies|ig|igkeit|igkeiten|ing|ings|ion|ionen"
    r"|ions|isch|ition|itionen|itions|itive|itor|itors|ive|ives|keit|keiten|lich|ment|ments|n|or|oren|ors"
    r"|s|st|t|te|ten|test|tet|ung|ungen|y"
    r")"
)
_FAMILY_OF_T: Final = re.compile(re.sub(r"(?<=\|)(?:t|te|ten|test|tet)\|", "", _FAMILY.pattern))
_PARTICIPLE: Final = re.compile(
    r"\A(ab|an|auf|aus|ein|her|hin|los|mit|nach|vor|weg|zu|zuruck|)ge(?=.{4,}(?:t|te|ten|ter|tes|en)\Z)"
)
_DOUBLE: Final = re.compile(r"([^\W\daeiou])\1\Z")


@lru_cache(maxsize=1 << 16)
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


@lru_cache(maxsize=1 << 16)
def roots(word: str, *, ends_in_t: bool = False) -> tuple[str, ...]:
    """Return what a word may be made from, folded: itself, and what is left of it and of its verb without the ending.

    Two words with a root in common are of one family, as "klagt" and "Kläger", "invest" and "investor" are. That is far
    too crude to say that they mean the same; it may only bring one to mind by the other. Where a word without its
    ending `ends_in_t`, that is no ending: "Rechte" is not of "rechen".
    """
    family = _FAMILY_OF_T if ends_in_t else _FAMILY
    word = plain(word)
    bare = _PARTICIPLE.sub(r"\1", word)
    found = (family.fullmatch(one) for one in (word, bare))
    verb = (f"{word.removesuffix('ing')}e",) if word.endswith("ing") else ()  # "suing" is of "sue"
    less = [*(one[1] for one in found if one), *((bare,) if ends_in_t else ())]  # "Gericht" is of "richten"
    single = (_DOUBLE.sub(r"\1", root) for root in less)  # "bidding" is of "bid"
    enough = (root for root in (*less, *single, *verb) if len(root) >= SHORTEST_STEM)
    return tuple(dict.fromkeys(map(fold, (word, *enough))))


@lru_cache(maxsize=1 << 16)
def squeezed(text: str) -> str:
    """Return the key of a name: its words without anything between, folded, so that "Start-up" is "Startup"."""
    return fold("".join(spoken(text)))


def stemmed(text: str) -> str:
    """Return the key that the inflected forms of a name share."""
    return "".join(map(_stem_of, spoken(text)))


@lru_cache(maxsize=1 << 16)
def _stem_of(word: str) -> str:
    return stem(fold(word))
