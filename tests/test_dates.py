"""Dates: read, ordered, compared, said in two languages."""

import re
import warnings
from datetime import date as day_of
from datetime import timedelta
from time import strftime, struct_time
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from generator.dates import EdtfDate, format_date, month_names, parse_date, year_of

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import edtf

YEARS = st.integers(1, 9998).map("{:04}".format)
# A marked season, or unknown digits in an interval: we know them, the library does not.
OURS_ALONE = re.compile("-2[1-4][?~%]|X.*/|/.*X")
MARKS = st.sampled_from(["", "", "?", "~", "%"])


def of_one_year(year: str) -> st.SearchStrategy[str]:
    first = day_of(int(year), 1, 1)
    days = st.integers(0, 364).map(lambda number: (first + timedelta(number)).isoformat())
    months = st.integers(1, 12).map(f"{year}-{{:02}}".format)
    seasons = st.integers(21, 24).map(f"{year}-{{}}".format)
    unknown = [f"{year[:3]}X", f"{year[:2]}XX", f"{year}-XX", f"{year}-XX-XX", f"{year}-07-XX"]
    return st.one_of(st.just(year), months, days, seasons, st.sampled_from(unknown))


parts = st.tuples(YEARS.flatmap(of_one_year), MARKS).map("".join)
open_ends = st.one_of(parts.map("{}/..".format), parts.map("../{}".format))
intervals = st.tuples(parts, parts).map("/".join)


def parsed(text: str) -> EdtfDate | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


dates = st.one_of(parts, open_ends, intervals).map(parsed).filter(lambda date: date is not None)


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "precision"),
    [
        ("2024", "2024-01-01", "2024-12-31", "year"),
        ("2024-02", "2024-02-01", "2024-02-29", "month"),
        ("2024-03-05", "2024-03-05", "2024-03-05", "day"),
        ("2024-23", "2024-09-01", "2024-11-30", "season"),
        ("2024-24", "2024-12-01", "2025-02-28", "season"),
        ("9999-24", "9999-12-01", "9999-12-31", "season"),
        ("202X", "2020-01-01", "2029-12-31", "decade"),
        ("19XX", "1900-01-01", "1999-12-31", "century"),
        ("2024-XX", "2024-01-01", "2024-12-31", "year"),
        ("2024-03-XX", "2024-03-01", "2024-03-31", "month"),
        ("2019/..", "2019-01-01", None, "year"),
        ("../2020-05", None, "2020-05-31", "month"),
        ("2024-09~/2025", "2024-09-01", "2025-12-31", "year"),
    ],
)
def test_bounds(text: str, earliest: str | None, latest: str | None, precision: str) -> None:
    date = parse_date(text)
    assert (date.earliest, date.latest, date.precision) == (earliest, latest, precision)
    assert date.text == text
    assert date.is_interval == ("/" in text)
    assert date.is_open_end == (latest is None)


@pytest.mark.parametrize(
    ("text", "is_uncertain", "is_approximate"),
    [("2024", False, False), ("2024?", True, False), ("2024~", False, True), ("2024%", True, True),
     ("2024?/2025", True, False), ("2024/2025~", False, True), ("../2025%", True, True)],
)  # fmt: skip
def test_marks(text: str, is_uncertain: bool, is_approximate: bool) -> None:  # noqa: FBT001
    date = parse_date(text)
    assert (date.is_uncertain, date.is_approximate) == (is_uncertain, is_approximate)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "The date is empty"),
        ("  ", "The date is empty"),
        ("2024-02-30", "2024-02-30: February 2024 has 29 days"),
        ("2024-04-31", "April 2024 has 30 days"),
        ("2024-01-00", "January 2024 has 31 days"),
        ("2024-13", "there is no month 13"),
        ("2024-00", "there is no month 00"),
        ("2024-25", "there is no month 25"),
        ("2024-23-01", "a season has no days; write 2024-23"),
        ("2024-XX-05", "a day needs a month"),
        ("202X-03", "a month needs a whole year"),
        ("0000", "no year 0000"),
        ("05.03.2024", "write year, month, day: 2024-03-05"),
        ("5/3/2024", "write year, month, day: 2024-03-05"),
        ("2024-3-5", "two digits: 2024-03-05"),
        ("2024-3~", "two digits: 2024-03~"),
        ("2024-03-05T12:00", "a time of day is not supported"),
        ("12:30", "a time of day is not supported"),
        ("2019/", "write .. for the open end"),
        ("/2019", "write .. for the open end"),
        ("../..", "two ends, at least one of them a date"),
        ("2019/2020/2021", "two ends"),
        ("2025/2024", "ends before it begins"),
        ("2024/2025-02-30", "2024/2025-02-30: February 2025 has 28 days"),
        ("März 2024", "März 2024: write 2024-03 for “März 2024”"),
        ("3. Mrz. 2024", "this is not a date; allowed are"),
        ("5. Sept. 2024", "write 2024-09-05 for"),
        ("March 5th, 2024", "write 2024-03-05 for"),
        ("im Frühjahr 2024", "write 2024-21 for"),
        ("31. April 2024", "this is not a date"),
        ("maybe 2024", "this is not a date"),
        ("Mai 2024, Juni 2024", "this is not a date"),
        ("am 5. 2024", "this is not a date"),
        ("ca. 2024", "write 2024~ for"),
        ("about March 2024", "write 2024-03~ for"),
        ("1990er Jahre", "write 199X for"),
        ("1990s", "write 199X for"),
        ("2024‑03", "write 2024-03 for"),
        ("2024–2025", "write 2024/2025 for"),
        ("2024-2025", "write 2024/2025 for"),
        ("2025-2024", "this is not a date"),
        ("2024-03-05 – 2024-04-01", "write 2024-03-05/2024-04-01 for"),
        ("von März 2024 bis Mai 2025", "write 2024-03/2025-05 for"),
        ("um " * 9_000 + "2024", "this is not a date"),
        ("seit 2024", "write 2024/.. for"),
        ("until March 2024", "write ../2024-03 for"),
        ("März 2024/2025", "März 2024/2025: write 2024-03 for “März 2024”"),
        ("-0044", "this is not a date"),
        ("?2024", "this is not a date"),
        ("2024\n", "write 2024 for “2024”"),
        ("٢٠٢٤", "this is not a date"),
    ],
)
def test_what_is_no_date_is_explained(text: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=r"^\S|^ ") as caught:
        parse_date(text)
    assert complaint in str(caught.value)
    assert "\n" not in str(caught.value).removeprefix(text)


def test_order_is_by_first_day_and_the_coarser_first() -> None:
    texts = [
        "../2020",
        "2023-12-31",
        "202X",
        "2024",
        "2024-01",
        "2024-01-01",
        "2024-02",
        "2024-12",
        "2024-24",
    ]
    ordered = [
        "../2020",
        "202X",
        "2023-12-31",
        "2024",
        "2024-01",
        "2024-01-01",
        "2024-02",
        "2024-24",
        "2024-12",
    ]
    assert sorted(texts, key=lambda text: parse_date(text).sort_key) == ordered


@pytest.mark.parametrize(
    ("inner", "outer", "is_within", "is_overlapping"),
    [
        ("2024-03", "2024", True, True),
        ("2024", "2024-03", False, True),
        ("2025", "2024", False, False),
        ("2025", "2024/..", True, True),
        ("2024/..", "2025", False, True),
        ("../2020", "2021/..", False, False),
        ("../2020", "../2021", True, True),
    ],
)
def test_one_date_in_another(inner: str, outer: str, is_within: bool, is_overlapping: bool) -> None:  # noqa: FBT001
    assert parse_date(inner).within(parse_date(outer)) == is_within
    assert parse_date(inner).overlaps(parse_date(outer)) == is_overlapping
    assert parse_date(outer).overlaps(parse_date(inner)) == is_overlapping


@pytest.mark.parametrize(
    ("text", "german", "english"),
    [
        ("2024-03-05", "5. März 2024", "5 March 2024"),
        ("2024-03", "März 2024", "March 2024"),
        ("2024", "2024", "2024"),
        ("0800", "800", "800"),
        ("2024-XX", "2024", "2024"),
        ("2024-03-XX", "März 2024", "March 2024"),
        ("2024-23", "Herbst 2024", "autumn 2024"),
        ("2024-24", "Winter 2024/25", "winter 2024/25"),
        ("202X", "2020er-Jahre", "2020s"),
        ("20XX", "2000–2099", "2000–2099"),
        ("2024-09~", "um September 2024", "around September 2024"),
        ("2024-03-05~", "um den 5. März 2024", "around 5 March 2024"),
        ("2024-23~", "etwa Herbst 2024", "around autumn 2024"),
        ("202X~", "etwa 2020er-Jahre", "around the 2020s"),
        ("2025?", "2025 (unsicher)", "2025 (uncertain)"),
        ("2025%", "um 2025 (unsicher)", "around 2025 (uncertain)"),
        ("2019/..", "seit 2019", "since 2019"),
        ("2019-03-05/..", "seit dem 5. März 2019", "since 5 March 2019"),
        ("202X/..", "seit den 2020er-Jahren", "since the 2020s"),
        ("2019~/..", "etwa seit 2019", "since around 2019"),
        ("../2020", "bis 2020", "until 2020"),
        ("../2020-03-05?", "bis zum 5. März 2020 (unsicher)", "until 5 March 2020 (uncertain)"),
        ("2019/2021", "2019–2021", "2019–2021"),
        ("2024/2024", "2024", "2024"),
        ("2024?/2025?", "2024–2025 (unsicher)", "2024–2025 (uncertain)"),
        ("2025-01/2025-06", "Januar bis Juni 2025", "January to June 2025"),
        ("2024-12/2025-06", "Dezember 2024 bis Juni 2025", "December 2024 to June 2025"),
        ("2025-03-01/2025-03-03", "1.–3. März 2025", "1–3 March 2025"),
        ("2025-02-28/2025-03-03", "28. Februar bis 3. März 2025", "28 February to 3 March 2025"),
        (
            "2024-12-30/2025-01-02",
            "30. Dezember 2024 bis 2. Januar 2025",
            "30 December 2024 to 2 January 2025",
        ),
        ("2024-21/2024-23", "Frühling bis Herbst 2024", "spring to autumn 2024"),
        ("2024-22/2024-24", "Sommer 2024 bis Winter 2024/25", "summer 2024 to winter 2024/25"),
        ("2024-09~/2025", "um September 2024 bis 2025", "around September 2024 to 2025"),
        ("201X/202X", "2010er-Jahre bis 2020er-Jahre", "2010s to 2020s"),
    ],
)
def test_in_words(text: str, german: str, english: str) -> None:
    assert format_date(parse_date(text), "de") == german
    assert format_date(parse_date(text), "en") == english


def test_months_have_names() -> None:
    assert month_names("de")[:3] == ("Januar", "Februar", "März")
    assert month_names("en")[11] == "December"


@pytest.mark.parametrize(("text", "year"), [("2024-03~", 2024), ("2024-24", 2024), ("../2020", 2020), ("202X", 2020)])
def test_the_year_a_date_is_listed_under(text: str, year: int) -> None:
    assert year_of(parse_date(text)) == year


@given(dates, dates)
def test_order_and_comparison_agree(one: EdtfDate, other: EdtfDate) -> None:
    assert one.within(one)
    assert one.overlaps(one)
    assert not one.within(other) or one.overlaps(other)
    assert (one.sort_key == other.sort_key) == (one.text == other.text)
    if not one.overlaps(other):
        assert (one.sort_key < other.sort_key) == ((one.latest or "9") < (other.earliest or "0"))


@given(dates)
def test_words_are_never_finer_than_the_date(date: EdtfDate) -> None:
    for lang in ("de", "en"):
        said = format_date(date, lang)
        assert said == said.strip()
        if date.precision in ("decade", "century", "year") and not date.is_interval:
            assert not any(name in said for name in month_names(lang))


@settings(max_examples=25)  # the library takes a hundred times as long as all else
@given(st.one_of(parts, open_ends, intervals))
def test_bounds_are_those_of_the_reference_library(text: str) -> None:
    ours = parsed(text)
    assume(ours is not None)
    assert ours is not None
    assume(not OURS_ALONE.search(text))
    theirs: Any = edtf.parse_edtf(text)
    lower, upper = _day(theirs.lower_strict()), _day(theirs.upper_strict())
    assert ours.earliest == lower
    # Its winter is December alone; everyone else's goes on to the end of February.
    if "-24" not in text.replace("-24-", ""):
        assert ours.latest == upper


@given(st.text("0123456789-/.X~?% T:", max_size=12))
def test_what_the_reference_library_refuses_is_refused(text: str) -> None:
    if parsed(text) is not None and not OURS_ALONE.search(text):
        edtf.parse_edtf(text)


def _day(moment: struct_time | float) -> str | None:
    return None if isinstance(moment, float) else strftime("%Y-%m-%d", moment).zfill(10)
