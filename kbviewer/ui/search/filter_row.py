"""The row of filters above the results: one button per kind of facet, and one that clears them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from kbviewer.i18n.translator import Translator
from kbviewer.model.hits import Facet, FacetKind
from kbviewer.ui.search.filter_button import FilterButton
from kbviewer.ui.search.narrowing import Narrowing
from kbviewer.ui.theme.flow import FlowRow
from kbviewer.ui.theme.theme import Theme

_GAP_PX = 6


class FilterRow(FlowRow):
    """Shows the facets of an answer, and which of them are chosen.

    Signals:
        narrowed(kind, value): only articles with this value; None for all.
        widened: all filters off.
    """

    narrowed = Signal(object, object)
    widened = Signal()

    def __init__(self, theme: Theme, translator: Translator, parent: QWidget | None = None) -> None:
        super().__init__(parent, gap=_GAP_PX)
        self._translator = translator
        self.buttons = {kind: FilterButton(kind, theme, translator, self) for kind in FacetKind}
        self.clear_button = QPushButton(self)
        self.clear_button.setProperty("flat", True)
        self.clear_button.setStyleSheet("QPushButton { padding: 3px 6px; }")
        self.clear_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.clear_button.clicked.connect(self.widened)
        for kind, button in self.buttons.items():
            button.chosen.connect(partial(self.narrowed.emit, kind))
        self.set_items([*self.buttons.values(), self.clear_button])

    def show_facets(self, facets: Sequence[Facet], narrowing: Narrowing, *, clearable: bool = True) -> None:
        """Offer what `facets` allow; without a choice the row is hidden.

        Args:
            facets: of the answer.
            narrowing: what is chosen.
            clearable: whether the row itself offers to clear what is chosen.
        """
        for kind, button in self.buttons.items():
            own = [facet for facet in facets if facet.kind is kind]
            button.show_facets(own, narrowing.value(kind))
        self.clear_button.setText(self._translator.gettext("Clear filters"))
        self.clear_button.setVisible(narrowing.is_on and clearable)
        self.setVisible(any(not button.isHidden() for button in self.buttons.values()))
        self.arrange()
