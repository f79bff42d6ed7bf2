"""A statement has evidence, and the evidence carries it: its numbers and names stand in the quotes or their sentences.

The quote may be real and still not say what the statement says; a number or a name that is missing is the surest sign.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache, cached_property, lru_cache
from typing import Final, NamedTuple

from generator.checks import Examination
from generator.corpus import Corpus
from generator.dates import EdtfDate
from generator.diagnostics import Diagnostic, Path, Place
from generator.fields import Evidence, Localized, ProseIn, Quote, Record
from generator.lang import LANGS
from generator.prose import EntryRef, references

_NUMBER: Final = re.compile(r"(?<![\w-])\d+(?:[.,]\d+)*")
_DIGITS: Final = re.compile(r"\d+(?:[.,]\d+)*")
# Each class stops at the sign that begins another target: however many begin, none is read twice.
_LINK_TARGET: Final = re.compile(
    r"\[\[[^\[\]|]*+(?:\|([^\[\]]*+))?\]\]|\]\([^()\[\]\s]*+(?:\([^()\[\]\s]*+\)[^()\[\]\s]*+)*+\)"
)


class _Said(NamedTuple):
    """A statement: where it stands, its text, and the record that it belongs to."""

    path: Path
    text: Localized
    owner: Record


class _Quotes:
    """The quotes of one entry that were found, worked out once for all its statements."""

    def __init__(self, item: Examination) -> None:
        self._item = item

    def are_found(self, evidence: tuple[Evidence, ...]) -> bool:
        """Tell whether every quote was found: of one that was not, nobody knows what its sentence says."""
        return self._are_all_found or all(self._paths[id(piece)] in self._found for piece in evidence)

    def sentences(self, evidence: tuple[Evidence, ...]) -> Iterator[str]:
        """Yield the sentences that the evidence stands in, each once."""
        seen: set[tuple[str, int, int]] = set()
        for piece in evidence:
            source, passages = self._found[self._paths[id(piece)]]
            text = self._item.corpus.texts[source]
            for start, end in passages:
                sentence = text.sentence_at(start, end)
                if (source, sentence.start, sentence.end) not in seen:
                    seen.add((source, sentence.start, sentence.end))
                    yield text.normal[sentence.start : sentence.end]

    @cached_property
    def _are_all_found(self) -> bool:
        return sum(leaf.marker is Quote for leaf in self._item.leaves) == len(self._item.resolved.quotes)

    @cached_property
    def _paths(self) -> dict[int, Path]:
        return {id(leaf.value): leaf.path for leaf in self._item.leaves if leaf.marker is Quote}

    @cached_property
    def _found(self) -> dict[Path, tuple[str, tuple[tuple[int, int], ...]]]:
        return {path: (source, passages) for source, path, passages in self._item.resolved.quotes}


class _Context:
    """What the evidence of a statement says: its quotes at once, their sentences only where that is not enough."""

    def __init__(self, pieces: tuple[Evidence, ...], quotes: _Quotes) -> None:
        self.pieces = pieces
        self._quotes = quotes

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
        """The sentences that the quotes stand in, folded for comparison."""
        return " ".join(self._quotes.sentences(self.pieces)).casefold()

    @cached_property
    def sentence_digits(self) -> set[str]:
        """The numbers of the sentences."""
        return _digits(self.sentences)


def check(item: Examination) -> Iterable[Diagnostic]:
    """Warn of statements without evidence, and of numbers and names that their evidence does not contain."""
    quotes = _Quotes(item)
    contexts: dict[int, _Context] = {}  # statements may share the evidence of their entry
    for leaf in item.leaves:
        if not isinstance(leaf.marker, ProseIn) or not leaf.marker.statement:
            continue
        place = Place(item.entry.file, leaf.path)
        evidence = _evidence_beside(leaf.owner, item)
        if not evidence:
            hint = "add evidence: with a source and a quote"
            yield Diagnostic("statement-without-evidence", "nothing supports this statement", place, hint)
        elif quotes.are_found(evidence):
            context = contexts.get(id(evidence))
            if context is None:
                context = contexts[id(evidence)] = _Context(evidence, quotes)
            said = _Said(leaf.path, leaf.value, leaf.owner)
            yield from _numbers(item, said, context)
            yield from _names(item, said, context)


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
            if number not in evidence.sentence_digits:
                place = Place(
                    item.entry.file, (*said.path, *said.text.path(lang)), start=match.start(), end=match.end()
                )
                message = f"“{match[0]}” stands neither in the quotes nor in their sentences"
                hint = "quote the passage that has it, or leave it out"
                yield Diagnostic("number-not-in-evidence", message, place, hint)


def _names(item: Examination, said: _Said, evidence: _Context) -> Iterator[Diagnostic]:
    missing: dict[tuple[str, str | None], str] = {}  # what was found of a link that stands in the text again
    for lang in LANGS[:1] if said.text.is_plain else LANGS:
        for ref in references(said.text.get(lang) or ""):
            if (ref.id, ref.label) not in missing:
                missing[ref.id, ref.label] = _missing(item, ref, evidence)
            name = missing[ref.id, ref.label]
            if name:
                path = (*said.path, *said.text.path(lang))
                place = Place(item.entry.file, path, start=ref.start, end=ref.end)
                message = f"“{name}” is named neither in the quotes nor in their sentences"
                hint = "quote the passage that names it, or leave it out"
                yield Diagnostic("name-not-in-evidence", message, place, hint)


def _missing(item: Examination, ref: EntryRef, evidence: _Context) -> str:
    """Return the name that the evidence should have for the reference, and has not."""
    target = item.corpus.entries.get(ref.id)
    if target is None or target.id == item.entry.id:
        return ""
    names = tuple(naming.text for naming in target.kind.names(target.data) if naming.is_proper)
    if not names or _is_named(names, ref.label, evidence.quotes):
        return ""
    return names[0] if _is_missing(item.corpus, target.id, names, ref.label, evidence) else ""


def _is_missing(corpus: Corpus, target: str, names: tuple[str, ...], label: str | None, evidence: _Context) -> bool:
    """Tell whether the sentences do not name it either.

    What no source names at all has a name of our own: that a quote does not have it proves nothing.
    """
    if target in _origins(corpus, evidence.pieces) or _is_named(names, label, evidence.sentences):
        return False
    return _named_anywhere(corpus)(names)


@lru_cache(maxsize=1)
def _named_anywhere(corpus: Corpus) -> Callable[[tuple[str, ...]], bool]:
    """Return what tells whether any source has one of the names; it reads the sources once for each entry."""
    texts = [text.normal.casefold() for text in corpus.texts.values()]
    return cache(lambda names: any(_is_named(names, None, text) for text in texts))


def _is_named(names: Iterable[str], label: str | None, context: str) -> bool:
    """Tell whether the context has one of the names, or the last word of one: sources often give surnames only."""
    candidates = {name.casefold() for name in names}
    if any(len(name) > 1 and name in context for name in candidates):
        return True
    candidates |= {name.split()[-1] for name in candidates} | ({label.casefold()} if label else set())
    return any(_begins_word(name, context) for name in candidates)


def _begins_word(name: str, context: str) -> bool:
    """Tell whether the name stands where no word is going on; in a tenth of the time of a regular expression."""
    at = context.find(name)
    while at > 0 and (context[at - 1].isalnum() or context[at - 1] == "_"):
        at = context.find(name, at + 1)
    return at >= 0


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
