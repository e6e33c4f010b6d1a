"""A choice between few sections, drawn as one pill."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QPushButton, QWidget

from kbviewer.ui.theme.surfaces import paint_surface
from kbviewer.ui.theme.theme import Theme
from kbviewer.ui.theme.tokens import CARD_CORNER_PX

_PAD_PX = 4


class SectionSwitch(QWidget):
    """Exactly one section is on; arrow keys move between the buttons. They wrap where there is little room.

    Signals:
        section_changed(number): counted from 0.
    """

    section_changed = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.buttons: list[QPushButton] = []
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._columns = 0
        self._layout = QGridLayout(self)
        self._layout.setContentsMargins(_PAD_PX, _PAD_PX, _PAD_PX, _PAD_PX)
        self._layout.setSpacing(_PAD_PX)
        self._group.idToggled.connect(self._toggled)
        theme.changed.connect(self._restyle)

    @property
    def section(self) -> int:
        """The section that is on."""
        return max(0, self._group.checkedId())

    def set_texts(self, name: str, sections: Sequence[str]) -> None:
        """Set the texts; the first call makes the buttons."""
        self.setAccessibleName(name)
        for number, text in enumerate(sections):
            if number == len(self.buttons):
                self._add_button(number)
            button = self.buttons[number]
            button.setText(text)
            button.setAccessibleDescription(name)
        self._restyle()
        self._arrange()

    def set_offered(self, section: int, *, offered: bool) -> None:
        """Offer a section or not; when the one that is on goes, the first one is on."""
        if not offered and self.section == section:
            self.buttons[0].setChecked(True)
        self.buttons[section].setVisible(offered)
        self._arrange()

    def sizeHint(self) -> QSize:
        """Return room for all sections in one row, and the height that they have now."""
        return QSize(self._width_of(self._shown()), self._layout.sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Return room for one section a row."""
        widest = max((self._width_of([button]) for button in self._shown()), default=0)
        return QSize(widest, self._layout.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap the sections."""
        super().resizeEvent(event)
        self._arrange()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the pill behind the buttons."""
        tokens = self._theme.tokens
        painter = QPainter(self)
        paint_surface(painter, QRectF(self.rect()), tokens.window, tokens.border, corner=CARD_CORNER_PX)
        painter.end()

    def _add_button(self, number: int) -> None:
        button = QPushButton(self)
        button.setCheckable(True)
        # To a screen reader one of several, not a box to tick.
        button.setAutoExclusive(True)
        button.setChecked(number == 0)
        self.buttons.append(button)
        self._group.addButton(button, number)
        self._columns = 0

    def _shown(self) -> list[QPushButton]:
        return [button for button in self.buttons if not button.isHidden()]

    def _width_of(self, buttons: Sequence[QPushButton]) -> int:
        return sum(button.sizeHint().width() + _PAD_PX for button in buttons) + _PAD_PX

    def _arrange(self) -> None:
        """Put the sections into as many columns as fit; all rows but the last are full."""
        shown = self._shown()
        columns = len(shown)
        while columns > 1:
            rows = [shown[at : at + columns] for at in range(0, len(shown), columns)]
            # Columns are as wide as the widest of their sections.
            widest = [max(column, key=lambda button: button.sizeHint().width()) for column in _columns(rows)]
            if self._width_of(widest) <= self.width():
                break
            columns -= 1
        # Two rows of two rather than one of three and one of one.
        columns = ceil(len(shown) / ceil(len(shown) / max(1, columns))) if shown else 0
        for at, button in enumerate(shown):
            self._layout.addWidget(button, at // max(1, columns), at % max(1, columns))
        if columns != self._columns:
            self._columns = columns
            self.updateGeometry()

    def _toggled(self, number: int, checked: bool) -> None:
        if checked:
            self.section_changed.emit(number)

    def _restyle(self) -> None:
        tokens = self._theme.tokens
        on = tokens.accent if tokens.high_contrast else tokens.raised
        text = tokens.on_accent if tokens.high_contrast else tokens.accent
        self.setStyleSheet(
            "QPushButton { background: transparent; border: 2px solid transparent; padding: 2px 14px;"
            f" color: {tokens.muted}; font-weight: 600; }}"
            f"QPushButton:checked {{ background: {on}; color: {text}; border: 2px solid {tokens.border}; }}"
            f"QPushButton:focus {{ border: 2px solid {tokens.accent}; }}"
            f"QPushButton:checked:focus {{ background: {tokens.raised}; color: {tokens.accent}; }}"
        )
        self.update()


def _columns(rows: Sequence[Sequence[QPushButton]]) -> list[list[QPushButton]]:
    return [[row[at] for row in rows if at < len(row)] for at in range(len(rows[0]))]
