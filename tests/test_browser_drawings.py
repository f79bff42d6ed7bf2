"""Drawings and filters of the built golden site in headless Chromium: over http and from a file, wide and narrow."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FloatRect, Locator, Page, ViewportSize, expect

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
    """Return the ids of the marks that are seen in the drawing, in the order of the list."""
    shown: list[str] = page.eval_on_selector_all(
        ".drawn [data-mark]", "all => all.filter(one => one.checkVisibility()).map(one => one.dataset.mark)"
    )
    return sorted(shown)


def box_of(found: Locator) -> FloatRect:
    """Return where something is on the page."""
    box = found.bounding_box()
    assert box is not None
    return box


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


def test_what_is_filtered_away_leaves_no_gap_in_the_drawing_and_comes_back(page: Page, address: str) -> None:
    page.set_viewport_size(WIDE)
    page.goto(address)
    form, drawing, legend = (page.locator(at) for at in (".sieve form", ".drawn-timeline", ".drawn-timeline .d-legend"))
    mark = page.locator(f".drawn-timeline a[data-mark='{MEETING}']")
    place, whole, low = box_of(form), box_of(drawing)["height"], box_of(mark)["y"]
    page.select_option("select[name=actors]", "parish-council")
    assert marks(page) == [MEETING]
    assert box_of(mark)["y"] < low - 20
    assert box_of(drawing)["height"] < whole - 20
    assert box_of(form) == place
    assert box_of(legend)["y"] < box_of(drawing)["y"] + box_of(drawing)["height"]
    page.locator(".sieve").get_by_role("button", name="Clear the choice").click()
    assert box_of(drawing)["height"] == pytest.approx(whole, abs=0.1)
    assert box_of(mark)["y"] == pytest.approx(low, abs=0.1)


def letters(page: Page) -> list[float]:
    """Return how large the letters of all drawings that are seen are, in pixels."""
    sizes: list[float] = page.eval_on_selector_all(
        ".drawn text",
        "all => all.filter(one => one.checkVisibility())"
        ".map(one => parseFloat(getComputedStyle(one).fontSize) * one.getScreenCTM().a)",
    )
    return sizes


@pytest.mark.parametrize("width", [360, 800])
@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("en/", "timeline"),
        (CHRONOLOGY, "timeline"),
        ("de/disputes/mill-quarrel/", "timeline"),
        ("en/claims/weir-cost/", "scale"),
        ("en/actors/ada-quill/", "near"),
        ("de/network/", "network"),
    ],
)
def test_what_is_drawn_has_letters_that_can_be_read(page: Page, http: str, path: str, kind: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    page.goto(http + path)
    expect(page.locator(f".drawing-{kind}")).to_be_visible()
    assert min(letters(page)) > 11.9
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_on_a_phone_a_year_of_the_strip_leads_to_its_list(page: Page, http: str) -> None:
    page.set_viewport_size(PHONE)
    page.goto(http + CHRONOLOGY)
    page.locator(".drawn-narrow a").first.click()
    expect(page).to_have_url(f"{http}{CHRONOLOGY}#1921")
    widths: list[int] = page.eval_on_selector_all(
        "article td", "all => all.map(one => one.getBoundingClientRect().right)"
    )
    assert max(widths) <= PHONE["width"]


def test_on_a_phone_the_keyboard_moves_a_timeline_that_is_wider(page: Page, http: str) -> None:
    page.set_viewport_size(PHONE)
    page.goto(http + "en/disputes/mill-quarrel/")
    figure = page.locator(".drawing-timeline")
    assert figure.evaluate("one => one.scrollLeft") == 0
    figure.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.querySelector('.drawing-timeline').scrollLeft > 0")
    expect(figure).to_have_attribute("aria-label", re.compile("."))


def test_without_scripts_the_list_is_whole(browser: Browser, http: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(http + CHRONOLOGY)
    expect(page.locator(".sieve")).to_be_hidden()
    expect(page.locator("tbody tr")).to_have_count(3)
    expect(page.locator(".drawn a[data-mark]")).to_have_count(3)
    assert marks(page) == [DAMMING, MEETING, HEARING]
    context.close()
