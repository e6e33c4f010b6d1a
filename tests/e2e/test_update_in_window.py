"""Updates in the real window, by keys that go through the display, from a publisher who uses the program."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

from kbviewer.app.paths import Profile
from kbviewer.content.packs.installed import InstalledPacks
from tests.e2e.test_cli import run
from tests.e2e.test_pack_in_window import PATIENCE_S, ROOT, wait_until, window_named
from tests.support.hands import Hands
from tests.support.packs import make_pack
from tests.support.virtual_display import desktop


def test_an_update_file_is_opened_trusted_and_installed_by_keys(profile: Path, tmp_path: Path) -> None:
    """As when it is double-clicked: compare the fingerprint, say so, install, and the pack is there."""
    make_pack(tmp_path / "office.kbp")
    for arguments in (
        ("init", "updates", "--name", "Kontoret"),
        ("add", "updates", "office.kbp"),
        ("export", "updates", "-o", "office.kbu"),
    ):
        done = run("repo", *arguments, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
    packs = InstalledPacks(Profile(profile).packs)
    with ExitStack() as stack:
        display = stack.enter_context(desktop())
        environment = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
        command = [sys.executable, "-m", "kbviewer", "--profile", str(profile), "--language", "sv"]
        window = subprocess.Popen(
            [*command, str(tmp_path / "office.kbu")], cwd=ROOT, env=environment, stderr=subprocess.DEVNULL
        )
        stack.callback(window.wait, PATIENCE_S)
        stack.callback(window.terminate)
        hands = Hands(display)
        wait_until(lambda: window_named(display, "Lita på källan"))
        hands.press("Return")
        wait_until(lambda: window_named(display, "^Uppdateringar$"))
        assert not packs.states()

        # Enter has trusted nobody. Once more, by the way of whoever has compared.
        hands.press("Escape")
        subprocess.run(
            [*command, str(tmp_path / "office.kbu")],
            cwd=ROOT,
            env=environment,
            timeout=PATIENCE_S,
            check=True,
        )
        wait_until(lambda: window_named(display, "Lita på källan"))
        hands.press("shift+Tab")
        hands.press("Return")
        wait_until(lambda: window_named(display, "Det här erbjuds"))
        hands.press("Return")
        wait_until(lambda: "office" in packs.states())

    assert "Kontoret" in run("--profile", profile, "pack", "list").stdout
