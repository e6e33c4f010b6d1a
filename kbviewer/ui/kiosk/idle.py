"""How long nobody has touched the terminal, and what follows from that. Knows no Qt."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from typing import Final

WARNING_S: Final = 10.0
_LONG_S: Final = 86_400


class IdleClock:
    """Counts from the last touch; warns before the time is up, so that a slow reader can stay."""

    def __init__(self, limit_s: int, now: Callable[[], float] = time.monotonic) -> None:
        """Begin to count.

        Args:
            limit_s: after how many seconds without a touch it is over; 0 for never.
            now: seconds since any moment.
        """
        self._limit_s = limit_s
        self._now = now
        # Whoever sets a very short time still gets as long to read as to react.
        self._warning_s = min(WARNING_S, limit_s / 2)
        self._touched = now()

    def touch(self) -> None:
        """Count anew: somebody is there."""
        self._touched = self._now()

    @property
    def seconds_left(self) -> int:
        """How many seconds are left, rounded up; 0 when it is over."""
        if not self._limit_s:
            return _LONG_S
        return max(0, math.ceil(self._limit_s - (self._now() - self._touched)))

    @property
    def warns(self) -> bool:
        """Whether it is time to say that the end is near."""
        return bool(self._limit_s) and self._now() - self._touched >= self._limit_s - self._warning_s

    @property
    def is_over(self) -> bool:
        """Whether nobody has been there for too long."""
        return bool(self._limit_s) and self._now() - self._touched >= self._limit_s
