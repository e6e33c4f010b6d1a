"""What the home page shows while there is nothing to read: a sentence and the next step."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from kbviewer.model.policy import Right
from kbviewer.ui.theme.icons import paint_icon
from kbviewer.ui.theme.rights import needs
from kbviewer.ui.theme.theme import Theme

_SIGN_PX = 56
_WIDEST_PX = 460
_SENTENCE_SHARE = 1.36


class EmptyLibrary(QWidget):
    """A sign, a sentence, the next step and a button for it.

    Signals:
        library_wanted: the button was pressed.
    """

    library_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._sign = _Sign(theme)
        self._sentence, self._next_step = QLabel(), QLabel()
        self.button = needs(QPushButton(), Right.OPEN_FILE)
        self.button.clicked.connect(self.library_wanted)
        sheet = QWidget()
        sheet.setMaximumWidth(_WIDEST_PX)
        column = QVBoxLayout(sheet)
        column.setContentsMargins(0, 40, 0, 40)
        column.setSpacing(12)
        column.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignHCenter)
        for label in (self._sentence, self._next_step):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(label)
        column.addSpacing(4)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(sheet, 100)
        row.addStretch(1)
        theme.changed.connect(self.restyle)
        theme.zoom_changed.connect(self.restyle)
        self.restyle()

    def set_texts(self, sentence: str, next_step: str, action: str) -> None:
        """Set the texts, for a start in another language."""
        self._sentence.setText(sentence)
        self._next_step.setText(next_step)
        self.button.setText(action)

    @property
    def text(self) -> str:
        """All that is said, as one text."""
        return f"{self._sentence.text()} {self._next_step.text()}"

    def restyle(self) -> None:
        """Take colours and sizes from the theme."""
        body = self._theme.body_font()
        font = QFont(body)
        font.setPointSizeF(body.pointSizeF() * _SENTENCE_SHARE)
        font.setWeight(QFont.Weight.DemiBold)
        self._sentence.setFont(font)
        self._next_step.setFont(body)
        self._next_step.setStyleSheet(f"QLabel {{ color: {self._theme.tokens.muted}; }}")


class _Sign(QWidget):
    """A large open book."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setFixedSize(QSize(_SIGN_PX, _SIGN_PX))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the book."""
        painter = QPainter(self)
        paint_icon(painter, QRectF(self.rect()), "book", self._theme.tokens.muted)
        painter.end()
