"""What a screen shows, as far as a trial has to know: whether the program fills it."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final, NamedTuple

_HEADER: Final = re.compile(rb"P6\s+(\d+)\s+(\d+)\s+255\s")
_STEP: Final = 7
"""Every so many pixels are counted: enough for areas, and quick."""

Colour = tuple[int, int, int]


class Picture(NamedTuple):
    """A screen's pixels, three bytes each, row by row."""

    width: int
    height: int
    pixels: bytes

    def at(self, x: int, y: int) -> Colour:
        """Return the colour of a pixel."""
        start = 3 * (y * self.width + x)
        red, green, blue = self.pixels[start : start + 3]
        return red, green, blue

    def edges(self) -> set[Colour]:
        """Return all colours of the outermost pixels."""
        rows = {self.at(x, y) for x in range(self.width) for y in (0, self.height - 1)}
        return rows | {self.at(x, y) for y in range(self.height) for x in (0, self.width - 1)}

    def share(self, colour: Colour) -> float:
        """Return how much of the screen has a colour, from 0 to 1."""
        some = Counter(self.pixels[start : start + 3] for start in range(0, len(self.pixels) - 2, 3 * _STEP))
        return some[bytes(colour)] / max(1, some.total())


def read_picture(data: bytes) -> Picture:
    """Read a picture in the PPM format.

    Raises:
        ValueError: it is none.
    """
    found = _HEADER.match(data)
    if found is None:
        raise ValueError("the screen's picture is no PPM")
    width, height = int(found[1]), int(found[2])
    pixels = data[found.end() :]
    if len(pixels) != 3 * width * height:
        raise ValueError("the screen's picture is not whole")
    return Picture(width, height, pixels)


def colour(text: str) -> Colour:
    """Return the colour that #RRGGBB names."""
    red, green, blue = bytes.fromhex(text.removeprefix("#"))
    return red, green, blue
