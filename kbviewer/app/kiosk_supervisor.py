"""The process that stands behind a kiosk: it shows nothing, and starts the window again when it has ended.

The window writes to its output stream every other second. When it does not, it hangs, and is ended and
started anew like one that has crashed. The window ends by itself when nobody stands behind it any more.
"""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from types import FrameType
from typing import TYPE_CHECKING, Final

from kbviewer.app.own_process import program_command

if TYPE_CHECKING:
    from kbviewer.app.window_request import WindowRequest

CHILD_VARIABLE: Final = "KBVIEWER_KIOSK_CHILD"
BEAT_S: Final = 2.0
_SILENT_S: Final = 20.0
_START_S: Final = 90.0
_LOOK_S: Final = 0.5
_END_S: Final = 5.0
_CHUNK_BYTES: Final = 4096
# The command line was wrong, or the libraries are not there: the window has said so, and would say it again.
_SAID_WHY: Final = (0, 1, 2)

_log = logging.getLogger(__name__)


class Backoff:
    """How long to wait before the next start: hardly at first, longer when it does not help."""

    FIRST_S: Final = 0.1
    LONGEST_S: Final = 30.0
    HEALTHY_S: Final = 60.0

    def __init__(self) -> None:
        self._next_s = self.FIRST_S

    def delay_s(self, lived_s: float) -> float:
        """Return how long to wait after a window that has lived that long."""
        if lived_s >= self.HEALTHY_S:
            self._next_s = self.FIRST_S
        delay, self._next_s = self._next_s, min(self._next_s * 2, self.LONGEST_S)
        return delay


def is_supervised(environ: Mapping[str, str] | None = None) -> bool:
    """Return whether this process is the window, with a supervisor behind it."""
    return (os.environ if environ is None else environ).get(CHILD_VARIABLE, "") == "1"


def window_command(request: WindowRequest) -> list[str]:
    """Return the command that opens the request's window in a process of its own."""
    command = [*program_command(), "--kiosk", "--profile", str(request.profile)]
    if request.language:
        command += ["--language", request.language]
    for library in request.libraries:
        command += ["--library", str(library)]
    if request.article:
        anchor = f"#{request.anchor}" if request.anchor else ""
        command += ["open", "--", f"{request.article}{anchor}"]
    return command


class Supervisor:
    """Keeps one window alive until it ends because it was asked to."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        sleep: Callable[[float], object] = time.sleep,
        now: Callable[[], float] = time.monotonic,
        silent_s: float = _SILENT_S,
        start_s: float = _START_S,
    ) -> None:
        self._command = list(command)
        self._sleep = sleep
        self._now = now
        self._silent_s = silent_s
        self._start_s = start_s
        self._process: subprocess.Popen[bytes] | None = None
        self._heard = 0.0
        self._is_asked_to_end = False

    def run(self) -> int:
        """Start the window as often as it takes; return the exit code of the last one."""
        backoff = Backoff()
        while True:
            began = self._now()
            code = self._run_once()
            if self._is_asked_to_end:
                return 0
            if code in _SAID_WHY:
                return code
            delay = backoff.delay_s(self._now() - began)
            _log.critical("the window has ended (%s); it is started again in %.1f s", _why(code), delay)
            if not self._rest(delay):
                return 0

    def end(self) -> None:
        """End the window, and start no other one."""
        self._is_asked_to_end = True
        if self._process is not None:
            self._process.terminate()

    def _rest(self, delay: float) -> bool:
        """Wait, in pieces so that a signal is heard; return whether there is still anything to wait for."""
        while delay > 0 and not self._is_asked_to_end:
            self._sleep(min(delay, _LOOK_S))
            delay -= _LOOK_S
        return not self._is_asked_to_end

    def _run_once(self) -> int:
        environment = {**os.environ, CHILD_VARIABLE: "1"}
        with subprocess.Popen(self._command, stdout=subprocess.PIPE, env=environment) as process:
            self._process = process
            self._heard = self._now() + self._start_s - self._silent_s
            output = process.stdout.fileno() if process.stdout is not None else -1
            listener = threading.Thread(target=self._listen, args=(output,), name="kiosk", daemon=True)
            listener.start()
            try:
                return self._wait(process)
            finally:
                self._process = None
                if process.poll() is None:
                    process.kill()
                    process.wait()
                listener.join(_END_S)

    def _wait(self, process: subprocess.Popen[bytes]) -> int:
        while True:
            try:
                return process.wait(_LOOK_S)
            except subprocess.TimeoutExpired:
                if self._now() - self._heard > self._silent_s:
                    _log.critical("the window does not answer any more")
                    process.kill()
                    return process.wait()

    def _listen(self, output: int) -> None:
        while os.read(output, _CHUNK_BYTES):
            # Not back from the patience that a start is given.
            self._heard = max(self._heard, self._now())


def supervise(command: Sequence[str]) -> int:
    """Keep a kiosk's window alive; return the exit code when it has ended as it should."""
    supervisor = Supervisor(command)

    def end(_number: int, _frame: FrameType | None) -> None:
        supervisor.end()

    before = {number: signal.signal(number, end) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        return supervisor.run()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _why(code: int) -> str:
    if code >= 0:
        return f"exit code {code}"
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"signal {-code}"
