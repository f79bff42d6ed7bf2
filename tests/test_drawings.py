"""Timelines: every thing once, at its own precision, in nobody's way; the same bytes everywhere, and safe."""

from collections.abc import Sequence
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from markupsafe import Markup

from generator.dates import EdtfDate, format_date, parse_date
from generator.drawings import density as dense
from generator.drawings.axis import Axis, day_number
from generator.drawings.density import density
from generator.drawings.glyphs import LOOKS, glyph
from generator.drawings.svg import NARROW, clipped, number, text_width
from generator.drawings.timeline import PAPER, WIDTH, Happening, Telling, lanes_of, timeline
from tests.hostile import SAYINGS

WORDS = Telling("Course of the quarrel", "about", "perhaps", "within", "goes on", "vaguely")
SVG = "{http://www.w3.org/2000/svg}"
XLINK = "{http://www.w3.org/1999/xlink}"
YEARS = st.integers(1, 9999).map(lambda year: f"{year:04}")
MONTHS = st.builds(lambda year, month: f"{year}-{month:02}", YEARS, st.integers(1, 12))
DAYS = st.builds(lambda month, day: f"{month}-{day:02}", MONTHS, st.integers(1, 28))
SEASONS = st.builds(lambda year, season: f"{year}-{season}", YEARS, st.integers(21, 24))
MARKED = st.builds(
    lambda date, mark: date + mark, YEARS | MONTHS | DAYS | SEASONS, st.sampled_from(["", "?", "~", "%"])
)
OPEN = MARKED.map(lambda date: f"{date}/..") | MARKED.map(lambda date: f"../{date}")
DATES = (MARKED | OPEN | st.sampled_from(["19XX", "192X", "1920/1921-05"])).map(parse_date)


def happening(when: str | EdtfDate, title: str = "A sack is weighed", look: str = "occurred", n: int = 0) -> Happening:
    date = parse_date(when) if isinstance(when, str) else when
    return Happening(f"h-{n}", title, date, format_date(date, "en"), look, look, f"../h-{n}/")


def drawn(*happenings: Happening) -> etree._Element:
    return etree.fromstring(timeline(happenings, WORDS, "en"))


def links(svg: etree._Element) -> list[str]:
    return [str(link.get(f"{XLINK}href")) for link in svg.iter(f"{SVG}a")]


def attributes(svg: etree._Element, tag: str, name: str) -> list[str]:
    return [str(one.get(name)) for one in svg.iter(f"{SVG}{tag}")]


def more(one: Happening) -> str:
    return f"../parts/{one.when.text[:4]}/"


def test_one_thing_alone_is_not_drawn() -> None:
    assert timeline([happening("1921")], WORDS, "en") == ""
    assert density([happening("1921")], WORDS, "en", more) == ""


def test_every_thing_is_a_link_that_says_what_when_and_how_certain() -> None:
    svg = drawn(happening("1921-03", "The weir is raised"), happening("1921-05-03", "A meeting", "planned", 1))
    assert links(svg) == ["../h-0/", "../h-1/"]
    names = attributes(svg, "a", "aria-label")
    assert names == ["March 1921: The weir is raised (occurred)", "3 May 1921: A meeting (planned)"]
    assert svg.get("aria-label") == WORDS.name


@pytest.mark.parametrize(
    ("when", "is_span"), [("1921-03-05", False), ("1921-03", True), ("1921-23", True), ("1921", True)]
)
def test_a_thing_is_as_wide_as_what_is_known(when: str, *, is_span: bool) -> None:
    svg = drawn(happening(when), happening("1921-01-01"), happening("1921-12-31"))
    first = next(svg.iter(f"{SVG}a"))
    assert ("g-line" in [one.get("class") for one in first.iter(f"{SVG}path")]) == is_span
    assert WORDS.within in list(svg.itertext()) or not is_span


@given(st.lists(st.tuples(DATES, st.sampled_from(LOOKS)), min_size=2, max_size=20))
def test_no_date_looks_like_something_that_lasted(things: list[tuple[EdtfDate, str]]) -> None:
    svg = drawn(*(happening(when, look=look, n=n) for n, (when, look) in enumerate(things)))
    shown = [rect for rect in svg.iter(f"{SVG}rect") if rect.get("class") not in ("d-area", "g-halo")]
    assert shown == []
    assert all(path.get("fill") == "none" for path in svg.iter(f"{SVG}path") if path.get("class") == "g-line")


def test_an_open_span_ends_in_an_arrow_and_the_legend_says_so() -> None:
    svg = drawn(happening("1921/.."), happening("../1922"), happening("1923"))
    assert WORDS.ongoing in list(svg.itertext())
    assert WORDS.ongoing not in list(drawn(happening("1921"), happening("1922")).itertext())


@pytest.mark.parametrize(
    ("when", "sign", "said"), [("1921?", "? ", "perhaps"), ("1921~", "≈ ", "about"), ("1921", "", "")]
)
def test_what_is_not_sure_has_a_sign_a_blur_and_a_word(when: str, sign: str, said: str) -> None:
    svg = drawn(happening(when, "A flood"), happening("1925"))
    first = next(svg.iter(f"{SVG}a"))
    assert f"{sign}A flood" in list(first.itertext())
    assert ("g-halo" in [one.get("class") for one in first.iter()]) == bool(sign)
    assert any(said in text for text in svg.itertext()) or not said


def test_looks_differ_in_shape_and_stand_in_the_legend() -> None:
    shapes = {glyph(look, 0, 0) for look in LOOKS}
    assert len(shapes) == len(LOOKS)
    svg = drawn(*(happening(f"{1920 + n}", "A thing", look, n) for n, look in enumerate(LOOKS)))
    legend = svg[-1]
    assert list(legend.itertext()) == [*LOOKS, WORDS.within]
    assert glyph("unheard-of", 1, 2) == glyph("occurred", 1, 2)


def test_busy_years_are_wider_and_empty_ones_are_leapt_over() -> None:
    dates = [parse_date(when) for when in ("1901", "1950-01", "1950-05", "1950-07", "1950-11", "1999")]
    cells = Axis.of(dates, 0, 720, "en").cells
    assert [cell.name for cell in cells] == ["1901", "", "1950", "", "1999"]
    assert [cell.is_break for cell in cells] == [False, True, False, True, False]
    assert cells[2].width > 2 * cells[0].width


@pytest.mark.parametrize(
    ("dates", "step", "names"),
    [
        (("1921-11", "1922-02"), 0, ["Nov 1921", "Dec 1921", "Jan 1922", "Feb 1922"]),
        (("1921", "1923"), 1, ["1921", "", "1923"]),
        (tuple(str(year) for year in range(1900, 1960)), 10, ["1900", "1910", "1920", "1930", "1940", "1950"]),
        (("0001", "0005"), 1, ["1", "", "5"]),
        (("9999-12", "9999-11"), 0, ["Nov 9999", "Dec 9999"]),
    ],
)
def test_the_axis_is_as_fine_as_there_is_room(dates: Sequence[str], step: int, names: list[str]) -> None:
    axis = Axis.of([parse_date(when) for when in dates], 0, 720, "en")
    assert (axis.step, [cell.name for cell in axis.cells]) == (step, names)


@given(st.lists(DATES, min_size=2, max_size=30))
def test_every_date_has_its_place_on_the_axis_in_order(dates: list[EdtfDate]) -> None:
    axis = Axis.of(dates, 9, 711, "de")
    assert axis.cells[0].left == 9
    assert axis.cells[-1].right == pytest.approx(711)
    days = sorted({day_number(day) for when in dates for day in (when.earliest, when.latest) if day})
    places = [axis.x(day) for day in days]
    assert places == sorted(places)
    assert all(9 <= axis.begin(when) <= axis.finish(when) <= 711.001 for when in dates)


@given(st.lists(st.tuples(DATES, st.sampled_from(LOOKS), st.sampled_from(SAYINGS)), min_size=2, max_size=40))
def test_everything_is_drawn_once_and_meets_nothing(things: list[tuple[EdtfDate, str, str]]) -> None:
    given_things = [happening(when, title, look, n) for n, (when, look, title) in enumerate(things)]
    text = timeline(given_things, WORDS, "de")
    assert isinstance(text, Markup)
    assert "\n" not in text
    assert text == timeline(given_things, WORDS, "de")
    svg = etree.fromstring(text)
    assert links(svg) == [one.href for one in given_things]
    areas = [[float(area.get(key, "")) for key in ("x", "y", "width", "height")] for area in _areas(svg)]
    assert len(areas) == len(things)
    for (x, y, wide, high), (u, v, broad, tall) in combinations(areas, 2):
        assert x + wide <= u + 0.2 or u + broad <= x + 0.2 or y + high <= v + 0.2 or v + tall <= y + 0.2
    assert all(x >= -1 and x + wide <= WIDTH + 1 for x, _, wide, _ in areas)


def _areas(svg: etree._Element) -> list[etree._Element]:
    return [rect for rect in svg.iter(f"{SVG}rect") if rect.get("class") == "d-area"]


@given(st.lists(DATES, min_size=2, max_size=120))
def test_of_many_each_has_a_sign_or_is_counted(dates: list[EdtfDate]) -> None:
    things = [happening(when, n=n) for n, when in enumerate(dates)]
    svg = etree.fromstring(density(things, WORDS, "en", more))
    own = [href for href in links(svg) if href.startswith("../h-")]
    assert len(set(own)) == len(own)
    said = [str(text) for text in svg.itertext()]
    counted = sum(int(text.removeprefix("+")) for text in said if text.startswith("+") and ":" not in text)
    assert len(own) + counted == len(things)
    places = [(area.get("x"), area.get("y")) for area in _areas(svg)]
    assert len(set(places)) == len(places)


def test_of_very_many_there_are_bars_that_lead_to_the_years() -> None:
    count = dense.MOST_SIGNS + 1
    things = [happening(f"{1920 + n % 3}-{n % 12 + 1:02}", n=n) for n in range(count)]
    things.sort(key=lambda one: one.when.sort_key)
    svg = etree.fromstring(density(things, WORDS, "en", more))
    assert links(svg) == [f"../parts/{year}/" for year in (1920, 1921, 1922)]
    names = [name.split(": ") for name in attributes(svg, "a", "aria-label")]
    assert sum(int(told) for _, told in names) == count


def test_a_narrow_strip_is_as_wide_as_a_phone_and_each_of_its_cells_is_one_link() -> None:
    things = [happening(when, n=n) for n, when in enumerate(("1921-03", "1921-05?", "1921", "1930"))]
    svg = etree.fromstring(density(things, WORDS, "en", more, NARROW))
    assert attributes(svg, "a", "aria-label") == ["1921: 3", "1930: 1"]
    assert links(svg) == ["../parts/1921/", "../parts/1930/"]
    marks = [one.get("data-mark") for one in svg.iter(f"{SVG}g") if one.get("data-mark")]
    assert sorted(map(str, marks)) == ["h-0", "h-1", "h-2", "h-3"]
    assert "drawn-narrow" in str(svg.get("class"))
    assert svg.get("width") == number(NARROW)
    many = [happening("1921-03", n=n) for n in range(dense.MOST_SMALL)] + [happening("1925", n=500)]
    bars = etree.fromstring(density(many, WORDS, "en", more, NARROW))
    assert [one.get("data-mark") for one in bars.iter() if one.get("data-mark")] == []
    assert attributes(bars, "a", "aria-label") == [f"1921: {dense.MOST_SMALL}", "1925: 1"]


@given(st.lists(DATES, min_size=2, max_size=60), st.sampled_from([NARROW, PAPER, WIDTH]))
def test_every_cell_of_the_axis_has_room_for_its_name(dates: list[EdtfDate], width: float) -> None:
    axis = Axis.of(dates, 9, width - 9, "de")
    assert all(cell.width >= 31.999 for cell in axis.cells if not cell.is_break)
    assert axis.cells[-1].right == pytest.approx(width - 9)


def test_what_has_no_room_is_led_to() -> None:
    things = [happening("1921-03-01", n=n) for n in range(20)] + [happening("1921", n=n) for n in range(20, 25)]
    svg = etree.fromstring(density([*things, happening("1922-01", n=99)], WORDS, "en", more))
    assert "../parts/1921/" in links(svg)
    assert "+9" in list(svg.itertext())


@given(st.lists(st.tuples(st.floats(0, 700), st.floats(1, 300)), max_size=40))
def test_stretches_of_one_lane_do_not_meet(stretches: list[tuple[float, float]]) -> None:
    given_stretches = [(left, left + width) for left, width in stretches]
    lanes = lanes_of(given_stretches)
    placed = list(zip(lanes, given_stretches, strict=True))
    for (lane, (left, right)), (other, (start, end)) in combinations(placed, 2):
        assert lane != other or right <= start or end <= left


@given(st.text(max_size=80), st.floats(0, 400))
def test_a_clipped_text_has_room(text: str, width: float) -> None:
    shown = clipped(text, width, 11.5)
    assert text_width(shown, 11.5) <= width + 0.001 or not shown
    assert shown == text or not shown or shown.endswith("…")


@pytest.mark.parametrize(("value", "said"), [(1.0, "1"), (0.25, "0.2"), (-0.04, "0"), (-1.26, "-1.3"), (12.5, "12.5")])
def test_lengths_are_short(value: float, said: str) -> None:
    assert number(value) == said
