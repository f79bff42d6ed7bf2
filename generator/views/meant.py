"""Where in a source text the likely readings stand, in place of which printed words.

In: a text, and the passages that remarks are about. Out: stretches of the text, in order, none of which
overlaps another. What a template and a script need of them stands on the marks of the words themselves.
"""

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from generator.corpus import Passage
from generator.readings import Change, changes
from generator.text import SourceText

_NOTHING: Final = "–"


class Instead(NamedTuple):
    """Code points `start` to `end` of one paragraph, what is likely meant instead, and by which note."""

    start: int
    end: int
    meant: str
    note: int


def instead(text: SourceText, remarks: Iterable[tuple[int, Passage]]) -> tuple[Instead, ...]:
    """Return what the readings of numbered remarks replace.

    Where readings are about the same words, the one on the longer passage stands in the text, the others in their notes
    only; so does the reading of a passage in several parts, and one that is not in the language of the text.
    """
    found: list[Instead] = []
    for note, passage in sorted(remarks, key=lambda remark: remark[1].start - remark[1].end):
        wanted = tuple(_of_note(text, note, passage))
        if all(one.end <= other.start or other.end <= one.start for one in wanted for other in found):
            found += wanted
    return tuple(sorted(found))


def _of_note(text: SourceText, note: int, passage: Passage) -> Iterator[Instead]:
    meant = passage.quote.meant and passage.quote.meant.get(text.lang)
    if not meant or len(passage.quote.quote) > 1:
        return
    printed = text.normal[passage.start : passage.end]
    for change in changes(printed, meant):
        for start, end, said in _by_paragraph(text, passage.start, change):
            yield Instead(start, end, said, note)


def _by_paragraph(text: SourceText, offset: int, change: Change) -> Iterator[tuple[int, int, str]]:
    """Yield the change paragraph by paragraph: what is meant stands in the one that has most of its words."""
    start, end = offset + change.start, offset + change.end
    among = text.paragraphs[text.paragraph_at(start) : text.paragraph_at(end - 1) + 1]
    parts = [(max(start, paragraph.start), min(end, paragraph.end)) for paragraph in among]
    kept = set(change.meant.split())
    best = max(parts, key=lambda part: (len(kept.intersection(text.normal[slice(*part)].split())), part[1] - part[0]))
    for part in parts:
        yield *part, change.meant if part == best else _NOTHING
