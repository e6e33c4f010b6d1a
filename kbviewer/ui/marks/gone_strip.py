"""Under the list: what a bookmark leads to is gone, and what can be done about it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from kbviewer.i18n.translator import Translator
from kbviewer.ui.marks.shown import Gone, Shown
from kbviewer.ui.theme.surfaces import paint_surface
from kbviewer.ui.theme.theme import Theme


class GoneStrip(QWidget):
    """One sentence and two buttons; hidden while nothing is gone.

    Signals:
        search_wanted(text): search for what was there.
        delete_wanted(): forget the bookmark.
    """

    search_wanted = Signal(str)
    delete_wanted = Signal()

    def __init__(self, theme: Theme, translator: Translator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._translator = translator
        self._shown: Shown | None = None
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self.search = QPushButton()
        self.delete = QPushButton()
        self.search.clicked.connect(self._search)
        self.delete.clicked.connect(self.delete_wanted)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 8)
        column.addWidget(self._text)
        row = QHBoxLayout()
        row.addWidget(self.search)
        row.addWidget(self.delete)
        row.addStretch(1)
        column.addLayout(row)
        theme.changed.connect(self.update)
        self.retranslate()
        self.hide()

    @property
    def text(self) -> str:
        """What is said."""
        return self._text.text()

    def show_for(self, shown: Shown | None) -> None:
        """Say what is gone of a bookmark; hide when it is whole, or when there is none."""
        self._shown = shown if shown is not None and shown.gone is not Gone.NOTHING else None
        self.retranslate()
        self.setVisible(self._shown is not None)

    def focus_first(self) -> None:
        """Put the focus on the first button."""
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        """Take all texts from the language that is on."""
        _ = self._translator.gettext
        self.search.setText(_("Search"))
        self.delete.setText(_("Delete"))
        if self._shown is None:
            return
        if self._shown.gone is Gone.ARTICLE:
            text = _("“{title}” is not in the open library.").format(title=self._shown.article_title)
        else:
            text = _("“{title}” no longer has this place; the bookmark opens its beginning.").format(
                title=self._shown.article_title
            )
        self._text.setText(text)
        self.search.setAccessibleDescription(text)
        self.delete.setAccessibleDescription(text)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - the strip is small
        """Draw the ground."""
        tokens = self._theme.tokens
        painter = QPainter(self)
        rect = QRectF(self.rect()).adjusted(8, 0, -8, 0)
        paint_surface(painter, rect, tokens.warning_soft, tokens.warning_bar)
        painter.end()

    def _search(self) -> None:
        if self._shown is not None:
            wanted = self._shown.place if self._shown.gone is Gone.PLACE else ""
            self.search_wanted.emit(wanted or self._shown.article_title or self._shown.title)
