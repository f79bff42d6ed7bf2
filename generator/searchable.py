"""What search is given: for every page that can be found a record and the digest of all that it is made of.

In: the corpus and the hand-written pages. Out: pages by path, their records made when they are asked for: where the
digests say that nothing changed, none is. Knows no index and no file.
"""

from collections.abc import Iterator
from functools import partial
from hashlib import blake2b
from html import unescape
from typing import Final

from generator.corpus import Corpus
from generator.dates import format_date
from generator.kind import Entry
from generator.kinds import all_kinds
from generator.lang import Lang
from generator.load import Files
from generator.outputs.search import Asked, Place, Record
from generator.project import DOSSIER_FILE, VOCABULARY_FILE
from generator.views.docs import plain_doc, title_of_doc
from generator.views.findable import Passage, facets, named, passages, shown_with
from generator.views.site import Site, index_of, path_of
from generator.words import kind_words, site_words

KIND: Final = "kind"
YEAR: Final = "year"
_WORDS: Final = "search_"


def findable_pages(corpus: Corpus, files: Files, lang: Lang) -> tuple[Asked, ...]:
    """Return every page of a language that can be found: entries, the sections, the hand-written pages."""
    site = Site(corpus, files.docs, lang)
    return (*_entries(corpus, files, lang), *_sections(lang), *_docs(site))


def facet_groups(lang: Lang) -> tuple[tuple[str, str], ...]:
    """Return what search can be narrowed down by, and what it is called."""
    said = search_words(lang)
    kinds = tuple(kind for kind in all_kinds().values() if kind.is_facet)
    named_kinds = ((kind.name, unescape(str(kind_words(kind.name, lang).texts.kinds))) for kind in kinds)
    return ((KIND, said["kind"]), *named_kinds, (YEAR, said["year"]))


def search_words(lang: Lang) -> dict[str, str]:
    """Return what the search says to its readers."""
    texts = vars(site_words(lang).texts)
    return {key.removeprefix(_WORDS): unescape(str(text)) for key, text in texts.items() if key.startswith(_WORDS)}


def _entries(corpus: Corpus, files: Files, lang: Lang) -> Iterator[Asked]:
    seen = {entry.id: _seen(entry) for entry in corpus.living()}
    ground = _digest(files.entries[DOSSIER_FILE], files.entries[VOCABULARY_FILE], *seen.values())
    names = named(corpus)
    for entry in corpus.living():
        if not entry.kind.has_pages:
            continue
        own = (entry, *shown_with(corpus, entry))
        text = corpus.texts.get(entry.id)
        quoted = () if text is None else (repr(corpus.passages.get(entry.id, ())),)
        linked = (seen.get(other, "") for one in own for other in names.get(one.id, ()))
        digest = _digest(ground, *(files.entries[one.file] for one in own), *linked, *quoted, text.raw if text else "")
        yield Asked(path_of(entry.kind, entry.id).removesuffix(".md"), digest, partial(_record, corpus, entry, lang))


def _seen(entry: Entry) -> str:
    """Return what the records of other entries tell of this one."""
    return repr((entry.id, entry.title, tuple(entry.kind.names(entry.data))))


def _record(corpus: Corpus, entry: Entry, lang: Lang) -> Record:
    other: Lang = "en" if lang == "de" else "de"
    when = entry.kind.when(entry.data)
    here = passages(corpus, entry, lang)
    known = {passage.text for passage in here}
    title, _ = entry.title.best(lang)
    elsewhere, _ = entry.title.best(other)
    there = tuple(passage for passage in passages(corpus, entry, other) if passage.text not in known)
    return Record(
        path=path_of(entry.kind, entry.id).removesuffix(".md"),
        lang=lang,
        title=title,
        kind=_kind(entry, lang),
        when=format_date(when, lang) if when else "",
        day=(when.earliest or "") if when else "",
        places=tuple(map(_place, here)),
        elsewhere=(*((Place("", elsewhere, other),) if elsewhere != title else ()), *map(_place, there)),
        strong=" ".join(dict.fromkeys(naming.text for naming in entry.kind.names(entry.data))),
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
    return Asked(record.path, _digest(*words), lambda: record)


def _docs(site: Site) -> Iterator[Asked]:
    """Yield the hand-written pages that are no introduction to a section."""
    for path, text in site.docs.items():
        stem = path.removesuffix(".md")
        if stem.rpartition("/")[2] != "index":
            yield Asked(stem, _digest(text), partial(_doc, site.lang, path, text))


def _doc(lang: Lang, path: str, text: str) -> Record:
    return Record(path.removesuffix(".md"), lang, title_of_doc(path, text), places=(Place("", plain_doc(text), lang),))


def _digest(*texts: str) -> str:
    digest = blake2b(digest_size=12)
    for text in texts:
        digest.update(text.encode("utf-8", "surrogatepass"))
        digest.update(b"\0")
    return digest.hexdigest()
