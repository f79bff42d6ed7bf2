"""What single pages show: the matrix of a dispute, both directions of the glossary, the home page; nothing twice."""

from generator.render import render_pages
from generator.views.dictionary import lettered
from generator.views.page import Page
from generator.views.site import Site
from tests.stories import corpus_of

WEIR = """
name: {de: Wehr, en: weir}
abbreviation: W.
category: craft
definition: A wall.
misnomers: [{text: Ärgernis, language: de, note: Wrong.}, {text: anger, language: en, note: Wrong.}]
related: [gate, quarrel]
"""
GATE = "{name: {de: Äußeres Tor, en: gate}, category: craft, definition: A gate., related: [weir]}"
QUARREL = """
title: Quarrel
summary: About the weir.
state: open
as_of: 1921
when: 1921/..
sides: [{id: ada, name: Ada}, {id: bo, name: Bo}]
issues: [{id: water, title: Whose water?, positions: [{side: bo, text: Mine.}]}]
related: [feud]
"""
FEUD = QUARREL.replace("Quarrel", "Feud").replace("[feud]", "[quarrel]")
ALL = {"terms__weir": WEIR, "terms__gate": GATE, "disputes__quarrel": QUARREL, "disputes__feud": FEUD}


def pages(lang: str = "en", **entries: str) -> dict[str, str]:
    made = render_pages(corpus_of(ALL | entries), {}, "de" if lang == "de" else "en").files
    return {path: text.decode() for path, text in made.items() if path.endswith(".md")}


def test_each_cell_of_the_matrix_names_its_side_and_empty_ones_show() -> None:
    page = pages()["disputes/quarrel.md"]
    assert (
        '| <span id="at-issue-water" class="here"></span>**Whose water?** | <span class="cell-side">Ada:</span> '
        '<span class="empty">Nothing in the sources</span> | <span class="cell-side">Bo:</span> Mine. |' in page
    )


def test_what_an_entry_lists_itself_is_not_listed_again_as_a_backlink() -> None:
    made = pages()
    assert made["disputes/quarrel.md"].count("(../disputes/feud.md)") == 1
    assert made["glossary/weir.md"].count("(../glossary/gate.md)") == 1
    alone = pages(disputes__feud=FEUD.replace("related: [quarrel]", ""))
    assert alone["disputes/feud.md"].count("(../disputes/quarrel.md)") == 1


def test_a_mention_of_what_is_listed_is_not_listed_again() -> None:
    made = pages(disputes__quarrel=QUARREL.replace("About the weir.", "About the [[weir]]."))
    assert made["glossary/weir.md"].count("(../disputes/quarrel.md)") == 1
    other = pages(
        disputes__third=QUARREL.replace("About the weir.", "About the [[weir]].").replace("related: [feud]", "")
    )
    assert "\n- disputes: [Quarrel](../disputes/third.md)\n" in other["glossary/weir.md"]


def test_the_glossary_has_the_letters_of_a_language_and_its_wrong_words() -> None:
    page = Page(Site(corpus_of(ALL), {}, "en"), "glossary/index.md")
    german = lettered(page.all("term"), "de")
    assert [letter.key for letter in german] == ["de-a", "de-w"]
    outer, wrong = sorted(german[0].lines, key=lambda line: line.odd)
    assert outer.link == '[<span lang="de">Äußeres Tor</span>](../glossary/gate.md)'
    assert (outer.other, outer.odd) == ("gate", "")
    assert (wrong.word, wrong.odd) == ('<span lang="de">Ärgernis</span>', "misnomer")
    assert wrong.link == '[<span lang="de">Wehr</span>](../glossary/weir.md)'
    assert [line.word for letter in lettered(page.all("term"), "en") for line in letter.lines] == [
        "anger",
        "gate",
        "weir",
    ]


def test_the_glossary_shows_both_directions_with_letters_to_jump_to() -> None:
    page = pages("de")["glossary/index.md"]
    assert '<span class="letters"></span>[A](#at-de-a) [W](#at-de-w)' in page
    assert '**<span id="at-en-g" class="here"></span>G**' in page
    assert "<s>Ärgernis</s>" in page
    assert '(W.) – <span lang="en">weir</span>' in page


def test_where_an_explanation_comes_from_is_said_once() -> None:
    assert "The explanation is ours; it does not come from the sources." in pages()["glossary/weir.md"]
    shown = WEIR + 'evidence: [{source: mill, quote: "The weir is a wall."}]'
    source = f"{{file: seeds/mill.txt, sha256: {'0' * 64}, title: Mill, short: Mill, language: en, description: Text.}}"
    corpus = corpus_of(
        {"terms__weir": shown.replace("related: [gate, quarrel]", ""), "sources__mill": source},
        {"seeds/mill.txt": "The weir is a wall."},
    )
    page = render_pages(corpus, {}, "en").files["glossary/weir.md"].decode()
    assert "The explanation is ours; the evidence only shows how the sources use the term." in page
    home = render_pages(corpus, {}, "en").files["index.md"].decode()
    assert "**1** pieces of evidence" in home
    assert "**100 %** of the sources’ sentences" in home


def test_the_home_page_has_one_title_and_keeps_the_editors_text() -> None:
    corpus = corpus_of(ALL)
    made = render_pages(corpus, {"docs/en/index.md": "# Another\n\nWhat it is about."}, "en").files["index.md"].decode()
    assert [line for line in made.splitlines() if line.startswith("# ")] == ["# Mill"]
    assert "What it is about." in made
    assert "**2** [disputes](disputes/index.md)" in made
    assert 'hide: ["toc"]' in made
