"""How the last run of the window ended: a mark stands in the profile while one runs."""

from __future__ import annotations

import contextlib
import faulthandler
import json
import logging
from types import TracebackType
from typing import IO, Any, Final, NamedTuple

from kbviewer.app.paths import Profile
from kbviewer.app.single_instance import who_has
from kbviewer.model.errors import KbError

MOST_BAD_STARTS: Final = 2
CRASH_KEPT: Final = "crash-last.txt"
_MARK: Final = "running.json"
_CRASH: Final = "crash.txt"
_MAX_MARK_BYTES: Final = 1024
_MAX_REPORT_BYTES: Final = 64 * 1024
_log = logging.getLogger(__name__)


class LastRun(NamedTuple):
    """How the last run ended.

    Attributes:
        ended_badly: it was neither closed nor ended by the system in good order.
        bad_starts: how many runs in a row have ended so while they started.
        report: where in the program it was, "" when nothing is known.
    """

    ended_badly: bool = False
    bad_starts: int = 0
    report: str = ""


class RunMark:
    """Stands in the profile from the start of the window to its end in good order.

    Another window on the same profile, which cannot be handed over to, leaves the mark alone.
    """

    def __init__(self, profile: Profile) -> None:
        self._mark = profile.root / _MARK
        self._crash = profile.log / _CRASH
        self._kept = profile.log / CRASH_KEPT
        self._is_ours = not who_has(profile.root).is_held
        self._bad_starts = 0
        self._file: IO[str] | None = None

    def begin(self) -> LastRun:
        """Say how the last run ended, and mark that another one starts."""
        if not self._is_ours:
            return LastRun()
        before = self._read()
        last = LastRun()
        if before is not None:
            was_starting = before.get("stage") != "open"
            earlier = before.get("bad_starts")
            self._bad_starts = (earlier if type(earlier) is int else 0) + 1 if was_starting else 0
            last = LastRun(True, self._bad_starts, self._take_report())
            _log.error("the last run ended unexpectedly while it was %s", before.get("stage"))
        self._write("starting")
        return last

    def watch(self) -> None:
        """Have a crash from now on leave a report: the lines of the program that it was in, and no data."""
        if self._is_ours:
            with contextlib.suppress(OSError):
                self._crash.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                self._file = self._crash.open("w", encoding="utf-8")
                faulthandler.enable(self._file)

    def note_open(self) -> None:
        """The window has been there for a while: whatever happens now, it was not the start."""
        if self._is_ours:
            self._bad_starts = 0
            self._write("open")

    def end(
        self,
        kind: type[BaseException] | None = None,
        _error: BaseException | None = None,
        _trace: TracebackType | None = None,
    ) -> None:
        """The run ends. In good order, as is a sentence why it cannot begin, nothing is left."""
        if self._file is not None:
            faulthandler.disable()
            self._file.close()
            self._file = None
        if self._is_ours and (kind is None or issubclass(kind, KbError)):
            for path in (self._crash, self._mark):
                with contextlib.suppress(OSError):
                    path.unlink(missing_ok=True)

    def _read(self) -> dict[str, Any] | None:
        """Return what the last run has left, None when it has left nothing."""
        try:
            with self._mark.open("rb") as file:
                value = json.loads(file.read(_MAX_MARK_BYTES))
        except OSError:
            return None
        except (ValueError, RecursionError):
            return {}
        return value if isinstance(value, dict) else {}

    def _write(self, stage: str) -> None:
        with contextlib.suppress(OSError):
            self._mark.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._mark.write_text(
                json.dumps({"stage": stage, "bad_starts": self._bad_starts}), encoding="utf-8"
            )

    def _take_report(self) -> str:
        """Return what the last run has written while it crashed, and keep it beside the log."""
        try:
            with self._crash.open("rb") as file:
                report = file.read(_MAX_REPORT_BYTES).decode("utf-8", "replace")
            if report:
                self._crash.replace(self._kept)
        except OSError:
            return ""
        return report
