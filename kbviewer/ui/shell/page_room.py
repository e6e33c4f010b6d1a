"""The room that the page has; when results take part of it or give it back, the page follows later."""

from __future__ import annotations

from PySide6.QtCore import QRect, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from kbviewer.ui.shell.page_area import PageArea
from kbviewer.ui.theme.theme import Theme

_TYPING_RESTS_MS = 300
_IS_PAINTED_MS = 30


class PageRoom(QWidget):
    """Holds the page area.

    To lay a long article out for another width takes 100 ms, which no keystroke may wait for. So the page is
    held where it is while results come and go; only what its text does not feel, it follows at once.
    """

    def __init__(self, area: PageArea, theme: Theme) -> None:
        super().__init__()
        self._area = area
        self._theme = theme
        self._is_held = False
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self.settle)
        area.setParent(self)

    def hold(self) -> None:
        """Leave the page where it is on the screen, whatever happens to the room."""
        self._is_held = self._area.shows_article and self.isVisible()

    def settle_after_typing(self) -> None:
        """Let a held page follow once this has not been called for a moment."""
        self._settle_in(_TYPING_RESTS_MS)

    def settle_after_paint(self) -> None:
        """Let a held page follow once the window has been painted without what took the room."""
        self._settle_in(_IS_PAINTED_MS)

    def settle(self) -> None:
        """Let the page fill its room."""
        self._later.stop()
        self._is_held = False
        self._area.setGeometry(self.rect())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the page its place."""
        super().resizeEvent(event)
        if self._is_held:
            # What comes and goes stands left of the page: nothing moves on the screen.
            width = self._area.width()
            self._area.setGeometry(QRect(self.width() - width, 0, width, self.height()))
        else:
            self._area.setGeometry(self.rect())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Fill what a held page leaves free."""
        QPainter(self).fillRect(event.rect(), QColor(self._theme.tokens.page))

    def _settle_in(self, milliseconds: int) -> None:
        if self._is_held and self._changes_the_text():
            self._later.start(milliseconds)
        elif self._is_held:
            self.settle()

    def _changes_the_text(self) -> bool:
        page = self._area.article_page
        if page is None:
            return False
        if page.share is not None:
            return True
        from kbviewer.ui.article.measures import measure

        before, after = (
            measure(width - self._theme.scroll_bar_px, self._theme.zoom, touch=self._theme.touch)
            for width in (page.width(), self.width())
        )
        return before != after
