"""Two functions at the same time."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.side_by_side import halves, joined, side_by_side


def failing(error: BaseException) -> Callable[[], str]:
    def fail() -> str:
        raise error

    return fail


def test_both_results_come_back_in_order() -> None:
    assert side_by_side(lambda: "left", lambda: "right") == ("left", "right")


@given(st.lists(st.integers()))
def test_what_is_made_of_two_halves_comes_back_in_the_order_of_the_items(items: list[int]) -> None:
    first, second = halves(items)
    assert abs(len(first) - len(second)) <= 1
    assert joined(first, second) == items


def test_a_large_result_comes_through() -> None:
    assert [len(result) for result in side_by_side(lambda: "x" * 10, lambda: "x" * 5_000_000)] == [10, 5_000_000]


@pytest.mark.parametrize("is_second", [False, True])
def test_an_exception_of_either_one_is_raised(*, is_second: bool) -> None:
    functions = [lambda: "fine", failing(ValueError("the weir broke"))]
    first, second = functions if is_second else functions[::-1]
    with pytest.raises(ValueError, match="the weir broke"):
        side_by_side(first, second)


def test_a_failure_does_not_wait_for_a_large_result() -> None:
    with pytest.raises(ValueError, match="at once"):
        side_by_side(failing(ValueError("at once")), lambda: "x" * 5_000_000)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="without fork there is no second process")
def test_a_second_process_that_dies_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    with pytest.raises(RuntimeError, match="ended without a result"):
        side_by_side(lambda: 1, lambda: os._exit(9))


def test_on_one_processor_they_run_one_after_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    processes = side_by_side(os.getpid, os.getpid)
    assert processes == (os.getpid(), os.getpid())


@pytest.mark.skipif(not hasattr(os, "fork"), reason="without fork there is no second process")
def test_a_second_process_ends_with_a_first_that_is_killed() -> None:
    code = (
        "import os, time; os.cpu_count = lambda: 2\n"
        "from generator.side_by_side import side_by_side\n"
        "side_by_side(lambda: time.sleep(60), lambda: (print('there', flush=True), time.sleep(60)))"
    )
    first = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, cwd=Path(__file__).parents[1])
    assert first.stdout is not None
    assert first.stdout.readline() == b"there\n"
    first.kill()
    assert first.communicate(timeout=30)[0] == b""  # the pipe is at its end when both are gone
