"""A pack from a double click to its articles, in the real window, with keys that go through the display."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from kbviewer.app.paths import Profile
from kbviewer.content.packs.installed import InstalledPacks
from tests.e2e.test_cli import run
from tests.support.hands import Hands
from tests.support.packs import make_pack
from tests.support.virtual_display import desktop

ROOT = Path(__file__).parents[2]
PATIENCE_S = 60.0


def wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < deadline, "it never came to that"
        time.sleep(0.05)


def window_named(display: str, name: str) -> bool:
    found = subprocess.run(
        ["xdotool", "search", "--onlyvisible", "--name", name],
        env={**os.environ, "DISPLAY": display},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        timeout=PATIENCE_S,
    )
    return found.returncode == 0


def test_a_pack_that_is_opened_beside_a_running_window_is_asked_about_and_installed(
    profile: Path, tmp_path: Path
) -> None:
    """As when a file is double-clicked: the second start hands it over, Enter installs it."""
    pack = make_pack(tmp_path / "office.kbp")
    with ExitStack() as stack:
        display = stack.enter_context(desktop())
        environment = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
        command = [sys.executable, "-m", "kbviewer", "--profile", str(profile), "--language", "sv"]
        window = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)
        stack.callback(window.wait, PATIENCE_S)
        stack.callback(window.terminate)
        wait_until(lambda: window_named(display, "Kunskapsbas"))

        second = subprocess.run([*command, str(pack)], cwd=ROOT, env=environment, timeout=PATIENCE_S)
        assert second.returncode == 0
        wait_until(lambda: window_named(display, "Kontorets hjälp"))
        packs = InstalledPacks(Profile(profile).packs)
        assert not packs.states()
        Hands(display).press("Return")

        wait_until(lambda: "office" in packs.states())
        Hands(display).press("ctrl+l")
        wait_until(lambda: window_named(display, "^Bibliotek"))

    listed = run("--profile", profile, "pack", "list")
    assert "office 1" in listed.stdout
