"""Marks what is sought in the view and goes from match to match."""

from __future__ import annotations

from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QTextEdit

from kbviewer.ui.article.find import FindOptions, FindSession, Found, SoughtText
from kbviewer.ui.article.find_marks import FindMarks
from kbviewer.ui.article.folding import Folding
from kbviewer.ui.article.stage import Stage
from kbviewer.ui.article.view import ArticleView
from kbviewer.ui.theme.theme import Theme


class Finder:
    """Connects a find session with the page; only matches in view are marked in the document."""

    def __init__(self, view: ArticleView, stage: Stage, folding: Folding, theme: Theme) -> None:
        self._view = view
        self._stage = stage
        self._folding = folding
        self._theme = theme
        self._session = FindSession()
        self._shown: object = None
        self._marks = FindMarks(view, stage, theme)
        self._sought: tuple[QTextDocument, SoughtText] | None = None

    def find(self, text: str, options: FindOptions | None = None) -> Found:
        """Seek `text` from where the reader is and show the first match."""
        found = self._session.start(text, self._text(), self._origin(), options)
        self._marks.show_matches(self._session.matches, self._session.index)
        self._show_current()
        return found

    def _origin(self) -> int:
        """Return where to begin: at the match or selection that is in view, else at the top of the view."""
        first, last = self._view.blocks_in_view()
        top = self._stage.geometry.block(first).position()
        tail = self._stage.geometry.block(last)
        match, cursor = self._session.current, self._view.textCursor()
        start = match[0] if match is not None else cursor.selectionStart() if cursor.hasSelection() else top
        return start if top <= start < tail.position() + tail.length() else top

    def seek(self, text: str, options: FindOptions | None = None) -> list[tuple[int, int]]:
        """Mark all matches of `text` without going to one; return where they are."""
        self._session.start(text, self._text(), 0, options)
        self._marks.show_matches(self._session.matches, -1)
        self.show(-1)
        return self._session.matches

    def show(self, index: int) -> None:
        """Go to the match number `index`, counted from 0; -1 for none."""
        self._session.index = index
        self._marks.show_current(index)
        self._show_current()

    def step(self, *, forward: bool) -> Found:
        """Go to the next or previous match."""
        found = self._session.step(forward=forward)
        self._marks.show_current(self._session.index)
        self._show_current()
        return found

    def again(self) -> None:
        """Mark the same in a rebuilt page, without moving."""
        if self._session.text:
            self._session.again(self._text())
        self._marks.show_matches(self._session.matches, self._session.index)
        self.mark()

    def clear(self) -> None:
        """Mark nothing."""
        self._session.clear()
        self._marks.show_matches([], -1)
        self.mark()

    def leave(self) -> None:
        """Mark nothing; the current match becomes the selection, so that it can be copied or gone on from."""
        match = self._session.current
        self.clear()
        if match is not None:
            cursor = self._view.textCursor()
            cursor.setPosition(match[0])
            cursor.setPosition(match[1], QTextCursor.MoveMode.KeepAnchor)
            self._stage.hold(lambda: self._view.select(cursor))

    def mark(self) -> None:
        """Mark the matches in view."""
        if not self._session.matches:
            if self._shown is not None:
                self._view.setExtraSelections([])
            self._shown = None
            return
        geometry, tokens = self._stage.geometry, self._theme.tokens
        first, last = self._view.blocks_in_view(200)
        shown = (geometry, first, last, self._session.text, self._session.found)
        if shown == self._shown:
            return
        self._shown = shown
        tail = geometry.block(last)
        marks = []
        for start, end, is_current in self._session.between(
            geometry.block(first).position(), tail.position() + tail.length()
        ):
            selection = QTextEdit.ExtraSelection()
            cursor = QTextCursor(geometry.document)
            cursor.setPosition(start)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            form = QTextCharFormat()
            form.setBackground(QColor(tokens.find_current if is_current else tokens.find))
            form.setForeground(QColor(tokens.on_find))
            selection.cursor = cursor
            selection.format = form
            marks.append(selection)
        self._view.setExtraSelections(marks)

    def _text(self) -> SoughtText:
        """Return the document's text, read once per document."""
        document = self._stage.geometry.document
        if self._sought is None or self._sought[0] is not document:
            self._sought = document, SoughtText(document.toPlainText())
        return self._sought[1]

    def _show_current(self) -> None:
        match = self._session.current
        if match is not None:
            block = self._stage.geometry.document.findBlock(match[0])
            self._folding.reveal(block.blockNumber(), "")
            rects = self._stage.geometry.text_rects(*match)
            if rects:
                self._stage.scroll(lambda: self._view.reveal(rects[0].top(), rects[-1].bottom(), 96))
        self.mark()
