"""What the last site was made of, and so what the next one must build anew.

In come folders of pages and the notes of the last build; out go the same languages with their changed and
removed paths. Time stamps and sizes are enough: pages are replaced, never rewritten in place. Knows no site
builder.
"""

import json
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

    `additions` are the marks of what was put in beside the pages.
    """

    shared: str
    epoch: int
    pages: Mapping[str, Marks]
    additions: tuple[str, ...] = ()


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
        return SiteState(notes["shared"], notes["epoch"], pages, tuple(notes["additions"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def remember(build: Path, state: SiteState) -> None:
    """Note what the published site was made of; a kill before that makes the next build do more."""
    notes = {"shared": state.shared, "epoch": state.epoch, "pages": state.pages, "additions": state.additions}
    file = _file(build)
    beside = file.with_suffix(".new")
    beside.write_text(json.dumps(notes, separators=(",", ":")), encoding="utf-8")
    beside.replace(file)


def _file(build: Path) -> Path:
    return build / "work" / "site.json"


def _marks(pages: Path) -> dict[str, tuple[int, int]]:
    found = {path: entry.stat(follow_symlinks=False) for path, entry in listing(pages).items()}
    return {path: (status.st_size, status.st_mtime_ns) for path, status in found.items()}
