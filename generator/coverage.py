"""What became of every sentence of a source: quoted, annotated, set aside, or untouched.

In: a source text and its passages. Out: one state per sentence, in order. Knows no kind and no page.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from generator.corpus import Corpus, Passage
from generator.text import Range, SourceText


class State(StrEnum):
    """What became of a sentence; the first that holds, in this order."""

    QUOTED = "quoted"
    ANNOTATED = "annotated"
    SET_ASIDE = "set-aside"
    UNTOUCHED = "untouched"


@dataclass(frozen=True, slots=True)
class Covered:
    """A sentence and its state."""

    sentence: Range
    state: State


def cover(text: SourceText, passages: Iterable[Passage]) -> tuple[Covered, ...]:
    """Return every sentence of the text with its state."""
    uses: list[set[str]] = [set() for _ in text.sentences]
    for passage in passages:
        for index in _touched(text.sentences, passage):
            uses[index].add(passage.use)
    return tuple(Covered(sentence, _state(found)) for sentence, found in zip(text.sentences, uses, strict=True))


def counts(corpus: Corpus, source_id: str) -> dict[State, int]:
    """Return how many sentences of a source are in each state; every state is there."""
    found = dict.fromkeys(State, 0)
    for covered in cover(corpus.texts[source_id], corpus.passages.get(source_id, ())):
        found[covered.state] += 1
    return found


def _touched(sentences: Sequence[Range], passage: Passage) -> Iterable[int]:
    index = max(bisect_right(sentences, passage.start, key=lambda sentence: sentence.start) - 1, 0)
    while index < len(sentences) and sentences[index].start < passage.end:
        if sentences[index].end > passage.start:
            yield index
        index += 1


def _state(uses: set[str]) -> State:
    return next((state for state in State if state in uses), State.UNTOUCHED)
