"""What a browser is given: names, words and their shards."""

from hypothesis import given
from hypothesis import strategies as st

from generator.lang import LANGS, Lang
from generator.outputs.search.lists import make_lists
from generator.search import lexicon, names, shards
from generator.search.folding import fold, stem
from generator.search.typos import distance, mistakes
from generator.wordforms import forms

NAMES = st.sampled_from(
    [
        *("Mühle", "Wehr", "Wasserrecht", "Recht am Bach", "alte Mühle", "Zentrum", "Vertrag", "Kaktus", "Anwalt"),
        *(
            "weir",
            "mill company",
            "child",
            "leaf",
            "law of the mill",
            "Brook Mill",
            "GPC",
            "Ada Quill",
            "X",
            "Start-up",
        ),
    ]
)


@given(NAMES, st.sampled_from(LANGS), st.booleans())
def test_every_form_of_a_name_finds_its_entry(name: str, lang: Lang, is_proper: bool) -> None:  # noqa: FBT001
    rows = names.rows([names.NameOf("it", name, lang, is_proper=is_proper), names.NameOf("other", "sluice", lang)])
    for form in forms(name, lang, is_proper=is_proper):
        found = names.find(form, rows)
        assert found, form
        assert (found[0].entry_id, found[0].way in (names.EXACT, names.INFLECTED)) == ("it", True), form


def test_the_better_name_comes_first_then_the_one_that_is_spoken_of_more() -> None:
    rows = names.rows(
        [
            names.NameOf("wrong", "weir", "en", names.MISNOMER, weight=99),
            names.NameOf("alias", "weir", "en", names.NAME, weight=1),
            names.NameOf("often", "weir", "en", names.NAME, weight=7),
            names.NameOf("title", "weir", "en", names.TITLE),
            names.NameOf("nothing", "…", "en"),
        ]
    )
    assert [found.entry_id for found in names.find("weirs", rows)] == ["title", "often", "alias", "wrong"]
    assert names.find("…", rows) == ()


def test_names_that_were_spelled_before_are_not_spelled_again() -> None:
    given = [names.NameOf("it", "Wasserrecht", "de", weight=3), names.NameOf("it", "law of the mill", "en")]
    known: names.Spellings = {}
    first = names.rows(given, known)
    assert first == names.rows(given)
    known["Wasserrecht", "de", names.TITLE, False] = (("as remembered", names.TITLE),)
    again = names.rows([*given, names.NameOf("other", "weir", "en")], known)
    assert {key for key, *_ in again} - {key for key, *_ in first} == {"as remembered", "weir"}


def test_a_part_of_a_title_before_or_behind_a_colon_names_it_too() -> None:
    rows = names.rows([names.NameOf("quarrel", "Brook v. mill: who owns the water?", "en"), names.NameOf("x", "A: b")])
    assert [found.entry_id for found in names.find("brook v. mill", rows)] == ["quarrel"]
    assert [found.entry_id for found in names.find("Who owns the water", rows)] == ["quarrel"]
    assert names.find("a", rows) == ()


def test_the_last_word_of_a_name_finds_it_but_no_heading() -> None:
    rows = names.rows(
        [
            names.NameOf("council", "Grand Parish Council", "en"),
            names.NameOf("inn", "Inn of the Council", "en"),
            names.NameOf("alias", "Village Council", "en", names.NAME, weight=9),
            names.NameOf("meeting", "Mill asks council", "en", names.HEADING),
            names.NameOf("gauge", "Gauge 3", "en"),
        ]
    )
    assert [found.entry_id for found in names.find("the councils", rows)] == ["council", "alias"]
    assert {found.way for found in names.find("council", rows)} == {names.ENDED}
    assert names.find("Mill", rows) == names.find("3", rows) == names.find("coucnil", rows) == ()
    assert names.find("Mill asks council", rows)[0].way == names.EXACT


def test_other_names_of_a_thing_are_akin_but_no_proper_ones() -> None:
    named = [
        names.NameOf("bid", "Kaufangebot", "de", is_proper=True),
        names.NameOf("bid", "takeover bid", "en", is_proper=True),
        names.NameOf("bid", "Gebot", "de", names.NAME),
        names.NameOf("bid", "offering", "en", names.MISNOMER),
        names.NameOf("quill", "Ada Quill", None, is_proper=True),
        names.NameOf("quill", "Quill", None, names.NAME, is_proper=True),
    ]
    found = lexicon.kin(named, "de")
    assert found["gebot"] == ("Kaufangebot", "takeover bid")
    assert found["kaufangebot"] == ("takeover bid", "Gebot")
    assert found["offering"] == ("Kaufangebot", "takeover bid", "Gebot")
    assert set(found) == {"gebot", "kaufangebot", "offering"}


def test_what_stands_behind_a_proper_name_leads_to_what_is_called_so() -> None:
    named = [
        names.NameOf("miller", "Mahlmeister", "de", is_proper=True),
        names.NameOf("miller", "Brook-Müller", "de", names.NAME),
        names.NameOf("miller", "Wasser-Mann", "de", names.NAME),
        names.NameOf("brook", "Brook", None, is_proper=True),
    ]
    assert lexicon.kin(named, "de") == {"mahlmeister": ("Brook-Müller", "Wasser-Mann"), "müller": ("Mahlmeister",)}


@given(st.lists(st.text(alphabet="abc", max_size=4)), st.integers(1, 5))
def test_every_key_is_in_the_shard_where_it_is_looked_for(keys: list[str], most: int) -> None:
    held = shards.sharded([(key, key) for key in sorted(keys)], most)
    assert sorted(key for found in held.values() for key in found) == sorted(keys)
    assert all(key in held[shards.shard_of(key, held)] for key in keys)
    assert all(len(found) <= most or len(set(found)) == 1 for found in held.values())
    assert all(shards.shard_of(key, held) in shards.shards_near(key, held) for key in keys)


WORDS = st.text(alphabet="aeunrs", min_size=1, max_size=9)


@given(WORDS, WORDS)
def test_mistakes_do_not_depend_on_who_made_them(one: str, other: str) -> None:
    assert mistakes(one, other) == mistakes(other, one)
    assert (distance(one, other, 2) == 0) == (one == other)


@given(WORDS)
def test_folding_and_stems_are_final(word: str) -> None:
    assert stem(stem(word))  # never empty
    assert fold(word.upper()) == fold(word)


@given(st.lists(WORDS, min_size=1), st.lists(WORDS))
def test_known_words_stay_and_nothing_unknown_is_searched_for(pages: list[str], typed: list[str]) -> None:
    known = lexicon.lexicon([" ".join(pages)])
    found = lexicon.repair(typed, lexicon.Words(known))
    for word in found.words:
        assert any(stem(fold(one)) == stem(fold(word)) or fold(one).startswith(fold(word)) for one in known)
    assert not {word for word, _ in found.changed} & set(known)
    assert lexicon.repair(typed, lexicon.Words(known)) == found


def test_the_most_frequent_of_the_nearest_words_is_meant() -> None:
    known = lexicon.Words({"mühle": 2, "mühlen": 9, "mahle": 5, "kühle": 1})
    assert lexicon.repair(["Mühxe"], known).words == ("mühle",)
    assert lexicon.repair(["xühlen"], known).words == ("mühlen",)
    assert lexicon.repair(["xühle"], known).words == ()  # of a short word the first letter is seldom wrong


def test_initials_are_of_names_that_have_some() -> None:
    texts = [
        "Grand Parish Council",
        "Council of the Parish",
        "Die Wehr-Klausel",
        "water law",
        "Umbau des Wehrs am Bach",
    ]
    rows = names.rows(
        [names.NameOf(text, text, "en") for text in (*texts, "Gauge 3", "one", "five long words in all too")]
    )
    initials = {text for text, _, rank, _ in rows if rank == names.INITIALS}
    assert initials == {"gpc", "cp", "wk", "wl"}
    assert [found.entry_id for found in names.find("GPC", rows)] == ["Grand Parish Council"]
    assert names.find("gcp", rows) == names.find("gpcs", rows) == ()


def test_numbers_alone_are_no_words() -> None:
    assert lexicon.lexicon(["1921 gauge 4 gauge-4"]) == {"gauge": 1, "gauge4": 1}


def test_words_that_only_look_like_a_form_of_a_verb_are_marked() -> None:
    made = make_lists((), {}, ({"ging": ("gehen",)}, {"rechte"}), {}, {"rechte": 3, "rechen": 2})
    assert b'["rechen",2],["rechte",-3]' in made.files["words/0.js"]
    assert b'["ging",0,["gehen"]]' in made.files["words/0.js"]
