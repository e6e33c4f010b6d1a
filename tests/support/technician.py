"""A technician at a desktop: does each thing either with the keyboard alone or with the mouse."""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import cycle
from typing import Any

from tests.support.hands import Hands
from tests.support.virtual_display import ScreenReader

PATIENCE_S = 20.0
MOST_TABS = 80
MOST_NOTCHES = 60
# Where the page is on the screen, whatever stands above it.
TOP_PX, BOTTOM_PX = 190, 700


def wait_until(reached: Callable[[], bool], what: str) -> None:
    """Return as soon as it has come to that."""
    deadline = time.monotonic() + PATIENCE_S
    while not reached():
        assert time.monotonic() < deadline, f"it never came to that: {what}"
        time.sleep(0.02)


class Keyboard:
    """Reaches everything with keys."""

    def __init__(self, reader: ScreenReader, hands: Hands) -> None:
        self._reader = reader
        self._hands = hands

    def press(self, *keys: str) -> dict[str, Any]:
        """Press keys that move the focus and return what has it then."""
        self._reader("forget_focus")
        self._hands.press(*keys)
        found: dict[str, Any] = self._reader("focus")
        return found

    def press_to(self, keys: str, role: str, name: str) -> None:
        """Press keys that bring the focus to a place, maybe by way of others."""
        found = self.press(keys)
        while (found["role"], found["name"].startswith(name)) != (role, True):
            found = self._reader("focus")

    def tab_to(self, role: str, name: str, key: str = "Tab") -> None:
        """Press Tab until the focus is there."""
        passed = []
        for _press in range(MOST_TABS):
            found = self.press(key)
            if found["role"] == role and found["name"].startswith(name):
                return
            passed.append(f"{found['role']} “{found['name']}”")
        raise AssertionError(f"Tab never came to {role} “{name}”, but to {passed}")


class Mouse:
    """Reaches everything with the pointer; types only text."""

    def __init__(self, reader: ScreenReader, hands: Hands) -> None:
        self._reader = reader
        self._hands = hands

    def click(self, role: str, name: str, window: str = "") -> None:
        """Click on something that is in sight, in any window or in the one called so."""
        found = self._reader("find", role=role, name=name, window=window)
        left, top, width, height = self._reader("place", number=found["number"])
        self._hands.click(left + width // 2, top + height // 2)

    def choose(self, button: str, *items: str) -> None:
        """Open a menu with its button and go through it to an item."""
        left, top, _width, height = self._place("push button", button)
        self.click("push button", button)
        self._reader("forget_focus")
        # The first row may be a heading.
        points = cycle([(left + 12, top + height + below) for below in (16, 46)])

        def point_into_menu() -> bool:
            self._hands.move(*next(points))
            return bool(self._reader("has_moved"))

        wait_until(point_into_menu, f"the menu of {button} is there")
        for item in items:
            self.click("menu item", item)

    def click_in_page(self, role: str, name: str) -> None:
        """Scroll to something in the article and click on it."""
        self.scroll_to(role, name)
        self.click(role, name)

    def scroll_to(self, role: str, name: str) -> None:
        """Turn the wheel until something stands in the page."""
        self._scroll(role, name, (1000, 450), TOP_PX, BOTTOM_PX)

    def scroll_above(self, role: str, name: str, button: str, field: str) -> None:
        """Turn the wheel over a field of a dialog until something stands above one of its buttons."""
        left, top, width, height = self._place("text", field)
        end = self._place("push button", button)[1]
        self._scroll(role, name, (left + width // 2, top + height // 2), 0, end)

    def _scroll(self, role: str, name: str, point: tuple[int, int], top: int, bottom: int) -> None:
        number = self._reader("find", role=role, name=name)["number"]
        for _notch in range(MOST_NOTCHES):
            place = self._reader("place", number=number)
            if place[1] >= top and place[1] + place[3] <= bottom:
                return
            self._hands.scroll(*point, 1 if place[1] > top else -1)
            wait_until(lambda was=place: self._reader("place", number=number) != was, f"scroll to {name}")  # type: ignore[misc]
        raise AssertionError(f"the wheel never came to {role} “{name}”")

    def _place(self, role: str, name: str) -> list[int]:
        found = self._reader("find", role=role, name=name)
        place: list[int] = self._reader("place", number=found["number"])
        return place

    def wait_for_focus(self, role: str, name: str) -> None:
        """Wait until a dialog stands where it stays: then something in it has the focus."""
        found = self._reader("focus")
        while (found["role"], found["name"].startswith(name)) != (role, True):
            found = self._reader("focus")

    def fill(self, name: str, text: str) -> None:
        """Click into a field and write, in place of what stands there."""
        self.click("text", name)
        self._hands.press("ctrl+a")
        self._hands.type(text)
