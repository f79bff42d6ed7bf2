"""All stages in their order: everything that is wrong shows in one run, whatever the files hold."""

import random
import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.diagnostics import CODES, Severity
from generator.kinds import all_kinds
from generator.load import Files
from generator.pipeline import examine, examine_files
from generator.report import in_order
from tests.village import BASE, base, changed, codes, corpus, look, span, text_of, told, village

FEE = "entries/terms/fee.yaml"
TERM = "name: {de: Zins, en: fee}\ncategory: law\ndefinition: {de: Was zu zahlen ist., en: What is to be paid.}\n"


def test_a_clean_dossier_becomes_a_corpus() -> None:
    examined = examine(BASE)
    assert examined.diagnostics == ()
    assert not examined.has_errors
    assert examined.corpus is not None
    assert list(examined.corpus.entries) == sorted(examined.corpus.entries)
    assert {entry.kind.name for entry in examined.corpus.entries.values()} == set(all_kinds())


def test_the_corpus_gives_entries_by_kind_without_the_retired() -> None:
    found = corpus()
    assert [entry.id for entry in found.of_kind("term")] == ["water-right"]
    assert "millstream" not in {entry.id for entry in found.living()}
    assert "millstream" in found.entries
    starts = [passage.start for passage in found.passages["chronicle"]]
    assert starts == sorted(starts)
    assert {passage.use for passage in found.passages["chronicle"]} == {"quoted", "annotated", "set-aside"}
    assert {passage.index for passage in found.passages_of("mill-bought")} == {0}
    assert found.passages_of("nobody") == ()
    assert all((passage.evidence is not None) == (passage.use == "quoted") for passage in found.passages["chronicle"])


def test_an_empty_folder_is_told_once() -> None:
    assert [one.code for one in examine_files(Files()).diagnostics] == ["missing-file"]


def test_a_folder_of_which_nothing_could_be_read_has_no_other_fault() -> None:
    files = Files(unread=frozenset({"entries/dossier.yaml", "entries/vocabulary.yaml"}))
    assert examine_files(files).diagnostics == ()


@pytest.mark.parametrize("name", ["dossier", "vocabulary"])
def test_settings_are_missed_and_checked(name: str) -> None:
    file = f"entries/{name}.yaml"
    assert told({file: None}) == [(file, 1, "missing-file")]
    assert set(codes({file: "nonsense: x\n"})) <= {"missing-key", "unknown-key", "wrong-type"}
    assert look(village({file: None})).corpus is None


def test_a_double_key_in_the_settings_does_not_hide_what_else_is_wrong() -> None:
    text = "title: Die Mühle\ntitle: Die Mühle\ndescription: Eine [[muehle]].\n"
    assert codes({"entries/dossier.yaml": text}) == ["duplicate-key", "unknown-ref"]


def test_words_are_checked_like_texts() -> None:
    wrong = changed("entries/vocabulary.yaml", "law: {label: {de: Recht, en: law}}", "The Law: {label: {de: Recht}}")
    assert codes(wrong) == ["bad-value"]
    wrong = changed("entries/vocabulary.yaml", "{label: {de: Recht, en: law}}", "{label: {de: Recht}}")
    assert codes(wrong) == ["missing-translation"]
    wrong = changed("entries/vocabulary.yaml", "categories:", "colours:")
    assert codes(wrong) == ["missing-key", "unknown-key"]


@pytest.mark.parametrize("name", ["Mill", "mill--x", "-mill", "mühle", "m" * 81, "a.b", "mill ", "a_b"])
def test_a_file_name_must_be_an_id(name: str) -> None:
    assert codes({f"entries/terms/{name}.yaml": TERM}) == ["bad-id"]


@pytest.mark.parametrize("path", ["entries/fee.yaml", "entries/terms/law/fee.yaml", "entries/term/fee.yaml"])
def test_a_file_must_lie_in_the_folder_of_its_kind(path: str) -> None:
    (found,) = look(village({path: TERM})).diagnostics
    assert (found.code, found.severity) == ("unread-entry", Severity.ERROR)
    assert "not read" in found.message
    assert "terms" in found.hint


@pytest.mark.parametrize(
    "address",
    [
        *(
            "https:///",
            "https://",
            "https://.",
            "https://a..b/",
            "https://-a.example/",
            "https://a b.example/",
            "https://x,y/",
        ),
        *(
            "https://mill.example:99999/",
            "https://mill.example:/",
            "https://mill.example:0/",
            "https://mill.example:x/",
        ),
        *(
            "https://mill.example/x?y=1",
            "https://mill.example/?",
            "https://mill.example/#top",
            "https://mill.example/x#",
        ),
        *("https://me@mill.example/", "https://me:secret@mill.example/", "https://m\u2100.example/", "mill.example"),
        *(
            "https://mill.example/a//b",
            "https://mill.example//",
            "https://mill.example/../x/",
            "https://mill.example/.",
        ),
        *("ftp://mill.example/", f"https://{'m' * 64}.example/", f"https://{'m.' * 130}example/"),
    ],
)
def test_the_address_of_the_site_is_one_that_paths_can_be_added_to(address: str) -> None:
    text = text_of("entries/dossier.yaml")
    (found,) = look(village({"entries/dossier.yaml": f'{text}site_url: "{address}"\n'})).diagnostics
    assert (found.code, span(found).line, span(found).column) == ("bad-url", text.count("\n") + 1, 11)


@pytest.mark.parametrize(
    "address",
    [
        *("https://mill.example", "https://mill.example/", "http://localhost:8000/", "https://mill.example/a/b-c_d/~e"),
        *("https://mühle.example/Bäche/", "https://127.0.0.1:80", "https://xn--mhle-0ra.example/it(s)&co/"),
    ],
)
def test_a_usable_address_is_taken(address: str) -> None:
    text = text_of("entries/dossier.yaml")
    assert codes({"entries/dossier.yaml": f'{text}site_url: "{address}"\n'}) == []


def test_a_setting_may_be_misspelt() -> None:
    found = look(village({"entries/vocabulary.yaml": None, "entries/vocabluary.yaml": "x: y\n"})).diagnostics
    assert [one.hint[:37] for one in found if one.code == "unread-entry"] == ["did you mean entries/vocabulary.yaml?"]


def test_the_severity_decides_what_forbids_a_build() -> None:
    assert not look(village({FEE: TERM.replace("{de: Zins, en: fee}", "{de: Zins}")})).has_errors
    assert look(village({FEE: "x"})).has_errors


def test_many_entries_are_examined_like_few() -> None:
    many: dict[str, str | None] = {
        f"entries/terms/fee-{number}.yaml": TERM.replace("Zins", f"Zins {number}").replace(
            "en: fee", f"en: fee {number}"
        )
        for number in range(600)
    }
    many["entries/terms/fee-7.yaml"] = TERM + "related: [nobody]\n"
    assert told(many) == [("entries/terms/fee-7.yaml", 4, "unknown-ref")]


# --- whatever the files -------------------------------------------------------------------------------------

FAULTY: dict[str, str | None] = {
    FEE: TERM + "related: [nobody, millstream]\n",
    "entries/terms/messenger.yaml": TERM,
    "entries/terms/water-fee.yaml": TERM.replace("Zins", "Wasserrecht"),
    "entries/actors/anna-mueller.yaml": "name: Anna: Müller\n",
    "seeds/chronicle.txt": "Etwas anderes.\n",
}


@settings(max_examples=20)
@given(st.randoms(use_true_random=False))
def test_the_order_of_files_changes_nothing(chance: random.Random) -> None:
    files = village(FAULTY)
    names = list(files.entries)
    chance.shuffle(names)
    shuffled = Files(
        {name: files.entries[name] for name in names}, dict(reversed(list(files.sources.items()))), files.docs
    )
    one, other = look(files), look(shuffled)
    assert in_order(one.diagnostics) == in_order(other.diagnostics)
    assert one.corpus is not None
    assert other.corpus is not None
    assert list(one.corpus.entries.values()) == list(other.corpus.entries.values())
    assert one.corpus.backlinks == other.corpus.backlinks
    assert one.corpus.passages == other.corpus.passages


PIECES = (
    *("de", "en", "quote", "source", "evidence", "when", "status", "retired", "replaced_by", "chronicle", "fee"),
    *(
        ": ",
        ":\n  ",
        "- ",
        "\n",
        "\n  ",
        "\n    - ",
        "{",
        "}",
        "[",
        "]",
        ", ",
        '"',
        "'",
        "|",
        ">",
        "#",
        "&a",
        "*a",
        "!t",
    ),
    *(
        "[[",
        "]]",
        "](",
        "<b>",
        "**",
        "2024-13",
        "..",
        "\t",
        "\u202e",
        "\x00",
        "ü",
        "%",
        "---\n",
        "null",
        "~",
        "<<",
        "?",
    ),
)
yamlish = st.lists(st.sampled_from(PIECES) | st.text(string.printable, max_size=3), max_size=30).map("".join)
entry_files = st.sampled_from(sorted(base().entries))


def survives(files: Files) -> None:
    for one in look(files).diagnostics:
        assert one.code in CODES
        assert one.message
        assert span(one).line > 0


@given(entry_files, yamlish)
def test_no_text_makes_an_examination_raise(path: str, text: str) -> None:
    survives(village({path: text}))


@given(entry_files, st.data())
def test_no_slip_in_a_valid_entry_makes_an_examination_raise(path: str, data: st.DataObject) -> None:
    text = base().entries[path]
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(text)))
        gone = data.draw(st.integers(0, 12))
        text = text[:at] + data.draw(st.sampled_from(PIECES) | st.just("")) + text[at + gone :]
    survives(village({path: text}))


@given(entry_files, st.data())
def test_no_exchange_of_values_makes_an_examination_raise(path: str, data: st.DataObject) -> None:
    """Values of one line take each other's places: right in form, wrong in meaning."""
    lines = base().entries[path].splitlines()
    one, other = (data.draw(st.integers(0, len(lines) - 1)) for _ in range(2))
    head, colon, value = lines[one].partition(": ")
    lines[one] = head + colon + lines[other].partition(": ")[2] if colon else value
    survives(village({path: "\n".join(lines) + "\n"}))


@given(st.binary(max_size=200))
def test_no_source_makes_an_examination_raise(raw: bytes) -> None:
    files = village()
    survives(Files(files.entries, {"seeds/chronicle.txt": raw}, files.docs))


def test_a_fault_of_form_does_not_hide_what_else_is_wrong() -> None:
    faulty = TERM.replace("category: law", "categroy: law\ncategory: lwa\nrelated: [nobody]\nforms: 5\nbroader:")
    found = look(village({FEE: faulty})).diagnostics
    assert {"unknown-key", "unknown-word", "unknown-ref", "wrong-type"} <= {one.code for one in found}
