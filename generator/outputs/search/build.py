"""Makes the index of each language, anew only where something changed, and puts it into the site.

In: for every page a digest and how to make its record. Out: `<language>/search/` in the stage of the site. A large
dossier is indexed in parts, which a search asks all: so one changed entry costs one part. A part is named after all
that it is made of and kept in `build/search/`: where it is there already, nothing is done.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property, partial
from hashlib import blake2b
from pathlib import Path
from shutil import rmtree
from typing import Any, Final

from generator.lang import Lang
from generator.outputs.search.pagefind import VERSION, Bundle, engine, in_script, make_bundle, script_of
from generator.outputs.search.record import KIND, STRONG, WEAK, WHEN, Record
from generator.side_by_side import side_by_side
from generator.stage import Stage

FOLDER: Final = "search"
START: Final = "start.js"
# How Pagefind weighs: what a page is called most, then what it is also called, last what only hints at it.
RANKING: Final = {
    "pageLength": 0.4,
    "termFrequency": 0.8,
    "termSaturation": 1.2,
    "termSimilarity": 4.0,
    "metaWeights": {"title": 6.0, STRONG: 4.0, WEAK: 0.5, KIND: 0.3, WHEN: 0.3},
}
_PER_PART: Final = 640
_MAX_PARTS: Final = 16
_PLACES: Final = 20000  # of words in one file of the index, over all parts


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
    """What to index where; `fingerprint` stands for the program, `progress` is told what is done."""

    build: Path
    languages: tuple[SearchLanguage, ...]
    fingerprint: str
    progress: Callable[[str], None]


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of an index; `name` tells all that it is made of."""

    number: int
    name: str
    pages: tuple[Asked, ...]


@dataclass(frozen=True)
class Search:
    """The search of a site: `mark` changes with what it is made of, `add` puts it into a stage.

    `add` raises `SearchError` with one line.
    """

    request: SearchRequest

    @cached_property
    def mark(self) -> str:
        """The digest of all parts."""
        return _digest(*(part.name for parts in self._parts.values() for part in parts))

    @cached_property
    def _parts(self) -> Mapping[Lang, tuple[_Part, ...]]:
        return {one.lang: tuple(_divided(one, self.request.fingerprint)) for one in self.request.languages}

    def add(self, stage: Stage) -> None:
        """Make what is missing, and put everything into the stage."""
        first, second = (partial(self._make, lang) for lang in self._parts)
        side_by_side(first, second)
        for lang in self._parts:
            self._put(stage, lang)

    def _folder(self, lang: Lang) -> Path:
        return self.request.build / FOLDER / lang

    def _make(self, lang: Lang) -> None:
        """Make the parts of a language that are not there, and remove those that are no longer wanted."""
        folder, parts = self._folder(lang), self._parts[lang]
        folder.mkdir(parents=True, exist_ok=True)
        wanted = {part.name for part in parts} | {_engine_name(self.request.fingerprint)}
        for old in folder.iterdir():
            if old.name not in wanted:
                rmtree(old, ignore_errors=True)
        missing = [part for part in parts if not (folder / part.name).is_dir()]
        if missing:
            self.request.progress(f"search, {lang}: {sum(len(part.pages) for part in missing):,} pages")
        for part in missing:
            records = [page.make() for page in part.pages]
            bundle = make_bundle(records, lang, f"{part.number}.", _PLACES // len(parts))
            _keep(folder / part.name, _files_of(bundle, part))
        own = folder / _engine_name(self.request.fingerprint)
        if not own.is_dir():
            script, machines = engine()
            _keep(own, {"engine.js": script, "machine.js": script_of("machine", machines[lang])})

    def _put(self, stage: Stage, lang: Lang) -> None:
        target = f"{lang}/{FOLDER}"
        kept = {part.name for part in self._parts[lang]} | {_engine_name(self.request.fingerprint)}
        for name, paths in _present(stage.folder / target).items():
            if name not in kept:
                for path in paths:
                    stage.remove(f"{target}/{path}")
        for name in sorted(kept):
            if not (stage.folder / target / name).is_dir():
                for file in sorted((self._folder(lang) / name).rglob("*.js")):
                    stage.take(f"{target}/{file.relative_to(self._folder(lang)).as_posix()}", file)
        for name, content in self._common(lang).items():
            if not _has(stage.folder / target / name, content):
                stage.write(f"{target}/{name}", content)

    def _common(self, lang: Lang) -> Mapping[str, bytes]:
        """Return the files of all parts together: the first that a search loads."""
        own = _engine_name(self.request.fingerprint)
        folder = self._folder(lang)
        notes = [json.loads((folder / part.name / "notes.json").read_bytes()) for part in self._parts[lang]]
        language = next(one for one in self.request.languages if one.lang == lang)
        start: dict[str, Any] = {
            "engine": own,
            "parts": [
                {"folder": part.name, "entry": note["entry"]}
                for part, note in zip(self._parts[lang], notes, strict=True)
            ],
            "pages": len(language.pages),
            "groups": language.groups,
            "said": dict(language.said),
            "ranking": RANKING,
        }
        metas = b"".join((folder / part.name / "meta.put").read_bytes() for part in self._parts[lang])
        start["meta"] = name = f"meta-{_digest(*(part.name for part in self._parts[lang]))}.js"
        return {name: metas, START: f"dossierSearch.start({in_script(start)});\n".encode()}


def make_search(request: SearchRequest) -> Search:
    """Return the search of a site; nothing is made before it is asked for."""
    return Search(request)


def _divided(language: SearchLanguage, fingerprint: str) -> Iterator[_Part]:
    """Yield the parts of an index: which page is in which follows from its path alone."""
    count = min(max(1, len(language.pages) // _PER_PART), _MAX_PARTS)
    members: list[list[Asked]] = [[] for _ in range(count)]
    for page in sorted(language.pages, key=lambda page: page.path):
        members[int(_digest(page.path), 16) % count].append(page)
    for number, pages in enumerate(members):
        made_of = (fingerprint, VERSION, language.lang, str(count), *(f"{page.path} {page.digest}" for page in pages))
        yield _Part(number, f"{number}-{_digest(*made_of)}", tuple(pages))


def _files_of(bundle: Bundle, part: _Part) -> Mapping[str, bytes]:
    files = {f"{name}.js": script_of(f"{part.number}/{name}", content) for name, content in bundle.files.items()}
    notes: dict[str, Any] = {"entry": bundle.entry, "numbers": bundle.numbers}
    files["notes.json"] = json.dumps(notes).encode()
    files["meta.put"] = script_of(f"{part.number}/meta", bundle.meta)
    return files


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


def _present(folder: Path) -> Mapping[str, list[str]]:
    """Return the files that a stage holds, by the first step of their path."""
    found: dict[str, list[str]] = {}
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            path = file.relative_to(folder).as_posix()
            found.setdefault(path.partition("/")[0], []).append(path)
    return found


def _has(file: Path, content: bytes) -> bool:
    with suppress(OSError):
        return file.read_bytes() == content
    return False


def _engine_name(fingerprint: str) -> str:
    return f"engine-{_digest(fingerprint, VERSION)}"


def _digest(*texts: str) -> str:
    digest = blake2b(digest_size=6)
    for text in texts:
        digest.update(text.encode())
        digest.update(b"\0")
    return digest.hexdigest()
