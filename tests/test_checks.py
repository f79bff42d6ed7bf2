"""What goes beyond form: when a check speaks, and when it keeps silent."""

import pytest

from generator.checks.translations import untranslated
from generator.fields import WordOf
from generator.walk import Leaf
from tests.village import changed, codes, corpus, look, span, told, village

EVENT = "entries/events/answer.yaml"
HEAD = "when: 1874\nwhen_basis: stated\ntype: purchase\ntitle: {de: Die Antwort, en: The answer}\n"
QUOTE = "das Wasserrecht gehöre seit jeher zur Mühle"


def event(german: str, quote: str = QUOTE, more: str = "", extra: str = "") -> dict[str, str | None]:
    """Give an event that says `german`, with one piece of evidence; `more` belongs to that, `extra` to the event."""
    evidence = f"evidence:\n  - source: chronicle\n    quote: {quote}\n    translation: {{en: ours}}\n{more}"
    return {EVENT: f'{HEAD}text:\n  de: "{german}"\n  en: Something else.\n{extra}{evidence}'}


# --- numbers ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "quote"),
    [
        ("Sie zahlt 300 Taler.", "die alte Mühle am Bach für 300 Taler"),
        ("Sie zahlt 300 Taler.", "kaufte Anna Müller die alte Mühle am Bach"),  # in the sentence, not in the quote
        ("Es war 1874.", QUOTE),  # the entry's own date
        ("Der [[anna-mueller|Preis]] war 300.", "für 300 Taler. Der Gemeinderat"),
        ("Die [Karte](https://example.org/1812) zeigt es.", QUOTE),  # no address is a claim
        ("Das Gebäude A-17 steht.", QUOTE),  # no number of its own
    ],
)
def test_numbers_that_the_evidence_carries(said: str, quote: str) -> None:
    assert codes(event(said, quote)) == []


def test_a_number_that_no_evidence_carries_is_told_with_its_place() -> None:
    (found,) = look(village(event("Sie zahlt 301 Taler.", "die alte Mühle am Bach für 300 Taler"))).diagnostics
    at = span(found)
    assert (found.code, at.line, at.column, at.end_column) == ("number-not-in-evidence", 6, 18, 21)


@pytest.mark.parametrize("number", ["3,00", "300", "0300", "3.00"])
def test_points_and_commas_are_read_in_both_languages(number: str) -> None:
    assert codes(event(f"Sie zahlt {number} Taler.", "die alte Mühle am Bach für 300 Taler")) == []


def test_a_number_in_a_label_counts_and_one_in_an_id_does_not() -> None:
    assert codes(event("Sie heißt [[anna-mueller|Anna 17]].", "kaufte Anna Müller die alte Mühle")) == [
        "number-not-in-evidence"
    ]


# --- names --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "quote"),
    [
        ("[[anna-mueller]] sagt es.", QUOTE),  # in the sentence
        ("[[anna-mueller]] sagt es.", "Anna Müller sagt, das Wasserrecht"),
        ("Der [[village-council]] baut.", "ließ das Wehr im Jahr 1872 bauen"),
        ("Die [[chronicle]] sagt es.", QUOTE),  # the source itself
        ("Das [[water-right]] gehört ihr.", "Im Jahr 1871 kaufte Anna Müller"),  # a word, not a name
        ("[[anna-mueller|Das Wasserrecht]] gilt.", QUOTE),
    ],
)
def test_names_that_the_evidence_carries(said: str, quote: str) -> None:
    assert codes(event(said, quote)) == []


def test_a_name_that_no_evidence_carries_is_told_with_its_place() -> None:
    (found,) = look(village(event("Der [[messenger]] sagt es."))).diagnostics
    at = span(found)
    assert (found.code, at.line, at.column, at.end_column) == ("name-not-in-evidence", 6, 12, 25)


def test_whom_the_evidence_relies_on_may_be_named() -> None:
    assert codes(event("Der [[messenger]] sagt es.", more="    via: [messenger]\n")) == []


def test_a_surname_is_enough() -> None:
    name = changed("entries/actors/messenger.yaml", "{de: Bote des Tals, en: Valley Messenger}", "Franz Müller")
    assert "name-not-in-evidence" not in codes({**name, **event("[[messenger]] sagt es.")})


def test_a_name_that_no_source_has_proves_nothing() -> None:
    name = changed("entries/actors/messenger.yaml", "{de: Bote des Tals, en: Valley Messenger}", "Talzeitung GmbH")
    assert codes({**name, **event("Die [[messenger]] sagt es.")}) == []


# --- evidence -----------------------------------------------------------------------------------------------


def test_a_quote_that_was_not_found_is_asked_for_nothing_else() -> None:
    assert codes(event("Der [[messenger]] zahlt 999.", "das Wasserrecht gehört seit jeher zur Mühle")) == [
        "quote-not-found"
    ]


def test_the_quotes_of_other_statements_do_not_matter() -> None:
    wrong = changed(
        "entries/actors/anna-mueller.yaml", "verlangt seit 1873 einen Zins\n", "verlangt seit 1874 Zinsen\n"
    )
    wrong = {path: text.replace("kaufte 1871 die", "kaufte 1812 die") for path, text in wrong.items()}
    assert sorted(codes(wrong)) == ["number-not-in-evidence", "quote-not-found"]


def test_a_part_without_evidence_rests_on_that_of_its_entry() -> None:
    position = changed(
        "entries/disputes/mill-quarrel.yaml",
        "        evidence:\n          - source",
        "        evidence: []\n#         - source",
    )
    text = position["entries/disputes/mill-quarrel.yaml"]
    cut = text.split("#         - source")
    text = cut[0] + "evidence:" + cut[1].split("evidence:", 1)[1]
    assert codes({"entries/disputes/mill-quarrel.yaml": text}) == []


def test_retired_entries_are_left_in_peace() -> None:
    retired = HEAD + "text: {de: Es kostet 99 Taler.}\nstatus: retired\nreplaced_by: mill-bought\n"
    assert codes({EVENT: retired}) == []


# --- modality -----------------------------------------------------------------------------------------------

RUMOUR = "Berichten zufolge will der Gemeinderat das Wehr öffnen"


def test_a_hedged_quote_is_no_assertion() -> None:
    (found,) = look(village(event("Das Wehr wird geöffnet.", RUMOUR))).diagnostics
    at = span(found)
    assert (found.code, at.line, at.column, at.end_column) == ("modality-too-strong", 10, 12, 29)
    assert codes(event("Das Wehr wird geöffnet.", RUMOUR, more="    modality: rumoured\n")) == []


def test_a_hedge_in_a_list_of_passages_is_told_at_its_passage() -> None:
    listed = f"\n      - {QUOTE}\n      - {RUMOUR}"
    assert told(event("Das Wehr wird geöffnet.", listed)) == [(EVENT, 12, "modality-too-strong")]


def test_english_hedges_count_in_english_sources() -> None:
    text = "The miller reportedly sold the mill. The village could buy it."
    letter = changed("entries/sources/chronicle.yaml", "language: de", "language: en")
    quarrel = event("Er verkaufte.", "The miller reportedly sold the mill")
    assert "modality-too-strong" in codes({**letter, **quarrel, "seeds/chronicle.txt": text})


# --- dates, names, origins, answers ---------------------------------------------------------------------------


@pytest.mark.parametrize(("when", "expected"), [("1870", ["date-outside-dispute"]), ("1871", []), ("1870/1872", [])])
def test_an_event_lies_in_the_span_of_its_dispute(when: str, expected: list[str]) -> None:
    dated = event("Das Wasser.", extra="disputes: [mill-quarrel]\n")
    assert codes({EVENT: str(dated[EVENT]).replace("1874", when)}) == expected


def test_two_names_alike_are_told_at_the_second() -> None:
    twin = changed("entries/actors/messenger.yaml", "{de: Bote des Tals, en: Valley Messenger}", "Anna Müller")
    found = look(village(twin)).diagnostics
    assert [(one.code, span(one).file) for one in found] == [("ambiguous-name", "entries/actors/messenger.yaml")]
    shy = "aliases:\n  - {name: Wasserrecht, linked: false}\nsummary: "
    assert codes(changed("entries/actors/messenger.yaml", "summary: ", shy)) == []
    bold = "aliases:\n  - {name: Wasserrecht}\nsummary: "
    assert codes(changed("entries/actors/messenger.yaml", "summary: ", bold)) == ["ambiguous-name"]


def agreed(second: str) -> dict[str, str | None]:
    answer = (
        "  - value: {{amount: 300, unit: thaler}}\n    evidence:\n      - source: chronicle\n        quote: {quote}\n"
    )
    lines = "".join(
        answer.format(quote=quote) + f"        translation: {{en: ours}}\n{more}"
        for quote, more in (("die alte Mühle am Bach für 300 Taler", ""), ("Der Bote des Tals nennt", second))
    )
    head = "question: {de: Was kostete sie?, en: What did it cost?}\nabout: [mill-bought]\nanswers:\n"
    tail = "assessment: {verdict: agreed, text: {de: Einig., en: Agreed.}}\n"
    return {"entries/claims/price.yaml": head + lines + tail}


def test_agreement_needs_a_second_origin() -> None:
    assert codes(agreed("")) == ["single-origin"]
    assert codes(agreed("        via: [messenger]\n")) == []


def test_a_source_that_relies_on_one_other_is_no_origin_itself() -> None:
    relying = changed("entries/sources/chronicle.yaml", "language: de", "language: de\nrelies_on: [messenger]")
    (found,) = look(village({**agreed("        via: [messenger]\n"), **relying})).diagnostics
    assert (found.code, "goes back to messenger" in found.message) == ("single-origin", True)


PRICE = "entries/claims/price.yaml"
ASSESSMENT = """\
assessment:
  verdict: contradictory
  text: {de: Beide Preise können nicht stimmen., en: Both prices cannot be right.}
"""


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (ASSESSMENT, "", ["unassessed-difference"]),
        ("verdict: contradictory", "verdict: agreed", ["inconsistent-entry"]),
        (
            "  - value: {amount: 350, unit: thaler}\n    ev",
            "  - rank: preferred\n    ev",
            ["missing-key", "missing-key"],
        ),
        ("  - value: {amount: 350, unit: thaler}\n", "  - value: {amount: 9, unit: pound}\n", ["unknown-word"]),
    ],
)
def test_answers_are_whole_and_assessed(old: str, new: str, expected: list[str]) -> None:
    assert codes(changed(PRICE, old, new)) == expected


def test_an_answer_without_evidence_is_told_once() -> None:
    head = "question: {de: Wer?, en: Who?}\nabout: [mill-bought]\nanswers:\n"
    assert codes({PRICE: head + "  - text: {de: Sie., en: She.}\n"}) == ["statement-without-evidence"]
    assert codes({PRICE: head + "  - value: {amount: 1, unit: thaler}\n"}) == ["statement-without-evidence"]


@pytest.mark.parametrize(("more", "expected"), [("", ["missing-key"]), ("when_note: Siehe oben.\n", [])])
def test_an_inferred_date_says_from_what(more: str, expected: list[str]) -> None:
    inferred = event("Das Wasser.", extra=more)
    assert codes({EVENT: str(inferred[EVENT]).replace("stated", "inferred")}) == expected


def test_notes_bear_the_name_of_their_source() -> None:
    notes = village().entries["entries/annotations/chronicle-annotations.yaml"]
    moved = {"entries/annotations/chronicle-annotations.yaml": None, "entries/annotations/notes.yaml": notes}
    assert told(moved) == [("entries/annotations/notes.yaml", 1, "bad-id")]


def test_sides_and_issues_have_ids_of_their_own() -> None:
    quarrel = "entries/disputes/mill-quarrel.yaml"
    assert codes(changed(quarrel, "id: council", "id: miller")) == ["duplicate-id"]
    issue = "issues:\n  - {id: water, title: {de: Wem?, en: Whose?}}\n"
    assert codes(changed(quarrel, "issues:\n", issue)) == ["duplicate-id"]
    (found,) = look(village(changed(quarrel, "side: miller", "side: xyz"))).diagnostics
    assert (found.code, found.hint) == ("unknown-ref", "its sides are miller, council")


def test_a_text_in_one_language_is_told_and_a_translation_is_asked_for() -> None:
    one = changed(
        "entries/terms/water-right.yaml", "name: {de: Wasserrecht, en: water right}", "name: {de: Wasserrecht}"
    )
    assert codes(one) == ["missing-translation"]
    untranslated = changed(
        "entries/terms/water-right.yaml",
        "    translation: {en: the right to the water has always belonged to the mill}\n",
        "",
    )
    assert told(untranslated) == [("entries/terms/water-right.yaml", 9, "missing-translation")]
    wrong = changed("entries/terms/water-right.yaml", "translation: {en: ", "translation: {de: ")
    assert codes(wrong) == ["missing-translation"]


def test_only_texts_are_translated() -> None:
    leaf = Leaf(("x",), WordOf("categories"), "law", None, "")
    assert list(untranslated("entries/vocabulary.yaml", leaf, corpus())) == []
