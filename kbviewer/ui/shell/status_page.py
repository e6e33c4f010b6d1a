"""A page in place of an article: what is the matter, and what to do next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from kbviewer.i18n.translator import Translator
from kbviewer.model.messages import Gettext, Message
from kbviewer.ui.theme.announce import announce
from kbviewer.ui.theme.icons import paint_icon
from kbviewer.ui.theme.theme import Theme
from kbviewer.ui.theme.thin_bar import ThinBar
from kbviewer.ui.theme.tokens import TEXT_COLUMN_PX

_ICON_PX: Final = 48


@dataclass(frozen=True, slots=True)
class NextStep:
    """A button: what it says (English) and what it does."""

    text: str
    handler: Callable[[], object]


@dataclass(frozen=True, slots=True)
class Status:
    """What stands on the page.

    Attributes:
        icon: name of the sign above the title.
        title: one line.
        sentence: what is the matter, for the reader.
        details: renders lines for who mends it, such as `path:line: what; remedy`.
        steps: the next steps, the most likely first.
        urgent: whether something is broken, rather than just not there.
        is_work: whether something is being done; `show_share` tells how much of it.
    """

    icon: str
    title: Message
    sentence: Message
    details: Callable[[Gettext], list[str]] | None = None
    steps: tuple[NextStep, ...] = ()
    urgent: bool = False
    is_work: bool = False


class _Sign(QWidget):
    """A large icon."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.name = "note"
        self.urgent = False

    def sizeHint(self) -> QSize:
        """Return the icon's size."""
        return QSize(_ICON_PX, _ICON_PX)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - the sign is small
        """Draw the icon."""
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = tokens.warning if self.urgent else tokens.muted
        paint_icon(painter, QRectF(0, 0, _ICON_PX, _ICON_PX), self.name, colour)


class StatusPage(QScrollArea):
    """Shows a Status in the middle of the page."""

    def __init__(self, theme: Theme, translator: Translator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._translator = translator
        self._status: Status | None = None
        self._sign = _Sign(theme)
        self._sign.setFixedSize(_ICON_PX, _ICON_PX)
        self._title = _wrapped(QLabel())
        font = QFont(self._title.font())
        font.setPointSizeF(font.pointSizeF() * 1.6)
        font.setWeight(QFont.Weight.DemiBold)
        self._title.setFont(font)
        self._sentence = _wrapped(QLabel())
        larger = QFont(self._sentence.font())
        larger.setPointSizeF(larger.pointSizeF() * 1.1)
        self._sentence.setFont(larger)
        self._details = _wrapped(QLabel())
        self._bar = ThinBar(theme)
        self._bar.setRange(0, 0)
        self._buttons = QVBoxLayout()
        self._buttons.setSpacing(8)
        self._made: list[QPushButton] = []
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(24, 48, 24, 24)
        column.setSpacing(12)
        for widget in (self._sign, self._title, self._sentence, self._bar, self._details):
            column.addWidget(widget)
        column.addSpacing(8)
        column.addLayout(self._buttons)
        column.addStretch(1)
        body.setMaximumWidth(TEXT_COLUMN_PX)
        outer = QWidget()
        row = QHBoxLayout(outer)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(body, 100)
        row.addStretch(1)
        self.setWidget(outer)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        outer.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)
        theme.changed.connect(self._restyle)
        self._restyle()

    def show_status(self, status: Status) -> None:
        """Show another status and have it spoken."""
        self._status = status
        self._sign.name, self._sign.urgent = status.icon, status.urgent
        for button in self._made:
            self._buttons.removeWidget(button)
            button.deleteLater()
        self._made = [self._button(step, first=not number) for number, step in enumerate(status.steps)]
        self.retranslate()
        self._bar.setVisible(status.is_work)
        self._bar.setRange(0, 0)
        self._sign.update()
        announce(self, f"{self._title.text()}. {self._sentence.text()}")

    def show_share(self, done: int, total: int, sentence: Message) -> None:
        """Show how much of the work is done, in a sentence and as a bar; it is not spoken each time."""
        if self._status is None or not self._status.is_work:
            return
        self._status = replace(self._status, sentence=sentence)
        self._bar.setRange(0, max(1, total))
        self._bar.setValue(done)
        self._sentence.setText(sentence.render(self._translator.gettext))
        self._bar.setAccessibleDescription(self._sentence.text())

    def focus_first(self) -> None:
        """Give the focus to the next step."""
        if self._made:
            self._made[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        """Take all texts from the language that is on."""
        _ = self._translator.gettext
        status = self._status
        if status is None:
            return
        self._title.setText(status.title.render(_))
        self._sentence.setText(status.sentence.render(_))
        lines = status.details(_) if status.details else []
        self._details.setText("\n".join(lines))
        self._details.setVisible(bool(lines))
        for button, step in zip(self._made, status.steps, strict=True):
            button.setText(_(step.text))
        self.setAccessibleName(self._title.text())
        self._bar.setAccessibleName(self._title.text())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Fill the page."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), QColor(self._theme.tokens.page))

    def _button(self, step: NextStep, *, first: bool) -> QPushButton:
        button = QPushButton()
        button.setDefault(first)
        button.clicked.connect(lambda _checked=False: step.handler())
        self._buttons.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        # At once, not with the next layout: it is given the focus right away.
        button.show()
        return button

    def _restyle(self) -> None:
        tokens = self._theme.tokens
        self._sentence.setStyleSheet(f"color: {tokens.muted}")
        self._details.setStyleSheet(
            f"background: {tokens.window}; color: {tokens.text}; border: 1px solid {tokens.border};"
            f"border-radius: 8px; padding: 10px 12px; font-family: monospace"
        )


def _wrapped(label: QLabel) -> QLabel:
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    return label
