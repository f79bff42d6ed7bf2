"""The search as a reader meets it on the golden site: by keyboard, on a phone, with filters; where its results lead."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from generator.outputs.site import served
from tests.built import golden_site

pytestmark = [pytest.mark.slow, pytest.mark.browser]
FIELD = "dialog input[type=search]"
RESULT = "dialog ol a"
STATE = "dialog [role=status]"


@pytest.fixture(scope="module")
def site() -> Path:
    return golden_site()


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    with served(site) as root:
        yield root


@pytest.fixture(params=["http", "file"])
def home(request: pytest.FixtureRequest, site: Path) -> str:
    """The German home page over the network and from a disk."""
    address: str = request.getfixturevalue("address")
    return f"{address}de/" if request.param == "http" else (site / "de/index.html").as_uri()


def answered(page: Page) -> None:
    """Wait for the answer to all that was typed and chosen: while one types, others are shown."""
    expect(page.locator("dialog .search-results")).to_have_attribute("aria-busy", "false")


@pytest.mark.parametrize("key", ["/", "Control+k"])
def test_keys_open_it_and_escape_leaves(page: Page, address: str, key: str) -> None:
    page.goto(f"{address}de/")
    page.keyboard.press(key)
    expect(page.locator(FIELD)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("dialog.search")).not_to_be_visible()
    page.keyboard.press(key)
    expect(page.locator(FIELD)).to_be_focused()


def test_the_arrow_keys_go_through_the_results_and_enter_opens_one(page: Page, home: str) -> None:
    page.goto(home)
    page.keyboard.press("/")
    page.keyboard.type("Wehr")
    answered(page)
    expect(page.locator(STATE)).to_have_text(re.compile(r"^\d+ Treffer$"))
    expect(page.locator(RESULT).nth(1)).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(page.locator(RESULT).nth(0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.locator(RESULT).nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.locator(FIELD)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/de/glossary/weir/"))
    expect(page.locator("mark.searched").first).to_have_text(re.compile("wehr", re.IGNORECASE))


def test_a_chosen_result_stays_chosen_when_an_answer_comes_late(page: Page, home: str) -> None:
    page.goto(home)
    page.keyboard.press("/")
    page.locator(FIELD).fill("Wehr")
    answered(page)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.locator(RESULT).nth(1).evaluate("one => (one.id = 'before')")
    page.locator(FIELD).dispatch_event("input")
    answered(page)
    expect(page.locator("#before")).to_have_count(0)
    expect(page.locator(RESULT).nth(1)).to_be_focused()


def test_a_quote_leads_to_its_place_and_the_words_are_marked(page: Page, home: str) -> None:
    page.goto(home)
    page.keyboard.press("/")
    page.keyboard.type('"seinem Garten das Wasser"')
    answered(page)
    result = page.locator(RESULT).first
    expect(result.locator("mark", has_text="Wasser").first).to_be_visible()
    result.click()
    expect(page).to_have_url(re.compile(r"#(e\d+|p\d+|q-\w+|proof\S*)$"))
    for word in ("Garten", "Wasser"):
        expect(page.locator("mark.searched", has_text=word).first).to_be_visible()
    expect(page.locator(":target")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.locator("mark.searched")).to_have_count(0)


def test_filters_count_and_narrow_down_without_a_query(page: Page, home: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(home)
    page.keyboard.press("/")
    first = page.locator("dialog .search-groups label").first
    expect(first).to_be_visible()
    count = int(first.locator("small").inner_text())
    first.locator("input").check()
    expect(page.locator(STATE)).to_have_text(re.compile(f"^{count} Treffer$"))
    expect(page.locator(RESULT)).to_have_count(min(count, 10))
    answered(page)
    facts = page.locator(".search-facts").all_inner_texts()
    assert all(first.locator("span").inner_text() in fact for fact in facts)
    page.locator(".search-reset").click()
    expect(page.locator(RESULT)).to_have_count(0)


def test_where_nothing_is_found_it_says_what_it_found_instead(page: Page, address: str) -> None:
    page.goto(f"{address}de/")
    page.keyboard.press("/")
    page.locator(FIELD).fill("Muhlenstreitt")
    expect(page.locator(STATE)).to_contain_text("Ergebnisse für")
    expect(page.locator(RESULT).first).to_be_visible()
    page.locator(FIELD).fill("nihct Mühle")  # no word that asks or joins is meant
    expect(page.locator(STATE)).to_contain_text("Ergebnisse für „Mühle“")
    page.locator(FIELD).fill("xqzzqx")
    expect(page.locator(STATE)).to_have_text("Nichts gefunden.")
    expect(page.locator(RESULT)).to_have_count(0)


def test_escape_leaves_at_once_and_a_button_empties_the_field(page: Page, home: str) -> None:
    page.goto(home)
    page.locator("[data-search]").click()
    page.keyboard.type("Wehr")
    page.locator(RESULT).first.wait_for()
    page.keyboard.press("Escape")
    expect(page.locator("dialog.search")).not_to_be_visible()
    expect(page.locator("[data-search]")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(FIELD)).to_have_value("Wehr")
    page.get_by_role("button", name="Leeren").click()
    expect(page.locator(FIELD)).to_have_value("")
    expect(page.locator(FIELD)).to_be_focused()
    expect(page.locator(RESULT)).to_have_count(0)
    expect(page.get_by_role("button", name="Leeren")).to_be_hidden()


def test_a_phrase_that_stands_nowhere_is_said_to(page: Page, home: str) -> None:
    page.goto(home)
    page.keyboard.press("/")
    page.locator(FIELD).fill('"das Wehr der Mühle fliegt"')
    expect(page.locator(STATE)).to_contain_text("Die Wortfolge „das Wehr der Mühle fliegt“ kommt nicht vor.")
    expect(page.locator(STATE)).to_contain_text(re.compile("Ergebnisse für „Wehr Mühle“: \\d+ Treffer"))
    expect(page.locator(RESULT).first).to_be_visible()


@pytest.mark.parametrize("query", ["", "Wehr", "Mühle Garten Wehr xyzzyx", '"nicht so geschrieben" Wehr'])
def test_each_filter_counts_the_results_that_it_leaves(page: Page, home: str, query: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(home)
    page.keyboard.press("/")
    page.locator(FIELD).fill(query)
    boxes = page.locator("dialog .search-groups details[open] input")
    expect(boxes.first).to_be_visible()
    answered(page)
    assert boxes.count() > 1
    for name in boxes.evaluate_all("(all) => all.map((one) => one.id)"):
        label = page.locator(f"label:has(#{name})")
        count = int(label.locator("small").inner_text())
        label.click()
        expect(page.locator(STATE)).to_have_text(re.compile(rf"(^|: ){count} Treffer$"))
        expect(label.locator("small")).to_have_text(str(count))
        page.locator(f"#{name}").uncheck()
        answered(page)
    everyone = [int(text) for text in page.locator("dialog .search-groups details[open] small").all_inner_texts()]
    for at in range(2):
        boxes.nth(at).check()
        answered(page)
    expect(page.locator(STATE)).to_have_text(re.compile(rf"(^|: ){sum(everyone[:2])} Treffer$"))


def test_an_excerpt_begins_with_a_sentence_or_says_that_it_does_not(page: Page, home: str) -> None:
    page.goto(home)
    page.keyboard.press("/")
    page.locator(FIELD).fill("Wasser Wehr")
    answered(page)
    excerpts = page.locator(".search-excerpt").all_inner_texts()
    assert len(excerpts) > 3
    assert [text for text in excerpts if not re.match(r"… |[\"„“‚(\[]*[A-ZÄÖÜ0-9]", text)] == []


def test_only_the_content_of_a_page_is_marked(page: Page, address: str) -> None:
    page.goto(f"{address}de/glossary/weir/?h=Wehr")
    expect(page.locator("article mark.searched").first).to_be_visible()
    assert page.locator("footer mark.searched, nav mark.searched").count() == 0


@pytest.mark.parametrize(("lang", "word"), [("de", "sluice"), ("en", "Schleuse")])
def test_a_word_of_the_other_language_finds_the_page_in_one_s_own(
    page: Page, address: str, lang: str, word: str
) -> None:
    page.goto(f"{address}{lang}/")
    page.keyboard.press("/")
    page.locator(FIELD).fill(word)
    expect(page.locator(RESULT).first).to_have_attribute("href", re.compile(f"/{lang}/glossary/sluice/"))


@pytest.mark.parametrize("width", [360, 800, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_every_width_and_breaks_no_rule_of_accessibility(
    page: Page, address: str, width: int, scheme: str
) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(f"{address}en/")
    page.locator("[data-search]").click()
    page.locator(FIELD).fill("mill")
    answered(page)
    assert page.evaluate("document.querySelector('dialog.search').scrollWidth") <= width
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    broken = Axe().run(page, context="dialog.search").response["violations"]
    assert [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in broken] == []


def test_opening_it_moves_nothing_on_the_page(page: Page, address: str) -> None:
    page.goto(f"{address}en/")
    page.evaluate(
        "window.moved = 0;"
        "new PerformanceObserver((list) => list.getEntries().forEach((one) => (window.moved += one.value)))"
        ".observe({type: 'layout-shift', buffered: true})"
    )
    page.keyboard.press("/")
    page.locator(FIELD).fill("mill")
    answered(page)
    assert page.evaluate("window.moved") < 0.02


def test_without_script_the_button_leads_to_the_register(page: Page, address: str) -> None:
    page.goto(f"{address}de/actors/")
    link = page.locator("[data-search]").get_attribute("href")
    assert link == "../register/"
