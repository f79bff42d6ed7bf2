"""The fields of an entry as a template sees them: each kind of field becomes what a page shows of it.

In: a validated record and the page it is shown on. A field is converted when a template asks for it; how, follows from
the annotations of its model, worked out once, so that a new kind needs nothing here.
"""
# ruff: noqa: S704 - only safe pieces are put together here

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any, Final, Literal, get_origin, get_type_hints

from markupsafe import Markup

from generator.dates import EdtfDate, format_date
from generator.diagnostics import Path
from generator.fields import Evidence, Localized, ProseIn, Quote, RefTo, WordOf, parts_of
from generator.kind import Entry
from generator.lang import Lang
from generator.markdown import escape, safe
from generator.project import Word as VocabularyWord
from generator.views.context import Context
from generator.views.said import ProseView, nested, notice, quoted
from generator.views.site import foreign, passage_anchor, statement_anchor
from generator.words import Label, badge, label

MAX_LEMMA: Final = 42
Converter = Callable[["RecordView", Path, Any], object]


class RecordView:
    """A record of an entry: its fields by name, as a page shows them; `data` is the record itself, `of` its entry."""

    def __init__(self, page: Context, entry: Entry | None, data: Any, path: Path) -> None:  # noqa: ANN401 - any model
        self.page = page
        self.of: Any = entry
        self.data = data
        self.path = path

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - what a field is, its model says
        """Convert a field at first use."""
        value = getattr(self.data, name)
        if value is not None:
            model: type = type(self.data)
            value = _plan(model)[name](self, (name,), value)
        self.__dict__[name] = value
        return value

    @property
    def anchor(self) -> str:
        """The id of this record where it is a statement with evidence."""
        return statement_anchor((*self.path, "evidence"))


def signs_of(data: Evidence) -> str:
    """Return the classes of the signs that say how sure evidence is; empty where its source states a fact itself."""
    if data.stance == "supports" and data.modality == "asserted" and not data.via:
        return ""
    signs = ["mark-contradicts"] if data.stance == "contradicts" else []
    signs += [] if data.modality == "asserted" else [f"mark-{data.modality}"]
    return " ".join((*signs, "mark-second-hand") if data.via else signs)


class EvidenceView(RecordView):
    """A piece of evidence."""

    data: Evidence

    @property
    def origin(self) -> Any:  # noqa: ANN401 - an `EntryView`, which is made of records
        """The quoted text."""
        return self.page.entry(self.data.source)

    @property
    def quoted(self) -> Markup:
        """The quote between the marks of its language."""
        return quoted(self.data.quote, self.origin.text_lang, self.page.lang)

    @property
    def translated(self) -> Markup | None:
        """Our translation of the quote, where the page is in the other language and there is one."""
        if self.data.translation is None or self.origin.text_lang == self.page.lang:
            return None
        text = self.data.translation.get(self.page.lang)
        return quoted((nested(text, self.page.lang),), self.page.lang, self.page.lang) if text else None

    @property
    def readable(self) -> Markup:
        """Our translation, said to be one, where there is one for the page's language, else the quote."""
        translated = self.translated
        if translated is None:
            return self.quoted
        return safe(f"{translated} <small>({self.page.site.words.texts.our_translation})</small>")

    @property
    def place(self) -> Markup:
        """A link to the passage."""
        source = self.origin
        return self.page.link(source.of, source.short, passage_anchor(self.data))

    @property
    def signs(self) -> str:
        """The classes of the signs that say how sure this is."""
        return signs_of(self.data)

    def mark(self, number: int) -> Markup:
        """Return the number of this evidence as a link to the passage, with its signs and what they mean in words."""
        signs, source = self.signs, self.origin.of
        known = self.page.site.manners
        title = known.get((source.id, signs))
        if title is None:
            said = f"{self.page.site.short(source).striptags()}: {', '.join(self._manner())}"
            title = known[source.id, signs] = escape(said).unescape()
        shown = self.page.link(source, Markup(number), passage_anchor(self.data), title)
        for sign in reversed(signs.split()):
            shown = safe(f'<span class="{sign}">{shown}</span>')
        return shown

    def _manner(self) -> Iterator[str]:
        if self.data.stance == "contradicts":
            yield self.stance.unescape()
        yield self.modality.unescape()
        if self.data.via:
            yield self.page.site.words.texts.second_hand.unescape()


class QuoteView(RecordView):
    """A passage that is quoted for itself: annotated or set aside."""

    @property
    def quoted(self) -> Markup:
        """The passage between the marks of its language."""
        return quoted(self.data.quote, self.text_lang, self.page.lang)

    @property
    def lemma(self) -> Markup:
        """The passage as a margin names it: of a long one the first and the last words."""
        words = " ".join(self.data.quote).split()
        if len(" ".join(words)) <= MAX_LEMMA:
            return self.quoted
        return quoted((" ".join(words[:3]), " ".join(words[-2:])), self.text_lang, self.page.lang)

    @property
    def text_lang(self) -> Lang:
        """The language of the passage."""
        lang: Lang = self.page.entry(getattr(self.of.data, "source", self.of.id)).text_lang
        return lang

    @property
    def is_foreign(self) -> bool:
        """Tell whether the passage is in another language than the page."""
        return self.text_lang != self.page.lang

    @property
    def passage(self) -> str:
        """The id of the passage on its source's page."""
        return passage_anchor(self.data)


class Proof:
    """The evidence of one statement; shown, it is numbers that lead to the passages, listed at the page's foot."""

    def __init__(self, owner: RecordView, at: Path, evidence: tuple[Evidence, ...]) -> None:
        self._page = owner.page
        self._views = tuple(
            EvidenceView(owner.page, owner.of, item, (*owner.path, *at, index)) for index, item in enumerate(evidence)
        )
        self._anchor = statement_anchor((*owner.path, *at))

    def __bool__(self) -> bool:
        return bool(self._views)

    def __iter__(self) -> Iterator[EvidenceView]:
        return iter(self._views)

    def __html__(self) -> str:
        """Return the numbers, and have the evidence listed at the foot."""
        if not self._views:
            return ""
        page = self._page
        numbers: dict[int, Markup] = {}
        for view in self._views:
            cited = page.number(view, self._anchor)
            if cited not in numbers:
                numbers[cited] = view.mark(cited)
        name = "" if self._anchor in page.anchors else f' id="{self._anchor}"'
        page.anchors.add(self._anchor)
        return f'<sup class="proof"{name}>{" ".join(numbers.values())}</sup>'


class Said(Markup):
    """One line of text on the page's language; `de` and `en` are the texts themselves."""

    localized: Localized
    lang: Lang

    @property
    def quoted(self) -> Markup:
        """The text between the marks of the language that it is in."""
        text, lang = self.localized.best(self.lang)
        return quoted((text,), lang, self.lang)

    @property
    def de(self) -> Markup | None:
        """The German text."""
        return None if self.localized.de is None else escape(self.localized.de)

    @property
    def en(self) -> Markup | None:
        """The English text."""
        return None if self.localized.en is None else escape(self.localized.en)


def show_text(view: RecordView, _at: Path, value: Localized) -> Said:
    """Show one line, with a notice where it is in the other language."""
    text, lang = value.best(view.page.lang)
    shown = escape(text)
    if lang != view.page.lang:
        shown = safe(f"{foreign(shown, lang)} {notice(view.page, lang)}")
    shown = Said(shown)
    shown.localized, shown.lang = value, view.page.lang
    return shown


@lru_cache(maxsize=8192)
def date_label(date: EdtfDate, lang: Lang) -> Label:
    """Return a date in words; its key is the date as it was written."""
    return Label.of(date.text, format_date(date, lang))


def show_number(amount: Decimal, lang: Lang) -> str:
    """Write a number as a language does: 1.234,5 or 1,234.5."""
    plain = f"{amount:,f}"
    return plain.translate(_GERMAN_MARKS) if lang == "de" else plain


_GERMAN_MARKS: Final = str.maketrans(",.", ".,")


@cache
def _plan(model: type) -> Mapping[str, Converter]:
    hints = get_type_hints(model, include_extras=True)
    return {item.name: _converter(tuple(parts_of(hints[item.name]))) for item in fields(model)}


def _converter(parts: tuple[Any, ...]) -> Converter:
    one = _one(parts)
    is_many = any(get_origin(part) is tuple for part in parts)
    if not is_many or one is _as_it_is or one is _proof:
        return one
    return lambda view, at, values: tuple(one(view, (*at, index), value) for index, value in enumerate(values))


def _one(parts: tuple[Any, ...]) -> Converter:  # noqa: C901, PLR0911 - a table of the kinds of fields
    for part in parts:
        match part:
            case RefTo():
                return lambda view, _at, value: view.page.entry(value)
            case WordOf(list_name):
                return lambda view, _at, value: _word(view, list_name, value)
            case ProseIn():
                return lambda view, _at, value: ProseView(view.page, value)
            case type() if part is Localized:
                return show_text
            case type() if part is EdtfDate:
                return lambda view, _at, value: date_label(value, view.page.lang)
            case type() if part is Decimal:
                return lambda view, _at, value: Label.of(str(value), show_number(value, view.page.lang))
            case type() if is_dataclass(part) and issubclass(part, Evidence):
                return _proof
            case type() if is_dataclass(part) and hasattr(part, "__pydantic_config__"):
                return _record
            case _ if get_origin(part) is Literal:
                return lambda view, at, value: label(view.of.kind.name, str(at[0]), value, view.page.lang)
    return _as_it_is


def _as_it_is(_view: RecordView, _at: Path, value: object) -> object:
    return value


def _proof(view: RecordView, at: Path, value: Any) -> Proof:  # noqa: ANN401 - every converter takes any value
    return Proof(view, at, value)


def _record(view: RecordView, at: Path, value: Any) -> RecordView:  # noqa: ANN401
    return record_view(view.page, view.of, value, (*view.path, *at))


def record_view(page: Context, entry: Entry, data: Any, path: Path) -> RecordView:  # noqa: ANN401 - any model
    """Return the view of a record that stands at `path` of an entry."""
    model = EvidenceView if isinstance(data, Evidence) else QuoteView if isinstance(data, Quote) else RecordView
    return model(page, entry, data, path)


def _word(view: RecordView, list_name: str, value: str) -> Markup:
    labels = view.page.site.labels
    shown = labels.get((list_name, value))
    if shown is None:
        word = view.page.site.corpus.vocabulary[list_name][value]
        shown = labels[list_name, value] = Word.of_word(value, word, view)
    return shown


class Word(Said):
    """A word of the vocabulary; `key` is the word, `inverse` what it is called from the other end."""

    key: str
    badge: Markup
    inverse: Markup | None

    @classmethod
    def of_word(cls, key: str, word: VocabularyWord, view: RecordView) -> "Word":
        """Make a word as the page's language says it."""
        shown = cls(show_text(view, (), word.label))
        shown.localized, shown.lang, shown.key = word.label, view.page.lang, key
        shown.badge = badge(key, shown)
        shown.inverse = None if word.inverse is None else show_text(view, (), word.inverse)
        return shown
