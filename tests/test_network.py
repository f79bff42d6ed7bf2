"""Networks: every node and every pair once, no node upon another, and nothing that a machine could round otherwise."""

import math
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from generator.drawings.layout import GAP, around, box_at, cleared, forced, separated
from generator.drawings.network import GROWN, LOW, WIDE, Node, Tie, neighbourhood, network
from generator.drawings.routes import Route, numbered, routed, worded
from generator.drawings.svg import NARROW, Box
from tests.hostile import SAYINGS

SVG = "{http://www.w3.org/2000/svg}"
XLINK = "{http://www.w3.org/1999/xlink}"
COUNTS = st.integers(2, 14)
NUMBERS = st.floats(-500, 500)


def node(number: int, name: str = "", shape: str = "person") -> Node:
    return Node(f"n-{number}", name or f"Name {number}", f"../n-{number}/", shape, shape)


def tie(one: int, other: int, said: str = "knows", *, is_mutual: bool = False) -> Tie:
    return Tie(f"n-{one}", f"n-{other}", said, f"../n-{one}/#tie", is_mutual=is_mutual)


def read(text: str) -> etree._Element:
    assert "\n" not in text
    return etree.fromstring(text)


def names(svg: etree._Element) -> list[str]:
    return [str(link.get("aria-label")) for link in svg.iter(f"{SVG}a")]


def tips(svg: etree._Element) -> int:
    return len([one for one in svg.iter(f"{SVG}path") if one.get("class") == "d-tip"])


def test_without_a_tie_there_is_no_drawing() -> None:
    assert network([node(1), node(2)], [], "Net") == ""
    assert network([node(1)], [tie(1, 1), tie(1, 2)], "Net") == ""
    assert neighbourhood(node(1), [], [], "Near") == ""


def test_nodes_and_ties_are_links_with_names() -> None:
    svg = read(network([node(1), node(2, shape="medium"), node(3)], [tie(1, 2, "mocks"), tie(2, 1, "sues")], "Net"))
    assert names(svg) == ["Name 1 – Name 2: mocks; sues", "Name 1 (person)", "Name 2 (medium)", "Name 3 (person)"]
    assert [link.get(f"{XLINK}href") for link in svg.iter(f"{SVG}a")][:2] == ["../n-1/#tie", "../n-1/"]
    assert "mocks +1" in list(
        read(neighbourhood(node(1), [node(2)], [tie(1, 2, "mocks"), tie(2, 1, "sues")], "Near")).itertext()
    )


def test_what_ties_two_in_the_same_way_is_told_once_with_all_its_dates() -> None:
    ties = [replace(tie(1, 2, "sues"), when=when) for when in ("2001", "", "2003", "2001")]
    svg = read(network([node(1), node(2)], [*ties, tie(1, 2, "mocks")], "Net"))
    assert names(svg)[0] == "Name 1 – Name 2: sues, 2001, 2003; mocks"


@pytest.mark.parametrize(
    ("ties", "heads"), [([tie(1, 2)], 1), ([tie(1, 2), tie(2, 1)], 2), ([tie(1, 2, is_mutual=True)], 0)]
)
def test_arrows_point_where_a_tie_leads(ties: list[Tie], heads: int) -> None:
    assert tips(read(network([node(1), node(2)], ties, "Net"))) == heads


def test_shapes_tell_what_a_node_is_and_the_legend_says_which() -> None:
    shapes = ["person", "organization", "authority", "medium"]
    nodes = [node(number, "Same", shape) for number, shape in enumerate(shapes)]
    svg = read(network(nodes, [tie(0, 1)], "Net"))
    outlines = [etree.tostring(link).split(b"<text")[0].count(b"<") for link in svg.iter(f"{SVG}a")]
    assert len(outlines) == 5
    told = [str(text) for text in svg.itertext()]
    assert told[told.index(shapes[0]) :][:4] == shapes
    plain = read(network([node(1), node(2)], [tie(1, 2)], "Net"))
    assert "person" not in list(plain.itertext())


def test_a_tied_pair_is_nearer_than_others() -> None:
    places = forced(6, [(0, 3), (1, 2)], 600, 600)
    distance = {pair: math.dist(places[pair[0]], places[pair[1]]) for pair in combinations(range(6), 2)}
    assert distance[0, 3] < sum(distance.values()) / len(distance)
    assert forced(1, [], 100, 80) == [(50, 40)]


@pytest.mark.parametrize("count", [1, 2, 5, 12])
def test_a_round_is_a_round(count: int) -> None:
    for index, (x, y) in enumerate(around(count, (10, 20), (100, 50))):
        angle = 2 * math.pi * index / count
        assert (x, y) == pytest.approx((10 + 100 * math.sin(angle), 20 - 50 * math.cos(angle)), abs=1e-6)


@given(st.lists(st.tuples(NUMBERS, NUMBERS, st.floats(10, 150)), min_size=1, max_size=25))
def test_no_node_stands_upon_another(nodes: list[tuple[float, float, float]]) -> None:
    sizes = [(wide, 23.0) for *_, wide in nodes]
    placed = separated([(x, y) for x, y, _ in nodes], sizes, 600)
    boxes = [box_at(place, size) for place, size in zip(placed, sizes, strict=True)]
    assert all(box.left >= -0.001 and box.right <= 600.001 for box in boxes)
    assert not [pair for pair in combinations(boxes, 2) if pair[0].meets(pair[1], GAP - 0.6)]


@given(COUNTS, st.data())
def test_whatever_is_tied_is_drawn_once(count: int, data: st.DataObject) -> None:
    pairs = data.draw(st.lists(st.tuples(st.integers(0, count - 1), st.integers(0, count - 1)), max_size=30))
    nodes = [node(number, data.draw(st.sampled_from(SAYINGS))) for number in range(count)]
    ties = [tie(one, other, data.draw(st.sampled_from(SAYINGS))) for one, other in pairs]
    drawn = network(nodes, ties, "Net")
    assert drawn == network(nodes, ties, "Net")
    tied = {frozenset(pair) for pair in pairs if pair[0] != pair[1]}
    assert bool(drawn) == bool(tied)
    if drawn:
        marks = [str(link.get("data-mark")) for link in read(drawn).iter(f"{SVG}a")]
        assert len(marks) == len(set(marks)) == len(nodes) + len(tied)
    near = neighbourhood(nodes[0], nodes[1:], ties, "Near")
    assert bool(near) == bool(tied)


def test_lines_keep_clear_of_nodes_that_they_do_not_tie() -> None:
    places = [(0.0, 0.0), (400.0, 0.0), (200.0, 1.0), (200.0, 0.0)]
    sizes = [(60.0, 23.0)] * 4
    moved = cleared(places, sizes, [(0, 1)])
    assert moved[:2] == places[:2]
    assert all(abs(y) > 16 for _, y in moved[2:])
    assert cleared([(0.0, 0.0), (0.0, 0.0), (5.0, 5.0)], sizes[:3], [(0, 1)])[2] == (5.0, 5.0)


LABELS = ("knows", "is a partner of", "runs a joint venture with", "was once employed by and now sues", "w" * 60)


def web(count: int, rounds: int) -> tuple[list[Node], list[Tie]]:
    """Return nodes of which a few have most ties, as in life."""
    names = ("Ada Quill", "Brook Mill", "The Council of the Parish of Rye", "Bo", "Society-for-Old-Weirs")
    nodes = [node(number, f"{names[number % 5]} {number}") for number in range(count)]
    ties = [tie(one, one * one % max(1, one - 1) // 2, LABELS[one % 5]) for one in range(1, count)]
    ties += [tie(one, (one * 7 + 3) % count, LABELS[(one + 2) % 5]) for one in range(count * rounds // 2)]
    return nodes, ties


def boxes_of(svg: etree._Element, group: str) -> list[Box]:
    """Return the rectangles of what stands on lines (`d-ground`), or of nodes (`d-area`)."""
    found = []
    for one in svg.iter(f"{SVG}rect"):
        if group in str(one.get("class")):
            left, top, wide, high = (float(str(one.get(key))) for key in ("x", "y", "width", "height"))
            found.append(Box(left, top, left + wide, top + high))
    return found


@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("count", [2, 3, 12, 23, 40])
def test_every_line_says_what_it_is_and_nothing_covers_it(count: int, width: float) -> None:
    nodes, ties = web(count, 1)
    svg = read(network(nodes, ties, "Net", width))
    said, shown = boxes_of(svg, "d-ground"), boxes_of(svg, "d-area")
    lines = [name for name in names(svg) if " – " in name]
    assert len(said) == len(lines) > 0
    assert len(shown) == count
    high = float(str(svg.get("height")))
    for box in (*said, *shown):
        assert box.left >= 0
        assert box.right <= width
        assert 0 <= box.top < box.bottom <= high
    assert not [pair for pair in combinations(shown, 2) if pair[0].meets(pair[1], 20)]
    assert not [(one, other) for one in said for other in shown if one.meets(other)]
    assert not [pair for pair in combinations(said, 2) if pair[0].meets(pair[1])]


def test_what_has_no_room_on_its_line_stands_below_in_full() -> None:
    long = "keeps up a correspondence about the rights of all who live by the brook with"
    svg = read(network([node(1), node(2), node(3)], [tie(1, 2, long), tie(3, 1, "knows")], "Net", NARROW))
    told = [str(text.text) for text in svg.iter(f"{SVG}text")]
    assert told.count("1") == 2
    at = len(told) - 1 - told[::-1].index("1")
    assert " ".join(told[at + 1 :]) == f"Name 1 – Name 2: {long}"


@pytest.mark.parametrize("count", [3, 12, 23])
def test_in_a_wide_network_no_line_runs_behind_a_node(count: int) -> None:
    nodes, ties = web(count, 1)
    svg = read(network(nodes, ties, "Net"))
    shown = dict(zip([one.id for one in nodes], boxes_of(svg, "d-area"), strict=True))
    for link in svg.iter(f"{SVG}a"):
        ends = str(link.get("data-mark")).split("+")
        if len(ends) == 2:
            numbers = [float(part) for part in str(link[1].get("d")).replace("Q", " ").strip("M").split()]
            route = Route(*zip(numbers[::2], numbers[1::2], strict=True))
            others = [box for name, box in shown.items() if name not in ends]
            dots = [Box(x, y, x, y) for x, y in route.points()]
            assert not [box for box in others if any(dot.meets(box) for dot in dots)], ends


@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("count", [3, 12, 23])
def test_words_leave_half_of_their_line_and_its_ends_to_be_seen(count: int, width: float) -> None:
    nodes, ties = web(count, 1)
    svg = read(network(nodes, ties, "Net", width))
    grounds = [one for one in svg.iter(f"{SVG}rect") if "d-ground" in str(one.get("class"))]
    lines = [link for link in svg.iter(f"{SVG}a") if "+" in str(link.get("data-mark"))]
    seen = 0
    for link, ground, box in zip(lines, grounds, boxes_of(svg, "d-ground"), strict=True):
        if "d-ring" not in str(ground.get("class")):
            numbers = [float(part) for part in str(link[1].get("d")).replace("Q", " ").strip("M").split()]
            points = Route(*zip(numbers[::2], numbers[1::2], strict=True)).points()
            hidden = [Box(x, y, x, y).meets(box) for x, y in points]
            assert sum(hidden) <= 0.6 * len(points)
            assert not hidden[0]
            assert not hidden[-1]
            seen += 1
    assert seen or width == NARROW


def test_numbers_stand_beside_crossings_and_apart() -> None:
    routes = [Route((0, 0), (50, 50), (100, 100)), Route((0, 100), (50, 50), (100, 0))]
    routes.append(Route((0, 8), (50, 58), (100, 108)))
    spots = numbered(routes, [None, None, None], [], Box(-20, -20, 140, 140))
    for at, spot in enumerate(spots):
        others = [point for other, route in enumerate(routes) if other != at for point in route.points()]
        assert not any(Box(x, y, x, y).meets(spot.box) for x, y in others if at == 1)
    assert not [pair for pair in combinations(spots, 2) if pair[0].box.meets(pair[1].box, 5)]


def test_a_line_goes_round_a_node_in_its_way() -> None:
    boxes = [Box(0, 90, 40, 110), Box(300, 90, 340, 110), Box(120, 80, 220, 120)]
    frame = Box(0, 0, 340, 200)
    [straight], behind = routed(boxes[:2], [(0, 1)], frame)
    assert behind == 0
    assert all(y == pytest.approx(100) for _, y in straight.points())
    [bent], behind = routed(boxes, [(0, 1)], frame)
    assert behind == 0
    assert not [1 for x, y in bent.points() if 120 <= x <= 220 and 80 <= y <= 120]
    wall = Box(150, -500, 190, 700)
    assert routed([*boxes[:2], wall], [(0, 1)], frame)[1] == 1


def test_words_give_way_to_each_other_and_to_numbers() -> None:
    routes = [Route((0, 50), (100, 50), (200, 50)), Route((0, 54), (100, 54), (200, 54))]
    frame = Box(0, 0, 200, 100)
    spots = worded(routes, ["knows", "knows"], [], frame)
    assert spots == [None, None]
    assert [spot.lines for spot in numbered(routes, spots, [], frame)] == [("1",), ("2",)]
    far = [routes[0], Route((0, 90), (100, 90), (200, 90))]
    first, second = worded(far, ["knows", "a b c d e f g h " * 3], [], frame)
    assert first is not None
    assert first.lines == ("knows",)
    assert second is not None
    assert len(second.lines) > 1
    assert worded(far[:1], [""], [], frame) == [None]


def test_a_network_for_a_page_stays_so_low_that_its_letters_can_be_read() -> None:
    nodes = [node(number) for number in range(12)]
    ties = [tie(one, (one * step + 1) % 12, "has the models of") for one in range(12) for step in (1, 5, 7)]
    low, high = (float(read(network(nodes, ties, "Net", 560, growths)).get("height", "0")) for growths in (LOW, GROWN))
    assert low < 800 < high
