"""Every text stands in both languages."""

from collections.abc import Iterable

from generator.checks import Examination
from generator.corpus import Corpus
from generator.diagnostics import Diagnostic, Place
from generator.fields import Evidence, Localized, Quote
from generator.lang import LANGS, Lang
from generator.walk import Leaf


def check(item: Examination) -> Iterable[Diagnostic]:
    """Warn of texts in one language, and of quotes that nobody translated for the other."""
    for leaf in item.leaves:
        for lang in missing_languages(leaf, item.corpus):
            yield _missing(item.entry.file, leaf, lang)


def untranslated(file: str, leaf: Leaf, corpus: Corpus) -> Iterable[Diagnostic]:
    """Warn of a leaf of a file that is no entry, if it is a text in one language only."""
    return (_missing(file, leaf, lang) for lang in missing_languages(leaf, corpus))


def missing_languages(leaf: Leaf, corpus: Corpus) -> Iterable[Lang]:
    """Return the languages that a text lacks, or a quote its translation for."""
    value = leaf.value
    if isinstance(value, Localized):
        # A translation of a quote is needed in the other language only.
        if value.is_plain or (isinstance(leaf.owner, Evidence) and leaf.path[-1] == "translation"):
            return ()
        return [lang for lang in LANGS if value.get(lang) is None]
    if leaf.marker is not Quote or not isinstance(value, Evidence):
        return ()
    text, given = corpus.texts.get(value.source), value.translation
    if text is None:
        return ()
    return [lang for lang in LANGS if lang != text.lang and (given is None or given.get(lang) is None)]


def _missing(file: str, leaf: Leaf, lang: Lang) -> Diagnostic:
    name = "German" if lang == "de" else "English"
    if isinstance(leaf.value, Localized):
        place, hint = Place(file, leaf.path), f"give it a text under “{lang}:”"
        return Diagnostic("missing-translation", f"the text has no {name}", place, hint)
    place, hint = Place(file, (*leaf.path, "quote")), f"add “translation: {{{lang}: …}}”, in our own words"
    return Diagnostic("missing-translation", f"the quote has no translation for the {name} page", place, hint)
