"""What is on an X display that nobody sees, pixel by pixel: Xvfb keeps it in a file."""

from __future__ import annotations

import mmap
import struct
from pathlib import Path
from typing import NamedTuple

_HEADER = struct.Struct(">25I")
_COLOUR_BYTES = 12


class Pixel(NamedTuple):
    """A colour."""

    red: int
    green: int
    blue: int


BLACK = Pixel(0, 0, 0)


class ScreenPicture:
    """The screen of a display that `virtual_display` was asked to keep in `folder`, at every moment."""

    def __init__(self, folder: Path) -> None:
        with (folder / "Xvfb_screen0").open("rb") as file:
            self._bytes = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        header = _HEADER.unpack_from(self._bytes)
        self.width, self.height = header[4], header[5]
        bits_per_pixel, self._bytes_per_line, colours = header[11], header[12], header[19]
        assert bits_per_pixel == 32, "a display of 24 bits is expected"
        assert header[7] == 0, "the lowest byte is expected to come first"
        self._begin = header[0] + colours * _COLOUR_BYTES

    def pixel(self, x: int, y: int) -> Pixel:
        """Return one pixel; negative numbers count from the right and from below."""
        at = self._begin + (y % self.height) * self._bytes_per_line + (x % self.width) * 4
        blue, green, red = self._bytes[at : at + 3]
        return Pixel(red, green, blue)

    def corners(self) -> tuple[Pixel, ...]:
        """Return the four outermost pixels."""
        return tuple(self.pixel(x, y) for y in (0, -1) for x in (0, -1))

    def close(self) -> None:
        """Let go of the file."""
        self._bytes.close()
