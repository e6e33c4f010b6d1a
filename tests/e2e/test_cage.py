"""The kiosk under cage, in the session that is delivered."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.cage_kiosk import SESSION, descendants, running_cage_kiosk, what_is_missing

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

        # As the system does: it knows the first process only.
        everybody = list(descendants(kiosk.session.pid))
        kiosk.session.terminate()
        assert kiosk.session.wait(60) == 0
        assert not [each for each in everybody if Path(f"/proc/{each}").exists()]
    assert "SIGSEGV" in (profile / "log" / "kbviewer.log").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("cage", "program", "code"),
    [
        ('"$@"', "exit 0", 0),
        ('"$@"; exit 0', "exit 2", 2),
        ('"$@"; exit 0', "kill -9 $$", 137),
        ("exit 0", "exit 0", 1),
        ("exit 134", "exit 0", 134),
    ],
)
def test_the_session_ends_as_the_program_has_ended(
    tmp_path: Path, cage: str, program: str, code: int
) -> None:
    """0 means closed with the PIN; then the service starts it no more. cage has no other code than 0."""
    assert end_of_session(tmp_path, cage, program) == code


def test_when_cage_dies_the_program_does_not_stay_behind(tmp_path: Path) -> None:
    """Nobody would see it, and the next one starts beside it."""
    dies = '"$@" & while [ ! -s kbviewer-kiosk-program ]; do sleep 0.02; done; kill -9 $$'

    assert end_of_session(tmp_path, dies, "exec sleep 300") == 137
    program = (tmp_path / "kbviewer-kiosk-program").read_text(encoding="ascii").strip()
    assert not Path(f"/proc/{program}").exists()


def end_of_session(folder: Path, cage: str, program: str) -> int:
    """Run the session with these in place of cage and the program; return its exit code."""
    for name, text in {"cage": f"shift 2\n{cage}", "kbviewer": program}.items():
        (folder / name).write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
        (folder / name).chmod(0o755)
    ours = {"PATH": f"{folder}:{os.environ['PATH']}", "KBVIEWER": str(folder / "kbviewer")}
    ended = subprocess.run(
        SESSION,
        env={**os.environ, **ours, "XDG_RUNTIME_DIR": str(folder)},
        cwd=folder,
        check=False,
        timeout=60,
    )
    return ended.returncode
