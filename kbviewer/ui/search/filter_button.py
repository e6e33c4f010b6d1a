"""A button that shows what the results are narrowed down to in one kind of facet."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from kbviewer.i18n.translator import Translator
from kbviewer.model.hits import Facet, FacetKind
from kbviewer.ui.search.facet_names import every_value, kind_name, value_name
from kbviewer.ui.theme.choice_pill import Choice, ChoicePill
from kbviewer.ui.theme.theme import Theme


class FilterButton(ChoicePill):
    """One kind of facet."""

    def __init__(
        self, kind: FacetKind, theme: Theme, translator: Translator, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, parent)
        self.kind = kind
        self._translator = translator

    def show_facets(self, facets: Sequence[Facet], value: str | None) -> None:
        """Offer `facets`, with `value` chosen; a single one is no choice."""
        names, kind = self._translator, self.kind
        self.show_choices(
            kind_name(names, kind),
            every_value(names, kind),
            [Choice(facet.value, value_name(names, kind, facet.value), facet.count) for facet in facets],
            value,
            "" if value is None else value_name(names, kind, value),
        )
