"""Find in the article: a field, a count, next and previous."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from kbviewer.i18n.translator import Translator
from kbviewer.ui.shell.bar_button import BarButton
from kbviewer.ui.shell.find_choice import FindChoice
from kbviewer.ui.theme.announce import announce
from kbviewer.ui.theme.theme import Theme

_WORDS_FROM_PX = 560
_ALL_FROM_PX = 400
_ALL_FROM_TOUCH_PX = 480
_ONE_ROW_FROM_PX = 400
_OPTIONS_FROM_PX = 940


class FindBar(QWidget):
    """Takes what is sought and shows how many there are.

    Signals:
        sought(text): find this, "" for nothing.
        next_requested(): go on to the next.
        previous_requested(): go back to the one before.
        search_requested(text): look for that in all articles.
        options_changed(options): matches are to be alike in another way.
        closed(): the reader is done.
    """

    sought = Signal(str)
    next_requested = Signal()
    previous_requested = Signal()
    search_requested = Signal(str)
    options_changed = Signal(object)
    closed = Signal()

    def __init__(self, theme: Theme, translator: Translator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._translator = translator
        self._found: tuple[int, int] | None = None
        self._field = QLineEdit()
        self._field.setMaximumWidth(420)
        self._field.setMinimumWidth(80)
        self._field.setMaxLength(500)
        self._field.textChanged.connect(self._seek)
        self._count = QLabel()
        self._previous = BarButton(theme, "chevron-up")
        self._previous.clicked.connect(self.previous_requested)
        self._next = BarButton(theme, "chevron-down")
        self._next.clicked.connect(self.next_requested)
        self._everywhere = BarButton(theme, "search")
        self._everywhere.clicked.connect(lambda: self.search_requested.emit(self.text))
        self.choice = FindChoice(theme, translator)
        self.choice.changed.connect(self.options_changed)
        self._close = BarButton(theme, "close")
        self._close.clicked.connect(self.leave)
        self._buttons = (self.choice, self._everywhere, self._previous, self._next, self._close)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(4)
        self._row, self._second = QHBoxLayout(), QHBoxLayout()
        self._row.addWidget(self._field, 4)
        self._row.addSpacing(4)
        self._row.addWidget(self._count)
        self._row.addStretch(1)
        self._second.addStretch(1)
        for row in (self._row, self._second):
            row.setSpacing(4)
            self._column.addLayout(row)
        for button in self._buttons:
            self._row.addWidget(button)
        self._everywhere.setEnabled(False)
        theme.changed.connect(self._restyle)
        self._restyle()
        self.retranslate()

    @property
    def text(self) -> str:
        """What is sought."""
        return self._field.text()

    def start(self, text: str = "") -> None:
        """Show the bar, ready to type; `text` is found at once, without it what was sought before."""
        self.show()
        if text and text.casefold() != self.text.casefold():
            self._field.setText(text)
        elif self.text:
            self.sought.emit(self.text)
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._field.selectAll()

    def leave(self) -> None:
        """Hide the bar."""
        if self.isVisible():
            self.hide()
            self.closed.emit()

    def show_count(self, current: int, total: int) -> None:
        """Show that the `current`th (from 1) of `total` is marked."""
        self._found = (current, total)
        self._fold()
        self.retranslate()
        if self.text:
            announce(self._field, self._count.text())

    def retranslate(self) -> None:
        """Take all texts from the language that is on."""
        _ = self._translator.gettext
        self._field.setPlaceholderText(_("Find in the article"))
        self._field.setAccessibleName(_("Find in the article"))
        self._previous.set_name(_("Find previous"))
        self._next.set_name(_("Find next"))
        self._everywhere.setText(_("Search all articles"))
        self._everywhere.set_name(_("Search all articles"))
        self._close.set_name(_("Close"))
        self.choice.retranslate()
        text = ""
        if self.text and self._found is not None:
            current, total = self._found
            text = (
                _("{current} of {total}").format(current=current, total=total) if total else _("No matches")
            )
        self._count.setText(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on, Shift+Enter back, Esc leaves."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._field.hasFocus():
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            (self.previous_requested if back else self.next_requested).emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Fill the strip and draw its edge."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(self._theme.tokens.window))
        painter.fillRect(0, 0, self.width(), 1, QColor(self._theme.tokens.border))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what there is no room for."""
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        is_tight = self.width() < (_ALL_FROM_TOUCH_PX if self._theme.touch else _ALL_FROM_PX)
        row = self._second if self._theme.touch and self.width() < _ONE_ROW_FROM_PX else self._row
        if row.indexOf(self._close) < 0:
            for button in self._buttons:
                row.addWidget(button)
        found_none = self._found is not None and not self._found[1]
        self._everywhere.show_words(self.width() >= _WORDS_FROM_PX)
        self.choice.unfold(self.width() >= _OPTIONS_FROM_PX)
        self.choice.setVisible(not (found_none and is_tight) or self.choice.options.is_strict)
        # In a tight bar stands what leads on: the other articles when there is nothing here.
        self._everywhere.setVisible(found_none or not is_tight)
        for button in (self._previous, self._next):
            button.setVisible(not (found_none and is_tight))
        side = 4 if is_tight else 12
        self._column.setContentsMargins(side, 7, side, 6)

    def _seek(self, text: str) -> None:
        self._everywhere.setEnabled(bool(text.strip()))
        self.sought.emit(text)

    def _restyle(self) -> None:
        self._count.setStyleSheet(f"color: {self._theme.tokens.muted}")
        self._fold()
        self.update()
