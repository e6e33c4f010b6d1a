"""The pane beside the article: its outline, and how far the reader has come."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from kbviewer.i18n.translator import Translator
from kbviewer.model.article import OutlineEntry
from kbviewer.model.progress import Progress
from kbviewer.ui.shell.outline_view import OutlineView
from kbviewer.ui.shell.progress_card import ProgressCard
from kbviewer.ui.theme.theme import Theme
from kbviewer.ui.theme.tokens import SIDE_PANE_PX


class SidePane(QWidget):
    """Outline above, progress below.

    Signals:
        anchor_chosen(anchor): go to that section.
        reset_requested(): clear the ticks.
    """

    anchor_chosen = Signal(str)
    reset_requested = Signal()

    def __init__(self, theme: Theme, translator: Translator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._translator = translator
        self._title = QLabel()
        font = QFont(self._title.font())
        font.setPointSizeF(font.pointSizeF() * 0.9)
        font.setWeight(QFont.Weight.DemiBold)
        font.setCapitalization(QFont.Capitalization.AllUppercase)
        font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 0.4)
        self._title.setFont(font)
        self._title.setContentsMargins(16, 16, 16, 6)
        self.outline = OutlineView(theme)
        self.progress = ProgressCard(theme, translator)
        self._title.setBuddy(self.outline)
        self.setFixedWidth(SIDE_PANE_PX)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 1, 0)
        layout.setSpacing(0)
        layout.addWidget(self._title)
        layout.addWidget(self.outline, 1)
        card = QVBoxLayout()
        card.setContentsMargins(14, 10, 13, 16)
        card.addWidget(self.progress)
        layout.addLayout(card)
        self.outline.anchor_chosen.connect(self.anchor_chosen)
        self.progress.reset_requested.connect(self.reset_requested)
        theme.changed.connect(self._restyle)
        self._restyle()
        self.retranslate()

    def show_outline(self, entries: Sequence[OutlineEntry], active: str = "") -> None:
        """Show the outline of an article."""
        self.outline.set_entries(entries)
        if active:
            self.outline.set_active(active)

    def set_active(self, anchor: str) -> None:
        """Mark the section that is read."""
        self.outline.set_active(anchor)

    def set_progress(self, progress: Progress) -> None:
        """Show how far the reader has come."""
        self.progress.set_progress(progress)

    def retranslate(self) -> None:
        """Take all texts from the language that is on."""
        _ = self._translator.gettext
        self._title.setText(_("Contents"))
        self.setAccessibleName(_("Sidebar"))
        self.outline.setAccessibleName(_("Contents"))
        self.outline.outline.set_here_text(_("You are here"))
        self.progress.retranslate()

    def sizeHint(self) -> QSize:
        """Return the pane's width and no wish for height."""
        return QSize(SIDE_PANE_PX, 200)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Fill the pane and draw its edge."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(self._theme.tokens.window))
        painter.fillRect(self.width() - 1, 0, 1, self.height(), QColor(self._theme.tokens.border))

    def _restyle(self) -> None:
        self._title.setStyleSheet(f"color: {self._theme.tokens.muted}")
        self.update()
