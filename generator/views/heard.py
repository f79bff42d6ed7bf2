"""Where the sources name the entries: the sentences, found over each source text once.

In: the corpus and a way to find names. Out: by entry, the sentences in the order of the texts.
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from generator.corpus import Corpus
from generator.lang import Lang
from generator.mentions import Mentions


class Heard(NamedTuple):
    """A sentence of a source that names an entry: code points of the normal form; `paragraph` counts from 1."""

    source: str
    start: int
    end: int
    paragraph: int


def heard(corpus: Corpus, mentions_in: Callable[[Lang], Mentions]) -> Mapping[str, tuple[Heard, ...]]:
    """Return the sentences by the id of the entry that they name."""
    found: dict[str, list[Heard]] = {}
    for source, text in corpus.texts.items():
        if corpus.entries[source].is_retired:
            continue
        last: dict[str, int] = {}
        for mention in mentions_in(text.lang).find(text.normal):
            if mention.start < last.get(mention.entry_id, 0):
                continue
            sentence = text.sentence_at(mention.start, mention.end)
            last[mention.entry_id] = sentence.end
            place = Heard(source, sentence.start, sentence.end, text.paragraph_at(sentence.start) + 1)
            found.setdefault(mention.entry_id, []).append(place)
    return {entry_id: tuple(places) for entry_id, places in found.items()}
