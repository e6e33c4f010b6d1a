"""A keyboard and a mouse on a display: what is pressed and clicked goes through the X server."""

from __future__ import annotations

import os
import subprocess

PATIENCE_S = 20.0


class Hands:
    """Presses, types and clicks on one display, wherever its focus and its windows are."""

    def __init__(self, display: str) -> None:
        self._environment = {**os.environ, "DISPLAY": display}

    def press(self, *keys: str) -> None:
        """Press keys one after the other, each with its modifiers, as in "ctrl+shift+n"."""
        self._do("key", "--clearmodifiers", "--delay", "0", *keys)

    def type(self, text: str) -> None:
        """Type a text, letter by letter."""
        self._do("type", "--clearmodifiers", "--delay", "0", text)

    def click(self, x: int, y: int) -> None:
        """Click with the left button."""
        self._do("mousemove", "--sync", str(x), str(y), "click", "1")

    def move(self, x: int, y: int) -> None:
        """Move the pointer."""
        self._do("mousemove", str(x), str(y))

    def scroll(self, x: int, y: int, notches: int) -> None:
        """Turn the wheel over a point, downwards when `notches` is positive."""
        button = "5" if notches > 0 else "4"
        self._do("mousemove", str(x), str(y), "click", "--repeat", str(abs(notches)), button)

    def _do(self, *arguments: str) -> None:
        subprocess.run(["xdotool", *arguments], env=self._environment, check=True, timeout=PATIENCE_S)
