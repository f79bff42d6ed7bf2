"""A statement has evidence, and the evidence carries it: its numbers and names stand in the quotes or their sentences.

The quote may be real and still not say what the statement says; a number or a name that is missing is the surest sign.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from typing import Final, NamedTuple

from generator.checks import Examination
from generator.corpus import Corpus
from generator.dates import EdtfDate
from generator.diagnostics import Diagnostic, Path, Place
from generator.fields import Evidence, Localized, ProseIn, Quote, Record
from generator.lang import LANGS
from generator.prose import references

_NUMBER: Final = re.compile(r"(?<![\w-])\d+(?:[.,]\d+)*")
_DIGITS: Final = re.compile(r"\d+(?:[.,]\d+)*")
_LINK_TARGET: Final = re.compile(r"\[\[[^\]|]*(?:\|([^\]]*))?\]\]|\]\([^)]*\)")


class _Said(NamedTuple):
    """A statement: where it stands, its text, and the record that it belongs to."""

    path: Path
    text: Localized
    owner: Record


class _Context:
    """What the evidence of a statement says: its quotes at once, their sentences only where that is not enough."""

    def __init__(self, item: Examination, pieces: tuple[Evidence, ...]) -> None:
        self.pieces = pieces
        self._item = item

    @cached_property
    def quotes(self) -> str:
        """The quotes, folded for comparison."""
        return " ".join(passage for piece in self.pieces for passage in piece.quote).casefold()

    @cached_property
    def digits(self) -> set[str]:
        """The numbers of the quotes."""
        return _digits(self.quotes)

    @cached_property
    def sentences(self) -> str:
        """The sentences that the quotes stand in."""
        corpus, leaves = self._item.corpus, self._item.leaves
        wanted = {id(piece) for piece in self.pieces}
        paths = {leaf.path for leaf in leaves if id(leaf.value) in wanted}
        found: list[str] = []
        for source, path, passages in self._item.resolved.quotes:
            if path in paths:
                text = corpus.texts[source]
                ranges = (text.sentence_at(start, end) for start, end in passages)
                found += (text.normal[sentence.start : sentence.end] for sentence in ranges)
        return " ".join(found)


def check(item: Examination) -> Iterable[Diagnostic]:
    """Warn of statements without evidence, and of numbers and names that their evidence does not contain."""
    for leaf in item.leaves:
        if not isinstance(leaf.marker, ProseIn) or not leaf.marker.statement:
            continue
        place = Place(item.entry.file, leaf.path)
        evidence = _evidence_beside(leaf.owner, item)
        if not evidence:
            hint = "add evidence: with a source and a quote"
            yield Diagnostic("statement-without-evidence", "nothing supports this statement", place, hint)
        elif _is_found(item, evidence):
            said, context = _Said(leaf.path, leaf.value, leaf.owner), _Context(item, evidence)
            yield from _numbers(item, said, context)
            yield from _names(item, said, context)


def _is_found(item: Examination, evidence: tuple[Evidence, ...]) -> bool:
    """Tell whether every quote was found: of one that was not, nobody knows what its sentence says."""
    quotes = [leaf for leaf in item.leaves if leaf.marker is Quote]
    if len(quotes) == len(item.resolved.quotes):
        return True
    wanted = {id(piece) for piece in evidence}
    found = {path for _, path, _ in item.resolved.quotes}
    return all(leaf.path in found for leaf in quotes if id(leaf.value) in wanted)


def _evidence_beside(owner: Record, item: Examination) -> tuple[Evidence, ...]:
    own: tuple[Evidence, ...] = getattr(owner, "evidence", ())
    return own or getattr(item.entry.data, "evidence", ())


def _numbers(item: Examination, said: _Said, evidence: _Context) -> Iterator[Diagnostic]:
    for lang in LANGS[:1] if said.text.is_plain else LANGS:
        written = said.text.get(lang) or ""
        for match in _NUMBER.finditer(_LINK_TARGET.sub(_blank, written) if "[" in written else written):
            number = _bare(match[0])
            if number in evidence.digits or number in _digits(" ".join(_dates(item.entry.data, said.owner))):
                continue
            if number not in _digits(evidence.sentences):
                place = Place(
                    item.entry.file, (*said.path, *said.text.path(lang)), start=match.start(), end=match.end()
                )
                message = f"“{match[0]}” stands neither in the quotes nor in their sentences"
                hint = "quote the passage that has it, or leave it out"
                yield Diagnostic("number-not-in-evidence", message, place, hint)


def _names(item: Examination, said: _Said, evidence: _Context) -> Iterator[Diagnostic]:
    for lang in LANGS[:1] if said.text.is_plain else LANGS:
        for ref in references(said.text.get(lang) or ""):
            target = item.corpus.entries.get(ref.id)
            if target is None or target.id == item.entry.id:
                continue
            names = [naming.text for naming in target.kind.names(target.data) if naming.is_proper]
            if not names or _is_named(names, ref.label, evidence.quotes):
                continue
            if not _is_missing(item.corpus, target.id, names, ref.label, evidence):
                continue
            place = Place(item.entry.file, (*said.path, *said.text.path(lang)), start=ref.start, end=ref.end)
            message = f"“{names[0]}” is named neither in the quotes nor in their sentences"
            yield Diagnostic("name-not-in-evidence", message, place, "quote the passage that names it, or leave it out")


def _is_missing(corpus: Corpus, target: str, names: list[str], label: str | None, evidence: _Context) -> bool:
    """Tell whether the sentences do not name it either.

    What no source names at all has a name of our own: that a quote does not have it proves nothing.
    """
    if target in _origins(corpus, evidence.pieces) or _is_named(names, label, evidence.sentences.casefold()):
        return False
    return any(_is_named(names, None, text) for text in _whole_texts(corpus))


@lru_cache(maxsize=1)
def _whole_texts(corpus: Corpus) -> tuple[str, ...]:
    return tuple(text.normal.casefold() for text in corpus.texts.values())


def _is_named(names: Iterable[str], label: str | None, context: str) -> bool:
    """Tell whether the context has one of the names, or the last word of one: sources often give surnames only."""
    candidates = {name.casefold() for name in names}
    if any(len(name) > 1 and name in context for name in candidates):
        return True
    candidates |= {name.split()[-1] for name in candidates} | ({label.casefold()} if label else set())
    return any(re.search(rf"(?<!\w){re.escape(name)}", context) for name in candidates)


def _origins(corpus: Corpus, evidence: Iterable[Evidence]) -> set[str]:
    """Return whom the evidence itself names as its origin: a source may be spoken of by its id."""
    origins: set[str] = set()
    for piece in evidence:
        source = corpus.entries.get(piece.source)
        origins |= {piece.source, *piece.via, *(source.kind.origins(source.data) if source else ())}
    return origins


def _dates(*records: Record) -> Iterator[str]:
    for record in records:
        for name in getattr(record, "__dataclass_fields__", ()):
            value = getattr(record, name)
            if isinstance(value, EdtfDate):
                yield value.text.replace("-", " ").replace("/", " ")


def _blank(match: re.Match[str]) -> str:
    """Blank out an id or an address, but not a label, and keep every position."""
    label = match[1]
    return (
        " " * len(match[0])
        if label is None
        else f"{' ' * (match.start(1) - match.start())}{label}{' ' * (match.end() - match.end(1))}"
    )


def _digits(text: str) -> set[str]:
    return {_bare(number) for number in _DIGITS.findall(text)}


def _bare(number: str) -> str:
    """Return the digits alone: a decimal comma and a decimal point are the same number, and 05 is 5."""
    return number.replace(",", "").replace(".", "").lstrip("0")
