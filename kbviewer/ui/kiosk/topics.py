"""The topics that the waiting screen names: as many as there is room for."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QLayout, QVBoxLayout, QWidget

from kbviewer.ui.theme.flow import FlowRow

TOPIC_PX: Final = 56
_GAP_PX: Final = 8


class TopicsPlace(QWidget):
    """The topics under their name; neither where there is no room for a single line of them."""

    def __init__(self, panel: QWidget, name: QLabel, topics: Topics) -> None:
        super().__init__(panel)
        self._name, self._topics = name, topics
        column = QVBoxLayout(self)
        column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(_GAP_PX)
        column.addWidget(name)
        column.addWidget(topics, 1)

    def minimumSizeHint(self) -> QSize:
        """Return nothing: it is the first thing to go on a low screen."""
        return QSize(0, 0)

    def hasHeightForWidth(self) -> bool:
        """Take what is left."""
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show what there is room for."""
        super().resizeEvent(event)
        self.leave_out()

    def leave_out(self) -> None:
        """Show name and topics, or neither."""
        needed = self._name.sizeHint().height() + _GAP_PX + TOPIC_PX
        has_room = self.height() >= needed and not self._topics.is_empty
        self._name.setVisible(has_room)
        self._topics.setVisible(has_room)


class Topics(FlowRow):
    """As many topics as there is room for."""

    @property
    def is_empty(self) -> bool:
        """Whether there are none, room or not."""
        return not self._items

    def arrange(self) -> None:
        """Lay out anew, and leave out what would be cut."""
        for item in self._items:
            item.show()
        super().arrange()
        for item in self._items:
            item.setVisible(item.geometry().bottom() < self.height())

    def minimumSizeHint(self) -> QSize:
        """Return a single line: the rest is on the first page, too."""
        return QSize(120, TOPIC_PX)

    def heightForWidth(self, width: int) -> int:  # noqa: ARG002 - takes what is left
        """Return a single line."""
        return TOPIC_PX

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what would be cut."""
        super().resizeEvent(event)
        self.arrange()
