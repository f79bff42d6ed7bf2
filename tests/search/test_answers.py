"""What a result shows of its page answers what was asked, and only words that were asked for are marked."""

from collections.abc import Callable
from typing import Final, NamedTuple

import pytest
from playwright.sync_api import Browser

from generator.bundle import assets
from generator.lang import LANGS, Lang
from generator.searchable import search_of
from generator.stage import Stage
from tests.village import changed, corpus, village

pytestmark = [pytest.mark.slow, pytest.mark.browser]
SHELF: Final = """<!doctype html><html lang="{lang}"><meta charset="utf-8"><title>Shelf</title>
<script src="assets/search.js"></script></html>"""
ASK: Final = """async (text) => {
  const search = window.dossierSearch;
  const { results, asked } = await search.find(text);
  return Promise.all(results.map(async ({ id, places, isNamed }) => {
    const record = await search.record(id);
    const found = search.askedPlaces(record, [...new Set(places)].sort((one, other) => one - other), asked);
    const choice = search.passageOf(record, found, isNamed);
    const { from, to } = search.stretchOf(record.words, choice);
    const bare = (at) => search.bare(record.words[at]);
    const other = choice.other ? record.words.slice(choice.other.start, choice.other.end).join(" ") : "";
    return [record.url.split("/").at(-1), record.words.slice(from, to).join(" "), found.map(bare), other];
  }));
}"""
SUED: Final = """when: 1874
when_basis: stated
type: purchase
title: {de: Der Gemeinderat verklagt Anna Müller, en: The village council sues Anna Müller}
text: {de: Es geht um das Wehr., en: It is about the weir.}
actors: [{actor: anna-mueller, role: buyer}]
disputes: [mill-quarrel]
"""
SUMP: Final = """name: {de: Sumpf, en: sump}
category: law
definition: {de: Stehendes Wasser., en: Such deep water as the DeepMill has in summer; no investment investigates it.}
"""
FEUD: Final = """name: {de: Fehde, en: feud}
category: law
definition: {de: Ein Streit ohne Ende. Müller nennt die Müller-Fehde so., en: A quarrel without an end.}
forms: {de: [Müller-Fehde]}
"""
CHANGES: Final = {
    "entries/events/sued.yaml": SUED,
    "entries/terms/sump.yaml": SUMP,
    "entries/terms/feud.yaml": FEUD,
    **changed("entries/claims/price.yaml", "about: [mill-bought]", "about: [mill-bought, feud, water-right, sump]"),
}


class Shown(NamedTuple):
    """A result: the id of its entry, what is shown of it, the words that are marked, its other title where shown."""

    entry_id: str
    text: str
    marked: tuple[str, ...]
    other: str


Ask = Callable[[Lang, str], list[Shown]]


@pytest.fixture(scope="module")
def ask(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Ask:
    folder = tmp_path_factory.mktemp("village")
    stage = Stage(folder / "site")
    search_of(corpus(CHANGES), village(CHANGES), folder, lambda _message: None).add(stage)
    for lang in LANGS:
        stage.write(f"{lang}/index.html", SHELF.format(lang=lang).encode())
        stage.write(f"{lang}/assets/search.js", assets()["assets/search.js"])
    stage.publish()
    page = browser.new_page()

    def find(lang: Lang, text: str) -> list[Shown]:
        page.goto((folder / f"site/{lang}/index.html").as_uri())
        return [Shown(one[0], one[1], tuple(one[2]), one[3]) for one in page.evaluate(ASK, text)]

    return find


@pytest.mark.parametrize("query", ["sue", "sues", "sued", "suing", "Who sued?"])
def test_all_forms_of_a_short_verb_find_the_same_and_nothing_that_only_begins_so(ask: Ask, query: str) -> None:
    found = ask("en", query)
    assert found[0].entry_id == "sued"
    assert "sump" not in [one.entry_id for one in found]
    assert {word.casefold() for one in found for word in one.marked} == {"sues"}


def test_a_beginning_that_no_page_has_as_a_word_finds_what_begins_so(ask: Ask) -> None:
    assert {"sump"} <= {one.entry_id for one in ask("de", "Sum")}


def test_who_asks_is_shown_the_answers_and_their_figures(ask: Ask) -> None:
    found = ask("de", "Was kostete die Mühle?")[0]
    assert (found.entry_id, found.text, set(found.marked)) == ("price", "300 Taler. 350 Taler.", {"kostete", "Mühle"})
    assert ask("en", "what did the mill cost")[0].text == "300 thalers. 350 thalers."


def test_a_name_is_told_from_its_beginning_and_lists_are_no_answer(ask: Ask) -> None:
    assert ask("de", "Fehde")[0].text.startswith("Ein Streit ohne Ende.")
    shown = {one.entry_id: one.text for one in ask("en", "Anna Müller")}
    assert shown["anna-mueller"].startswith("She bought the mill in 1871")
    assert not [text for text in shown.values() if "·" in text]


def test_words_of_another_name_are_not_marked(ask: Ask) -> None:
    found = ask("de", "Fehde")[0]
    assert set(found.marked) == {"Fehde", "Müller-Fehde", "feud"}


def test_only_what_begins_with_all_that_was_asked_for_is_marked(ask: Ask) -> None:
    assert {word for one in ask("en", "investment") for word in one.marked} == {"investment"}  # and not "investigates"


def test_a_name_with_a_capital_inside_is_not_marked_for_its_beginning(ask: Ask) -> None:
    found = {one.entry_id: set(one.marked) for one in ask("en", "deep water")}
    assert found["sump"] == {"deep", "water"}  # and not "DeepMill"


def test_what_is_called_so_in_the_other_language_says_so(ask: Ask) -> None:
    found = ask("de", "water right")[0]
    assert (found.entry_id, found.other) == ("water-right", "water right.")
    assert found.text.startswith("Das Recht, das Wasser")


def test_a_compound_is_found_by_its_end_and_that_after_what_was_typed_whole(ask: Ask) -> None:
    assert ask("de", "Blutfehde")[0].entry_id == "feud"
    for query in ("Blutfehde Sumpf", "Sumpf Blutfehde"):
        found = [one.entry_id for one in ask("de", query)]
        assert found.index("sump") < found.index("feud")
    assert ask("de", "Erbfehde") == []  # what stands before has four letters at least
