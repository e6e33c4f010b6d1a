"""Undo: one order over everything that the window can take back, last first."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QObject, Signal

from kbviewer.i18n.translator import Translator
from kbviewer.model.errors import KbError
from kbviewer.ui.case.desk import CaseDesk


class Past(Protocol):
    """Deeds of one kind, each with the number that `Undoing.next_number` gave it."""

    @property
    def last_deed(self) -> int:
        """The number of the deed that is taken back next, 0 for none."""

    def take_back_last(self) -> str:
        """Take the last deed back; return what to say of it, "" when it could not be, which is told then."""


class Undoing(QObject):
    """Takes back what was done last, wherever that was: in a case, with a bookmark, a note or the history.

    Signals:
        done(): something new can be taken back; offers to take back what was before it are out of date.
        said(text): a short note for the reader.
    """

    done = Signal()
    said = Signal(str)

    def __init__(self, translator: Translator, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._translator = translator
        self._pasts: list[Past] = []
        self._number = 0

    def next_number(self) -> int:
        """Return the number of a deed that was just done; later deeds have higher ones."""
        self._number += 1
        self.done.emit()
        return self._number

    def add(self, past: Past) -> None:
        """Let the deeds of another kind be taken back in their turn."""
        self._pasts.append(past)

    def undo(self) -> None:
        """Take the last deed back, and say what that was."""
        last = max(self._pasts, key=lambda past: past.last_deed, default=None)
        if last is None or not last.last_deed:
            self.said.emit(self._translator.gettext("There is nothing to undo."))
            return
        text = last.take_back_last()
        if text:
            self.said.emit(text)


class DeskPast:
    """What was done in cases or with steps."""

    def __init__(self, desk: CaseDesk, translator: Translator) -> None:
        self._desk = desk
        self._translator = translator

    @property
    def last_deed(self) -> int:
        """See `Past`."""
        return self._desk.last_deed

    def take_back_last(self) -> str:
        """See `Past`."""
        try:
            undone = self._desk.undo()
        except KbError:
            return ""  # told already
        if undone is None:
            return ""
        from kbviewer.ui.case.undone import describe_undone

        return describe_undone(undone.change, undone.at_work, self._translator)
