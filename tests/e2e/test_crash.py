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


def crash(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGSEGV)
    process.wait(timeout=PATIENCE_S)


def test_after_a_crash_the_tabs_are_there_and_the_report_can_be_sent(start: Start, profile: Path) -> None:
    first = start(DRIVER, profile, "kb902534")
    assert first_words(first)["offers"] == []
    wait_until(lambda: stage(profile) == "open")
    crash(first)

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
    third = start(DRIVER, profile, "", "close")
    assert first_words(third)["offers"] == []
    assert third.wait(timeout=PATIENCE_S) == 0


def test_who_starts_at_home_is_offered_the_tabs(start: Start, profile: Path) -> None:
    first = start(DRIVER, profile, "kb902534", "forget-tabs")
    first_words(first)
    wait_until(lambda: stage(profile) == "open")
    crash(first)

    second = start(DRIVER, profile, "", "press=Fortsätt läsa", "close")

    shown = first_words(second)
    assert shown["title"].startswith("Chatta med")
    assert shown["offers"] == []
    assert second.wait(timeout=PATIENCE_S) == 0


def test_after_two_crashes_at_the_start_it_starts_without_tabs(start: Start, profile: Path) -> None:
    """The article that was open may be what ends the program."""
    opened = start(DRIVER, profile, "kb902534", "close")
    first_words(opened)
    assert opened.wait(timeout=PATIENCE_S) == 0
    for _ in range(2):
        process = start(DRIVER, profile, "")
        assert first_words(process)["title"].startswith("Chatta med")
        assert stage(profile) == "starting"
        crash(process)

    fourth = start(DRIVER, profile, "")

    shown = first_words(fourth)
    assert not shown["title"].startswith("Chatta med")
    assert "utan dina flikar" in shown["offers"][0]
    crash(fourth)
    fifth = start(DRIVER, profile, "", "press=Fortsätt läsa", "close")
    assert first_words(fifth)["title"].startswith("Chatta med")
    assert fifth.wait(timeout=PATIENCE_S) == 0


def test_a_log_out_is_no_crash(start: Start, profile: Path) -> None:
    """The system asks the program to end; it keeps everything and goes."""
    process = start("kbviewer", "--profile", profile, "open", "KB307294")
    wait_until(lambda: recents(profile) == ["kb307294"])

    process.send_signal(signal.SIGTERM)

    assert process.wait(timeout=PATIENCE_S) == 0
    assert stage(profile) == ""
