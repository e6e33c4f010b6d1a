"""A choice between few sections, drawn as one pill."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from kbviewer.ui.theme.surfaces import paint_surface
from kbviewer.ui.theme.theme import Theme
from kbviewer.ui.theme.tokens import CARD_CORNER_PX


class SectionSwitch(QWidget):
    """Exactly one section is on; arrow keys move between the buttons.

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
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(4, 4, 4, 4)
        self._layout.setSpacing(4)
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

    def set_offered(self, section: int, *, offered: bool) -> None:
        """Offer a section or not; when the one that is on goes, the first one is on."""
        if not offered and self.section == section:
            self.buttons[0].setChecked(True)
        self.buttons[section].setVisible(offered)

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
        self._layout.addWidget(button)

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
