"""A button that shows what a list is narrowed down to, and opens a menu with the choices."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from kbviewer.ui.theme.pill_button import PillButton
from kbviewer.ui.theme.shown_state import ShownState
from kbviewer.ui.theme.theme import Theme

_MOST_TEXT_PX = 180
_MOST_ENTRY_PX = 360


class Choice(NamedTuple):
    """One entry of the menu: its value, what it is called, and how many articles it would leave."""

    value: str
    name: str
    articles: int


class ChoicePill(PillButton):
    """Offers to narrow a list down in one respect.

    Signals:
        chosen(value): a choice's value, None for all.
        opening(): the menu is about to open; other choices can be shown now.
    """

    opening = Signal()
    chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__("chevron-down", theme, parent, icon_behind=True)
        self._name, self._every = "", ""
        self._choices: Sequence[Choice] = ()
        self._value: str | None = None
        self._state = ShownState(self)
        self.clicked.connect(self._open_menu)

    def show_choices(
        self, name: str, every: str, choices: Sequence[Choice], value: str | None, value_name: str
    ) -> None:
        """Offer `choices`, with `value` chosen; a single one is no choice.

        Args:
            name: in what respect.
            every: the entry that leaves nothing out.
            value_name: what the chosen value is called.
        """
        self._name, self._every, self._choices, self._value = name, every, choices, value
        full = name if value is None else value_name
        self.show_text(full, _MOST_TEXT_PX)
        said = name if value is None else f"{name}: {full}"
        self.setAccessibleName(said)
        self.setToolTip(said if value is not None else "")
        self._state.show(value is not None)
        self.setVisible(len(choices) > 1 or value is not None)

    def make_menu(self) -> QMenu:
        """Return a menu with all choices and how many articles each would leave."""
        menu = QMenu(self)
        menu.setAccessibleName(self._name)
        group = QActionGroup(menu)
        self._add(menu, group, self._every, None)
        menu.addSeparator()
        for choice in self._choices:
            name = menu.fontMetrics().elidedText(choice.name, Qt.TextElideMode.ElideRight, _MOST_ENTRY_PX)
            self._add(menu, group, f"{name} ({choice.articles})", choice.value)
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def nextCheckState(self) -> None:
        """Leave the state alone: it says what is chosen, not that the button was pressed."""

    def _add(self, menu: QMenu, group: QActionGroup, text: str, value: str | None) -> None:
        action = QAction(text.replace("&", "&&"), menu)
        action.setCheckable(True)
        action.setChecked(value == self._value)
        action.triggered.connect(lambda _checked=False: self.chosen.emit(value))
        group.addAction(action)
        menu.addAction(action)

    def _open_menu(self) -> None:
        self.opening.emit()
        menu = self.make_menu()
        menu.popup(self.mapToGlobal(QPoint(0, self.height())))
