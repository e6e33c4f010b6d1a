"""One quiet line of the home page: that what is read here may be old, and a way to look for newer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLabel, QPushButton, QWidget

from kbviewer.i18n.translator import Translator
from kbviewer.ui.theme.theme import Theme

if TYPE_CHECKING:
    from kbviewer.model.updates import OldContent

_SLACK_PX = 4


class AgeLine(QWidget):
    """Shows how old the oldest content is; nothing while all of it is young, or nobody can know.

    Signals:
        look_wanted(): the reader wants to look for updates.
    """

    look_wanted = Signal()

    def __init__(self, theme: Theme, translator: Translator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._translator = translator
        self._old: OldContent | None = None
        self.text = QLabel()
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setWordWrap(True)
        self.look_button = QPushButton()
        self.look_button.clicked.connect(self.look_wanted)
        row = self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        row.setContentsMargins(0, 6, 0, 4)
        row.setSpacing(12)
        row.addWidget(self.text)
        row.addWidget(self.look_button, 0, Qt.AlignmentFlag.AlignLeft)
        row.addStretch(1)
        self.hide()
        theme.changed.connect(self.restyle)
        theme.zoom_changed.connect(self.restyle)
        self.restyle()

    def show_old(self, old: OldContent | None, *, may_look: bool) -> None:
        """Say what is old, None for nothing.

        Args:
            may_look: there is a way for this reader to look for newer.
        """
        self._old = old
        self.look_button.setVisible(may_look)
        self.retranslate()
        self.setVisible(old is not None)

    def retranslate(self) -> None:
        """Take all texts from the language that is on."""
        old, translator = self._old, self._translator
        self.look_button.setText(translator.gettext("Look for updates…"))
        if old is None:
            return
        text = translator.ngettext(
            "The content of “{title}” is from {date} and may be out of date.",
            "The content of {count} libraries may be out of date; the oldest is from {date}.",
            old.count,
        )
        day = translator.long_date(old.day)
        self.text.setText(text.format(title=old.title, count=old.count, date=day))
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        """Return next to nothing across: the page decides how wide it is, and the text wraps."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the button below the text where there is no room beside it."""
        super().resizeEvent(event)
        self._arrange()

    def restyle(self) -> None:
        """Take colours and sizes from the theme."""
        self.text.setFont(self._theme.body_font())
        self.text.setStyleSheet(f"QLabel {{ color: {self._theme.tokens.muted}; }}")
        self._arrange()

    def _arrange(self) -> None:
        line = self.text.fontMetrics().horizontalAdvance(self.text.text()) + _SLACK_PX
        is_roomy = line + self._row.spacing() + self.look_button.sizeHint().width() <= self.width()
        self.text.setMinimumWidth(line if is_roomy else 0)
        self._row.setDirection(
            QBoxLayout.Direction.LeftToRight if is_roomy else QBoxLayout.Direction.TopToBottom
        )
