"""Which words are near a misspelt one."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.suggest import nearest

NAMES = ("old-mill", "new-mill", "miller-anna", "village-council", "mill-v-council", "müllerin")


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("old-mil", "old-mill"),
        ("odl-mill", "old-mill"),
        ("Old_Mill", "old-mill"),
        ("anna-miller", "miller-anna"),
        ("anna", "miller-anna"),
        ("council", "mill-v-council"),
        ("village-council-of-1912", "village-council"),
        ("villagecouncil", "village-council"),
        ("lage-coun", "village-council"),
        ("muellerin", "müllerin"),
    ],
)
def test_a_slip_finds_its_word(word: str, meant: str) -> None:
    assert nearest(word, NAMES) == (meant,)


@pytest.mark.parametrize("word", ["", "-", "brook", "x", "q" * 500])
def test_what_is_far_from_everything_finds_nothing(word: str) -> None:
    assert nearest(word, NAMES) == ()


def test_a_single_letter_is_no_slip_of_another() -> None:
    assert nearest("x", ("y", "z")) == ()


def test_a_whole_part_of_a_name_comes_before_a_slip() -> None:
    assert nearest("mill", ("till", "old-mill"), limit=2) == ("old-mill", "till")


def test_the_limit_is_kept_and_candidates_may_repeat() -> None:
    assert nearest("mill", (*NAMES, *NAMES), limit=2) == ("new-mill", "old-mill")


def test_ten_thousand_candidates_do_not_drown_the_right_one() -> None:
    many = tuple(f"meeting-{n}-of-the-council" for n in range(10_000))
    assert nearest("meetign-4711-of-the-council", many) == ("meeting-4711-of-the-council",)


@given(st.text(max_size=20), st.lists(st.text(max_size=20), max_size=12), st.randoms(use_true_random=False))
def test_the_order_of_the_candidates_does_not_matter(word: str, names: list[str], chance: random.Random) -> None:
    found = nearest(word, tuple(names), limit=3)
    assert set(found) <= set(names)
    chance.shuffle(names)
    assert nearest(word, tuple(names), limit=3) == found
