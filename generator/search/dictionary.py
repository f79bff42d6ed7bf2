"""A word in, its dictionary form out; what was looked up once need not be looked up again.

simplemma's dictionaries take a second and 100 MB: each is loaded for the first word that is not known yet, and by
nobody who asks for none.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache

from generator.lang import LANGS, Lang

Known = Mapping[Lang, Mapping[str, str | None]]
Forms = Mapping[Lang, Mapping[str, tuple[str, ...]]]


class Dictionary:
    """The dictionary forms of words; `known` are earlier answers, `is_larger` tells whether there are more by now."""

    def __init__(self, known: Known | None = None, forms: Forms | None = None) -> None:
        self.known = {lang: dict(known.get(lang, {})) if known else {} for lang in LANGS}
        self.forms = {lang: dict(forms.get(lang, {})) if forms else {} for lang in LANGS}
        self.is_larger = False

    def german(self, word: str) -> str | None:
        """Return the dictionary form of a German word; None where the dictionary has no such word."""
        return self._look_up(word, "de")

    def english(self, word: str) -> str | None:
        """Return the dictionary form of an English word, or what rules make of a word that the dictionary lacks."""
        return self._look_up(word, "en")

    def verb(self, word: str, lang: Lang) -> str:
        """Return the verb that a word in small letters is a form of, by way of a participle too; "" where of none."""
        if lang == "en":
            return self.english(word) or ""
        base = self.german(word) or ""
        base = (self.german(base) or base) if base else ""  # "abgeworbene" is of "abgeworben", and that of "abwerben"
        return base if base.endswith("n") and base[:1].islower() else ""

    def forms_of(self, bases: Iterable[str], lang: Lang) -> dict[str, tuple[str, ...]]:
        """Return all forms that the dictionary knows of each."""
        wanted, known = frozenset(bases), self.forms[lang]
        new = wanted - known.keys()
        if new:  # the dictionary is read from end to end for them, which takes half a second
            found: defaultdict[str, list[str]] = defaultdict(list)
            for form, base in _dictionary(lang).items():
                if base in new and form[:1].islower():
                    found[base].append(form)
            known.update((base, tuple(sorted(found[base]))) for base in new)
            self.is_larger = True
        return {base: known[base] for base in wanted if known[base]}

    def _look_up(self, word: str, lang: Lang) -> str | None:
        known = self.known[lang]
        if word not in known:
            known[word] = _dictionary("de").get(word) if lang == "de" else _english(word)
            self.is_larger = True
        return known[word]


@cache
def _dictionary(lang: Lang) -> Mapping[str, str]:
    """Give the dictionary form of every form; a German noun is what it writes with a capital."""
    from simplemma.strategies.dictionaries import DefaultDictionaryFactory  # only who indexes pays for it

    found: Mapping[str, str] = DefaultDictionaryFactory().get_dictionary(lang)
    return found


def _english(word: str) -> str:
    from simplemma import lemmatize  # only who indexes pays for it

    return lemmatize(word, "en")
