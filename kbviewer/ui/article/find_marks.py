"""Where matches lie in the whole article: marks on the scroll bar."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QTextDocument
from PySide6.QtWidgets import QWidget

from kbviewer.ui.article.stage import Stage
from kbviewer.ui.article.view import ArticleView
from kbviewer.ui.theme.theme import Theme

_REST_MS = 80
_MARK_PX = 4.0
_CURRENT_PX = 7.0


class FindMarks(QObject):
    """Marks are worked out when typing rests: all that is above a match must be laid out first."""

    def __init__(self, view: ArticleView, stage: Stage, theme: Theme) -> None:
        super().__init__(view)
        self._view = view
        self._stage = stage
        self._theme = theme
        self._matches: Sequence[tuple[int, int]] = ()
        self._current = -1
        self._strip: _Strip | None = None
        self._watched: QTextDocument | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_REST_MS)
        self._timer.timeout.connect(self.place)

    def show_matches(self, matches: Sequence[tuple[int, int]], current: int) -> None:
        """Mark these soon."""
        self._matches, self._current = matches, current
        if matches:
            self._timer.start()
        else:
            self._timer.stop()
            if self._strip is not None:
                self._strip.hide()

    def show_current(self, current: int) -> None:
        """Mark another match as the current one soon."""
        self.show_matches(self._matches, current)

    def place(self) -> None:
        """Put the marks where the matches are."""
        document = self._stage.geometry.document
        height = document.size().height()
        if document is not self._watched:
            # An answer that is opened moves all below it.
            self._watched = document
            document.documentLayout().documentSizeChanged.connect(self._follow)
        if self._strip is None:
            self._strip = _Strip(self._view.verticalScrollBar(), self._theme)
        current = -1.0
        if 0 <= self._current < len(self._matches):
            current = self._y(self._matches[self._current][0]) / height
        self._strip.show_shares([y / height for y in self._tops()], current)

    @property
    def shares(self) -> list[float]:
        """Where marks are, from 0 at the top to 1."""
        return list(self._strip.shares) if self._strip is not None and self._strip.isVisible() else []

    def _follow(self) -> None:
        self.show_matches(self._matches, self._current)

    def _tops(self) -> Iterator[float]:
        """Yield the height of each block that holds matches: one mark is enough for it."""
        at = 0
        while at < len(self._matches):
            start = self._matches[at][0]
            yield self._y(start)
            block = self._stage.geometry.document.findBlock(start)
            at = max(at + 1, bisect_left(self._matches, (block.position() + block.length(), 0)))

    def _y(self, position: int) -> float:
        block = self._stage.geometry.document.findBlock(position)
        return self._stage.geometry.top(block.blockNumber())


class _Strip(QWidget):
    """Lies over a scroll bar and lets everything through."""

    def __init__(self, bar: QWidget, theme: Theme) -> None:
        super().__init__(bar)
        self._theme = theme
        self.shares: Sequence[float] = ()
        self._current = -1.0
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        bar.installEventFilter(self)

    def show_shares(self, shares: Sequence[float], current: float) -> None:
        """Draw marks at these heights, 0 to 1."""
        self.shares, self._current = shares, current
        parent = self.parentWidget()
        if parent is not None:
            self.resize(parent.size())
        self.show()
        self.raise_()
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as the bar."""
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.resize(watched.size())
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - the strip is thin
        """Draw one mark per pixel at most, the current one last and larger."""
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setPen(QPen(QColor(tokens.control_border), 1))
        painter.setBrush(QColor(tokens.find))
        for y in dict.fromkeys(round(share * (self.height() - _MARK_PX)) for share in self.shares):
            painter.drawRect(QRectF(1.5, y + 0.5, self.width() - 4, _MARK_PX - 1))
        if self._current >= 0:
            painter.setPen(QPen(QColor(tokens.text), 1))
            painter.setBrush(QColor(tokens.find_current))
            y = round(self._current * (self.height() - _CURRENT_PX))
            painter.drawRect(QRectF(0.5, y + 0.5, self.width() - 2, _CURRENT_PX - 1))
