"""What an examination found, kept for the next build: an entry that did not change is not read and checked again.

A memory is only ever a shortcut. It is forgotten when Dossier, the sources, the settings or the set of files changes,
and an entry counts as unchanged only as long as nothing that others see of it changed (`profile`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final, Self

from generator.diagnostics import Diagnostic, Place, Related, Span
from generator.fingerprint import fingerprint
from generator.kind import Entry
from generator.load import Files
from generator.project import DOSSIER_FILE, VOCABULARY_FILE
from generator.remembered import recall, remember
from generator.resolve import Resolved
from generator.trees import Parsed, parse_all

_SIZE: Final = 16
Trees = dict[str, tuple[bytes, Any]]


def digest(text: str) -> bytes:
    """Return a short digest of a text."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_SIZE).digest()


def shared(files: Files) -> bytes:
    """Return a digest of everything that every entry is examined against, but the other entries."""
    found = blake2b(fingerprint().encode(), digest_size=_SIZE)
    for name in (DOSSIER_FILE, VOCABULARY_FILE):
        found.update(digest(files.entries.get(name, "")))
    for path, raw in files.sources.items():
        found.update(digest(path))
        found.update(blake2b(raw, digest_size=_SIZE).digest())
    return found.digest()


def profile(entry: Entry) -> bytes:
    """Return a digest of all that the examination of other entries sees of this one."""
    kind, data = entry.kind, entry.data
    seen = (data.status, data.replaced_by, kind.title(data), tuple(kind.names(data)), kind.when(data), kind.text(data))
    return digest(repr((entry.id, kind.name, *seen, kind.origins(data))))


@dataclass(frozen=True)
class Memory:
    """By file: trees with the digest of the text, and warnings. By id: what entries refer to, how others see them."""

    shared: bytes
    trees: Trees
    resolved: Mapping[str, tuple[Any, Any]]
    profiles: Mapping[str, bytes]
    warnings: Mapping[str, tuple[Diagnostic, ...]]

    @classmethod
    def load(cls, file: Path) -> Self | None:
        """Return the memory that a file holds; None where there is none that is ours."""
        kept = recall(file)
        if kept is None:
            return None
        ground, trees, resolved, profiles, warnings = kept
        return cls(ground, trees, resolved, profiles, {at: tuple(map(_unpacked, found)) for at, found in warnings})

    def save(self, file: Path) -> None:
        """Write the memory so that a kill leaves the old one or the new one."""
        warnings = [(at, tuple(map(_packed, found))) for at, found in self.warnings.items()]
        remember(file, (self.shared, self.trees, dict(self.resolved), dict(self.profiles), warnings))


def _packed(one: Diagnostic) -> tuple[Any, ...]:
    related = tuple((other.message, _flat(other.at)) for other in one.related)
    return one.code, one.message, _flat(one.at), one.hint, related


def _flat(at: Span | Place) -> tuple[Any, ...]:
    if isinstance(at, Span):
        return at.file, at.line, at.column, at.end_line, at.end_column
    return at.file, at.path, at.on_key, at.start, at.end


def _unpacked(kept: tuple[Any, ...]) -> Diagnostic:
    code, message, at, hint, related = kept
    return Diagnostic(code, message, _raised(at), hint, tuple(Related(said, _raised(other)) for said, other in related))


def _raised(kept: tuple[Any, ...]) -> Span | Place:
    """Return what was laid flat: a place has keys where a span has a line."""
    return Place(*kept) if isinstance(kept[1], tuple) else Span(*kept)


class Recall:
    """One examination that leans on the memory of an earlier one, and gathers what the next one may lean on."""

    def __init__(self, files: Files, memory: Memory | None) -> None:
        state = shared(files)
        self._state = state
        self._old = memory
        self._is_same_ground = memory is not None and memory.shared == state
        self._trees: Trees = {}

    def parse_all(self, texts: Mapping[str, str]) -> Mapping[str, Parsed]:
        """Return what `trees.parse_all` does, remembered where a file is the same and had no fault."""
        marks = {file: digest(text) for file, text in texts.items()}
        known = self._old.trees if self._old else {}
        same = {file: known[file] for file, mark in marks.items() if file in known and known[file][0] == mark}
        fresh = parse_all({file: text for file, text in texts.items() if file not in same})
        self._trees = same | {file: (marks[file], tree) for file, (tree, found) in fresh.items() if not found}
        return {file: (same[file][1], ()) if file in same else fresh[file] for file in texts}

    def changed(self, entries: Mapping[str, Entry]) -> list[Entry] | None:
        """Return the entries that must be examined again, or None where all must."""
        if self._old is None or not self._is_same_ground or self._trees.keys() != self._old.trees.keys():
            return None
        if len(entries) != len(self._trees):
            return None
        trees, old = self._trees, self._old.trees
        changed = [entry for entry in entries.values() if trees[entry.file][0] != old[entry.file][0]]
        return None if any(self._old.profiles[entry.id] != profile(entry) for entry in changed) else changed

    def complete(
        self, entries: Mapping[str, Entry], changed: Sequence[Entry], again: Sequence[Resolved], found: list[Diagnostic]
    ) -> tuple[list[Resolved], list[Diagnostic]]:
        """Return what all entries refer to and their diagnostics: fresh for changed ones, remembered for the rest."""
        if self._old is None:
            raise ValueError("nothing is remembered")
        fresh = {one.origin: one for one in again}
        resolved = [fresh.get(entry_id) or Resolved(entry_id, *self._old.resolved[entry_id]) for entry_id in entries]
        files = {entry.file for entry in changed}
        old = (one for file, warnings in self._old.warnings.items() if file not in files for one in warnings)
        return resolved, [*old, *found]

    def memory(self, entries: Mapping[str, Entry], resolved: Iterable[Resolved], found: Iterable[Diagnostic]) -> Memory:
        """Return what is worth remembering of this examination."""
        old = self._old.profiles if self._old and self._is_same_ground else {}
        warnings: dict[str, list[Diagnostic]] = {}
        for one in found:
            warnings.setdefault(one.at.file, []).append(one)
        return Memory(
            self._state,
            self._trees,
            {one.origin: (one.links, one.quotes) for one in resolved},
            {entry.id: self._profile(entry, old) for entry in entries.values()},
            {file: tuple(told) for file, told in warnings.items()},
        )

    def _profile(self, entry: Entry, profiles: Mapping[str, bytes]) -> bytes:
        known = profiles.get(entry.id)
        trees, old = self._trees, self._old.trees if self._old else {}
        is_same = entry.file in old and trees.get(entry.file, (b"",))[0] == old[entry.file][0]
        return known if known is not None and is_same else profile(entry)
