"""The book as a tree: every text arrives as it was written, every reference and every piece of evidence is there."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from itertools import pairwise
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from generator.book.figures import figures
from generator.book.imprint import Imprint, imprinted, told_until
from generator.book.make import chapter_of, make_book, make_part
from generator.book.markup import escape, read, tag
from generator.book.nodes import VOCABULARY, Book, Child, Node, as_data, plain
from generator.book.select import about, all_of, excerpt, of_kinds
from generator.corpus import Corpus
from generator.drawings.timeline import PAPER
from generator.epoch import epoch, given_day
from generator.kinds import all_kinds
from generator.lang import LANGS, Lang
from generator.numbering import evidence_of
from generator.pipeline import examine
from generator.views.site import Site, filed
from tests import village

GOLDEN = Path(__file__).parent / "golden" / "dossier"


@cache
def golden() -> Corpus:
    corpus = examine(GOLDEN).corpus
    assert corpus is not None
    return corpus


@cache
def book(lang: Lang) -> Book:
    return make_book(Site(golden(), {}, lang), all_of(golden()))


def nodes(children: tuple[Child, ...], name: str = "") -> Iterator[Node]:
    for child in children:
        if isinstance(child, Node):
            if name in ("", child.name):
                yield child
            yield from nodes(child.children, name)


def all_nodes(made: Book, name: str = "") -> Iterator[Node]:
    for part in made.parts:
        yield from nodes(part.body, name)
    for chapter in made.chapters:
        yield from nodes(chapter.body, name)
    yield from nodes(made.proofs, name)


# --- the edition


def test_a_book_says_how_far_it_tells() -> None:
    made = dict(imprinted(Site(golden(), {}, "en"), Imprint("abc", given="2030-01-02")))
    assert made["Edition"] == "abc"
    assert made["Date"] == "2 January 2030"
    assert made["State of knowledge"] == "December 1921"
    assert told_until(golden()) == "1921-12-31"
    silent = replace(golden(), dossier=replace(golden().dossier, cut_off=None))
    assert dict(imprinted(Site(silent, {}, "de"), Imprint("x", is_excerpt=True)))["Fassung des Auszugs"] == "x"
    dates = [entry.kind.when(entry.data) for entry in silent.living() if entry.kind.text(entry.data)]
    assert told_until(silent) == max(when.latest for when in dates if when and when.latest)


@pytest.mark.parametrize(
    ("until", "year"), [("", 2025), ("1848-03-18", 2025), ("2025-06-30", 2025), ("9999-12-31", 9999)]
)
def test_no_book_is_dated_before_what_it_tells(until: str, year: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    day = datetime.fromtimestamp(epoch(until), UTC).date()
    assert day.year == year
    assert day.isoformat() >= until
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert epoch(until) == 86400
    assert given_day() == "1970-01-02"


# --- markup


@given(st.text())
def test_any_text_arrives_as_it_was_written(text: str) -> None:
    safe = "".join("\ufffd" if ord(char) < 32 or 127 <= ord(char) < 160 else char for char in text)
    inside = "|" + safe.replace("\n", " ").replace("\t", " ") + "|"
    (node,) = read(tag("h", escape(inside), id=text))
    assert isinstance(node, Node)
    assert "".join(map(str, node.children)).split() == inside.split()


def test_markup_of_a_text_is_text() -> None:
    hostile = '</p><link url="javascript:1">*x*.y() #read("/etc/passwd") &lt; &#60;'
    assert read(tag("p", escape(hostile))) == (Node("p", children=(hostile,)),)


@pytest.mark.parametrize(
    "text", ["<p>", "<p></em>", "</p>", "<script></script>", '<p onclick="1"></p>', "<p>a < b</p>"]
)
def test_a_template_that_is_not_well_formed_raises(text: str) -> None:
    with pytest.raises(ValueError, match="<"):
        read(text)


def test_blanks_between_blocks_are_none_and_inside_them_one() -> None:
    text = "\n<list>\n <item> a\n <em>b</em> c </item>\n</list>\n<p>x<br/>y</p>"
    item = Node("item", children=("a ", Node("em", children=("b",)), " c"))
    assert read(text) == (Node("list", children=(item,)), Node("p", children=("x", Node("br"), "y")))


def test_spans_of_the_views_that_say_no_language_vanish() -> None:
    assert read('<p><span class="x" data-y="1">a</span><span lang="de" title="t">b</span></p>') == (
        Node("p", children=("a", Node("span", {"lang": "de"}, ("b",)))),
    )


# --- the book


@pytest.mark.parametrize("lang", LANGS)
def test_every_entry_has_its_chapter_in_the_order_of_the_kinds(lang: Lang) -> None:
    assert {chapter.id for chapter in book(lang).chapters} == all_of(golden())
    kinds = [chapter.kind for chapter in book(lang).chapters]
    assert list(dict.fromkeys(kinds)) == sorted(
        set(kinds), key=lambda name: all_kinds()[name].book_order or all_kinds()[name].order
    )


@pytest.mark.parametrize("lang", LANGS)
def test_every_piece_of_evidence_has_one_note_with_its_number(lang: Lang) -> None:
    for chapter in book(lang).chapters:
        notes = [node for node in nodes(chapter.body, "cite") if node.children]
        found = sorted(int(node.attributes["n"]) for node in notes)
        assert found == list(range(1, len(evidence_of(golden().entries[chapter.id])) + 1))
        for note, evidence in zip(
            sorted(notes, key=lambda node: int(node.attributes["n"])),
            evidence_of(golden().entries[chapter.id]),
            strict=True,
        ):
            assert " ".join(evidence.quote[0].split()) in plain(note.children)


@pytest.mark.parametrize("lang", LANGS)
def test_every_reference_leads_to_something_in_the_book(lang: Lang) -> None:
    made = book(lang)
    places = {(chapter.id, "") for chapter in made.chapters}
    for chapter in made.chapters:
        for node in nodes(chapter.body):
            for anchor in node.attributes.get("id", "").split():
                assert (chapter.id, anchor) not in places
                places.add((chapter.id, anchor))
            if node.name == "cite" and node.children:
                places.add((chapter.id, f"e{node.attributes['n']}"))
    refs = {(node.attributes["to"], node.attributes.get("at", "")) for node in all_nodes(made, "ref")}
    assert len(refs) > 50
    assert refs - places == set()
    assert {row.entry for row in made.index} <= {chapter.id for chapter in made.chapters}


@pytest.mark.parametrize("lang", LANGS)
def test_nodes_are_of_the_vocabulary(lang: Lang) -> None:
    for node in all_nodes(book(lang)):
        assert node.attributes.keys() <= VOCABULARY[node.name]
        assert all(child != "" for child in node.children)


def test_a_source_is_there_word_for_word_or_in_excerpts() -> None:
    for chapter in book("de").chapters:
        text = golden().texts.get(chapter.id)
        file = golden().entries[chapter.id].kind.text(golden().entries[chapter.id].data)
        if text is not None and file is not None:
            words = " ".join(plain(node.children) for node in nodes(chapter.body, "words"))
            assert (words == text.normal) is file.is_open


def test_every_passage_of_a_source_says_what_rests_on_it() -> None:
    made = book("en")
    resting = {
        (ref.attributes["to"], ref.attributes["at"])
        for chapter in made.chapters
        for rest in nodes(chapter.body, "rest")
        for ref in nodes(rest.children, "ref")
    }
    assert resting == {
        (entry.id, f"e{number}") for entry in golden().living() for number, _ in enumerate(evidence_of(entry), 1)
    }


def test_marks_ascend_in_a_source_and_those_around_a_full_stop_follow_it() -> None:
    note = "type: context\n    note: n\n"
    quote = "die alte Mühle am Bach für 300 Taler."
    changes = {
        "entries/annotations/chronicle-annotations.yaml": "source: chronicle\nnotes:\n"
        f"  - id: one\n    quote: Im Jahr 1871 kaufte Anna Müller die alte Mühle\n    {note}"
        f"  - id: two\n    quote: kaufte Anna Müller\n    {note}",
        "entries/terms/bargain.yaml": "name: {de: Preis, en: price}\ncategory: law\ndefinition: d\n"
        f"evidence: [{{source: chronicle, quote: {quote}}}]\n",
    }
    chapter = next(one for one in make_book(Site(village.corpus(changes), {}, "de"), ["chronicle"]).chapters)
    words = next(one for one in nodes(chapter.body, "words") if "1871" in plain(one.children))
    said = "".join(
        child if isinstance(child, str) else f"[{child.attributes['n']}]" if child.name == "n" else plain((child,))
        for child in words.children
    )
    assert said.startswith("Im Jahr 1871 kaufte Anna Müller[a] die alte Mühle[1][b] am Bach für 300 Taler.[2][3][4]")
    letters = [one.attributes["n"] for one in nodes(chapter.body, "remark")]
    assert letters == ["a", "b"]


def test_the_register_is_in_the_order_of_din_5007() -> None:
    expected = ["Mass", "Masse", "Maße", "Ofen", "Öl", "Ol-Mühle", "Olga"]
    changes = {
        f"entries/terms/{number}.yaml": f"name: {{de: {name}, en: x{number}}}\ncategory: law\ndefinition: d\n"
        for number, name in enumerate(reversed(expected))
    }
    corpus = village.corpus(changes)
    rows = [row.text for row in make_book(Site(corpus, {}, "de"), all_of(corpus)).index]
    assert [name for name in rows if name in expected] == expected


def test_a_book_is_data() -> None:
    data = as_data(book("de"))
    assert data["lang"] == "de"
    assert data["parts"][0]["chapters"][0]["body"][0][0] == "facts"


# --- parts


def test_a_part_around_an_entry_holds_what_belongs_to_it() -> None:
    found = about(golden(), "mill-quarrel")
    kinds = {golden().entries[one].kind.name for one in found}
    assert kinds >= {"dispute", "event", "actor", "source"}
    assert "mill-quarrel" in found
    made = make_book(Site(golden(), {}, "en"), found, about="mill-quarrel")
    assert made.subtitle == "The quarrel about the weir"
    assert {chapter.id for chapter in made.chapters} == found


def test_an_excerpt_holds_what_is_told_of_an_entry_and_of_most_kinds_nothing_else() -> None:
    found = excerpt(golden(), "mill-quarrel")
    assert {golden().entries[one].kind.name for one in found} >= {"dispute", "event", "claim"}
    assert found < about(golden(), "mill-quarrel")
    assert "gazette" not in found
    assert excerpt(golden(), "bo-rye") == {"bo-rye"}


def test_what_was_read_for_a_part_is_what_was_read_for_its_chapters() -> None:
    site, ids = Site(golden(), {}, "de"), excerpt(golden(), "mill-quarrel")
    _, reads = make_part(site, ids, about="mill-quarrel")
    for entry_id in ids:
        assert chapter_of(site, golden().entries[entry_id])[1] | {f"entry:{entry_id}"} <= reads


def test_a_part_of_kinds_holds_only_them() -> None:
    found = of_kinds(golden(), ["term"])
    assert {golden().entries[one].kind.name for one in found} == {"term"}


def test_retired_entries_have_no_chapter() -> None:
    assert not {entry.id for entry in golden().entries.values() if entry.is_retired} & all_of(golden())


# --- drawings


@pytest.mark.parametrize("lang", LANGS)
def test_a_drawing_is_a_figure_that_says_in_words_what_it_shows_and_leads_nowhere(lang: Lang) -> None:
    drawn = list(all_nodes(book(lang), "figure"))
    assert len(drawn) >= 3
    for figure in drawn:
        root = fromstring(figure.attributes["svg"])  # noqa: S314 - our own drawing
        assert root.tag.endswith("svg")
        assert not [one for one in root.iter() if one.tag.endswith(("}a", "}title", "}script"))]
        assert len(figure.attributes["alt"]) > 20
    assert any("Quill" in figure.attributes["alt"] for figure in drawn)


def test_a_network_is_there_for_narrow_screens_too() -> None:
    found = [one.attributes for part in book("de").parts for one in nodes(part.body, "figure")]
    [network] = [one for one in found if "narrow" in one]
    wide, narrow = (float(fromstring(network[key]).attrib["viewBox"].split()[2]) for key in ("svg", "narrow"))  # noqa: S314 - our own
    assert narrow < 360 < wide
    assert not re.search("<a |class=|aria-", network["narrow"])


def test_what_draws_nothing_is_nothing() -> None:
    assert figures(Markup(""), []) == ""


# --- drawings on paper


@pytest.mark.parametrize("lang", LANGS)
def test_a_timeline_on_paper_has_the_numbers_of_its_list_and_nothing_cut(lang: Lang) -> None:
    found = 0
    for chapter in book(lang).chapters:
        for figure, table in pairwise(nodes(chapter.body)):
            if figure.name == "figure" and table.attributes.get("class") == "chronology":
                svg = fromstring(figure.attributes["svg"])  # noqa: S314 - our own drawing
                assert float(svg.attrib["width"]) <= PAPER
                shown = {text.text for text in svg.iter("{http://www.w3.org/2000/svg}text")}
                numbers = [
                    plain((cell,)) for cell in nodes(table.children, "cell") if "number" in cell.attributes.values()
                ]
                assert numbers == [str(number) for number in range(1, len(table.children) + 1)]
                assert all(any(text and text.endswith(number) for text in shown) for number in numbers)
                assert not any("…" in (text or "") for text in shown)
                found += 1
    assert found


# --- how names are filed


@pytest.mark.parametrize(
    ("text", "lang", "key"),
    [
        ("Der Müller", "de", "muller"),
        ("Der Müller", "en", "der muller"),
        ("The “Weir”", "en", "weir”"),
        ("The Gazette", None, "gazette"),
        ("A mill", None, "a mill"),
        ("The", "en", "the"),
    ],
)
def test_a_name_is_filed_behind_its_article(text: str, lang: Lang | None, key: str) -> None:
    assert filed(text, lang) == key


def test_the_register_of_a_book_has_articles_behind_the_names() -> None:
    rows = {row.text: row.letter for row in book("en").index}
    assert rows["Gazette, The"] == "G"
    assert rows["quarrel about the weir, The"] == "Q"
    works = {entry.title.en for entry in golden().living() if entry.kind.text(entry.data)}
    assert {text for text in rows if text.startswith("The ")} <= works


def test_a_register_leaves_out_forms_that_would_stand_beside_their_name() -> None:
    changes = village.changed(
        "entries/terms/water-right.yaml",
        "category:",
        "forms: {de: [Wasserrechte, Wehrnutzung, Wehrnutzungen, alte Nutzung, alter Nutzungen]}\ncategory:",
    )
    corpus = village.corpus(changes)
    rows = {row.text: row.see for row in make_book(Site(corpus, {}, "de"), all_of(corpus)).index}
    assert rows["Wehrnutzung"] == rows["alte Nutzung"] == "Wasserrecht"
    assert rows["Wasserrecht"] == ""
    assert rows.keys().isdisjoint({"Wasserrechte", "Wehrnutzungen", "alter Nutzungen"})


# --- what the English edition shows of German quotes


def test_the_list_of_evidence_has_the_translation_beside_a_quote_in_another_language() -> None:
    beginnings = [item for item in nodes(book("en").proofs, "item") if any(nodes(item.children, "em"))]
    assert beginnings
    for item in beginnings:
        assert [node.attributes["lang"] for node in nodes(item.children, "span")][:1] == ["de"]


def test_a_title_in_running_text_is_set_apart_and_has_its_page() -> None:
    refs = [
        ref for chapter in book("en").chapters for ref in nodes(chapter.body, "ref") if any(nodes(ref.children, "em"))
    ]
    assert refs
    assert all(ref.attributes["page"] == "yes" for ref in refs)


def rows_of(corpus: Corpus, lang: Lang) -> dict[str, str]:
    return {row.text: row.see for row in make_book(Site(corpus, {}, lang), all_of(corpus)).index}


def test_a_register_turns_the_name_of_a_person_round_and_nothing_else() -> None:
    person = "type: person\nname: Ada Quill\naliases: [{name: Quill}]\nsummary: {de: Mahlt., en: Grinds.}\n"
    changes = {
        **village.changed("entries/terms/water-right.yaml", "category:", "forms: {en: [right]}\ncategory:"),
        "entries/actors/ada-quill.yaml": person,
        "entries/actors/quill-press.yaml": person.replace("person", "medium").replace("Ada Quill", "Old Quill"),
    }
    rows = rows_of(village.corpus(changes), "en")
    assert rows["Quill, Ada"] == rows["Old Quill"] == rows["water right"] == ""
    assert rows["Ada Quill"] == "Quill, Ada"
    assert rows["Quill"] == "Old Quill"
    assert rows["right"] == "water right"
    assert rows.keys().isdisjoint({"right, water", "Quill, Old"})


@pytest.mark.parametrize("lang", LANGS)
def test_every_entry_has_one_row_with_its_pages_and_the_others_name_it(lang: Lang) -> None:
    for corpus in (golden(), village.corpus()):
        rows = make_book(Site(corpus, {}, lang), all_of(corpus)).index
        pages = {row.entry: row.text for row in rows if not row.see}
        assert len(pages) == len([row for row in rows if not row.see]) > 3
        assert [row for row in rows if row.see and row.see != pages[row.entry]] == []


def test_a_register_leaves_the_title_of_a_work_as_it_is() -> None:
    rows = {row.text: (row.letter, row.see) for row in make_book(Site(village.corpus(), {}, "de"), {"chronicle"}).index}
    assert rows == {"Die Chronik der Mühle": ("C", ""), "The chronicle of the mill": ("C", "Die Chronik der Mühle")}


def test_a_register_knows_forms_apart_by_a_hyphen_alone_as_one() -> None:
    changes = village.changed(
        "entries/terms/water-right.yaml", "category:", "forms: {en: [water-right, water rights, weir use]}\ncategory:"
    )
    rows = rows_of(village.corpus(changes), "en")
    assert "weir use" in rows
    assert rows.keys().isdisjoint({"water-right", "water rights"})


# --- notes on an entry


def test_notes_that_name_an_entry_stand_by_source_and_sort() -> None:
    note = "note: n\n    refs: [village-council]\n"
    changes = {
        "entries/annotations/chronicle-annotations.yaml": "source: chronicle\nnotes:\n"
        f"  - id: one\n    quote: kaufte Anna Müller\n    type: fact\n    {note}"
        f"  - id: two\n    quote: die alte Mühle am Bach\n    type: context\n    {note}"
        f"  - id: three\n    quote: hört das Wasser. Wer die Mühle\n    type: fact\n    {note}"
    }
    made = make_book(Site(village.corpus(changes), {}, "en"), ["village-council", "chronicle"])
    body = next(one.body for one in made.chapters if one.id == "village-council")
    at = next(at for at, node in enumerate(body) if isinstance(node, Node) and "level" in node.attributes)
    assert plain((body[at],)).startswith("Chronicle")
    items = [plain(item.children) for item in nodes((body[at + 1],), "item")]
    assert [item.count("“") for item in items] == [1, 2]


def owned() -> Mapping[str, tuple[Child, ...]]:
    """Return the body of each chapter: of a claim whose one answer is quoted three times, and of its source."""
    one, two = "kaufte Anna Müller", "die alte Mühle am Bach"
    claim = (
        "question: Wem gehört sie?\nabout: [mill-bought]\nanswers:\n"
        f"  - text: Ihr.\n    evidence: [{{source: chronicle, quote: {one}}}, "
        f"{{source: chronicle, quote: {two}, modality: reported}}, "
        f"{{source: chronicle, quote: {one}, modality: reported}}]\n"
    )
    made = make_book(Site(village.corpus({"entries/claims/owner.yaml": claim}), {}, "en"), ["owner", "chronicle"])
    return {chapter.id: chapter.body for chapter in made.chapters}


def test_an_entry_that_rests_on_a_passage_twice_is_named_once() -> None:
    rests = [rest.children for rest in nodes(owned()["chronicle"], "rest") if "Wem gehört sie?" in plain(rest.children)]
    assert [plain(rest).count("Wem gehört sie?") for rest in rests] == [1, 1]
    linked = [sum(ref.attributes["to"] == "owner" for ref in nodes(rest, "ref")) for rest in rests]
    assert sorted(linked) == [1, 2]


def test_a_paragraph_that_shows_an_answer_twice_is_named_once() -> None:
    *_, where = nodes(owned()["owner"], "cell")
    assert [plain((ref,)).replace("\u00a0", " ") for ref in nodes((where,), "ref")] == ["Chronicle, para. 2"]
    assert plain((where,)).count("reported") == 1
