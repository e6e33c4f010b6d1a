"""What a reader has chosen about libraries: an order, and what is off."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbviewer.model.shelf import ShelfChoice

KEYS = st.lists(st.text(min_size=1, max_size=8), unique=True, max_size=6)


@given(order=KEYS, off=KEYS)
def test_a_choice_comes_back_as_it_was_kept(order: list[str], off: list[str]) -> None:
    choice = ShelfChoice(tuple(order), frozenset(off))
    assert ShelfChoice.parse(choice.format()) == choice


@given(st.text(max_size=40) | st.just('{"order": [1]}') | st.just('{"off": "ab", "order": {}}'))
def test_whatever_was_kept_can_be_read(text: str) -> None:
    """A damaged setting must not keep the window from opening."""
    assert isinstance(ShelfChoice.parse(text), ShelfChoice)


@pytest.mark.parametrize(
    "text", ["", "[]", "{", '{"order": [1]}', '{"order": ["' + "x" * 5000 + '"]}', "null"]
)
def test_what_is_damaged_counts_as_nothing_chosen(text: str) -> None:
    assert ShelfChoice.parse(text) == ShelfChoice()


def test_libraries_that_are_new_come_first() -> None:
    """Somebody has just got them; in the order of packs, folders and so on among themselves."""
    assert ShelfChoice(("b", "a")).arranged(["a", "b", "x", "y"]) == ["x", "y", "b", "a"]


@given(keys=KEYS.filter(bool), at=st.integers(-3, 9), data=st.data())
def test_a_library_is_put_at_a_place_among_all(keys: list[str], at: int, data: st.DataObject) -> None:
    key = data.draw(st.sampled_from(keys))
    placed = ShelfChoice().placed(keys, key, at).order
    assert sorted(placed) == sorted(keys)
    assert placed.index(key) == max(0, min(at, len(keys) - 1))
    assert [other for other in placed if other != key] == [other for other in keys if other != key]


def test_switching_off_and_on_again_changes_nothing() -> None:
    choice = ShelfChoice(("a",), frozenset({"b"}))
    assert choice.switched("a", on=False).switched("a", on=True) == choice
    assert not choice.switched("a", on=False).is_on("a")
    assert choice.without("b") == ShelfChoice(("a",))
