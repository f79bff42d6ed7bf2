"""What the last site was made of, and so what the next one must build anew.

In come folders of pages and the notes of the last build; out go the same languages with their changed and
removed paths. Time stamps and sizes are enough: pages are replaced, never rewritten in place. Knows no site
builder.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from generator.outputs.site.config import SiteLanguage
from generator.stage import listing

Marks = Mapping[str, tuple[int, int]]
"""Size in bytes and time stamp in nanoseconds of every file, by its path."""


@dataclass(frozen=True, slots=True)
class SiteState:
    """What a site was made of: a hash of all that its pages share, its date, the files of each language.

    `additions` are the marks of what was put in beside the pages, `folders` the upper folders of what came of it all.
    """

    shared: str
    epoch: int
    pages: Mapping[str, Marks]
    additions: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()


def survey(languages: tuple[SiteLanguage, ...], shared: str, epoch: int) -> SiteState:
    """Return what a site built now will be made of."""
    return SiteState(shared, epoch, {one.lang: _marks(one.pages) for one in languages})


def compare(language: SiteLanguage, now: SiteState, then: SiteState | None) -> SiteLanguage:
    """Add what the files show to what the caller says; no `changed` where nothing is known for certain."""
    if then is None or language.changed is None or language.lang not in then.pages:
        return everything(language)
    new, old = now.pages[language.lang], then.pages[language.lang]
    changed = {path for path, mark in new.items() if old.get(path) != mark} | (language.changed & new.keys())
    return replace(language, changed=frozenset(changed), removed=frozenset(old.keys() - new.keys()))


def everything(language: SiteLanguage) -> SiteLanguage:
    """Return the language with all its pages to be built."""
    return replace(language, changed=None, removed=frozenset())


def recall(build: Path) -> SiteState | None:
    """Return what the published site was made of, if that is known."""
    try:
        notes = json.loads(_file(build).read_bytes())
        pages = {
            lang: {path: (size, time) for path, (size, time) in marks.items()} for lang, marks in notes["pages"].items()
        }
        return SiteState(notes["shared"], notes["epoch"], pages, tuple(notes["additions"]), tuple(notes["folders"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def is_there(site: Path, then: SiteState) -> bool:
    """Tell whether no folder of the published site was removed by hand, or replaced by a link.

    Folders alone: to look for each file would take as long as to build some pages.
    """
    built = (f"{lang}/{built_of(path)}" for lang, marks in then.pages.items() for path in marks)
    needed = {*then.folders, *(path.rpartition("/")[0] for path in built)}
    below: dict[str, set[str]] = {}
    for folder in needed:
        above, _, name = folder.rpartition("/")
        below.setdefault(above, set()).add(name)
    return all(names <= _folders_in(site / folder) for folder, names in below.items())


def folders_of(site: Path) -> tuple[str, ...]:
    """Return the folders of a site, two levels deep."""
    upper = sorted(_folders_in(site))
    return (*upper, *(f"{folder}/{name}" for folder in upper for name in sorted(_folders_in(site / folder))))


def _folders_in(folder: Path) -> set[str]:
    try:
        with os.scandir(folder) as entries:
            return {entry.name for entry in entries if entry.is_dir(follow_symlinks=False)}
    except OSError:
        return set()


def built_of(path: str) -> str:
    """Return the file of the site that is made of a file of the pages."""
    if not path.endswith(".md"):
        return path
    stem = path.removesuffix(".md")
    return f"{stem}.html" if stem.rpartition("/")[2] == "index" else f"{stem}/index.html"


def remember(build: Path, state: SiteState) -> None:
    """Note what the published site was made of; a kill before that makes the next build do more."""
    notes = {
        "shared": state.shared,
        "epoch": state.epoch,
        "pages": state.pages,
        "additions": state.additions,
        "folders": state.folders,
    }
    file = _file(build)
    beside = file.with_suffix(".new")
    beside.write_text(json.dumps(notes, separators=(",", ":")), encoding="utf-8")
    beside.replace(file)


def _file(build: Path) -> Path:
    return build / "work" / "site.json"


def _marks(pages: Path) -> dict[str, tuple[int, int]]:
    found = {path: entry.stat(follow_symlinks=False) for path, entry in listing(pages).items()}
    return {path: (status.st_size, status.st_mtime_ns) for path, status in found.items()}
