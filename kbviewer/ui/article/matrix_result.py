"""What the chosen cell of a scope matrix means: its category in words and the ways on."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from kbviewer.ui.article.buttons import WordButton
from kbviewer.ui.article.contracts import Texts
from kbviewer.ui.article.matrix_model import MatrixModel
from kbviewer.ui.article.wrapped_text import draw_text, text_height
from kbviewer.ui.theme.flow import FlowRow
from kbviewer.ui.theme.theme import Theme
from kbviewer.ui.theme.tokens import CARD_CORNER_PX

_PAD = 14


class MatrixResult(QWidget):
    """Says what is chosen or what is still to be chosen.

    Signals:
        target_requested(anchor): the reader wants to go to a section.
        cleared: the reader wants to choose anew.
    """

    target_requested = Signal(str)
    cleared = Signal()

    def __init__(self, theme: Theme, texts: Texts, title_of: Callable[[str], str], parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._texts = texts
        self._title_of = title_of
        self._colour = ""
        self.detail = ""
        self.sentence = ""
        self.buttons = FlowRow(self)

    def show_choice(self, model: MatrixModel, colour: str, *, stacked: bool) -> None:
        """Show the model's choice; `colour` is the name of a category; `stacked`: as two lists."""
        gettext = self._texts.gettext
        self._colour = colour
        items: list[QWidget] = []
        cell = model.cell
        if cell is not None and model.row is not None and model.column is not None:
            self.detail = f"{model.matrix.rows[model.row]} · {model.matrix.columns[model.column]}"
            self.sentence = gettext("This is most likely: {category}").format(category=cell.category)
            for target in model.targets():
                title = self._title_of(target.anchor) or target.label
                items.append(self._button(title, target.anchor))
        elif model.row is not None:
            self.detail = model.matrix.rows[model.row]
            self.sentence = gettext("Now choose one under 2.") if stacked else gettext("Now choose a column.")
        elif model.column is not None:
            self.detail = model.matrix.columns[model.column]
            self.sentence = gettext("Now choose one under 1.") if stacked else gettext("Now choose a row.")
        else:
            self.detail, self.sentence = "", ""
        if self.sentence:
            clear = WordButton(self._theme, self.buttons, icon="close", quiet=True)
            clear.setText(gettext("Clear the choice"))
            clear.clicked.connect(self.cleared)
            items.append(clear)
        self.buttons.set_items(items)
        self.setAccessibleName(" ".join(part for part in (self.sentence, self.detail) if part))
        self._place()
        self.update()

    def tab_stops(self) -> list[QWidget]:
        """Return what the keyboard reaches."""
        return self.buttons.tab_stops()

    def heightForWidth(self, width: int) -> int:
        """Return the height, 0 when nothing is chosen."""
        if not self.sentence:
            return 0
        room = width - 2 * _PAD
        return round(self._words(room)) + 10 + self.buttons.heightForWidth(room) + 2 * _PAD

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the buttons below the words."""
        super().resizeEvent(event)
        self._place()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paint a card with the category in its colour."""
        if not self.sentence:
            return
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        colour = tokens.categories.get(self._colour, tokens.border)
        painter.setPen(QPen(QColor(colour), 1))
        painter.setBrush(QColor(tokens.raised))
        painter.drawRoundedRect(rect, CARD_CORNER_PX, CARD_CORNER_PX)
        room = self.width() - 2 * _PAD
        top = float(_PAD)
        if self.detail:
            height = text_height(self.detail, self._small(), room)
            painter.setPen(QColor(tokens.muted))
            draw_text(painter, self.detail, self._small(), QRectF(_PAD, top, room, height))
            top += height + 4
        height = text_height(self.sentence, self._bold(), room)
        painter.setPen(QColor(tokens.text))
        draw_text(
            painter,
            self.sentence,
            self._bold(),
            QRectF(_PAD, top, room, height),
            vertical=Qt.AlignmentFlag.AlignTop,
        )

    def _button(self, title: str, anchor: str) -> WordButton:
        button = WordButton(self._theme, self.buttons, icon="arrow-right", trailing=True)
        button.setText(title)
        button.clicked.connect(lambda: self.target_requested.emit(anchor))
        return button

    def _place(self) -> None:
        room = self.width() - 2 * _PAD
        if room > 0:
            top = round(self._words(room)) + 10 + _PAD
            self.buttons.setGeometry(_PAD, top, room, self.buttons.heightForWidth(room))

    def _words(self, room: int) -> float:
        detail = text_height(self.detail, self._small(), room) + 4 if self.detail else 0.0
        return detail + text_height(self.sentence, self._bold(), room)

    def _small(self) -> QFont:
        font = self._theme.body_font()
        font.setPointSizeF(font.pointSizeF() * 0.88)
        return font

    def _bold(self) -> QFont:
        font = self._theme.body_font()
        font.setWeight(QFont.Weight.DemiBold)
        return font
