"""The strip above two columns: which language each is, and what must be known about the two."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QMenu, QPushButton, QWidget

from kbviewer.ui.article.buttons import IconButton
from kbviewer.ui.article.contracts import Texts
from kbviewer.ui.article.wrapped_text import text_height
from kbviewer.ui.theme.icons import paint_icon
from kbviewer.ui.theme.theme import Theme
from kbviewer.ui.theme.tokens import TOUCH_TARGET_PX

_ROW_PX = 36
_SIDE_PX = 16
_SIGN_PX = 18


class BesideHead(QWidget):
    """Names the columns; with more than two languages, the right one's name is a menu.

    Signals:
        language_chosen(language): another language is wanted on the right.
        close_pressed(): one column is enough.
    """

    language_chosen = Signal(str)
    close_pressed = Signal()

    def __init__(self, theme: Theme, texts: Texts, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._texts = texts
        self._is_split = True
        self._indent = _SIDE_PX
        self._is_warning = False
        self._left = QLabel(self)
        self._right = QLabel(self)
        self._chooser = QPushButton(self)
        self._chooser.setMenu(QMenu(self._chooser))
        self._note = QLabel(self)
        self._note.setWordWrap(True)
        self._note.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        for label in (self._left, self._right, self._note):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._close = IconButton(theme, "close", self)
        self._close.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._close.clicked.connect(self.close_pressed)
        self.stops: tuple[QWidget, QWidget] = (self._chooser, self._close)

    @property
    def note(self) -> str:
        """What is told about the columns, "" for nothing."""
        return self._note.text()

    def show_languages(self, left: str, right: str, offered: Sequence[str]) -> None:
        """Name the columns; several `offered` languages can be chosen for the right one."""
        gettext, name = self._texts.gettext, self._texts.language_name
        self._left.setText(name(left).capitalize())
        self._right.setText(name(right).capitalize())
        self._chooser.setText(name(right).capitalize())
        self._chooser.setAccessibleName(
            gettext("Language on the right: {language}").format(language=name(right))
        )
        menu = self._chooser.menu()
        menu.clear()
        for tag in offered:
            action = menu.addAction(name(tag).capitalize())
            action.setCheckable(True)
            action.setChecked(tag == right)
            action.triggered.connect(lambda _checked=False, chosen=tag: self.language_chosen.emit(chosen))
        self._chooser.setVisible(len(offered) > 1)
        self._right.setVisible(len(offered) == 1)
        self._close.setAccessibleName(gettext("Close side by side"))
        self._close.setToolTip(gettext("Close side by side"))
        self._restyle()

    def show_note(self, text: str, *, warning: bool = False) -> None:
        """Tell something about the columns, "" for nothing."""
        self._note.setText(text)
        self._note.setAccessibleName(text)
        self._note.setVisible(bool(text))
        self._is_warning = warning
        self.update()

    def set_split(self, split: bool) -> None:
        """Name both columns, or the only one."""
        self._is_split = split

    def set_indent(self, indent: int) -> None:
        """Put the names that far from the edges of their columns, over the text."""
        if indent != self._indent:
            self._indent = indent
            self._arrange()

    def height_for(self, width: int) -> int:
        """Return how high the strip is."""
        return self._row() + self._note_height(width) + 1

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the names over their columns."""
        super().resizeEvent(event)
        self._arrange()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Fill the strip; draw its edges, and the sign of the note."""
        tokens, row = self._theme.tokens, self._row()
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(tokens.window))
        if self._is_split:
            painter.fillRect(self.width() // 2, 0, 1, row, QColor(tokens.border))
        painter.fillRect(0, self.height() - 1, self.width(), 1, QColor(tokens.border))
        if not self._note.text():
            return
        painter.fillRect(0, row, self.width(), 1, QColor(tokens.border))
        if self._is_warning:
            note = QRect(0, row + 1, self.width(), self.height() - row - 2)
            painter.fillRect(note, QColor(tokens.warning_soft))
            painter.fillRect(0, row + 1, 4, note.height(), QColor(tokens.warning_bar))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top = row + (self.height() - row - _SIGN_PX) / 2
        sign, ink = ("warning", tokens.warning) if self._is_warning else ("note", tokens.muted)
        paint_icon(painter, QRectF(_SIDE_PX, top, _SIGN_PX, _SIGN_PX), sign, ink)

    def _row(self) -> int:
        return TOUCH_TARGET_PX if self._theme.touch else max(_ROW_PX, self.fontMetrics().height() + 16)

    def _note_height(self, width: int) -> int:
        words = self._note.text()
        room = width - 3 * _SIDE_PX - _SIGN_PX
        return round(text_height(words, self._note.font(), room)) + 18 if words else 0

    def _arrange(self) -> None:
        row, middle = self._row(), self.width() // 2
        button = TOUCH_TARGET_PX if self._theme.touch else 28
        self._close.setGeometry(self.width() - button - 8, (row - button) // 2, button, button)
        room = middle - self._indent - _SIDE_PX
        self._left.setGeometry(self._indent, 0, room if self._is_split else middle + room - button, row)
        right = QRect(middle + self._indent, 0, room - button, row)
        self._right.setGeometry(right)
        if self._is_split:
            hint = self._chooser.sizeHint()
            height = min(row - 4, max(hint.height(), 28)) if not self._theme.touch else row
            self._chooser.setGeometry(
                right.left() - 8, (row - height) // 2, min(hint.width(), right.width()), height
            )
        else:
            self._right.hide()
            self._chooser.hide()
        note = 2 * _SIDE_PX + _SIGN_PX
        self._note.setGeometry(note, row + 1, self.width() - note - _SIDE_PX, self.height() - row - 2)

    def _restyle(self) -> None:
        tokens = self._theme.tokens
        for label in (self._left, self._right, self._note):
            weight = "" if label is self._note else "font-weight: 600; "
            label.setStyleSheet(f"{weight}color: {tokens.text}; background: transparent")
        self._arrange()
        self.update()


class ColumnEdge(QWidget):
    """The line between two columns."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line."""
        QPainter(self).fillRect(event.rect(), QColor(self._theme.tokens.border))
