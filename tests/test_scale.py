"""Numbers on a scale: each at its place, with its comparator drawn and its words beside it."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from generator.drawings.scale import WIDTH, Reading, scale
from tests.hostile import SAYINGS

SVG = "{http://www.w3.org/2000/svg}"
AMOUNTS = st.decimals(Decimal(-(10**12)), Decimal(10**15), places=2)
COMPARATORS = st.sampled_from(["=", "~", ">", "<", ">=", "<="])


def reading(amount: str, comparator: str = "=", *, is_rejected: bool = False) -> Reading:
    return Reading(Decimal(amount), comparator, f"{amount} sacks", "Gazette", "#proof-1", is_rejected=is_rejected)


def drawn(*readings: Reading) -> etree._Element:
    return etree.fromstring(scale(readings, "sacks", str))


def rows(svg: etree._Element) -> list[etree._Element]:
    return list(svg.iter(f"{SVG}a"))


def places(svg: etree._Element) -> list[float]:
    return [float(str(dot.get("cx"))) for row in rows(svg) for dot in row.iter(f"{SVG}circle")]


def test_one_number_is_not_drawn() -> None:
    assert scale([reading("3")], "sacks", str) == ""


def test_larger_numbers_stand_further_right_and_say_what_they_are() -> None:
    svg = drawn(reading("12"), reading("3"), reading("3"))
    right, left, same = places(svg)
    assert right > left == same
    assert [row.get("aria-label") for row in rows(svg)] == ["12 sacks: Gazette", "3 sacks: Gazette", "3 sacks: Gazette"]


@pytest.mark.parametrize(
    ("comparator", "classes"),
    [
        ("=", ["g-full"]),
        ("~", ["g-halo", "g-halo", "g-full"]),
        (">", ["g-line", "g-full", "g-hollow"]),
        (">=", ["g-line", "g-full", "g-full"]),
        ("<", ["g-line", "g-full", "g-hollow"]),
        ("<=", ["g-line", "g-full", "g-full"]),
    ],
)
def test_a_comparator_has_its_own_shape(comparator: str, classes: list[str]) -> None:
    row = rows(drawn(reading("5", comparator), reading("10")))[0]
    found = [str(one.get("class")) for one in row.iter() if str(one.get("class")).startswith("g-")]
    assert found == classes
    lines = list(row.iter(f"{SVG}line"))
    if lines:
        reaches_right = float(str(lines[0].get("x2"))) > float(str(lines[0].get("x1")))
        assert reaches_right == comparator.startswith(">")


def test_numbers_far_apart_stand_on_powers_of_ten() -> None:
    svg = drawn(reading("1"), reading("100"), reading("10000"))
    first, middle, last = places(svg)
    assert middle - first == pytest.approx(last - middle, abs=0.2)
    assert [str(text) for text in svg[0].itertext()] == ["1", "10", "100", "1000", "10000"]


def test_the_axis_begins_at_zero_where_zero_is_near() -> None:
    assert "0" in [str(text) for text in drawn(reading("2"), reading("90"))[0].itertext()]
    assert "0" not in [str(text) for text in drawn(reading("90"), reading("92"))[0].itertext()]


def test_a_rejected_number_is_struck_out() -> None:
    row = rows(drawn(reading("5", is_rejected=True), reading("10")))[0]
    assert [one.get("text-decoration") for one in row.iter(f"{SVG}tspan")] == ["line-through", None]


@given(st.lists(st.tuples(AMOUNTS, COMPARATORS, st.sampled_from(SAYINGS)), min_size=2, max_size=12))
def test_every_number_has_a_row_and_its_place_in_the_order(given_values: list[tuple[Decimal, str, str]]) -> None:
    readings = [Reading(amount, sign, text, text, f"#{n}") for n, (amount, sign, text) in enumerate(given_values)]
    text = scale(readings, "sacks", str)
    assert "\n" not in text
    svg = etree.fromstring(text)
    assert len(rows(svg)) == len(readings)
    found = places(svg)
    assert all(0 <= x <= WIDTH for x in found)
    ordered = [x for _, x in sorted(zip((one.amount for one in readings), found, strict=True))]
    assert ordered == sorted(ordered)
