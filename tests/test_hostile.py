"""Whatever comes from entries, sources and file names does nothing on any page, and is shown as it was written."""

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Page

from generator.build import Engine
from generator.lang import LANGS
from generator.outputs.site import served
from tests.brook import make
from tests.hostile import LINES, PASSAGES, PROSE, SAYINGS, hostile
from tests.linkcheck import broken_links, external_loads

pytestmark = [pytest.mark.slow, pytest.mark.browser]
# What must be nowhere on a page: our own markup has no handlers, frames or forms, and the theme's scripts are known.
INERT = """() => {
  const all = [...document.querySelectorAll("*")];
  const handlers = all.filter(one => [...one.attributes].some(a => a.name.startsWith("on")));
  const links = [...document.querySelectorAll("[*|href], [src], [action], [data]")]
    .map(one => ["href", "xlink:href", "src", "action"].map(name => one.getAttribute(name)).find(to => to) ?? "")
    .filter(to => /^\\s*(javascript|data|vbscript|file):/i.test(to));
  const article = document.querySelector("article") || document.body;
  const foreign = [...article.querySelectorAll(
    "script, style, iframe, object, embed, form, input, svg, img, video, textarea, title, link")]
    .filter(one => !one.closest(".headerlink, .md-content__button, .drawing, .sieve"));
  const drawn = [...document.querySelectorAll(".drawing *")].map(one => one.localName);
  return {
    width: document.documentElement.scrollWidth,
    hacked: window.__hacked,
    handlers: handlers.map(one => one.outerHTML),
    links,
    drawn: [...new Set(drawn)],
    foreign: foreign.map(one => one.outerHTML),
    title: document.title,
    heading: article.querySelector("h1")?.innerText ?? "",
    text: article.textContent,
  };
}"""


# All that a drawing may be made of.
DRAWN = {"svg", "g", "a", "title", "text", "tspan", "rect", "circle", "line", "path", "figcaption"}
# What each page must show, apart from the pages of the actors.
SHOWN = {
    "actors/": SAYINGS[:1],
    "disputes/quarrel/": (*SAYINGS, *PROSE),
    "events/fire/": (*SAYINGS, *PASSAGES),
    "claims/cost/": (*PROSE, *PASSAGES),
    "sources/mill-paper/": PASSAGES,
    "errata/": (*LINES, *PROSE),
    "glossary/weir/": LINES,
    "register/": SAYINGS,
    "coverage/": tuple(passage for passage in PASSAGES if "…" not in passage),  # the dots end a sentence there
}


def folded(text: str) -> str:
    """Fold white space, as a browser does, and compose letters, as a source's page does.

    The sign that links a heading to itself is the theme's.
    """
    return " ".join(unicodedata.normalize("NFC", text).replace("¶", " ").split())


@pytest.fixture(scope="module", params=["mkdocs", "zensical"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    engine: Engine = request.param
    project = hostile(tmp_path_factory.mktemp("hostile"))
    report = make(project, with_site=True, engine=engine)
    assert report.site is not None, [one for one in report.examined.diagnostics if one.severity == "error"]
    return project / "build/site"


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    with served(site) as root:
        yield root


def test_no_link_is_broken_and_nothing_is_loaded(site: Path) -> None:
    assert broken_links(site, "/it(s)&co/") == []
    assert external_loads(site) == []


def test_nothing_runs_and_everything_is_shown(page: Page, site: Path, address: str) -> None:
    seen: dict[str, str] = {}
    page.set_viewport_size({"width": 360, "height": 740})  # the narrowest, as words may be long too
    # The pages of both site builders are alike but for the look: of the second one language is enough.
    languages = LANGS if (site.parent / "mkdocs.en.yml").is_file() else LANGS[:1]
    for file in sorted(site.rglob("index.html")):
        path = file.relative_to(site).as_posix().removesuffix("index.html")
        if not path.startswith(languages) or 'http-equiv="refresh"' in file.read_text(encoding="utf-8"):
            continue  # it leads to another page at once
        page.goto(address + quote(path), wait_until="load")
        found = page.evaluate(INERT)
        assert (found["hacked"], found["handlers"], found["links"], found["foreign"]) == (None, [], [], []), path
        assert set(found["drawn"]) <= DRAWN, path
        assert found["width"] <= 360, path
        seen[path] = folded(found["text"])
        if match := re.fullmatch(r"(de|en)/actors/a-(\d+)/", path):
            name = folded(SAYINGS[(int(match[2]) + (match[1] == "en")) % len(SAYINGS)])
            assert folded(found["heading"]) == name, path
            assert folded(found["title"]).startswith(name), path
    assert len(seen) > 30 * len(languages)
    for lang in languages:
        for path, sayings in SHOWN.items():
            shown = seen[f"{lang}/{path}"]
            assert [saying for saying in sayings if folded(saying) not in shown] == [], f"{lang}/{path}"


def test_the_front_page_and_the_search_show_words_only(page: Page, site: Path, address: str) -> None:
    page.add_init_script("Object.defineProperty(navigator, 'languages', {get: () => ['en']})")
    page.goto(address)
    page.wait_for_url("**/en/")
    assert folded(SAYINGS[1]) in folded(page.locator(".md-header").first.inner_text())
    page.keyboard.press("/")
    for word in ("onerror", "script"):
        page.locator("dialog input[type=search]").fill(word)
        page.locator("dialog ol a", has_text=word).first.wait_for()
    page.locator("dialog .search-groups label").first.wait_for(state="attached")
    assert page.evaluate(INERT)["hacked"] is None
    page.locator("dialog ol a").first.click()
    page.wait_for_url(re.compile(r"[?#]|/en/.+"))
    page.wait_for_load_state()
    assert page.evaluate(INERT)["hacked"] is None
