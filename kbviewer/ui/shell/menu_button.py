"""A button of the top bar that opens a menu."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from kbviewer.ui.shell.bar_button import BarButton
from kbviewer.ui.theme.theme import Theme


class MenuButton(BarButton):
    """Opens its menu below itself, inside the window, and looks at rest when the menu is gone."""

    def __init__(self, theme: Theme, icon_name: str, menu: QMenu, parent: QWidget | None = None) -> None:
        super().__init__(theme, icon_name, parent=parent)
        self._popup = menu
        self.setMenu(menu)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        # A click leaves the focus, and with it the focus ring, where the reader is.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        menu.installEventFilter(self)
        menu.aboutToHide.connect(lambda: QTimer.singleShot(0, self, self._rest))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move the menu before it is seen."""
        if event.type() == QEvent.Type.Show and watched is self._popup:
            self._popup.move(self.menu_position(self._popup.width(), self._popup.y()))
        return super().eventFilter(watched, event)

    def menu_position(self, width: int, y: int) -> QPoint:
        """Return where a menu of that width begins: at the button's left edge, else flush with its right."""
        window = self.window()
        left = self.mapToGlobal(QPoint(0, 0)).x()
        edge = window.mapToGlobal(QPoint(window.width(), 0)).x()
        if left + width > edge:
            left = self.mapToGlobal(QPoint(self.width(), 0)).x() - width
        return QPoint(max(left, self.screen().availableGeometry().left()), y)

    def _rest(self) -> None:
        # The menu swallows the event that tells the button that the pointer has left.
        here = self.rect().contains(self.mapFromGlobal(QCursor.pos()))
        self.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, here)
        self.setDown(False)
        self.update()
