"""A short note in a strip below the page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from kbviewer.ui.theme.announce import announce
from kbviewer.ui.theme.theme import Theme

_NOTE_MS: Final = 8_000
# Who needs time to read, or to come here by keyboard, has it (WCAG 2.2.1 wants 20 s).
_OFFER_MS: Final = 30_000
_SIDE_PX: Final = 16
_GAP_PX: Final = 12


class Toast(QWidget):
    """A note that goes away by itself, with at most one button; it takes its room from the page.

    It stays while the pointer or the focus is in it. An offer goes with the next deed, or with Esc.
    """

    def __init__(self, theme: Theme, page: Callable[[], QWidget | None] = lambda: None) -> None:
        """Args:
        page: what gets the focus when the note goes that has it.
        """
        super().__init__()
        self._theme = theme
        self._page = page
        self._text = QLabel()
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self.button = QPushButton()
        self.button.clicked.connect(self._act)
        self._handler: Callable[[], object] | None = None
        self._is_of_page = False
        row = QHBoxLayout(self)
        row.setContentsMargins(_SIDE_PX, 7, _SIDE_PX, 6)
        row.setSpacing(_GAP_PX)
        row.addStretch(1)
        row.addWidget(self._text)
        row.addWidget(self.button)
        row.addStretch(1)
        # A sentence that does not fit the window must not make that wider.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._leave)
        theme.changed.connect(self.update)
        self.hide()

    @property
    def is_offering(self) -> bool:
        """Whether there is a button to press."""
        return self.isVisible() and self._handler is not None

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
        self.button.setText(button)
        self.button.setVisible(handler is not None)
        self._handler = handler
        self._fit()
        self.show()
        self._timer.start(_NOTE_MS if handler is None else _OFFER_MS)
        announce(self, text)

    def dismiss(self) -> bool:
        """Go away, as with Esc, when there is a button; return whether there was one."""
        was_offering = self.is_offering
        if was_offering:
            self._close()
        return was_offering

    def withdraw_offer(self) -> None:
        """Go away when there is a button: what it was about is no longer the last thing that happened."""
        if self._handler is not None:
            self._close()

    def follow_page(self) -> None:
        """Go away when the note was about the page that was shown."""
        if self._is_of_page:
            self._close()

    def retranslate(self) -> None:
        """Go away: the note was about what has been, in the language that was on."""
        self._close()

    def minimumSizeHint(self) -> QSize:
        """Return what lets the window become narrow."""
        return QSize(0, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the sentence where there is no room for it in one line."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Fill the strip and draw its edge."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(self._theme.tokens.raised))
        painter.fillRect(0, 0, self.width(), 1, QColor(self._theme.tokens.control_border))

    def _fit(self) -> None:
        over = self.parentWidget()
        width = over.width() if over is not None else self.width()
        room = width - 2 * _SIDE_PX
        if self._handler is not None:
            room -= self.button.sizeHint().width() + _GAP_PX
        self._text.setWordWrap(False)
        self._text.setMinimumSize(0, 0)
        line = self._text.sizeHint()
        # A line is easier to read; what it has no room for takes several.
        self._text.setWordWrap(line.width() > room)
        text_px = max(1, min(line.width(), room))
        self._text.setFixedWidth(text_px)
        lines_px = self._text.heightForWidth(text_px) if self._text.wordWrap() else line.height()
        self._text.setFixedHeight(lines_px)

    def _act(self) -> None:
        handler = self._handler
        self._close()
        if handler is not None:
            handler()

    def _leave(self) -> None:
        if self.button.hasFocus() or self.underMouse():
            self._timer.start()
        else:
            self._close()

    def _close(self) -> None:
        had_focus = self.button.hasFocus()
        self._timer.stop()
        self._handler = None
        self.hide()
        page = self._page()
        if had_focus and page is not None:
            page.setFocus(Qt.FocusReason.OtherFocusReason)
