"""Words under which a page is found, beside those that it has."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.lang import LANGS, Lang
from generator.search import dictionary, expand
from generator.search.compounds import Splitter
from generator.search.dictionary import Dictionary
from generator.search.quantities import quantities, tokens

NOUNS = {noun: noun for noun in ("Wasser", "Recht", "Mühle", "Wehr", "Bach", "Streit")}
SPLITTER = Splitter(NOUNS.get)


@pytest.mark.slow  # loads dictionaries
def test_a_title_is_found_by_parts_dictionary_forms_and_other_spellings() -> None:
    found = expand.strong("Klagen um das Wasserrecht am Mühlbach", "de", SPLITTER, Dictionary(), ["Mühlstreit"])
    assert set(found) >= {"Klage", "Wasser", "Recht", "Muehlbach", "Muhlbach", "Mühle", "Muehle", "Bach", "Mühlstreit"}
    assert len(set(found)) == len(found)
    assert set(expand.strong("Two lawsuits over mills", "en", SPLITTER, Dictionary())) == {"lawsuit", "mill"}


def test_a_text_is_found_by_parts_amounts_dates_and_what_else_its_terms_are_called() -> None:
    text = "Das Wasserrecht kostete im März 1921 etwa 3,5 Mio. Mark; das Wasserrecht am Bach."
    found = expand.weak(text, "de", SPLITTER, ["water law", "Wasser", "Bach"])
    assert found == ("Wasser", "Recht", "d192103", "n3500000", "n3p5", "Millionen", "million", "water law")


@pytest.mark.slow  # loads dictionaries
def test_a_word_that_was_looked_up_once_needs_no_dictionary(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = Dictionary()
    found = (asked.german("Klagen"), asked.german("Klagenx"), asked.english("lawsuits"))
    assert found == ("Klage", None, "lawsuit")
    assert asked.is_larger
    monkeypatch.setattr(dictionary, "_dictionary", lambda _lang: pytest.fail("it was looked up again"))
    monkeypatch.setattr(dictionary, "_english", lambda _word: pytest.fail("it was looked up again"))
    later = Dictionary(asked.known)
    assert (later.german("Klagen"), later.german("Klagenx"), later.english("lawsuits")) == found
    assert not later.is_larger


def test_english_words_are_not_split() -> None:
    assert expand.weak("the Wasserrecht of 1921", "en", SPLITTER) == ()


@pytest.mark.parametrize(
    ("word", "spellings"),
    [
        ("Mühle", ("Muehle", "Muhle")),
        ("Straße", ("Strasse",)),
        ("Café", ("Cafe",)),
        ("Ärger", ("Aerger", "Arger")),
        ("Bach", ()),
    ],
)
def test_words_are_transliterated(word: str, spellings: tuple[str, ...]) -> None:
    assert expand.transliterated(word) == spellings


TEXTS = st.lists(
    st.sampled_from(["Wasserrecht", "3 Mrd.", "März 1921", "Bach", "am", "$4.5m", "Mühle", "2. 5. 1921", "-", "9"]),
    max_size=9,
).map(" ".join)


@given(TEXTS, st.sampled_from(LANGS))
def test_no_word_comes_twice_or_stands_there_already(text: str, lang: Lang) -> None:
    found = expand.weak(text, lang, SPLITTER)
    assert len({word.casefold() for word in found}) == len(found)
    assert not {word.casefold() for word in found} & {word.strip(".").casefold() for word in text.split()}
    assert expand.weak(text, lang, SPLITTER) == found


AMOUNTS = st.tuples(st.integers(1, 999), st.integers(0, 99))
WRITTEN = (
    "{0},{1:02} Milliarden Dollar",
    "{0},{1:02} Mrd.",
    "{0},{1:02} Mrd. $",
    "{0}.{1:02} billion dollars",
    "${0}.{1:02}bn",
    "US$ {0}.{1:02} billion",
    "{0},{1:02}-Milliarden-Dollar",
)


@given(AMOUNTS)
def test_an_amount_is_the_same_however_it_is_written(amount: tuple[int, int]) -> None:
    assert len({tokens(written.format(*amount))[0] for written in WRITTEN}) == 1


MONTHS = [
    *(("Januar", "January", "Jan."), ("Februar", "February", "Feb"), ("März", "March", "Maerz")),
    *(("April", "April", "Apr."), ("Mai", "May", "mai"), ("Juni", "June", "Jun"), ("Juli", "July", "Jul")),
    *(("August", "August", "Aug"), ("September", "September", "Sept."), ("Oktober", "October", "Okt")),
    *(("November", "November", "nov"), ("Dezember", "December", "Dez.")),
]


@given(st.dates())
def test_a_day_is_the_same_however_it_is_written(day: object) -> None:
    year, month, number = (int(part) for part in str(day).split("-"))
    if not 1000 <= year < 2100:
        return
    german, english, short = MONTHS[month - 1]
    spellings = [
        str(day),
        f"{number}. {german} {year}",
        f"{number} {english} {year}",
        f"{english} {number}, {year}",
        f"{number}. {short} {year}",
        f"{number:02}.{month:02}.{year}",
        f"{number}.{month}.{year}",
    ]
    assert {tokens(text) for text in spellings} == {(f"d{year}{month:02}{number:02}", f"d{year}{month:02}")}
    for text in (f"{german} {year}", f"{english} {year}", f"{short} {year}", f"{year}-{month:02}", f"{month}/{year}"):
        assert tokens(text) == (f"d{year}{month:02}",)


@given(st.text(alphabet="0123456789.,$ MrdMio März-/bn'€", max_size=40))
def test_what_is_found_never_overlaps(text: str) -> None:
    found = quantities(text)
    assert all(0 <= one.start < one.end <= len(text) and one.tokens for one in found)
    assert all(one.end <= other.start for one, other in itertools.pairwise(found))


@given(
    st.lists(st.sampled_from(["März 1921", "5 May 1922", "1923", "2024-03", "wait for it"]), max_size=6),
    st.integers(0, 80),
)
def test_dates_are_found_however_far_apart(dates: list[str], distance: int) -> None:
    found = tokens((" … " + "x" * distance + " ").join(dates))
    assert found == tuple(dict.fromkeys(token for date in dates for token in tokens(date)))
