"""References, words and links find their targets, or are told."""

from collections.abc import Mapping

import pytest

from generator.corpus import Backlink
from generator.diagnostics import Span
from tests.village import changed, codes, corpus, look, span, told, village

FEE = "entries/terms/fee.yaml"
TERM = "name: {de: Zins, en: fee}\ncategory: law\ndefinition: {de: Was zu zahlen ist., en: What is to be paid.}\n"


def message(changes: Mapping[str, str | None]) -> str:
    (found,) = look(village(changes)).diagnostics
    return f"{found.message} | {found.hint}"


def test_links_go_both_ways() -> None:
    found = corpus().backlinks
    assert Backlink("mill-bought", ("actors", 0, "actor")) in found["anna-mueller"]
    assert Backlink("mill-bought", ("text",), is_prose=True) in found["anna-mueller"]
    assert Backlink("millstream", ("replaced_by",)) in found["water-right"]


def test_a_misspelt_id_gets_the_nearest_one_of_a_kind_that_fits() -> None:
    wrong = changed("entries/events/mill-bought.yaml", "actor: anna-mueller", "actor: anna-muller")
    assert message(wrong) == "there is no entry “anna-muller” | did you mean “anna-mueller”?"
    far = changed("entries/events/mill-bought.yaml", "actor: anna-mueller", "actor: xyz")
    assert message(far).endswith(
        "write the entry first, or name another; the id of an entry is the name of its file without .yaml"
    )


def test_a_reference_to_another_kind_says_what_is_allowed() -> None:
    wrong = changed("entries/events/mill-bought.yaml", "actor: anna-mueller", "actor: water-right")
    assert "“water-right” is of kind term, not actor" in message(wrong)


def test_a_role_is_played_by_the_kinds_that_declare_it() -> None:
    (found,) = look(village(changed("entries/claims/price.yaml", "[messenger]", "[mill-bought]"))).diagnostics
    assert (found.code, span(found).line) == ("wrong-kind", 13)
    assert codes(changed("entries/terms/water-right.yaml", "source: chronicle", "source: messenger")) == ["wrong-kind"]


@pytest.mark.parametrize(
    ("text", "line", "code"),
    [
        ("status: retired\n", 4, "bad-replacement"),
        ("replaced_by: water-right\n", 4, "bad-replacement"),
        ("status: retired\nreplaced_by: fee\n", 5, "bad-replacement"),
        ("status: retired\nreplaced_by: nobody\n", 5, "unknown-ref"),
        ("related: [millstream]\n", 4, "retired-ref"),
    ],
)
def test_retired_entries_have_a_successor_and_no_new_friends(text: str, line: int, code: str) -> None:
    assert told({FEE: TERM + text}) == [(FEE, line, code)]


def test_a_retired_entry_names_its_successor_in_the_hint() -> None:
    assert message({FEE: TERM + "related: [millstream]\n"}).endswith("name “water-right” instead")


def retired(**replacements: str) -> dict[str, str]:
    """Give terms of the village that are retired, each with what takes its place."""
    return {
        f"entries/terms/{one}.yaml": f"{TERM}status: retired\nreplaced_by: {by}\n" for one, by in replacements.items()
    }


def test_the_hint_names_whoever_is_still_there_at_the_end_of_all_replacements() -> None:
    chain = retired(fee1="fee2", fee2="fee3", fee3="water-right")
    assert message({**chain, FEE: TERM + "related: [fee1]\n"}).endswith("name “water-right” instead")


@pytest.mark.parametrize("length", [2, 3, 20, 2_000])
def test_retired_entries_that_lead_in_a_circle_are_told_once(length: int) -> None:
    circle = retired(**{f"fee{n:04}": f"fee{(n + 1) % length:04}" for n in range(length)}, aside="fee0001")
    (found,) = look(village(circle)).diagnostics
    assert (found.code, span(found).file, span(found).line) == ("bad-replacement", "entries/terms/fee0000.yaml", 5)
    assert "fee0000 → fee0001" in found.message
    assert 1 <= len(found.related) <= 8


def test_two_circles_are_two_problems_and_nobody_is_sent_into_one() -> None:
    circles = retired(a="b", b="a", c="d", d="e", e="c")
    found = look(village({**circles, FEE: TERM + "related: [b]\n"})).diagnostics
    assert sorted(one.code for one in found) == ["bad-replacement", "bad-replacement", "retired-ref"]
    assert {one.hint for one in found if one.code == "retired-ref"} == {"name another entry"}


def test_links_in_prose_are_followed_with_their_place() -> None:
    text = TERM.replace(
        "de: Was zu zahlen ist.", 'de: "Was für [[wasser|den Bach]] oder [[millstream]] zu zahlen ist."'
    )
    found = look(village({FEE: text})).diagnostics
    assert [(one.code, span(one).column) for one in found] == [("unknown-ref", 27), ("retired-ref", 52)]


def test_plain_prose_is_followed_once() -> None:
    text = TERM.replace("{de: Was zu zahlen ist., en: What is to be paid.}", '"[[nobody]]"')
    assert codes({FEE: text}) == ["unknown-ref"]


def test_an_unknown_word_gets_the_nearest_one_and_the_place_to_add_it() -> None:
    found = message(changed("entries/events/mill-bought.yaml", "type: purchase", "type: purchas"))
    assert "did you mean “purchase”? Or add it under event-types in entries/vocabulary.yaml" in found
    assert " | add it under" in message(changed("entries/events/mill-bought.yaml", "type: purchase", "type: xyz"))


def test_a_list_that_the_vocabulary_lacks_is_told_once() -> None:
    units = "units:\n  thaler: {label: {de: Taler, en: thalers}}\n"
    assert told(changed("entries/vocabulary.yaml", units, "")) == [("entries/vocabulary.yaml", 1, "missing-key")]


def test_words_are_not_missed_where_the_vocabulary_cannot_be_read() -> None:
    assert codes({"entries/vocabulary.yaml": "relations: [\n"}) == ["yaml-syntax"]
    assert codes({"entries/vocabulary.yaml": None}) == ["missing-file"]


def test_references_to_faulty_files_are_not_told() -> None:
    assert codes({"entries/actors/anna-mueller.yaml": "type: person\n"}) == ["missing-key", "missing-key"]
    assert codes({"entries/sources/chronicle.yaml": "- x\n"}) == ["not-a-mapping"]


@pytest.mark.parametrize(
    "path", ["actor/messenger", "actors/news/messenger", "actors/Messenger", "actors/messenger.v2"]
)
def test_references_to_a_file_in_the_wrong_place_are_not_told(path: str) -> None:
    moved = {"entries/actors/messenger.yaml": None, f"entries/{path}.yaml": "type: medium\n"}
    assert len(codes(moved)) == 1


def test_the_first_of_two_with_one_id_counts() -> None:
    (found,) = look(village({"entries/terms/messenger.yaml": TERM})).diagnostics
    assert (found.code, span(found).file) == ("duplicate-id", "entries/terms/messenger.yaml")
    assert found.related[0].at.file == "entries/actors/messenger.yaml"


def test_a_text_that_is_not_there_is_told_at_its_source() -> None:
    found = look(village({"seeds/chronicle.txt": None, "seeds/chronik.txt": "x"})).diagnostics
    assert [(one.code, one.hint) for one in found] == [("missing-file", "did you mean “seeds/chronik.txt”?")]


def test_a_text_lies_in_its_folder() -> None:
    for path in ("../chronicle.txt", "seeds/../../chronicle.txt", "/etc/passwd", "entries/dossier.yaml"):
        wrong = changed("entries/sources/chronicle.yaml", "file: seeds/chronicle.txt", f"file: {path}")
        assert codes(wrong) == ["unsafe-path"]


@pytest.mark.parametrize(
    ("raw", "line", "column", "words"),
    [
        (
            "Mühle\r\nAm Mühl".encode() + b"b\xe4che",
            2,
            9,
            "0xE4 is not UTF-8; with the encoding Windows-1252 it would be ä",
        ),
        ("\ufeffMühle ".encode() + b"\xff", 1, 7, "0xFF"),
        (b"\x81", 1, 1, "the byte 0x81 is not UTF-8"),
        ("Mühle".encode("utf-16"), 1, 1, "UTF-16"),
    ],
)
def test_a_text_that_is_not_utf_8_is_told_where_it_is_not(raw: bytes, line: int, column: int, words: str) -> None:
    files = village()
    (found,) = look(type(files)(files.entries, {"seeds/chronicle.txt": raw}, files.docs)).diagnostics
    assert (found.code, span(found)) == ("not-utf-8", Span("seeds/chronicle.txt", line, column, line, column + 1))
    assert words in found.message


def test_a_dossier_that_cannot_be_read_hides_no_other_fault() -> None:
    changes = {"entries/dossier.yaml": "titel: x\n", FEE: TERM + "related: [nobody]\n"}
    assert codes(changes) == ["missing-key", "unknown-key", "unknown-ref"]
    assert look(village(changes)).corpus is None
