"""The field over a symptom table: type to keep only the rows that match."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QToolButton, QWidget

from kbviewer.ui.article.contracts import Texts
from kbviewer.ui.article.symptom_model import SymptomFilter
from kbviewer.ui.article.wrapped_text import text_height
from kbviewer.ui.theme.icons import icon
from kbviewer.ui.theme.theme import Theme
from kbviewer.ui.theme.tokens import MIN_TARGET_PX, TOUCH_TARGET_PX

_GAP = 12
_MAX_LENGTH = 200


class _Field(QLineEdit):
    """A line that Esc or its button empties; Esc before anything else takes the key."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setMaxLength(_MAX_LENGTH)
        self.clear_button = QToolButton(self)
        self.clear_button.setProperty("flat", True)
        self.clear_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.clear_button.setCursor(Qt.CursorShape.ArrowCursor)
        self.clear_button.clicked.connect(self.clear)
        self.clear_button.hide()
        self.textChanged.connect(lambda text: self.clear_button.setVisible(bool(text)))

    def restyle(self) -> None:
        """Draw the button as the theme that is on does."""
        self.clear_button.setIcon(icon("close", self._theme.tokens.muted, 16))
        side = TOUCH_TARGET_PX - 12 if self._theme.touch else MIN_TARGET_PX + 2
        self.clear_button.setFixedSize(side, side)
        # The application's style sheet gives tool buttons a minimum that is larger than the field.
        self.clear_button.setStyleSheet("QToolButton { min-width: 0; min-height: 0; padding: 0; }")
        self.setTextMargins(0, 0, side, 0)
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the button at the right edge."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        side = self.clear_button.width()
        self.clear_button.move(self.width() - side - 6, (self.height() - side) // 2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Empty the line on Esc."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


class SymptomFilterBar(QWidget):
    """Shows what is typed and how many symptoms match.

    Signals:
        filtered(text): the reader typed.
        height_changed: it needs more or less room than before.
    """

    filtered = Signal(str)
    height_changed = Signal()

    def __init__(self, theme: Theme, texts: Texts, model: SymptomFilter, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._texts = texts
        self._model = model
        self._followed: int | None = None
        self.field = _Field(theme, self)
        self.field.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._count = QLabel(self)
        self._count.setTextFormat(Qt.TextFormat.PlainText)
        self._miss = QLabel(self)
        self._miss.setTextFormat(Qt.TextFormat.PlainText)
        self._miss.setWordWrap(True)
        self.field.textChanged.connect(self._typed)
        self.refresh(model)

    def tab_stops(self) -> list[QWidget]:
        """Return what the keyboard reaches."""
        return [self.field]

    def count_text(self) -> str:
        """Return how many symptoms match, in words."""
        matches = self._matches()
        return self._texts.ngettext(
            "{number} of {total} symptom", "{number} of {total} symptoms", self._model.total
        ).format(number=matches, total=self._model.total)

    def miss_text(self) -> str:
        """Return the sentence that says that nothing matches, "" when something does."""
        typed = self.field.text().strip()
        if not typed or self._matches():
            return ""
        sentence = self._texts.gettext(
            "No symptom matches “{text}”. Try other words, or read below what to do when none fits."
        )
        return sentence.format(text=typed)

    def status_text(self) -> str:
        """Return what a screen reader says after typing."""
        return self.miss_text() or self.count_text()

    def follow(self, other: SymptomFilterBar) -> None:
        """Show what is typed over the same symptoms in another language, and how many match there."""
        text, matches = other.field.text(), other._matches()
        if (self.field.text(), self._matches()) == (text, matches):
            return
        before = self._miss_height(self.width())
        self._followed = matches
        # Not told on: the other one has filtered already.
        self.field.blockSignals(True)
        self.field.setText(text)
        self.field.blockSignals(False)
        self.field.clear_button.setVisible(bool(text))
        self._show_count()
        if self._miss_height(self.width()) != before:
            self.height_changed.emit()

    def refresh(self, model: SymptomFilter) -> None:
        """Show `model` in the theme and language that are on."""
        self._model = model
        gettext = self._texts.gettext
        font = self._theme.body_font()
        self.field.setFont(font)
        self.field.setPlaceholderText(gettext("Type to filter the symptoms"))
        self.field.setAccessibleName(gettext("Filter the symptoms"))
        self.field.clear_button.setAccessibleName(gettext("Clear the filter"))
        self.field.clear_button.setToolTip(gettext("Clear the filter"))
        self.field.restyle()
        self._miss.setFont(font)
        self._miss.setStyleSheet(f"color: {self._theme.tokens.text}")
        font.setPointSizeF(font.pointSizeF() * 0.88)
        self._count.setFont(font)
        self._count.setStyleSheet(f"color: {self._theme.tokens.muted}")
        self._show_count()

    def heightForWidth(self, width: int) -> int:
        """Return the field's height, and a line more when the count stands below."""
        return self._top(width) + self._miss_height(width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the count beside or below the field."""
        super().resizeEvent(event)
        height = self._field_height()
        if self._stacked(self.width()):
            self.field.setGeometry(QRect(0, 0, self.width(), height))
            self._count.setGeometry(QRect(2, height + 4, self.width() - 2, self._line()))
        else:
            count = self._count_width()
            self.field.setGeometry(QRect(0, 0, self.width() - count - _GAP, height))
            self._count.setGeometry(QRect(self.width() - count, 0, count, height))
        self._miss.setGeometry(2, self._top(self.width()), self.width() - 4, self._miss_height(self.width()))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Hide the selection that the text paints behind."""
        QPainter(self).fillRect(self.rect(), QColor(self._theme.tokens.page))

    def _matches(self) -> int:
        """Return how many symptoms match what is typed, here or in the language that is followed."""
        if self._followed is not None:
            return self._followed
        return self._model.matches(self.field.text())

    def _typed(self, text: str) -> None:
        self._followed = None
        before = self._miss_height(self.width())
        self._show_count()
        self.filtered.emit(text)
        if self._miss_height(self.width()) != before:
            self.height_changed.emit()

    def _show_count(self) -> None:
        self._count.setText(self.count_text())
        self._miss.setText(self.miss_text())
        self._miss.setVisible(bool(self._miss.text()))

    def _top(self, width: int) -> int:
        height = self._field_height()
        return height + self._line() + 4 if self._stacked(width) else height

    def _miss_height(self, width: int) -> int:
        words = self._miss.text()
        return round(text_height(words, self._miss.font(), width - 4)) + 14 if words else 0

    def _field_height(self) -> int:
        least = 48 if self._theme.touch else 36
        return max(least, QFontMetrics(self._theme.body_font()).height() + 16)

    def _line(self) -> int:
        return QFontMetrics(self._count.font()).height() + 2

    def _count_width(self) -> int:
        return QFontMetrics(self._count.font()).horizontalAdvance(self._count.text()) + 6

    def _stacked(self, width: int) -> bool:
        return width < 3 * self._count_width()
