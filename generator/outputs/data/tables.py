"""The dossier as tables for spreadsheets: one of all entries, one of all evidence.

In: the corpus. Out: CSV in UTF-8 with a byte-order mark, which spreadsheets ask for. Text comes from strangers, and a
cell that begins like a formula would be run by them: it is given an apostrophe in front.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from generator.corpus import Corpus, Passage
from generator.fields import Evidence
from generator.kind import Entry
from generator.lang import LANGS
from generator.numbering import evidence_of, numbers_of

# What a spreadsheet may take for the beginning of a formula, some after white space.
_FORMULA: Final = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_OMISSION: Final = " […] "


def entries_csv(corpus: Corpus) -> bytes:
    """Return a row for each entry."""
    head = ("id", "kind", "status", "title_de", "title_en", "date", "earliest", "latest", "evidence")
    return _csv(head, map(_entry, corpus.entries.values()))


def evidence_csv(corpus: Corpus) -> bytes:
    """Return a row for each piece of evidence of each entry."""
    head = ("entry", "kind", "title_de", "title_en", "number", "source", "paragraph", "quote")
    more = ("translation_de", "translation_en", "stance", "modality", "via", "note_de", "note_en")
    rows = (row for entry in corpus.entries.values() for row in _evidence(corpus, entry))
    return _csv((*head, *more), rows)


def _entry(entry: Entry) -> Sequence[str]:
    when = entry.kind.when(entry.data)
    dates = (when.text, when.earliest or "", when.latest or "") if when else ("", "", "")
    count = str(len(evidence_of(entry)))
    return (entry.id, entry.kind.name, entry.data.status, *_titles(entry), *dates, count)


def _evidence(corpus: Corpus, entry: Entry) -> Iterator[Sequence[str]]:
    first: dict[Evidence, Passage] = {}
    for passage in corpus.passages_of(entry.id):
        if passage.evidence is not None and passage.index == 0:
            first[passage.evidence] = passage
    for evidence, number in numbers_of(entry).items():
        place = first.get(evidence)
        paragraph = "" if place is None else str(corpus.texts[place.source].paragraph_at(place.start) + 1)
        translation, note = evidence.translation, evidence.note
        yield (
            *(entry.id, entry.kind.name, *_titles(entry), str(number), evidence.source, paragraph),
            _OMISSION.join(evidence.quote),
            *((translation.get(lang) or "" if translation else "") for lang in LANGS),
            *(evidence.stance, evidence.modality, " ".join(evidence.via)),
            *((note.get(lang) or "" if note else "") for lang in LANGS),
        )


def _titles(entry: Entry) -> tuple[str, ...]:
    return tuple(entry.title.get(lang) or "" for lang in LANGS)


def _csv(head: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    written = io.StringIO(newline="")
    table = csv.writer(written)
    table.writerow(head)
    table.writerows([_inert(cell) for cell in row] for row in rows)
    return written.getvalue().encode("utf-8-sig")


def _inert(cell: str) -> str:
    """Return a cell that no spreadsheet runs."""
    return f"'{cell}" if cell.lstrip().startswith(_FORMULA) or cell[:1] in {"\t", "\r", "\n"} else cell
