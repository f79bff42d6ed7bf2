"""Readers who ask how we know: cards beside links, the text of a source; over http and from files, wide and narrow."""

import re
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from generator.outputs.site import serve_folder
from tests.brook import brook, make

pytestmark = [pytest.mark.slow, pytest.mark.browser]
DISPUTE = "disputes/mill-quarrel/"
CLAIM = "claims/weir-cost/"
WIDE: ViewportSize = {"width": 1400, "height": 900}
PHONE: ViewportSize = {"width": 360, "height": 740}
Address = Callable[[str], str]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = brook(tmp_path_factory.mktemp("quotes"))
    assert make(project, with_site=True).site is not None
    return project / "build/site"


@pytest.fixture(scope="module", params=["http", "file"])
def address(request: pytest.FixtureRequest, site: Path) -> Iterator[Address]:
    """Give the address of a page by its path, over http or as a file."""
    if request.param == "file":
        yield lambda path: (site / path / "index.html").as_uri()
        return
    server = serve_folder(site, 0)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield lambda path: f"http://127.0.0.1:{server.server_address[1]}/{path}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(autouse=True)
def _without_the_search(page: Page) -> None:
    """Answer for the theme's search, which cannot be had from files and complains."""
    index = 'var __index = {"config": {"lang": ["en"], "separator": " ", "pipeline": []}, "docs": []}'
    page.route("**/search/search_index.js", lambda route: route.fulfill(body=index, content_type="text/javascript"))


def follow(page: Page, link: Locator, address: Address) -> None:
    """Go where a link leads; from a file to the page in the folder, as an offline copy has it."""
    path, _, anchor = str(link.evaluate("link => link.href")).removesuffix("index.html").partition("#")
    if path.startswith("file:"):
        page.goto(f"{path.rstrip('/')}/index.html{anchor and '#'}{anchor}")
    else:
        link.click()


def card(page: Page) -> Locator:
    return page.locator("#dossier-preview")


@pytest.mark.parametrize("size", [WIDE, PHONE])
def test_a_number_shows_the_quote_and_leads_to_the_passage_and_back(
    page: Page, address: Address, size: ViewportSize
) -> None:
    page.set_viewport_size(size)
    page.goto(address(f"en/{CLAIM}"))
    first, second = page.locator("#proof-answers-1 a").all()
    first.hover()
    expect(card(page)).to_contain_text("„kostete das Wehr über 300 Kronen“")
    expect(card(page)).to_contain_text("reported · second-hand, via The Gazette")
    second.hover()
    expect(card(page)).to_contain_text("contradicts")
    assert second.locator("xpath=..").get_attribute("class") == "mark-contradicts"

    passage = str(first.get_attribute("href")).partition("#")[2]
    follow(page, first, address)
    expect(page).to_have_url(re.compile(f"sources/gazette/(index.html)?#{passage}$"))
    expect(page.locator(f"#{passage} + mark")).to_be_in_viewport()
    back = page.locator("a[href$='claims/weir-cost/#proof-answers-1']").first
    follow(page, back, address)
    expect(page.locator("#proof-answers-1:target")).to_be_in_viewport()


def test_a_card_stays_while_the_pointer_is_on_it_and_goes_with_escape(page: Page, address: Address) -> None:
    page.set_viewport_size(WIDE)
    page.goto(address(f"en/{CLAIM}"))
    page.locator("#proof-answers-1 a").first.hover()
    expect(card(page)).to_be_visible()
    card(page).hover()
    page.wait_for_timeout(500)
    expect(card(page)).to_be_visible()
    page.keyboard.press("Escape")
    expect(card(page)).to_be_hidden()
    page.locator("#proof-answers-1 a").first.hover()
    expect(card(page)).to_be_visible()
    page.mouse.move(5, 5)
    expect(card(page)).to_be_hidden()


@pytest.mark.parametrize("size", [WIDE, PHONE])
def test_a_link_to_an_entry_shows_what_it_is(page: Page, address: Address, size: ViewportSize) -> None:
    page.set_viewport_size(size)
    page.goto(address(f"de/{CLAIM}"))
    page.locator("article dd a[href*='glossary/weir/']").first.hover()
    expect(card(page)).to_contain_text("Begriff")
    expect(card(page).locator(".card-title")).to_have_text("Wehr")
    expect(card(page).locator(".card-other")).to_have_text("weir")
    expect(card(page).locator(".card-other")).to_have_attribute("lang", "en")
    box = card(page).bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= size["width"]


def test_the_keyboard_opens_a_card_and_describes_the_link(page: Page, address: Address) -> None:
    page.goto(address(f"de/{CLAIM}"))
    link = page.locator("article dd a[href*='glossary/weir/']").first
    for _ in range(60):
        page.keyboard.press("Tab")
        if link.evaluate("link => link === document.activeElement"):
            break
    expect(card(page)).to_contain_text("Wehr")
    expect(link).to_have_attribute("aria-describedby", "dossier-preview")
    page.keyboard.press("Escape")
    expect(card(page)).to_be_hidden()
    assert link.get_attribute("aria-describedby") is None


def test_on_touch_a_tap_opens_and_a_second_one_follows(browser: Browser, address: Address) -> None:
    context = browser.new_context(viewport=PHONE, has_touch=True)
    page = context.new_page()
    start = address(f"de/{CLAIM}")
    page.goto(start)
    number = page.locator("#proof-answers-1 a").first
    number.tap()
    expect(card(page)).to_contain_text("kostete das Wehr")
    assert page.url == start
    link = page.locator("article dd a[href*='glossary/weir/']").first
    link.tap()
    expect(card(page)).to_contain_text("Begriff")
    assert page.url == start
    link.tap()
    page.wait_for_url(lambda url: "glossary/weir" in url)
    context.close()


def test_without_scripts_a_number_says_how_sure_it_is_and_leads_to_the_passage(
    browser: Browser, address: Address
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address(f"en/{CLAIM}"))
    number = page.locator("#proof-answers-1 a").first
    assert number.get_attribute("title") == "Gazette: reported, second-hand"
    assert str(number.get_attribute("href")).startswith("../../sources/gazette/#q-")
    context.close()
