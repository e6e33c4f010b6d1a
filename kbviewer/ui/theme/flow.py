"""Rows of buttons that wrap."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

_GAP = 8


class FlowRow(QWidget):
    """Lays its children out in lines, as words are; hidden ones take no room."""

    def __init__(
        self, parent: QWidget | None = None, *, top: int = 0, gap: int = _GAP, align_right: bool = False
    ) -> None:
        super().__init__(parent)
        self._items: list[QWidget] = []
        self._top = top
        self._gap = gap
        self._align_right = align_right
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_items(self, items: Sequence[QWidget]) -> None:
        """Show `items` in this order; those that are not among them any more are deleted."""
        for old in self._items:
            if old not in items:
                old.hide()
                old.deleteLater()
        self._items = list(items)
        for item in items:
            item.setParent(self)
            item.show()
        self._arrange(self.width())

    def tab_stops(self) -> list[QWidget]:
        """Return what the keyboard reaches, in order."""
        return [item for item in self._items if not item.isHidden() and item.isEnabled()]

    def arrange(self) -> None:
        """Lay out anew, as after an item was shown, hidden or given another text."""
        self._arrange(self.width())
        self.updateGeometry()

    def heightForWidth(self, width: int) -> int:
        """Return the height of all lines."""
        return self._arrange(width, move=False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out anew."""
        super().resizeEvent(event)
        self._arrange(self.width())

    def _arrange(self, width: int, *, move: bool = True) -> int:
        lines: list[list[tuple[QWidget, int, int]]] = [[]]
        used = 0
        for item in self._items:
            if item.isHidden():
                continue
            wanted = min(item.sizeHint().width(), width)
            height = (
                item.heightForWidth(wanted) if item.heightForWidth(wanted) > 0 else item.sizeHint().height()
            )
            if lines[-1] and used + wanted > width:
                lines.append([])
                used = 0
            lines[-1].append((item, wanted, height))
            used += wanted + self._gap
        y = self._top
        for line in lines:
            total = sum(wanted for _, wanted, _ in line) + self._gap * (len(line) - 1)
            x = max(0, width - total) if self._align_right else 0
            tallest = max((height for _, _, height in line), default=0)
            for item, wanted, height in line:
                if move:
                    item.setGeometry(QRect(x, y, wanted, height))
                x += wanted + self._gap
            y += tallest + self._gap
        return max(0, y - self._gap)
