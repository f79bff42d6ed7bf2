"""The whole dossier as one immutable value: entries, source texts, what refers to what, what is quoted where.

Made by `resolve.py`; read by checks and views. Knows no kind's name, no file format and no output.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import NamedTuple

from generator.diagnostics import Path
from generator.fields import Evidence, Quote
from generator.kind import Entry
from generator.project import Dossier, Vocabulary, meant_ids
from generator.retired import Ways, follow
from generator.text import SourceText


class Backlink(NamedTuple):
    """Entry `origin` refers to an entry from the field at `path`; `is_prose` where the link stands in running text."""

    origin: str
    path: Path
    is_prose: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """Where one passage of a quote stands: code points `start` to `end` of the normalised text of `source`.

    `use` is "quoted", "annotated" or "set-aside"; `path` is that of the quote in entry `origin`; `index` counts the
    passages of one quote.
    """

    source: str
    start: int
    end: int
    use: str
    origin: str
    path: Path
    index: int
    quote: Quote

    @property
    def evidence(self) -> Evidence | None:
        """The evidence that the passage belongs to, if it is one."""
        return self.quote if isinstance(self.quote, Evidence) else None


@dataclass(frozen=True, eq=False)
class Corpus:
    """Everything that pages are made from. `entries` is sorted by id; passages are sorted by position.

    `unread` are the files that exist but gave no value, because of faults that are told elsewhere.
    """

    dossier: Dossier
    vocabulary: Vocabulary
    entries: Mapping[str, Entry]
    texts: Mapping[str, SourceText]
    backlinks: Mapping[str, tuple[Backlink, ...]] = field(default_factory=lambda: MappingProxyType({}))
    passages: Mapping[str, tuple[Passage, ...]] = field(default_factory=lambda: MappingProxyType({}))
    unread: frozenset[str] = frozenset()

    def of_kind(self, name: str) -> tuple[Entry, ...]:
        """Return the living entries of a kind, sorted by id."""
        return tuple(entry for entry in self.entries.values() if entry.kind.name == name and not entry.is_retired)

    def living(self) -> Iterable[Entry]:
        """Return all entries that are not retired."""
        return (entry for entry in self.entries.values() if not entry.is_retired)

    def passages_of(self, entry_id: str) -> tuple[Passage, ...]:
        """Return the passages that an entry quotes, in no particular order."""
        return self._passages_by_origin.get(entry_id, ())

    @cached_property
    def ids_by_name(self) -> Mapping[str, str]:
        """An id by each name of its entry, in small letters; only somebody who wrote a name for an id asks."""
        return {name.text.casefold(): one.id for one in self.entries.values() for name in one.kind.names(one.data)}

    def may_have(self, entry_id: str) -> bool:
        """Whether something unread may be the entry: a file of its name, or one in a whole folder."""
        return "" in self.unread_ids or entry_id in self.unread_ids

    @cached_property
    def ids(self) -> Mapping[str, tuple[str, ...]]:
        """The ids of all entries by the names of their kinds."""
        found: dict[str, list[str]] = {}
        for entry in self.entries.values():
            found.setdefault(entry.kind.name, []).append(entry.id)
        return {kind: tuple(ids) for kind, ids in found.items()}

    @cached_property
    def ways(self) -> Ways:
        """Where the retired entries lead."""
        return follow(self.entries)

    @cached_property
    def unread_ids(self) -> frozenset[str]:
        """The ids that the unread files would have given; empty for a folder, which may hold any."""
        return meant_ids(self.unread)

    @cached_property
    def _passages_by_origin(self) -> Mapping[str, tuple[Passage, ...]]:
        found: dict[str, list[Passage]] = {}
        for passages in self.passages.values():
            for passage in passages:
                found.setdefault(passage.origin, []).append(passage)
        return {origin: tuple(passages) for origin, passages in found.items()}
