"""Which pages there are: for every entry, every kind, and for everything at once. Long lists are divided.

In: the site. Out: jobs, one a page, in a fixed order; nothing is rendered here.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from generator.dates import EdtfDate
from generator.kind import Entry, Kind
from generator.kinds import all_kinds
from generator.lang import Lang
from generator.views.downloads import shelves
from generator.views.entries import MAX_ROWS, parts_of, referring_kinds
from generator.views.previews import shards_of
from generator.views.register import register_of
from generator.views.site import Site, filed_title, index_of, letter_of, path_of

PER_REGISTER_PAGE: Final = 250
PER_LIST_PAGE: Final = 250
_NO_LETTER: Final = "0–9"


@dataclass(frozen=True, slots=True)
class Part:
    """One of the pages that a long list is divided into; `start` and `end` say which of its items stand there."""

    label: str
    path: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Job:
    """A page to make: by which template, on which entry or kind, with which items of a list.

    A page with `parts` and no `part` is the table of contents of a divided list. `about` is the entry that the listed
    ones refer to; `word` is the key of the page's title among the words. What `is_data` is no page, but beside them.
    """

    path: str
    template: str = ""
    entry_id: str = ""
    kind: str = ""
    items: tuple[object, ...] = ()
    about: str = ""
    parts: tuple[Part, ...] = ()
    part: Part | None = None
    word: str = ""
    is_doc: bool = False
    is_data: bool = False

    @property
    def contents(self) -> str:
        """The path of the page that lists the parts."""
        return self.path.partition("/parts/")[0] + "/index.md"


def jobs_of(site: Site) -> Iterator[Job]:
    """Yield every page once, and the files beside them that are made of entries."""
    made: set[str] = set()
    for job in _all_jobs(site):
        if job.path not in made:
            made.add(job.path)
            yield job
    for path in sorted(site.docs | site.docs_elsewhere):
        if path not in made:
            yield Job(path, is_doc=True)
    for path, ids in shards_of(site):
        yield Job(path, items=ids, is_data=True)


def _all_jobs(site: Site) -> Iterator[Job]:
    files = tuple(shelves(site.downloads, site.lang))
    yield Job("index.md", "home.md.j2", items=files)  # it says how large they are
    for kind in all_kinds().values():
        index = Job(f"{index_of(kind)}/index.md", f"kinds/{kind.name}/index.md.j2", kind=kind.name, word="kinds")
        yield from _divided(site, index, kind.per_page)
        for extra in kind.extra_pages:
            page = Job(f"{extra.path}/index.md", f"kinds/{kind.name}/{extra.template}", kind=kind.name, word=extra.path)
            yield from _divided(site, page, extra.per_page)
    yield from _register(site)
    yield Job("downloads/index.md", "downloads.md.j2", items=files, word="downloads")
    for entry in site.corpus.entries.values():
        yield from _of_entry(site, entry)


def _of_entry(site: Site, entry: Entry) -> Iterator[Job]:
    kind = entry.kind
    if not kind.has_pages:
        return
    path = path_of(kind, entry.id)
    if entry.is_retired:
        yield Job(path, "retired.md.j2", entry.id)
        return
    yield Job(path, f"kinds/{kind.name}/entry.md.j2", entry.id)
    links = site.referring.get(entry.id, ())
    if len(links) <= MAX_ROWS:
        return
    for of_kind, referring, _ in referring_kinds(site, entry.id):
        if len(referring) > MAX_ROWS:
            folder = parts_of(entry, of_kind)
            ids = tuple(one.id for one in referring)
            count = range(0, len(ids), PER_LIST_PAGE)
            parts = tuple(
                Part(str(n + 1), f"{folder}/{n + 1}.md", at, at + PER_LIST_PAGE) for n, at in enumerate(count)
            )
            for part in parts:
                items = ids[part.start : part.end]
                yield Job(
                    part.path, "referring.md.j2", kind=of_kind.name, items=items, about=entry.id, parts=parts, part=part
                )


def _register(site: Site) -> Iterator[Job]:
    rows = register_of(site.corpus)
    job = Job("register/index.md", "register.md.j2", word="register")
    yield from _pages(job, rows, tuple(row.letter or _NO_LETTER for row in rows), PER_REGISTER_PAGE)


def place_of_year(site: Site, kind: Kind, when: EdtfDate) -> tuple[str, str]:
    """Return the path of the page, and the place on it, where what is dated so stands in the list of its kind."""
    year = (when.earliest or "")[:4]
    folder = index_of(kind)
    if len(site.by_kind[kind.name]) > kind.per_page:
        return f"{folder}/parts/{year or 'other'}.md", ""
    return f"{folder}/index.md", year


def _divided(site: Site, job: Job, per_page: int) -> Iterator[Job]:
    entries = site.by_kind[job.kind]
    ids = tuple(entry.id for entry in entries)
    groups = tuple(_group(entry, site.lang) for entry in entries) if len(ids) > per_page else ()
    yield from _pages(job, ids, groups, per_page)


def _group(entry: Entry, lang: Lang) -> str:
    """Return the year or the letter under which an entry is listed."""
    if entry.kind.sorted_by == "date":
        when = entry.kind.when(entry.data)
        return when.earliest[:4] if when and when.earliest else "…"
    return letter_of(filed_title(entry.title, lang)) or _NO_LETTER


def _pages(job: Job, items: tuple[object, ...], groups: tuple[str, ...], per_page: int) -> Iterator[Job]:
    """Yield one page, or a table of contents and pages of whole groups; a large group is divided too."""
    if len(items) <= per_page:
        yield replace(job, items=items)
        return
    parts = tuple(_parts(job.path.removesuffix("index.md") + "parts/", groups, per_page))
    yield replace(job, parts=parts)
    for part in parts:
        yield replace(job, path=part.path, items=items[part.start : part.end], parts=parts, part=part)


def _parts(folder: str, groups: tuple[str, ...], per_page: int) -> Iterator[Part]:
    start = 0
    for group, members in groupby(groups):
        end = start + sum(1 for _ in members)
        name = group.casefold() if group.isalnum() else "other"
        for number, at in enumerate(range(start, end, per_page), 1):
            label, file = (group, name) if number == 1 else (f"{group} ({number})", f"{name}-{number}")
            yield Part(label, f"{folder}{file}.md", at, min(at + per_page, end))
        start = end
