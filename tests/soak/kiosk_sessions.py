"""The sessions that a kiosk is worked over in, as seen from outside."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Final, Protocol

from tests.support.cage_kiosk import CageKiosk, descendants, running_cage_kiosk
from tests.support.virtual_display import virtual_display

ROOT: Final = Path(__file__).parents[2]
_OPENBOX: Final = ROOT / "resources" / "packaging" / "kiosk" / "openbox-rc.xml"
_PATIENCE_S: Final = 30.0
_END_S: Final = 10.0
_PAUSE_S: Final = 0.05
_UNFILLED: Final = "no window fills the screen"


class Session(Protocol):
    """A kiosk in its session."""

    def ended(self) -> int | None:
        """Return the exit code of what was started, None while it runs."""

    def window(self) -> int:
        """Return the process that shows the window, 0 when there is none."""

    def send(self, *words: str) -> object:
        """Have xdotool do something."""

    def ask_to_close(self) -> None:
        """Have every window asked to close, where the session has a way to."""

    def wrong(self, *, is_resting: bool) -> str:
        """Return what is not as it should be, "" when all is well."""

    def crash(self) -> float:
        """Have the window crash; return after how many seconds the next one was there."""


class OpenboxSession:
    """Under openbox: window manager and windows tell what there is."""

    def __init__(self, display: str, program: subprocess.Popen[bytes]) -> None:
        self._environment = {**os.environ, "DISPLAY": display}
        self._program = program

    def ended(self) -> int | None:
        """Return the exit code of the program, None while it runs."""
        return self._program.poll()

    def window(self) -> int:
        """Return the program's only child."""
        return next(descendants(self._program.pid), 0)

    def send(self, *words: str) -> None:
        """Have xdotool do something."""
        subprocess.run(["xdotool", *words], env=self._environment, check=False, timeout=_PATIENCE_S)

    def ask_to_close(self) -> None:
        """Have the window manager ask every window to close."""
        for window in self.clients():
            self._run("wmctrl", "-i", "-c", window)

    def clients(self) -> list[str]:
        """Return the windows that the window manager manages."""
        return re.findall(r"0x[0-9a-f]+", self._run("xprop", "-root", "_NET_CLIENT_LIST"))

    def wrong(self, *, is_resting: bool) -> str:
        """Return what other window there is, or that none of them fills the screen."""
        ask = ("WM_CLASS", "WM_NAME", "_NET_WM_STATE")
        clients = [self._run("xprop", "-id", each, *ask) for each in self.clients()]
        if not any("_NET_WM_STATE_FULLSCREEN" in each for each in clients):
            return _UNFILLED
        return next((f"another client: {each!r}" for each in clients if "kbviewer" not in each), "")

    def crash(self) -> float:
        """Have the window crash; return after how many seconds the next one filled the screen."""
        before, began = self.window(), time.monotonic()
        os.kill(before, signal.SIGSEGV)
        _wait_until(lambda: self.window() not in (0, before) and not self.wrong(is_resting=True))
        return time.monotonic() - began

    def _run(self, *command: str) -> str:
        done = subprocess.run(
            command, env=self._environment, capture_output=True, text=True, check=False, timeout=_PATIENCE_S
        )
        return done.stdout


class CageSession:
    """Under cage, which tells nothing: the picture and the system's list of sockets do."""

    def __init__(self, kiosk: CageKiosk) -> None:
        self._kiosk = kiosk
        self.window = kiosk.window
        self.send = kiosk.send
        self.crash = kiosk.crash
        self.ended = kiosk.session.poll

    def ask_to_close(self) -> None:
        """Do nothing: cage asks no window to close."""

    def wrong(self, *, is_resting: bool) -> str:
        """Return that there is another client; or, with nobody there, that the window is not full screen.

        A visitor may choose colours that are as black as cage's own ground.
        """
        if not self._kiosk.clients() or (is_resting and not self._kiosk.fills_screen()):
            return _UNFILLED
        return f"{self._kiosk.clients()} clients" if self._kiosk.clients() > 1 else ""


@contextmanager
def _openbox(
    folder: Path, environment: Mapping[str, str], arguments: Sequence[str], size: tuple[int, int]
) -> Iterator[Session]:
    with virtual_display(*size) as display:
        ours = {**environment, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
        manager = subprocess.Popen(
            ["openbox", "--sm-disable", "--config-file", str(_OPENBOX)],
            env=ours,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        command = [sys.executable, "-m", "kbviewer", "--kiosk", *arguments]
        with (folder / "said").open("wb") as said:
            program = subprocess.Popen(command, env=ours, cwd=ROOT, stdout=said, stderr=said)
        session = OpenboxSession(display, program)
        try:
            _wait_until(session.clients)
            yield session
        finally:
            program.terminate()
            program.wait(_END_S)
            manager.terminate()
            manager.wait(_END_S)


@contextmanager
def _cage(
    folder: Path, environment: Mapping[str, str], arguments: Sequence[str], size: tuple[int, int]
) -> Iterator[Session]:
    with running_cage_kiosk(folder, environment, arguments, size) as kiosk:
        yield CageSession(kiosk)


Start = Callable[[Path, Mapping[str, str], Sequence[str], tuple[int, int]], AbstractContextManager[Session]]
SESSIONS: Final[Mapping[str, Start]] = {"openbox": _openbox, "cage": _cage}
"""Start the kiosk, window and all: folder, environment and arguments of the program, size of the screen."""


def _wait_until(is_there: Callable[[], object]) -> None:
    deadline = time.monotonic() + _PATIENCE_S
    while not is_there():
        if time.monotonic() > deadline:
            raise RuntimeError("the kiosk has not come up")
        time.sleep(_PAUSE_S)
