"""What the rows of a list can be filtered by, and the addresses of pages in HTML that is no Markdown."""

import html
import json
import re
from functools import cache
from typing import Any

import pytest

from generator.corpus import Corpus
from generator.load import read_project
from generator.pipeline import examine_files
from generator.views.page import Page
from generator.views.plan import place_of_year
from generator.views.sieve import Sieve
from generator.views.site import Site
from tests.brook import GOLDEN

FACETS = (
    ("who", "Participants", "actors.actor"),
    ("kind", "Type", "type"),
    ("certainty", "Certainty", "modality"),
    ("year", "Year", "year"),
)


@cache
def brook() -> Corpus:
    corpus = examine_files(read_project(GOLDEN)[0]).corpus
    assert corpus is not None
    return corpus


def page_at(path: str) -> Page:
    return Page(Site(brook(), {}, "en"), path)


def told(sieve: Sieve) -> Any:  # noqa: ANN401 - what a script reads
    found = re.fullmatch(
        r'<div class="sieve" data-sieve="([^"]*)"><div class="sieve-room".*</div></div>', sieve.__html__()
    )
    assert found is not None
    return json.loads(html.unescape(found[1]))


def test_facets_with_a_choice_are_told_and_rows_carry_their_values() -> None:
    page = page_at("chronology/index.md")
    entries = page.all("event")
    assert len(entries) > 1
    sieve = Sieve(page, entries, FACETS, is_part=False)
    assert [facet["key"] for facet in told(sieve)["facets"]] == ["who", "kind", "certainty"]
    for facet in told(sieve)["facets"]:
        values = {value for value, _ in facet["options"]}
        assert len(values) > 1
        for entry in entries:
            mark = re.search(rf' data-f-{facet["key"]}="([^"]*)"', sieve.row(entry))
            assert set((mark[1] if mark else "").split()) <= values
    assert "part" not in told(sieve)["words"]
    assert "part" in told(Sieve(page, entries, FACETS, is_part=True))["words"]


def test_where_there_is_nothing_to_choose_there_is_no_form() -> None:
    page = page_at("chronology/index.md")
    entries = page.all("event")
    assert Sieve(page, entries[:1], FACETS, is_part=False).__html__() == ""
    assert Sieve(page, entries, (), is_part=False).__html__() == ""


@pytest.mark.parametrize(
    ("here", "there", "address"),
    [
        ("index.md", "chronology/index.md", "chronology/"),
        ("index.md", "index.md", "./"),
        ("chronology/index.md", "events/fire.md", "../events/fire/"),
        ("chronology/index.md", "index.md", "../"),
        ("events/fire.md", "events/flood.md", "../../events/flood/"),
        ("chronology/parts/1921.md", "chronology/index.md", "../../../chronology/"),
        ("about.md", "events/fire.md", "../events/fire/"),
    ],
)
def test_addresses_lead_from_page_to_page(here: str, there: str, address: str) -> None:
    page = page_at(here)
    assert page.address_of(there) == address
    assert page.address_of(there, "e1") == f"{address}#e1"


def test_an_entry_has_an_address_and_is_read() -> None:
    page = page_at("chronology/index.md")
    entry = page.all("event")[0].of
    assert page.href(entry, "e2") == f"../events/{entry.id}/#e2"
    assert f"title:{entry.id}" in page.reads
    own = Page(page.site, f"events/{entry.id}.md", entry.id)
    assert own.href(entry, "e2") == "#e2"


def test_a_year_has_its_place_in_the_list() -> None:
    page = page_at("index.md")
    entry = page.all("event")[0].of
    when = entry.kind.when(entry.data)
    assert when is not None
    assert place_of_year(page.site, entry.kind, when) == ("chronology/index.md", (when.earliest or "")[:4])
