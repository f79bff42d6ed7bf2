"""What templates see of entries and texts, in small stories."""

from decimal import Decimal

import pytest
from markupsafe import Markup

from generator.fields import Quote
from generator.lang import Lang
from generator.markdown import escape
from generator.views.docs import resolved, title_of_doc
from generator.views.page import Page
from generator.views.records import show_number
from generator.views.said import nested, quoted
from generator.views.site import Site, folded, letter_of, passage_anchor, statement_anchor
from generator.words import kind_words, label, site_words
from tests.stories import corpus_of

TEXT = "The mill stands by the brook. The brook is dry. Nobody grinds flour there any more."


def page_of(entry_id: str, **entries: str) -> Page:
    site = Site(corpus_of(entries, {"seeds/mill.txt": TEXT}), {}, "en")
    entry = site.corpus.entries[entry_id]
    return Page(site, f"{entry.kind.path}/{entry_id}.md", entry_id)


def source(extra: str = "") -> str:
    return f"""
file: seeds/mill.txt
sha256: {"0" * 64}
title: The mill
short: Mill
language: en
published: 1921
description: A text.
{extra}"""


def event(title: str, quote: str, *, status: str = "draft") -> str:
    return f"""
status: {status}
when: 1921
when_basis: stated
type: fire
title: {title}
text: It burns.
evidence:
  - {{source: mill, quote: "{quote}"}}
"""


def test_overlapping_passages_become_segments_that_know_what_covers_them() -> None:
    page = page_of(
        "mill",
        sources__mill=source(),
        events__one=event("One", "The mill stands by the brook."),
        events__two=event("Two", "by the brook. The brook is dry."),
    )
    [paragraph] = page.text(page.entry("mill")).paragraphs
    first, second = (page.site.corpus.passages["mill"][index].quote for index in (0, 1))
    assert paragraph.text == (
        f'<span id="{passage_anchor(first)}"></span><mark class="quoted">The mill stands </mark>'
        f'<span id="{passage_anchor(second)}"></span><mark class="quoted x2">by the brook.</mark>'
        '<sup class="rest">[1](#u1)</sup> <mark class="quoted">The brook is dry.</mark>'
        '<sup class="rest">[2](#u2)</sup> <span class="untouched">Nobody grinds flour there any more.</span>'
    )
    assert [rest.number for rest in paragraph.rests] == [1, 2]
    assert paragraph.rests[1].entries == ("[Two](../events/two.md#proof)",)
    assert paragraph.figures == "2 quoted, 1 untouched"
    assert paragraph.bar == (
        '<span class="cover"><i class="quoted w1" data-n="29"></i>'
        '<i class="quoted w1" data-n="17"></i><i class="untouched w1" data-n="35"></i></span>'
    )


def test_a_passage_says_which_statement_of_an_entry_rests_on_it() -> None:
    proof = '[{source: mill, quote: "The brook is dry.", modality: reported, via: [bo]}]'
    page = page_of(
        "mill",
        sources__mill=source(),
        actors__ada=f"""
type: person
name: Ada
summary: A miller.
evidence: {proof}
relations:
  - {{type: owner, to: bo, text: Owns Bo., evidence: {proof}}}
""",
        actors__bo="{type: person, name: Bo, summary: A baker.}",
        disputes__water=f"""
title: Water
summary: A quarrel.
state: open
as_of: 1921
when: 1921
sides: [{{id: a, name: A}}, {{id: b, name: B}}]
issues:
  - id: i
    title: Whose
    positions: [{{side: a, text: "It is [[ada|hers]], they {"say " * 40}.", evidence: {proof}}}]
next: {{de: Nichts.}}
""",
        claims__cost=f"""
question: How much?
about: [ada]
answers:
  - {{value: {{amount: 3.5, unit: sack, comparator: ">"}}, evidence: {proof}}}
""",
    )
    [paragraph] = page.text(page.entry("mill")).paragraphs
    [rest] = paragraph.rests
    signs = '<span class="mark-reported"><span class="mark-second-hand">{}</span></span>'
    said = dict(str(shown).removesuffix("</span></span>").partition("</span></span>: ")[::2] for shown in rest.entries)
    ada = signs.format("[Ada](../actors/ada.md#proof)").removesuffix("</span></span>")
    assert f"{said[ada]}</span></span>" == signs.format("[owns Bo](../actors/ada.md#proof-relations-1)")
    position = signs.format("[Water](../disputes/water.md#proof-issues-1-positions-1)").removesuffix("</span></span>")
    assert said[position].startswith("It is hers, they say")
    assert said[position].endswith("…")
    answer = signs.format("[How much?](../claims/cost.md#proof-answers-1)").removesuffix("</span></span>")
    assert said[answer] == "over 3.5 sacks"
    assert {"entry:ada", "entry:water", "entry:cost", "title:ada"} <= page.reads


def test_notes_are_numbered_and_their_marks_tell_them_apart() -> None:
    page = page_of(
        "mill",
        sources__mill=source(),
        annotations__mill_annotations="""
source: mill
notes:
  - {id: a, quote: "The mill stands by the brook.", type: fact, note: Wrong.}
  - {id: b, quote: "by the brook. The brook", type: garbled, note: Odd., reading: {de: "am Bach", en: by the water}}
""",
    )
    view = page.text(page.entry("mill"))
    [paragraph] = view.paragraphs
    assert '<mark class="annotated sort-fact" data-notes="1">The mill stands </mark>' in paragraph.text
    both, second = "annotated sort-fact sort-garbled", "annotated sort-garbled"
    assert (
        f'<mark class="{both}" data-notes="1 2">by the <u data-by="2" data-meant="water">brook.</u>' in paragraph.text
    )
    assert f'<mark class="{second}" data-notes="2"><u>The brook</u></mark>' in paragraph.text
    assert [remark.number for remark in paragraph.remarks] == [1, 2]
    assert 'data-source="mill" data-lang="en"' in view.tools


def test_set_aside_and_untouched_sentences_are_told_apart() -> None:
    aside = 'set_aside: [{quote: "The brook is dry.", reason: opinion}]'
    page = page_of("mill", sources__mill=source(aside))
    view = page.text(page.entry("mill"))
    [paragraph] = view.paragraphs
    assert '<span class="set-aside">The brook is dry.</span>' in paragraph.text
    assert '<span class="untouched">The mill stands by the brook.</span>' in paragraph.text
    assert [(state.key, count) for state, count, _ in view.figures][2:] == [("set-aside", 1), ("untouched", 2)]
    assert [sentence.state.key for sentence in view.sentences] == ["untouched", "set-aside", "untouched"]


def test_what_a_retired_entry_quotes_is_not_marked() -> None:
    page = page_of(
        "mill",
        sources__mill=source(),
        events__old=event("Old", "The mill stands by the brook.", status="retired"),
    )
    [paragraph] = page.text(page.entry("mill")).paragraphs
    assert "mark" not in paragraph.text


def test_the_same_evidence_has_one_number_and_leads_back_to_both_statements() -> None:
    proof = '[{source: mill, quote: "The brook is dry."}]'
    page = page_of(
        "ada",
        sources__mill=source(),
        actors__ada=f"""
type: person
name: Ada
summary: A miller.
evidence: {proof}
relations:
  - {{type: owner, to: bo, evidence: {proof}}}
""",
        actors__bo="{type: person, name: Bo, summary: A baker.}",
    )
    ada = page.entry("ada")
    passage = '[1](../sources/mill.md#q-846a1986d6 "Mill: said as fact")'
    assert ada.evidence.__html__() == f'<sup class="proof" id="proof">{passage}</sup>'
    assert ada.relations[0].evidence.__html__() == f'<sup class="proof" id="proof-relations-1">{passage}</sup>'
    [cited] = page.evidence
    assert cited.anchors == ["proof", "proof-relations-1"]
    assert not list(page.unshown)


def test_evidence_that_no_template_shows_is_listed_all_the_same() -> None:
    page = page_of("one", sources__mill=source(), events__one=event("One", "The brook is dry."))
    [proof] = page.unshown
    assert proof.__html__().startswith('<sup class="proof" id="proof">[1](../sources/mill.md#q-')


def test_a_name_is_linked_once_a_paragraph_and_never_on_its_own_page_or_in_a_link() -> None:
    actors = {
        "actors__ada": """
type: person
name: Ada Quill
summary: Ada Quill is no link here, Bo Rye is, and Bo Rye is not.""",
        "actors__bo": """
type: person
name: Bo Rye
summary: |-
  [Ada Quill](https://ada.example) met *Ada Quill*.

  - Ada Quill""",
    }
    page = page_of("ada", **actors)
    assert page.entry("ada").summary.__html__() == (
        "Ada Quill is no link here, [Bo Rye](../actors/bo.md) is, and Bo Rye is not."
    )
    assert page.entry("bo").summary.inline == ("[Ada Quill](https://ada.example) met *Ada Quill*. Ada Quill")


def test_a_reference_by_hand_counts_as_the_first_mention() -> None:
    page = page_of(
        "bo",
        actors__ada="{type: person, name: Ada Quill, summary: A miller.}",
        actors__bo="{type: person, name: Bo, summary: 'Ada Quill, that is [[ada|she]], bakes.'}",
    )
    assert page.entry("bo").summary.__html__() == "Ada Quill, that is [she](../actors/ada.md), bakes."


def test_a_text_in_the_other_language_says_so() -> None:
    page = page_of(
        "ada", actors__ada='{type: person, name: {de: Müllerin}, summary: {de: "Sie mahlt.\\n\\n- Mehl\\n- Korn"}}'
    )
    ada = page.entry("ada")
    assert ada.name == '<span lang="de">Müllerin</span> <small>(in German only)</small>'
    assert ada.title == '<span lang="de">Müllerin</span>'
    assert page.title_notice == "<small>(in German only)</small>"
    assert ada.summary.__html__() == (
        '<span lang="de">Sie mahlt.</span>\n\n- <span lang="de">Mehl</span>\n- <span lang="de">Korn</span>'
        " <small>(in German only)</small>"
    )
    assert ada.summary.inline.endswith("(in German only)</small>")


def test_reading_another_entrys_text_is_recorded_apart_from_its_title() -> None:
    page = page_of(
        "ada",
        actors__ada="{type: person, name: Ada, summary: A miller.}",
        actors__bo="{type: person, name: Bo, summary: A baker.}",
    )
    assert page.entry("bo").__html__() == "[Bo](../actors/bo.md)"
    assert page.reads == {"title:bo"}
    assert page.entry("bo").type == "person"
    assert page.reads == {"title:bo", "entry:bo"}


@pytest.mark.parametrize(
    ("amount", "german", "english"),
    [("97.4", "97,4", "97.4"), ("13000", "13.000", "13,000"), ("1300.50", "1.300,50", "1,300.50"), ("-2", "-2", "-2")],
)
def test_numbers_are_written_as_the_language_writes_them(amount: str, german: str, english: str) -> None:
    assert (show_number(Decimal(amount), "de"), show_number(Decimal(amount), "en")) == (german, english)


def test_a_quote_that_contains_marks_stands_between_others() -> None:
    assert quoted(("Wehr",), "de", "de") == "„Wehr“"
    assert quoted(("ein „Wehr“",), "de", "de") == "»ein „Wehr“«"
    assert quoted(("a weir", "of stone"), "en", "de") == '<span lang="en">“a weir &#91;…&#93; of stone”</span>'


def quote(text: str, prefix: str | None = None) -> Quote:
    return Quote(quote=(text,), prefix=prefix, suffix=None)


def test_an_anchor_follows_from_the_words_of_the_quote_not_from_their_spacing() -> None:
    one = quote("the  old\nmill")
    assert passage_anchor(one) == passage_anchor(quote("the old mill"))
    assert passage_anchor(one) != passage_anchor(quote("the old mill", prefix="by"))


def test_the_anchor_of_a_statement_follows_from_its_place() -> None:
    assert statement_anchor(("evidence", 3)) == "proof"
    assert statement_anchor(("issues", 0, "positions", 1, "evidence", 0)) == "proof-issues-1-positions-2"


def test_registers_sort_without_accents_and_marks() -> None:
    assert sorted(["Zürich", "„Änderung“", "apfel", "Azur", "[Ohne]"], key=folded) == [
        "„Änderung“",
        "apfel",
        "Azur",
        "[Ohne]",
        "Zürich",
    ]
    assert (letter_of(folded("Ärger")), letter_of(folded("1921")), letter_of("")) == ("A", "", "")


def test_references_in_hand_written_pages_are_resolved_outside_code() -> None:
    text = "See [[mill]] and [[mill|it]], not `[[mill]]` or [[lost]].\n\n```\n[[mill]]\n```\n[[mill]]\n~~~\n[[mill]]"

    def link(entry_id: str, said: str | None) -> Markup | None:
        return escape(said or entry_id) + " (!)" if entry_id == "mill" else None

    assert resolved(text, link) == (
        "See mill (!) and it (!), not `[[mill]]` or [[lost]].\n\n```\n[[mill]]\n```\nmill (!)\n~~~\n[[mill]]"
    )


def test_a_hand_written_page_is_called_by_its_heading_or_its_file() -> None:
    assert title_of_doc("how.md", "Hello\n# How *we* work #\n") == "How we work"
    assert title_of_doc("notes/how-to.md", "no heading") == "how-to"


def test_words_are_the_kinds_own_or_common_ones() -> None:
    assert label("event", "modality", "considered", "de") == "erwogen"
    assert label("event", "status", "draft", "en") == "not yet read by a second person"
    assert kind_words("event", "en").texts.kinds == "Chronology"
    assert site_words("de").texts.evidence == "Belege"
    with pytest.raises(KeyError, match="no label for modality: sung"):
        label("event", "modality", "sung", "de")


@pytest.mark.parametrize(
    ("text", "lang", "shown"),
    [
        ("said “no”, twice", "en", "said ‘no’, twice"),
        ("sagte „nein“, zweimal", "de", "sagte ‚nein‘, zweimal"),
        ("“No”", "en", "“No”"),  # a quote that brings its own marks
    ],
)
def test_marks_in_our_own_words_are_inner_ones(text: str, lang: Lang, shown: str) -> None:
    assert nested(text, lang) == shown
