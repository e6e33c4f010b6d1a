"""Keys that the lists of marks answer to themselves, before the window does."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent


def is_undo(event: QKeyEvent) -> bool:
    """Return whether Ctrl+Z was pressed."""
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return event.key() == Qt.Key.Key_Z and modifiers == Qt.KeyboardModifier.ControlModifier
