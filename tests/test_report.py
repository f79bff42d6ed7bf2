"""Diagnostics as people, GitHub and other programs see them."""

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.diagnostics import CODES, Diagnostic, Place, Related, Span
from generator.report import FORMATS, MAX_PER_FILE, Format, in_order, render, summary

MILL = "entries/mill.yaml"
TEXTS = {MILL: "name: Alte Mühle\nbuilt: 1612\nquote: 水車小屋 am Bach\n"}


def error(line: int, start: int, end: int, *related: Related, file: str = MILL, code: str = "bad-date") -> Diagnostic:
    return Diagnostic(code, "no date", Span(file, line, start, line, end), "write a year", related)


def text(*found: Diagnostic, color: bool = False) -> str:
    return render(found, TEXTS, "text", color=color)


def test_the_author_sees_the_line_with_carets_a_hint_and_a_count() -> None:
    assert text(error(2, 8, 12)) == (
        "error[bad-date]: no date\n"
        " --> entries/mill.yaml:2:8\n"
        "  |\n"
        "2 | built: 1612\n"
        "  |        ^^^^\n"
        "  = hint: write a year\n"
        "\n"
        "1 error in 1 file\n"
    )


def test_a_related_place_follows_with_its_reason() -> None:
    related = Related("it stands here first", Span(MILL, 1, 1, 1, 5))
    shown = text(error(2, 1, 6, related)).splitlines()
    assert shown[5:9] == [
        " ::: entries/mill.yaml:1:1",
        "  |",
        "1 | name: Alte Mühle",
        "  | ---- it stands here first",
    ]


def test_a_related_place_in_an_unknown_file_keeps_its_reason() -> None:
    assert "\n  | moved\n" in text(error(2, 1, 6, Related("moved", Span("seeds/mill.txt", 4, 2, 4, 3))))


@pytest.mark.parametrize(
    ("line", "start", "end", "carets"),
    [
        ("quote: 水車小屋 am Bach", 8, 10, "       ^^^^"),  # wide characters take two columns
        ("quote: 水車小屋 am Bach", 13, 15, "                ^^"),
        ("a\tb: c", 3, 4, "     ^"),  # a tab is shown as four blanks
        ("e\u0301: x", 5, 6, "   ^"),  # a combining accent takes none
        ("e\u0301: x", 2, 3, "^"),
        ("a: x", 5, 5, "    ^"),  # the end of the line
        ("a: x", 99, 99, "    ^"),
        ("a: \u202ex", 4, 5, "   ^^^^^^"),
    ],
)
def test_carets_stand_below_what_they_mean(line: str, start: int, end: int, carets: str) -> None:
    shown = render([error(1, start, end)], {MILL: line}, "text")
    assert shown.splitlines()[4] == f"  | {carets}"


def test_a_long_line_is_cut_around_the_caret() -> None:
    line = "x" * 500 + "HERE" + "y" * 500
    shown = render([error(1, 501, 505)], {MILL: line}, "text").splitlines()
    assert len(shown[3]) < 110
    assert shown[3].startswith("1 | …xxx")
    assert shown[3].endswith("yyy…")
    assert shown[3][shown[4].index("^") : shown[4].rindex("^") + 1] == "HERE"


def test_a_stretch_of_lines_shows_its_first_and_names_its_last() -> None:
    stretch = Diagnostic("bad-value", "odd", Span(MILL, 1, 7, 3, 4))
    assert "  |       ^^^^^^^^^^ … to line 3\n" in text(stretch)


def test_files_and_lines_come_in_order_and_nothing_twice() -> None:
    one, two, three = error(2, 1, 2), error(10, 1, 2), error(1, 1, 2, file="entries/z.yaml")
    assert in_order([three, two, one, two]) == (one, two, three)
    assert summary([one, two, three]) == "3 errors in 2 files"


def test_the_summary_counts_both_severities() -> None:
    warning = error(1, 1, 2, code="missing-translation")
    assert summary([error(1, 1, 2), error(2, 1, 2), warning]) == "2 errors, 1 warning in 1 file"
    assert summary([]) == "no problems found"
    assert text() == "no problems found\n"


def test_a_file_full_of_faults_is_cut_and_errors_outlast_warnings() -> None:
    warnings = [error(line, 1, 2, code="missing-translation") for line in range(1, 31)]
    shown = text(*warnings, error(40, 1, 2), error(1, 1, 2, file="entries/other.yaml"))
    assert shown.count("warning[") == MAX_PER_FILE - 1
    assert shown.count("error[") == 2
    assert "… and 11 more in entries/mill.yaml\n" in shown
    assert shown.endswith("2 errors, 30 warnings in 2 files\n")
    assert "::warning file=entries/mill.yaml,title=dossier::… and 11 more" in render(
        [*warnings, error(40, 1, 2)], {}, "github"
    )


def test_colour_only_on_request() -> None:
    assert "\x1b" not in text(error(2, 8, 12))
    assert "\x1b[1;31merror[bad-date]\x1b[0m" in text(error(2, 8, 12), color=True)


def test_a_place_that_nobody_located_is_shown_at_the_first_line() -> None:
    assert f"{MILL}:1:1" in text(Diagnostic("bad-date", "odd", Place(MILL, ("built",))))


HOSTILE = "\x1b]0;x\x07\r\n::error::owned\n##[group]\u202e%0A\x9b31m\ud800"


@pytest.mark.parametrize("fmt", FORMATS)
def test_nothing_hostile_reaches_a_terminal_or_a_log(fmt: Format) -> None:
    file = f"entries/{HOSTILE}.yaml"
    found = Diagnostic(
        "bad-date", HOSTILE, Span(file, 2, 1, 2, 3), HOSTILE, (Related(HOSTILE, Span(file, 1, 1, 1, 2)),)
    )
    shown = render([found], {file: HOSTILE}, fmt)
    assert re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e\ud800]", shown) is None
    assert not [line for line in shown.splitlines() if line.lstrip().startswith("::error::")]
    assert fmt in ("json", "sarif") or "##[" not in shown


def test_github_gets_one_command_a_diagnostic() -> None:
    shown = render([error(2, 8, 12, file="entries/a,b:c.yaml")], {}, "github")
    assert shown.splitlines() == [
        (
            "::error file=entries/a%2Cb%3Ac.yaml,line=2,endLine=2,col=8,endColumn=12,title=bad-date"
            "::no date%0Awrite a year"
        ),
        "1 error in 1 file",
    ]


def test_github_gets_no_columns_for_a_stretch_of_lines() -> None:
    shown = render([Diagnostic("bad-value", "100 %", Span(MILL, 1, 7, 3, 4))], {}, "github")
    assert shown.startswith("::error file=entries/mill.yaml,line=1,endLine=3,title=bad-value::100 %25\n")


def test_json_says_everything() -> None:
    related = Related("it stands here first", Span(MILL, 1, 1, 1, 5))
    found = [error(2, 8, 12, related), *(error(n, 1, 2, code="missing-translation") for n in range(3, 40))]
    report = json.loads(render(found, {}, "json"))
    assert (report["version"], report["errors"], report["warnings"]) == (1, 1, 37)
    assert report["diagnostics"][0] == {
        "code": "bad-date",
        "severity": "error",
        "message": "no date",
        "hint": "write a year",
        "file": MILL,
        "line": 2,
        "column": 8,
        "end_line": 2,
        "end_column": 12,
        "related": [
            {
                "message": "it stands here first",
                "file": MILL,
                "line": 1,
                "column": 1,
                "end_line": 1,
                "end_column": 5,
            }
        ],
    }


def sarif(*found: Diagnostic) -> dict[str, Any]:
    log: dict[str, Any] = json.loads(render(found, {}, "sarif"))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    return dict(run)


def test_sarif_names_every_rule_and_counts_in_code_points() -> None:
    run = sarif()
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == list(CODES)
    assert {rule["defaultConfiguration"]["level"] for rule in rules} == {"error", "warning"}
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["results"] == []


def test_sarif_places_a_result_and_its_related_place() -> None:
    run = sarif(error(2, 8, 12, Related("first", Span(MILL, 1, 1, 1, 5)), file="entries/mühle 1.yaml"))
    (result,) = run["results"]
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"] == "bad-date"
    assert result["level"] == "error"
    assert result["message"] == {"text": "no date\nwrite a year"}
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "entries/m%C3%BChle%201.yaml"
    assert place["region"] == {"startLine": 2, "startColumn": 8, "endLine": 2, "endColumn": 12}
    assert "relatedLocations" not in sarif(error(2, 8, 12))["results"][0]
    (related,) = result["relatedLocations"]
    assert related["id"] == 1
    assert related["message"] == {"text": "first"}
    assert related["physicalLocation"]["artifactLocation"]["uri"] == MILL


@given(st.text(), st.tuples(*[st.integers(0, 9)] * 4), st.sampled_from(FORMATS))
def test_no_text_and_no_span_breaks_a_report(content: str, at: tuple[int, int, int, int], fmt: Format) -> None:
    span = Span(content, *at)
    found = Diagnostic("bad-value", content, span, content, (Related(content, span),))
    shown = render([found], {content: content}, fmt, color=True)
    assert shown.endswith("\n")
    shown.encode()
