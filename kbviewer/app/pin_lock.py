"""Tries of a kiosk's PIN, each slower than the one before.

How many were wrong stands in a file before a try is judged: neither pulling the plug nor a crash gives a
fresh start. After a restart the whole delay begins anew, whatever the computer's clock says.
"""

from __future__ import annotations

import json
import logging
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from kbviewer.app.pin_hash import LONGEST, is_pin

FIRST_DELAY_S: Final = 1.0
LONGEST_DELAY_S: Final = 3600.0
_MOST_BYTES: Final = 1000
_MOST_FAILURES: Final = 1000
# Who has damaged the file may have wanted another number in it.
_DAMAGED: Final = 6

_log = logging.getLogger(__name__)


class PinLock:
    """Says whether a PIN is right, if it is time to ask."""

    def __init__(self, stored: str, file: Path, now: Callable[[], float] = time.monotonic) -> None:
        """Read how often it was wrong so far.

        Args:
            stored: hash of the PIN.
            file: remembers how many tries were wrong; missing until there is one.
            now: seconds since any moment.
        """
        self._stored = stored
        self._file = file
        self._now = now
        self._failures = self._read()
        self._until = now() + delay_s(self._failures)

    @property
    def wait_s(self) -> float:
        """How many seconds are left until the next try."""
        return max(0.0, self._until - self._now())

    def opens(self, pin: str) -> bool:
        """Return whether this is the PIN. Always false while there is something to wait for."""
        if self.wait_s or not pin or len(pin) > LONGEST:
            return False
        self._keep(min(self._failures + 1, _MOST_FAILURES))
        if is_pin(pin, self._stored):
            self._keep(0)
            return True
        self._until = self._now() + delay_s(self._failures)
        _log.warning("a wrong PIN, the %d. in a row", self._failures)
        return False

    def _keep(self, failures: int) -> None:
        self._failures = failures
        draft = self._file.with_name(f"{self._file.name}.new")
        try:
            if not failures:
                self._file.unlink(missing_ok=True)
                return
            self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with draft.open("w", encoding="utf-8") as out:
                json.dump({"failures": failures}, out)
                out.flush()
                os.fsync(out.fileno())
            draft.replace(self._file)
        except OSError as error:
            _log.error("wrong PINs are counted until the next restart only: %s", error)

    def _read(self) -> int:
        try:
            with self._file.open("rb") as source:
                failures = json.loads(source.read(_MOST_BYTES))["failures"]
        except FileNotFoundError:
            return 0
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return _DAMAGED
        return failures if type(failures) is int and 0 <= failures <= _MOST_FAILURES else _DAMAGED


def delay_s(failures: int) -> float:
    """Return how long to wait after so many wrong PINs in a row: 1 s, then twice as long each time."""
    if not failures:
        return 0.0
    return min(FIRST_DELAY_S * 2.0 ** min(failures - 1, 30), LONGEST_DELAY_S)
