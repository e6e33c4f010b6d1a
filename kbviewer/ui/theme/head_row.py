"""The first row of a page: its heading, and buttons that go below when there is no room beside it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QWidget

_GAP_PX = 8


class HeadRow(QBoxLayout):
    """Lays out a heading and buttons."""

    def __init__(self, heading: QLabel, *buttons: QWidget) -> None:
        super().__init__(QBoxLayout.Direction.LeftToRight)
        self._heading = heading
        self._buttons = buttons
        self.setSpacing(_GAP_PX)
        row = QHBoxLayout()
        row.setSpacing(_GAP_PX)
        for button in buttons:
            row.addWidget(button)
        self.addWidget(heading, 1)
        self.addLayout(row)
        self.setAlignment(row, Qt.AlignmentFlag.AlignLeft)

    def fit(self, width: int) -> None:
        """Put the buttons beside the heading or below it."""
        shown = [button for button in self._buttons if not button.isHidden()]
        needed = sum(part.sizeHint().width() + _GAP_PX for part in (self._heading, *shown)) - _GAP_PX
        direction = QBoxLayout.Direction
        self.setDirection(direction.LeftToRight if needed <= width else direction.TopToBottom)
