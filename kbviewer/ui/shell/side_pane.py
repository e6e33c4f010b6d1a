"""The pane beside the article: its outline, and how far the reader has come."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from kbviewer.i18n.translator import Translator
from kbviewer.model.article import OutlineEntry
from kbviewer.model.progress import Progress
from kbviewer.ui.theme.theme import Theme
from kbviewer.ui.theme.tokens import SIDE_PANE_PX

if TYPE_CHECKING:
    from kbviewer.ui.shell.outline_view import OutlineView
    from kbviewer.ui.shell.progress_card import ProgressCard


class SidePane(QWidget):
    """Outline above, progress below. Empty until `fill`, so that the article is on screen first.

    Signals:
        anchor_chosen(anchor): go to that section.
        guided_requested(): show one step at a time.
        reset_requested(): clear the ticks.
    """

    anchor_chosen = Signal(str)
    guided_requested = Signal()
    reset_requested = Signal()

    def __init__(self, theme: Theme, translator: Translator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._translator = translator
        self._entries: Sequence[OutlineEntry] = ()
        self._active = ""
        self._shown = Progress(0, 0)
        self._can_reset = False
        self._outline: OutlineView | None = None
        self._card: ProgressCard | None = None
        self._title = QLabel()
        font = QFont(self._title.font())
        font.setPointSizeF(font.pointSizeF() * 0.9)
        font.setWeight(QFont.Weight.DemiBold)
        font.setCapitalization(QFont.Capitalization.AllUppercase)
        font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 0.4)
        self._title.setFont(font)
        self._title.setContentsMargins(16, 16, 16, 6)
        self._nothing = QLabel()
        self._nothing.setWordWrap(True)
        self._nothing.setContentsMargins(16, 4, 16, 6)
        self._nothing.hide()
        self.setFixedWidth(SIDE_PANE_PX)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 1, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self._title)
        self._column.addWidget(self._nothing)
        self._column.addStretch(0)
        theme.changed.connect(self._restyle)
        self._restyle()
        self.retranslate()

    @property
    def outline(self) -> OutlineView:
        """The list of headings and questions."""
        self.fill()
        assert self._outline is not None  # noqa: S101 - made by fill
        return self._outline

    @property
    def progress(self) -> ProgressCard:
        """The card with the progress."""
        self.fill()
        assert self._card is not None  # noqa: S101 - made by fill
        return self._card

    def fill(self) -> None:
        """Make what the pane shows; nothing when it is there."""
        if self._outline is not None:
            return
        from kbviewer.ui.shell.outline_view import OutlineView
        from kbviewer.ui.shell.progress_card import ProgressCard

        self._outline = OutlineView(self._theme, self)
        self._card = ProgressCard(self._theme, self._translator, self)
        self._title.setBuddy(self._outline)
        self._column.insertWidget(2, self._outline, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(14, 10, 13, 16)
        foot.addWidget(self._card)
        self._column.addLayout(foot)
        self._outline.anchor_chosen.connect(self.anchor_chosen)
        self._card.guided_requested.connect(self.guided_requested)
        self._card.reset_requested.connect(self.reset_requested)
        self.retranslate()
        self.show_outline(self._entries, self._active)
        self.set_progress(self._shown, can_reset=self._can_reset)

    def show_outline(self, entries: Sequence[OutlineEntry], active: str = "") -> None:
        """Show the outline of an article."""
        self._entries = entries
        if self._outline is not None:
            self._outline.set_entries(entries)
            self._outline.setVisible(bool(entries))
            self._nothing.setVisible(not entries)
        self.set_active(active)

    def set_active(self, anchor: str) -> None:
        """Mark the section that is read."""
        self._active = anchor
        if self._outline is not None:
            self._outline.set_active(anchor)

    def set_progress(self, progress: Progress, *, can_reset: bool = False) -> None:
        """Show how far the reader has come; `can_reset`: also what is not done can be taken back."""
        self._shown, self._can_reset = progress, can_reset
        if self._card is not None:
            self._card.set_progress(progress, can_reset=can_reset)

    def retranslate(self) -> None:
        """Take all texts from the language that is on."""
        _ = self._translator.gettext
        self._title.setText(_("Contents"))
        self._nothing.setText(_("This article has no headings."))
        self.setAccessibleName(_("Sidebar"))
        if self._outline is not None and self._card is not None:
            self._outline.setAccessibleName(_("Contents"))
            self._outline.outline.set_here_text(_("You are here"))
            self._card.retranslate()

    def sizeHint(self) -> QSize:
        """Return the pane's width and no wish for height."""
        return QSize(SIDE_PANE_PX, 200)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Fill the pane and draw its edge."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(self._theme.tokens.window))
        painter.fillRect(self.width() - 1, 0, 1, self.height(), QColor(self._theme.tokens.border))

    def _restyle(self) -> None:
        for label in (self._title, self._nothing):
            label.setStyleSheet(f"color: {self._theme.tokens.muted}")
        self.update()
