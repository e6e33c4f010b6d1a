"""Where the parts of a scope matrix stand: in a grid, or in two lists when there is too little room."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QLabel

from kbviewer.model.blocks import ScopeMatrix
from kbviewer.ui.article.matrix_buttons import CellButton, HeadingButton
from kbviewer.ui.article.matrix_model import HEADING, Spot
from kbviewer.ui.article.wrapped_text import fits, fitting_font, text_height
from kbviewer.ui.theme.theme import Theme

STACK_BELOW_PX = 560
_GAP = 6
_SIZES = (0.88, 0.82, 0.76, 0.7)


class MatrixLayout:
    """Moves the parts of one matrix, or only measures them."""

    def __init__(
        self,
        theme: Theme,
        help_line: QLabel,
        corner: QLabel,
        groups: tuple[QLabel, QLabel],
        headings: dict[Spot, HeadingButton],
        cells: dict[Spot, CellButton],
        matrix: ScopeMatrix,
    ) -> None:
        self._theme = theme
        self._help = help_line
        self._corner = corner
        self._groups = groups
        self._headings = headings
        self._cells = cells
        self._matrix = matrix
        self._stacks: dict[int, bool] = {}
        self.help_texts = ("", "")

    def load(self, matrix: ScopeMatrix) -> None:
        """Take a matrix; what was measured for the one before is forgotten."""
        self._matrix = matrix
        self._stacks = {}

    def is_stacked(self, width: int) -> bool:
        """Return whether there is no room for a grid whose words are whole."""
        if width < STACK_BELOW_PX:
            return True
        if width not in self._stacks:
            font = fitting_font(self._theme.body_font(), self._words(), self._columns(width)[1] - 14, _SIZES)
            self._stacks[width] = not fits(font, self._words(), self._columns(width)[1] - 12)
        return self._stacks[width]

    def _columns(self, width: int) -> tuple[int, float]:
        """Return the widths of the row headings and of a cell."""
        columns = len(self._matrix.columns)
        first = max(120, min(round(width * 0.19), round(190 * self._theme.zoom)))
        return first, (width - first - columns * _GAP) / columns

    def _words(self) -> list[str]:
        matrix = self._matrix
        return [*matrix.columns, *(cell.category for line in matrix.cells for cell in line)]

    def arrange(self, width: int, *, move: bool) -> int:
        """Return the height of everything in `width`; put it there when `move`."""
        stacked = self.is_stacked(width)
        caption = _sized(self._theme.body_font(), 0.88)
        self._help.setFont(caption)
        words = self.help_texts[stacked]
        height = round(text_height(words, caption, width)) + 4
        if move:
            self._help.setText(words)
            self._help.setGeometry(0, 0, width, height)
            for cell in self._cells.values():
                cell.setVisible(not stacked)
            for group in self._groups:
                group.setVisible(stacked)
            self._corner.setVisible(bool(self._corner.text()) and not stacked)
        y = height + _GAP
        return self._stack(width, y, move) if stacked else self._grid(width, y, move)

    def _grid(self, width: int, y: int, move: bool) -> int:
        matrix = self._matrix
        columns = len(matrix.columns)
        first, side = self._columns(width)
        base = self._theme.body_font()
        font = fitting_font(base, self._words(), side - 14, _SIZES)
        for spot, button in self._headings.items():
            is_row = spot.column == HEADING
            button.words_font = _sized(base, 0.88) if is_row else font
            button.is_beside = is_row
        for cell in self._cells.values():
            cell.words_font = font
        head = max(
            self._headings[Spot(HEADING, column)].height_in(side, beside=False) for column in range(columns)
        )
        least = 48 if self._theme.touch else 44
        if move:
            corner = _sized(base, 0.88)
            corner.setItalic(True)
            self._corner.setFont(corner)
            self._corner.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom)
            self._corner.setGeometry(0, y, first - 4, round(head) - 4)
            for column in range(columns):
                left = first + _GAP + column * (side + _GAP)
                self._headings[Spot(HEADING, column)].setGeometry(_rect(left, y, side, head))
        top = y + head + 2
        for row in range(len(matrix.rows)):
            heading = self._headings[Spot(row, HEADING)]
            tallest = max(
                least,
                heading.height_in(first, beside=True),
                *(self._cells[Spot(row, column)].height_in(side) for column in range(columns)),
            )
            if move:
                heading.setGeometry(_rect(0, top, first, tallest))
                for column in range(columns):
                    left = first + _GAP + column * (side + _GAP)
                    self._cells[Spot(row, column)].setGeometry(_rect(left, top, side, tallest))
            top += tallest + _GAP
        return round(top)

    def _stack(self, width: int, y: int, move: bool) -> int:
        base = self._theme.body_font()
        font = _sized(base, 0.94)
        least = 48 if self._theme.touch else 34
        matrix = self._matrix
        lists = (
            [Spot(row, HEADING) for row in range(len(matrix.rows))],
            [Spot(HEADING, column) for column in range(len(matrix.columns))],
        )
        bold = _sized(base, 0.94)
        bold.setWeight(QFont.Weight.DemiBold)
        for group, spots in zip(self._groups, lists, strict=True):
            height = round(text_height(group.text(), bold, width)) + 4
            if move:
                group.setFont(bold)
                group.setGeometry(0, y, width, height)
            y += height
            for spot in spots:
                button = self._headings[spot]
                button.words_font = font
                button.is_beside = True
                tall = max(least, round(button.height_in(width, beside=True)))
                if move:
                    button.setGeometry(0, y, width, tall)
                y += tall + 2
            y += 8
        return y


def _sized(font: QFont, size: float) -> QFont:
    made = QFont(font)
    made.setPointSizeF(font.pointSizeF() * size)
    return made


def _rect(left: float, top: float, width: float, height: float) -> QRect:
    return QRect(QPoint(round(left), round(top)), QPoint(round(left + width) - 1, round(top + height) - 1))
