"""The buttons of a strip: beside its text, in one line as long as there is room."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QSize

from kbviewer.ui.theme.flow import FlowRow

_GAP_PX: Final = 8


class ButtonRow(FlowRow):
    """As wide as all of its buttons where there is room, else in lines."""

    def sizeHint(self) -> QSize:
        """Return the room for one line."""
        sizes = self._sizes()
        gaps = _GAP_PX * max(0, len(sizes) - 1)
        return QSize(sum(size.width() for size in sizes) + gaps, _largest(size.height() for size in sizes))

    def minimumSizeHint(self) -> QSize:
        """Return the room for the widest."""
        sizes = self._sizes()
        return QSize(_largest(size.width() for size in sizes), _largest(size.height() for size in sizes))

    def _sizes(self) -> list[QSize]:
        return [button.sizeHint() for button in self.tab_stops()]


def _largest(sizes: Iterable[int]) -> int:
    """Return 0 for none: a strip may only tell something, and Qt does not survive an error here."""
    return max(sizes, default=0)
