"""How much a dossier rests on, and how far it is: evidence, the sentences of its sources, entries that were reviewed.

In: the corpus. Out: a few numbers, for the home page.
"""

from typing import NamedTuple

from generator.corpus import Corpus
from generator.coverage import State, counts


class Figures(NamedTuple):
    """Pieces of evidence; sentences of all sources, and how many of them were used or set aside for a reason.

    Entries, and how many of them somebody has read against the sources.
    """

    evidence: int
    sentences: int
    accounted: int
    entries: int
    reviewed: int

    @property
    def share(self) -> int:
        """The share of the sentences that are accounted for, in per cent, never rounded up to all."""
        return 100 * self.accounted // self.sentences if self.sentences else 100


def figures_of(corpus: Corpus) -> Figures:
    """Return the figures of a dossier."""
    entries = corpus.entries
    found = {
        (passage.origin, passage.path)
        for passages in corpus.passages.values()
        for passage in passages
        if passage.evidence is not None and not entries[passage.origin].is_retired
    }
    sentences = untouched = 0
    for source in corpus.texts:
        if not entries[source].is_retired:
            states = counts(corpus, source)
            sentences += sum(states.values())
            untouched += states[State.UNTOUCHED]
    living = tuple(corpus.living())
    reviewed = sum(entry.data.status == "reviewed" for entry in living)
    return Figures(len(found), sentences, sentences - untouched, len(living), reviewed)
