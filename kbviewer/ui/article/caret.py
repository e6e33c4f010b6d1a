"""The text cursor of a page: shown and moved with keys while the reader selects with them, or always."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor

if TYPE_CHECKING:
    from kbviewer.ui.article.view import ArticleView

_WIDTH_PX = 2
_MOVING = frozenset(
    {
        Qt.Key.Key_Left,
        Qt.Key.Key_Right,
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_Home,
        Qt.Key.Key_End,
        Qt.Key.Key_PageUp,
        Qt.Key.Key_PageDown,
    }
)


class Caret:
    """Plain keys scroll a page; with Shift, or while the cursor is on, they move it.

    Attributes:
        is_on: the reader wants it always.
    """

    def __init__(self, view: ArticleView) -> None:
        self._view = view
        self.is_on = False
        view.setCursorWidth(_WIDTH_PX)

    def set_on(self, on: bool) -> None:
        """Show the cursor from now on, or only while something is selected with keys."""
        self.is_on = on
        self._show(on)
        if on:
            self._come_into_view()

    def prepare(self, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> bool:
        """Get ready for a key; return whether it moves the cursor."""
        if key not in _MOVING:
            return False
        takes = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
        if takes:
            self._show(True)
            self._come_into_view()
        elif not self.is_on:
            self._show(False)
        return takes or self.is_on

    def settle(self, key: Qt.Key) -> None:
        """Take the cursor out of what is folded away."""
        cursor = self._view.textCursor()
        back = key in (Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_PageUp, Qt.Key.Key_Home)
        block = cursor.block()
        if block.isVisible():
            return
        while block.isValid() and not block.isVisible():
            block = block.previous() if back else block.next()
        if not block.isValid():
            return
        position = block.position() + (block.length() - 1 if back else 0)
        is_selecting = cursor.hasSelection()
        mode = QTextCursor.MoveMode
        cursor.setPosition(position, mode.KeepAnchor if is_selecting else mode.MoveAnchor)
        self._view.setTextCursor(cursor)

    def _show(self, shown: bool) -> None:
        flags = Qt.TextInteractionFlag.TextBrowserInteraction
        if shown:
            flags |= Qt.TextInteractionFlag.TextSelectableByKeyboard
        if self._view.textInteractionFlags() != flags:
            self._view.setTextInteractionFlags(flags)

    def _come_into_view(self) -> None:
        """Begin where the reader looks, unless the cursor is there."""
        cursor = self._view.textCursor()
        first, last = self._view.blocks_in_view()
        if cursor.hasSelection() or first <= cursor.blockNumber() <= last:
            return
        cursor.setPosition(self._view.document().findBlockByNumber(first).position())
        self._view.select(cursor)
