"""The end that the system asks for: a log-out, a restart, `systemctl stop`."""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from PySide6.QtCore import QSocketNotifier

from kbviewer.ui.shell.window import MainWindow


@contextmanager
def closing_on_request(window: MainWindow) -> Iterator[None]:
    """While the block runs, SIGTERM and SIGHUP close the window, which keeps everything before it goes."""
    if os.name == "nt":
        # Qt is told of a log-out in another way, and closes the windows.
        yield
        return
    # Python runs its own handlers between two of its instructions only, and Qt waits in none of them.
    reading, writing = socket.socketpair()
    for end in (reading, writing):
        end.setblocking(False)
    notifier = QSocketNotifier(reading.fileno(), QSocketNotifier.Type.Read, window)

    def close() -> None:
        with suppress(BlockingIOError):
            reading.recv(16)
        # Also where readers may not end the program.
        window.leave()

    notifier.activated.connect(close)
    before = {number: signal.signal(number, _noted) for number in (signal.SIGTERM, signal.SIGHUP)}
    woken = signal.set_wakeup_fd(writing.fileno(), warn_on_full_buffer=False)
    try:
        yield
    finally:
        signal.set_wakeup_fd(woken)
        for number, handler in before.items():
            signal.signal(number, handler)
        with suppress(RuntimeError):  # gone with the window
            notifier.setEnabled(False)
        reading.close()
        writing.close()


def _noted(_number: int, _frame: object) -> None:
    """Leave it to the window: the signal's number is on its way there."""
