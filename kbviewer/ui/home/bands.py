"""Where headings and cards stand: small groups share a band. Knows no Qt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class SlotKind(StrEnum):
    """What stands in a slot."""

    HEADING = "heading"
    CARD = "card"
    MORE = "more"


class Slot(NamedTuple):
    """One place: of which group, for which of its items (0 for headings and the "more" button)."""

    kind: SlotKind
    group: int
    item: int
    x: int
    y: int
    width: int
    height: int

    @property
    def bottom(self) -> int:
        """The first pixel below."""
        return self.y + self.height


@dataclass(frozen=True, slots=True)
class GroupShape:
    """A group's size: how many cards are shown, whether some are held back, and how high a card is."""

    shown: int
    has_more: bool
    card_height: int


@dataclass(frozen=True, slots=True)
class Measures:
    """Pixels that do not depend on the groups."""

    width: int
    columns: int
    gap: int
    heading: int
    more: int
    band_gap: int

    @property
    def card_width(self) -> int:
        """Width of one card."""
        return (self.width - self.gap * (self.columns - 1)) // self.columns

    def column_x(self, column: int) -> int:
        """Return the left edge of a column, from 0."""
        return column * (self.card_width + self.gap)

    def span_width(self, columns: int) -> int:
        """Return the width of `columns` columns and the gaps between them."""
        return columns * self.card_width + (columns - 1) * self.gap


def column_count(width: int, smallest_card: int, gap: int, most: int) -> int:
    """Return how many cards stand side by side in `width`."""
    return max(1, min(most, (width + gap) // (smallest_card + gap)))


def lay_out(groups: Sequence[GroupShape], measures: Measures) -> tuple[list[Slot], int]:
    """Return the slots in reading order and the height of all of them."""
    slots: list[Slot] = []
    top = bottom = 0
    column = 0
    previous: GroupShape | None = None
    for number, group in enumerate(groups):
        span = min(measures.columns, max(1, group.shown))
        fits = column + span <= measures.columns
        alike = previous is not None and previous.card_height == group.card_height
        if not (previous and fits and alike):
            top = bottom + (measures.band_gap if previous else 0)
            column = 0
        placed = list(_group_slots(number, group, measures, column, span, top))
        slots.extend(placed)
        bottom = max(bottom, placed[-1].bottom)
        column += span
        if group.shown > measures.columns:
            column = measures.columns
        previous = group
    return slots, bottom


def _group_slots(
    number: int, group: GroupShape, measures: Measures, column: int, span: int, top: int
) -> Iterator[Slot]:
    left = measures.column_x(column)
    yield Slot(SlotKind.HEADING, number, 0, left, top, measures.span_width(span), measures.heading)
    y = top + measures.heading
    for item in range(group.shown):
        row, place = divmod(item, span)
        yield Slot(
            SlotKind.CARD,
            number,
            item,
            measures.column_x(column + place),
            y + row * (group.card_height + measures.gap),
            measures.card_width,
            group.card_height,
        )
    rows = -(-group.shown // span)
    if group.has_more:
        y += rows * (group.card_height + measures.gap)
        yield Slot(SlotKind.MORE, number, 0, left, y, measures.span_width(span), measures.more)
