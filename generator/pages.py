"""The Markdown pages of both languages: all of them, or only those that a change touches.

In: what an examination found, and the build folder. Out: the tree `build/pages`, swapped in whole, and what changed in
it. The notes of the last pages are only ever a shortcut: where they do not fit the tree, every page is rendered.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Final, Self

from generator.bundle import assets
from generator.changes import page_fingerprints, shared_fingerprints, stale_pages
from generator.corpus import Corpus
from generator.lang import LANGS, Lang
from generator.load import Files
from generator.publish import TreeChange, update_tree
from generator.remembered import recall, remember
from generator.render import render_site
from generator.side_by_side import side_by_side
from generator.stage import Stage, listing
from generator.views.downloads import NO_DOWNLOADS, Downloads
from generator.views.heard import Heard
from generator.views.plan import jobs_of
from generator.views.site import Site

FOLDER: Final = "pages"


@dataclass(frozen=True, slots=True)
class Notes:
    """What the pages of one language were made of: the fingerprint of every key, and the keys that each page read."""

    keys: Mapping[str, str]
    reads: Mapping[str, frozenset[str]]

    @classmethod
    def load(cls, file: Path) -> Self | None:
        """Return the notes that a file holds; None where there are none that are ours."""
        kept = recall(file)
        return None if kept is None else cls(*kept)

    def save(self, file: Path) -> None:
        """Write the notes so that a kill leaves the old ones or the new ones."""
        remember(file, (dict(self.keys), dict(self.reads)))

    @property
    def pages(self) -> frozenset[str]:
        """The paths of all files that these notes speak of."""
        return frozenset(self.reads) | assets().keys()


@dataclass(frozen=True, slots=True)
class Made:
    """What was rendered of one language: its pages, unless they are in the stage already; its navigation; new notes."""

    files: Mapping[str, bytes]
    nav: tuple[tuple[str, str], ...]
    notes: Notes


def make_pages(
    corpus: Corpus, files: Files, build: Path, downloads: Downloads = NO_DOWNLOADS
) -> tuple[TreeChange, Mapping[Lang, tuple[tuple[str, str], ...]]]:
    """Render what is stale and publish it; return what changed and the navigation of each language."""
    target = build / FOLDER
    old = {lang: _notes(build, lang) for lang in LANGS}
    german, english = old["de"], old["en"]
    if german is None or english is None:  # a language whose notes are lost makes both whole: the tree is one
        change, made = _make_all(corpus, files, target, downloads)
    else:
        made = _side_by_side(lambda lang: _make(Site(corpus, files.docs, lang, downloads), files, old[lang], build))
        content = {f"{lang}/{path}": text for lang, one in made.items() for path, text in one.files.items()}
        gone = [f"{lang}/{path}" for lang, notes in (("de", german), ("en", english)) for path in notes.pages]
        kept = {f"{lang}/{path}" for lang, one in made.items() for path in one.notes.pages}
        _forget(build)
        change = update_tree(content, sorted(set(gone) - kept), target)
    _forget(build)
    for lang, one in made.items():
        one.notes.save(_file(build, lang))
    return change, {lang: one.nav for lang, one in made.items()}


def _make_all(
    corpus: Corpus, files: Files, target: Path, downloads: Downloads
) -> tuple[TreeChange, Mapping[Lang, Made]]:
    """Render everything; each process writes its own language, so that no page travels between them."""
    stage = Stage(target, empty=True)
    try:
        made = _side_by_side(
            lambda lang: _written(
                stage, lang, _make(Site(corpus, files.docs, lang, downloads), files, None, target.parent)
            )
        )
        written = {f"{lang}/{path}" for lang, one in made.items() for path in one.notes.pages}
        before = listing(target).keys()
        unchanged = stage.keep_unchanged()
        _forget(target.parent)
    except BaseException:
        stage.discard()
        raise
    stage.publish(whole=True)
    return TreeChange(tuple(sorted(written - unchanged)), tuple(sorted(before - written)), len(unchanged)), made


def _written(stage: Stage, lang: Lang, made: Made) -> Made:
    for path, content in made.files.items():
        stage.write(f"{lang}/{path}", content)
    return replace(made, files={})


def _side_by_side(make: Callable[[Lang], Made]) -> Mapping[Lang, Made]:
    german, english = side_by_side(partial(make, "de"), partial(make, "en"))
    return {"de": german, "en": english}


def _make(site: Site, files: Files, old: Notes | None, build: Path) -> Made:
    jobs = tuple(jobs_of(site))
    keys = shared_fingerprints(site, files.entries) | page_fingerprints(site, jobs)
    stale = None if old is None else stale_pages(old.reads, old.keys, keys)
    with _naming(site, (keys["names"], keys["texts"]), build / "work" / "naming.bin"):
        rendered = render_site(site, jobs, only=stale)
    kept = {} if old is None else {path: found for path, found in old.reads.items() if f"page:{path}" in keys}
    return Made(rendered.files, rendered.nav, Notes(keys, kept | dict(rendered.reads)))


@contextmanager
def _naming(site: Site, ground: tuple[str, str], file: Path) -> Iterator[None]:
    """Spare the search for names in the sources, on which nearly every page leans, while both stand still."""
    kept = recall(file)
    if is_known := kept is not None and kept[0] == ground:
        site.naming = {entry_id: tuple(map(Heard._make, places)) for entry_id, places in kept[1].items()}
    yield
    if not is_known and site.lang == LANGS[0]:  # it is the same in every language, and one of them writes it down
        remember(file, (ground, {entry_id: tuple(map(tuple, places)) for entry_id, places in site.naming.items()}))


def _forget(build: Path) -> None:
    """Remove the notes: from here to the new ones they would speak of pages that are no longer there."""
    for lang in LANGS:
        _file(build, lang).unlink(missing_ok=True)


def _notes(build: Path, lang: Lang) -> Notes | None:
    """Return the notes of the last pages if they fit what lies in the tree."""
    notes = Notes.load(_file(build, lang))
    return notes if notes is not None and listing(build / FOLDER / lang).keys() == notes.pages else None


def _file(build: Path, lang: Lang) -> Path:
    return build / "work" / f"pages-{lang}.bin"
