"""Readers of the built golden site, in headless Chromium over http: by mouse, by keyboard, on a phone, in the dark."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from generator.lang import LANGS, Lang
from generator.outputs.site import served
from tests.built import golden_site
from tests.colours import contrast, luminance

pytestmark = [pytest.mark.slow, pytest.mark.browser]
DISPUTE = "disputes/mill-quarrel/"
SOURCE = "sources/gazette/"
STATEMENT = "proof-issues-1-positions-1"
PHONE: ViewportSize = {"width": 360, "height": 740}
QUOTED = "seither fehle seinem Garten das Wasser"

TARGET = """() => {
  const target = document.querySelector(":target");
  if (!target) return null;
  const box = target.getBoundingClientRect();
  const header = document.querySelector(".md-header").getBoundingClientRect();
  return {id: target.id, inView: box.bottom >= header.bottom - 1 && box.top < innerHeight};
}"""
COLOURS = """(selector) => {
  const shown = (one, of) => {
    const context = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
    const style = getComputedStyle(one);
    const layers = [];
    for (let at = one; at; at = at.parentElement) layers.unshift(getComputedStyle(at).backgroundColor);
    for (const layer of of === "text" ? [...layers, style.color] : layers) {
      context.fillStyle = layer;
      context.fillRect(0, 0, 1, 1);
    }
    return [...context.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const one = document.querySelector(selector);
  return [shown(one, "text"), shown(one, "background")];
}"""


@pytest.fixture(scope="module")
def site() -> Path:
    return golden_site()


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    with served(site) as root:
        yield root


def pages(site: Path, lang: Lang) -> list[str]:
    """Return the addresses of all pages that do not lead to another one at once."""
    files = (
        file for file in sorted((site / lang).rglob("index.html")) if b'http-equiv="refresh"' not in file.read_bytes()
    )
    return [file.relative_to(site).as_posix().removesuffix("index.html") for file in files]


def at_target(page: Page, anchor: str) -> None:
    """Make certain that the page shows the place that its address names."""
    expect(page).to_have_url(re.compile(f"#{anchor}$"))
    page.wait_for_function(f"() => ({TARGET})()?.inView")
    assert page.evaluate(TARGET) == {"id": anchor, "inView": True}


@pytest.mark.parametrize("path", ["actors/ada-quill/", DISPUTE])
def test_a_section_chosen_in_the_contents_is_the_marked_one(page: Page, address: str, path: str) -> None:
    """Where the page is long enough the theme finds out by itself; near its end the choice is what counts."""
    page.set_viewport_size({"width": 1280, "height": 400})
    page.goto(f"{address}en/{path}")
    links = page.locator(".md-nav--secondary a.md-nav__link")
    assert links.count() > 1
    active = page.locator(".md-nav--secondary .md-nav__link--active")
    for link in links.all():
        link.click()
        expect(link).to_have_attribute("aria-current", "location")
        expect(page.locator(".md-nav [aria-current=location]")).to_have_count(1)
        heading = page.locator(f"[id='{str(link.get_attribute('href')).partition('#')[2]}']")
        expect(heading).to_be_in_viewport()
        if page.evaluate("innerHeight + scrollY < document.documentElement.scrollHeight - 1"):
            expect(active).to_have_attribute("href", str(link.get_attribute("href")))
            below = heading.evaluate(
                "one => one.getBoundingClientRect().top - document.querySelector('.md-header').offsetHeight"
            )
            assert 0 <= below < 24, "nothing of the section before is to be seen"
    page.wait_for_timeout(600)
    page.mouse.wheel(0, -300)
    expect(page.locator(".md-nav [aria-current=location]")).to_have_count(0)


@pytest.mark.parametrize("lang", LANGS)
def test_from_home_to_a_dispute_to_a_quote_and_back(page: Page, address: str, lang: Lang) -> None:
    page.goto(f"{address}{lang}/")
    page.locator(f"article a[href='{DISPUTE}']").first.click()
    expect(page).to_have_url(f"{address}{lang}/{DISPUTE}")

    number = page.locator(f"#{STATEMENT} a")
    number.hover()
    expect(page.locator("#dossier-preview")).to_contain_text(QUOTED)
    passage = str(number.get_attribute("href")).partition("#")[2]
    assert page.locator(f"li:has(#e2) a[href$='#{passage}']").count() == 1  # the list at the foot leads there too
    number.click()
    expect(page).to_have_url(re.compile(f"/{lang}/{SOURCE}#{passage}$"))
    at_target(page, passage)
    mark = page.locator(f"#{passage} + mark")
    expect(mark).to_have_text(QUOTED)
    expect(mark).to_be_in_viewport()
    _, background = page.evaluate(COLOURS, f"#{passage} + mark")
    _, around = page.evaluate(COLOURS, "article p")
    assert background != around

    page.locator(f"li:has(a[href='#{passage}']) a[href*='{DISPUTE}#']").first.click()
    at_target(page, STATEMENT)
    expect(page).to_have_url(re.compile(f"/{lang}/{DISPUTE}#"))


def test_the_front_page_leads_to_the_reader_s_language(page: Page, address: str) -> None:
    page.add_init_script("Object.defineProperty(navigator, 'languages', {get: () => ['fr', 'en-GB', 'de']})")
    page.goto(address)
    expect(page).to_have_url(f"{address}en/")


@pytest.mark.parametrize("path", ["", DISPUTE, SOURCE, "glossary/", "method/"])
def test_the_other_language_is_one_click_away_on_the_same_page(page: Page, address: str, path: str) -> None:
    page.goto(f"{address}de/{path}")
    assert page.locator("html").get_attribute("lang") == "de"
    for lang in ("en", "de"):
        page.locator("header .md-select").hover()
        page.locator(f"header .md-select a[hreflang={lang}]").click()
        expect(page).to_have_url(f"{address}{lang}/{path}")
        expect(page.locator("html")).to_have_attribute("lang", lang)


@pytest.mark.parametrize(
    ("lang", "word", "found"), [("de", "Wehr", "glossary/weir/"), ("en", "sluice", "glossary/sluice/")]
)
def test_the_search_finds_a_page(page: Page, address: str, lang: Lang, word: str, found: str) -> None:
    page.goto(f"{address}{lang}/{DISPUTE}")
    page.keyboard.press("/")
    page.locator("dialog input[type=search]").fill(word)
    page.locator(f"dialog ol a[href*='{found}']").first.click()
    expect(page).to_have_url(re.compile(f"/{lang}/{found}"))


def tab_to(page: Page, is_there: Callable[[str], bool], limit: int = 80) -> str:
    """Press the tabulator until the focus is on a link that fits, and return where it leads."""
    for _ in range(limit):
        page.keyboard.press("Tab")
        href: str = page.evaluate("document.activeElement.getAttribute('href') ?? ''")
        if is_there(href):
            assert page.evaluate("document.activeElement.matches(':focus-visible')")
            assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
            return href
    pytest.fail(f"no such link in {limit} steps on {page.url}")


def test_the_keyboard_alone_is_enough(page: Page, address: str) -> None:
    page.goto(f"{address}en/")
    tab_to(page, lambda href: href.endswith(DISPUTE))
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{address}en/{DISPUTE}")
    page.wait_for_load_state()

    passage = tab_to(page, lambda href: href.endswith("#q-2dd2efad38")).partition("#")[2]
    expect(page.locator("#dossier-preview")).to_contain_text(QUOTED)
    page.keyboard.press("Escape")
    expect(page.locator("#dossier-preview")).to_be_hidden()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"/{SOURCE}#{passage}$"))
    at_target(page, passage)
    tab_to(page, lambda href: f"{DISPUTE}#{STATEMENT}" in href)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"/en/{DISPUTE}#{STATEMENT}$"))
    at_target(page, STATEMENT)


def test_on_a_phone_the_keyboard_opens_the_drawer_and_is_never_where_nobody_sees_it(page: Page, address: str) -> None:
    page.set_viewport_size(PHONE)
    page.goto(f"{address}de/chronology/")
    for _ in range(40):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.getBoundingClientRect().right") > 0
    page.reload()
    button = page.get_by_role("button", name="Navigation")
    drawer = page.locator(".md-sidebar--primary")
    expect(drawer).to_be_hidden()
    for key in ("Enter", "Escape", "Space"):
        button.focus()
        page.keyboard.press(key)
        expect(drawer).to_be_visible(visible=key != "Escape")
        expect(button).to_have_attribute("aria-expanded", "false" if key == "Escape" else "true")
    link = drawer.get_by_role("link", name="Glossar", exact=True)
    link.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{address}de/glossary/")
    page.set_viewport_size({"width": 1280, "height": 900})
    expect(page.locator(".drawer-open")).to_be_hidden()


def test_without_scripts_everything_can_be_read(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    page.locator("a[hreflang=de]").first.click()
    page.locator(f"article a[href='{DISPUTE}']").first.click()
    page.locator(f"#{STATEMENT} a").click()
    expect(page.locator(f"mark:has-text('{QUOTED}')")).to_be_in_viewport()
    context.close()


def test_no_page_is_wider_than_a_phone(page: Page, site: Path, address: str) -> None:
    page.set_viewport_size(PHONE)
    wide = {}
    for path in pages(site, "de"):
        page.goto(address + path, wait_until="domcontentloaded")
        width = page.evaluate("Math.max(document.documentElement.scrollWidth, document.body.scrollWidth)")
        if width > PHONE["width"]:
            wide[path] = width
    assert wide == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_both_colour_schemes_can_be_read(page: Page, address: str, scheme: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(f"{address}de/{SOURCE}")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate" if scheme == "dark" else "default")
    _, background = page.evaluate(COLOURS, "article")
    assert (luminance(background) < 0.1) == (scheme == "dark")
    for selector in ("p", "mark.quoted", "mark.annotated", ".set-aside", ".untouched", ".badge", "dd a"):
        text, behind = page.evaluate(COLOURS, f"article {selector}")
        assert contrast(text, behind) >= 4.5, (selector, text, behind)
