"""Buttons whose state tells something and is not what a press changes."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QAbstractButton


class ShownState(QObject):
    """Holds the state of a button that overrides `nextCheckState` to do nothing.

    To screen readers such a button can be toggled, and no more. When one does that, the button is pressed.
    """

    def __init__(self, button: QAbstractButton) -> None:
        super().__init__(button)
        self._button = button
        self._is_on = False
        button.setCheckable(True)
        button.toggled.connect(self._follow)

    def show(self, is_on: bool) -> None:
        """Set the state."""
        self._is_on = is_on
        self._button.setChecked(is_on)

    def _follow(self, is_checked: bool) -> None:
        if is_checked != self._is_on:
            self._button.setChecked(self._is_on)
            self._button.click()
