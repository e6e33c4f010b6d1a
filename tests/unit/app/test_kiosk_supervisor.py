"""The process behind a kiosk's window, with small processes in place of the window."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from kbviewer.app.kiosk_supervisor import (
    CHILD_VARIABLE,
    Backoff,
    Supervisor,
    is_supervised,
    window_command,
)
from kbviewer.app.window_request import WindowRequest


def program(code: str, *arguments: object) -> list[str]:
    return [sys.executable, "-c", code, *map(str, arguments)]


# Each start writes a letter; what happens then depends on how many there are.
COUNTING = """
import os, signal, sys
with open(sys.argv[1], "a") as file:
    file.write(os.environ["KBVIEWER_KIOSK_CHILD"])
starts = os.path.getsize(sys.argv[1])
deeds = sys.argv[2].split()
deed = deeds[min(starts, len(deeds)) - 1]
if deed == "killed":
    os.kill(os.getpid(), signal.SIGKILL)
if deed == "silent":
    signal.pause()
sys.exit(int(deed))
"""


def starts(file: Path) -> int:
    return len(file.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("deeds", "code", "count"),
    [
        pytest.param("70 killed 139 0", 0, 4, id="crashes"),
        pytest.param("0", 0, 1, id="closed with the PIN"),
        pytest.param("2", 2, 1, id="wrong command line"),
        pytest.param("70 1", 1, 2, id="library gone"),
    ],
)
def test_what_has_crashed_is_started_again_and_nothing_else(
    tmp_path: Path, deeds: str, code: int, count: int
) -> None:
    """What ended because it was asked to, or said why it cannot start, would only do it again."""
    slept: list[float] = []
    supervisor = Supervisor(program(COUNTING, tmp_path / "starts", deeds), sleep=slept.append)

    assert supervisor.run() == code
    assert starts(tmp_path / "starts") == count
    assert len(slept) == count - 1


@pytest.mark.skipif(sys.platform == "win32", reason="signal.pause")
def test_a_window_that_hangs_is_started_again(tmp_path: Path) -> None:
    """A terminal that shows a page and answers nobody is worse than none."""
    supervisor = Supervisor(
        program(COUNTING, tmp_path / "starts", "silent 0"),
        sleep=lambda _seconds: None,
        silent_s=0.2,
        start_s=0.2,
    )

    assert supervisor.run() == 0
    assert starts(tmp_path / "starts") == 2


def test_a_window_that_is_told_to_end_is_not_started_again(tmp_path: Path) -> None:
    """The computer shuts down, or systemd stops the unit."""

    def end(_seconds: float) -> None:
        supervisor.end()

    supervisor = Supervisor(program(COUNTING, tmp_path / "starts", "70"), sleep=end)

    assert supervisor.run() == 0
    assert starts(tmp_path / "starts") == 1


def test_the_first_restart_is_at_once_and_later_ones_are_not() -> None:
    """Home within three seconds; but a window that cannot start shall not eat the computer."""
    backoff = Backoff()
    delays = [backoff.delay_s(0.5) for _time in range(12)]

    assert delays[0] <= 0.2
    assert delays == sorted(delays)
    assert delays[-1] == Backoff.LONGEST_S
    assert backoff.delay_s(Backoff.HEALTHY_S) == Backoff.FIRST_S


def test_the_window_is_asked_for_the_same_again() -> None:
    """Libraries, language and article of the command line hold after a crash, too."""
    request = WindowRequest((Path("/kb"),), "sv", Path("/profile"), "kb307294", "lan")
    command = window_command(request)

    assert command[-3:] == ["open", "--", "kb307294#lan"]
    assert "--kiosk" in command
    assert command[command.index("--library") + 1] == str(Path("/kb"))
    assert command[command.index("--language") + 1] == "sv"


def test_the_window_knows_that_it_is_one() -> None:
    """Else it would start a supervisor of its own, and that one a window, and so on."""
    assert is_supervised({CHILD_VARIABLE: "1"})
    assert not is_supervised({})
