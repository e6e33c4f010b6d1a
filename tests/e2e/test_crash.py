"""A window that is killed in the middle of its work, and the start after that."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from pathlib import Path

import pytest

from kbviewer.app.last_run import CRASH_KEPT
from kbviewer.app.paths import Profile
from kbviewer.model.errors import StateError
from kbviewer.state.user_state import UserState
from tests.e2e.test_cli import run
from tests.e2e.test_window_process import PATIENCE_S, Start, first_words, recents, start, wait_until

__all__ = ["start"]
pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")

DRIVER = "tests.support.window_driver"


def stage(profile: Path) -> str:
    try:
        return str(json.loads((profile / "running.json").read_text("utf-8"))["stage"])
    except (OSError, ValueError):
        return ""


def is_kept(profile: Path, *, starts_where_left: bool) -> bool:
    """Return whether the article of these tests is among the tabs on disk, and the choice where to start."""
    try:
        with UserState.open(profile / "state.sqlite", read_only=True) as state:
            articles = {stop.article for tab in state.tabs.load().tabs for stop in tab.stops}
            return "kb902534" in articles and state.settings.get("start_where_left") is starts_where_left
    except StateError:
        return False


def crash(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGSEGV)
    process.wait(timeout=PATIENCE_S)


def test_what_each_start_tells_and_opens_after_crash_upon_crash(start: Start, profile: Path) -> None:
    """One profile through all of it: each run ends in the way that the next one is about."""
    first = start(DRIVER, profile, "kb902534", "opened")
    assert first_words(first)["offers"] == []
    wait_until(lambda: stage(profile) == "open" and is_kept(profile, starts_where_left=True))
    crash(first)

    # A crash while reading: the tabs are there, and the report can be sent.
    second = start(DRIVER, profile, "", "close")
    shown = first_words(second)
    assert shown["title"].startswith("Chatta med")
    (offer,) = shown["offers"]
    assert "oväntat" in offer
    assert second.wait(timeout=PATIENCE_S) == 0
    report = (Profile(profile).log / CRASH_KEPT).read_text("utf-8")
    assert "Segmentation fault" in report
    assert "running.py" in report
    assert any(
        "Segmentation fault" in line
        for line in json.loads(run("doctor", "--json").stdout)["log"]["last_crash"]
    )

    # An end in good order: nothing to tell. Two crashes at the start follow.
    third = start(DRIVER, profile, "")
    shown = first_words(third)
    assert (shown["title"].startswith("Chatta med"), shown["offers"]) == (True, [])
    assert stage(profile) == "starting"
    crash(third)
    fourth = start(DRIVER, profile, "")
    assert first_words(fourth)["title"].startswith("Chatta med")
    crash(fourth)

    # The article that was open may be what ends the program: it starts without, again and again.
    fifth = start(DRIVER, profile, "")
    shown = first_words(fifth)
    assert not shown["title"].startswith("Chatta med")
    assert "utan dina flikar" in shown["offers"][0]
    crash(fifth)
    sixth = start(DRIVER, profile, "", "press=Fortsätt läsa", "forget-tabs", "opened")
    assert first_words(sixth)["title"].startswith("Chatta med")
    wait_until(lambda: stage(profile) == "open" and is_kept(profile, starts_where_left=False))
    crash(sixth)

    # Who starts at home is offered the tabs.
    seventh = start(DRIVER, profile, "", "press=Fortsätt läsa", "close")
    shown = first_words(seventh)
    assert (shown["title"].startswith("Chatta med"), shown["offers"]) == (True, [])
    assert seventh.wait(timeout=PATIENCE_S) == 0


def test_a_log_out_is_no_crash(start: Start, profile: Path) -> None:
    """The system asks the program to end; it keeps everything and goes."""
    process = start("kbviewer", "--profile", profile, "open", "KB307294")
    wait_until(lambda: recents(profile) == ["kb307294"])

    process.send_signal(signal.SIGTERM)

    assert process.wait(timeout=PATIENCE_S) == 0
    assert stage(profile) == ""
