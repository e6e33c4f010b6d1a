"""The field over a symptom table: type to keep only the rows that match."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget

from kbviewer.ui.article.contracts import Texts
from kbviewer.ui.article.symptom_model import SymptomFilter
from kbviewer.ui.theme.theme import Theme

_GAP = 12


class _Field(QLineEdit):
    """A line that Esc empties before anything else takes the key."""

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
    """

    filtered = Signal(str)

    def __init__(self, theme: Theme, texts: Texts, model: SymptomFilter, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._texts = texts
        self._model = model
        self.field = _Field(self)
        self.field.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.field.setClearButtonEnabled(True)
        self._count = QLabel(self)
        self._count.setTextFormat(Qt.TextFormat.PlainText)
        self.field.textChanged.connect(self._typed)
        self.refresh(model)

    def tab_stops(self) -> list[QWidget]:
        """Return what the keyboard reaches."""
        return [self.field]

    def count_text(self) -> str:
        """Return how many symptoms match, in words."""
        matches = self._model.matches(self.field.text())
        return self._texts.ngettext(
            "{number} of {total} symptom", "{number} of {total} symptoms", self._model.total
        ).format(number=matches, total=self._model.total)

    def refresh(self, model: SymptomFilter) -> None:
        """Show `model` in the theme and language that are on."""
        self._model = model
        gettext = self._texts.gettext
        font = self._theme.body_font()
        self.field.setFont(font)
        self.field.setPlaceholderText(gettext("Type to filter the symptoms"))
        self.field.setAccessibleName(gettext("Filter the symptoms"))
        for button in self.field.findChildren(QAbstractButton):
            button.setAccessibleName(gettext("Clear the filter"))
        font.setPointSizeF(font.pointSizeF() * 0.88)
        self._count.setFont(font)
        self._count.setStyleSheet(f"color: {self._theme.tokens.muted}")
        self._show_count()

    def heightForWidth(self, width: int) -> int:
        """Return the field's height, and a line more when the count stands below."""
        height = self._field_height()
        return height + self._line() + 4 if self._stacked(width) else height

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the count beside or below the field."""
        super().resizeEvent(event)
        height = self._field_height()
        if self._stacked(self.width()):
            self.field.setGeometry(QRect(0, 0, self.width(), height))
            self._count.setGeometry(QRect(2, height + 4, self.width(), self._line()))
        else:
            count = self._count_width()
            self.field.setGeometry(QRect(0, 0, self.width() - count - _GAP, height))
            self._count.setGeometry(QRect(self.width() - count, 0, count, height))

    def _typed(self, text: str) -> None:
        self._show_count()
        self.filtered.emit(text)

    def _show_count(self) -> None:
        self._count.setText(self.count_text())

    def _field_height(self) -> int:
        least = 48 if self._theme.touch else 36
        return max(least, QFontMetrics(self._theme.body_font()).height() + 16)

    def _line(self) -> int:
        return QFontMetrics(self._count.font()).height() + 2

    def _count_width(self) -> int:
        return QFontMetrics(self._count.font()).horizontalAdvance(self._count.text()) + 6

    def _stacked(self, width: int) -> bool:
        return width < 3 * self._count_width()
