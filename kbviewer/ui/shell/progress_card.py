"""How many steps are done, and a way to start over."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QLabel, QProgressBar, QPushButton, QWidget

from kbviewer.i18n.translator import Translator
from kbviewer.model.progress import Progress
from kbviewer.ui.theme.theme import Theme
from kbviewer.ui.theme.tokens import CARD_CORNER_PX

_BAR_PX: Final = 8


class _Bar(QProgressBar):
    """A thin rounded bar."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setTextVisible(False)

    def sizeHint(self) -> QSize:
        """Return the bar's size."""
        return QSize(80, _BAR_PX)

    def minimumSizeHint(self) -> QSize:
        """Return the same height, any width."""
        return QSize(20, _BAR_PX)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - the bar is small
        """Draw groove and share."""
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        groove = QRectF(self.rect())
        if tokens.high_contrast:
            painter.setPen(QPen(QColor(tokens.border), 1))
            groove.adjust(0.5, 0.5, -0.5, -0.5)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.border if not tokens.high_contrast else tokens.page))
        painter.drawRoundedRect(groove, groove.height() / 2, groove.height() / 2)
        if self.maximum() > 0 and self.value() > 0:
            share = max(groove.height(), groove.width() * self.value() / self.maximum())
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.done))
            done = QRectF(groove.left(), groove.top(), share, groove.height())
            painter.drawRoundedRect(done, groove.height() / 2, groove.height() / 2)


class ProgressCard(QWidget):
    """Shows progress; stores none.

    Signals:
        guided_requested(): the reader wants to go through the steps one by one.
        reset_requested(): the reader wants to clear all ticks of the article.
    """

    guided_requested = Signal()
    reset_requested = Signal()

    def __init__(self, theme: Theme, translator: Translator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._translator = translator
        self._progress = Progress(0, 0)
        self._count = QLabel()
        font = QFont(self._count.font())
        font.setWeight(QFont.Weight.DemiBold)
        self._count.setFont(font)
        self._percent = QLabel()
        self._bar = _Bar(theme)
        self.guided_button = QPushButton()
        self.guided_button.clicked.connect(self.guided_requested)
        self.reset_button = QPushButton()
        self.reset_button.clicked.connect(self.reset_requested)
        layout = QGridLayout(self)
        layout.setContentsMargins(14, 12, 14, 12)
        layout.setVerticalSpacing(8)
        layout.addWidget(self._count, 0, 0)
        layout.addWidget(self._percent, 0, 1, Qt.AlignmentFlag.AlignRight)
        layout.addWidget(self._bar, 1, 0, 1, 2)
        layout.addWidget(self.guided_button, 2, 0, 1, 2)
        layout.addWidget(self.reset_button, 3, 0, 1, 2)
        layout.setColumnStretch(0, 1)
        theme.changed.connect(self._restyle)
        self._restyle()
        self.retranslate()

    def set_progress(self, progress: Progress, *, can_reset: bool = False) -> None:
        """Show `progress`; nothing at all when there is nothing to do.

        Args:
            can_reset: there are results although nothing is done, such as failures.
        """
        self._progress = progress
        self._bar.setMaximum(max(1, progress.total))
        self._bar.setValue(progress.done)
        self.reset_button.setEnabled(progress.done > 0 or can_reset)
        self.setVisible(progress.total > 0)
        self.retranslate()

    def retranslate(self) -> None:
        """Take all texts from the language that is on."""
        _ = self._translator.gettext
        done, total = self._progress.done, self._progress.total
        if done and done == total:
            text = _("All steps done")
        else:
            text = self._translator.ngettext(
                "{done} of {total} step done", "{done} of {total} steps done", total
            ).format(done=done, total=total)
        self._count.setText(text)
        self._percent.setText(_("{percent}%").format(percent=self._progress.percent))
        self.guided_button.setText(_("Step by step"))
        self.guided_button.setToolTip(_("One step at a time, large") + " (Ctrl+G)")
        self.reset_button.setText(_("Reset"))
        self.reset_button.setAccessibleDescription(_("Clears all ticks in this article; can be undone"))
        self._bar.setAccessibleName(_("Progress"))
        self._bar.setAccessibleDescription(text)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - the card is small
        """Draw the card."""
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(QColor(tokens.raised))
        painter.setPen(QPen(QColor(tokens.border), 1))
        card = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(card, CARD_CORNER_PX, CARD_CORNER_PX)

    def _restyle(self) -> None:
        self._percent.setStyleSheet(f"color: {self._theme.tokens.muted}")
        self.update()
