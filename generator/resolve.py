"""Entries and source texts become a corpus: references find their targets, quotes their passages.

`gather` puts entries and texts together; `resolve` follows everything that one entry refers to; `connect` makes the
whole corpus of what was found. Pure. Knows kinds only by what they declare.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Final

from generator.corpus import Backlink, Corpus, Passage
from generator.diagnostics import MAX_TOLD, Diagnostic, Path, Place, Related
from generator.encoding import decoded, without_hidden
from generator.evidence import find_passages, retrace
from generator.fields import Localized, ProseIn, Quote, Record, RefTo, WordOf
from generator.kind import Entry, Kind, TextFile
from generator.kinds import all_kinds
from generator.lang import LANGS
from generator.project import SOURCES_FOLDER, VOCABULARY_FILE, Dossier, Vocabulary, Word, is_unread
from generator.prose import scan_prose
from generator.suggest import nearest
from generator.text import SourceText
from generator.walk import Leaf, walk

_VOCABULARY_ID: Final = PurePosixPath(VOCABULARY_FILE).stem
_MAX_MOVED: Final = 10
_MAX_SHOWN: Final = 8  # of the entries of a circle
_WRITE_IT: Final = "write the entry first, or name another; the id of an entry is the name of its file without .yaml"
_MAX_GUESSES: Final = 100  # of one file: a guess at what was meant costs more than everything else


@dataclass(frozen=True, slots=True)
class Resolved:
    """What one entry refers to: targets with the field that names them, and where each of its quotes stands.

    Quotes are told by their path and the code points of their passages, so that the whole is small and can be sent
    from one process to another.
    """

    origin: str
    links: tuple[tuple[str, Path, bool], ...]
    quotes: tuple[tuple[str, Path, tuple[tuple[int, int], ...]], ...]


def gather(
    dossier: Dossier,
    vocabulary: Vocabulary,
    entries: Iterable[Entry],
    sources: Mapping[str, bytes],
    unread: frozenset[str] = frozenset(),
) -> tuple[Corpus, tuple[Diagnostic, ...]]:
    """Return a corpus without links: the entries by id, the first of two with one id, and the texts of sources.

    `unread` are the files and folders of whose faults somebody else has told.
    """
    by_id: dict[str, Entry] = {}
    problems: list[Diagnostic] = []
    for entry in entries:
        first = by_id.setdefault(entry.id, entry)
        if first is not entry:
            related = (Related("the first one", Place(first.file)),)
            message = f"the id “{entry.id}” is taken"
            problems.append(Diagnostic("duplicate-id", message, Place(entry.file), "rename the file", related))
    by_id = dict(sorted(by_id.items()))
    texts: dict[str, SourceText] = {}
    for entry in by_id.values():
        file = entry.kind.text(entry.data)
        if file is None or is_unread(file.file, unread):
            continue
        text = _text(entry, file, sources, problems)
        if text is not None:
            texts[entry.id] = text
    corpus = Corpus(dossier, vocabulary, MappingProxyType(by_id), MappingProxyType(texts), unread=unread)
    return corpus, tuple(problems)


def _text(entry: Entry, file: TextFile, sources: Mapping[str, bytes], problems: list[Diagnostic]) -> SourceText | None:
    raw = sources.get(file.file)
    if raw is None:
        problems.append(_no_text(Place(entry.file, ("file",)), file.file, sources))
        return None
    text, found = decoded(file.file, raw)
    problems += found
    if text is None:
        return None
    text, found = without_hidden(file.file, text)
    problems += found
    return SourceText.from_raw(text, file.lang)


def _no_text(place: Place, file: str, sources: Mapping[str, bytes]) -> Diagnostic:
    if not file.startswith(f"{SOURCES_FOLDER}/") or ".." in file.split("/"):
        message = f"“{file}” does not lie in {SOURCES_FOLDER}/"
        return Diagnostic("unsafe-path", message, place, f"put the text into {SOURCES_FOLDER}/ and write its path")
    close = nearest(file, tuple(sources))
    hint = f"did you mean “{close[0]}”?" if close else f"put the text into {SOURCES_FOLDER}/"
    return Diagnostic("missing-file", f"there is no source text “{file}”", place, hint)


def resolve(corpus: Corpus, entry: Entry, leaves: Iterable[Leaf]) -> tuple[Resolved, list[Diagnostic]]:
    """Return what an entry refers to, and every reference, word, link and quote of it that leads nowhere."""
    resolver = _Resolver(corpus, entry.file)
    resolver.problems += _replacement(entry)
    for leaf in leaves:
        resolver.follow(leaf)
    return Resolved(entry.id, tuple(resolver.links), tuple(resolver.quotes)), resolver.problems


def dangling(corpus: Corpus, file: str, leaves: Iterable[Leaf]) -> list[Diagnostic]:
    """Return what leads nowhere in a file that is no entry."""
    resolver = _Resolver(corpus, file)
    for leaf in leaves:
        resolver.follow(leaf)
    return resolver.problems


class _Resolver:
    """Collects what one pass over the leaves of one file finds. Lives only inside `resolve` and `dangling`."""

    def __init__(self, corpus: Corpus, file: str) -> None:
        self.corpus = corpus
        self.file = file
        self.links: list[tuple[str, Path, bool]] = []
        self.quotes: list[tuple[str, Path, tuple[tuple[int, int], ...]]] = []
        self.problems: list[Diagnostic] = []
        self._guesses = _MAX_GUESSES
        self._told: Counter[str] = Counter()

    def follow(self, leaf: Leaf) -> None:
        marker = leaf.marker
        if isinstance(marker, RefTo):
            self._reference(leaf, marker)
        elif isinstance(marker, ProseIn):
            self._prose(leaf)
        elif isinstance(marker, WordOf):
            self._word(leaf, marker)
        elif marker is Quote:
            self._quote(leaf)

    def _reference(self, leaf: Leaf, marker: RefTo) -> None:
        target = self.corpus.entries.get(leaf.value)
        if target is None:
            self._unknown(leaf.value, Place(self.file, leaf.path), marker)
        elif not _allows(marker, target.kind):
            allowed = " or ".join(_allowed_kinds(marker))
            message = f"“{leaf.value}” is of kind {target.kind.name}, not {allowed}"
            place = Place(self.file, leaf.path)
            hint = self._did_you_mean(leaf.value, marker, otherwise=f"name an entry of kind {allowed}")
            self._tell("wrong-kind", message, place, hint)
        else:
            self._link(target, leaf, Place(self.file, leaf.path) if target.is_retired else None)

    def _link(self, target: Entry, leaf: Leaf, place: Place | None, *, is_prose: bool = False) -> None:
        self.links.append((target.id, leaf.path, is_prose))
        if place is not None and leaf.path != ("replaced_by",):
            successor = self.corpus.ways.successors.get(target.id)
            hint = f"name “{successor}” instead" if successor else "name another entry"
            self._tell("retired-ref", f"“{target.id}” is retired", place, hint)

    def _unknown(self, entry_id: str, place: Place, marker: RefTo) -> None:
        if not self.corpus.may_have(entry_id):
            hint = self._did_you_mean(entry_id, marker)
            self._tell("unknown-ref", f"there is no entry “{entry_id}”", place, hint)

    def _did_you_mean(self, entry_id: str, marker: RefTo, otherwise: str = _WRITE_IT) -> str:
        kinds = (kind for kind in all_kinds().values() if _allows(marker, kind))
        known = tuple(one for kind in kinds for one in self.corpus.ids.get(kind.name, ()))
        named = self.corpus.ids_by_name.get(entry_id.casefold(), "")
        close = named if named in known else self._near(entry_id, known)
        return f"did you mean “{close}”?" if close else otherwise

    def _near(self, word: str, candidates: tuple[str, ...]) -> str:
        """Return the candidate that was most likely meant, if any; the first wrong words of a file are guessed at."""
        self._guesses -= 1
        return next(iter(nearest(word, candidates)), "") if self._guesses >= 0 else ""

    def _tell(self, code: str, message: str, place: Place, hint: str) -> None:
        self._told[code] += 1
        if self._told[code] <= MAX_TOLD + 1:  # one more, so that whoever bounds them all can say that there are more
            self.problems.append(Diagnostic(code, message, place, hint))

    def _word(self, leaf: Leaf, marker: WordOf) -> None:
        words = self.corpus.vocabulary.get(marker.list_name)
        if words and leaf.value in words:
            return
        if is_unread(VOCABULARY_FILE, self.corpus.unread) or _VOCABULARY_ID in self.corpus.unread_ids:
            return
        if words is None:  # the same for every entry that has such a word: told once, in one place
            message = f"the entries use words of a list “{marker.list_name}” that the vocabulary does not have"
            hint = f"add “{marker.list_name}:” with the words below it"
            self.problems.append(Diagnostic("missing-key", message, Place(VOCABULARY_FILE), hint))
            return
        close = _labelled(leaf.value, words) or self._near(leaf.value, tuple(words))
        start = f"did you mean “{close}”? Or add it" if close else "add it"
        hint = f"{start} under {marker.list_name} in {VOCABULARY_FILE}"
        message = f"“{leaf.value}” is not among the {marker.list_name} of the vocabulary"
        self._tell("unknown-word", message, Place(self.file, leaf.path), hint)

    def _prose(self, leaf: Leaf) -> None:
        text: Localized = leaf.value
        for lang in LANGS[:1] if text.is_plain else LANGS:
            written = text.get(lang)
            if written is None:
                continue
            scan = scan_prose(written)
            for problem in scan.problems:
                place = self._in_prose(leaf, text.path(lang), problem.start, problem.end)
                hint = self._reference_meant(written[problem.start : problem.end]) or problem.hint
                self._tell("unsafe-markup", problem.message, place, hint)
            for ref in scan.references:
                target = self.corpus.entries.get(ref.id)
                if target is not None and not target.is_retired:
                    self._link(target, leaf, None, is_prose=True)
                    continue
                place = self._in_prose(leaf, text.path(lang), ref.start, ref.end)
                if target is None:
                    self._unknown(ref.id, place, RefTo())
                else:
                    self._link(target, leaf, place, is_prose=True)

    def _reference_meant(self, written: str) -> str:
        """Return what to write for `[[…]]` with the name of an entry, or with its id in the second place."""
        if not (written.startswith("[[") and written.endswith("]]")):
            return ""
        name, label = f"{written[2:-2]}|".split("|", 2)[:2]
        if name in self.corpus.entries:  # something else is wrong with it
            return ""
        name, label = name.strip(), label.strip()
        if label in self.corpus.entries:
            return f"the id comes first: [[{label}|{name}]]"
        return (
            f"did you mean “{name}”?"
            if name in self.corpus.entries
            else self._did_you_mean(name, RefTo(), otherwise="")
        )

    def _in_prose(self, leaf: Leaf, below: tuple[str, ...], start: int, end: int) -> Place:
        return Place(self.file, (*leaf.path, *below), start=start, end=end)

    def _quote(self, leaf: Leaf) -> None:
        source = self.corpus.entries.get(leaf.source)
        text = self.corpus.texts.get(leaf.source)
        if source is None or text is None:
            return  # an unknown source, or one without its text, has its own diagnostic
        is_guessing = self._guesses > 0
        found, problems = find_passages(self.file, leaf, text, _file_of(source), is_guessing=is_guessing)
        self._guesses -= len(problems)
        if found:
            self.quotes.append((leaf.source, leaf.path, found))
        self.problems += problems


def connect(corpus: Corpus, resolved: Iterable[Resolved]) -> Corpus:
    """Return the corpus with backlinks and passages."""
    backlinks: dict[str, list[Backlink]] = defaultdict(list)
    passages: dict[str, list[Passage]] = defaultdict(list)
    for one in resolved:
        for target, path, is_prose in one.links:
            backlinks[target].append(Backlink(one.origin, path, is_prose))
        for source, path, places in one.quotes:
            quote = _at(corpus.entries[one.origin].data, path)
            passages[source] += (
                Passage(source, start, end, quote.use, one.origin, path, index, quote)
                for index, (start, end) in enumerate(places)
            )
    return replace(
        corpus,
        backlinks=MappingProxyType({target: tuple(links) for target, links in backlinks.items()}),
        passages=MappingProxyType({source: tuple(sorted(found, key=_order)) for source, found in passages.items()}),
    )


def circles(corpus: Corpus) -> Iterator[Diagnostic]:
    """Yield a diagnostic for every circle of retired entries, whose pages would lead readers round for ever."""
    for first, *others in corpus.ways.circles:
        here, *there = (Place(corpus.entries[one].file, ("replaced_by",)) for one in (first, *others[:_MAX_SHOWN]))
        shown = " → ".join((first, *others[:_MAX_SHOWN], *("…",) * (len(others) > _MAX_SHOWN), first))
        message = f"these entries replace each other: {shown}" if others else "the entry is replaced by itself"
        hint = "let one of them name an entry that is not retired" if others else "name another entry"
        related = tuple(Related("this one is part of the circle", place) for place in there)
        yield Diagnostic("bad-replacement", message, here, hint, related)


def changed_sources(
    corpus: Corpus, sources: Mapping[str, bytes], former: Callable[[str], bytes | None]
) -> Iterator[Diagnostic]:
    """Yield a diagnostic for every source whose text is not the one that was described.

    `former` gives the text that had a SHA-256, if it is still known; it is asked only where a text has changed.
    """
    for entry_id, text in corpus.texts.items():
        entry = corpus.entries[entry_id]
        file = entry.kind.text(entry.data)
        digest = hashlib.sha256(sources[file.file]).hexdigest() if file else ""
        if file is None or digest == file.sha256:
            continue
        old = former(file.sha256)
        before = SourceText.from_raw(old.decode("utf-8-sig", "replace"), file.lang) if old is not None else None
        found = retrace(_quotes_of(corpus, entry_id), text, before)
        hint = f"{found.summary}; restore the text, or read it again, mend the quotes and write sha256: {digest}"
        message = f"“{file.file}” is not the text that was described"
        yield Diagnostic("source-changed", message, Place(entry.file, ("sha256",)), hint, found.moved[:_MAX_MOVED])


def _quotes_of(corpus: Corpus, source_id: str) -> Iterator[tuple[str, Leaf]]:
    for entry in corpus.entries.values():
        yield from ((entry.file, leaf) for leaf in walk(entry) if leaf.marker is Quote and leaf.source == source_id)


def _replacement(entry: Entry) -> Iterable[Diagnostic]:
    data = entry.data
    if data.replaced_by is None:
        if entry.is_retired:
            message = "the entry is retired, but nothing takes its place"
            yield Diagnostic("bad-replacement", message, Place(entry.file, ("status",)), "add replaced_by: with an id")
    elif not entry.is_retired:
        place = Place(entry.file, ("replaced_by",), on_key=True)
        yield Diagnostic("bad-replacement", "the entry is replaced, but not retired", place, "add status: retired")


def _labelled(label: str, words: Mapping[str, Word]) -> str:
    """Return the word that a label belongs to, if any."""
    folded = label.casefold()
    return next((key for key, word in words.items() if folded in map(str.casefold, _texts(word.label))), "")


def _texts(text: Localized) -> Iterable[str]:
    return filter(None, map(text.get, LANGS))


def _at(record: Record, path: Path) -> Record:
    for key in path:
        record = record[key] if isinstance(key, int) else getattr(record, key)
    return record


def _order(passage: Passage) -> tuple[int, int, str, str]:
    return passage.start, -passage.end, passage.origin, str(passage.path)


def _file_of(source: Entry) -> str:
    file = source.kind.text(source.data)
    return file.file if file else source.file


def _allowed_kinds(marker: RefTo) -> tuple[str, ...]:
    if marker.kinds:
        return marker.kinds
    return tuple(kind.name for kind in all_kinds().values() if marker.role in kind.roles)


def _allows(marker: RefTo, kind: Kind) -> bool:
    if marker.kinds:
        return kind.name in marker.kinds
    return marker.role is None or marker.role in kind.roles
