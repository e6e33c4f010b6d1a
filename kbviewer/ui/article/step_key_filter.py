"""Keys that say what became of a step, on what else belongs to the step than its box."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from kbviewer.model.cases import StepOutcome
from kbviewer.ui.article.step_keys import NOTE_KEY, OUTCOME_KEYS

_OUTCOMES = {Qt.Key[f"Key_{key}"]: outcome for key, outcome in OUTCOME_KEYS.items()}
_NOTE = Qt.Key[f"Key_{NOTE_KEY}"]


class StepKeyFilter(QObject):
    """Lets a widget answer the keys of a step."""

    def __init__(
        self,
        widget: QWidget,
        set_outcome: Callable[[StepOutcome | None], object],
        write_note: Callable[[], object],
    ) -> None:
        super().__init__(widget)
        self._set_outcome = set_outcome
        self._write_note = write_note
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take plain keys that stand for something."""
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        key, modifiers = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if modifiers & ~Qt.KeyboardModifier.ShiftModifier:
            return False
        if key in _OUTCOMES:
            self._set_outcome(_OUTCOMES[Qt.Key(key)])
        elif key == _NOTE:
            self._write_note()
        else:
            return False
        return True
