"""The menu of a step: what became of it, and a note on it."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from kbviewer.model.blocks import Step
from kbviewer.model.cases import StepOutcome
from kbviewer.ui.article.contracts import Texts
from kbviewer.ui.article.step_keys import NOTE_KEY, OUTCOME_KEYS
from kbviewer.ui.article.step_words import StepWords
from kbviewer.ui.article.tick_model import TickModel, TickState

# The keys stand in the menu as they work on a box that has the focus.
_KEYS = {outcome: key for key, outcome in OUTCOME_KEYS.items()}
_STATES = {
    StepOutcome.DONE: TickState.DONE,
    StepOutcome.FAILED: TickState.FAILED,
    StepOutcome.SKIPPED: TickState.SKIPPED,
    None: TickState.EMPTY,
}


class Deeds(Protocol):
    """What the menu can do."""

    def set_outcome(self, step: str, outcome: StepOutcome | None) -> None:
        """Keep what became of a step, of a parent's sub-steps."""

    def write_note(self, step: str) -> None:
        """Let the reader write a note on a step."""


class StepMenu:
    """Offers what can be said of a step."""

    def __init__(self, texts: Texts, words: StepWords, deeds: Deeds) -> None:
        self._texts = texts
        self._words = words
        self._deeds = deeds

    def popup(self, step: Step, model: TickModel, point: QPoint, parent: QWidget) -> None:
        """Open the menu at a point of the screen."""
        menu = QMenu(parent)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.fill(menu, step, model)
        menu.popup(point)

    def fill(self, menu: QMenu, step: Step, model: TickModel) -> None:
        """Put what can be said of the step into a menu; of a parent not that it failed, nor a note."""
        gettext = self._texts.gettext
        title = menu.addAction(gettext("Step {number}").format(number=step.number))
        title.setEnabled(False)
        group = QActionGroup(menu)
        outcomes: list[StepOutcome | None] = [*StepOutcome, None]
        parent = model.is_parent(step.id)
        state = model.state(step.id)
        for outcome in outcomes:
            if parent and outcome is StepOutcome.FAILED:
                continue
            key = _KEYS[outcome] if outcome is not None else gettext("Del")
            action = menu.addAction(f"{self._words.outcome(outcome)}\t{key}")
            action.setCheckable(True)
            action.setChecked(state is _STATES[outcome])
            group.addAction(action)
            action.triggered.connect(lambda _on, chosen=outcome: self._deeds.set_outcome(step.id, chosen))
        if not parent:
            menu.addSeparator()
            note = menu.addAction(gettext("Note…") + f"\t{NOTE_KEY}")
            note.triggered.connect(lambda: self._deeds.write_note(step.id))
