"""A small button with an icon, for strips and rows of tools."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QToolButton, QWidget

from kbviewer.ui.theme.icons import icon
from kbviewer.ui.theme.theme import Theme
from kbviewer.ui.theme.tokens import TOUCH_TARGET_PX

_SIDE_PX = 32
_ICON_PX = 18


class IconTool(QToolButton):
    """Shows an icon in the text colour, greyed out while it makes no sense."""

    def __init__(self, theme: Theme, icon_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon_name = icon_name
        self.setProperty("flat", True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setIconSize(QSize(_ICON_PX, _ICON_PX))
        theme.changed.connect(self._refresh)
        self._refresh()

    def set_name(self, name: str, keys: str = "") -> None:
        """Set tool tip and accessible name."""
        self.setToolTip(f"{name} ({keys})" if keys else name)
        self.setAccessibleName(name)

    def sizeHint(self) -> QSize:
        """Return a square that a finger or a pointer meets."""
        side = TOUCH_TARGET_PX if self._theme.touch else _SIDE_PX
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        """Return the same: the square never shrinks."""
        return self.sizeHint()

    def _refresh(self) -> None:
        tokens = self._theme.tokens
        drawn = icon(self._icon_name, tokens.text, _ICON_PX)
        faded = tokens.disabled if tokens.high_contrast else tokens.border
        drawn.addPixmap(icon(self._icon_name, faded, _ICON_PX).pixmap(_ICON_PX), drawn.Mode.Disabled)
        self.setIcon(drawn)
        self.updateGeometry()
