"""The scripts between systemd and a kiosk's session: what systemd hears of how the program has ended."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from resources.packaging.places import KIOSK

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="systemd is Linux's")


def start(here: Path, session: str, program: str = "exit 0") -> subprocess.Popen[str]:
    """Start a session that is a line of shell, with a program that is another one."""
    (here / "program").write_text(f"#!/bin/sh\n{program}\n", "utf-8")
    (here / "program").chmod(0o755)
    environment = {"PATH": "/usr/bin:/bin", "KBVIEWER": str(here / "program"), "RUNTIME_DIRECTORY": str(here)}
    return subprocess.Popen(
        [KIOSK / "session.sh", "/bin/sh", "-c", session],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def ended(process: subprocess.Popen[str]) -> int:
    process.communicate(timeout=30)
    return process.returncode


@pytest.mark.parametrize("code", [0, 1, 7])
def test_systemd_hears_how_the_program_has_ended(code: int, tmp_path: Path) -> None:
    """0 is "closed with the PIN" and keeps the unit from being started again."""
    assert ended(start(tmp_path, '"$KBVIEWER" --kiosk', f"exit {code}")) == code


def test_what_a_session_says_does_not_hide_how_the_program_has_ended(tmp_path: Path) -> None:
    """xinit says 0 whatever happened."""
    assert ended(start(tmp_path, '"$KBVIEWER" --kiosk; exit 0', "exit 7")) == 7


def test_a_session_that_goes_from_under_the_program_has_not_been_closed(tmp_path: Path) -> None:
    """xinit says 0 when the X server has crashed."""
    assert ended(start(tmp_path, "exit 0")) == 1


def test_a_killed_session_has_not_been_closed(tmp_path: Path) -> None:
    assert ended(start(tmp_path, "kill -KILL $$")) == 128 + signal.SIGKILL


def test_how_an_earlier_session_ended_is_forgotten(tmp_path: Path) -> None:
    (tmp_path / "kbviewer-kiosk-ended").write_text("0\n", "utf-8")
    assert ended(start(tmp_path, "exit 0")) == 1


def test_stopping_the_unit_ends_the_session_in_good_order(tmp_path: Path) -> None:
    """systemd tells the script alone: the session's processes are not in the unit's group."""
    process = start(tmp_path, "trap 'echo told; exit 3' TERM; echo up; while :; do sleep 0.1; done")
    assert process.stdout is not None
    assert process.stdout.readline() == "up\n"
    process.send_signal(signal.SIGTERM)
    said, _ = process.communicate(timeout=30)
    assert (said, process.returncode) == ("told\n", 3)


def test_a_session_keeps_its_sockets_where_the_service_may_write(tmp_path: Path) -> None:
    """/run/user is hidden from the service, with the user's bus in it."""
    process = start(tmp_path, 'echo "$XDG_RUNTIME_DIR ${DBUS_SESSION_BUS_ADDRESS:-none}"')
    said, _ = process.communicate(timeout=30)
    assert said == f"{tmp_path} none\n"


def test_a_session_has_the_console_for_its_input(tmp_path: Path) -> None:
    """The X server asks whether it was started on one; a child in the background would get /dev/null."""
    (tmp_path / "console").write_text("typed\n", "utf-8")
    with (tmp_path / "console").open("rb") as console:
        said = subprocess.run(
            [KIOSK / "session.sh", "/bin/cat"],
            stdin=console,
            env={"PATH": "/usr/bin:/bin", "RUNTIME_DIRECTORY": str(tmp_path)},
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )
    assert said.stdout == "typed\n"
