"""How the search weighs what it finds, on a few invented records, in headless Chromium."""

from collections.abc import Callable, Iterator
from functools import partial

import pytest
from playwright.sync_api import Browser

from generator.bundle import assets
from generator.outputs.search import Asked, Place, Record, SearchLanguage, SearchRequest, make_search
from generator.outputs.site import served
from generator.search.names import NameOf, rows
from generator.search.query import question
from generator.stage import Stage

PAGE = b'<!doctype html><html lang="en"><meta charset="utf-8"><script src="assets/search.js"></script></html>'
pytestmark = [pytest.mark.slow, pytest.mark.browser]
ELSE = " ".join(["Nothing else is told of that day, and nobody asks."] * 6)
TEXTS = {
    "mill": ("Brook Mill", "A house by the water with two stones."),
    "deed": ("The deed", "It names the family that owns the land and Brook Mill."),
    "rent": ("The rent", "Who owns the Mill pays for the bridge."),
    "will": ("The will", "A daughter owns half of the Mill."),
    "built": ("When was the sluice built?", "In spring, says the paper."),
    "cost": ("Sluice built", "It is of oak: the sluice, built for a hundred crowns."),
    "paper": ("The Gazette", f"{ELSE} A weir, a weir! {ELSE} A quarrel, a quarrel!"),
    "talk": ("At the inn", f"{ELSE} The quarrel, they say, is of old times and all about the weir."),
    "axs": ("Brook society", "The council calls it AXS."),
    "axle": ("A journey", "He broke an axle, and another axle."),
}
Ask = Callable[[str], list[str]]


def _same(made: Record) -> Record:
    return made


def _record(path: str) -> Record:
    title, text = TEXTS[path]
    strong = question(title) if title.endswith("?") else ""
    return Record(path, "en", title, places=(Place("", text, "en"),), strong=strong)


@pytest.fixture(scope="module")
def ask(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    """Ask for words, and get the paths that are found."""
    folder = tmp_path_factory.mktemp("few")
    pages = tuple(Asked(path, path, partial(_same, _record(path))) for path in TEXTS)
    names = tuple(NameOf(path, title) for path, (title, _) in TEXTS.items())
    languages = (SearchLanguage("en", pages, (), {}),)
    stage = Stage(folder / "site")
    request = SearchRequest(
        folder, languages, names, rows, lambda _words: ({}, frozenset()), "1", lambda _message: None, lambda: None
    )
    make_search(request).add(stage)
    stage.write("en/index.html", PAGE)
    stage.write("en/assets/search.js", assets()["assets/search.js"])
    stage.publish()
    with served(folder / "site") as root:
        page = browser.new_page()
        page.goto(f"{root}en/index.html")

        def asked(text: str) -> list[str]:
            found: list[str] = page.evaluate("async (text) => (await dossierSearch.ask(text)).paths", text)
            return found

        yield asked
        page.close()


def test_a_question_shows_what_it_names_too(ask: Ask) -> None:
    assert "mill" not in ask("owns Mill")
    assert "mill" in ask("Who owns the Mill now?")


def test_a_title_that_asks_the_same_comes_first(ask: Ask) -> None:
    assert ask("sluice built")[0] == "cost"
    assert ask("wann sluice built")[0] == ask("when was a sluice built")[0] == "built"


def test_what_stands_far_apart_counts_for_less(ask: Ask) -> None:
    assert ask("weir quarrel") == ["talk", "paper"]


def test_a_short_word_that_is_known_begins_no_other(ask: Ask) -> None:
    assert ask("AXS") == ["axs"]
    assert ask("axl") == ["axle"]
