"""What the results panel says when it has no rows: a sentence, the next step, a bar, a button."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from kbviewer.ui.theme.theme import Theme

_SMALL_SHARE = 0.92


class Remedy(Enum):
    """What the button of a status does."""

    NONE = auto()
    RETRY = auto()
    WIDEN = auto()
    BROWSE = auto()
    OPEN_LINK = auto()


@dataclass(frozen=True, slots=True)
class Status:
    """One state in words.

    Attributes:
        sentence: what is the case.
        next_step: what the reader can do, or what happens next.
        done: how much is finished, of `total`.
        total: 0 when there is nothing to measure.
        action: text of the button, "" for none.
        remedy: what the button does.
    """

    sentence: str
    next_step: str = ""
    done: int = 0
    total: int = 0
    action: str = ""
    remedy: Remedy = Remedy.NONE


class StatusView(QWidget):
    """Shows a Status.

    Signals:
        remedy_chosen(remedy): the button was pressed.
    """

    remedy_chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._remedy = Remedy.NONE
        self._sentence = QLabel(self)
        self._next_step = QLabel(self)
        self._bar = QProgressBar(self)
        self.button = QPushButton(self)
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(6)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(6)
        for label in (self._sentence, self._next_step):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            layout.addWidget(label)
        layout.addSpacing(2)
        layout.addWidget(self._bar)
        layout.addWidget(self.button, alignment=Qt.AlignmentFlag.AlignLeft)
        self.button.clicked.connect(lambda: self.remedy_chosen.emit(self._remedy))
        theme.changed.connect(self._restyle)
        theme.zoom_changed.connect(self._restyle)
        self._restyle()

    def show_status(self, status: Status) -> None:
        """Show `status`."""
        self._sentence.setText(status.sentence)
        self._next_step.setText(status.next_step)
        self._next_step.setVisible(bool(status.next_step))
        self._bar.setVisible(status.total > 0)
        self._bar.setRange(0, max(1, status.total))
        self._bar.setValue(status.done)
        self._bar.setAccessibleName(status.sentence)
        self._remedy = status.remedy
        self.button.setText(status.action)
        self.button.setVisible(bool(status.action))

    @property
    def text(self) -> str:
        """All that is said, as one text."""
        return f"{self._sentence.text()} {self._next_step.text()}".strip()

    def _restyle(self) -> None:
        tokens = self._theme.tokens
        points = self._theme.body_font().pointSizeF()
        self._sentence.setStyleSheet(f"QLabel {{ font-weight: 600; font-size: {points}pt; }}")
        self._next_step.setStyleSheet(
            f"QLabel {{ color: {tokens.muted}; font-size: {points * _SMALL_SHARE}pt; }}"
        )
        self._bar.setStyleSheet(
            f"QProgressBar {{ background: {tokens.window}; border: 1px solid {tokens.control_border};"
            f" border-radius: 3px; }}"
            f"QProgressBar::chunk {{ background: {tokens.accent}; border-radius: 2px; }}"
        )
