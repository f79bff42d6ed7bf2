"""The words of all pages in, the forms of their verbs that no ending tells out: "withdrew" leads to "withdrawal".

And the words that only look like such forms.

A form need not stand on any page, for readers type it. What rules see by themselves, see `folding.roots`, is left out.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from generator.lang import LANGS, Lang
from generator.search.dictionary import Dictionary
from generator.search.folding import fold, roots, stem
from generator.search.query import is_common

_SHORTEST: Final = 4
_MOST: Final = 3  # words that one form leads to
_CUT: Final = (
    3  # letters of a verb that stemmers take more from than its ending: "sued" is "su" to them, "sues" is "sue"
)
_RARE: Final = re.compile(r"(?:(?:s|e)t|['’]s?)\Z")  # what a verb says to the one spoken to, whom nobody asks about
_MAY_END_IN_T: Final = re.compile(r"\w{3}t(?:e|em|en|er|es|est|et|ete|eten)?\Z")

Forms = Mapping[str, tuple[str, ...]]  # a form, and the words of the pages that it leads to
Verbs = tuple[Forms, frozenset[str]]  # and the words of the pages that end in "t" without their ending


def unlike_forms(words: Iterable[str], dictionary: Dictionary) -> dict[str, tuple[str, ...]]:
    """Return by form what it leads to; of forms that share a stem only one is there."""
    known = sorted({word for word in words if len(word) >= _SHORTEST and word.isalpha() and not is_common(word)})
    found: dict[str, tuple[str, ...]] = {}
    families = _families(known)
    for lang in LANGS:
        bases = _bases(known, lang, dictionary)
        for base, forms in sorted(dictionary.forms_of(bases, lang).items()):
            own = (
                word for root in roots(base) for word in families.get(root, ()) if word[:_SHORTEST] == base[:_SHORTEST]
            )
            leading = tuple(dict.fromkeys((*bases[base], *own)))
            for form in (base, *(form for form in forms if not _RARE.search(form))):
                others = () if is_common(form) else tuple(_unlike(form, leading, is_cut=len(base) <= _CUT))
                if others:
                    found.setdefault(stem(fold(form)), others[:_MOST])
    return found


def ending_in_t(words: Iterable[str], dictionary: Dictionary) -> frozenset[str]:
    """Return the words that end in "t" without their ending, as the dictionary tells: "Rechte", but not "klagte"."""
    return frozenset(word for word in words if _MAY_END_IN_T.search(word) and _ends_in_t(word, dictionary))


def _ends_in_t(word: str, dictionary: Dictionary) -> bool:
    noun = dictionary.german(f"{word[:1].upper()}{word[1:]}") or ""
    is_noun = noun[:1].isupper() and noun.endswith(("t", "te"))
    verb = dictionary.verb(word, "de") or (dictionary.verb(noun.lower().removesuffix("e"), "de") if is_noun else "")
    return verb.endswith(("ten", "tn")) if verb else is_noun  # what may be of a verb is: "Macht" of "machen"


def _families(words: Iterable[str]) -> Mapping[str, list[str]]:
    families: defaultdict[str, list[str]] = defaultdict(list)
    for word in words:
        for root in roots(word):
            families[root].append(word)
    return families


def _bases(words: Iterable[str], lang: Lang, dictionary: Dictionary) -> Mapping[str, list[str]]:
    """Return the verbs that words are forms of, with these words."""
    bases: defaultdict[str, list[str]] = defaultdict(list)
    for word in words:
        base = dictionary.verb(word, lang)
        if base:
            bases[base].append(word)
    return bases


def _unlike(form: str, words: Iterable[str], *, is_cut: bool) -> Iterator[str]:
    """Yield one of each stem of the words, where neither ending nor family lead to it from the form, or it `is_cut`."""
    own, family, seen = stem(fold(form)), set(roots(form)), set[str]()
    for word in sorted(words, key=lambda word: (len(word), word)):
        key = stem(fold(word))
        length = min(len(own), len(key)) - 1
        is_unlike = own[:length] != key[:length] and family.isdisjoint(roots(word))
        if key not in seen and key != own and (is_cut or is_unlike):
            seen.add(key)
            yield word
