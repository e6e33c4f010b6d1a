"""Groups of cards share bands as far as they fit, in reading order."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from kbviewer.ui.home.bands import GroupShape, Measures, Slot, SlotKind, column_count, lay_out

THREE = Measures(width=324, columns=3, gap=12, heading=30, more=40, band_gap=24)
ONE = Measures(width=300, columns=1, gap=12, heading=30, more=40, band_gap=24)
CARD = 80


def shapes(*counts: int) -> list[GroupShape]:
    return [GroupShape(count, has_more=False, card_height=CARD) for count in counts]


def headings(slots: Sequence[Slot]) -> list[tuple[int, int]]:
    return [(slot.x, slot.y) for slot in slots if slot.kind is SlotKind.HEADING]


def test_small_groups_stand_side_by_side() -> None:
    """Four topics of one article each are two bands, not four."""
    slots, height = lay_out(shapes(1, 1, 1, 1), THREE)

    assert headings(slots) == [(0, 0), (112, 0), (224, 0), (0, 134)]
    assert height == 134 + 30 + CARD


def test_a_group_that_does_not_fit_starts_a_band() -> None:
    """A group is never torn apart."""
    slots, _height = lay_out(shapes(2, 2), THREE)

    assert headings(slots) == [(0, 0), (0, 134)]


def test_cards_of_different_height_do_not_share_a_band() -> None:
    """Recent articles are smaller than procedures; side by side they would look torn."""
    groups = [GroupShape(1, has_more=False, card_height=80), GroupShape(1, has_more=False, card_height=50)]

    slots, _height = lay_out(groups, THREE)

    assert headings(slots) == [(0, 0), (0, 134)]


def test_large_groups_wrap_and_end_with_the_button() -> None:
    """The button stands below the cards that are shown."""
    slots, height = lay_out([GroupShape(4, has_more=True, card_height=CARD)], THREE)

    places = [(slot.x, slot.y) for slot in slots if slot.kind is SlotKind.CARD]
    assert places == [(0, 30), (112, 30), (224, 30), (0, 122)]
    assert (slots[-1].kind, slots[-1].y) == (SlotKind.MORE, 214)
    assert height == 214 + 40


def test_narrow_pages_have_one_column() -> None:
    """At 320 px every card has the page's width."""
    slots, _height = lay_out(shapes(1, 2), ONE)

    assert {slot.width for slot in slots} == {300}


def test_columns_follow_the_width() -> None:
    """One at 320 px, never more than asked for, never none."""
    counts = [column_count(width, smallest_card=272, gap=12, most=3) for width in (100, 288, 636, 1200, 3700)]

    assert counts == [1, 1, 2, 3, 3]


@given(st.lists(st.integers(1, 9), max_size=12), st.integers(1, 4))
def test_no_two_cards_overlap(counts: list[int], columns: int) -> None:
    """Whatever the groups, every card has its place inside the page."""
    measures = Measures(width=columns * 112 - 12, columns=columns, gap=12, heading=30, more=40, band_gap=24)

    slots, height = lay_out(shapes(*counts), measures)

    cards = [slot for slot in slots if slot.kind is SlotKind.CARD]
    assert len({(card.x, card.y) for card in cards}) == sum(counts)
    assert all(card.x >= 0 and card.x + card.width <= measures.width for card in cards)
    assert all(card.bottom <= height for card in cards)
