"""A short note over the bottom of the page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from kbviewer.ui.theme.announce import announce
from kbviewer.ui.theme.theme import Theme
from kbviewer.ui.theme.tokens import CORNER_PX

_TOAST_MS: Final = 6000
_ABOVE_BOTTOM_PX: Final = 12


class Toast(QWidget):
    """A note over the bottom of the page that goes away by itself, with at most one button.

    It stays while the pointer or the focus is in it.
    """

    def __init__(
        self, theme: Theme, parent: QWidget, page: Callable[[], QWidget | None] = lambda: None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._over = parent
        self._page = page
        self._text = QLabel()
        self._button = QPushButton()
        self._button.clicked.connect(self._act)
        self._handler: Callable[[], object] | None = None
        self._is_of_page = False
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 8, 10, 8)
        layout.setSpacing(12)
        layout.addWidget(self._text)
        layout.addWidget(self._button)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_TOAST_MS)
        self._timer.timeout.connect(self._leave)
        parent.installEventFilter(self)
        self.hide()

    def show_text(
        self,
        text: str,
        button: str = "",
        handler: Callable[[], object] | None = None,
        *,
        of_page: bool = False,
    ) -> None:
        """Show `text`, and a button when `handler` is given; speak it. One `of_page` goes with the page."""
        self._is_of_page = of_page
        self._text.setText(text)
        self._button.setText(button)
        self._button.setVisible(handler is not None)
        self._handler = handler
        self.adjustSize()
        self._place()
        self.show()
        self.raise_()
        self._timer.start()
        announce(self, text)

    def withdraw_offer(self) -> None:
        """Go away when there is a button: what it was about is no longer the last thing that happened."""
        if self._handler is not None:
            self._close()

    def follow_page(self) -> None:
        """Lie over the page that has come up, as soon as that has found its size."""
        if self._is_of_page:
            self._close()
        elif self.isVisible():
            QTimer.singleShot(0, self, self._place)

    def retranslate(self) -> None:
        """Go away: the note was about what has been, in the language that was on."""
        self._close()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the bottom of the page."""
        if event.type() == QEvent.Type.Resize and watched is self._over:
            self._place()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - the note is small
        """Draw the note."""
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(QColor(tokens.raised))
        painter.setPen(QPen(QColor(tokens.control_border), 1))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), CORNER_PX, CORNER_PX)

    def _place(self) -> None:
        page = self._page() or self._over
        place = QRect(page.mapTo(self._over, QPoint(0, 0)), page.size())
        room = place.width() - 24
        self._text.setWordWrap(False)
        width, height = self.sizeHint().toTuple()
        if width > room:
            # A line is easier to read; what it has no room for takes several.
            self._text.setWordWrap(True)
            width, height = room, self.heightForWidth(room)
        left = place.left() + (place.width() - width) // 2
        self.setGeometry(left, place.top() + place.height() - height - _ABOVE_BOTTOM_PX, width, height)

    def _act(self) -> None:
        handler = self._handler
        self._close()
        if handler is not None:
            handler()

    def _leave(self) -> None:
        if self._button.hasFocus() or self.underMouse():
            self._timer.start()
        else:
            self._close()

    def _close(self) -> None:
        self._timer.stop()
        self.hide()
