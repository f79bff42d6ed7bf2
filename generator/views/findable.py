"""What search may find of an entry: its words statement by statement, quote by quote, with the places on its page.

In: the corpus. Out: plain texts in one language, in the order of the page; nothing is escaped here. Only the entry's
own fields are said, never what refers to it: one changed entry changes one text, and a word leads to where it is said.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import Field, dataclass, field, fields, is_dataclass
from decimal import Decimal
from functools import cache, lru_cache
from html import unescape
from itertools import chain
from typing import Any, Final, Literal, NamedTuple, get_origin, get_type_hints

from generator.corpus import Backlink, Corpus
from generator.dates import EdtfDate, format_date
from generator.diagnostics import Path
from generator.fields import (
    EntryFields,
    Evidence,
    Localized,
    ProseIn,
    Quote,
    RefTo,
    Rejects,
    WordOf,
    is_rejected,
    parts_of,
)
from generator.kind import Entry
from generator.lang import Lang
from generator.numbering import numbers_of
from generator.prose import parse_prose, plain_text
from generator.views.records import show_number
from generator.views.site import passage_anchor, statement_anchor
from generator.words import label

_OWN: Final = frozenset(item.name for item in fields(EntryFields))
_GAP: Final = " […] "
_Means = Literal["record", "prose", "line", "fact"]


class Passage(NamedTuple):
    """Words at a place of the page, in the language `lang`.

    `is_quote` where a source says them, `is_list` where they are no sentence: the facts around a statement.
    """

    anchor: str
    text: str
    lang: Lang
    is_quote: bool = False
    is_list: bool = False


@dataclass(slots=True)
class _Said:
    """A statement while it is gathered: its amounts, what is told in sentences, and the facts around it.

    `verdict` is the word for it where the dossier does not stand by it.
    """

    anchor: str
    verdict: str = ""
    amounts: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    facts: list[str] = field(default_factory=list)

    def sentences(self, lang: Lang) -> Passage:
        known = set("\n".join(self.told).split())
        amounts = (
            amount for amount in self.amounts if not any(_is_number(word) and word in known for word in amount.split())
        )
        said = ": ".join(filter(None, (*amounts, "\n".join(self.told))))
        verdict = f"{self.verdict[:1].upper()}{self.verdict[1:]}" if said else ""
        return Passage(self.anchor, ": ".join(filter(None, (verdict, said))), lang)

    def list(self, lang: Lang) -> Passage:
        return Passage(self.anchor, " · ".join(filter(None, self.facts)), lang, is_list=True)


def passages(corpus: Corpus, entry: Entry, lang: Lang) -> tuple[Passage, ...]:
    """Return what the page of an entry says of it in a language: the entry's own, then what is shown with it."""
    shown = shown_with(corpus, entry)
    found = chain(_Reader(corpus, entry, lang).read(), *(_Reader(corpus, other, lang).read() for other in shown))
    return tuple(passage for passage in chain(found, source_text(corpus, entry)) if passage.text)


def _is_number(word: str) -> bool:
    return word[0].isdecimal()


def shown_with(corpus: Corpus, entry: Entry) -> tuple[Entry, ...]:
    """Return the entries without a page that this one's page shows."""
    return _guests(corpus).get(entry.id, ())


@lru_cache(maxsize=2)
def _guests(corpus: Corpus) -> Mapping[str, tuple[Entry, ...]]:
    found: dict[str, list[Entry]] = {}
    for entry in corpus.living():
        if not entry.kind.has_pages and (host := entry.kind.shown_by(entry.data)) is not None:
            found.setdefault(host, []).append(entry)
    return {host: tuple(entries) for host, entries in found.items()}


def meanings(corpus: Corpus, entry: Entry, lang: Lang) -> tuple[str, ...]:
    """Return what the vocabulary says that the words mean which an entry uses, and other words for them, each once."""
    words = dict.fromkeys((list_name, word) for list_name, word, _ in _used(entry.data))
    known = (corpus.vocabulary[list_name][word] for list_name, word in words)
    said = (text for word in known for text in (word.note, word.also) if text is not None)
    return tuple(dict.fromkeys(text.best(lang)[0] for text in said))


def ties(corpus: Corpus, entry: Entry, lang: Lang) -> tuple[str, ...]:
    """Return "leads" with what is led, each once: of the words that readers ask by, for there are others for them."""
    found = (
        f"{word.label.best(lang)[0]} {corpus.entries[other].title.best(lang)[0]}"
        for list_name, name, record in _used(entry.data)
        if (word := corpus.vocabulary[list_name][name]).also is not None
        for item in _fields_of(record)
        if isinstance(item.marker, RefTo) and not item.is_many and (other := getattr(record, item.name)) is not None
    )
    return tuple(dict.fromkeys(found))


def _used(record: Any) -> Iterator[tuple[str, str, Any]]:  # noqa: ANN401 - any model
    """Yield each word of the vocabulary that a record uses, with its list before it and what has it behind."""
    model: type = type(record)
    for item in _plan(model):
        value = getattr(record, item.name)
        for one in () if value is None else value if item.is_many else (value,):
            if isinstance(item.marker, WordOf):
                yield item.marker.list_name, one, record
            elif item.means == "record":
                yield from _used(one)


def source_text(corpus: Corpus, entry: Entry) -> Iterator[Passage]:
    """Yield the paragraphs of a text, or what is quoted of one that may not be shown."""
    file = entry.kind.text(entry.data)
    text = corpus.texts.get(entry.id)
    if file is None or text is None:
        return
    if file.is_open:
        for number, paragraph in enumerate(text.paragraphs, 1):
            yield Passage(f"p{number}", text.normal[paragraph.start : paragraph.end], text.lang, is_quote=True)
        return
    for passage in corpus.passages.get(entry.id, ()):
        anchor = passage_anchor(passage.quote, passage.index)
        yield Passage(anchor, text.normal[passage.start : passage.end], text.lang, is_quote=True)


class _Reader:
    """Gathers the passages of one entry."""

    def __init__(self, corpus: Corpus, entry: Entry, lang: Lang) -> None:
        self._corpus = corpus
        self._entry = entry
        self._lang: Lang = lang
        self._numbers = numbers_of(entry)
        self._statements: list[_Said] = []
        self._quotes: dict[str, Passage] = {}

    def read(self) -> Iterator[Passage]:
        first = self._begin("")
        self._record(self._entry.data, (), first)
        summary = self._entry.kind.summary(self._entry.data)
        about = "" if summary is None else self._prose(summary)
        first.told.sort(key=lambda text: text != about)  # what it is about stands before what explains a detail
        self._statements.sort(key=lambda said: bool(said.verdict))  # what is rejected is not what answers first
        yield from (said.sentences(self._lang) for said in self._statements)
        yield from self._quotes.values()
        yield from (said.list(self._lang) for said in self._statements)

    def _begin(self, anchor: str) -> _Said:
        said = _Said(anchor)
        self._statements.append(said)
        return said

    def _record(self, record: Any, path: Path, said: _Said) -> None:  # noqa: ANN401 - any model
        for item in _fields_of(record):
            value = getattr(record, item.name)
            if value is None or value in ((), item.default) or (path == () and item.name in _OWN):
                continue
            for index, one in enumerate(value) if item.is_many else ((None, value),):
                at = (*path, item.name) if index is None else (*path, item.name, index)
                self._value(item, one, at, said)

    def _value(self, item: "_Field", value: Any, at: Path, said: _Said) -> None:  # noqa: ANN401
        match item.means:
            case "record" if isinstance(value, Evidence):
                self._evidence(value)
            case "record" if isinstance(value, Quote):
                self._record(value, at, self._begin(passage_anchor(value)))
            case "record" if any(part.marker is Decimal for part in _fields_of(value)):
                said.amounts.append(self._amount(value))
            case "record":
                self._record(value, at, self._place(value, at, said))
            case "prose":
                said.told.append(self._prose(value))
            case "line" if value is not self._entry.title:
                said.facts.append(value.best(self._lang)[0])
            case "fact" if value == item.rejects:
                said.verdict = self._fact(item, value)
            case "fact":
                said.facts.append(self._fact(item, value))

    def _place(self, record: Any, at: Path, said: _Said) -> _Said:  # noqa: ANN401
        """Return what a record is gathered with: a statement of its own where it has evidence or is rejected."""
        if getattr(record, "evidence", ()):
            return self._begin(statement_anchor((*at, "evidence")))
        return self._begin(said.anchor) if is_rejected(record) else said

    def _amount(self, record: Any) -> str:  # noqa: ANN401
        """Return "about 14 billion dollars": what qualifies a number stands before it, its unit behind."""
        before = sorted(_fields_of(record), key=lambda item: get_origin(item.marker) is not Literal)
        values = ((item, getattr(record, item.name)) for item in before)
        return " ".join(self._fact(item, value) for item, value in values if value not in (None, item.default))

    def _fact(self, item: "_Field", value: Any) -> str:  # noqa: ANN401
        match item.marker:
            case RefTo():
                return self._title(value)
            case WordOf(list_name):
                return self._corpus.vocabulary[list_name][value].label.best(self._lang)[0]
        match value:
            case EdtfDate():
                return format_date(value, self._lang)
            case Decimal():
                return show_number(value, self._lang)
        return unescape(str(label(self._entry.kind.name, item.name, value, self._lang)))

    def _prose(self, value: Localized) -> str:
        return plain_text(parse_prose(value.best(self._lang)[0]).blocks, self._title)

    def _title(self, entry_id: str) -> str:
        entry = self._corpus.entries.get(entry_id)
        return "" if entry is None else entry.title.best(self._lang)[0]

    def _evidence(self, evidence: Evidence) -> None:
        anchor = f"e{self._numbers[evidence]}"
        file = self._corpus.texts.get(evidence.source)
        lang: Lang = file.lang if file else self._lang
        self._quotes.setdefault(anchor, Passage(anchor, _GAP.join(evidence.quote), lang, is_quote=True))
        translated = evidence.translation.get(self._lang) if evidence.translation and lang != self._lang else None
        if translated:
            self._quotes.setdefault(f"{anchor}-", Passage(anchor, translated, self._lang, is_quote=True))
        if evidence.note is not None:
            self._quotes.setdefault(f"{anchor}+", Passage(anchor, self._prose(evidence.note), self._lang))


class _Field(NamedTuple):
    """A field that says something: a record, prose, a line of text, or a single fact.

    Its value `default` says nothing, its value `rejects` that the dossier does not stand by the record.
    """

    name: str
    means: _Means
    marker: object
    is_many: bool
    default: object
    rejects: str | None


def _fields_of(record: Any) -> tuple[_Field, ...]:  # noqa: ANN401 - any model
    model: type = type(record)
    return _plan(model)


@cache
def _plan(model: type) -> tuple[_Field, ...]:
    hints = get_type_hints(model, include_extras=True)
    return tuple(found for item in fields(model) if (found := _field(item, tuple(parts_of(hints[item.name])))))


def _field(item: "Field[Any]", parts: tuple[Any, ...]) -> _Field | None:
    is_many = any(get_origin(part) is tuple for part in parts)
    default = getattr(item.default, "default", item.default)
    rejects = next((part.value for part in parts if isinstance(part, Rejects)), None)
    for part in parts:
        if means := _meaning(part):
            return _Field(item.name, means, part, is_many, default, rejects)
    return None


def _meaning(part: Any) -> _Means | None:  # noqa: ANN401 - a type annotation or what annotates it
    if isinstance(part, RefTo | WordOf) or part in (EdtfDate, Decimal) or get_origin(part) is Literal:
        return "fact"
    if isinstance(part, ProseIn):
        return "prose"
    if part is Localized:
        return "line"
    return "record" if is_dataclass(part) and hasattr(part, "__pydantic_config__") else None


def facets(corpus: Corpus, entry: Entry) -> Iterator[Entry]:
    """Yield the entries that search can be narrowed down to and that this one belongs to, itself included."""
    quoted = {passage.source: None for passage in corpus.passages_of(entry.id)}
    for found in dict.fromkeys((entry.id, *referred(corpus).get(entry.id, ()), *quoted)):
        other = corpus.entries[found]
        if other.kind.is_facet and not other.is_retired:
            yield other


@lru_cache(maxsize=2)
def referred(corpus: Corpus) -> Mapping[str, tuple[str, ...]]:
    """Return what each entry refers to by its fields, not in running text and not as evidence."""
    return _targets(corpus, lambda link: not (link.is_prose or _is_evidence(link) or link.path[0] in _OWN))


@lru_cache(maxsize=2)
def mentioned(corpus: Corpus) -> Mapping[str, tuple[str, ...]]:
    """Return what each entry tells of, by its fields or in running text: not the sources that it rests on."""
    return _targets(corpus, lambda link: not _is_evidence(link))


@lru_cache(maxsize=2)
def named(corpus: Corpus) -> Mapping[str, tuple[str, ...]]:
    """Return every entry that each entry names, in whatever way: what its text depends on."""
    return _targets(corpus, lambda _link: True)


def _is_evidence(link: Backlink) -> bool:
    return "evidence" in link.path


def _targets(corpus: Corpus, keeps: Callable[[Backlink], bool]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for target, links in corpus.backlinks.items():
        for link in filter(keeps, links):
            found.setdefault(link.origin, {})[target] = None
    return {origin: tuple(targets) for origin, targets in found.items()}
