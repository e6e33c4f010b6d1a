"""The machine's policy file: whose it is, who can write to it, and what a variable can do against it."""

from __future__ import annotations

import logging
import os
from pathlib import Path

import pytest

from kbviewer.app.policy_file import (
    POLICY_VARIABLE,
    check_policy,
    is_absent,
    log_faults,
    machine_place,
    machine_policy,
    place_in_force,
    read_policy,
)
from kbviewer.model.policy import Policy, Right
from kbviewer.model.policy_keys import KEYS
from kbviewer.model.policy_reading import MAX_BYTES

ME = os.getuid()
NO_PRINTING = '{"locked": {"allow_print": false}}'


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Where the machine's policy lies in these tests; the folder is there, the file is not."""
    folder = tmp_path / "etc"
    folder.mkdir(mode=0o755)
    return folder / "policies.json"


def write(path: Path, text: str = NO_PRINTING, mode: int = 0o644) -> Path:
    """Write a policy."""
    path.write_text(text, encoding="utf-8")
    path.chmod(mode)
    return path


def is_strictest(policy: Policy) -> bool:
    """Return whether nothing is left of what the file says, and it is said why."""
    return len(policy.faults) > 0 and all(policy.values[key.name] == key.strictest for key in KEYS)


def test_without_a_file_there_is_no_policy(place: Path) -> None:
    """The usual case."""
    assert machine_policy(place, {}, ME) == Policy()


def test_the_file_counts(place: Path) -> None:
    """Its path is kept, to be named."""
    policy = machine_policy(write(place), {}, ME)
    assert policy.source == str(place)
    assert not policy.allows(Right.PRINT)
    assert not policy.faults


def test_a_variable_does_not_lift_the_machines_policy(place: Path, tmp_path: Path) -> None:
    """Everybody can set one for a program that he starts."""
    free = write(tmp_path / "free.json", "{}")
    policy = machine_policy(write(place), {POLICY_VARIABLE: str(free)}, ME)
    assert policy.source == str(place)
    assert not policy.allows(Right.PRINT)


def test_a_variable_does_not_lift_a_policy_that_cannot_be_used(place: Path, tmp_path: Path) -> None:
    """A damaged file is a file."""
    free = write(tmp_path / "free.json", "{}")
    place.symlink_to(tmp_path / "nowhere")
    assert is_strictest(machine_policy(place, {POLICY_VARIABLE: str(free)}, ME))


def test_a_variable_names_a_policy_for_trials(place: Path, tmp_path: Path) -> None:
    """Where there is nothing to lift."""
    trial = write(tmp_path / "trial.json")
    assert machine_policy(place, {POLICY_VARIABLE: str(trial)}, ME).source == str(trial)


def test_a_trial_that_is_not_there_is_told(place: Path, tmp_path: Path) -> None:
    """Whoever asks for a policy does not want none."""
    assert is_strictest(machine_policy(place, {POLICY_VARIABLE: str(tmp_path / "nowhere")}, ME))


def test_somebody_elses_file_is_not_trusted(place: Path) -> None:
    """Only an administrator may say what is allowed."""
    assert is_strictest(read_policy(write(place), [ME + 1]))


@pytest.mark.parametrize("mode", [0o664, 0o646, 0o666])
def test_a_file_that_others_can_write_to_is_not_trusted(place: Path, mode: int) -> None:
    """What it says now may not be what the administrator wrote."""
    policy = read_policy(write(place, mode=mode), [ME])
    assert is_strictest(policy)
    assert f"{mode:04o}" in str(policy.faults[0])


def test_a_folder_that_others_can_write_to_is_not_trusted(place: Path) -> None:
    """They could put another file in its place."""
    write(place)
    place.parent.chmod(0o777)
    assert is_strictest(read_policy(place, [ME]))


def test_a_link_is_not_followed(place: Path, tmp_path: Path) -> None:
    """Its target may be anybody's."""
    place.symlink_to(write(tmp_path / "real.json"))
    assert is_strictest(read_policy(place, [ME]))


def test_a_folder_a_pipe_and_a_large_file_are_not_read(place: Path) -> None:
    """A pipe would stop the start for ever, a large file would fill the memory."""
    place.mkdir()
    assert is_strictest(read_policy(place, [ME]))
    place.rmdir()
    os.mkfifo(place, 0o644)
    assert is_strictest(read_policy(place, [ME]))
    place.unlink()
    write(place, "{}" + " " * MAX_BYTES)
    assert is_strictest(read_policy(place, [ME]))


def test_a_file_that_cannot_be_read_is_a_policy(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Taking the right to read it away must not lift it."""

    def refuse(*_arguments: object, **_named: object) -> int:
        raise PermissionError(13, "Permission denied")

    write(place)
    monkeypatch.setattr("kbviewer.app.policy_file.os.open", refuse)
    assert is_strictest(machine_policy(place, {}, ME))


def test_a_place_that_cannot_be_looked_at_may_hold_a_policy(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only what is certainly not there is not there."""

    def refuse(*_arguments: object, **_named: object) -> os.stat_result:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("kbviewer.app.policy_file.os.lstat", refuse)
    assert not is_absent(place)


def test_faults_are_in_the_log(place: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Where an administrator looks when readers complain."""
    with caplog.at_level(logging.ERROR):
        log_faults(read_policy(write(place, mode=0o666), [ME]))
    assert str(place) in caplog.text
    assert "0666" in caplog.text


def test_checking_says_every_fault_at_once(place: Path) -> None:
    """One round of putting right is enough."""
    write(place, '{"locked": {"allow_prnt": false, "touch": 1}}', mode=0o666)
    texts = [str(fault) for fault in check_policy(place, place, ME + 1)]
    assert len(texts) == 5, texts
    assert all(text.endswith(".") for text in texts)


def test_a_trial_is_checked_as_it_is_used(
    tmp_path: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else the check would be content with what the program reads as strictly as possible."""
    trial = write(tmp_path / "trial.json")
    monkeypatch.setenv(POLICY_VARIABLE, str(trial))
    tmp_path.chmod(0o777)

    assert place_in_force(place) == trial
    assert len(check_policy(trial, place)) == len(machine_policy(place).faults) == 1
    assert place_in_force(write(place)) == place


def test_a_draft_may_be_its_writers(tmp_path: Path, place: Path) -> None:
    """It is checked before root puts it into place, in a folder that is anybody's."""
    tmp_path.chmod(0o777)
    assert check_policy(write(tmp_path / "draft.json"), place, ME + 1) == ()


@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
def test_no_variable_says_where_the_policy_lies(platform: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Readers can set them."""
    before = machine_place(platform)
    for name in ("PROGRAMDATA", "HOME", "XDG_CONFIG_HOME", "KBVIEWER_PROFILE"):
        monkeypatch.setenv(name, "/elsewhere")
    assert machine_place(platform) == before
