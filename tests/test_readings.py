"""What a likely reading changes, and where in a source it stands in place of which printed words."""

import json
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.corpus import Corpus
from generator.readings import changes
from generator.views.meant import instead
from tests.stories import corpus_of

WORDS = st.lists(st.sampled_from(["the", "mill", "a", "brook", "dry", "old"]), min_size=1, max_size=12).map(" ".join)
TEXT = "Share\n\nThe mill stands by the brock. The brock is dry now.\n\nNobody grind flour there any more."


@pytest.mark.parametrize(
    ("printed", "meant", "shown"),
    [
        ("for its hosting needs", "for its hosting needs", "for its hosting needs"),
        ("once thought inseparable", "once thought indissoluble", "once thought [indissoluble]"),
        ("a real declaration", "amounts to a real declaration", "[amounts to a] real declaration"),
        ("a real declaration", "a real declaration of will", "a real [declaration of will]"),
        ("in the the mill", "in the mill", "in [the] mill"),
        ("Share The mill", "The mill", "[The] mill"),
        ("it was a red house", "it is a blue house", "it [is a blue] house"),
        ("it was not a red house", "it is not a blue house", "it [is] not a [blue] house"),
        ("all of it", "nothing left here", "[nothing left here]"),
    ],
)
def test_only_the_words_that_differ_are_replaced(printed: str, meant: str, shown: str) -> None:
    assert applied(printed, changes(printed, meant)) == shown


def applied(text: str, found: Sequence[tuple[int, int, str]]) -> str:
    for start, end, meant in reversed(found):
        text = f"{text[:start]}[{meant}]{text[end:]}"
    return text


@given(WORDS, WORDS)
def test_the_changes_make_the_printed_words_those_that_are_meant(printed: str, meant: str) -> None:
    found = changes(printed, meant)
    assert applied(printed, found).replace("[", "").replace("]", "") == meant
    assert all(one.start < one.end and one.meant for one in found)
    assert all(one.end < other.start for one, other in pairwise(found))


def test_a_reading_without_words_changes_nothing() -> None:
    assert changes("the mill", " ") == ()
    assert changes("", "the mill") == ()


def corpus(*notes: tuple[Any, Any]) -> Corpus:
    made = [
        {"id": f"n{at}", "quote": quote, "type": "garbled", "note": "Odd.", "reading": reading}
        for at, (quote, reading) in enumerate(notes)
    ]
    source = f"{{file: seeds/mill.txt, sha256: {'0' * 64}, title: Mill, short: Mill, language: en, published: 1921}}"
    return corpus_of(
        {"sources__mill": source[:-1] + ", description: A text.}",
         "annotations__mill_annotations": json.dumps({"source": "mill", "notes": made})},
        {"seeds/mill.txt": TEXT},
    )  # fmt: skip


def likely(*notes: tuple[Any, Any]) -> list[str]:
    """Give the paragraphs of the text as they are likely meant."""
    made = corpus(*notes)
    text = made.texts["mill"]
    found = instead(text, ((passage.path[1], passage) for passage in made.passages["mill"]))  # type: ignore[misc]
    return [
        applied(
            text.normal[paragraph.start : paragraph.end],
            [
                (one.start - paragraph.start, one.end - paragraph.start, one.meant)
                for one in found
                if paragraph.start <= one.start and one.end <= paragraph.end
            ],
        )
        for paragraph in text.paragraphs
    ]


def test_a_reading_stands_in_place_of_the_words_that_its_remark_quotes() -> None:
    assert likely(
        ("stands by the brock. The", "stands by the brook. The"), ("Nobody grind flour", "Nobody grinds flour")
    ) == [
        "Share",
        "The mill stands by the [brook.] The brock is dry now.",
        "Nobody [grinds] flour there any more.",
    ]


def test_of_two_readings_of_the_same_words_that_of_the_longer_passage_stands_in_the_text() -> None:
    notes = [("The brock is dry", "The brook is dry"), ("by the brock. The brock is", "by the brook. That brook is")]
    assert likely(*notes)[1] == likely(*reversed(notes))[1] == "The mill stands by the [brook. That brook] is dry now."


def test_readings_that_change_different_words_of_a_passage_stand_beside_each_other() -> None:
    notes = [("The brock is dry now", "The brook is dry now"), ("brock is dry now.", "brock was dry now.")]
    assert likely(*notes)[1].endswith("The [brook] [was] dry now.")


def test_a_reading_of_words_in_two_paragraphs_stands_where_most_of_them_are() -> None:
    assert likely(("Share The mill stands", "The mill stands"))[:2] == [
        "[–]",
        "[The] mill stands by the brock. The brock is dry now.",
    ]


def test_what_cannot_stand_in_the_text_is_left_to_the_note() -> None:
    printed = TEXT.split("\n\n")
    assert likely((["The mill stands", "brock is dry"], "The mill, the brook")) == printed
    assert likely(("The mill stands", {"de": "Die Mühle steht"})) == printed
