"""Enter presses the button that has the focus, as Space does: Qt lets it do so in dialogs only."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget

_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_PLAIN: Final = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


def press_with_enter(event: QKeyEvent, focus: QWidget | None) -> bool:
    """Press the button `focus` if that is what a key means that nothing else wanted; return whether it is.

    A key that is still held down, from the field before it perhaps, was not meant for the button.
    """
    if event.key() not in _ENTER or event.modifiers() not in _PLAIN:
        return False
    if not isinstance(focus, QPushButton | QToolButton) or not focus.hasFocus():
        return False
    if not event.isAutoRepeat():
        if focus.menu() is not None:
            focus.showMenu()
        else:
            focus.click()
    return True
