"""Composed text is Unicode NFC, in a time that grows with its length."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from generator.composed import composed

MARKS = st.sampled_from("\u0301\u0316\u0338\u05b0\u3099…“ae= ")


@given(st.text() | st.text(MARKS, max_size=30))
def test_text_is_composed(text: str) -> None:
    assert composed(text) == unicodedata.normalize("NFC", text)


@given(st.text(MARKS, min_size=100), st.text(MARKS))
def test_with_many_accents_it_is_the_same_for_the_same_and_means_the_same(text: str, more: str) -> None:
    assert composed(text) == composed(str(text))
    assert unicodedata.normalize("NFC", composed(text) + more) == unicodedata.normalize("NFC", text + more)
