"""Moves through the page and tells where the reader is."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from kbviewer.ui.article.folding import Folding
from kbviewer.ui.article.page_map import Span
from kbviewer.ui.article.stage import Stage
from kbviewer.ui.article.view import ArticleView
from kbviewer.ui.article.walker import FocusWalker

_PLACE_AFTER_MS = 250
_FLASH_MS = 1600
_TARGET_GAP_PX = 26
_SECTION_LINE_PX = 72


class Navigator(QObject):
    """Goes to anchors and follows the scroll position.

    Signals:
        section_entered(key): another outline entry is being read, "" above the first.
        place_changed: the reader came to rest somewhere else.
        moved: the view shows another part.
    """

    section_entered = Signal(str)
    place_changed = Signal()
    moved = Signal()

    def __init__(
        self, view: ArticleView, stage: Stage, folding: Folding, walker: FocusWalker, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._view = view
        self._stage = stage
        self._folding = folding
        self._walker = walker
        self._section: str | None = None
        self._resting = self._timer(_PLACE_AFTER_MS)
        self._resting.timeout.connect(self.place_changed)
        self._flashing = self._timer(_FLASH_MS)
        self._flashing.timeout.connect(self.end_flash)
        view.scrolled.connect(self._scrolled)

    @property
    def section(self) -> str:
        """Key of the section that is being read, "" above the first."""
        return self._section or ""

    def start(self) -> None:
        """Forget the article before."""
        self._section = None
        self.end_flash()

    def stop(self) -> None:
        """Stop what is still to come."""
        self._resting.stop()
        self.end_flash()

    def go_to(self, anchor: str, *, focus: bool) -> None:
        """Bring a section, step or question to the top; a closed answer that holds it opens."""
        area = self._stage.page.areas.get(anchor)
        if area is None:
            self._stage.scroll(lambda: self._view.scroll_to(0))
            self.follow()
            if focus:
                self._view.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._folding.reveal(area.first, anchor)
        tick = self._stage.page.embedded_by_key(f"tick:{anchor}")
        above = self._view.viewport().height() // 4 if tick is not None else _TARGET_GAP_PX
        top = self._stage.geometry.top(area.first)
        self._stage.scroll(lambda: self._view.scroll_to(top - above))
        self._stage.settle()
        self._enter(self._stage.page.section_at(area.first))
        self.moved.emit()
        self._resting.start()
        if focus:
            self._focus(anchor, area)

    def follow(self) -> None:
        """Tell what is being read at the present scroll position."""
        top = self._view.verticalScrollBar().value()
        line = 0 if top == 0 else top + _SECTION_LINE_PX
        self._enter(self._stage.page.section_at(self._stage.geometry.block_at(line)))
        self._stage.follow()
        self.moved.emit()

    def end_flash(self) -> None:
        """Take the brief highlight away."""
        self._flashing.stop()
        self._view.flash = None
        self._view.viewport().update()

    def _focus(self, anchor: str, area: Span) -> None:
        """Put the focus on a step's box, a matrix, a question; else on the text itself."""
        for kind in ("tick", "matrix", "faq", "symptoms"):
            key = f"{kind}:{anchor}"
            if self._stage.page.embedded_by_key(key) is not None and self._walker.focus_widget(key):
                if kind == "tick":
                    self._flash(area)
                return
        cursor = self._view.textCursor()
        cursor.setPosition(self._stage.geometry.block(area.first).position())
        bar = self._view.verticalScrollBar()
        before = bar.value()
        self._view.focused_link = -1
        self._view.setTextCursor(cursor)
        bar.setValue(before)
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _flash(self, area: Span) -> None:
        self._view.flash = (area.first, area.last)
        self._view.viewport().update()
        self._flashing.start()

    def _scrolled(self) -> None:
        if self._stage.reader_scrolled():
            self.follow()
            self._resting.start()

    def _enter(self, section: str) -> None:
        if section != self._section:
            self._section = section
            self.section_entered.emit(section)

    def _timer(self, interval_ms: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(interval_ms)
        return timer
