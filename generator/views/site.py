"""Everything that the pages of one language share: titles, paths, orders, words, the names that are linked.

In: the corpus and the hand-written pages. Nothing here is recorded: that is `page.py`'s, which asks here.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from functools import cache, cached_property, lru_cache
from hashlib import sha256
from types import MappingProxyType
from typing import Final

from markupsafe import Markup

from generator.corpus import Backlink, Corpus
from generator.coverage import Covered
from generator.diagnostics import Path
from generator.fields import Localized, Quote
from generator.kind import Entry, Kind
from generator.kinds import all_kinds
from generator.lang import Lang
from generator.markdown import escape, safe
from generator.mentions import Mentions, Name
from generator.text import normalize
from generator.views.downloads import NO_DOWNLOADS, Downloads
from generator.views.figures import Figures, figures_of
from generator.views.heard import Heard, heard
from generator.words import Words, site_words

_FIRST: Final = ("", 0, "", "")
_ARTICLES: Final[Mapping[Lang | None, frozenset[str]]] = MappingProxyType(
    {
        "de": frozenset({"der", "die", "das", "ein", "eine"}),
        "en": frozenset({"the", "a", "an"}),
        None: frozenset({"der", "die", "das", "the"}),
    }
)


@lru_cache(maxsize=4)
def mentions_of(corpus: Corpus, lang: Lang) -> Mentions:
    """Return the names that are linked in texts of a language."""
    names = (
        Name(naming.text, entry.id, naming.lang, naming.is_proper)
        for entry in corpus.living()
        for naming in entry.kind.names(entry.data)
        if naming.is_linked
    )
    return Mentions.build(names, lang)


class Site:
    """The pages of one language."""

    def __init__(
        self, corpus: Corpus, docs: Mapping[str, str], lang: Lang, downloads: Downloads = NO_DOWNLOADS
    ) -> None:
        self.corpus = corpus
        self.downloads = downloads
        self.lang: Lang = lang
        self.words: Words = site_words(lang)
        self.docs = _docs_in(lang, docs)
        self.other: Lang = "en" if lang == "de" else "de"
        addresses = set(map(_address, self.docs))
        others = _docs_in(self.other, docs).items()
        self.docs_elsewhere = {path: text for path, text in others if _address(path) not in addresses}
        self.links: dict[tuple[str, str], Markup] = {}
        self.heard: dict[tuple[Heard, str], tuple[Markup | None, Markup]] = {}
        self.manners: dict[tuple[str, str], str] = {}
        self.labels: dict[tuple[str, str], Markup] = {}
        self.covered: dict[str, tuple[Covered, ...]] = {}
        self.summaries: dict[str, tuple[str, Lang, frozenset[str]]] = {}
        self._titles: dict[str, Markup] = {}
        self._shorts: dict[str, Markup] = {}
        self._text_langs: dict[str, Lang] = {}
        self._orders: dict[str, tuple[object, ...]] = {}

    def title(self, entry: Entry) -> Markup:
        """Return the title of an entry, marked where it is in the other language."""
        title = self._titles.get(entry.id)
        if title is None:
            title = self._titles[entry.id] = self.said(entry.title)
        return title

    def short(self, entry: Entry) -> Markup:
        """Return the title of an entry in citations."""
        short = self._shorts.get(entry.id)
        if short is None:
            text = entry.kind.short(entry.data)
            short = self._shorts[entry.id] = self.title(entry) if text is None else self.said(text)
        return short

    def text_lang(self, entry: Entry) -> Lang:
        """Return the language of an entry's text, that of the site where it has none."""
        lang = self._text_langs.get(entry.id)
        if lang is None:
            text = entry.kind.text(entry.data)
            lang = self._text_langs[entry.id] = self.lang if text is None else text.lang
        return lang

    def said(self, text: Localized) -> Markup:
        """Return one line of text, marked where it is in the other language."""
        words, lang = text.best(self.lang)
        return escape(words) if lang == self.lang else foreign(escape(words), lang)

    def order(self, entry: Entry) -> tuple[object, ...]:
        """Return the key that sorts an entry among its kind."""
        order = self._orders.get(entry.id)
        if order is None:
            order = self._orders[entry.id] = self._order(entry)
        return order

    def _order(self, entry: Entry) -> tuple[object, ...]:
        if entry.kind.sorted_by == "date":
            when = entry.kind.when(entry.data)
            return (when.sort_key if when else _FIRST, entry.id)  # one order in both languages
        words, _ = entry.title.best(self.lang)
        key = filed_title(entry.title, self.lang)
        return (letter_of(key), key, folded(words), entry.id)

    @cached_property
    def by_kind(self) -> Mapping[str, tuple[Entry, ...]]:
        """The living entries of every kind, sorted."""
        found: dict[str, list[Entry]] = {name: [] for name in all_kinds()}
        for entry in self.corpus.living():
            found[entry.kind.name].append(entry)
        return {name: tuple(sorted(entries, key=self.order)) for name, entries in found.items()}

    @cached_property
    def referring(self) -> Mapping[str, Mapping[str, tuple[Backlink, ...]]]:
        """By target and origin, in no particular order, the links of living entries to it; quotes are none."""
        entries = self.corpus.entries
        found: dict[str, dict[str, tuple[Backlink, ...]]] = {}
        for target, links in self.corpus.backlinks.items():
            by_origin: dict[str, list[Backlink]] = defaultdict(list)
            for link in links:
                origin = entries[link.origin]
                if link.origin != target and not origin.is_retired and not _is_of_quote(link):
                    by_origin[link.origin].append(link)
            found[target] = {origin: tuple(of_origin) for origin, of_origin in by_origin.items()}
        return found

    @cached_property
    def naming(self) -> Mapping[str, tuple[Heard, ...]]:
        """Where the sources name each entry, sentence by sentence; a build may know it already from the last one."""
        return heard(self.corpus, lambda lang: mentions_of(self.corpus, lang))

    @cached_property
    def figures(self) -> Figures:
        """How much the dossier rests on; the same in both languages."""
        return figures_of(self.corpus)

    def home_of(self, entry: Entry) -> Entry:
        """Return the entry on whose page this one is shown."""
        if entry.kind.has_pages:
            return entry
        shown_by = entry.kind.shown_by(entry.data)
        return self.corpus.entries[shown_by] if shown_by else entry


def _docs_in(lang: Lang, docs: Mapping[str, str]) -> dict[str, str]:
    folder = f"docs/{lang}/"
    return {_placed(path.removeprefix(folder)): text for path, text in docs.items() if path.startswith(folder)}


def _placed(path: str) -> str:
    """Return the page that a hand-written text belongs to: beside a section's folder it introduces the section."""
    return f"{_address(path)}/index.md" if _address(path) in _sections() else path


def _address(path: str) -> str:
    return path.removesuffix(".md").removesuffix("/index")


@cache
def _sections() -> frozenset[str]:
    kinds = all_kinds().values()
    return frozenset(
        {"register", "downloads", *map(index_of, kinds), *(extra.path for kind in kinds for extra in kind.extra_pages)}
    )


def _is_of_quote(link: Backlink) -> bool:
    """Tell whether this is evidence naming its source: the source's page shows it at the passage."""
    return not link.is_prose and link.path[-1] == "source"


def foreign(text: Markup, lang: Lang) -> Markup:
    """Mark a line as being in another language than its page."""
    return safe(f'<span lang="{lang}">{text}</span>')  # noqa: S704 - both are safe


def folded(text: str) -> str:
    """Return the text as a register sorts it: without case and accents, from its first letter or digit."""
    plain = text.casefold()
    if not plain.isascii():
        plain = "".join(char for char in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(char))
    return plain.lstrip(" \t\n'\"«»„“”‚‘’–—-([") if not plain[:1].isalnum() else plain


def filed(text: str, lang: Lang | None) -> str:
    """Return the text as a register files it: folded, and behind its article. `lang` None is that of a proper name."""
    key = folded(text)
    article, _, rest = key.partition(" ")
    return folded(rest) or key if article in _ARTICLES[lang] else key


def filed_title(title: Localized, lang: Lang) -> str:
    """Return a title as a register of the language files it."""
    text, said_in = title.best(lang)
    return filed(text, None if title.is_plain else said_in)


def letter_of(key: str) -> str:
    """Return the letter under which a folded text stands; empty for what begins with no Latin letter."""
    return key[0].upper() if key[:1].isascii() and key[:1].isalpha() else ""


def path_of(kind: Kind, entry_id: str) -> str:
    """Return the path of an entry's page."""
    return f"{kind.path}/{entry_id}.md"


def index_of(kind: Kind) -> str:
    """Return the folder of a kind's index page."""
    return kind.index or kind.path


def passage_anchor(quote: Quote, index: int = 0) -> str:
    """Return the id of a passage on its source's page: it follows from the quote alone."""
    context = f"{quote.prefix or ''}|{quote.suffix or ''}" if quote.prefix or quote.suffix else ""
    return _passage_anchor(quote.quote[index], context)


@lru_cache(maxsize=65536)
def _passage_anchor(text: str, context: str) -> str:
    """Digest once what is linked to from many pages."""
    return "q-" + sha256((normalize(text) + context).encode()).hexdigest()[:10]


@lru_cache(maxsize=8192)
def statement_anchor(path: Path) -> str:
    """Return the id of the statement that the evidence at `path` shows."""
    parts = path
    if "evidence" in parts:
        parts = parts[: len(parts) - 1 - parts[::-1].index("evidence")]
    return "-".join(("proof", *(str(part + 1) if isinstance(part, int) else part.replace("_", "-") for part in parts)))
