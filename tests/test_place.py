"""Readers who change the language in the middle of a page, over http and from a disk, on a desk and on a phone."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from generator.outputs.site import served
from tests.built import golden_site

pytestmark = [pytest.mark.slow, pytest.mark.browser]
DISPUTE = "disputes/mill-quarrel/"
DESK: ViewportSize = {"width": 1280, "height": 500}
PHONE: ViewportSize = {"width": 360, "height": 600}


@pytest.fixture(scope="module")
def site() -> Path:
    return golden_site()


@pytest.fixture(scope="module", params=["http", "file"])
def address(request: pytest.FixtureRequest, site: Path) -> Iterator[str]:
    if request.param == "file":
        yield f"{site.as_uri()}/"
        return
    with served(site) as root:
        yield root


@pytest.fixture(params=[DESK, PHONE], ids=["desk", "phone"])
def reader(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """A page at one of two widths; no script may fail on it."""
    context = browser.new_context(viewport=request.param)
    page = context.new_page()
    failures: list[str] = []
    page.on("pageerror", lambda error: failures.append(str(error)))
    yield page
    context.close()
    assert failures == []


def at(address: str, path: str) -> str:
    """Return where a page is: a file has no server that finds the index."""
    return f"{address}{path}{'index.html' if address.startswith('file:') else ''}"


def switch(page: Page, lang: str) -> None:
    """Choose a language as a reader does: Playwright itself would first scroll what lies below the header's room."""
    page.mouse.move(*middle(page.locator("header .md-select")))
    link = page.locator(f"header .md-select a[hreflang={lang}]")
    expect(link).to_be_visible()
    page.wait_for_function("document.getAnimations().every(one => one.playState !== 'running')")
    page.mouse.click(*middle(link))


def middle(of: Locator) -> tuple[float, float]:
    box = of.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_what_the_address_names_is_kept_and_headings_are_translated(reader: Page, address: str) -> None:
    reader.goto(f"{at(address, f'de/{DISPUTE}')}#offene-fragen")
    switch(reader, "en")
    expect(reader).to_have_url(f"{at(address, f'en/{DISPUTE}')}#at-open")
    expect(reader.locator("html")).to_have_attribute("lang", "en")
    expect(reader.locator("#open-questions")).to_be_in_viewport()
    switch(reader, "de")
    expect(reader).to_have_url(f"{at(address, f'de/{DISPUTE}')}#at-open")
    expect(reader.locator("#offene-fragen")).to_be_in_viewport()


def test_evidence_is_kept(reader: Page, address: str) -> None:
    reader.goto(f"{at(address, f'en/{DISPUTE}')}#e2")
    switch(reader, "de")
    expect(reader).to_have_url(f"{at(address, f'de/{DISPUTE}')}#e2")


def test_what_is_read_is_kept_where_the_address_names_nothing_in_view(reader: Page, address: str) -> None:
    reader.goto(f"{at(address, f'de/{DISPUTE}')}#proof")
    reader.evaluate("document.fonts.ready")
    top = "document.getElementById('at-open').getBoundingClientRect().top"
    reader.wait_for_function(f"scrollBy({{top: {top} - 60, behavior: 'instant'}}), Math.abs({top} - 60) < 2")
    switch(reader, "en")
    expect(reader).to_have_url(re.compile(r"/en/.*#at-open$"))
    expect(reader.locator("#open-questions")).to_be_in_viewport()


def test_the_top_of_a_page_leads_to_the_top(reader: Page, address: str) -> None:
    reader.goto(at(address, "de/sources/gazette/"))
    switch(reader, "en")
    expect(reader).to_have_url(at(address, "en/sources/gazette/"))


def test_an_entry_that_has_moved_leads_to_the_other_one(reader: Page, address: str) -> None:
    reader.goto(at(address, "en/actors/old-miller/"))
    expect(reader).to_have_url(f"{address}en/actors/ada-quill/index.html")


def test_the_way_leads_back_to_the_section(reader: Page, address: str) -> None:
    reader.goto(at(address, "de/events/1921-03-damming/"))
    assert reader.locator("nav.md-nav [aria-current]").first.inner_text().strip() in {"Chronologie", ""}
    assert reader.locator(".dossier-trail").inner_text().split() == ["Start", "Chronologie"]
    reader.locator(".dossier-trail a").last.click()
    expect(reader).to_have_url(at(address, "de/chronology/"))


def test_a_citation_can_be_copied(reader: Page, address: str) -> None:
    reader.goto(at(address, "en/glossary/weir/"))
    expect(reader.locator(".dossier-cite__plain")).to_contain_text("weir. In: The mill quarrel of Brookside.")
    reader.locator(".dossier-cite summary").click()
    box = reader.locator(".dossier-cite")
    with reader.expect_download() as waiting:
        box.get_by_role("button", name="Save", exact=True).first.click()
    assert waiting.value.suggested_filename == "en-glossary-weir-dossier.bib"
    assert "title = {{weir}}" in waiting.value.path().read_text(encoding="utf-8")
    box.get_by_role("button", name="Copy", exact=True).last.click()
    expect(box.get_by_role("button", name="Copied", exact=True)).to_be_visible()


def test_the_head_names_the_page_itself_and_its_other_languages(site: Path) -> None:
    text = (site / "de/glossary/weir/index.html").read_text(encoding="utf-8")
    base = "https://mill.example/dossier"
    assert re.findall(r'<link rel="canonical" href="([^"]*)"', text) == [f"{base}/de/glossary/weir/"]
    found = re.findall(r'<link rel="alternate " href="([^"]*)" hreflang="([^"]*)"', text)
    assert found == [(f"{base}/{lang}/glossary/weir/", lang) for lang in ("de", "en")] + [
        (f"{base}/de/glossary/weir/", "x-default")
    ]
    assert '<meta name="description" content="Eine Mauer im Bach, die das Wasser staut.">' in text
    assert '<meta property="og:title" content="Wehr">' in text
    assert f'<meta property="og:url" content="{base}/de/glossary/weir/">' in text
    assert "<title>Wehr – Der Mühlenstreit von Brookside</title>" in text
    assert 'href="https://git.example/mill/dossier/edit/main/entries/terms/weir.yaml" rel="edit"' in text
    home = (site / "de/index.html").read_text(encoding="utf-8")
    assert "<title>Der Mühlenstreit von Brookside: Wasser, Mehl und Recht</title>" in home


def test_a_page_that_has_moved_is_no_page_of_its_own(site: Path) -> None:
    text = (site / "en/actors/old-miller/index.html").read_text(encoding="utf-8")
    assert '<meta http-equiv="refresh" content="0; url=../ada-quill/index.html">' in text
    assert '<meta name="robots" content="noindex">' in text
    assert 'rel="canonical"' not in text
    assert "dossier-foot" not in text
