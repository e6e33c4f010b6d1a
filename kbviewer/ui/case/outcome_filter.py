"""Buttons that narrow the list down to open, solved or escalated cases; each says how many there are."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from kbviewer.i18n.translator import Translator
from kbviewer.model.cases import CaseOutcome
from kbviewer.ui.case.filtering import CaseFilter
from kbviewer.ui.theme.flow import FlowRow

_CHOICES = (None, CaseOutcome.OPEN, CaseOutcome.SOLVED, CaseOutcome.ESCALATED)


class OutcomeFilter(FlowRow):
    """Exactly one button is on; arrow keys move between them.

    Signals:
        outcome_chosen(outcome): show cases with this one; None for all.
    """

    outcome_chosen = Signal(object)

    def __init__(self, translator: Translator, parent: QWidget | None = None) -> None:
        super().__init__(parent, gap=6)
        self._translator = translator
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._buttons = [QPushButton(self) for _choice in _CHOICES]
        for number, button in enumerate(self._buttons):
            button.setCheckable(True)
            # To a screen reader one of several, not a box to tick.
            button.setAutoExclusive(True)
            self._group.addButton(button, number)
        self._buttons[0].setChecked(True)
        self._group.idToggled.connect(self._toggled)
        self.set_items(self._buttons)

    @property
    def buttons(self) -> list[QPushButton]:
        """All, open, solved, escalated."""
        return self._buttons

    def choose(self, outcome: CaseOutcome | None) -> None:
        """Put another button on."""
        self._buttons[_CHOICES.index(outcome)].setChecked(True)

    def show_counts(self, cases: CaseFilter) -> None:
        """Say how many cases each button would show."""
        pgettext = self._translator.pgettext
        self.setAccessibleName(self._translator.gettext("Which cases"))
        names = (
            pgettext("cases", "All"),
            pgettext("cases", "Open"),
            pgettext("cases", "Solved"),
            pgettext("cases", "Escalated"),
        )
        for button, choice, name in zip(self._buttons, _CHOICES, names, strict=True):
            button.setText(f"{name} ({cases.count(choice)})")
        self.arrange()

    def _toggled(self, number: int, checked: bool) -> None:
        if checked:
            self.outcome_chosen.emit(_CHOICES[number])
