"""Mentions: names and terms in running text, inflected, whole words, leftmost and longest."""

import pickle
import unicodedata
from collections import defaultdict
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from simplemma.strategies.dictionaries import DefaultDictionaryFactory

from generator.lang import LANGS, Lang
from generator.mentions import Mention, Mentions, Name
from generator.wordforms import MAX_INFLECTED, forms, stems


def proper(text: str, lang: Lang | None = None) -> Name:
    return Name(text, text.lower().replace(" ", "-"), lang, is_proper=True)


def term(text: str, lang: Lang | None = None, entry_id: str = "") -> Name:
    return Name(text, entry_id or text.lower().replace(" ", "-"), lang, is_proper=False)


def found(text: str, *names: Name, lang: Lang = "de") -> list[str]:
    return [text[mention.start : mention.end] for mention in Mentions.build(names, lang).find(text)]


def test_a_mention_tells_where_and_whom() -> None:
    mentions = Mentions.build([proper("Anton Krähwinkel"), proper("Krähwinkel"), term("Wehr")], "de")
    assert mentions.find("Anton Krähwinkels Wehr war hoch, sagt Krähwinkel.") == (
        Mention(0, 17, "anton-krähwinkel"),
        Mention(18, 22, "wehr"),
        Mention(38, 48, "krähwinkel"),
    )
    assert mentions.find("Es regnet.") == mentions.find("") == ()
    assert Mentions.build([], "de").find("Wehr") == ()


def test_whole_words_and_the_parts_of_hyphened_ones() -> None:
    assert found("Bachmühle, Mühlbach, Bach-Streit, _Bach, Bach2, Bach", term("Bach")) == ["Bach", "Bach"]
    assert found("Ober-Bach und Bach-Streit", term("Bach")) == ["Bach"]
    assert found("der Resi-Anton-Streit, Anti‑Anton", proper("Resi"), proper("Anton")) == ["Resi", "Anton", "Anton"]
    assert found("Der -Bach und (Bach)", term("Bach")) == ["Bach", "Bach"]
    assert found("Ba\u0303ch Bach\u0303", term("Bach")) == []
    assert found("Mühle+ steht, Mühle+", proper("Mühle+")) == ["Mühle+", "Mühle+"]
    assert found("das x.mühle.test", proper(".mühle")) == [".mühle"]


def test_leftmost_then_longest_and_no_overlaps() -> None:
    names = (proper("Rote Mühle"), proper("Mühle Bach"), proper("Bach"), term("Mühle"))
    assert found("Rote Mühle Bach", *names) == ["Rote Mühle", "Bach"]
    assert found("Rotes Mühle", *names) == ["Rotes Mühle"]
    assert found("Mühle Bachs Bächlein", *names) == ["Mühle Bachs"]


def test_white_space_hyphens_and_apostrophes_are_one() -> None:
    name = proper("Resi O'Dorn-Bach")
    assert found("Resi\nO’Dorn‑Bach, Resi\u00a0O'Dorn-Bachs", name) == ["Resi\nO’Dorn‑Bach", "Resi\u00a0O'Dorn-Bachs"]
    decomposed = unicodedata.normalize("NFD", "Mühle")
    assert found("Die Mühle", term(f" {decomposed} ")) == ["Mühle"]


def test_a_name_of_two_entries_is_ambiguous_and_names_neither() -> None:
    names = [
        Name("Krähwinkel", "anton", None, is_proper=True),
        Name("Krähwinkel", "village", "de", is_proper=True),
        proper("Anton Krähwinkel"),
        proper("Winkel"),
    ]
    mentions = Mentions.build(names, "de")
    assert dict(mentions.ambiguous) == {"Krähwinkel": ("anton", "village")}
    assert [mention.entry_id for mention in mentions.find("Krähwinkels Bach, Anton Krähwinkel")] == ["anton-krähwinkel"]
    assert Mentions.build(names, "en").find("Krähwinkel")[0].entry_id == "anton"


def test_a_shared_spelling_takes_its_place_from_shorter_ones() -> None:
    shared = (Name("Alter Bach", "one", None, is_proper=True), Name("Alter Bach", "two", None, is_proper=True))
    assert found("Der Alte Bach", *shared, term("Bach")) == []


def test_a_given_spelling_wins_over_a_form_of_another() -> None:
    mentions = Mentions.build([term("Mühle"), term("Mühlen")], "de")
    assert [mention.entry_id for mention in mentions.find("Mühle Mühlen")] == ["mühle", "mühlen"]
    assert not mentions.ambiguous


def test_forms_that_coincide_name_nobody() -> None:
    mentions = Mentions.build([term("Bank", entry_id="bench"), term("Banke", entry_id="shelf")], "de")
    assert [mention.entry_id for mention in mentions.find("Bank Banken Banke")] == ["bench", "shelf"]


def test_the_same_entry_may_give_a_spelling_twice() -> None:
    names = [proper("Resi"), Name("Resi", "resi", "de", is_proper=False), Name("", "x", None, is_proper=True)]
    assert Mentions.build(names, "de").find("Resis Bach") == (Mention(0, 5, "resi"),)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Anton Dorn", "Anton Dorns"),
        ("Marx", "Marx'"),
        ("Marx", "Marx’"),
        ("Gericht", "Gerichtes"),
        ("Dorn AG", "Dorn AGs"),
        ("Dorn", "Dorn's"),
        ("Oberes Amt", "Oberen Amtes"),
        ("Verband der Müller", "Verbands der Müller"),
        ("Otto von Dorn", "Otto von Dorns"),
        ("AG", "AGs"),
    ],
)
def test_german_names(name: str, text: str) -> None:
    assert found(f"Die Sache {text} ruht.", proper(name)) == [text]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Klage", "Klagen"),
        ("Bach", "Bäche"),
        ("Bach", "Bächen"),
        ("Bach", "Baches"),
        ("Mühlgraben", "Mühlgräben"),
        ("Vater", "Vätern"),
        ("Wasserrad", "Wasserräder"),
        ("Wasserrecht", "Wasserrechte"),
        ("Ölfass", "Ölfässern"),
        ("Saal", "Säle"),
        ("Verfügung", "Verfügungen"),
        ("Hindernis", "Hindernissen"),
        ("Müllerin", "Müllerinnen"),
        ("Datum", "Daten"),
        ("Konto", "Konten"),
        ("Firma", "Firmen"),
        ("Zyklus", "Zyklen"),
        ("Prinzip", "Prinzipien"),
        ("Gutsherr", "Gutsherrn"),
        ("Name", "Namens"),
        ("Beklagte", "Beklagter"),
        ("Beklagter", "Beklagten"),
        ("Partei", "Parteien"),
        ("Mühlenstreit", "Mühlenstreits"),
        ("KI-Mühle", "KI-Mühlen"),
        ("SLA", "SLAs"),
        ("E", "E"),
        ("gemeinnützig", "gemeinnützigen"),
        ("gemeinnützige", "Gemeinnütziger"),
        ("einstweilige Verfügung", "einstweiligen Verfügungen"),
        ("Einstweilige Verfügung", "einstweilige Verfügung"),
        ("einstweilige Verfügung", "Einstweilige Verfügung"),
        ("wasserwidriges Verhalten", "Wasserwidrigem Verhalten"),
        ("Genossenschaft mit beschränkter Haftung", "Genossenschaften mit beschränkter Haftung"),
        ("Anstalt öffentlichen Rechts", "Anstalten öffentlichen Rechts"),
    ],
)
def test_german_terms(name: str, text: str) -> None:
    assert found(f"Und {text}: so war es.", term(name)) == [text]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Kauf", "Käufer"),
        ("Pacht", "Pächter"),
        ("Klage", "klagen"),
        ("Klage", "Kläger"),
        ("Miete", "Mieter"),
        ("Betragen", "Beträgen"),
        ("Mühle", "Mühlsteine"),
        ("SLA", "sla"),
        ("E", "Es"),
    ],
)
def test_other_german_words_are_no_forms(name: str, text: str) -> None:
    assert found(f"Und {text}: so war es.", term(name)) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (term("injunction"), "Injunctions"),
        (term("Injunction"), "injunction"),
        (term("company"), "companies"),
        (term("crisis"), "crises"),
        (term("breach"), "Breaches"),
        (term("knife"), "knives"),
        (term("shelf"), "shelves"),
        (term("foreman"), "foremen"),
        (term("child"), "children's"),
        (term("breach of contract"), "Breaches of Contract"),
        (term("Public Benefit Corporation"), "public benefit corporation"),
        (term("AGI clause"), "AGI Clauses"),
        (term("SLA"), "SLAs"),
        (proper("Anton Dorn"), "Anton Dorn’s"),
        (proper("Marx"), "Marx's"),
        (proper("Dorn"), "Dorns"),
    ],
)
def test_english_names_and_terms(name: Name, text: str) -> None:
    assert found(f"So {text} it was.", name, lang="en") == [text]


def test_english_names_keep_their_capitals() -> None:
    assert found("dorn, DORN, Human", proper("Dorn"), term("hu"), lang="en") == []


def test_a_closing_quotation_mark_is_no_genitive() -> None:
    name = proper("Marx")
    assert found("Er las ‘den alten Marx’ gern.", name) == ["Marx"]
    assert found("Er las 'den Marx' gern.", name) == ["Marx"]
    assert found("'Marx' stand da.", name) == ["Marx"]
    assert found("Das ‘alte’ Haus war Marx’ Haus.", name) == ["Marx’"]


def test_only_the_names_of_the_language_count() -> None:
    names = [term("Wehr", "de"), term("weir", "en"), proper("Dorn")]
    assert found("Wehr weir Dorn", *names) == ["Wehr", "Dorn"]
    assert found("Wehr weir Dorn", *names, lang="en") == ["weir", "Dorn"]


def test_it_travels_between_processes_by_its_names() -> None:
    mentions = Mentions.build([proper("Resi"), term("Bach", "en"), term("Wehr", "de")], "de")
    again = pickle.loads(pickle.dumps(mentions))  # noqa: S301 - our own bytes
    assert again.find("Resis Wehr") == mentions.find("Resis Wehr") != ()
    assert again.names == mentions.names


def test_a_name_too_long_to_be_honest_stands_for_itself() -> None:
    name = "Mühle " * (MAX_INFLECTED // 6) + "Bach"
    assert forms(name, "de", is_proper=True) == stems(name, "de", is_proper=True) == {name}
    assert found(f"{name}s", proper(name)) == []
    assert found(name, proper(name)) == [name]


PARTS = st.sampled_from(
    [
        "Alter",
        "alte",
        "Bach",
        "Wehr",
        "Mühle",
        "Resi",
        "SLA",
        "a",
        "E",
        "der",
        "of",
        "Datum",
        "Mühl-Bach",
        "Vater",
        "’",
        "C2",
    ]
)
TEXTS = st.lists(PARTS, min_size=1, max_size=3).map(" ".join)
NAMES = st.lists(
    st.builds(
        Name, TEXTS, st.sampled_from(["one", "two", "three"]), st.sampled_from(["de", "en", None]), st.booleans()
    ),
    max_size=6,
)
RUNNING = st.lists(
    st.one_of(PARTS, st.sampled_from(["s", "es", "n", "'s", "-", ",", "’", "‘", "Bäche", "Mühlen"])), max_size=12
)


@given(NAMES, st.sampled_from(LANGS), RUNNING, st.sampled_from(["", " "]))
def test_every_mention_is_a_form_of_its_entry_and_a_whole_word(
    names: list[Name], lang: Lang, words: list[str], space: str
) -> None:
    text = space.join(words)
    spelled: defaultdict[str, set[str]] = defaultdict(set)
    for name in names:
        for is_proper in (True, False):
            spelled[name.entry_id] |= forms(name.text, lang, is_proper=is_proper)
    mentions = Mentions.build(names, lang)
    after = 0
    for start, end, entry_id in mentions.find(text):
        surface = text[start:end].replace("’", "'")
        assert surface in spelled[entry_id]
        assert surface not in mentions.ambiguous
        assert after <= start < end
        after = end
        assert not (start and text[start].isalnum() and text[start - 1].isalnum())
        assert not (end < len(text) and text[end - 1].isalnum() and text[end].isalnum())


def test_a_name_of_signs_alone_is_never_mentioned() -> None:
    assert not Mentions.build([Name("’", "one", "de", False)], "de").find("'s ist nicht ’ und nicht '")


@given(NAMES, st.sampled_from(LANGS), RUNNING, st.randoms())
def test_the_order_of_names_changes_nothing(names: list[Name], lang: Lang, words: list[str], random: Random) -> None:
    shuffled = random.sample(names, len(names))
    text = " ".join(words)
    assert Mentions.build(names, lang).find(text) == Mentions.build(shuffled, lang).find(text)


@given(TEXTS | st.text(max_size=30), st.sampled_from(LANGS), st.booleans())
def test_each_form_begins_with_a_stem(text: str, lang: Lang, is_proper: bool) -> None:  # noqa: FBT001
    begun = tuple(stems(text, lang, is_proper=is_proper))
    assert all(form.startswith(begun) for form in forms(text, lang, is_proper=is_proper))
    assert " ".join(text.replace("’", "'").split()) in forms(text, lang, is_proper=is_proper)


@pytest.mark.slow
def test_the_rules_agree_with_the_dictionary() -> None:
    """Of many nouns that the dictionary declines, nearly all forms are ours, and few of ours are another word's."""
    lemmas = DefaultDictionaryFactory().get_dictionary("de")
    declined = defaultdict(set)
    for form in lemmas:
        if form[0] in "MT" and form.istitle() and form.isalpha():
            lemma = lemmas[form]
            if lemma.istitle() and lemma.isalpha():
                declined[lemma].add(form)
    nouns = [noun for noun in sorted(declined) if len(declined[noun]) > 1][::8]
    ours = {noun: forms(noun, "de", is_proper=False) for noun in nouns}
    known = sum(len(declined[noun]) for noun in nouns)
    hit = sum(len(declined[noun] & ours[noun]) for noun in nouns)
    foreign = sum(lemmas.get(form, noun) != noun for noun in nouns for form in ours[noun] - {noun})
    assert len(nouns) > 2000
    assert hit / known > 0.98
    assert foreign / len(nouns) < 0.02
