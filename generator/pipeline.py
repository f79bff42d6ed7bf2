"""From the files of a project to its corpus and everything that is wrong with it: read, parse, decode, resolve, check.

The one place that knows the order of the stages. `examine` is what `dossier check` runs; a build goes on from its
corpus.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Final

from generator.checks import Examination, run_checks
from generator.corpus import Corpus
from generator.decode import decode
from generator.diagnostics import Diagnostic, Place, Severity, Span, bounded
from generator.fields import ID_PATTERN, MAX_ID
from generator.garbage import no_garbage_collection
from generator.kind import Entry, Kind
from generator.kinds import all_kinds
from generator.load import Files, read_former_source, read_project
from generator.memory import Memory, Recall
from generator.onecause import one_by_cause
from generator.project import DOSSIER_FILE, VOCABULARY_FILE, Dossier
from generator.resolve import Resolved, changed_sources, circles, connect, dangling, gather, resolve
from generator.salvage import salvage
from generator.settings import check_settings, read_settings
from generator.side_by_side import halves, joined, side_by_side
from generator.suggest import nearest
from generator.trees import Parsed, parse_all
from generator.walk import walk
from generator.yamltree import Tree, locate

ParseAll = Callable[[Mapping[str, str]], Mapping[str, Parsed]]
_Spoilt = tuple[str, str, Kind, dict[str, Tree]]
_is_id = re.compile(ID_PATTERN).fullmatch
_WORTH_A_PROCESS: Final = 500
_NAMELESS: Final[Dossier] = decode({"title": "–", "description": "–"}, Dossier, DOSSIER_FILE)[0]


@dataclass(frozen=True, slots=True)
class Examined:
    """What an examination found. `corpus` is None without settings; with errors it lacks what they made unreadable."""

    corpus: Corpus | None
    diagnostics: tuple[Diagnostic, ...]
    files: Files
    memory: Memory | None = None

    @property
    def has_errors(self) -> bool:
        """Whether anything forbids a build."""
        return any(diagnostic.severity is Severity.ERROR for diagnostic in self.diagnostics)


def examine(project: Path, memory_file: Path | None = None) -> Examined:
    """Read and check a whole project; every diagnostic has its line and column.

    With `memory_file` only what changed since that memory is examined, and `Examined.memory` is what to keep there; it
    is None where there are errors.
    """
    with no_garbage_collection():
        files, found = read_project(project)
        former = partial(read_former_source, project)
        recall = Recall(files, Memory.load(memory_file)) if memory_file else None
        examined = examine_files(files, former, recall)
        diagnostics = (*found, *examined.diagnostics)
    return replace(examined, diagnostics=locate(diagnostics, files.entries))


def examine_files(
    files: Files, former: Callable[[str], bytes | None] = lambda _sha256: None, recall: Recall | None = None
) -> Examined:
    """Check the dossier that these files make. Diagnostics, each there once, still have places, not spans.

    `former` gives the text of a source by its SHA-256 if it is still known from before a change; `recall` knows what
    an earlier examination found.
    """
    if not files.entries and not files.unread:
        return Examined(None, (_no_entries(),), files)
    settings, problems = read_settings(files.entries, files.unread)
    spoilt: list[_Spoilt] = []
    entries = tuple(_entries(files, problems, recall.parse_all if recall else parse_all, spoilt))
    faulty = {one.at.file for one in problems if one.severity is Severity.ERROR} - {entry.file for entry in entries}
    # The entries are examined even without settings: every problem of every file shows in one run.
    dossier, vocabulary = settings.dossier or _NAMELESS, settings.vocabulary or {}
    corpus, found = gather(dossier, vocabulary, entries, files.sources, files.unread | faulty)
    problems += found
    changed = recall.changed(corpus.entries) if recall else None
    if recall is None or changed is None:
        resolved, found_in_entries = _examine_all(corpus)
    else:
        resolved, found_in_entries = recall.complete(corpus.entries, changed, *_examine(corpus, changed))
    problems += found_in_entries
    # The second of two entries with one id has no place in the corpus, but may have faults of its own.
    problems += _examine(corpus, [entry for entry in entries if corpus.entries[entry.id] is not entry])[1]
    for file, entry_id, kind, tree in spoilt:
        problems += dangling(corpus, file, salvage(tree, kind.model, source=entry_id))
    problems += check_settings(settings, corpus)
    problems += _hidden(files.docs, corpus)
    problems += circles(corpus)
    problems += changed_sources(corpus, files.sources, former)
    is_whole = settings.dossier is not None and settings.vocabulary is not None
    # Where there are errors entries may be missing, and what others said of them is not worth remembering.
    is_sound = is_whole and not any(one.severity is Severity.ERROR for one in problems)
    memory = recall.memory(corpus.entries, resolved, found_in_entries) if recall and is_sound else None
    told = bounded(one_by_cause(problems))
    return Examined(connect(corpus, resolved) if is_whole else None, told, files, memory)


def _hidden(docs: Iterable[str], corpus: Corpus) -> Iterator[Diagnostic]:
    """Yield the hand-written pages that stand at the address of an entry's page."""
    for path in docs:
        folder, _, name = "/".join(path.split("/")[2:]).removesuffix(".md").removesuffix("/index").rpartition("/")
        entry = corpus.entries.get(name)
        if entry is not None and entry.kind.has_pages and entry.kind.path == folder:
            message = f"this file is not read: the page of {entry.file} is at this address"
            yield Diagnostic("unexpected-file", message, Span(path, 1, 1, 1, 1), "give the file another name")


def _no_entries() -> Diagnostic:
    message = "there is no folder “entries” with a dossier here"
    return Diagnostic("missing-file", message, Span("entries", 1, 1, 1, 1), "name the folder of a dossier")


def _examine_all(corpus: Corpus) -> tuple[list[Resolved], list[Diagnostic]]:
    """Examine every entry; many of them in two processes at once."""
    entries = tuple(corpus.entries.values())
    if len(entries) < _WORTH_A_PROCESS:
        return _examine(corpus, entries)
    one, other = halves(entries)
    (first, problems), (second, more) = side_by_side(lambda: _examine(corpus, one), lambda: _examine(corpus, other))
    return joined(first, second), [*problems, *more]


def _examine(corpus: Corpus, entries: Sequence[Entry]) -> tuple[list[Resolved], list[Diagnostic]]:
    found: list[Resolved] = []
    problems: list[Diagnostic] = []
    for entry in entries:
        leaves = walk(entry)
        resolved, more = resolve(corpus, entry, leaves)
        found.append(resolved)
        problems += more
        if not entry.is_retired:
            problems += run_checks(Examination(corpus, entry, leaves, resolved))
    return found, problems


def _entries(files: Files, problems: list[Diagnostic], parse: ParseAll, spoilt: list[_Spoilt]) -> Iterator[Entry]:
    """Yield the entries by file name: of two with one id it is always the same one that counts.

    What could be parsed but not decoded goes to `spoilt`.
    """
    kinds = {kind.folder: kind for kind in all_kinds().values()}
    texts = {file: text for file, text in sorted(files.entries.items()) if file not in (DOSSIER_FILE, VOCABULARY_FILE)}
    faults = {file: fault for file in texts if (fault := _misplaced(file, kinds)) is not None}
    problems += faults.values()
    for file, (tree, found) in parse({file: text for file, text in texts.items() if file not in faults}).items():
        problems += found
        if tree is not None:
            _, folder, name = file.split("/")
            made = _entry(name.removesuffix(".yaml"), kinds[folder], file, tree, problems)
            if made is None:
                spoilt.append((file, name.removesuffix(".yaml"), kinds[folder], tree))
            else:
                yield made


def _entry(entry_id: str, kind: Kind, file: str, tree: Tree, problems: list[Diagnostic]) -> Entry | None:
    data, found = decode(tree, kind.model, file)
    problems += found
    if data is None:
        return None
    entry = Entry(entry_id, kind, file, data)
    problems += kind.check(entry)
    return entry


def _misplaced(file: str, kinds: Mapping[str, Kind]) -> Diagnostic | None:
    """Return what is wrong with the place or the name of a file of the entries' folder."""
    _, folder, *rest = file.split("/")
    if len(rest) != 1 or folder not in kinds:
        return _elsewhere(file, kinds)
    entry_id = rest[0].removesuffix(".yaml")
    if entry_id == "index":
        message = f"“{entry_id}” is the address of the section's own page"
        return Diagnostic("bad-id", message, Place(file), "give the file another name: it is the id of the entry")
    if len(entry_id) > MAX_ID or not _is_id(entry_id):
        hint = "use small letters a–z, digits and single hyphens, at most 80 characters"
        return Diagnostic("bad-id", f"the file name “{rest[0]}” gives no id", Place(file), hint)
    return None


def _elsewhere(file: str, kinds: Mapping[str, Kind]) -> Diagnostic:
    _, folder, *rest = file.split("/")
    close = nearest(folder, tuple(kinds))
    hint = f"put it into entries/{close[0]}/" if close else f"put it into one of entries/{{{', '.join(kinds)}}}/"
    if not rest:
        where = "it lies beside the folders of entries"
        setting = nearest(file, (DOSSIER_FILE, VOCABULARY_FILE)) if not close else ()
        hint = f"did you mean {setting[0]}? Else {hint}" if setting else hint
    else:
        where = f"entries/{folder}/ {'has no folders in it' if folder in kinds else 'is no folder of entries'}"
    return Diagnostic("unread-entry", f"this file is not read: {where}", Place(file), hint)
