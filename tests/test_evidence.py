"""Quotes find their passages, and only their passages."""

import hashlib
import re
import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from generator.diagnostics import Place
from generator.evidence import MIN_CHARACTERS, MIN_WORDS, find_passages, retrace
from generator.fields import Quote
from generator.pipeline import examine_files
from generator.text import SourceText, normalize
from generator.walk import Leaf
from tests.village import CHRONICLE, changed, text_of, village

FILE = "entries/terms/fee.yaml"
RAW = text_of(CHRONICLE)
TEXT = SourceText.from_raw(RAW, "de")


def leaf(*passages: str, prefix: str | None = None, suffix: str | None = None) -> Leaf:
    quote = Quote(quote=passages, prefix=prefix, suffix=suffix)
    return Leaf(("evidence", 0), Quote, quote, quote, "chronicle")


def passages(*quote: str, prefix: str | None = None, suffix: str | None = None) -> list[str]:
    found, problems = find_passages(FILE, leaf(*quote, prefix=prefix, suffix=suffix), TEXT, CHRONICLE)
    assert not problems
    return [TEXT.normal[start:end] for start, end in found]


def problem(*quote: str, prefix: str | None = None) -> tuple[str, str]:
    found, (one,) = find_passages(FILE, leaf(*quote, prefix=prefix), TEXT, CHRONICLE)
    assert found == ()
    return one.code, one.hint


def test_a_quote_is_found_word_for_word() -> None:
    assert passages("die alte Mühle am Bach") == ["die alte Mühle am Bach"]


def test_white_space_and_the_form_of_an_umlaut_do_not_matter() -> None:
    assert passages("  die alte\n Mühle\tam Bach ") == ["die alte Mühle am Bach"]
    assert passages(unicodedata.normalize("NFD", "die alte Mühle am Bach")) == ["die alte Mühle am Bach"]


@pytest.mark.parametrize("quote", ["Die alte Mühle am Bach", "die alte Mühle am Bach.", "„die alte Mühle am Bach“"])
def test_nothing_else_is_forgiven(quote: str) -> None:
    code, hint = problem(quote)
    assert code == "quote-not-found"
    assert "the nearest passage is “" in hint


@pytest.mark.parametrize("dots", ["…", "[…]", "...", "[...]", "(…)", "(...)", "\n[…]\n"])
def test_who_leaves_words_out_is_told_how(dots: str) -> None:
    code, hint = problem(f"Im Jahr 1871 {dots} für 300 Taler")
    assert (code, "list the passages" in hint) == ("quote-not-found", True)
    assert "the nearest passage" in problem(f"Im Jahr 1872 kaufte die Müllerin{dots}")[1]


def test_an_omission_without_a_blank_before_it_is_one_too() -> None:
    assert "list the passages" in problem("Im Jahr 1871... für 300 Taler")[1]


def test_dots_of_the_source_itself_are_no_omission() -> None:
    text = SourceText.from_raw("Der Rat … tagt am Freitag wieder, wie es heißt.", "de")
    _, (one,) = find_passages(FILE, leaf("Der Rat … tagte am Freitag wieder"), text, CHRONICLE)
    assert "the source has “tagt” where the quote has “tagte”" in one.hint


def test_a_wrong_suffix_shows_what_stands_where_the_prefix_is_right() -> None:
    text = SourceText.from_raw("Ada sah den Bach am Wehr. Bo sah den Bach am Haus.", "de")
    _, (one,) = find_passages(FILE, leaf("sah den Bach", prefix="Bo", suffix="im Tal"), text, CHRONICLE)
    assert one.hint == "behind it stands “am Haus.…”"


def test_a_quote_unlike_anything_gets_no_passage() -> None:
    assert problem("0123456789 0123456789") == (
        "quote-not-found",
        "copy the passage from the source, letter by letter",
    )


def test_passages_follow_each_other() -> None:
    assert passages("Im Jahr 1871 kaufte", "für 300 Taler") == ["Im Jahr 1871 kaufte", "für 300 Taler"]
    assert problem("die alte Mühle am Bach", "Im Jahr 1871 kaufte")[0] == "quote-out-of-order"


def test_a_passage_must_be_the_only_one_after_the_one_before() -> None:
    assert passages("sieht, hört das Wasser. Wer", "hört das Wasser") == [
        "sieht, hört das Wasser. Wer",
        "hört das Wasser",
    ]
    assert problem("Bote des Tals nennt", "hört das Wasser")[0] == "quote-ambiguous"


def test_a_repeated_quote_needs_its_neighbours() -> None:
    twice = "Wer die Mühle sieht, hört das Wasser"
    code, hint = problem(twice)
    assert (code, "prefix" in hint) == ("quote-ambiguous", True)
    assert passages(twice, prefix="350 Talern.") == [twice]
    assert problem(twice, prefix="301 Talern.")[0] == "quote-not-found"


@pytest.mark.parametrize(
    ("prefix", "suffix", "key", "hint"),
    [
        ("301 Talern.", None, "prefix", "before it stands “…einen Preis von 350 Talern.”, “"),
        ("350 Talern.", "Wer nicht", "suffix", "behind it stands “"),
        (None, "Wer nicht", "suffix", "behind it stands “"),
    ],
)
def test_of_wrong_neighbours_it_is_said_what_stands_there(
    prefix: str | None, suffix: str | None, key: str, hint: str
) -> None:
    wrong = leaf("Wer die Mühle sieht, hört das Wasser", prefix=prefix, suffix=suffix)
    _, (one,) = find_passages(FILE, wrong, TEXT, CHRONICLE)
    assert (one.code, one.at) == ("quote-not-found", Place(FILE, ("evidence", 0, key)))
    assert one.message.startswith("the quote stands in its source, but these words do not stand ")
    assert one.hint.startswith(hint)


def test_a_passage_in_the_middle_has_no_neighbours_to_add() -> None:
    assert problem("Bote des Tals nennt", "hört das Wasser", "eine ganze Zeile")[1] == "make this passage longer"
    assert "suffix:" in problem("Bote des Tals nennt", "hört das Wasser")[1]


@pytest.mark.parametrize("quote", ["das Wehr", "Wasserrechtsgesetz", "a          b"])
def test_a_short_quote_proves_nothing(quote: str) -> None:
    assert problem(quote)[0] == "quote-too-short"


def test_the_place_of_a_fault_is_that_of_the_passage() -> None:
    _, (one,) = find_passages(FILE, leaf("die alte Mühle", "kein Wort davon"), TEXT, CHRONICLE)
    assert one.at == Place(FILE, ("evidence", 0, "quote", 1))
    _, (one,) = find_passages(FILE, leaf("kein Wort davon"), TEXT, CHRONICLE)
    assert one.at == Place(FILE, ("evidence", 0, "quote"))


def test_a_changed_source_tells_what_became_of_its_quotes() -> None:
    quotes = [(FILE, leaf("Im Jahr 1871 kaufte")), (FILE, leaf("Der Bote des Tals")), (FILE, leaf("ließ das Wehr"))]
    new = SourceText.from_raw(
        "Der Bote des Tals\n\n" + RAW.replace("Der Gemeinderat ließ", "Er ließ") + "ließ das Wehr", "de"
    )
    found = retrace(quotes, new, TEXT)
    assert (found.standing, found.several, found.lost, len(found.moved)) == (1, 2, 0, 1)
    assert (
        found.summary == "of its 3 quotes 1 stand (1 of them in another paragraph), 2 stand more than once, 0 are lost"
    )
    assert found.moved[0].message == "it stands in paragraph 3 now, and stood in 2"
    assert "paragraph" not in retrace(quotes, new, None).summary


def test_the_former_text_is_asked_for_only_after_a_change() -> None:
    def never(sha256: str) -> bytes:
        raise AssertionError(sha256)

    assert examine_files(village(), never).diagnostics == ()
    asked: list[str] = []

    def former(sha256: str) -> bytes | None:
        asked.append(sha256)
        return RAW.encode()

    files = village(changed(CHRONICLE, "Der Streit um die Mühle\n\n", "Der Streit um die Mühle\n\nNeues.\n\n"))
    (found,) = examine_files(files, former).diagnostics
    assert (found.code, asked) == ("source-changed", [hashlib.sha256(RAW.encode()).hexdigest()])
    assert "(11 of them in another paragraph)" in found.hint
    assert len(found.related) == 10


# --- whatever the passage -----------------------------------------------------------------------------------


@st.composite
def unique_passages(draw: st.DrawFn) -> str:
    """Any passage of the text that is long enough and stands in it once."""
    start = draw(st.integers(0, len(TEXT.normal) - MIN_CHARACTERS))
    end = draw(st.integers(start + MIN_CHARACTERS, len(TEXT.normal)))
    passage = TEXT.normal[start:end].strip()
    assume(len(passage) >= MIN_CHARACTERS and len(passage.split()) >= MIN_WORDS)
    assume(TEXT.normal.count(passage) == 1)
    return passage


@given(unique_passages(), st.text(" \n\t\u00a0", min_size=1, max_size=3))
def test_any_passage_is_found_after_a_change_of_white_space(passage: str, blank: str) -> None:
    assert passages(blank + passage.replace(" ", blank) + blank) == [passage]


@given(unique_passages(), st.data())
def test_no_passage_is_found_after_a_change_of_one_letter(passage: str, data: st.DataObject) -> None:
    at = data.draw(st.sampled_from([match.start() for match in re.finditer(r"\w", passage)]))
    letter = data.draw(st.characters(categories=["L", "N"]).filter(lambda one: one != passage[at]))
    wrong = passage[:at] + letter + passage[at + 1 :]
    assume(normalize(wrong) not in TEXT.normal)
    assert find_passages(FILE, leaf(wrong), TEXT, CHRONICLE)[0] == ()
