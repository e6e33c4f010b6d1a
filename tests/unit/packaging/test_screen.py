"""What a machine's screen shows, told from its pixels."""

from __future__ import annotations

import pytest

from kbviewer.ui.theme.tokens import LIGHT
from resources.packaging.boot_session import is_home
from resources.packaging.screen import Colour, Picture, colour, read_picture

WINDOW = colour(LIGHT.window)
ACCENT = colour(LIGHT.accent)
BLACK = (0, 0, 0)


def picture(ground: Colour, inside: Colour, side: int = 40) -> Picture:
    """Return a screen of one colour with a square of another in the middle."""
    pixels = bytearray(bytes(ground) * side * side)
    for y in range(side // 4, side // 2):
        for x in range(side // 4, side // 2):
            pixels[3 * (y * side + x) : 3 * (y * side + x) + 3] = bytes(inside)
    return Picture(side, side, bytes(pixels))


def test_a_picture_is_read() -> None:
    read = read_picture(b"P6\n2 1\n255\n\x01\x02\x03\x04\x05\x06")
    assert (read.at(0, 0), read.at(1, 0)) == ((1, 2, 3), (4, 5, 6))


@pytest.mark.parametrize("data", [b"", b"P5\n1 1\n255\n\x00", b"P6\n2 2\n255\n\x00\x00\x00"])
def test_half_a_picture_is_none(data: bytes) -> None:
    """The screen may be looked at while it is written."""
    with pytest.raises(ValueError, match="picture"):
        read_picture(data)


def test_home_reaches_every_edge() -> None:
    assert is_home(picture(WINDOW, ACCENT))


@pytest.mark.parametrize(
    ("ground", "inside"), [(BLACK, BLACK), (BLACK, ACCENT), (WINDOW, WINDOW), (WINDOW, BLACK)]
)
def test_a_console_and_an_empty_window_are_not_home(ground: Colour, inside: Colour) -> None:
    assert not is_home(picture(ground, inside))


def test_a_window_that_leaves_a_strip_is_not_home() -> None:
    full = picture(WINDOW, ACCENT)
    row = 3 * full.width
    assert not is_home(full._replace(pixels=full.pixels[:-row] + bytes(row)))
