"""Sizes on the page that follow from the width at hand, the zoom and touch mode. Qt-free."""

from __future__ import annotations

from typing import NamedTuple

from kbviewer.ui.theme.tokens import (
    MIN_TARGET_PX,
    STEP_INDENT_PX,
    STEP_LEVEL_PX,
    STEP_ROW_PX,
    TEXT_COLUMN_PX,
    TICK_BOX_PX,
    TOUCH_TARGET_PX,
)

NARROW_PX = 480
GUTTER_PX = 12
_LEAST_COLUMN_PX = 160


class Measures(NamedTuple):
    """Lengths in device-independent pixels.

    Attributes:
        column: width of the text.
        gutter: room on both sides of it inside the document, for focus rings.
        zoom: text size, times the system's.
        scale: how much boxes and indents grow; grows slower than the text.
        narrow: indents are reduced.
    """

    column: int
    gutter: int
    zoom: float
    scale: float
    narrow: bool
    touch: bool

    @property
    def document_width(self) -> int:
        """Width of the document: the column and its gutters."""
        return self.column + 2 * self.gutter

    @property
    def step_indent(self) -> int:
        """From the left edge of a step's box to its text."""
        if self.touch:
            return round((TOUCH_TARGET_PX + 26) * max(1.0, self.scale))
        return round((52 if self.narrow else STEP_INDENT_PX) * self.scale)

    @property
    def number_width(self) -> int:
        """From the left edge of a step's number to its text."""
        return round((26 if self.narrow or self.touch else 32) * self.scale)

    @property
    def step_level(self) -> int:
        """How much further in sub-steps stand."""
        return round((14 if self.narrow else STEP_LEVEL_PX) * self.scale)

    @property
    def list_indent(self) -> int:
        """From the left edge of a bullet to its text."""
        return round((18 if self.narrow else 24) * self.scale)

    @property
    def tick_box(self) -> int:
        """Side of the box that is drawn."""
        return round(TICK_BOX_PX * self.scale)

    @property
    def tick_target(self) -> int:
        """Side of the area that takes clicks."""
        if self.touch:
            return TOUCH_TARGET_PX
        return max(MIN_TARGET_PX, round(STEP_ROW_PX * self.scale))

    @property
    def step_row(self) -> int:
        """Least height of a step."""
        return TOUCH_TARGET_PX if self.touch else round(STEP_ROW_PX * self.scale)

    @property
    def button(self) -> int:
        """Height of a button in the text."""
        return TOUCH_TARGET_PX if self.touch else max(32, round(32 * self.scale))

    @property
    def small_button(self) -> int:
        """Side of a small button beside or inside the text."""
        return 32 if self.touch else max(24, self.px(24))

    @property
    def menu_button(self) -> int:
        """Side of the button that opens a step's menu."""
        return TOUCH_TARGET_PX if self.touch else self.small_button

    def px(self, length: float) -> int:
        """Return `length` at this page's scale."""
        return round(length * self.scale)


def measure(width_px: int, zoom: float, *, touch: bool) -> Measures:
    """Return the sizes for a page that is `width_px` wide, scroll bar excluded."""
    side = 32 if width_px >= NARROW_PX else 4
    column = min(round(TEXT_COLUMN_PX * zoom), width_px - 2 * side - 2 * GUTTER_PX)
    column = max(_LEAST_COLUMN_PX, column)
    scale = max(0.75, min(zoom, 1.75))
    return Measures(
        column=column,
        gutter=GUTTER_PX,
        zoom=zoom,
        scale=scale if column >= NARROW_PX else min(scale, 1.25),
        narrow=column < NARROW_PX * min(zoom, 1.5),
        touch=touch,
    )
