"""How many steps are done, and a way to start over."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QWidget

from kbviewer.i18n.translator import Translator
from kbviewer.model.progress import Progress
from kbviewer.ui.theme.theme import Theme
from kbviewer.ui.theme.thin_bar import ThinBar
from kbviewer.ui.theme.tokens import CARD_CORNER_PX


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
        self._bar = ThinBar(theme)
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
