"""Rows of two languages: what shares a height, and how far each block is moved for it."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from kbviewer.ui.article.beside_rows import Row, align, spaces

KEYS = st.lists(st.sampled_from([f"k{number}" for number in range(14)]), unique=True)


def _sides(rows: Sequence[Row]) -> tuple[list[str], list[str]]:
    return [row.left for row in rows if row.left], [row.right for row in rows if row.right]


@given(KEYS, KEYS)
def test_every_block_appears_once_and_in_its_own_order(left: list[str], right: list[str]) -> None:
    """Nothing of either text may be lost or moved past its neighbours."""
    assert _sides(align(left, right)) == (left, right)


@given(KEYS, KEYS)
def test_only_the_same_block_shares_a_row(left: list[str], right: list[str]) -> None:
    """A row with two blocks says that one is the other's translation."""
    for row in align(left, right):
        assert not (row.left and row.right) or row.left == row.right
        assert row.left or row.right


@given(KEYS, KEYS)
def test_what_both_have_in_the_same_order_shares_its_row(left: list[str], right: list[str]) -> None:
    """As few counterparts as possible are torn apart: none at all when only some are missing."""
    thinned = [key for key in left if key in right]
    paired = [row.left for row in align(thinned, left) if row.left and row.right]

    assert paired == thinned


def test_blocks_that_changed_places_do_not_cross() -> None:
    """Rows are read from top to bottom on both sides."""
    assert align(["a", "b"], ["b", "a"]) == (Row("a", ""), Row("b", "b"), Row("", "a"))


def test_what_only_the_left_has_stands_before_what_only_the_right_has() -> None:
    """The reader's language comes first."""
    assert align(["a", "x", "b"], ["a", "y", "b"]) == (
        Row("a", "a"),
        Row("x", ""),
        Row("", "y"),
        Row("b", "b"),
    )


HEIGHTS = st.integers(min_value=1, max_value=60)


@given(KEYS, KEYS, st.data())
def test_rows_start_at_one_height_and_never_overlap(
    left: list[str], right: list[str], data: st.DataObject
) -> None:
    """Whatever the heights are: counterparts start together, and a lone block has its height to itself."""
    heights = [[float(data.draw(HEIGHTS)) for _ in side] for side in (left, right)]
    tops = [[sum(side[:index]) for index in range(len(side))] for side in heights]
    rows = align(left, right)

    found = spaces(rows, tops[0], tops[1], (sum(heights[0]), sum(heights[1])))

    at, shifts, below = [0, 0], [0.0, 0.0], 0.0
    for index, row in enumerate(rows):
        starts = []
        ends = [below]
        for side, key in enumerate(row):
            assert found[side][index] >= 0
            if not key:
                assert found[side][index] == 0
                continue
            shifts[side] += found[side][index]
            start = tops[side][at[side]] + shifts[side]
            starts.append(start)
            ends.append(start + heights[side][at[side]])
            at[side] += 1
        assert max(starts) - min(starts) < 1e-6
        assert min(starts) >= below - 1e-6
        below = max(ends)


def test_tables_move_by_whole_pixels_and_what_follows_makes_up_for_it() -> None:
    """Qt rounds where tables stand; the difference must not go on to the end of the article."""
    rows = align(["table", "after"], ["table", "after"])

    found = spaces(rows, [0.0, 10.0], [0.4, 10.0], (20.0, 20.0), (frozenset({"table"}), frozenset()))

    assert found.left == (0.0, 0.0)
    assert found.right == (0.0, 0.0)
    assert spaces(rows, [0.0, 10.0], [0.4, 10.0], (20.0, 20.0)).left[0] == 0.4
