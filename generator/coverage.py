"""What became of every sentence of a source: quoted, annotated, set aside, or untouched.

In: a source text and its passages. Out: one state per sentence, in order. Knows no kind and no page.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Final, NamedTuple

from generator.corpus import Corpus, Passage
from generator.text import Range, SourceText


class State(StrEnum):
    """What became of a sentence; the first that holds, in this order."""

    QUOTED = "quoted"
    ANNOTATED = "annotated"
    SET_ASIDE = "set-aside"
    UNTOUCHED = "untouched"


_USED: Final = tuple(state for state in State if state is not State.UNTOUCHED)


class Covered(NamedTuple):
    """A sentence and its state."""

    sentence: Range
    state: State


def cover(text: SourceText, passages: Iterable[Passage]) -> tuple[Covered, ...]:
    """Return every sentence of the text with its state."""
    uses: list[set[str]] = [set() for _ in text.sentences]
    starts = [sentence.start for sentence in text.sentences]
    for passage in passages:
        for index in _touched(text.sentences, starts, passage):
            uses[index].add(passage.use)
    return tuple(Covered(sentence, _state(found)) for sentence, found in zip(text.sentences, uses, strict=True))


def counts(corpus: Corpus, source_id: str) -> dict[State, int]:
    """Return how many sentences of a source are in each state; every state is there."""
    covered = cover(corpus.texts[source_id], corpus.passages.get(source_id, ()))
    return {**dict.fromkeys(State, 0), **Counter(one.state for one in covered)}


def _touched(sentences: Sequence[Range], starts: Sequence[int], passage: Passage) -> Iterable[int]:
    index = max(bisect_right(starts, passage.start) - 1, 0)
    while index < len(sentences) and sentences[index].start < passage.end:
        if sentences[index].end > passage.start:
            yield index
        index += 1


def _state(uses: set[str]) -> State:
    return next((state for state in _USED if state in uses), State.UNTOUCHED)
