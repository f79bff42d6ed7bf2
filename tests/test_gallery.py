"""The gallery of errors: for every code a small dossier with one fault, marked where it stands.

A case in `gallery/cases` is a handful of files that are laid over `gallery/base`, a dossier without faults. A comment
`# error: code` or `# warning: code` says what a line is told of; every line without one must be clean.
"""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.diagnostics import CODES, Diagnostic, Severity, Span
from generator.pipeline import examine
from generator.yamltree import MAX_BYTES, MAX_FIELD

GALLERY = Path(__file__).parent / "gallery"
CASES = sorted(GALLERY.glob("cases/*"))
MARK = re.compile(r"# (error|warning): ([a-z0-9-]+)")
TERM = "name: {{de: {name}, en: fee}}\ncategory: law\ndefinition: {{de: Was zu zahlen ist., en: What is to be paid.}}\n"

# What no file with a comment in it can show: each with its text.
MADE = {
    "not-utf-8": TERM.format(name="Zins").encode() + b"status: reviewed # caf\xe9\n",
    "file-too-large": TERM.format(name="Zins").encode() + b"#" * MAX_BYTES,
    "field-too-long": TERM.format(name="Z" * (MAX_FIELD + 1)).encode(),
}
LINES = {"not-utf-8": 4, "file-too-large": 1, "field-too-long": 1}
Found = set[tuple[str, int, Severity, str]]


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """A copy of the dossier without faults."""
    return Path(shutil.copytree(GALLERY / "base", tmp_path / "dossier"))


def expected(case: Path) -> Found:
    return {
        (file.relative_to(case).as_posix(), number, Severity(mark[1]), mark[2])
        for file in case.rglob("*.*")
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        for mark in MARK.finditer(line)
    }


def found(diagnostics: tuple[Diagnostic, ...]) -> Iterator[tuple[str, int, Severity, str]]:
    for one in diagnostics:
        assert isinstance(one.at, Span)
        yield one.at.file, one.at.line, one.severity, one.code


def test_the_base_has_no_fault(base: Path) -> None:
    assert examine(base).diagnostics == ()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_case_is_told_where_it_is_marked_and_nowhere_else(base: Path, case: Path) -> None:
    shutil.copytree(case, base, dirs_exist_ok=True)
    diagnostics = examine(base).diagnostics
    assert sorted(found(diagnostics)) == sorted(expected(case))
    assert [one.message for one in diagnostics if not one.hint] == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_case_is_named_after_its_code(case: Path) -> None:
    assert {code for *_, code in expected(case)} == {case.name.split("--")[0]}


@pytest.mark.parametrize("code", MADE)
def test_what_no_marked_file_can_show(base: Path, code: str) -> None:
    (base / "entries/terms/fee.yaml").write_bytes(MADE[code])
    # A reference to the faulty file is no fault of its own.
    quarrel = base / "entries/terms/water-right.yaml"
    quarrel.write_text(quarrel.read_text(encoding="utf-8").replace("[mill-quarrel]", "[fee]"), encoding="utf-8")
    file = "entries/terms/fee.yaml"
    assert list(found(examine(base).diagnostics)) == [(file, LINES[code], Severity.ERROR, code)]


def test_every_code_has_a_case() -> None:
    shown = {code for case in CASES for *_, code in expected(case)} | set(MADE)
    assert shown == set(CODES)
    assert len(CODES) > 40


FIVE = """\
when: 1874-13
when_basis: stated
typ: purchase
title: {de: Die Müllerin antwortet, en: The miller answers}
text:
  de: Das Wasser <br> gehört [[the-mill]].
  en: "[[village-council]] is told in 9999 that the water belongs to the mill."
modality: happened
evidence:
  - source: chronicle
    quote: das Wasserrecht gehört seit jeher zur Mühle
    translation: {en: our translation}
"""


def test_faults_of_form_and_of_meaning_in_one_file_are_told_in_one_run(base: Path) -> None:
    lines = FIVE.replace("evidence:", "evidence:\n  - {source: chronicle}")
    (base / "entries/events/answer.yaml").write_text(lines, encoding="utf-8")
    told = [(line, code) for _, line, _, code in sorted(found(examine(base).diagnostics))]
    assert told == [
        (1, "bad-date"),
        (3, "unknown-key"),
        (6, "unknown-ref"),
        (6, "unsafe-markup"),
        (8, "bad-value"),
        (10, "missing-key"),
        (12, "quote-not-found"),
    ]


def test_five_faults_of_meaning_in_one_file_are_five_diagnostics(base: Path) -> None:
    text = FIVE.replace("1874-13", "1874").replace("typ: purchase", "type: sale")
    text = text.replace("modality: happened", "disputes: [water-right]")
    (base / "entries/events/answer.yaml").write_text(text, encoding="utf-8")
    told = [(line, code) for _, line, _, code in sorted(found(examine(base).diagnostics))]
    assert told == [
        (3, "unknown-word"),
        (6, "unknown-ref"),
        (6, "unsafe-markup"),
        (8, "wrong-kind"),
        (11, "quote-not-found"),
    ]


def test_what_refers_to_a_faulty_file_is_not_told_of_it(base: Path) -> None:
    faulty = base / "entries/actors/anna-mueller.yaml"
    faulty.write_text("name: Anna: Müller\n", encoding="utf-8")
    assert [code for *_, code in found(examine(base).diagnostics)] == ["yaml-syntax"]


@pytest.mark.parametrize("folder", ["entries", "entries/actors", "entries/sources", "seeds"])
def test_a_folder_that_is_a_link_is_told_once(base: Path, tmp_path: Path, folder: str) -> None:
    (base / folder).rename(tmp_path / "elsewhere")
    (base / folder).symlink_to(tmp_path / "elsewhere")
    assert list(found(examine(base).diagnostics)) == [(folder, 1, Severity.ERROR, "unsafe-path")]


def test_every_fault_of_two_files_with_one_id_is_told(base: Path) -> None:
    text = TERM.format(name="Bote") + "related: [nobody]\n"
    (base / "entries/terms/messenger.yaml").write_text(text, encoding="utf-8")
    assert {code for *_, code in found(examine(base).diagnostics)} == {"duplicate-id", "unknown-ref"}


def examined_with_memory(project: Path, memory: Path) -> list[tuple[str, int, Severity, str]]:
    """Examine with the memory of an earlier examination, and remember this one as a build does."""
    examined = examine(project, memory)
    if examined.memory and not examined.has_errors:
        examined.memory.save(memory)
    return sorted(found(examined.diagnostics))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_is_remembered_of_the_base_changes_nothing(base: Path, tmp_path: Path, case: Path) -> None:
    memory = tmp_path / "memory.bin"
    assert examined_with_memory(base, memory) == []
    for folder in (case, GALLERY / "base"):
        shutil.copytree(folder, base, dirs_exist_ok=True)
        assert examined_with_memory(base, memory) == sorted(found(examine(base).diagnostics))
