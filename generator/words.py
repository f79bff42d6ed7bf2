"""The words of the site itself: headings, labels, the names of enumerated values, in German and English.

In: `words/site.yaml`, and `kinds/<name>.words.yaml` for what one kind says. Out: texts that are safe on a page.
Knows no entry; a missing word is a mistake in Dossier and raises.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType, SimpleNamespace
from typing import Any, Final

import yaml
from markupsafe import Markup

from generator.lang import Lang
from generator.markdown import attribute, escape

_HERE: Final = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Words:
    """Words in one language: `texts` by key, as attributes; the labels of enumerated values by field and value."""

    lang: Lang
    texts: SimpleNamespace
    values: Mapping[str, Mapping[str, str]]


class Label(Markup):
    """What a page calls an enumerated value, a date or a number, safe already; `key` is the value itself."""

    key: str
    badge: Markup

    @classmethod
    def of(cls, key: str, text: str) -> "Label":
        """Make a label."""
        label = cls(escape(text))
        label.key = key
        label.badge = badge(key, label)
        return label


def badge(key: str, text: Markup) -> Markup:
    """Return a word in a small frame; its class names the value."""
    return Markup(f'<span class="badge badge-{attribute(key)}">{text}</span>')  # noqa: S704 - both are safe


@cache
def site_words(lang: Lang) -> Words:
    """Return the words that are no kind's own."""
    return _words(_HERE / "words" / "site.yaml", lang)


@cache
def book_words(lang: Lang) -> SimpleNamespace:
    """Return the words that only a book needs."""
    return _words(_HERE / "words" / "book.yaml", lang).texts


@cache
def kind_words(kind: str, lang: Lang) -> Words:
    """Return the words of a kind."""
    return _words(_HERE / "kinds" / f"{kind}.words.yaml", lang)


@cache
def label(kind: str, field: str, value: str, lang: Lang) -> Label:
    """Return the label of an enumerated value of a field: the kind's own, else the common one."""
    for words in (kind_words(kind, lang), site_words(lang)):
        if (text := words.values.get(field, {}).get(value)) is not None:
            return Label.of(value, text)
    raise KeyError(f"the words of {kind} have no label for {field}: {value}")


def _words(file: Path, lang: Lang) -> Words:
    raw: dict[str, Any] = yaml.load(file.read_text(encoding="utf-8"), yaml.CSafeLoader)
    values = {
        field: MappingProxyType({value: texts[lang] for value, texts in of_field.items()})
        for field, of_field in raw.get("values", {}).items()
    }
    texts: dict[str, Markup] = {key: escape(said[lang]) for key, said in raw["words"].items()}
    return Words(lang, SimpleNamespace(**texts), MappingProxyType(values))
