"""Bytes become text; what is no text, or nobody sees, is told with its place."""

import pytest

from generator.diagnostics import MAX_TOLD, Span
from generator.encoding import without_hidden
from generator.yamltree import parse
from tests.village import CHRONICLE, changed, look, span, text_of, village

FILE = "seeds/letter.txt"
HIDDEN = "\0\x0b\x1b\x7f\x85\u200b\u200e\u202e\u2028\u2066\ufdd0\uffff\U0001fffe\U000e0041"


@pytest.mark.parametrize("character", HIDDEN)
def test_what_nobody_sees_is_told_with_its_place_in_a_source_as_in_an_entry(character: str) -> None:
    text, (found,) = without_hidden(FILE, f"Dear\r\nmiller,\rI{character}am\n")
    assert found.at == Span(FILE, 3, 2, 3, 3)
    assert text.split() in (["Dear", "miller,", "Iam"], ["Dear", "miller,", "I", "am"])
    (same,) = parse(f"a: b{character}\n", "entries/terms/a.yaml")[1]
    assert (same.code, same.message) == (found.code, found.message)


def test_what_is_seen_stays_as_it_is() -> None:
    text = "Der Müller\tschrieb:\r\n„Mühl\u00adbach“\u00a0– 👍🏽 e\u0301\n"
    assert without_hidden(FILE, text) == (text, ())


def test_a_run_is_told_once_and_no_more_places_than_are_told() -> None:
    assert [one.at for one in without_hidden(FILE, "a\n\u202e\u202eb\0")[1]] == [
        Span(FILE, 2, 1, 2, 3),
        Span(FILE, 2, 4, 2, 5),
    ]
    assert len(without_hidden(FILE, "\0 " * 5 * MAX_TOLD)[1]) == MAX_TOLD + 1


def test_a_dossier_with_such_a_source_is_refused_and_its_quotes_are_no_news() -> None:
    spoilt = changed(CHRONICLE, "Wasserrecht", "Wasser\u202erecht")
    found = look(village(spoilt)).diagnostics
    assert [(one.code, span(one).file) for one in found if one.code != "source-changed"] == [
        ("control-character", CHRONICLE)
    ]
    line = text_of(CHRONICLE).split("Wasserrecht")[0].count("\n") + 1
    assert next(span(one).line for one in found if one.code == "control-character") == line
