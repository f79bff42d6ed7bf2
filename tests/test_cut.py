"""A text cut by its passages: against the plain way, which looks at every passage for every paragraph and letter."""

from hypothesis import given
from hypothesis import strategies as st

from generator.corpus import Passage
from generator.fields import Quote
from generator.text import SourceText
from generator.views.cut import excerpts, extent, numbers_of_quotes, reached_paragraphs, stretches

TEXT = SourceText.from_raw(
    "The mill\n\nThe miller left in May.\nHe came back in June, and he left once more.\nAll quiet.\n", "en"
)
QUOTE = Quote(quote=("The miller left",), prefix=None, suffix=None)
USES = st.sampled_from(("quoted", "annotated", "set-aside"))


@st.composite
def passages(draw: st.DrawFn) -> tuple[Passage, ...]:
    letters = [at for at, char in enumerate(TEXT.normal) if char != " "]  # no quote begins or ends with a blank
    ends = st.tuples(*[st.sampled_from(letters)] * 2).map(sorted)
    drawn = draw(st.lists(st.tuples(ends, USES), max_size=8))
    found = (Passage("text", start, end + 1, use, "origin", (), 0, QUOTE) for (start, end), use in drawn)
    return tuple(sorted(found, key=lambda passage: (passage.start, passage.end)))


@given(passages())
def test_a_paragraph_has_every_passage_that_reaches_into_it(found: tuple[Passage, ...]) -> None:
    reached = list(reached_paragraphs(TEXT, found))
    assert [paragraph for _, paragraph, _, _ in reached] == list(TEXT.paragraphs)
    for _, paragraph, here, _ in reached:
        assert list(here) == [item for item in found if item.start < paragraph.end and item.end > paragraph.start]
    assert [item for _, _, _, beginning in reached for item in beginning] == list(found)


@given(passages())
def test_every_letter_of_a_stretch_is_covered_by_the_same_passages(found: tuple[Passage, ...]) -> None:
    for _, paragraph, here, _ in reached_paragraphs(TEXT, found):
        pieces = list(stretches(paragraph, here))
        assert (
            "".join(TEXT.normal[start:end] for start, end, _ in pieces) == TEXT.normal[paragraph.start : paragraph.end]
        )
        for start, end, covering in pieces:
            for letter in range(start, end):
                assert list(covering) == [item for item in found if item.start <= letter < item.end]


@given(passages())
def test_places_are_numbered_in_the_order_of_the_text(found: tuple[Passage, ...]) -> None:
    numbers = numbers_of_quotes(found)
    assert list(numbers.values()) == list(range(1, len(numbers) + 1))
    ends = sorted(
        (item.end, item.start) for item in {extent(item): item for item in found if item.use == "quoted"}.values()
    )
    assert [place[::-1] for place in numbers] == ends


def test_words_between_excerpts_are_left_out_once() -> None:
    pieces = [("a", False), ("B", True), ("c", False), ("d", False), ("E", True), ("F", True), ("g", False)]
    assert excerpts(pieces, " … ") == "B … EF"
