"""Whole pages: the golden dossier in both languages, its links, its safety, long lists, and what a change touches."""

import gc
import html
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path, PurePosixPath
from posixpath import normpath
from random import Random

import lxml.html
import markdown
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import nodes

from generator.changes import fingerprints, stale_pages
from generator.kinds import all_kinds
from generator.lang import LANGS, Lang
from generator.load import Files, read_project
from generator.pipeline import examine_files
from generator.render import RenderedPages, _environment, render_pages
from generator.views.page import Page
from tests.stories import corpus_of, files_of

GOLDEN = Path(__file__).parent / "golden" / "dossier"
LINK = re.compile(r"\]\(([^)\s]+)(?: \"[^\"]*\")?\)")
ID = re.compile(r' id="([^"]+)"')
# All that a drawing may be made of.
DRAWN = {"figure", "figcaption", "svg", "g", "a", "title", "text", "tspan", "rect", "circle", "line", "path"}


@cache
def golden_files() -> Files:
    files, problems = read_project(GOLDEN)
    assert not problems
    return files


def render(files: Files, lang: Lang) -> RenderedPages:
    corpus = examine_files(files).corpus
    assert corpus is not None
    return render_pages(corpus, files.docs, lang)


@cache
def golden(lang: Lang) -> RenderedPages:
    return render(golden_files(), lang)


def text_of(pages: RenderedPages, path: str) -> str:
    return pages.files[path].decode()


def markdown_pages(pages: RenderedPages) -> dict[str, str]:
    return {path: raw.decode() for path, raw in pages.files.items() if path.endswith(".md")}


def to_html(page: str) -> lxml.html.HtmlElement:
    body = page.split("---\n", 2)[2]
    made = markdown.markdown(body, extensions=["tables", "def_list", "toc", "sane_lists"])
    return lxml.html.fromstring(f"<div>{made}</div>")


def broken_links(pages: Mapping[str, str]) -> list[str]:
    anchors = {path: set(ID.findall(text)) for path, text in pages.items()}
    broken = []
    for path, text in pages.items():
        body = text.split("---\n", 2)[2]
        for target in LINK.findall(re.sub(r"`[^`]*`", "", body)):
            if target.startswith(("https://", "http://")):
                continue
            file, _, anchor = target.partition("#")
            found = normpath(str(PurePosixPath(path).parent / file)) if file else path
            if found not in pages or (anchor and anchor not in anchors[found]):
                broken.append(f"{path}: {target}")
    return broken


# --- what there is


def test_both_languages_have_the_same_pages() -> None:
    german, english = (set(golden(lang).files) for lang in LANGS)
    assert german == english
    assert {"index.md", "register/index.md", "method.md", "assets/dossier.css", "assets/dossier.js"} < german
    for kind in all_kinds().values():
        assert f"{kind.index or kind.path}/index.md" in german


def test_the_navigation_holds_sections_and_hand_written_pages_only() -> None:
    nav = golden("en").nav
    assert nav[0] == ("Home", "index.md")
    assert nav[-1] == ("How we worked", "method.md")
    assert all(path in golden("en").files for _, path in nav)
    assert len({path for _, path in nav}) == len(nav) == 3 + len(all_kinds()) + 2 + 1
    assert all(type(title) is str for title, _ in nav)


@pytest.mark.parametrize("lang", LANGS)
def test_every_link_has_its_page_and_every_anchor_its_place(lang: Lang) -> None:
    pages = markdown_pages(golden(lang))
    assert sum(len(LINK.findall(text)) for text in pages.values()) > 250
    assert broken_links(pages) == []


@pytest.mark.parametrize("lang", LANGS)
def test_every_page_begins_with_a_title_and_has_one_first_heading(lang: Lang) -> None:
    for path, text in markdown_pages(golden(lang)).items():
        assert text.startswith('---\ntitle: "'), path
        assert len(to_html(text).findall(".//h1")) == 1, path


@pytest.mark.parametrize("lang", LANGS)
def test_no_id_stands_twice_on_a_page(lang: Lang) -> None:
    for path, text in markdown_pages(golden(lang)).items():
        ids = ID.findall(text)
        assert len(ids) == len(set(ids)), path


def test_two_runs_and_any_order_of_files_give_the_same_pages() -> None:
    files = golden_files()
    again = render(Files(dict(sorted(files.entries.items(), reverse=True)), files.sources, files.docs), "de")
    assert again.files == golden("de").files


def test_only_some_pages_can_be_rendered() -> None:
    files = golden_files()
    corpus = examine_files(files).corpus
    assert corpus is not None
    some = render_pages(corpus, files.docs, "de", only={"actors/ada-quill.md", "index.md"})
    assert {path for path in some.files if path.endswith(".md")} == {"actors/ada-quill.md", "index.md"}
    assert some.nav == golden("de").nav
    assert all(golden("de").files[path] == text for path, text in some.files.items())


# --- what pages say


def test_evidence_leads_to_its_passage_and_back() -> None:
    event = text_of(golden("en"), "events/1921-03-damming.md")
    [target] = re.findall(r"— \[Gazette\]\(\.\./sources/gazette\.md#(q-\w+)\)", event)
    assert f'<sup class="proof" id="proof">[1](../sources/gazette.md#{target} "Gazette: said as fact")' in event
    assert '<span class="mark-contradicts"><span class="mark-reported"><span class="mark-second-hand">[2](' in event
    gazette = text_of(golden("en"), "sources/gazette.md")
    assert f'<span id="{target}"></span>' in gazette
    assert "[Quill dams the stream](../events/1921-03-damming.md#proof)" in gazette
    assert '[↩](#proof "back to the statement")' in event
    assert "“The miller Ada Quill dammed the brook in March 1921" in event
    assert "second-hand, via [The Gazette](../actors/gazette-office.md)" in event


def test_relations_show_in_both_directions() -> None:
    german = golden("de")
    assert "- besitzt [Brook-Mühle](../actors/brook-mill.md) · Eigentümerin · seit 1910" in text_of(
        german, "actors/ada-quill.md"
    )
    assert "- gehört [Ada Quill](../actors/ada-quill.md)" in text_of(german, "actors/brook-mill.md")
    assert "- [Der Bote](../actors/gazette-office.md) berichtet über Ada Quill" in text_of(
        german, "actors/ada-quill.md"
    )


def test_the_matrix_of_a_dispute_shows_empty_cells() -> None:
    page = to_html(text_of(golden("de"), "disputes/mill-quarrel.md"))
    rows = [[cell.text_content() for cell in row] for row in page.find(".//table").iter("tr")]
    assert rows[0] == ["Streitpunkt", "Die Mühle", "Der Garten | und der Bäcker"]
    assert rows[1][:2] == ["Wem gehört das Wasser?", "Die Mühle: In den Quellen nichts"]
    assert "„seither fehle seinem Garten das Wasser“" in rows[1][2]
    assert [cell.partition(": ")[2] for cell in rows[2][1:]] == ["In den Quellen nichts"] * 2


def test_answers_stand_side_by_side_with_their_comparators_in_words() -> None:
    german, english = (text_of(golden(lang), "claims/weir-cost.md") for lang in LANGS)
    cards = [item.text_content() for item in to_html(german).iter("li") if item.find(".//span[@class]") is not None]
    assert [card for card in cards if card.strip().startswith(("über 1.300,5 Kronen", "fast 280 Kronen", "Niemand"))]
    for said in ("über 1.300,5 Kronen", "fast 280 Kronen"):
        assert f'<strong class="amount amount-alone">{said}</strong>' in german
    assert '<strong class="amount amount-alone">almost 280 crowns</strong>' in english
    assert '<span class="badge badge-contradictory">widersprüchlich</span>' in german


def test_an_event_shows_what_it_follows_and_what_followed() -> None:
    page = text_of(golden("en"), "events/1921-05-03-meeting.md")
    assert "Follows\n:   March 1921: [Quill dams the stream](../events/1921-03-damming.md)" in page
    assert "Followed by\n\n- **around autumn 1921** · [A new hearing](../events/1921-autumn-hearing.md)" in page


def test_a_misnomer_is_shown_as_wrong() -> None:
    assert '<s lang="de">Wasserpforte mit Tür</s>' in text_of(golden("en"), "glossary/sluice.md")
    assert '<span class="badge badge-misnomer">wrong name</span>' in text_of(golden("en"), "register/index.md")


def test_a_retired_entry_redirects() -> None:
    page = text_of(golden("en"), "actors/old-miller.md")
    assert "This entry has been replaced by [Ada Quill](../actors/ada-quill.md)." in page
    assert '\nmoved: "actors/ada-quill/index.html"\n' in page
    assert "old-miller" not in text_of(golden("en"), "actors/index.md")


def test_a_text_in_one_language_only_says_so_in_the_other() -> None:
    page = text_of(golden("en"), "actors/bo-rye.md")
    assert '# <span lang="de">Bo Rye</span>\n\n<small>(in German only)</small>' in page
    source = text_of(golden("de"), "sources/herald.md")
    assert '<span lang="en">An English weekly; only excerpts may be shown.</span>' in source


@pytest.mark.parametrize("lang", LANGS)
def test_of_a_source_that_may_not_be_shown_only_quoted_passages_stand_anywhere(lang: Lang) -> None:
    pages = markdown_pages(golden(lang))
    assert any("dammed the stream in spring 1921" in text for text in pages.values())
    assert not any("was printed in the margin" in html.unescape(text) for text in pages.values())


def test_notes_stand_below_their_paragraph_and_in_the_list_of_faults() -> None:
    source = text_of(golden("de"), "sources/gazette.md")
    assert '    > <span id="note-water-gate" class="note" data-note="2" data-sort="translation"></span>' in source
    assert source.index('id="p6"') < source.index('id="note-water-gate"')
    assert "(../sources/gazette.md#note-water-gate)" in text_of(golden("de"), "errata/index.md")


def test_home_begins_with_the_hand_written_text_or_the_description() -> None:
    german, english = (text_of(golden(lang), "index.md") for lang in LANGS)
    assert german.count("\n# ") == 1
    assert "[Der Streit um das Wehr](disputes/mill-quarrel.md). In Code bleibt `[[mill-quarrel]]`" in german
    assert "# The mill quarrel of Brookside\n" in english
    assert "a small dossier about" in english.casefold()


def test_the_head_of_an_entry_says_what_the_theme_shows() -> None:
    head = text_of(golden("en"), "glossary/weir.md").split("---\n")[1]
    assert head.splitlines() == [
        'title: "weir"',
        'description: "A wall in a stream that holds the water back."',
        'trail: [{"title": "Glossary", "url": "glossary/"}]',
        'entry: {"file": "entries/terms/weir.yaml", "said": "read by a second person"}',
    ]


@pytest.mark.parametrize("lang", LANGS)
def test_the_places_of_a_page_have_the_same_names_in_both_languages(lang: Lang) -> None:
    other = markdown_pages(golden("de" if lang == "en" else "en"))
    seen = 0
    for path, text in markdown_pages(golden(lang)).items():
        for heading in re.findall(r"^##+ .*", text, re.MULTILINE):
            assert re.match(r'##+ <span id="at-[a-z0-9-]+" class="here"></span>\S', heading), (path, heading)
        places = re.findall(r'id="(at-[^"]*|proof[^"]*|e\d+|p\d+)"', text)
        assert len(places) == len(set(places)), path
        assert sorted(places) == sorted(re.findall(r'id="(at-[^"]*|proof[^"]*|e\d+|p\d+)"', other[path])), path
        seen += len(places)
    assert seen > 100


def test_a_dossier_without_entries_has_pages_too() -> None:
    pages = render(files_of({}), "en")
    assert "No entries yet." in text_of(pages, "actors/index.md")
    assert "# Mill" in text_of(pages, "index.md")
    assert broken_links(markdown_pages(pages)) == []


def test_a_retired_entry_without_a_successor_says_so() -> None:
    pages = render(files_of({"actors__ada": "{status: retired, type: person, name: Ada, summary: A miller.}"}), "en")
    assert "This entry has been retired." in text_of(pages, "actors/ada.md")


@pytest.mark.parametrize("lang", LANGS)
def test_the_facts_of_an_entry_are_pairs(lang: Lang) -> None:
    found = 0
    for path, text in markdown_pages(golden(lang)).items():
        for facts in to_html(text).iter("dl"):
            found += 1
            tags = [child.tag for child in facts]
            assert tags == ["dt", "dd"] * (len(tags) // 2), path
            assert not facts.findall(".//dd//dl"), path
            assert all(child.text_content().strip() for child in facts), path
    assert found > 15


# --- safety


@pytest.mark.parametrize("lang", LANGS)
def test_nothing_that_comes_from_entries_can_act(lang: Lang) -> None:
    allowed = {
        "a",
        "blockquote",
        "br",
        "code",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "em",
        "h1",
        "h2",
        "hr",
        "li",
        "mark",
        "meta",
    }
    allowed |= {
        "ol",
        "p",
        "i",
        "pre",
        "s",
        "small",
        "span",
        "strong",
        "summary",
        "sup",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "tr",
        "u",
        "ul",
    }
    for path, text in markdown_pages(golden(lang)).items():
        tree = to_html(text)
        for figure in tree.findall(".//figure"):
            for element in figure.iter():
                assert element.tag in DRAWN, (path, element.tag)
                assert not [name for name in element.attrib if name.startswith(("on", "style"))], path
                assert ":" not in element.get("xlink:href", "") or element.tag != "a", path
            figure.drop_tree()
        for element in tree.iter():
            assert element.tag in allowed, (path, element.tag)
            names = set(element.attrib) - {"class", "href", "id", "lang", "title", "style", "start", "hidden"}
            assert not {name for name in names if not name.startswith("data-")} or element.tag == "meta", (path, names)
            assert not element.get("href", "").startswith("javascript"), path


def test_a_hostile_title_is_shown_as_it_was_written() -> None:
    page = text_of(golden("de"), "glossary/hostile.md")
    title = "<script>alert('de')</script> | *Stern* [x](javascript:alert(1)) {{ 7 * 7 }}"
    assert to_html(page).find(".//h1").text_content() == title
    assert page.startswith('---\ntitle: "&lt;script&gt;')
    assert title in to_html(text_of(golden("de"), "glossary/index.md")).text_content()


def test_templates_cannot_make_text_look_safe() -> None:
    environment = _environment()
    templates = environment.list_templates()
    assert len(templates) > 30
    assert environment.loader is not None
    for name in templates:
        source, _, _ = environment.loader.get_source(environment, name)
        tree = environment.parse(source)
        for forbidden in (nodes.Concat, nodes.Add, nodes.Mod, nodes.MarkSafe):
            assert tree.find(forbidden) is None, name
    assert not {"safe", "join", "replace", "format", "escape", "e", "tojson"} & set(environment.filters)


def test_a_template_that_shows_nothing_is_a_mistake() -> None:
    environment = _environment()
    assert environment.from_string("{{ value }}").render(value="*a*") == "&#42;a&#42;"
    with pytest.raises(TypeError, match="no value"):
        environment.from_string("{{ value }}").render(value=None)


# --- long lists


def many(count: int) -> Files:
    entries = {
        f"actors__a{n:04}": f"{{type: person, name: '{chr(65 + n % 5)} {n:04}', summary: One of many.}}"
        for n in range(count)
    }
    entries["actors__hub"] = "{type: person, name: Hub, summary: All know the hub.}"
    for n in range(count):
        actors = f"[{{actor: hub, role: witness}}, {{actor: a{n:04}, role: witness}}]"
        when = f"19{n % 3:02}-01"
        entries[f"events__e{n:04}"] = (
            f"{{when: {when}, when_basis: stated, type: fire, title: Fire {n:04}, text: It burns., actors: {actors}}}"
        )
    return files_of(entries)


def test_long_lists_are_divided_and_nothing_is_left_out() -> None:
    pages = markdown_pages(render(many(300), "en"))
    assert broken_links(pages) == []
    parts = [path for path in pages if path.startswith("chronology/parts/")]
    assert parts == ["chronology/parts/1900.md", "chronology/parts/1901.md", "chronology/parts/1902.md"]
    overview = re.findall('xlink:href="([^"]+)" role="link" aria-label="([^"]+)"', pages["chronology/index.md"])
    # Once for each width.
    assert 2 * [(f"../chronology/parts/{year}/", f"{year}: 100") for year in (1900, 1901, 1902)] == overview
    listed = [target for path in parts for target in LINK.findall(pages[path]) if "/events/" in target]
    assert len(listed) == len(set(listed)) == 300
    assert "(../chronology/parts/1901.md)" in pages["chronology/index.md"]
    assert "Fire" not in pages["chronology/index.md"]
    assert {"actors/parts/a.md", "actors/parts/h.md", "register/parts/e.md"} < set(pages)


def test_an_entry_that_many_refer_to_shows_the_latest_and_leads_to_all() -> None:
    pages = markdown_pages(render(many(300), "en"))
    hub = pages["actors/hub.md"]
    assert hub.count("](../events/") == 60
    assert hub.count("<a xlink:href=") == 60
    assert "[Show all](../actors/hub/chronology/1.md) (300)" in hub
    assert len(set(LINK.findall(pages["actors/hub/chronology/1.md"]))) == 1 + 1 + 250
    assert pages["actors/hub/chronology/2.md"].count("](../../../events/") == 50


def test_a_long_letter_is_divided_by_number() -> None:
    entries = {f"actors__a{n:04}": f"{{type: person, name: 'A {n:04}', summary: One of many.}}" for n in range(260)}
    pages = markdown_pages(render(files_of(entries), "de"))
    assert "A (2)" in pages["actors/index.md"]
    assert pages["actors/parts/a-2.md"].count("](../../actors/a0") == 10
    assert broken_links(pages) == []


def test_what_begins_with_no_latin_letter_stands_together_at_the_beginning() -> None:
    entries = {f"actors__a{n:04}": f"{{type: person, name: 'A {n:04}', summary: One of many.}}" for n in range(250)}
    entries |= {"actors__omega": "{type: person, name: Ωmega, summary: A Greek.}"}
    entries |= {"actors__one": "{type: person, name: '1st', summary: A first.}"}
    pages = markdown_pages(render(files_of(entries), "en"))
    assert "[0–9](../actors/parts/other.md) · [A](../actors/parts/a.md)" in pages["actors/index.md"]
    assert re.findall(r"\.\./actors/(\w+)\.md", pages["actors/parts/other.md"]) == ["index", "one", "omega"]
    assert "Ωmega" in pages["register/parts/other.md"]


# --- what a change touches

EDITS = (
    ("entries/actors/ada-quill.yaml", "Müllerin in Brookside.", "Müllerin am Brook."),
    ("entries/actors/ada-quill.yaml", "name: Ada Quill", "name: Ada Quell"),
    ("entries/actors/bo-rye.yaml", "Baker in Brookside.", "He bakes for [[ada-quill]] and the parish council."),
    ("entries/events/1921-03-damming.yaml", "Quill dams the stream", "Quill dams the brook"),
    ("entries/events/1921-03-damming.yaml", "when: 1921-03", "when: 1921-06"),
    ("entries/events/1921-05-03-meeting.yaml", "[1921-03-damming]", "[]"),
    ("entries/events/1921-05-03-meeting.yaml", "The parish council met on 3 May 1921 and", "met on 3 May 1921 and"),
    ("entries/disputes/flour-quarrel.yaml", "status: draft\n", "status: reviewed\n"),
    ("entries/disputes/flour-quarrel.yaml", "[bo-rye]", "[bo-rye, parish-council]"),
    ("entries/disputes/mill-quarrel.yaml", "state: open", "state: settled"),
    ("entries/claims/weir-cost.yaml", "about: [weir, ", "about: ["),
    ("entries/claims/weir-cost.yaml", "verdict: contradictory", "verdict: differing"),
    ("entries/terms/sluice.yaml", "broader: [weir]", "broader: []"),
    ("entries/terms/weir.yaml", "status: reviewed", "status: retired\nreplaced_by: sluice"),
    ("entries/sources/gazette.yaml", 'de: "Bote"', 'de: "Der Bote"'),
    ("entries/annotations/gazette-annotations.yaml", "medium", "low"),
    (
        "entries/annotations/gazette-annotations.yaml",
        'quote: "Wasserpforte mit Tür"',
        'quote: "„Wasserpforte mit Tür“"',
    ),
    ("entries/dossier.yaml", "1921-12", "1922-01"),
    ("entries/vocabulary.yaml", 'de: "besitzt"', 'de: "hat"'),
)
NEW = {
    "entries/events/1922-flood.yaml": """
when: 1922
when_basis: stated
type: damming
title: {de: Flut, en: Flood}
text: {de: Das Wehr bricht., en: The weir breaks.}
actors: [{actor: ada-quill, role: builder}]
evidence: [{source: gazette, quote: "Wasser ist geduldig"}]
""",
    "entries/actors/zoe.yaml": "{type: person, name: Brookside, summary: A village.}",
    "docs/de/method.md": "# Neu\n\n[[sluice]] und [[zoe]]",
}


def edited(files: Files, edits: set[int], new: set[str], *, gone: bool) -> Files:
    entries, docs = dict(files.entries), dict(files.docs)
    for index in edits:
        path, old, said = EDITS[index]
        entries[path] = entries[path].replace(old, said)
    for path in new:
        (docs if path.startswith("docs/") else entries)[path] = NEW[path]
    if gone:
        del entries["entries/events/1921-autumn-hearing.yaml"]
    return Files(dict(sorted(entries.items())), files.sources, docs)


@pytest.mark.slow
@settings(max_examples=30)
@given(
    before=st.sets(st.integers(0, len(EDITS) - 1), max_size=2),
    after=st.sets(st.integers(0, len(EDITS) - 1), max_size=2),
    new=st.sets(st.sampled_from(sorted(NEW)), max_size=1),
    gone=st.booleans(),
    lang=st.sampled_from(LANGS),
)
def test_after_any_change_the_stale_pages_are_all_that_must_be_rendered(
    *, before: set[int], after: set[int], new: set[str], gone: bool, lang: Lang
) -> None:
    old, now = edited(golden_files(), before, set(), gone=gone), edited(golden_files(), after, new, gone=False)
    first, second = render(old, lang), render(now, lang)
    corpora = [examine_files(files).corpus for files in (old, now)]
    assert corpora[0] is not None
    assert corpora[1] is not None
    then = fingerprints(corpora[0], old.docs, old.entries, lang)
    later = fingerprints(corpora[1], now.docs, now.entries, lang)
    stale = stale_pages(first.reads, then, later)
    some = render_pages(corpora[1], now.docs, lang, only=stale)
    merged = {path: text for path, text in first.files.items() if path in second.files} | dict(some.files)
    assert merged == second.files


def test_a_changed_text_touches_its_own_page_and_few_others() -> None:
    files = many(100)
    texts = dict(files.entries)
    path = "entries/actors/hub.yaml"
    texts[path] = texts[path].replace("All know the hub.", "Nobody knows the hub.")
    corpora = [examine_files(one).corpus for one in (files, Files(texts, {}, {}))]
    assert corpora[0] is not None
    assert corpora[1] is not None
    reads = render_pages(corpora[0], {}, "en").reads
    then, later = fingerprints(corpora[0], {}, files.entries, "en"), fingerprints(corpora[1], {}, texts, "en")
    stale = stale_pages(reads, then, later)
    pages = {"actors/hub.md", "actors/index.md", "index.md", "network/index.md", "network/parts/h.md"}
    assert stale == pages | {"assets/previews/13.js"}


def test_nothing_is_stale_where_nothing_changed() -> None:
    files = golden_files()
    corpus = examine_files(files).corpus
    assert corpus is not None
    keys = fingerprints(corpus, files.docs, files.entries, "de")
    assert stale_pages(golden("de").reads, keys, keys) == frozenset()
    shuffled = list(files.entries)
    Random(7).shuffle(shuffled)
    again = examine_files(Files({path: files.entries[path] for path in shuffled}, files.sources, files.docs)).corpus
    assert again is not None
    assert fingerprints(again, files.docs, files.entries, "de") == keys


def test_stories_make_a_corpus() -> None:
    assert set(corpus_of({"actors__ada": "{type: person, name: Ada, summary: A miller.}"}).entries) == {"ada"}


def test_a_page_is_gone_once_it_is_written() -> None:
    """A build of many pages pauses the collector: what led round in circles would stay until the end."""
    gc.collect()
    gc.disable()
    try:
        render(golden_files(), "en")
        assert not [found for found in gc.get_objects() if isinstance(found, Page)]
    finally:
        gc.enable()
