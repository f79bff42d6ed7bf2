"""Readers ask the search of the shipped dossier, in headless Chromium: over http, and from a disk without a network."""

import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser

from generator.bundle import assets
from generator.lang import LANGS, Lang
from generator.outputs.site import served
from generator.pipeline import examine
from generator.search import dictionary, names
from generator.searchable import search_of
from generator.stage import Stage

pytestmark = [pytest.mark.slow, pytest.mark.browser]
ROOT = Path(__file__).parents[2]
QUERIES = yaml.safe_load((ROOT / "tests/search/queries.yaml").read_text(encoding="utf-8"))
SHELF = """<!doctype html><html lang="{lang}"><meta charset="utf-8"><title>Shelf</title>
<script src="assets/search.js"></script></html>"""
ASK = """async (queries) => {
  const answers = [];
  for (const query of queries) answers.push(await window.dossierSearch.ask(query));
  return answers;
}"""
LEAST = {
    "all": 0.98,
    "hub": 0.95,
    "inflection": 0.95,
    "umlaut": 0.95,
    "language": 0.95,
    "compound": 0.9,
    "typo": 0.9,
    "number": 0.85,
    "phrase": 0.85,
    "date": 0.85,
    "question": 0.9,
}
LEAST_MRR = 0.95
Answers = dict[tuple[Lang, str], list[str]]


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of two pages that do nothing but search."""
    folder = tmp_path_factory.mktemp("shelf")
    examined = examine(ROOT)
    assert examined.corpus is not None
    stage = Stage(folder / "site")
    search_of(examined.corpus, examined.files, folder, lambda _message: None).add(stage)
    for lang in LANGS:
        stage.write(f"{lang}/index.html", SHELF.format(lang=lang).encode())
        stage.write(f"{lang}/assets/search.js", assets()["assets/search.js"])
    stage.publish()
    return folder / "site"


@pytest.fixture(scope="module")
def address(shelf: Path) -> Iterator[str]:
    with served(shelf) as root:
        yield root


def answers_at(browser: Browser, base: str, *, offline: bool = False) -> Answers:
    """Ask everything at one place, and return the ids of the entries found."""
    found: Answers = {}
    for lang in LANGS:
        queries = [one["query"] for one in QUERIES if one["site"] == lang]
        context = browser.new_context(offline=offline)
        page = context.new_page()
        page.goto(f"{base}{lang}/index.html")
        answers: list[dict[str, Any]] = page.evaluate(ASK, queries)
        context.close()
        for query, answer in zip(queries, answers, strict=True):
            found[lang, query] = [path.rpartition("/")[2] for path in answer["paths"]]
    return found


@pytest.fixture(scope="module")
def found(browser: Browser, address: str) -> Answers:
    return answers_at(browser, address)


def rank(one: dict[str, Any], found: Answers) -> int:
    """Give the place of the first entry that the reader would be content with, 0 where there is none."""
    ids = found[one["site"], one["query"]]
    return next((place for place, entry_id in enumerate(ids, 1) if entry_id in one["expect"]), 0)


def test_readers_find_what_they_look_for(found: Answers) -> None:
    ranks = defaultdict(list)
    for one in QUERIES:
        ranks[one["category"]].append(rank(one, found))
        ranks["all"].append(rank(one, found))
    good = {category: sum(1 <= place <= 3 for place in places) / len(places) for category, places in ranks.items()}
    missed = [(one["query"], found[one["site"], one["query"]][:3]) for one in QUERIES if not 1 <= rank(one, found) <= 3]
    assert {category: share for category, share in good.items() if share < LEAST.get(category, 0)} == {}, missed
    assert sum(1 / place for place in ranks["all"] if place) / len(QUERIES) >= LEAST_MRR


def test_a_name_typed_whole_comes_first(found: Answers) -> None:
    named = [one for one in QUERIES if one["category"] in {"name", "abbreviation"}]
    assert len(named) > 40
    assert [one["query"] for one in named if found[one["site"], one["query"]][:1] != one["expect"][:1]] == []


def test_no_entry_is_found_twice(found: Answers) -> None:
    assert [query for query, ids in found.items() if len(set(ids)) != len(ids)] == []


def test_a_disk_without_a_network_gives_the_same(browser: Browser, shelf: Path, found: Answers) -> None:
    from_disk = answers_at(browser, f"{shelf.as_uri()}/", offline=True)
    assert {query: ids[:3] for query, ids in from_disk.items()} == {query: ids[:3] for query, ids in found.items()}


def test_the_next_build_needs_neither_dictionary_nor_spelling(shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    examined = examine(ROOT)
    assert examined.corpus is not None
    monkeypatch.setattr(dictionary, "_dictionary", lambda _lang: pytest.fail("a word was looked up again"))
    monkeypatch.setattr(names, "forms", lambda *_, **__: pytest.fail("a name was spelled again"))
    search = search_of(examined.corpus, examined.files, shelf.parent, lambda _message: None)
    assert all(asked.make().path == asked.path for asked in search.request.languages[0].pages)
    assert search.request.rows(search.request.names)


def test_words_that_only_help_to_find_are_in_no_excerpt(shelf: Path) -> None:
    """What a result shows comes from these files alone: they have what the pages say, and nothing else."""
    examined = examine(ROOT)
    assert examined.corpus is not None
    search = search_of(examined.corpus, examined.files, shelf, lambda _message: None)
    for language in search.request.languages:
        records = {asked.path: asked.make() for asked in language.pages}
        files = sorted((shelf / language.lang / "search").glob("*/fragment/*.js"))
        assert len(files) == len(records) > 200
        for file in files:
            name, _, given = file.read_text(encoding="utf-8").removeprefix("dossierSearch.put(").partition(",")
            assert name
            shown = json.loads(json.loads(given.removesuffix(");\n")).removeprefix("pagefind_dcd"))
            record = records[shown["url"]]
            assert set(shown["meta"]) <= {"title", "kind", "when"}
            said = " ".join((record.title, *(place.text for place in (*record.places, *record.elsewhere))))
            words = {word.strip(".") for word in said.replace("\u200b", "").split()}
            assert {word.strip(".") for word in shown["content"].replace("\u200b", "").split()} - words == set()
