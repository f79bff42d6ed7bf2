"""Readers who ask how we know: cards beside links, the text of a source; over http and from files, wide and narrow."""

import json
import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from generator.lang import LANGS
from generator.outputs.site import served
from tests.brook import brook, copy_of, edit, make, sign, write

pytestmark = [pytest.mark.slow, pytest.mark.browser]
DISPUTE = "disputes/mill-quarrel/"
CLAIM = "claims/weir-cost/"
SOURCE = "sources/gazette/"
TWICE = "Das Wasser kam im Mai. Das Wasser kam im Juni."
WIDE: ViewportSize = {"width": 1400, "height": 900}
PHONE: ViewportSize = {"width": 360, "height": 740}
Address = Callable[[str], str]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = brook(tmp_path_factory.mktemp("quotes"))
    edit(project, "seeds/gazette.txt", "Wer am Bach wohnt", f"{TWICE} Wer am Bach wohnt")
    sign(project, "gazette")
    report = make(project, with_site=True)
    assert report.site is not None, report.examined.diagnostics
    return project / "build/site"


@pytest.fixture(scope="module", params=["http", "file"])
def address(request: pytest.FixtureRequest, site: Path) -> Iterator[Address]:
    """Give the address of a page by its path, over http or as a file."""
    if request.param == "file":
        yield lambda path: (site / path / "index.html").as_uri()
        return
    with served(site) as root:
        yield lambda path: f"{root}{path}"


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
    back = page.locator("li.is-target a[href*='claims/weir-cost/'][href$='#proof-answers-1']")
    expect(back).to_be_in_viewport()
    expect(back).to_have_class("is-target" if page.url.startswith("http") else "")
    follow(page, back, address)
    expect(page.locator("#proof-answers-1:target")).to_be_in_viewport()


def test_a_card_says_how_a_thing_is_said_where_no_sign_does(page: Page, address: Address) -> None:
    page.goto(address("en/actors/ada-quill/"))
    page.locator("#proof a").hover()
    expect(card(page)).to_contain_text("Herald")
    expect(card(page)).to_contain_text("· said as fact")


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
    page.goto(address(f"de/{SOURCE}"))
    number = page.locator("sup.rest a", has_text=re.compile("^8$"))
    number.tap()
    expect(card(page)).to_contain_text("Wehr")
    number.tap()
    expect(page.locator("li:has(> #u8)")).to_be_in_viewport()
    expect(card(page)).to_be_hidden()
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


# --- the text of a source


def pressed(page: Page, name: str) -> Locator:
    return page.locator(".source-tools").get_by_role("button", name=name, exact=True)


def select(page: Page, words: str, nth: int = 0) -> None:
    """Select words of the text, as a reader does with a mouse."""
    page.evaluate(
        """([words, nth]) => {
          const list = document.querySelector("ol:has(> li .paragraph)");
          const walker = document.createTreeWalker(list, NodeFilter.SHOW_TEXT);
          let left = nth;
          for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            for (let at = node.data.indexOf(words); at >= 0; at = node.data.indexOf(words, at + 1)) {
              if (left-- > 0) continue;
              getSelection().setBaseAndExtent(node, at, node, at + words.length);
              node.parentElement.scrollIntoView({block: "center"});
              return;
            }
          }
          throw new Error(`not there: ${words}`);
        }""",
        [words, nth],
    )


def copied(page: Page, button: str) -> str:
    bar = page.locator(".copy-bar")
    expect(bar).to_be_visible()
    bar.get_by_role("button", name=button).click()
    expect(bar.get_by_role("status")).to_have_text("Copied")
    return bar.locator("pre").inner_text()


def accepted(project: Path, evidence: str, to: Path) -> list[str]:
    """Give what our own check says of an event that rests on this evidence."""
    fresh = copy_of(project, to)
    indented = evidence.replace("\n", "\n  ")
    event = "entries/events/1921-03-damming.yaml"
    edit(fresh, event, "evidence:\n", f"evidence:\n  {indented.rstrip()}\n")
    report = make(fresh)
    return [one.code for one in report.examined.diagnostics if one.severity == "error"]


@pytest.mark.parametrize("has_clipboard", [True, False])
def test_a_selection_is_copied_as_evidence_that_the_check_accepts(
    page: Page, site: Path, address: Address, tmp_path: Path, *, has_clipboard: bool
) -> None:
    if not has_clipboard:
        page.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.goto(address(f"en/{SOURCE}"))
    select(page, "ie Müllerin Ada Qui")  # half a word grows to a whole one
    evidence = copied(page, "Copy as evidence")
    assert evidence.splitlines() == ["- source: gazette", '  quote: "Die Müllerin Ada Quill"']
    assert accepted(site.parents[1], evidence, tmp_path / "one") == []
    select(page, "Das Wasser kam", nth=1)
    expect(page.locator(".copy-bar p")).to_have_text("")
    evidence = copied(page, "Copy as evidence")
    assert '  prefix: "Mai."' in evidence.splitlines()
    assert accepted(site.parents[1], evidence, tmp_path / "two") == []


def test_words_that_a_search_has_marked_are_copied_like_others(page: Page, address: Address) -> None:
    page.goto(address(f"en/{SOURCE}") + "?h=müllerin")
    expect(page.locator("mark.searched").first).to_have_text("Müllerin")
    select(page, "Ada Quill")
    page.locator(".copy-bar").get_by_role("button", name="Whole sentence").click()
    expected = '  quote: "Die Müllerin Ada Quill hat im März 1921 den Bach gestaut."'
    assert expected in copied(page, "Copy as evidence").splitlines()


def test_what_is_too_short_to_prove_anything_is_not_copied(page: Page, address: Address) -> None:
    page.goto(address(f"en/{SOURCE}"))
    select(page, "Gutachten")
    bar = page.locator(".copy-bar")
    bar.get_by_role("button", name="Copy as evidence").click()
    expect(bar.get_by_role("status")).to_contain_text("Too short")
    expect(bar.locator("pre")).to_be_hidden()
    page.locator("h1").click()
    expect(bar).to_be_hidden()


def test_the_keyboard_chooses_sentences_and_copies_a_link_to_them(page: Page, address: Address) -> None:
    page.goto(address(f"en/{SOURCE}"))
    pressed(page, "Choose a sentence").focus()
    page.keyboard.press("Enter")
    bar = page.locator(".copy-bar")
    expect(bar.get_by_role("button", name="Copy as evidence")).to_be_focused()
    assert page.evaluate("String(getSelection())") == "Streit um die Mühle am Brook"
    bar.get_by_role("button", name="Next sentence").press("Enter")
    link = copied(page, "Copy link")
    assert re.search(r"#p2:~:text=Die%20M%C3%BCllerin%20Ada%20Quill,.*gestaut\.$", link)
    page.keyboard.press("Escape")
    expect(bar).to_be_hidden()
    expect(pressed(page, "Choose a sentence")).to_be_focused()


def words_of_paragraph(page: Page, number: int) -> str:
    """Give what a reader sees of a paragraph, without the numbers."""
    return str(
        page.locator(f"p:has(> #p{number})").evaluate(
            """text => {
              for (const sign of text.querySelectorAll("sup, a")) sign.hidden = true;
              return text.innerText;
            }"""
        )
    )


def test_the_likely_reading_stands_in_place_of_the_printed_words(page: Page, address: Address) -> None:
    page.goto(address(f"en/{SOURCE}"))
    printed = page.locator("mark u", has_text="Wasserpforte mit Tür")
    expect(printed).to_be_visible()
    assert page.locator("ins").count() == 0
    pressed(page, "likely reading").click()
    reading = page.locator("ins")
    expect(reading).to_have_text("[Schleusentor]")
    expect(reading).to_have_attribute("title", "printed: Wasserpforte mit Tür")
    expect(printed).to_be_hidden()
    assert "Das Wehr ist eine „[Schleusentor]“, so der Bote." in words_of_paragraph(page, 6)
    reading.click()
    expect(printed).to_be_visible()
    reading.click()
    expect(printed).to_be_hidden()
    pressed(page, "as printed").click()
    expect(reading).to_have_count(0)
    expect(printed).to_be_visible()


def test_the_reader_s_choice_of_reading_is_kept(page: Page, address: Address) -> None:
    page.goto(address(f"en/{SOURCE}"))
    pressed(page, "likely reading").click()
    page.goto(address(f"de/{SOURCE}"))
    expect(pressed(page, "wie wohl gemeint")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("ins")).to_have_text("[Schleusentor]")
    pressed(page, "wie gedruckt").click()
    page.reload()
    expect(pressed(page, "wie gedruckt")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("ins")).to_have_count(0)


def test_where_nothing_can_be_kept_the_choice_holds_for_the_page(page: Page, address: Address) -> None:
    page.add_init_script(
        """for (const name of ["getItem", "setItem"]) {
          const real = Storage.prototype[name];
          Storage.prototype[name] = function (key, value) {
            if (key.startsWith("dossier-")) throw new Error("refused");
            return real.call(this, key, value);
          };
        }"""
    )
    page.goto(address(f"en/{SOURCE}"))
    pressed(page, "likely reading").click()
    expect(page.locator("ins")).to_have_count(1)


def test_evidence_copied_from_the_likely_reading_is_what_is_printed(page: Page, address: Address) -> None:
    page.goto(address(f"en/{SOURCE}"))
    pressed(page, "likely reading").click()
    select(page, "[Schleusentor]")
    assert '  quote: "Wasserpforte mit Tür"' in copied(page, "Copy as evidence").splitlines()
    page.keyboard.press("Escape")
    select(page, "ist eine")
    page.locator(".copy-bar").get_by_role("button", name="Whole sentence").click()
    expected = '  quote: "Das Wehr ist eine „Wasserpforte mit Tür“, so der Bote."'
    assert expected in copied(page, "Copy as evidence").splitlines()


def test_on_paper_a_long_paragraph_may_go_on_on_the_next_sheet(page: Page, address: Address) -> None:
    page.goto(address(f"en/{SOURCE}"))
    page.emulate_media(media="print")
    kept = "item => getComputedStyle(item).breakInside"
    assert {item.evaluate(kept) for item in page.locator("li:has(> p > .paragraph)").all()} == {"auto"}
    assert {item.evaluate(kept) for item in page.locator("li:has(> .rests)").all()} == {"avoid"}
    legend = page.locator(".text-legend")
    assert legend.evaluate("legend => legend.offsetHeight > 30"), "it is folded out"
    expect(legend.locator("summary")).to_be_hidden()


def test_the_address_shows_the_whole_passage_as_it_is_printed(page: Page, address: Address) -> None:
    page.goto(address(f"en/{SOURCE}"))
    page.locator("sup.rest a", has_text=re.compile("^8$")).click()
    page.locator("li:has(> #u8) > a").first.click()
    marks = page.locator("mark.is-target")
    assert "".join(marks.all_text_contents()) == "Das Wehr ist eine „Wasserpforte mit Tür“"
    line = "word => getComputedStyle(word).textDecorationLine"
    assert page.locator("mark.is-target u").evaluate(line) == "none"
    pressed(page, "likely reading").click()
    page.reload()
    assert page.locator("mark.is-target u").evaluate(line) == "line-through"
    assert "".join(marks.all_text_contents()) == "Das Wehr ist eine „[Schleusentor]Wasserpforte mit Tür“"
    expect(page.locator("mark.is-target u")).to_be_visible()
    expect(page.locator("ins")).to_be_visible()


@pytest.mark.parametrize("size", [WIDE, {"width": 800, "height": 900}, PHONE])
def test_the_tools_stay_in_reach_and_cover_nothing_that_was_asked_for(
    page: Page, address: Address, size: ViewportSize
) -> None:
    page.set_viewport_size(size)
    page.goto(address(f"en/{SOURCE}") + "#p6")
    bar = page.locator(".source-tools").bounding_box()
    asked = page.locator("p:has(> #p6)").bounding_box()
    header = page.locator(".md-header").bounding_box()
    assert bar is not None
    assert asked is not None
    assert header is not None
    assert header["y"] + header["height"] <= bar["y"] + 1
    assert bar["y"] + bar["height"] <= asked["y"]
    assert bar["height"] < 60
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    expect(pressed(page, "likely reading")).to_be_in_viewport()


def opened(page: Page) -> Locator:
    """Open what does not fit into the bar."""
    page.locator(".text-opener").click()
    expect(page.locator(".text-more")).to_be_visible()
    return page.locator(".text-more")


@pytest.mark.parametrize("size", [WIDE, PHONE])
def test_notes_are_filtered_by_their_kind(page: Page, address: Address, size: ViewportSize) -> None:
    page.set_viewport_size(size)
    page.goto(address(f"de/{SOURCE}"))
    notes = page.locator(".margin-note")
    expect(notes.filter(visible=True)).to_have_count(2)
    button = opened(page).locator(".sort-translation")
    expect(button).to_have_text("Übersetzungsfehler 1")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")
    expect(notes.filter(visible=True)).to_have_count(1)
    expect(page.locator("mark.is-silent")).to_have_text("Wasserpforte mit Tür")
    page.get_by_role("button", name="ganz zeigen").click()
    expect(notes.filter(visible=True)).to_have_count(1)
    button.click()
    expect(notes.filter(visible=True)).to_have_count(2)
    page.keyboard.press("Escape")
    expect(page.locator(".text-more")).to_be_hidden()
    expect(page.locator(".text-opener")).to_be_focused()


def test_a_reading_whose_note_is_not_shown_is_not_in_the_text(page: Page, address: Address) -> None:
    page.goto(address(f"de/{SOURCE}"))
    pressed(page, "wie wohl gemeint").click()
    opened(page).locator(".sort-translation").click()
    expect(page.locator("ins")).to_have_count(0)
    expect(page.locator("mark u", has_text="Wasserpforte mit Tür")).to_be_visible()


def test_notes_stand_beside_their_line_or_below_the_paragraph(page: Page, address: Address) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(address(f"de/{SOURCE}"))
    words = page.locator("mark", has_text="Wasserpforte mit Tür")
    note = page.locator("p:has(> #note-water-gate)")
    text, beside = words.bounding_box(), note.bounding_box()
    assert text is not None
    assert beside is not None
    assert beside["x"] > text["x"] + text["width"]
    assert abs(beside["y"] - text["y"]) < 12
    page.set_viewport_size(PHONE)
    text, below = page.locator("p:has(> #p6)").bounding_box(), note.bounding_box()
    assert text is not None
    assert below is not None
    assert below["y"] >= text["y"] + text["height"]
    assert below["x"] + below["width"] <= PHONE["width"]


def test_without_scripts_notes_readings_and_what_rests_are_there(browser: Browser, address: Address) -> None:
    for size in (WIDE, PHONE):
        context = browser.new_context(java_script_enabled=False, viewport=size)
        page = context.new_page()
        page.goto(address(f"en/{SOURCE}"))
        expect(page.locator("#note-water-gate")).to_have_count(1)
        expect(page.locator("p:has(> #note-water-gate) .reading")).to_be_visible()
        expect(page.locator("li:has(> #u1)")).to_be_visible()
        context.close()


def test_of_a_text_that_may_not_be_shown_nothing_more_is_anywhere(page: Page, site: Path, address: Address) -> None:
    page.goto(address("en/sources/herald/"))
    assert page.locator(".source-tools").get_attribute("data-source") is None
    expect(page.locator(".copy-bar")).to_have_count(0)
    secret = b"margin"
    assert secret in (site.parents[1] / "seeds/herald.txt").read_bytes()
    text_files = [file for file in site.rglob("*") if file.suffix in {".js", ".json", ".html", ".md"}]
    assert len(text_files) > 100
    printed = b"was printed in the margin"
    assert [file for file in text_files if printed in file.read_bytes()] == []


@pytest.fixture(scope="module")
def chronicle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the site of a dossier with a source of 10,000 characters and 60 notes, with quotes on each."""
    project = brook(tmp_path_factory.mktemp("chronicle"))
    sentences = [
        f"Sentence {n} of the chronicle says that the miller of Brookside {n} times asked." for n in range(130)
    ]
    text = "\n\n".join(" ".join(sentences[at : at + 5]) for at in range(0, len(sentences), 5))
    assert len(text) >= 10_000
    write(project, "seeds/chronicle.txt", text)
    fields = "title: Chronicle\nshort: Chronicle\nlanguage: en\npublished: 1921\ndescription: Long."
    write(project, "entries/sources/chronicle.yaml", f"file: seeds/chronicle.txt\nsha256: x\n{fields}\n")
    sign(project, "chronicle")
    said = {
        "de": "Was hier steht, ist aus einer anderen Sprache übersetzt, und zwar schlecht; gemeint ist [[weir]]. " * 3
    }
    notes = [
        {
            "id": f"n{n}",
            "quote": sentences[2 * n],
            "type": "translation",
            "severity": "distorting",
            "reading": dict.fromkeys(
                LANGS, sentences[2 * n].replace("says that", "tells how").replace("asked", "begged")
            ),
            "note": said | {"en": said["de"]},
            "refs": ["weir", "ada-quill"],
        }
        for n in range(60)
    ]
    write(
        project, "entries/annotations/chronicle-annotations.yaml", json.dumps({"source": "chronicle", "notes": notes})
    )
    evidence = [{"source": "chronicle", "quote": sentence, "modality": "reported"} for sentence in sentences[:100]]
    event = {"when": "1921", "when_basis": "stated", "type": "meeting", "title": "Asked", "text": "Asked."}
    write(project, "entries/events/1921-asked.yaml", json.dumps(event | {"evidence": evidence}))
    report = make(project, with_site=True)
    assert report.site is not None, report.examined.diagnostics
    return project / "build/site"


def test_a_long_source_with_many_notes_is_a_small_page(chronicle: Path) -> None:
    """It is less than 300 KiB of page, style and script."""
    for lang in LANGS:
        files = ("sources/chronicle/index.html", "assets/dossier.css", "assets/dossier.js")
        sizes = {file: (chronicle / lang / file).stat().st_size for file in files}
        assert sum(sizes.values()) < 300 * 1024, sizes


NOTES_AND_LINES = """() => {
  const shown = [...document.querySelectorAll(".margin-note")].filter((note) => !note.hidden);
  return shown.map((note) => {
    const box = note.getBoundingClientRect();
    const words = document.querySelector(`mark[data-notes~="${note.querySelector(".note").dataset.note}"]`);
    const item = note.closest("ol > li").getBoundingClientRect();
    const line = words.getClientRects()[0].top;
    return {top: box.top, bottom: box.bottom, line, from: item.top, to: item.bottom};
  });
}"""


def test_many_notes_stand_in_order_below_each_other_and_begin_at_their_paragraph(page: Page, chronicle: Path) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto((chronicle / "en/sources/chronicle/index.html").as_uri())

    def looked_at() -> list[dict[str, float]]:
        page.wait_for_timeout(150)
        boxes: list[dict[str, float]] = page.evaluate(NOTES_AND_LINES)
        for one, other in pairwise(boxes):
            assert one["bottom"] <= other["top"] + 0.5
        end = page.locator("ol:has(> li .paragraph)").bounding_box()
        assert end is not None
        assert boxes[-1]["bottom"] <= end["y"] + end["height"] + 0.5
        return boxes

    boxes = looked_at()
    assert len(boxes) == 60
    assert all(box["from"] - 1 <= box["top"] <= box["to"] for box in boxes)
    assert sum(abs(box["top"] - box["line"]) < 12 for box in boxes) > 20
    note = page.locator(".margin-note").nth(30)
    before = note.evaluate("note => [note.style.top, note.offsetHeight]")
    note.click(position={"x": 3, "y": 3})
    looked_at()
    after = note.evaluate("note => [note.style.top, note.offsetHeight]")
    assert after[0] == before[0]
    assert after[1] > before[1]
    pressed(page, "likely reading").click()
    looked_at()
    opened(page).get_by_role("button", name="in full").click()
    looked_at()
    page.set_viewport_size({"width": 1000, "height": 900})
    looked_at()
