"""A field with a few choices, in the look of the theme."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QListView, QWidget

from kbviewer.ui.theme.icons import icon
from kbviewer.ui.theme.surfaces import paint_surface
from kbviewer.ui.theme.theme import Theme
from kbviewer.ui.theme.tokens import CORNER_PX, FOCUS_RING_PX, MIN_TARGET_PX, TOUCH_TARGET_PX

_HEIGHT_PX = 36
_PAD_PX = 12
_ICON_PX = 16


class ChoiceField(QComboBox):
    """Shows what is chosen; its list has rows that a finger or a pointer meets."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        # Rows of the native list cannot be made higher.
        self.setView(QListView())
        # Long choices are cut where there is little room.
        self.currentTextChanged.connect(self.setToolTip)
        theme.changed.connect(self._restyle)
        self._restyle()

    def sizeHint(self) -> QSize:
        """Return room for the longest choice and the sign."""
        return QSize(self._widest() + 2 * _PAD_PX + _ICON_PX + 8, self._height())

    def minimumSizeHint(self) -> QSize:
        """Return the same height; long choices are cut."""
        return QSize(min(self.sizeHint().width(), 96), self._height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - the field is small
        """Draw frame, choice and sign."""
        tokens = self._theme.tokens
        painter = QPainter(self)
        if self.hasFocus():
            edge, edge_px = tokens.accent, float(FOCUS_RING_PX)
        else:
            edge, edge_px = tokens.control_border if self.isEnabled() else tokens.border, 1.0
        paint_surface(painter, QRectF(self.rect()), tokens.raised, edge, edge_px=edge_px, corner=CORNER_PX)
        inside = self.rect().adjusted(_PAD_PX, 0, -_PAD_PX, 0)
        colour = tokens.text if self.isEnabled() else tokens.muted
        if self.isEnabled():
            sign = icon("chevron-down", colour, _ICON_PX).pixmap(QSize(_ICON_PX, _ICON_PX))
            painter.drawPixmap(inside.right() - _ICON_PX, inside.center().y() - _ICON_PX // 2, sign)
        inside.setRight(inside.right() - _ICON_PX - 4)
        text = self.currentText() or self.placeholderText()
        shown = self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, inside.width())
        painter.setPen(QColor(colour))
        painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)

    def _widest(self) -> int:
        texts = [self.itemText(index) for index in range(self.count())] or [""]
        return max(self.fontMetrics().horizontalAdvance(text) for text in texts)

    def _height(self) -> int:
        return TOUCH_TARGET_PX if self._theme.touch else _HEIGHT_PX

    def _restyle(self) -> None:
        tokens = self._theme.tokens
        row = TOUCH_TARGET_PX if self._theme.touch else MIN_TARGET_PX + 6
        self.view().setStyleSheet(
            f"QListView {{ background: {tokens.raised}; color: {tokens.text};"
            f" border: 1px solid {tokens.control_border}; }}"
            f"QListView::item {{ min-height: {row}px; padding: 0 8px; }}"
            f"QListView::item:selected {{ background: {tokens.accent}; color: {tokens.on_accent}; }}"
        )
        self.updateGeometry()
        self.update()
