"""The pages before or after this one as a menu of the back or forward button."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractButton, QMenu

from kbviewer.ui.shell.navigation import Ahead

MOST_PAGES: Final = 10
_HOLD_MS: Final = 500
_WIDEST_PX: Final = 420


class HistoryMenu(QObject):
    """Opens on a long press, a right click, the menu key, or the down key; a short press stays a press."""

    def __init__(
        self,
        button: QAbstractButton,
        pages: Callable[[int], Sequence[Ahead]],
        title: Callable[[Ahead], str],
        go: Callable[[int], object],
    ) -> None:
        super().__init__(button)
        self._button = button
        self._pages = pages
        self._title = title
        self._go = go
        self._holding = QTimer(self)
        self._holding.setSingleShot(True)
        self._holding.setInterval(_HOLD_MS)
        self._holding.timeout.connect(self.open)
        button.installEventFilter(self)

    def open(self) -> None:
        """Show the menu below the button."""
        self._holding.stop()
        # The menu takes the release of the press that opened it.
        self._button.setDown(False)
        menu = self.make_menu()
        if not menu.isEmpty():
            menu.popup(self._button.mapToGlobal(QPoint(0, self._button.height())))

    def make_menu(self) -> QMenu:
        """Return the pages, the nearest first."""
        menu = QMenu(self._button)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        metrics = menu.fontMetrics()
        for page in self._pages(MOST_PAGES):
            text = metrics.elidedText(self._title(page), Qt.TextElideMode.ElideMiddle, _WIDEST_PX)
            item = menu.addAction(text.replace("&", "&&"))
            item.triggered.connect(lambda _checked=False, steps=page.steps: self._go(steps))
        return menu

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell a long press from a short one."""
        kind = event.type()
        if kind == QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent):
            if event.button() == Qt.MouseButton.LeftButton:
                self._holding.start()
        elif kind in (QEvent.Type.MouseButtonRelease, QEvent.Type.Leave, QEvent.Type.Hide):
            self._holding.stop()
        is_down = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Down
        if kind == QEvent.Type.ContextMenu or (kind == QEvent.Type.KeyPress and is_down):
            self.open()
            return True
        return super().eventFilter(watched, event)
