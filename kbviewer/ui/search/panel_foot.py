"""The line below the results: how many there are, and the keys that steer them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget


class PanelFoot(QWidget):
    """Shows the number of results on the left and the keys on the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count = QLabel(self)
        self._keys = QLabel(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 12, 2)
        row.addWidget(self._count)
        row.addStretch(1)
        row.addWidget(self._keys)
        for label in (self._count, self._keys):
            label.setTextFormat(Qt.TextFormat.PlainText)

    @property
    def count(self) -> str:
        """What is said on the left, "" while there are no results."""
        return self._count.text()

    def set_count(self, text: str) -> None:
        """Say how many results there are; "" hides the line."""
        self._count.setText(text)
        self.setVisible(bool(text))

    def set_keys(self, text: str) -> None:
        """Say which keys steer the list."""
        self._keys.setText(text)

    def show_keys(self, shown: bool) -> None:
        """Leave the keys out where there is no room for them."""
        self._keys.setVisible(shown)
