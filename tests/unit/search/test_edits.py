"""Slips of the finger."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbviewer.search.edits import distance, letters_of

WORDS = st.text(alphabet="abcåö", max_size=9)


@pytest.mark.parametrize(
    ("one", "other", "edits"),
    [
        ("lösenord", "lösenord", 0),
        ("lössenord", "lösenord", 1),
        ("lösneord", "lösenord", 1),
        ("lösnord", "lösenord", 1),
        ("krashar", "kraschar", 1),
        ("pasword", "password", 1),
        ("abcdef", "uvwxyz", 3),
        ("", "abc", 3),
    ],
)
def test_slips_are_counted(one: str, other: str, edits: int) -> None:
    assert distance(one, other, 2) == edits


@given(WORDS, WORDS)
def test_the_order_of_the_words_does_not_matter(one: str, other: str) -> None:
    assert distance(one, other, 2) == distance(other, one, 2)


@given(WORDS, WORDS)
def test_the_quick_check_never_hides_a_near_word(one: str, other: str) -> None:
    edits = distance(one, other, 2)
    if edits <= 2:
        assert (letters_of(one) ^ letters_of(other)).bit_count() <= 2 * edits


@given(WORDS, WORDS)
def test_skipping_common_ends_changes_nothing(one: str, other: str) -> None:
    assert distance("x" + one + "y", "x" + other + "y", 2) == distance(one, other, 2)
