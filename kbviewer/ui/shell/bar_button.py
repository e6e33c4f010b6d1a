"""A square icon button for the top bar and other strips."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QToolButton, QWidget

from kbviewer.ui.theme.icons import icon
from kbviewer.ui.theme.theme import Theme
from kbviewer.ui.theme.tokens import TOUCH_TARGET_PX

_SIDE_PX = 36
_ICON_PX = 20


class BarButton(QToolButton):
    """Shows an icon in the text colour. With an action it takes name, tip and state from it."""

    def __init__(
        self, theme: Theme, icon_name: str, action: QAction | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon_name = icon_name
        self._action = action
        self.setProperty("flat", True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        self.setIconSize(QSize(_ICON_PX, _ICON_PX))
        if action is not None:
            self.clicked.connect(action.trigger)
            action.changed.connect(self._follow_action)
            self._follow_action()
        theme.changed.connect(self.refresh)
        self.refresh()

    def set_name(self, name: str) -> None:
        """Set tool tip and accessible name."""
        self.setToolTip(name)
        self.setAccessibleName(name)

    def set_icon(self, icon_name: str) -> None:
        """Show another icon."""
        if icon_name != self._icon_name:
            self._icon_name = icon_name
            self.refresh()

    def show_words(self, shown: bool) -> None:
        """Show the text beside the icon, or the icon alone."""
        style = Qt.ToolButtonStyle
        self.setToolButtonStyle(style.ToolButtonTextBesideIcon if shown else style.ToolButtonIconOnly)
        self.updateGeometry()

    def refresh(self) -> None:
        """Repaint the icon in the theme's colours."""
        tokens = self._theme.tokens
        drawn = icon(self._icon_name, tokens.text, _ICON_PX)
        faded = tokens.disabled if tokens.high_contrast else tokens.border
        drawn.addPixmap(icon(self._icon_name, faded, _ICON_PX).pixmap(_ICON_PX), drawn.Mode.Disabled)
        self.setIcon(drawn)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Return a square that a finger or a pointer meets, with words as wide as they are."""
        side = TOUCH_TARGET_PX if self._theme.touch else _SIDE_PX
        if self.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly:
            return QSize(side, side)
        return QSize(max(side, super().sizeHint().width()), side)

    def minimumSizeHint(self) -> QSize:
        """Return the same: the square never shrinks."""
        return self.sizeHint()

    def _follow_action(self) -> None:
        if self._action is not None:
            self.setEnabled(self._action.isEnabled())
            self.setToolTip(self._action.toolTip())
            self.setAccessibleName(self._action.text().replace("&", ""))
