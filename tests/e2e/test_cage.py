"""The kiosk under cage, in the session that is delivered."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from tests.support.cage_kiosk import running_cage_kiosk, what_is_missing

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Wayland")


def test_it_fills_the_screen_and_is_back_after_a_crash(profile: Path, tmp_path: Path) -> None:
    """cage stays up while the program shows no window, and is the only one that it shows."""
    if missing := what_is_missing():
        pytest.skip(missing)
    policy = tmp_path / "policies.json"
    policy.write_text(json.dumps({"locked": {"kiosk": True, "language": "sv"}}), encoding="utf-8")
    policy.chmod(0o644)
    folder = tmp_path / "session"
    folder.mkdir()
    environment = {**os.environ, "KBVIEWER_POLICY": str(policy)}
    with running_cage_kiosk(folder, environment, ("--profile", str(profile))) as kiosk:
        assert kiosk.clients() == 1
        # How soon is measured where nothing else runs: `python3 -m tests.soak.kiosk --session cage`.
        kiosk.crash()
        assert kiosk.clients() == 1
    assert "SIGSEGV" in (profile / "log" / "kbviewer.log").read_text(encoding="utf-8")
