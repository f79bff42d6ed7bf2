"""Forms of verbs that no ending tells lead to what the pages say."""

import pytest

from generator.lang import LANGS
from generator.search import dictionary
from generator.search.dictionary import Dictionary
from generator.search.folding import fold, stem
from generator.search.query import is_common
from generator.search.verbs import ending_in_t, unlike_forms

PAGES = ("withdraws", "withdrawal", "mill", "verlassen", "abwerben", "abwerbung", "mühle", "ging", "miller")


def leading(word: str) -> tuple[str, ...]:
    return unlike_forms(PAGES, Dictionary()).get(stem(fold(word)), ())


@pytest.mark.slow
def test_a_strong_form_leads_to_the_verb_and_its_noun() -> None:
    assert leading("withdrew") == ("withdraws", "withdrawal")
    assert leading("verließ") == ("verlassen",)
    assert leading("abgeworbenen") == ("abwerben", "abwerbung")


@pytest.mark.slow
def test_what_endings_tell_is_left_out() -> None:
    assert leading("withdrawing") == leading("verlasse") == leading("mills") == leading("abwerbe") == ()


def test_what_an_index_cuts_too_short_is_told() -> None:
    found = unlike_forms(("sued", "sues", "süd"), Dictionary())
    assert found["sued"] == ("sues",)
    assert found["sue"] == found["suing"] == ("sued", "sues")
    assert "sud" not in found


@pytest.mark.slow
def test_common_words_lead_nowhere() -> None:
    assert is_common("ging")
    assert leading("gegangen") == ()


@pytest.mark.slow
def test_forms_do_not_depend_on_the_order_of_words() -> None:
    assert unlike_forms(PAGES[::-1], Dictionary()) == unlike_forms(PAGES, Dictionary())


def test_verbs_that_were_asked_for_once_need_no_dictionary(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = Dictionary()
    found = unlike_forms(PAGES, asked)
    monkeypatch.setattr(dictionary, "_dictionary", lambda _lang: pytest.fail("it was read again"))
    later = Dictionary(asked.known, asked.forms)
    assert unlike_forms(PAGES[1:], later).keys() <= found.keys()
    assert unlike_forms(PAGES, later) == found
    assert not later.is_larger


def test_where_there_are_no_words_no_dictionary_is_opened() -> None:
    asked = Dictionary()
    assert unlike_forms(("ein", "the"), asked) == {}
    assert not asked.is_larger
    assert all(asked.forms_of((), lang) == {} for lang in LANGS)


@pytest.mark.slow
def test_what_only_looks_like_a_form_of_a_verb_is_told_from_one() -> None:
    nouns = {"recht", "rechte", "rechten", "gericht", "sicht", "seiten", "wert", "projekte"}
    of_verbs_in_t = {"arbeitet", "leitete", "miete", "berichten"}
    others = {"klagte", "klagt", "macht", "machte", "gesagt", "angeklagte", "vertraute", "mühle", "rechen", "at"}
    assert ending_in_t(nouns | of_verbs_in_t | others, Dictionary()) == nouns | of_verbs_in_t
