"""What a visitor may do to a kiosk, as words for xdotool."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from typing import Final

Input = tuple[str, ...]


def _keys(*chords: str) -> Mapping[str, Input]:
    return {chord: ("key", "--clearmodifiers", chord) for chord in chords}


CHORDS: Final[Mapping[str, Input]] = {
    **_keys("alt+F4", "ctrl+q", "ctrl+w", "F11", "Escape", "alt+Tab", "alt+F2", "alt+space"),
    **_keys("super+d", "super+e", "super+r", "super+l", "Super_L", "ctrl+Escape", "ctrl+shift+Escape"),
    **_keys("ctrl+alt+Right", "ctrl+alt+Left", "ctrl+alt+d", "ctrl+alt+t", "ctrl+alt+Delete"),
    **_keys("ctrl+alt+BackSpace", "ctrl+alt+F1", "ctrl+alt+F2", "Print", "alt+Print", "Menu"),
    **_keys("ctrl+o", "ctrl+p", "ctrl+s", "ctrl+n", "ctrl+shift+n", "ctrl+h", "F1", "ctrl+shift+p"),
    "right click": ("mousemove", "600", "400", "click", "3"),
    "right click at the edge": ("mousemove", "1365", "767", "click", "3"),
    "middle click": ("mousemove", "600", "400", "click", "2"),
    "move with Alt": (
        "keydown",
        "alt",
        "mousedown",
        "1",
        "mousemove",
        "200",
        "200",
        "mouseup",
        "1",
        "keyup",
        "alt",
    ),
    "swipe from the left": (
        "mousemove",
        "0",
        "400",
        "mousedown",
        "1",
        "mousemove",
        "400",
        "400",
        "mouseup",
        "1",
    ),
    "swipe from the top": (
        "mousemove",
        "600",
        "0",
        "mousedown",
        "1",
        "mousemove",
        "600",
        "500",
        "mouseup",
        "1",
    ),
    "swipe from below": (
        "mousemove",
        "600",
        "767",
        "mousedown",
        "1",
        "mousemove",
        "600",
        "300",
        "mouseup",
        "1",
    ),
    "long press": ("mousemove", "600", "400", "mousedown", "1", "sleep", "0.9", "mouseup", "1"),
}
"""The ways out of other programs and desktops."""

_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz0123456789"
_NAMED: Final = (
    *("Return", "Tab", "space", "Escape", "BackSpace", "Delete", "Home", "End", "Prior", "Next", "Menu"),
    *("Left", "Right", "Up", "Down", "shift+Tab", *(f"F{number}" for number in range(1, 13))),
)
_HELD: Final = ("ctrl", "alt", "shift", "super", "ctrl+shift", "ctrl+alt", "alt+shift")


def random_inputs(chance: random.Random, count: int, size: tuple[int, int]) -> list[Input]:
    """Return that many inputs; the same for the same seed."""
    kinds: list[tuple[Callable[[random.Random, tuple[int, int]], Input], int]] = [
        (_tap, 40),
        (_key, 25),
        (_chord, 15),
        (_swipe, 10),
        (_wheel, 6),
        (_long_press, 1),
        (_other_button, 3),
    ]
    makes, weights = [make for make, _weight in kinds], [weight for _make, weight in kinds]
    return [make(chance, size) for make in chance.choices(makes, weights, k=count)]


def _place(chance: random.Random, size: tuple[int, int]) -> Input:
    # Every fifth in the bar, where most of the buttons are.
    height = size[1] if chance.random() < 0.8 else 64
    return ("mousemove", str(chance.randrange(size[0])), str(chance.randrange(height)))


def _tap(chance: random.Random, size: tuple[int, int]) -> Input:
    often = chance.choice((1, 1, 1, 2))
    return (*_place(chance, size), "click", "--repeat", str(often), "--delay", "40", "1")


def _key(chance: random.Random, _size: tuple[int, int]) -> Input:
    return ("key", chance.choice((chance.choice(_LETTERS), chance.choice(_NAMED))))


def _chord(chance: random.Random, _size: tuple[int, int]) -> Input:
    key = chance.choice((chance.choice(_LETTERS), chance.choice(_NAMED).removeprefix("shift+")))
    return ("key", f"{chance.choice(_HELD)}+{key}")


def _swipe(chance: random.Random, size: tuple[int, int]) -> Input:
    begin, middle, end = (_place(chance, size) for _time in range(3))
    return (*begin, "mousedown", "1", *middle, *end, "mouseup", "1")


def _wheel(chance: random.Random, size: tuple[int, int]) -> Input:
    return (*_place(chance, size), "click", "--repeat", str(chance.randint(1, 6)), chance.choice(("4", "5")))


def _long_press(chance: random.Random, size: tuple[int, int]) -> Input:
    return (*_place(chance, size), "mousedown", "1", "sleep", "0.8", "mouseup", "1")


def _other_button(chance: random.Random, size: tuple[int, int]) -> Input:
    return (*_place(chance, size), "click", chance.choice(("2", "3", "8", "9")))
