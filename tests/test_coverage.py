"""What became of every sentence of a source."""

from dataclasses import replace

from generator.corpus import Passage
from generator.coverage import State, counts, cover
from generator.fields import Quote
from generator.text import SourceText
from tests.village import corpus

TEXT = SourceText.from_raw("Die Mühle steht. Der Bach fließt. Das Wehr bricht. Der Müller schläft.", "de")


def passage(words: str, use: str = "quoted") -> Passage:
    (start,) = TEXT.find(words)
    return Passage(
        "letter",
        start,
        start + len(words),
        use,
        "mill",
        ("evidence", 0),
        0,
        Quote(quote=(words,), prefix=None, suffix=None),
    )


def states(*passages: Passage) -> list[str]:
    return [covered.state.value for covered in cover(TEXT, passages)]


def test_a_sentence_is_as_good_as_its_best_use() -> None:
    found = states(passage("Bach", "set-aside"), passage("Bach fließt"), passage("Wehr", "annotated"))
    assert found == ["untouched", "quoted", "annotated", "untouched"]


def test_a_passage_touches_every_sentence_that_it_shares_a_letter_with() -> None:
    assert states(passage("steht. Der Bach fließt. D", "set-aside")) == ["set-aside"] * 3 + ["untouched"]
    assert states(passage("fließt. ", "annotated"))[2] == "untouched"
    wehr = passage("Das Wehr", "annotated")
    from_the_gap = replace(wehr, start=wehr.start - 1)
    assert states(from_the_gap) == ["untouched", "untouched", "annotated", "untouched"]


def test_a_text_without_sentences_has_no_states() -> None:
    assert cover(SourceText.from_raw("", "de"), ()) == ()


def test_every_state_is_counted() -> None:
    assert counts(corpus(), "chronicle") == {
        State.QUOTED: 4,
        State.ANNOTATED: 1,
        State.SET_ASIDE: 1,
        State.UNTOUCHED: 3,
    }
