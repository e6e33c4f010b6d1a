"""A kiosk in the session that is delivered for cage, drawn into a window on a display that nobody sees."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from kbviewer.app.kiosk_supervisor import CHILD_VARIABLE
from tests.support.screen_picture import BLACK, ScreenPicture
from tests.support.virtual_display import END_SECONDS, virtual_display

ROOT = Path(__file__).parents[2]
_SCRIPTS: Final = ROOT / "resources" / "packaging" / "kiosk"
# As the service starts it.
SESSION: Final = (str(_SCRIPTS / "session.sh"), str(_SCRIPTS / "cage-session.sh"))
# What wlroots makes of a window that nobody has given a size.
USUAL_SIZE: Final = (1024, 768)
_PATIENCE_S: Final = 60.0
_LOOK_S: Final = 0.02
_PROGRAMS: Final = ("cage", "Xvfb", "xdotool")
_CONNECTED: Final = "03"
# cage refuses root. The user of this namespace owns the same files.
_AS_SOMEBODY: Final = ("unshare", "--user", "--map-user=1000", "--map-group=1000", "--")


def what_is_missing() -> str:
    """Return why cage cannot run here, "" when it can."""
    if missing := [name for name in _PROGRAMS if shutil.which(name) is None]:
        return f"needs {', '.join(missing)}"
    if (
        os.geteuid() == 0
        and subprocess.run([*_AS_SOMEBODY, "true"], capture_output=True, check=False).returncode
    ):
        return "cage does not run as root, and root cannot become somebody else here"
    return ""


class CageKiosk:
    """A running one.

    Attributes:
        session: the process of the session's script.
        picture: what is on its screen.
    """

    def __init__(
        self, session: subprocess.Popen[bytes], display: str, picture: ScreenPicture, runtime: Path
    ) -> None:
        self.session = session
        self.picture = picture
        self._environment = {**os.environ, "DISPLAY": display}
        self._runtime = runtime

    def window(self) -> int:
        """Return the process that shows the kiosk's window, 0 when there is none."""
        return next((each for each in descendants(self.session.pid) if _is_window(each)), 0)

    def fills_screen(self) -> bool:
        """Return whether something lies in each corner; cage's own ground is black."""
        return BLACK not in self.picture.corners()

    def is_dark(self) -> bool:
        """Return whether nothing is on the screen."""
        return set(self.picture.corners()) == {BLACK}

    def clients(self) -> int:
        """Return how many programs talk Wayland to cage."""
        rows = (line.split() for line in Path("/proc/net/unix").read_text(encoding="ascii").splitlines())
        ours = f"{self._runtime}/wayland-"
        return sum(row[-1].startswith(ours) and row[5] == _CONNECTED for row in rows)

    def send(self, *words: str) -> str:
        """Have xdotool do something; return what it says."""
        done = subprocess.run(
            ["xdotool", *words],
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            check=False,
            timeout=_PATIENCE_S,
        )
        return done.stdout

    def wait_until_up(self, before: int = 0) -> None:
        """Wait until a window, another one than `before`, fills the screen."""
        self._wait_until(lambda: self.window() not in (0, before) and self.fills_screen())

    def crash(self) -> float:
        """Have the window crash; return how long it took until the next one filled the screen."""
        before, began = self.window(), time.monotonic()
        os.kill(before, signal.SIGSEGV)
        # Where much else runs, nobody may look while the screen is dark.
        self._wait_until(lambda: self.is_dark() or (self.window() not in (0, before) and self.clients()))
        self.wait_until_up(before)
        return time.monotonic() - began

    def _wait_until(self, is_so: Callable[[], object]) -> None:
        deadline = time.monotonic() + _PATIENCE_S
        while not is_so():
            assert self.session.poll() is None, f"the session has ended with {self.session.returncode}"
            assert time.monotonic() < deadline, "it never came to that"
            time.sleep(_LOOK_S)


@contextmanager
def running_cage_kiosk(
    folder: Path,
    environment: Mapping[str, str],
    arguments: Sequence[str] = (),
    size: tuple[int, int] = USUAL_SIZE,
) -> Iterator[CageKiosk]:
    """Start a display and the session on it, with its window up; end all of it afterwards.

    Args:
        folder: an empty one, for what the session itself needs.
        environment: of the program.
        arguments: of the program.
        size: of the screen.
    """
    runtime, pictures, program = folder / "run", folder / "pictures", folder / "kbviewer"
    for each in (runtime, pictures):
        each.mkdir(mode=0o700, exist_ok=True)
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m kbviewer "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    ours = {
        name: text for name, text in environment.items() if name not in ("WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    }
    ours |= {"XDG_RUNTIME_DIR": str(runtime), "KBVIEWER": str(program)}
    ours |= {"WLR_BACKENDS": "x11", "WLR_RENDERER": "pixman", "WLR_X11_OUTPUTS": "1"}
    with virtual_display(*size, pictures) as display, (folder / "said").open("wb") as said:
        picture = ScreenPicture(pictures)
        session = subprocess.Popen(
            [*(_AS_SOMEBODY if os.geteuid() == 0 else ()), *SESSION, *arguments],
            env={**ours, "DISPLAY": display},
            cwd=ROOT,
            stdout=said,
            stderr=said,
        )
        kiosk = CageKiosk(session, display, picture, runtime)
        try:
            _take_the_screen(kiosk, size)
            kiosk.wait_until_up()
            yield kiosk
        finally:
            _end(kiosk)
            picture.close()


def descendants(parent: int) -> Iterator[int]:
    """Yield the processes below one, the nearest first."""
    try:
        text = Path(f"/proc/{parent}/task/{parent}/children").read_text(encoding="ascii")
    except OSError:
        return
    below = [int(word) for word in text.split()]
    yield from below
    for each in below:
        yield from descendants(each)


def _take_the_screen(kiosk: CageKiosk, size: tuple[int, int]) -> None:
    """Give cage's window, the only one beside the root, the keyboard and all of the display."""
    deadline = time.monotonic() + _PATIENCE_S
    while len(windows := kiosk.send("search", "--onlyvisible", "--name", "").split()) < 2:
        assert time.monotonic() < deadline, "cage has not come up"
        time.sleep(_LOOK_S)
    kiosk.send("windowfocus", windows[-1])
    if size != USUAL_SIZE:
        kiosk.send("windowsize", windows[-1], *map(str, size))


def _is_window(process: int) -> bool:
    try:
        command = Path(f"/proc/{process}/cmdline").read_bytes().split(b"\0")
        environment = Path(f"/proc/{process}/environ").read_bytes().split(b"\0")
    except OSError:
        return False
    return b"--kiosk" in command and f"{CHILD_VARIABLE}=1".encode() in environment


def _end(kiosk: CageKiosk) -> None:
    """End the session as the system does, and see to it that nothing is left."""
    session, everybody = kiosk.session, [*descendants(kiosk.session.pid)]
    session.terminate()
    try:
        session.wait(END_SECONDS)
    except subprocess.TimeoutExpired:
        session.kill()
        session.wait(END_SECONDS)
    deadline = time.monotonic() + END_SECONDS
    while any(Path(f"/proc/{each}").exists() for each in everybody) and time.monotonic() < deadline:
        time.sleep(_LOOK_S)
    for each in everybody:
        _tell(each, signal.SIGKILL)


def _tell(process: int, number: int) -> None:
    try:
        os.kill(process, number)
    except ProcessLookupError:
        return
