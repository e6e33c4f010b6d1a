"""What was done with libraries and can be taken back, in the one order of Ctrl+Z."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from kbviewer.i18n.translator import Translator
from kbviewer.ui.shell.undoing import Undoing

if TYPE_CHECKING:
    from kbviewer.ui.shell.library_port import Libraries

_MOST: Final = 20


class LibraryPast:
    """Remembers how to take back what was done with libraries. See `undoing.Past`."""

    def __init__(self, libraries: Libraries, undoing: Undoing, translator: Translator) -> None:
        self._libraries = libraries
        self._undoing = undoing
        self._translator = translator
        self._deeds: list[tuple[int, Callable[[], object]]] = []
        undoing.add(self)

    def add(self, undo: Callable[[], object]) -> Callable[[], None]:
        """Remember a deed that was just done; return what takes back that one, once."""
        number = self._undoing.next_number()
        self._deeds.append((number, undo))
        del self._deeds[:-_MOST]

        def take_back() -> None:
            text = self._take_back(number)
            if text:
                self._undoing.said.emit(text)

        return take_back

    @property
    def last_deed(self) -> int:
        """See `Past`."""
        return self._deeds[-1][0] if self._deeds else 0

    def take_back_last(self) -> str:
        """See `Past`."""
        return self._take_back(self.last_deed)

    def _take_back(self, number: int) -> str:
        _ = self._translator.gettext
        if self._is_busy():
            # It might be about the very same pack; what is remembered stays so.
            return _("One thing at a time: wait for what is under way, or cancel it.")
        undo = next((undo for known, undo in self._deeds if known == number), None)
        if undo is None:
            return ""
        self._deeds = [deed for deed in self._deeds if deed[0] != number]
        before = self.last_deed
        undo()
        # Some say themselves what there is now, and can be taken back in their turn.
        return "" if self._is_busy() or self.last_deed != before else _("Taken back.")

    def _is_busy(self) -> bool:
        return self._libraries.work is not None
