"""Makes the index of each language, anew only where something changed, and puts it into the site.

In: for every page a digest and how to make its record. Out: `<language>/search/` in the stage of the site. A large
dossier is indexed in parts, which a search asks all: so one changed entry costs one part. A part is named after all
that it is made of and kept in `build/search/`: where it is there already, nothing is done.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from pathlib import Path
from shutil import rmtree
from typing import Final
from zlib import compress, decompress
from zlib import error as zlib_error

from generator.digest import digest
from generator.lang import Lang
from generator.outputs.search.lists import Facets, facets_script, make_lists
from generator.outputs.search.pagefind import VERSION, engine, in_script, make_bundle, script_of
from generator.outputs.search.record import KIND, STRONG, WEAK, WHEN, Record, html_of, words_of
from generator.search.lexicon import kin, lexicon
from generator.search.names import NameOf, Row
from generator.search.verbs import Verbs
from generator.stage import Stage, listing

FOLDER: Final = "search"
START: Final = "start.js"
# How Pagefind weighs: what a page is called most, then what it is also called, last what only hints at it.
RANKING: Final = {
    "pageLength": 0.6,
    "termFrequency": 0.8,
    "termSaturation": 1.2,
    "termSimilarity": 4.0,
    "metaWeights": {"title": 6.0, STRONG: 4.0, WEAK: 0.5, KIND: 0.3, WHEN: 0.3},
}
_PER_PART: Final = 640
_MAX_PARTS: Final = 16
_PLACES: Final = 20000  # of words in one file of the index, over all parts
_RECORDS: Final = "records.z"
_Made = tuple[str, str, str, Facets]  # the digest of a record, the record itself, its words and facets


@dataclass(frozen=True, slots=True)
class Asked:
    """A page that can be found: its path, the digest of all that its record is made of, and how to make that."""

    path: str
    digest: str
    make: Callable[[], Record]


@dataclass(frozen=True, slots=True)
class SearchLanguage:
    """What is found on the site of one language.

    `groups` are the facets in their order, with what they are called; `said` are the words of the dialog.
    """

    lang: Lang
    pages: tuple[Asked, ...]
    groups: tuple[tuple[str, str], ...]
    said: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """What to index where; `fingerprint` stands for the program, `progress` is told what is done.

    `names` are those of the pages, by path, and `rows` gives the rows of them; `verbs` gives what forms of verbs lead
    to which words of the pages, and what only looks like one; `records_made` is called when no more records are asked
    for.
    """

    build: Path
    languages: tuple[SearchLanguage, ...]
    names: tuple[NameOf, ...]
    rows: Callable[[tuple[NameOf, ...]], tuple[Row, ...]]
    verbs: Callable[[frozenset[str]], Verbs]
    fingerprint: str
    progress: Callable[[str], None]
    records_made: Callable[[], None]


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of an index; `name` tells all that it is made of."""

    number: int
    name: str
    pages: tuple[Asked, ...]


@dataclass(frozen=True)
class Search:
    """The search of a site: `mark` changes with what it is made of, `make` makes it, `add` puts it into a stage.

    `make` needs no pages and may run beside those that are built. It raises `SearchError` with one line.
    """

    request: SearchRequest

    @cached_property
    def mark(self) -> str:
        """The digest of everything."""
        parts = (part.name for parts in self._parts.values() for part in parts)
        said = (repr((one.groups, one.said)) for one in self.request.languages)
        return digest(*parts, self._of_names, *said)

    @cached_property
    def _parts(self) -> Mapping[Lang, tuple[_Part, ...]]:
        return {one.lang: tuple(_divided(one, self.request.fingerprint)) for one in self.request.languages}

    @cached_property
    def _rows(self) -> tuple[Row, ...]:
        return self.request.rows(self.request.names)

    def _folder(self, lang: Lang) -> Path:
        return self.request.build / FOLDER / lang

    @cached_property
    def _of_names(self) -> str:
        return digest(repr(self.request.names))

    def make(self) -> None:
        """Make what is missing."""
        missing = [(lang, part) for lang, parts in self._parts.items() for part in parts if not self._has(lang, part)]
        # The same part of each language together: they are made of the same texts.
        for _, of_number in groupby(sorted(missing, key=_number), key=_number):
            made = [(lang, part, self._records(lang, part)) for lang, part in of_number]
            with ThreadPoolExecutor() as pool:  # Pagefind is a process of its own
                for _ in pool.map(lambda one: self._make(*one), made):
                    pass
        if missing:
            self.request.records_made()
        for lang in self._parts:
            self._common(lang)

    def add(self, stage: Stage) -> None:
        """Put everything into the stage, made now where `make` was not called."""
        self.make()
        for lang in self._parts:
            self._put(stage, lang)

    def _has(self, lang: Lang, part: _Part) -> bool:
        return (self._folder(lang) / part.name).is_dir()

    def _records(self, lang: Lang, part: _Part) -> dict[str, _Made]:
        self.request.progress(f"search, {lang}: {len(part.pages):,} pages")
        known = self._known(lang, part)
        records = {}
        for page in part.pages:
            old = known.get(page.path)
            records[page.path] = old if old and old[0] == page.digest else _made(page)
        return records

    def _make(self, lang: Lang, part: _Part, records: Mapping[str, _Made]) -> None:
        htmls = {path: html for path, (_, html, *_) in records.items()}
        bundle = make_bundle(htmls, lang, f"{part.number}.", _PLACES // len(self._parts[lang]))
        files = {f"{name}.js": script_of(f"{part.number}/{name}", content) for name, content in bundle.files.items()}
        facets = {bundle.numbers[path]: found for path, (*_, found) in records.items()}
        files["facets.js"] = facets_script(f"{part.number}/facets", facets)
        files["meta.put"] = script_of(f"{part.number}/meta", bundle.meta)
        notes = {"entry": bundle.entry, "numbers": bundle.numbers, "words": _counted(records)}
        files["notes.json"] = json.dumps(notes).encode()
        files[_RECORDS] = compress(json.dumps({"by": self.request.fingerprint, "records": records}).encode(), 1)
        _keep(self._folder(lang) / part.name, files)

    def _known(self, lang: Lang, part: _Part) -> dict[str, _Made]:
        """Return the records of the part as it was."""
        for folder in sorted(self._folder(lang).glob(f"{part.number}-*")):
            with suppress(OSError, ValueError, zlib_error):
                kept = json.loads(decompress((folder / _RECORDS).read_bytes()))
                if kept["by"] == self.request.fingerprint:
                    known: dict[str, _Made] = kept["records"]
                    return known
        return {}

    def _language(self, lang: Lang) -> SearchLanguage:
        return next(one for one in self.request.languages if one.lang == lang)

    def _engine(self, lang: Lang) -> str:
        """Return the folder of Pagefind's script and machine, made where they are not there."""
        name = f"engine-{digest(self.request.fingerprint, VERSION)}"
        if not (self._folder(lang) / name).is_dir():
            script, machines = engine()
            _keep(self._folder(lang) / name, {"engine.js": script, "machine.js": script_of("machine", machines[lang])})
        return name

    def _common(self, lang: Lang) -> str:
        """Return the folder of what is made of all parts together: where they start, the names, the words."""
        parts, language = self._parts[lang], self._language(lang)
        said = json.dumps([language.groups, sorted(language.said.items())])
        name = f"common-{digest(self.request.fingerprint, self._of_names, said, *(part.name for part in parts))}"
        if (self._folder(lang) / name).is_dir():
            return name
        notes = [json.loads((self._folder(lang) / part.name / "notes.json").read_bytes()) for part in parts]
        numbers = {
            path: f"{part.number}.{number}"
            for part, note in zip(parts, notes, strict=True)
            for path, number in note["numbers"].items()
        }
        counts: Counter[str] = Counter()
        for note in notes:
            counts.update(note["words"])
        lists = make_lists(
            self._rows, kin(self.request.names, lang), self.request.verbs(frozenset(counts)), numbers, counts
        )
        metas = b"".join((self._folder(lang) / part.name / "meta.put").read_bytes() for part in parts)
        start = {
            "common": name,
            "engine": self._engine(lang),
            "parts": [{"folder": part.name, "entry": note["entry"]} for part, note in zip(parts, notes, strict=True)],
            "pages": len(language.pages),
            "names": lists.names,
            "words": lists.words,
            "groups": language.groups,
            "said": dict(language.said),
            "ranking": RANKING,
        }
        script = f"dossierSearch.start({in_script(start)});\n".encode()
        _keep(self._folder(lang) / name, {**lists.files, "meta.js": metas, "start.put": script})
        return name

    def _put(self, stage: Stage, lang: Lang) -> None:
        """Put what the search of a language is made of into the stage, and remove what it no longer is."""
        folder, target = self._folder(lang), f"{lang}/{FOLDER}"
        common = self._common(lang)
        kept = {common, self._engine(lang), *(part.name for part in self._parts[lang])}
        for old in folder.iterdir():
            if old.name not in kept:
                rmtree(old, ignore_errors=True)
        present = {old.name for old in (stage.folder / target).glob("*/")}
        for name in sorted(present - kept):
            for path in sorted(listing(stage.folder / target / name)):
                stage.remove(f"{target}/{name}/{path}")
        for name in sorted(kept - present):
            for path in sorted(listing(folder / name)):
                if path.endswith(".js"):
                    stage.take(f"{target}/{name}/{path}", folder / name / path)
        stage.write(f"{target}/{START}", (folder / common / "start.put").read_bytes())


def _number(of_language: tuple[Lang, _Part]) -> int:
    return of_language[1].number


def make_search(request: SearchRequest) -> Search:
    """Return the search of a site; nothing is made before it is asked for."""
    return Search(request)


def _made(page: Asked) -> _Made:
    record = page.make()
    return page.digest, html_of(record), " ".join(lexicon([words_of(record)])), record.facets


def _counted(records: Mapping[str, _Made]) -> dict[str, int]:
    """Return in how many records each word is."""
    return dict(Counter(word for _, _, words, _ in records.values() for word in words.split()))


def _divided(language: SearchLanguage, fingerprint: str) -> Iterator[_Part]:
    """Yield the parts of an index: which page is in which follows from its path alone."""
    count = min(max(1, len(language.pages) // _PER_PART), _MAX_PARTS)
    members: list[list[Asked]] = [[] for _ in range(count)]
    for page in sorted(language.pages, key=lambda page: page.path):
        members[int(digest(page.path), 16) % count].append(page)
    for number, pages in enumerate(members):
        made_of = (fingerprint, VERSION, language.lang, str(count), *(f"{page.path} {page.digest}" for page in pages))
        yield _Part(number, f"{number}-{digest(*made_of)}", tuple(pages))


def _keep(folder: Path, files: Mapping[str, bytes]) -> None:
    """Keep files in a folder that is there whole or not at all."""
    beside = folder.with_name(f".{folder.name}.new")
    rmtree(beside, ignore_errors=True)
    for name, content in files.items():
        file = beside / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    beside.mkdir(parents=True, exist_ok=True)
    beside.replace(folder)
