"""The scope matrix: a grid in which one row and one column are chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

from kbviewer.ui.article.contracts import Texts
from kbviewer.ui.article.matrix_buttons import CellButton, HeadingButton
from kbviewer.ui.article.matrix_layout import MatrixLayout
from kbviewer.ui.article.matrix_model import HEADING, MatrixModel, Spot, Step
from kbviewer.ui.article.matrix_result import MatrixResult
from kbviewer.ui.theme.theme import Theme

Colours = Sequence[Sequence[str]]


class MatrixWidget(QWidget):
    """Shows a matrix and its choice; below 560 px as two lists instead of a grid.

    Signals:
        chosen(row, column): the reader chose; None for an axis without a choice.
        target_requested(anchor): the reader wants to go to a section.
        height_changed: it needs more or less room than before.
    """

    chosen = Signal(object, object)
    target_requested = Signal(str)
    height_changed = Signal()

    def __init__(
        self,
        theme: Theme,
        texts: Texts,
        model: MatrixModel,
        colours: Colours,
        title_of: Callable[[str], str],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._texts = texts
        self._spot = model.entry()
        self._is_stacked = False
        self._help = QLabel(self)
        self._corner = QLabel(self)
        for label in (self._help, self._corner):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self._groups = (QLabel(self), QLabel(self))
        self.headings: dict[Spot, HeadingButton] = {}
        self.cells: dict[Spot, CellButton] = {}
        self._layout = MatrixLayout(
            theme, self._help, self._corner, self._groups, self.headings, self.cells, model.matrix
        )
        self.result = MatrixResult(theme, texts, title_of, self)
        self.result.target_requested.connect(self.target_requested)
        self.result.cleared.connect(self._clear)
        self.refresh(model, colours)

    def refresh(self, model: MatrixModel, colours: Colours) -> None:
        """Show `model` in the theme and language that are on; buttons stay, with their focus."""
        self.model = model
        self._layout.load(model.matrix)
        matrix = model.matrix
        self._corner.setText(matrix.question)
        for index, words in enumerate(matrix.rows):
            self._heading(Spot(index, HEADING), words)
        for index, words in enumerate(matrix.columns):
            self._heading(Spot(HEADING, index), words)
        for row, line in enumerate(matrix.cells):
            for column, cell in enumerate(line):
                self._cell(Spot(row, column), cell.category, colours[row][column])
        gettext = self._texts.gettext
        self._layout.help_texts = (
            gettext("Choose one row and one column."),
            gettext("Choose one answer to each question."),
        )
        self._groups[0].setText(gettext("1. Choose one"))
        self._groups[1].setText(gettext("2. Choose one"))
        self.setAccessibleName(gettext("Scope matrix"))
        for label, muted in (
            (self._help, True),
            (self._corner, True),
            *((group, False) for group in self._groups),
        ):
            tokens = self._theme.tokens
            label.setStyleSheet(f"color: {tokens.muted if muted else tokens.text}")
        self._show()
        self._arrange(self.width())

    @property
    def help_text(self) -> str:
        """The line that says how to choose."""
        return self._help.text()

    def tab_stops(self) -> list[QWidget]:
        """Return what the keyboard reaches: one place of the grid (arrows reach the others), the buttons."""
        if self._layout.is_stacked(self.width()):
            row = self.headings[Spot(self.model.row or 0, HEADING)]
            column = self.headings[Spot(HEADING, self.model.column or 0)]
            return [row, column, *self.result.tab_stops()]
        return [self.button(self._spot), *self.result.tab_stops()]

    def button(self, spot: Spot) -> QWidget:
        """Return the button at `spot`."""
        return self.headings.get(spot) or self.cells[spot]

    def choose(self, spot: Spot) -> None:
        """Choose the row and column of `spot`."""
        self._spot = spot
        if self.model.choose(spot):
            self._show()
            self.height_changed.emit()
            self.chosen.emit(self.model.row, self.model.column)

    def heightForWidth(self, width: int) -> int:
        """Return the height of everything."""
        return self._arrange(width, move=False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out anew."""
        super().resizeEvent(event)
        self._arrange(self.width())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Hide the selection that the text paints behind."""
        QPainter(self).fillRect(self.rect(), QColor(self._theme.tokens.page))

    def _heading(self, spot: Spot, words: str) -> None:
        button = self.headings.get(spot)
        if button is None:
            button = self.headings[spot] = HeadingButton(self._theme, spot, self)
            self._connect(button)
        button.words = words
        button.setAccessibleName(words)

    def _cell(self, spot: Spot, category: str, colour: str) -> None:
        button = self.cells.get(spot)
        if button is None:
            button = self.cells[spot] = CellButton(self._theme, spot, self)
            self._connect(button)
        button.words, button.colour = category, colour
        name = self._texts.gettext("{row}, {column}: {category}").format(
            row=self.model.matrix.rows[spot.row],
            column=self.model.matrix.columns[spot.column],
            category=category,
        )
        button.setAccessibleName(name)
        button.setToolTip(category)

    def _connect(self, button: HeadingButton | CellButton) -> None:
        spot = button.spot
        button.clicked.connect(lambda: self.choose(spot))
        button.moved.connect(lambda step: self._move(spot, step))

    def _move(self, spot: Spot, step: Step) -> None:
        if self._layout.is_stacked(self.width()):
            self._move_in_list(spot, step)
            return
        self._spot = self.model.move(spot, step)
        self.button(self._spot).setFocus(Qt.FocusReason.TabFocusReason)

    def _move_in_list(self, spot: Spot, step: Step) -> None:
        """Move in one of the two lists: up and left are before, down and right after."""
        is_row = spot.column == HEADING
        count = len(self.model.matrix.rows if is_row else self.model.matrix.columns)
        index = spot.row if is_row else spot.column
        index = {
            Step.UP: index - 1,
            Step.LEFT: index - 1,
            Step.DOWN: index + 1,
            Step.RIGHT: index + 1,
            Step.FIRST: 0,
            Step.LAST: count - 1,
        }[step]
        index = max(0, min(count - 1, index))
        target = Spot(index, HEADING) if is_row else Spot(HEADING, index)
        self.headings[target].setFocus(Qt.FocusReason.TabFocusReason)

    def _clear(self) -> None:
        self.model.clear()
        self._show()
        self.height_changed.emit()
        self.chosen.emit(None, None)
        self.tab_stops()[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self) -> None:
        """Bring buttons and result in line with the model."""
        for spot, heading in self.headings.items():
            axis = self.model.row if spot.column == HEADING else self.model.column
            heading.setChecked(axis is not None and self.model.is_chosen(spot))
        for spot, cell in self.cells.items():
            cell.setChecked(self.model.cell is not None and self.model.is_chosen(spot))
            cell.is_lit = self.model.is_lit(spot)
            cell.update()
        self.result.show_choice(self.model, self._colour(), stacked=self._is_stacked)

    def _colour(self) -> str:
        if self.model.row is None or self.model.column is None:
            return ""
        return self.cells[Spot(self.model.row, self.model.column)].colour

    def _arrange(self, width: int, *, move: bool = True) -> int:
        y = self._layout.arrange(width, move=move)
        if self._is_stacked != self._layout.is_stacked(width):
            self._is_stacked = not self._is_stacked
            self.result.show_choice(self.model, self._colour(), stacked=self._is_stacked)
        result = self.result.heightForWidth(width)
        if move:
            self.result.setGeometry(0, y + 8, width, result)
        return y + 8 + result
