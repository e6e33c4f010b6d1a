"""A strip that stays as long as nothing can be saved: folded to one line, but never gone."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from kbviewer.i18n.translator import Translator
from kbviewer.model.messages import Message
from kbviewer.model.policy import Right
from kbviewer.ui.shell.bar_button import BarButton
from kbviewer.ui.theme.announce import announce
from kbviewer.ui.theme.button_row import ButtonRow
from kbviewer.ui.theme.icons import paint_icon
from kbviewer.ui.theme.rights import needs
from kbviewer.ui.theme.theme import Theme

_BUTTONS_BELOW_UNDER_PX = 640
_MARK_PX = 20
_BAR_PX = 4
_GAP_PX = 8
_MARGIN_PX = 6


class SavingBar(QWidget):
    """Says that nothing is saved, why, and what to do about it.

    Signals:
        retry_wanted(): the reader wants to know whether saving works now.
        export_wanted(): the reader wants to put what is not saved into a file.
    """

    retry_wanted = Signal()
    export_wanted = Signal()

    def __init__(self, theme: Theme, translator: Translator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._translator = translator
        self._why: Message | None = None
        self._heading = QLabel()
        font = QFont(self._heading.font())
        font.setWeight(QFont.Weight.DemiBold)
        self._heading.setFont(font)
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._retry = QPushButton()
        self._retry.clicked.connect(self.retry_wanted)
        self._export = needs(QPushButton(), Right.EXPORT)
        self._export.clicked.connect(self.export_wanted)
        self._fold = BarButton(theme, "chevron-up")
        self._fold.clicked.connect(lambda: self._set_folded(not self._text.isHidden()))
        self._build()
        theme.changed.connect(self._restyle)
        self._restyle()
        self.hide()

    @property
    def stops(self) -> Sequence[QWidget]:
        """What Tab visits, in order."""
        return (self._retry, self._export, self._fold)

    def show_failure(self, why: Message) -> None:
        """Show the strip, unfolded, with what is wrong and what to do about it; have it spoken."""
        is_known = self.isVisible() and self._why == why
        self._why = why
        self._set_folded(False)
        self.retranslate()
        self.show()
        if not is_known:
            announce(self, f"{self._heading.text()} {self._text.text()}")

    def retranslate(self) -> None:
        """Take all texts from the language that is on."""
        _ = self._translator.gettext
        self._heading.setText(_("Not saved"))
        self._text.setText(self._why.render(_) if self._why is not None else "")
        self.setAccessibleName(f"{self._heading.text()}: {self._text.text()}")
        self._retry.setText(_("Try again"))
        self._export.setText(_("Export my data…"))
        self._buttons.arrange()
        self._name_fold()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the buttons below the text where there is no room beside it."""
        super().resizeEvent(event)
        self._arrange()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the strip and its sign."""
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(tokens.danger_soft))
        painter.fillRect(0, 0, _BAR_PX, self.height(), QColor(tokens.danger))
        painter.fillRect(0, self.height() - 1, self.width(), 1, QColor(tokens.border))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = self._heading.geometry().center().y()
        paint_icon(painter, QRectF(16, middle - _MARK_PX / 2, _MARK_PX, _MARK_PX), "warning", tokens.danger)

    def _build(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._heading)
        words.addWidget(self._text)
        self._buttons = ButtonRow()
        self._buttons.set_items([self._retry, self._export])
        self._middle = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._middle.setSpacing(_GAP_PX)
        self._middle.addLayout(words, 1)
        self._middle.addWidget(self._buttons, 0, Qt.AlignmentFlag.AlignVCenter)
        layout = self._layout = QHBoxLayout(self)
        layout.setContentsMargins(48, _MARGIN_PX, 12, _MARGIN_PX)
        layout.addLayout(self._middle, 1)
        layout.addWidget(self._fold, 0, Qt.AlignmentFlag.AlignTop)

    def _arrange(self) -> None:
        direction = QBoxLayout.Direction
        is_narrow = self.width() < _BUTTONS_BELOW_UNDER_PX * max(1.0, self._theme.zoom)
        self._middle.setDirection(direction.TopToBottom if is_narrow else direction.LeftToRight)

    def _set_folded(self, folded: bool) -> None:
        self._text.setHidden(folded)
        self._buttons.setHidden(folded)
        margin = 0 if folded else _MARGIN_PX
        self._layout.setContentsMargins(48, margin, 12, margin)
        self._fold.set_icon("chevron-down" if folded else "chevron-up")
        self._name_fold()

    def _name_fold(self) -> None:
        _ = self._translator.gettext
        self._fold.set_name(_("Show why") if self._text.isHidden() else _("Show less"))

    def _restyle(self) -> None:
        tokens = self._theme.tokens
        self._heading.setStyleSheet(f"color: {tokens.danger}; background: transparent")
        self._text.setStyleSheet(f"color: {tokens.text}; background: transparent")
        self.update()
