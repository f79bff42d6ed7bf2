"""A source text as its page shows it: paragraphs of marked passages, what rests on each, notes beside it.

In: the normal form of a text, its passages, the state of its sentences. Out: safe inline Markdown, paragraph by
paragraph. Where passages overlap the text is cut into segments, each of which knows what covers it.
"""
# ruff: noqa: S704 - only safe pieces are put together here

import json
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Final, NamedTuple

from markupsafe import Markup

from generator.corpus import Passage
from generator.coverage import Covered, State, cover
from generator.diagnostics import Path
from generator.kind import Kind
from generator.markdown import attribute, escape, safe
from generator.paragraphs import ParagraphKind
from generator.text import Paragraph, Range
from generator.views.context import Context
from generator.views.cut import excerpts, extent, living_passages, numbers_of_quotes, reached_paragraphs, stretches
from generator.views.entries import EntryView
from generator.views.meant import Instead, instead
from generator.views.records import RecordView, record_view
from generator.views.site import foreign, passage_anchor, statement_anchor
from generator.views.statements import statements
from generator.words import Label, label

_MARKED: Final = frozenset({"quoted", "annotated"})


class Rest(NamedTuple):
    """A passage by its number in the text, and by entry the statements that rest on it."""

    number: int
    anchor: str
    entries: tuple[Markup, ...]


class Remark(NamedTuple):
    """A note on a passage, by its number in the text, with the entry that holds it."""

    number: int
    entry: EntryView
    record: RecordView
    kind: Kind


class ParagraphView(NamedTuple):
    """A paragraph; `excerpts` are its quoted and annotated passages alone, empty where there are none.

    `figures` says what became of its sentences in words, `bar` sentence by sentence.
    """

    number: int
    kind: ParagraphKind
    text: Markup
    excerpts: Markup
    figures: str
    bar: Markup
    rests: tuple[Rest, ...]
    remarks: tuple[Remark, ...]


class SentenceView(NamedTuple):
    """A sentence and what became of it."""

    text: Markup
    state: Label
    paragraph: int


class TextView:
    """The text of a source on a page."""

    def __init__(self, page: Context, entry: EntryView) -> None:
        self._page = page
        self._entry = entry
        self._text = page.site.corpus.texts[entry.id]
        self._passages = living_passages(page.site.corpus, entry.id)
        self._numbers = numbers_of_quotes(self._passages)
        self._named: set[str] = set()
        self._notes: dict[tuple[str, Path], int] = {}
        for passage in self._passages:
            if passage.use == "annotated":
                self._notes.setdefault((passage.origin, passage.path), len(self._notes) + 1)

    @property
    def _is_open(self) -> bool:
        file = self._entry.kind.text(self._entry.data)
        return file is None or file.is_open

    @cached_property
    def _covered(self) -> tuple[Covered, ...]:
        known = self._page.site.covered
        if self._entry.id not in known:  # a source has pages of its own for its sentences
            known[self._entry.id] = cover(self._text, self._passages)
        return known[self._entry.id]

    @cached_property
    def _instead(self) -> tuple[Instead, ...]:
        annotated = (passage for passage in self._passages if passage.use == "annotated")
        return instead(self._text, ((self._notes[passage.origin, passage.path], passage) for passage in annotated))

    @property
    def tools(self) -> Markup:
        """Where the script puts its controls, with the words for them; `data-source` only where all words are there."""
        words = vars(self._entry.words.texts).items()
        said = {key.removeprefix("tool_"): text.unescape() for key, text in words if key.startswith("tool_")}
        source = f' data-source="{self._entry.id}" data-lang="{self._text.lang}"' if self._is_open else ""
        known = attribute(json.dumps(said, ensure_ascii=False))
        return safe(f'<div class="source-tools"{source} data-words="{known}"></div>')

    @property
    def figures(self) -> tuple[tuple[Label, int, int], ...]:
        """Each state, how many sentences are in it, and their share in per cent."""
        counted = Counter(covered.state for covered in self._covered)
        total = max(len(self._covered), 1)
        return tuple((self._state(state), counted[state], round(100 * counted[state] / total)) for state in State)

    @property
    def sentences(self) -> Iterator[SentenceView]:
        """Every sentence."""
        for covered in self._covered:
            words = escape(self._text.normal[covered.sentence.start : covered.sentence.end])
            number = self._text.paragraph_at(covered.sentence.start) + 1
            yield SentenceView(self._in_its_language(words), self._state(covered.state), number)

    @property
    def paragraphs(self) -> Iterator[ParagraphView]:
        """Every paragraph, in order."""
        return (self._paragraph(*reached) for reached in reached_paragraphs(self._text, self._passages))

    def _paragraph(
        self, number: int, paragraph: Paragraph, here: tuple[Passage, ...], beginning: tuple[Passage, ...]
    ) -> ParagraphView:
        segments = tuple(self._segments(paragraph, here))
        shown = Markup(excerpts(segments, _GAP))
        self._page.reads.update(f"entry:{passage.origin}" for passage in beginning if passage.use == "annotated")
        remarks = tuple(
            Remark(
                self._notes[passage.origin, passage.path],
                entry,
                record_view(self._page, entry.of, passage.quote, passage.path),
                entry.kind,
            )
            for passage in beginning
            if passage.use == "annotated" and passage.index == 0
            for entry in (self._page.entry(passage.origin),)
        )
        return ParagraphView(
            number,
            paragraph.kind,
            self._in_its_language(safe("".join(text for text, _ in segments))),
            self._in_its_language(shown) if shown else shown,
            *self._coverage_of(paragraph),
            tuple(self._rests(beginning)),
            remarks,
        )

    def _coverage_of(self, paragraph: Range) -> tuple[str, Markup]:
        """Return what became of the sentences: in words, and as a bar of pieces as long as the sentences are."""
        states = self._states_in(paragraph)
        counted = Counter(covered.state for covered in states)
        figures = ", ".join(f"{count} {self._state(state).unescape()}" for state in State if (count := counted[state]))
        pieces = (_piece(covered) for covered in states) if self._is_open else ()
        return figures, safe(f'<span class="cover">{"".join(pieces)}</span>')

    def _rests(self, beginning: tuple[Passage, ...]) -> Iterator[Rest]:
        found: dict[int, tuple[Passage, dict[str, dict[str, Passage]]]] = {}
        for passage in beginning:
            if passage.use != "quoted":
                continue
            _, entries = found.setdefault(self._numbers[extent(passage)], (passage, {}))
            entries.setdefault(passage.origin, {}).setdefault(statement_anchor(passage.path), passage)
        for number, (passage, entries) in sorted(found.items()):
            told = (statements(self._page, tuple(resting.values())) for resting in entries.values())
            yield Rest(number, passage_anchor(passage.quote, passage.index), tuple(told))

    def _segments(self, paragraph: Range, here: tuple[Passage, ...]) -> Iterator[tuple[str, bool]]:
        """Yield stretches that are covered by the same passages, each with whether one of them is shown in excerpts."""
        states, meant = self._states_in(paragraph), self._instead_in(paragraph)
        cuts = (cut for covered in states for cut in (covered.sentence.start, covered.sentence.end))
        for stretch in stretches(paragraph, here, cuts):
            start, end, covering = stretch
            state = next(
                (covered.state for covered in states if covered.sentence.start <= start < covered.sentence.end), None
            )
            shown = self._marked("".join(self._words(start, end, meant)), covering, state)
            names = "".join(self._name(passage) for passage in covering if passage.start == start)
            numbers = [self._numbers[place] for place in sorted(set(map(extent, stretch.ending)))]
            marks = "".join(f'<sup class="rest">[{number}](#u{number})</sup>' for number in numbers)
            yield f"{names}{shown}{marks}", any(passage.use in _MARKED for passage in covering)

    def _words(self, start: int, end: int, meant: Iterable[Instead]) -> Iterator[str]:
        """Yield the words of a stretch: in `<u>` those that others are meant for, with the first of them, which."""
        for one in meant:
            if one.start < end and one.end > start:
                first, last = max(one.start, start), min(one.end, end)
                said = f' data-by="{one.note}" data-meant="{attribute(one.meant)}"' if one.start == first else ""
                yield f"{escape(self._text.normal[start:first])}<u{said}>{escape(self._text.normal[first:last])}</u>"
                start = last
        yield escape(self._text.normal[start:end])

    def _marked(self, text: str, covering: tuple[Passage, ...], state: State | None) -> str:
        uses = _MARKED.intersection(passage.use for passage in covering)
        if uses and text.strip():
            return f"<mark{self._drawn(sorted(uses), covering)}>{text}</mark>"
        if uses:
            return text
        if state is State.SET_ASIDE and any(passage.use == "set-aside" for passage in covering):
            return f'<span class="set-aside">{text}</span>'
        return f'<span class="untouched">{text}</span>' if state is State.UNTOUCHED and text.strip() else text

    def _drawn(self, classes: list[str], covering: tuple[Passage, ...]) -> str:
        """Return how a stretch is marked: by what, how many quotes share it, which notes are about it."""
        shared = len({extent(passage) for passage in covering if passage.use == "quoted"})
        if shared > 1:
            classes.append(f"x{min(shared, 3)}")
        notes = [passage for passage in covering if passage.use == "annotated"]
        classes += sorted({f"sort-{passage.quote.sort}" for passage in notes if passage.quote.sort})
        numbers = sorted({self._notes[passage.origin, passage.path] for passage in notes})
        about = f' data-notes="{" ".join(map(str, numbers))}"' if numbers else ""
        return f' class="{" ".join(classes)}"{about}'

    def _states_in(self, paragraph: Range) -> tuple[Covered, ...]:
        covered = self._covered
        first = bisect_left(covered, paragraph.start, key=lambda item: item.sentence.start)
        after = bisect_left(covered, paragraph.end, key=lambda item: item.sentence.start)
        return covered[first:after]

    def _instead_in(self, paragraph: Range) -> tuple[Instead, ...]:
        first = bisect_left(self._instead, paragraph.start, key=lambda one: one.start)
        after = bisect_left(self._instead, paragraph.end, key=lambda one: one.start)
        return self._instead[first:after]

    def _name(self, passage: Passage) -> str:
        anchor = passage_anchor(passage.quote, passage.index)
        if anchor in self._named:
            return ""
        self._named.add(anchor)
        return f'<span id="{anchor}"></span>'

    def _state(self, state: State) -> Label:
        return label(self._entry.kind.name, "use", state.value, self._page.lang)

    def _in_its_language(self, text: Markup) -> Markup:
        return text if self._text.lang == self._page.lang else foreign(text, self._text.lang)


def _piece(covered: Covered) -> str:
    length = covered.sentence.end - covered.sentence.start
    return f'<i class="{covered.state} w{min(1 + length // 40, 9)}" data-n="{length}"></i>'


_GAP: Final = f" {escape('[…]')} "
