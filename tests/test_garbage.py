"""Python's garbage collector, paused."""

import gc

import pytest

from generator import garbage
from generator.garbage import no_garbage_collection


def test_the_collector_rests_inside_and_works_again_outside() -> None:
    with no_garbage_collection():
        assert not gc.isenabled()
        with no_garbage_collection():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_the_collector_works_again_after_a_failure() -> None:
    with pytest.raises(ValueError, match="flood"), no_garbage_collection():
        raise ValueError("flood")
    assert gc.isenabled()


def test_very_many_values_are_set_apart_until_the_next_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(garbage, "_MANY", 1_000)
    with no_garbage_collection():
        kept = [[number] for number in range(2_000)]
    assert gc.get_freeze_count() > len(kept)
    monkeypatch.undo()
    with no_garbage_collection():
        pass
    assert gc.get_freeze_count() == 0
