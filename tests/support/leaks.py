"""What a test may not leave behind: threads, child processes, windows, running timers.

Qt is looked at only when the test itself has imported it.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

GRACE_SECONDS = 3.0
PROCESSES = Path("/proc")
# Started by the standard library for the whole life of the interpreter.
LASTING_PROCESSES = (b"multiprocessing.resource_tracker", b"multiprocessing.forkserver")
# Qt keeps its one tool tip label as a hidden window.
LASTING_WINDOWS = ("QTipLabel",)


@dataclass(frozen=True)
class Snapshot:
    """What is alive at one moment. Holds the Qt wrappers, so that no identity is used twice."""

    threads: frozenset[threading.Thread]
    children: frozenset[int]
    windows: tuple[Any, ...]
    timers: tuple[Any, ...]


def take_snapshot() -> Snapshot:
    """Remembers what is alive now."""
    return Snapshot(frozenset(threading.enumerate()), _children(), _windows(), _running_timers())


def leaks_since(before: Snapshot) -> list[str]:
    """What has come since and does not go away by itself within a moment, in words."""
    found = _found(before)
    if not found:
        return []
    gc.collect()
    deadline = time.monotonic() + GRACE_SECONDS
    while True:
        _settle_qt()
        found = _found(before)
        if not found or time.monotonic() >= deadline:
            return found
        threading.Event().wait(0.02)


def let_go_of_keys() -> None:
    """Lets Qt know that no key is held: it goes by the last event, which may be a test's Ctrl+Enter."""
    application = _application()
    if application is not None and application.keyboardModifiers().value:
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest
        from PySide6.QtWidgets import QWidget

        QTest.keyRelease(QWidget(), Qt.Key.Key_Control)


def _found(before: Snapshot) -> list[str]:
    searches: tuple[Callable[[], list[str]], ...] = (
        lambda: [f"thread {t.name}" for t in threading.enumerate() if t not in before.threads and _lives(t)],
        lambda: [f"child process {child}" for child in sorted(_children() - before.children)],
        lambda: [f"window {window!r}" for window in _windows() if window not in before.windows],
        lambda: [f"running timer {timer!r}" for timer in _running_timers() if timer not in before.timers],
    )
    return [leak for search in searches for leak in search()]


def _lives(thread: threading.Thread) -> bool:
    """A thread that Qt made is never reported as ended by Python; the system knows."""
    own = PROCESSES / "self" / "task"
    if thread.native_id is not None and own.is_dir():
        return (own / str(thread.native_id)).exists()
    return thread.is_alive()


def _children() -> frozenset[int]:
    tasks = PROCESSES / "self" / "task"
    if not tasks.is_dir():
        return frozenset(child.pid for child in multiprocessing.active_children() if child.pid)
    try:
        # The system's own list costs a hundredth of a walk through all processes; every test looks twice.
        listed = " ".join(_text(task / "children") for task in tasks.iterdir()).split()
    except FileNotFoundError:  # not every Linux keeps one
        listed = [entry.name for entry in PROCESSES.iterdir() if entry.name.isdigit()]
    return frozenset(child for name in listed if (child := _running_child(PROCESSES / name)))


def _text(path: Path) -> str:
    """What a thread's file says; nothing when the thread has ended since its folder was listed."""
    try:
        return path.read_text()
    except ProcessLookupError:
        return ""
    except FileNotFoundError:
        if path.parent.exists():
            raise
        return ""


def _running_child(entry: Path) -> int | None:
    try:
        state, parent = (entry / "stat").read_text(errors="replace").rpartition(")")[2].split()[:2]
        if int(parent) != os.getpid() or state == "Z":
            return None
        command = (entry / "cmdline").read_bytes()
    except OSError:
        return None  # it has ended since the folder was listed
    return None if any(name in command for name in LASTING_PROCESSES) else int(entry.name)


def _application() -> Any:
    widgets = sys.modules.get("PySide6.QtWidgets")
    application = widgets.QApplication.instance() if widgets else None
    return application if widgets and isinstance(application, widgets.QApplication) else None


def _windows() -> tuple[Any, ...]:
    application = _application()
    if application is None:
        return ()
    windows = application.topLevelWidgets()
    return tuple(
        window
        for window in windows
        if window.parent() is None and window.metaObject().className() not in LASTING_WINDOWS
    )


def _running_timers() -> tuple[Any, ...]:
    """Timers that the application or a living window owns."""
    application = _application()
    if application is None:
        return ()
    core = sys.modules["PySide6.QtCore"]
    owners = (application, *_windows())
    return tuple(timer for owner in owners for timer in owner.findChildren(core.QTimer) if timer.isActive())


def _settle_qt() -> None:
    """Lets deferred deletions happen and idle pool threads end."""
    application = _application()
    if application is None:
        return
    core = sys.modules["PySide6.QtCore"]
    core.QThreadPool.globalInstance().waitForDone(100)
    core.QCoreApplication.sendPostedEvents(None, core.QEvent.Type.DeferredDelete.value)
    application.processEvents()
