"""An entry as a template sees it, and what refers to an entry, row by row.

In: the corpus through the site. What a template asks of another entry is recorded in the page that asks: its title and
date apart from the rest, so that a changed text does not touch every page that names its entry.
"""

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from markupsafe import Markup

from generator.corpus import Backlink
from generator.diagnostics import Path
from generator.kind import Entry, Kind
from generator.kinds import all_kinds
from generator.lang import Lang
from generator.views.context import Context
from generator.views.records import RecordView, date_label, record_view
from generator.views.site import Site, index_of
from generator.words import Label, Words, kind_words

MAX_ROWS: Final = 60
MAX_NAMED: Final = 40


class EntryView(RecordView):
    """An entry; its own fields by name, and what every entry has. Shown, it is a link to its page."""

    of: Entry

    def __init__(self, page: Context, entry: Entry, *, is_recorded: bool = False) -> None:
        super().__init__(page, entry, entry.data, ())
        self._is_recorded = is_recorded

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - see the base
        """Convert a field and record that the entry was read."""
        if not self._is_recorded:
            self._is_recorded = True
            self.page.reads.add(f"entry:{self.of.id}")
        return super().__getattr__(name)

    def __html__(self) -> str:
        """Return the link to the page."""
        return self.page.link(self.of)

    @property
    def id(self) -> str:
        """The id."""
        return self.of.id

    @property
    def kind(self) -> Kind:
        """The kind."""
        return self.of.kind

    @property
    def weight(self) -> tuple[int, ...]:
        """How much it weighs among its kind."""
        self.page.reads.add(f"entry:{self.of.id}")
        return self.of.kind.weight(self.of.data)

    @property
    def words(self) -> Words:
        """The words of the kind."""
        return kind_words(self.of.kind.name, self.page.lang)

    def _title_is_read(self) -> None:
        self.page.reads.add(f"title:{self.of.id}")

    @property
    def title(self) -> Markup:
        """The title."""
        self._title_is_read()
        return self.page.site.title(self.of)

    @property
    def short(self) -> Markup:
        """The title in citations."""
        self._title_is_read()
        return self.page.site.short(self.of)

    @property
    def when(self) -> Label | None:
        """The date, in words; its key is the date as it was written."""
        self._title_is_read()
        when = self.of.kind.when(self.of.data)
        return None if when is None else date_label(when, self.page.lang)

    @property
    def year(self) -> str:
        """The first year of the date, empty where it has none."""
        self._title_is_read()
        when = self.of.kind.when(self.of.data)
        return (when.earliest or "")[:4] if when else ""

    @property
    def text_lang(self) -> Lang:
        """The language of the text, for an entry that is one."""
        self._title_is_read()
        return self.page.site.text_lang(self.of)

    def at(self, anchor: str, text: Markup | None = None) -> Markup:
        """Return a link to a place on the entry's page."""
        return self.page.link(self.of, text, anchor)


class Use(NamedTuple):
    """How an entry refers to another: from which of its fields, and the record that holds the reference."""

    field: str
    record: RecordView


class Row(NamedTuple):
    """An entry that refers to the page's entry."""

    entry: EntryView
    uses: tuple[Use, ...]

    def by(self, *fields: str) -> tuple[RecordView, ...]:
        """Return the records that refer from one of these fields."""
        return tuple(use.record for use in self.uses if use.field in fields)


class Section(NamedTuple):
    """What entries of one kind refer to the page's entry: by their fields (`rows`), or in running text only (`named`).

    `total` and `named_total` count all of them, `more` is the path of a page with all rows where these are not all.
    """

    kind: Kind
    rows: tuple[Row, ...]
    total: int
    named: tuple[EntryView, ...]
    named_total: int
    more: str = ""


def sections_of(page: Context, entry_id: str) -> Iterator[Section]:
    """Yield what refers to an entry, its own kind first, the others in their order; of many rows the latest."""
    for kind, all_referring, all_named in referring_kinds(page.site, entry_id):
        referring = tuple(one for one in all_referring if not _is_told(page.site, entry_id, one))
        named = tuple(one for one in all_named if not _refers_by_field(page.site, entry_id, one.id))
        if not referring and not named:
            continue
        shown = referring if len(referring) <= MAX_ROWS else referring[-MAX_ROWS:]
        more = f"{parts_of(page.site.corpus.entries[entry_id], kind)}/1.md" if len(all_referring) > MAX_ROWS else ""
        names = tuple(page.entry(one.id) for one in named[:MAX_NAMED])
        yield Section(kind, rows_of(page, entry_id, shown), len(all_referring), names, len(named), more)


def referring_kinds(site: Site, entry_id: str) -> Iterator[tuple[Kind, tuple[Entry, ...], tuple[Entry, ...]]]:
    """Yield each kind whose entries refer to an entry: those that do so by a field, and those in running text only."""
    links = site.referring.get(entry_id)
    if not links:
        return
    by_kind: dict[str, list[Entry]] = {}
    for origin in links:
        entry = site.corpus.entries[origin]
        by_kind.setdefault(entry.kind.name, []).append(entry)
    own = site.corpus.entries[entry_id].kind
    for kind in (own, *(kind for kind in all_kinds().values() if kind is not own)):
        if entries := by_kind.get(kind.name):
            entries.sort(key=site.order)
            fields: list[Entry] = []
            named: list[Entry] = []
            for entry in entries:
                (fields if _has_field(links[entry.id]) else named).append(entry)
            yield kind, tuple(fields), tuple(named)


def _is_told(site: Site, entry_id: str, other: Entry) -> bool:
    """Tell whether another entry only says that the two belong together, which this one says itself."""
    mutual = other.kind.mutual
    if not mutual or not _refers_by_field(site, entry_id, other.id):
        return False
    links = site.referring[entry_id][other.id]
    return all(link.is_prose or link.path[0] in mutual for link in links)


def _refers_by_field(site: Site, origin: str, target: str) -> bool:
    return _has_field(site.referring.get(target, {}).get(origin, ()))


def _has_field(links: tuple[Backlink, ...]) -> bool:
    """Tell whether one of the links is more than a link in running text, or whom a piece of evidence relies on."""
    for link in links:  # noqa: SIM110 - many times quicker than `any` for one or two links
        if not link.is_prose and "evidence" not in link.path:
            return True
    return False


def rows_of(page: Context, entry_id: str, referring: tuple[Entry, ...]) -> tuple[Row, ...]:
    """Return the rows of entries that refer to an entry."""
    links = page.site.referring[entry_id]
    return tuple(_row(page, entry, links[entry.id]) for entry in referring)


def _row(page: Context, entry: Entry, links: tuple[Backlink, ...]) -> Row:
    view: EntryView = page.entry(entry.id)
    page.reads.add(f"entry:{entry.id}")
    uses = (Use(str(link.path[0]), _holder(view, link.path)) for link in links if not link.is_prose)
    return Row(view, tuple(uses))


def _holder(view: EntryView, path: Path) -> RecordView:
    """Return the record that holds the value at `path`, as a view."""
    record: Any = view.data
    below = path[:-2] if isinstance(path[-1], int) else path[:-1]
    if not below:
        return view
    for step in below:
        record = record[step] if isinstance(step, int) else getattr(record, step)
    return record_view(view.page, view.of, record, below)


def parts_of(entry: Entry, kind: Kind) -> str:
    """Return the folder of the pages that list all entries of a kind that refer to an entry."""
    return f"{entry.kind.path}/{entry.id}/{index_of(kind)}"
