"""Drawings and filters of the built golden site in headless Chromium: over http and from a file, wide and narrow."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from generator.outputs.site import served
from tests.built import golden_site

pytestmark = [pytest.mark.slow, pytest.mark.browser]
WIDE: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 360, "height": 740}
CHRONOLOGY = "en/chronology/"
DAMMING, MEETING, HEARING = "1921-03-damming", "1921-05-03-meeting", "1921-autumn-hearing"


@pytest.fixture(scope="module")
def site() -> Path:
    return golden_site()


@pytest.fixture(scope="module")
def http(site: Path) -> Iterator[str]:
    with served(site) as root:
        yield root


@pytest.fixture(params=["http", "file"])
def address(request: pytest.FixtureRequest, site: Path, http: str) -> str:
    """The chronology's address, over http and from a file."""
    return f"{http}{CHRONOLOGY}" if request.param == "http" else (site / CHRONOLOGY / "index.html").as_uri()


def rows(page: Page) -> list[str]:
    """Return the ids of the rows that are shown."""
    shown: list[str] = page.eval_on_selector_all(
        ".row", "all => all.filter(one => one.closest('tr').checkVisibility()).map(one => one.dataset.row)"
    )
    return shown


def marks(page: Page) -> list[str]:
    """Return the ids of the marks in the drawing that are not dimmed."""
    shown: list[str] = page.eval_on_selector_all(
        ".drawn a[data-mark]:not(.is-out)", "all => all.map(one => one.dataset.mark)"
    )
    return shown


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_a_choice_shows_its_rows_and_stands_in_the_address(page: Page, address: str, size: ViewportSize) -> None:
    page.set_viewport_size(size)
    page.goto(address)
    status = page.locator(".sieve [role=status]")
    expect(status).to_have_text("3 of 3 shown")
    assert page.locator("select[name=actors] option").all_inner_texts() == [
        "all",
        "Ada Quill (1)",
        "Bo Rye (1)",
        "parish council (1)",
    ]
    page.select_option("select[name=actors]", "ada-quill")
    expect(status).to_have_text("1 of 3 shown")
    assert rows(page) == marks(page) == [DAMMING]
    expect(page).to_have_url(re.compile(r"\?actors=ada-quill$"))
    expect(page.locator("select[name=modality] option", has_text="planned")).to_be_disabled()

    page.reload()
    assert rows(page) == marks(page) == [DAMMING]
    page.go_back()
    expect(status).to_have_text("3 of 3 shown")
    page.go_forward()
    expect(status).to_have_text("1 of 3 shown")
    page.locator(".sieve").get_by_role("button", name="Clear the choice").click()
    assert rows(page) == marks(page) == [DAMMING, MEETING, HEARING]
    expect(page).to_have_url(re.compile(r"/(index\.html)?$"))
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_where_nothing_fits_the_page_says_so_and_headings_go_too(page: Page, address: str) -> None:
    page.goto(f"{address}?actors=ada-quill&modality=planned&nonsense=1")
    expect(page.locator(".sieve [role=status]")).to_have_text("Nothing fits this choice.")
    assert rows(page) == []
    expect(page.locator("h2", has_text="1921")).to_be_hidden()
    year = page.locator(".md-sidebar--secondary a", has_text="1921")
    expect(year).to_be_hidden()
    told = page.locator(".sieve-empty")
    expect(told).to_contain_text("Nothing fits this choice.")
    expect(page.locator(".drawing")).to_be_hidden()
    told.get_by_role("button", name="Clear the choice").click()
    assert len(rows(page)) == 3
    expect(told).to_be_hidden()
    expect(year).to_be_visible()
    expect(page.locator("select[name=actors]")).to_be_focused()
    page.goto(f"{address}?actors=nobody")
    assert len(rows(page)) == 3


def test_a_mark_leads_to_its_page_by_mouse_and_by_keyboard(page: Page, http: str) -> None:
    page.set_viewport_size(WIDE)
    page.goto(http + CHRONOLOGY)
    mark = page.locator(f".drawn a[data-mark='{MEETING}']")
    mark.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{http}en/events/{MEETING}/")
    page.goto(f"{http}en/disputes/mill-quarrel/")
    page.locator(f".drawn a[data-mark='{HEARING}']").click()
    expect(page).to_have_url(f"{http}en/events/{HEARING}/")


def test_on_a_phone_the_list_takes_the_place_of_the_drawing(page: Page, http: str) -> None:
    page.set_viewport_size(PHONE)
    page.goto(http + CHRONOLOGY)
    expect(page.locator(".drawing")).to_be_hidden()
    widths: list[int] = page.eval_on_selector_all(
        "article td", "all => all.map(one => one.getBoundingClientRect().right)"
    )
    assert max(widths) <= PHONE["width"]


def test_without_scripts_the_list_is_whole(browser: Browser, http: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(http + CHRONOLOGY)
    expect(page.locator(".sieve")).to_be_hidden()
    expect(page.locator("tbody tr")).to_have_count(3)
    expect(page.locator(".drawn a")).to_have_count(3)
    context.close()
