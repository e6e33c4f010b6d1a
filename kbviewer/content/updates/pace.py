"""How slowly a source may send: slower than that is no slow line, but somebody who keeps us waiting."""

from __future__ import annotations

import time
from collections.abc import Callable

WINDOW_S = 30.0
LEAST_BYTES = 30 << 10
"""How many bytes have to come in each window; a kilobyte a second is slower than any line in use."""


class Pace:
    """Counts the bytes that come, window by window.

    Any thread may ask; one adds.
    """

    def __init__(self, clock: Callable[[], float] | None = None, window_s: float | None = None) -> None:
        self._clock = clock or _now
        self._window_s = WINDOW_S if window_s is None else window_s
        self._begun = self._clock()
        self._count = 0

    def add(self, count: int) -> None:
        """Count bytes; enough of them begin a new window."""
        self._count += count
        if self._count >= LEAST_BYTES:
            self._begun, self._count = self._clock(), 0

    def is_too_slow(self) -> bool:
        """Return whether a window has passed without enough bytes."""
        return self._clock() - self._begun > self._window_s


def _now() -> float:
    """Return the time, looked up when it is asked for, so that tests need not wait."""
    return time.monotonic()
