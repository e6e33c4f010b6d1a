"""A button that shows what the results are narrowed down to, and opens a menu with the choices."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from kbviewer.i18n.translator import Translator
from kbviewer.model.hits import Facet, FacetKind
from kbviewer.ui.search.facet_names import every_value, kind_name, value_name
from kbviewer.ui.theme.pill_button import PillButton
from kbviewer.ui.theme.shown_state import ShownState
from kbviewer.ui.theme.theme import Theme

_MOST_TEXT_PX = 180
_MOST_ENTRY_PX = 360


class FilterButton(PillButton):
    """One kind of facet.

    Signals:
        chosen(value): a facet's value, None for all.
    """

    chosen = Signal(object)

    def __init__(
        self, kind: FacetKind, theme: Theme, translator: Translator, parent: QWidget | None = None
    ) -> None:
        super().__init__("chevron-down", theme, parent, icon_behind=True)
        self.kind = kind
        self._translator = translator
        self._facets: Sequence[Facet] = ()
        self._value: str | None = None
        self._state = ShownState(self)
        self.clicked.connect(self._open_menu)

    def show_facets(self, facets: Sequence[Facet], value: str | None) -> None:
        """Offer `facets`, with `value` chosen; a single one is no choice."""
        self._facets, self._value = facets, value
        name = kind_name(self._translator, self.kind)
        full = name if value is None else value_name(self._translator, self.kind, value)
        self.show_text(full, _MOST_TEXT_PX)
        said = name if value is None else f"{name}: {full}"
        self.setAccessibleName(said)
        self.setToolTip(said if value is not None else "")
        self._state.show(value is not None)
        self.setVisible(len(facets) > 1 or value is not None)

    def make_menu(self) -> QMenu:
        """Return a menu with all choices and how many articles each would leave."""
        menu = QMenu(self)
        menu.setAccessibleName(kind_name(self._translator, self.kind))
        group = QActionGroup(menu)
        self._add(menu, group, every_value(self._translator, self.kind), None)
        menu.addSeparator()
        for facet in self._facets:
            name = value_name(self._translator, self.kind, facet.value)
            name = menu.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, _MOST_ENTRY_PX)
            self._add(menu, group, f"{name} ({facet.count})", facet.value)
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
        menu = self.make_menu()
        menu.popup(self.mapToGlobal(QPoint(0, self.height())))
