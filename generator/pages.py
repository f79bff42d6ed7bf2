"""The Markdown pages of both languages: all of them, or only those that a change touches.

In: what an examination found, and the build folder. Out: the tree `build/pages`, swapped in whole, and what changed in
it. The notes of the last pages are only ever a shortcut: where they do not fit the tree, every page is rendered.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Final, Self, TypeVar

from generator.bundle import assets
from generator.changes import page_fingerprints, shared_fingerprints, stale_pages
from generator.corpus import Corpus
from generator.lang import LANGS, Lang
from generator.load import Files
from generator.publish import TreeChange, update_tree
from generator.remembered import recall, remember
from generator.render import RenderedPages, render_site
from generator.side_by_side import side_by_side
from generator.stage import Stage, listing
from generator.views.downloads import NO_DOWNLOADS, Downloads
from generator.views.heard import Heard
from generator.views.plan import jobs_of
from generator.views.site import Site

T = TypeVar("T")

FOLDER: Final = "pages"


@dataclass(frozen=True, slots=True)
class Notes:
    """What the pages of one language were made of: the fingerprint of every page, and the keys that each one read."""

    keys: Mapping[str, str]
    reads: Mapping[str, frozenset[str]]

    @classmethod
    def load(cls, file: Path) -> Self | None:
        """Return the notes that a file holds; None where there are none that are ours."""
        kept = recall(file)
        return None if kept is None else cls(*kept)

    @property
    def pages(self) -> frozenset[str]:
        """The paths of all files that these notes speak of."""
        return frozenset(self.reads) | assets().keys()


@dataclass(frozen=True, slots=True)
class Last:
    """What the last pages were made of: the fingerprints that languages share, and the notes of each."""

    shared: Mapping[str, str]
    notes: Mapping[Lang, Notes]


@dataclass(frozen=True, slots=True)
class Made:
    """What was rendered of one language: its pages, unless they are in the stage already; its navigation.

    `paths` are those of all its files, rendered now or earlier.
    """

    files: Mapping[str, bytes]
    nav: tuple[tuple[str, str], ...]
    paths: frozenset[str]


def make_pages(
    corpus: Corpus, files: Files, build: Path, downloads: Downloads = NO_DOWNLOADS
) -> tuple[TreeChange, Mapping[Lang, tuple[tuple[str, str], ...]]]:
    """Render what is stale and publish it; return what changed and the navigation of each language."""
    sites = {lang: Site(corpus, files.docs, lang, downloads) for lang in LANGS}
    last = _last(build)
    if last is None:  # a language whose notes are lost makes both whole: the tree is one
        change, made = _make_all(sites, files, build)
    else:
        change, made = _make_stale(sites, files, build, last)
    keep_notes(build)
    return change, {lang: one.nav for lang, one in made.items()}


def keep_notes(build: Path) -> None:
    """Put the new notes in the place of the old ones, once the pages that they speak of are there."""
    for file in _files(build):
        _next(file).replace(file)


def _make_all(sites: Mapping[Lang, Site], files: Files, build: Path) -> tuple[TreeChange, Mapping[Lang, Made]]:
    """Render everything; each process writes its own language, so that no page travels between them."""
    target = build / FOLDER
    stage = Stage(target, empty=True)
    try:
        shared, naming = _made_for_both(sites, files, lambda: sites[LANGS[1]].naming)
        for site in sites.values():
            site.naming = naming
        made = _side_by_side(lambda lang: _written(stage, lang, _render_all(sites[lang], shared, build)))
        written = {f"{lang}/{path}" for lang, one in made.items() for path in one.paths}
        before = listing(target).keys()
        unchanged = stage.keep_unchanged()
        _forget(build)
    except BaseException:
        stage.discard()
        raise
    stage.publish(whole=True)
    return TreeChange(tuple(sorted(written - unchanged)), tuple(sorted(before - written)), len(unchanged)), made


def _made_for_both(sites: Mapping[Lang, Site], files: Files, naming: Callable[[], T]) -> tuple[Mapping[str, str], T]:
    """Work out once what is the same in every language: fingerprints, what refers to what, how much there is.

    Return the fingerprints, and what is known of where the sources name entries, which is asked for meanwhile.
    """
    first, second = (sites[lang] for lang in LANGS)
    shared, (known, figures) = side_by_side(
        lambda: shared_fingerprints(first, files.entries), lambda: (naming(), second.figures)
    )
    first.figures = second.figures = figures
    second.referring = first.referring
    return shared, known


def _written(stage: Stage, lang: Lang, made: Made) -> Made:
    for path, content in made.files.items():
        stage.write(f"{lang}/{path}", content)
    return replace(made, files={})


def _side_by_side(make: Callable[[Lang], Made]) -> Mapping[Lang, Made]:
    german, english = side_by_side(partial(make, "de"), partial(make, "en"))
    return {"de": german, "en": english}


def _render_all(site: Site, shared: Mapping[str, str], build: Path) -> Made:
    jobs = tuple(jobs_of(site))
    if site.lang == LANGS[0]:  # what both share is noted once
        remember(_next(_shared(build)), shared)
    else:
        _note_naming(site, shared, build)
    rendered = render_site(site, jobs)
    return _noted(site, build, rendered, Notes(page_fingerprints(site, jobs), rendered.reads))


def _make_stale(
    sites: Mapping[Lang, Site], files: Files, build: Path, last: Last
) -> tuple[TreeChange, Mapping[Lang, Made]]:
    """Render what changed since the last pages, and change only that in the tree."""
    shared, kept = _made_for_both(sites, files, lambda: recall(_naming(build)))
    # Nearly every page leans on the search for names in the sources: it is spared while both stand still.
    if is_known := kept is not None and kept[0] == _ground(shared):
        for site in sites.values():
            site.naming = {entry_id: tuple(map(Heard._make, places)) for entry_id, places in kept[1].items()}
    made = _side_by_side(lambda lang: _render_stale(sites[lang], build, shared, last))
    if not is_known:
        _note_naming(sites[LANGS[0]], shared, build)
    content = {f"{lang}/{path}": text for lang, one in made.items() for path, text in one.files.items()}
    gone = {f"{lang}/{path}" for lang, notes in last.notes.items() for path in notes.pages}
    left = {f"{lang}/{path}" for lang, one in made.items() for path in one.paths}
    remember(_next(_shared(build)), shared)
    _forget(build)
    return update_tree(content, sorted(gone - left), build / FOLDER), made


def _render_stale(site: Site, build: Path, shared: Mapping[str, str], last: Last) -> Made:
    jobs = tuple(jobs_of(site))
    old, keys = last.notes[site.lang], page_fingerprints(site, jobs)
    stale = stale_pages(old.reads, {**last.shared, **old.keys}, {**shared, **keys})
    rendered = render_site(site, jobs, only=stale)
    kept = {path: found for path, found in old.reads.items() if f"page:{path}" in keys}
    return _noted(site, build, rendered, Notes(keys, kept | dict(rendered.reads)))


def _noted(site: Site, build: Path, rendered: RenderedPages, notes: Notes) -> Made:
    """Put the new notes beside the old ones: they speak of pages that are not there yet."""
    remember(_next(_file(build, site.lang)), (dict(notes.keys), dict(notes.reads)))
    return Made(rendered.files, rendered.nav, notes.pages)


def _note_naming(site: Site, shared: Mapping[str, str], build: Path) -> None:
    naming = {entry_id: tuple(map(tuple, places)) for entry_id, places in site.naming.items()}
    remember(_naming(build), (_ground(shared), naming))


def _ground(shared: Mapping[str, str]) -> tuple[str, str]:
    """Return what the search for names in the sources depends on; it is the same in every language."""
    return shared["names"], shared["texts"]


def _forget(build: Path) -> None:
    """Remove the notes: from here to the new ones they would speak of pages that are no longer there."""
    for file in _files(build):
        file.unlink(missing_ok=True)


def _last(build: Path) -> Last | None:
    """Return the notes of the last pages if they fit what lies in the tree."""
    shared = recall(_shared(build))
    notes = {lang: found for lang in LANGS if (found := _notes(build, lang))}
    return None if shared is None or len(notes) < len(LANGS) else Last(shared, notes)


def _notes(build: Path, lang: Lang) -> Notes | None:
    notes = Notes.load(_file(build, lang))
    return notes if notes is not None and listing(build / FOLDER / lang).keys() == notes.pages else None


def _files(build: Path) -> tuple[Path, ...]:
    return (_shared(build), *(_file(build, lang) for lang in LANGS))


def _file(build: Path, lang: Lang) -> Path:
    return build / "work" / f"pages-{lang}.bin"


def _shared(build: Path) -> Path:
    return build / "work" / "pages.bin"


def _naming(build: Path) -> Path:
    return build / "work" / "naming.bin"


def _next(file: Path) -> Path:
    return file.with_name(f"{file.name}.next")
