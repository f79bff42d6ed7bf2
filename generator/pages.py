"""The Markdown pages of both languages: all of them, or only those that a change touches.

In: what an examination found, and the build folder. Out: the tree `build/pages`, swapped in whole, and what changed in
it. The notes of the last pages are only ever a shortcut: where they do not fit the tree, every page is rendered.
"""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final, Self

from generator.changes import fingerprints, stale_pages
from generator.corpus import Corpus
from generator.lang import LANGS, Lang
from generator.load import Files
from generator.publish import TreeChange, update_tree, write_tree
from generator.remembered import recall, remember
from generator.render import ASSETS, RenderedPages, render_pages
from generator.side_by_side import side_by_side

FOLDER: Final = "pages"
_ASSETS: Final = frozenset(f"assets/{name}" for name in ASSETS)


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
        return frozenset(self.reads) | _ASSETS


@dataclass(frozen=True, slots=True)
class Made:
    """The pages of one language that were rendered, and the new notes; `is_whole` where these are all pages."""

    rendered: RenderedPages
    notes: Notes
    is_whole: bool


def make_pages(corpus: Corpus, files: Files, build: Path) -> tuple[TreeChange, Mapping[Lang, RenderedPages]]:
    """Render what is stale and publish it; the rendered pages of each language carry its navigation."""
    old = {lang: _notes(build, lang) for lang in LANGS}
    german, english = side_by_side(
        partial(_make, corpus, files, "de", old["de"]), partial(_make, corpus, files, "en", old["en"])
    )
    made: dict[Lang, Made] = {"de": german, "en": english}
    content = {f"{lang}/{path}": text for lang, one in made.items() for path, text in one.rendered.files.items()}
    for lang in LANGS:  # from here to the new notes the old ones would speak of pages that are no longer there
        _file(build, lang).unlink(missing_ok=True)
    if any(one.is_whole for one in made.values()):
        missing = [lang for lang, one in made.items() if not one.is_whole]
        for lang in missing:  # a language whose notes were lost makes both whole: the tree is one
            made[lang] = _make(corpus, files, lang, None)
            content |= {f"{lang}/{path}": text for path, text in made[lang].rendered.files.items()}
        change = write_tree(content, build / FOLDER)
    else:
        gone = [f"{lang}/{path}" for lang, one in made.items() for path in sorted(_gone(old[lang], one))]
        change = update_tree(content, gone, build / FOLDER)
    for lang, one in made.items():
        one.notes.save(_file(build, lang))
    return change, {lang: one.rendered for lang, one in made.items()}


def _make(corpus: Corpus, files: Files, lang: Lang, old: Notes | None) -> Made:
    keys = fingerprints(corpus, files.docs, files.entries, lang)
    stale = None if old is None else stale_pages(old.reads, old.keys, keys)
    rendered = render_pages(corpus, files.docs, lang, only=stale)
    kept = {} if old is None else {path: found for path, found in old.reads.items() if f"page:{path}" in keys}
    return Made(rendered, Notes(keys, kept | dict(rendered.reads)), old is None)


def _gone(old: Notes | None, made: Made) -> frozenset[str]:
    return frozenset() if old is None else old.pages - made.notes.pages


def _notes(build: Path, lang: Lang) -> Notes | None:
    """Return the notes of the last pages if they fit what lies in the tree."""
    notes = Notes.load(_file(build, lang))
    return notes if notes is not None and frozenset(_files(build / FOLDER / lang)) == notes.pages else None


def _files(folder: Path, prefix: str = "") -> Iterator[str]:
    if not folder.is_dir():
        return
    with os.scandir(folder) as found:
        for entry in found:
            if entry.is_dir(follow_symlinks=False):
                yield from _files(folder / entry.name, f"{prefix}{entry.name}/")
            else:
                yield prefix + entry.name


def _file(build: Path, lang: Lang) -> Path:
    return build / "work" / f"pages-{lang}.bin"
