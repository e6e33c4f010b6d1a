"""A box to tick with a text that wraps; the whole line is the target."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from kbviewer.ui.theme.icons import paint_icon
from kbviewer.ui.theme.tokens import CORNER_PX, FOCUS_RING_PX, MIN_TARGET_PX

_BOX_PX = 18
_PAD_PX = 6
_WIDEST_HINT_PX = 420


class CheckLine(QCheckBox):
    """Draws itself in the palette's colours: Qt's own box is low, never wraps and shows no ring."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        """Say that a narrow line is a high one."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height that the text needs."""
        text = self.fontMetrics().boundingRect(self._text_place(width), Qt.TextFlag.TextWordWrap, self._shown)
        return max(text.height() + 2 * _PAD_PX, MIN_TARGET_PX, self.minimumHeight())

    def sizeHint(self) -> QSize:
        """Return room for the text in one line, when it is not too long for that."""
        line = _BOX_PX + 3 * _PAD_PX + self.fontMetrics().horizontalAdvance(self._shown) + 2
        width = min(line, _WIDEST_HINT_PX)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Return a line that can be narrow."""
        return QSize(120, max(MIN_TARGET_PX, self.minimumHeight()))

    def hitButton(self, position: QPoint) -> bool:
        """Take clicks anywhere."""
        return self.rect().contains(position)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - the line is small
        """Draw box, text and focus ring."""
        colours, role = self.palette(), QPalette.ColorRole
        accent = colours.color(role.Highlight)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(_PAD_PX, (self.height() - _BOX_PX) / 2, _BOX_PX, _BOX_PX)
        painter.setPen(QPen(accent if self.isChecked() else colours.color(role.Dark), 1.6))
        painter.setBrush(accent if self.isChecked() else colours.color(role.Base))
        painter.drawRoundedRect(box, 4, 4)
        if self.isChecked():
            paint_icon(
                painter, box.adjusted(1, 1, -1, -1), "check", colours.color(role.HighlightedText).name()
            )
        painter.setPen(colours.color(role.WindowText))
        place = self._text_place(self.width())
        place.setHeight(self.height())
        painter.drawText(place, Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignVCenter, self._shown)
        if self.hasFocus():
            painter.setPen(QPen(accent, FOCUS_RING_PX))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), CORNER_PX, CORNER_PX)

    @property
    def _shown(self) -> str:
        """The text as it is drawn; a single & would be a mnemonic for Qt, though it is drawn as it is."""
        return self.text().replace("&&", "&")

    def _text_place(self, width: int) -> QRect:
        left = _BOX_PX + 2 * _PAD_PX
        return QRect(left, 0, max(1, width - left - _PAD_PX), 0)
