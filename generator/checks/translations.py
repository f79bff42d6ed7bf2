"""Every text stands in both languages."""

from collections.abc import Iterable

from generator.checks import Examination
from generator.diagnostics import Diagnostic, Place
from generator.fields import Evidence, Localized, Quote
from generator.lang import LANGS
from generator.walk import Leaf


def check(item: Examination) -> Iterable[Diagnostic]:
    """Warn of texts in one language, and of quotes that nobody translated for the other."""
    for leaf in item.leaves:
        if isinstance(leaf.value, Localized):
            # A translation of a quote is needed in the other language only.
            if not (isinstance(leaf.owner, Evidence) and leaf.path[-1] == "translation"):
                yield from untranslated(item.entry.file, leaf)
        elif leaf.marker is Quote and isinstance(leaf.value, Evidence):
            yield from _translated(item, leaf.path, leaf.value)


def untranslated(file: str, leaf: Leaf) -> Iterable[Diagnostic]:
    """Warn of a leaf of the file that is a text in one language only."""
    if not isinstance(leaf.value, Localized):
        return
    for lang in LANGS:
        if leaf.value.get(lang) is None:
            name = "German" if lang == "de" else "English"
            place = Place(file, leaf.path)
            yield Diagnostic("missing-translation", f"the text has no {name}", place, f"give it a text under “{lang}:”")


def _translated(item: Examination, path: tuple[str | int, ...], evidence: Evidence) -> Iterable[Diagnostic]:
    text = item.corpus.texts.get(evidence.source)
    if text is None:
        return
    for lang in LANGS:
        if lang != text.lang and (evidence.translation is None or evidence.translation.get(lang) is None):
            message = f"the quote has no translation for the {'German' if lang == 'de' else 'English'} page"
            place = Place(item.entry.file, (*path, "quote"))
            yield Diagnostic(
                "missing-translation", message, place, f"add “translation: {{{lang}: …}}”, in our own words"
            )
