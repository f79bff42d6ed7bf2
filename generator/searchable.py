"""What search is given: for every page that can be found a record and the digest of all that it is made of.

In: the corpus and the hand-written pages. Out: pages by path, their records made when they are asked for: where the
digests say that nothing changed, none is. Knows no index and no file.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from html import unescape
from pathlib import Path
from typing import Final

from generator.corpus import Corpus
from generator.dates import format_date
from generator.digest import digest
from generator.fingerprint import fingerprint
from generator.kind import Entry
from generator.kinds import all_kinds
from generator.lang import LANGS, Lang
from generator.load import Files
from generator.outputs.search import Asked, Place, Record, Search, SearchLanguage, SearchRequest, make_search
from generator.project import DOSSIER_FILE, VOCABULARY_FILE
from generator.remembered import recall, remember
from generator.search import expand
from generator.search.compounds import Splitter
from generator.search.dictionary import Dictionary
from generator.search.names import HEADING, MISNOMER, NAME, TITLE, NameOf, Row, Spellings, rows
from generator.search.quantities import tokens
from generator.search.query import question
from generator.search.verbs import Verbs, ending_in_t, unlike_forms
from generator.views.docs import plain_doc, title_of_doc
from generator.views.findable import (
    Passage,
    facets,
    meanings,
    mentioned,
    named,
    passages,
    shown_with,
    source_text,
    ties,
)
from generator.views.site import Site, index_of, path_of
from generator.words import kind_words, site_words

KIND: Final = "kind"
YEAR: Final = "year"
_WORDS: Final = "search_"


def search_of(corpus: Corpus, files: Files, target: Path, progress: Callable[[str], None]) -> Search:
    """Return the search of a dossier's site; `target` is the build folder."""
    words = _Words(target / "work" / "words.bin")
    languages = tuple(
        SearchLanguage(lang, pages, _facet_groups(lang), _search_words(lang))
        for lang, pages in findable_pages(corpus, files, words).items()
    )
    return make_search(
        SearchRequest(
            target,
            languages,
            findable_names(corpus),
            partial(_rows, target / "work" / "spellings.bin"),
            words.verbs,
            fingerprint(),
            progress,
            words.keep,
        )
    )


class _Words:
    """The dictionary, which remembers from one build to the next what it was asked for."""

    def __init__(self, file: Path) -> None:
        self._file = file

    @cached_property
    def dictionary(self) -> Dictionary:
        return Dictionary(*(recall(self._file) or ()))

    def keep(self) -> None:
        if self.dictionary.is_larger:
            remember(self._file, (self.dictionary.known, self.dictionary.forms))

    def verbs(self, words: frozenset[str]) -> Verbs:
        """Return what forms of verbs lead to; where the words are those of the last build, what that found."""
        file = self._file.with_name("verbs.bin")
        known: dict[str, Verbs] = recall(file) or {}
        mark = digest(*sorted(words))
        if mark not in known:
            found = unlike_forms(words, self.dictionary), ending_in_t(words, self.dictionary)
            known = dict([*known.items(), (mark, found)][-len(LANGS) :])
            remember(file, known)
            self.keep()
        return known[mark]


def _rows(file: Path, names: tuple[NameOf, ...]) -> tuple[Row, ...]:
    """Return the rows of all names; a build spells only those that the last one did not."""
    known: Spellings = recall(file) or {}
    before = set(known)
    found = rows(names, known)
    met = {tuple(name[1:5]) for name in names}
    if before != met:
        remember(file, {name: spellings for name, spellings in known.items() if name in met})
    return found


def findable_pages(corpus: Corpus, files: Files, words: "_Words") -> dict[Lang, tuple[Asked, ...]]:
    """Return every page of each language that can be found: entries, the sections, the hand-written pages."""
    reader = _Reader(corpus, words)
    digests = dict(_digests(corpus, files))
    return {
        lang: (*_entries(corpus, digests, reader, lang), *_sections(lang), *_docs(Site(corpus, files.docs, lang)))
        for lang in LANGS
    }


def findable_names(corpus: Corpus) -> tuple[NameOf, ...]:
    """Return the names of all entries that have a page, by the path of that."""
    return tuple(
        NameOf(_path(entry), text, lang, rank, is_proper, weight)
        for entry in corpus.living()
        if entry.kind.has_pages
        for weight in (len(corpus.backlinks.get(entry.id, ())),)
        for text, lang, rank, is_proper in dict.fromkeys(_names(entry))
    )


def _names(entry: Entry) -> Iterator[tuple[str, Lang | None, int, bool]]:
    titles = {entry.title.get(lang): lang for lang in LANGS}
    namings = entry.kind.names(entry.data)
    for text, lang in titles.items():
        if text:
            yield text, None if entry.title.de == entry.title.en else lang, TITLE if namings else HEADING, True
    for naming in namings:
        if naming.text not in titles:
            yield naming.text, naming.lang, MISNOMER if naming.note else NAME, naming.is_proper


def _facet_groups(lang: Lang) -> tuple[tuple[str, str], ...]:
    """Return what search can be narrowed down by, and what it is called."""
    said = _search_words(lang)
    kinds = tuple(kind for kind in all_kinds().values() if kind.is_facet)
    named_kinds = ((kind.name, unescape(str(kind_words(kind.name, lang).texts.kinds))) for kind in kinds)
    return ((KIND, said["kind"]), *named_kinds, (YEAR, said["year"]))


def _search_words(lang: Lang) -> dict[str, str]:
    """Return what the search says to its readers."""
    texts = vars(site_words(lang).texts)
    return {key.removeprefix(_WORDS): unescape(str(text)) for key, text in texts.items() if key.startswith(_WORDS)}


def _digests(corpus: Corpus, files: Files) -> Iterator[tuple[str, str]]:
    """Yield for each entry with a page the digest of all that its records are made of, in both languages."""
    seen = {entry.id: _seen(entry) for entry in corpus.living()}
    # Every name counts, for compounds are split by the names that there are.
    ground = digest(files.entries[DOSSIER_FILE], files.entries[VOCABULARY_FILE], *map(_namings, corpus.living()))
    names = named(corpus)
    for entry in corpus.living():
        if entry.kind.has_pages:
            own = (entry, *shown_with(corpus, entry))
            quoted = (repr(passage) for passage in source_text(corpus, entry))
            linked = (seen.get(other, "") for one in own for other in names.get(one.id, ()))
            yield entry.id, digest(ground, *(files.entries[one.file] for one in own), *linked, *quoted)


def _seen(entry: Entry) -> str:
    """Return what the records of other entries tell of this one."""
    return repr((entry.id, entry.title, entry.kind.short(entry.data)))


def _namings(entry: Entry) -> str:
    return repr(tuple(entry.kind.names(entry.data)))


def _entries(corpus: Corpus, digests: Mapping[str, str], reader: "_Reader", lang: Lang) -> Iterator[Asked]:
    for entry_id, mark in digests.items():
        entry = corpus.entries[entry_id]
        yield Asked(_path(entry), mark, partial(_record, corpus, entry, reader, lang))


def _path(entry: Entry) -> str:
    return path_of(entry.kind, entry.id).removesuffix(".md")


@dataclass(frozen=True, slots=True)
class _Said:
    """What an entry says in each language, and the words that it is only found by."""

    passages: Mapping[Lang, tuple[Passage, ...]]
    strong: str
    weak: str


class _Reader:
    """Reads entries for the records of both languages, and each only once."""

    def __init__(self, corpus: Corpus, words: _Words) -> None:
        self._corpus = corpus
        self._words = words
        self._last: dict[str, _Said] = {}

    def read(self, entry: Entry) -> _Said:
        """Return what an entry says."""
        said = self._last.pop(entry.id, None)
        if said is None:
            said = self._last[entry.id] = self._read(entry)
        return said

    def _read(self, entry: Entry) -> _Said:
        found = {lang: passages(self._corpus, entry, lang) for lang in LANGS}
        texts = {lang: "\n".join(dict.fromkeys(_in_language(found, lang))) for lang in LANGS}
        namings = tuple(entry.kind.names(entry.data))
        mentioned = tuple(dict.fromkeys(self._mentioned(entry)))
        when = entry.kind.when(entry.data)
        strong: dict[str, None] = {}
        weak: dict[str, None] = {}
        for lang in LANGS:
            also = (naming.text for naming in namings if naming.lang in (None, lang))
            title = entry.title.best(lang)[0]
            strong |= dict.fromkeys(expand.strong(title, lang, self._splitter, self._words.dictionary, also))
            strong |= dict.fromkeys((question(title),) if title.endswith("?") else ())
            strong |= dict.fromkeys(meanings(self._corpus, entry, lang))
            if tied := ties(self._corpus, entry, lang):  # whoever leads answers who does
                strong |= dict.fromkeys((*tied, question("who")))
            weak |= dict.fromkeys(expand.weak(texts[lang], lang, self._splitter, mentioned))
            if when:  # what lasts for months is less about each of them than what happens in one
                dated = weak if when.is_interval and not when.is_open_end else strong
                dated |= dict.fromkeys(tokens(format_date(when, lang)))
        return _Said(found, " ".join(strong), " ".join(weak))

    def _mentioned(self, entry: Entry) -> Iterator[str]:
        """Yield what the entries that this one tells of are called wrongly or in the other language."""
        for other_id in mentioned(self._corpus).get(entry.id, ()):
            other = self._corpus.entries[other_id]
            yield from (naming.text for naming in other.kind.names(other.data) if naming.note)
            yield from (text for lang in LANGS if (text := other.title.get(lang)))

    @cached_property
    def _splitter(self) -> Splitter:
        namings = [naming for entry in self._corpus.living() for naming in entry.kind.names(entry.data)]
        own = {
            word for naming in namings if not naming.is_proper and naming.lang != "en" for word in naming.text.split()
        }
        names = {word for naming in namings if naming.is_proper and not naming.note for word in naming.text.split()}
        return Splitter(self._words.dictionary.german, own=own, names=names - own)


def _in_language(found: Mapping[Lang, tuple[Passage, ...]], lang: Lang) -> Iterator[str]:
    return (passage.text for of_page in found.values() for passage in of_page if passage.lang == lang)


def _record(corpus: Corpus, entry: Entry, reader: _Reader, lang: Lang) -> Record:
    other: Lang = "en" if lang == "de" else "de"
    when = entry.kind.when(entry.data)
    said = reader.read(entry)
    here = said.passages[lang]
    known = {passage.text for passage in here}
    title, elsewhere = entry.title.best(lang)[0], entry.title.best(other)[0]
    there = tuple(passage for passage in said.passages[other] if passage.text not in known)
    return Record(
        path=_path(entry),
        lang=lang,
        title=title,
        kind=_kind(entry, lang),
        when=format_date(when, lang) if when else "",
        places=tuple(map(_place, here)),
        elsewhere=(*((Place("", elsewhere, other, is_title=True),) if elsewhere != title else ()), *map(_place, there)),
        # The words of a title are left out there, for both languages; on this site the other one is no title.
        strong=said.strong if elsewhere == title else f"{said.strong} {elsewhere}",
        weak=said.weak,
        facets=tuple(_facets(corpus, entry, lang)),
    )


def _place(passage: Passage) -> Place:
    return Place(*passage)


def _facets(corpus: Corpus, entry: Entry, lang: Lang) -> Iterator[tuple[str, str]]:
    """Yield what search can be narrowed down to: a value is an id and what it is called."""
    yield KIND, f"{entry.kind.name}|{_kind(entry, lang)}"
    for other in facets(corpus, entry):
        words, _ = (other.kind.short(other.data) or other.title).best(lang)
        yield other.kind.name, f"{other.id}|{words}"
    when = entry.kind.when(entry.data)
    if when and when.earliest and when.latest and when.earliest[:4] == when.latest[:4]:
        yield YEAR, f"{when.earliest[:4]}|{when.earliest[:4]}"


def _kind(entry: Entry, lang: Lang) -> str:
    return unescape(str(kind_words(entry.kind.name, lang).texts.kind))


def _sections(lang: Lang) -> Iterator[Asked]:
    """Yield the pages that list a kind, found by what they are called."""
    for kind in all_kinds().values():
        texts = kind_words(kind.name, lang).texts
        yield _section(f"{index_of(kind)}", lang, texts.kinds, texts.intro)
        for extra in kind.extra_pages:
            yield _section(extra.path, lang, getattr(texts, extra.path), getattr(texts, f"{extra.path}_intro"))
    texts = site_words(lang).texts
    yield _section("register", lang, texts.register, texts.register_intro)


def _section(path: str, lang: Lang, title: str, intro: str) -> Asked:
    words = (unescape(str(title)), unescape(str(intro)))
    record = Record(f"{path}/index", lang, words[0], places=(Place("", words[1], lang),))
    return Asked(record.path, digest(*words), lambda: record)


def _docs(site: Site) -> Iterator[Asked]:
    """Yield the hand-written pages that are no introduction to a section."""
    for path, text in site.docs.items():
        stem = path.removesuffix(".md")
        if stem.rpartition("/")[2] != "index":
            yield Asked(stem, digest(text), partial(_doc, site.lang, path, text))


def _doc(lang: Lang, path: str, text: str) -> Record:
    return Record(path.removesuffix(".md"), lang, title_of_doc(path, text), places=(Place("", plain_doc(text), lang),))
