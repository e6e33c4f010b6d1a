"""Whether the last run ended in good order is known to the next one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kbviewer.app.last_run import CRASH_KEPT, LastRun, RunMark
from kbviewer.app.paths import Profile
from kbviewer.app.single_instance import Listener
from kbviewer.model.errors import UsageError
from kbviewer.model.messages import message


def run(profile: Path, *, opens: bool = True, ends: bool = True) -> LastRun:
    """One run of the window, and what it was told of the one before."""
    mark = RunMark(Profile(profile))
    last = mark.begin()
    if opens:
        mark.note_open()
    if ends:
        mark.end()
    return last


def test_a_run_that_was_closed_is_no_crash(profile: Path) -> None:
    assert run(profile) == LastRun()
    assert run(profile, opens=False) == LastRun()
    assert run(profile) == LastRun()
    assert not list(profile.glob("running*"))


def test_a_run_that_stopped_somewhere_is_told_once(profile: Path) -> None:
    run(profile, ends=False)

    assert run(profile) == LastRun(ended_badly=True)
    assert run(profile) == LastRun()


def test_bad_starts_are_counted_until_one_is_good(profile: Path) -> None:
    """An article that ends the program when it is shown would do so at every start."""
    counts = [run(profile, opens=False, ends=False).bad_starts for _ in range(4)]
    assert counts == [0, 1, 2, 3]

    assert run(profile, ends=False).bad_starts == 4

    assert run(profile, opens=False, ends=False) == LastRun(ended_badly=True)
    assert run(profile).bad_starts == 1


def test_a_sentence_why_it_cannot_begin_is_no_crash_but_a_fault_of_the_program_is(profile: Path) -> None:
    mark = RunMark(Profile(profile))
    mark.begin()
    mark.end(UsageError, UsageError(message("no such folder")))
    assert run(profile) == LastRun()

    mark = RunMark(Profile(profile))
    mark.begin()
    mark.end(ZeroDivisionError, ZeroDivisionError())

    assert run(profile).bad_starts == 1


def test_what_a_crash_has_written_is_handed_over_and_kept(profile: Path) -> None:
    run(profile, ends=False)
    log = Profile(profile).log
    log.mkdir()
    (log / "crash.txt").write_text("Fatal Python error: Segmentation fault\n", encoding="utf-8")

    assert run(profile).report.startswith("Fatal Python error")

    assert (log / CRASH_KEPT).is_file()
    assert run(profile).report == ""


@pytest.mark.parametrize("damage", [b"", b"[", b"[]", b'{"stage": 7, "bad_starts": "x"}', b"\xff" * 5000])
def test_a_damaged_mark_counts_as_a_bad_start(profile: Path, damage: bytes) -> None:
    profile.mkdir()
    (profile / "running.json").write_bytes(damage)

    assert run(profile) == LastRun(ended_badly=True, bad_starts=1)


def test_a_second_window_leaves_the_mark_of_the_first_alone(profile: Path) -> None:
    """It runs where the first does not answer; that one has not crashed."""
    first = RunMark(Profile(profile))
    first.begin()
    listener = Listener.claim(profile, lambda _request: None)
    assert listener is not None

    assert run(profile) == LastRun()

    listener.close()
    assert json.loads((profile / "running.json").read_text("utf-8"))["stage"] == "starting"
    first.end()


def test_a_profile_that_cannot_be_written_is_no_hindrance(tmp_path: Path) -> None:
    (tmp_path / "profile").write_text("in the way", encoding="utf-8")

    assert run(tmp_path / "profile" / "inside") == LastRun()
