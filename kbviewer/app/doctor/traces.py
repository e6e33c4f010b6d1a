"""What earlier runs have left: a window that is open, and what the log says of errors."""

from __future__ import annotations

import re
from collections import deque
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Final

from kbviewer.app.doctor.report import Report
from kbviewer.app.last_run import CRASH_KEPT
from kbviewer.app.paths import Profile
from kbviewer.app.single_instance import who_has
from kbviewer.model.messages import N_, message

_MOST_LINES: Final = 10
_MOST_CRASH_LINES: Final = 12
_MAX_LOG_BYTES: Final = 1 << 20
_ERROR = re.compile(r"\d{4}-\d\d-\d\d \S+ (?:WARNING|ERROR|CRITICAL) ")


def look_at_window(report: Report, profile: Profile) -> None:
    """Tell whether a window has the profile, and whether it answers."""
    holder = who_has(profile.root)
    report.add("window", is_open=holder.is_held, answers=holder.answers)
    if holder.is_held and not holder.answers:
        report.complain(
            message(N_("A window is open on this profile and does not answer.")),
            message(N_("End the process “kbviewer” that hangs, and start the program again.")),
        )


def look_at_log(report: Report, profile: Profile) -> None:
    """Tell what went wrong last. Only first lines: what follows them may quote what is on the page."""
    files = sorted(profile.log.glob("*.log")) if profile.log.is_dir() else []
    errors = [line for file in files for line in _errors_in(file)]
    errors.sort()
    report.add(
        "log",
        files=[file.name for file in files],
        last_errors=errors[-_MOST_LINES:],
        last_crash=_last_crash(profile.log / CRASH_KEPT),
    )


def _last_crash(file: Path) -> list[str]:
    """Return when the program was ended by the system last, and where it was then."""
    try:
        when = datetime.fromtimestamp(file.stat().st_mtime, UTC)
        with file.open(encoding="utf-8", errors="replace") as crash:
            lines = [line.rstrip() for line in islice(crash, _MOST_CRASH_LINES)]
    except OSError:
        return []
    return [when.isoformat(timespec="seconds"), *filter(None, lines)]


def _errors_in(file: Path) -> list[str]:
    try:
        with file.open("rb") as log:
            log.seek(max(0, file.stat().st_size - _MAX_LOG_BYTES))
            text = log.read(_MAX_LOG_BYTES).decode("utf-8", "replace")
    except OSError:
        return []
    return list(deque((line for line in text.splitlines() if _ERROR.match(line)), _MOST_LINES))
