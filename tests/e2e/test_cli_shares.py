"""Commands and shares: what lies there is read from a local copy, and one that stalls holds nothing up."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from kbviewer.app.paths import Profile
from kbviewer.app.shares import Shares
from tests.e2e.test_cli import assert_one_sentence, run
from tests.support.packs import build, make_folder
from tests.support.stalled import stalled_share

# A share is waited for for five seconds; the rest is what a process takes on a busy machine.
MOST_S = 25.0


@pytest.fixture
def share(tmp_path: Path) -> Path:
    folder = tmp_path / "share"
    make_folder(folder / "office")
    build(folder / "office", folder / "office.kbp")
    (folder / "vpn.md").write_text("# VPN\n\nText.\n", encoding="utf-8")
    return folder


def test_commands_end_with_a_sentence_when_a_share_does_not_answer(share: Path) -> None:
    """Whether it is a library, a pack, a file or what is to be checked."""
    commands: list[tuple[str | Path, ...]] = [
        ("--library", share / "office", "search", "printer"),
        ("--library", share / "office.kbp", "show", "printer"),
        ("show", share / "vpn.md"),
        ("check", share / "office"),
        ("pack", "install", share / "office.kbp"),
        ("--library", share / "office", "translate", "status"),
    ]
    with stalled_share(share):
        for command in commands:
            began = time.monotonic()
            done = run(*command)
            assert time.monotonic() - began < MOST_S
            assert done.returncode == 1, command
            assert_one_sentence(done, "does not answer", "Check that this computer is connected")


def test_a_command_reads_the_copy_of_before_and_says_so(share: Path, profile: Path) -> None:
    """It was made by a window, or by a command while the share answered."""
    (copy,) = Shares(Profile(profile), lambda _path: True).copies([share / "office"])
    copy.bring_up_to_date(lambda _done, _total: None)
    with stalled_share(share):
        done = run("--library", share / "office", "show", "printer")

    assert done.returncode == 0, done.stderr
    assert "Restart the printer." in done.stdout
    assert "does not answer. What is read is the copy on this computer, of 20" in done.stderr


def test_a_copy_is_brought_up_to_date_before_it_is_read(share: Path, profile: Path) -> None:
    (copy,) = Shares(Profile(profile), lambda _path: True).copies([share / "office"])
    copy.bring_up_to_date(lambda _done, _total: None)
    path = share / "office" / "printer" / "en.md"
    path.write_text(path.read_text("utf-8").replace("Restart", "Replace"), encoding="utf-8")

    done = run("--library", share / "office", "--language", "en", "show", "printer")

    assert (done.returncode, done.stderr) == (0, "")
    assert "Replace the printer." in done.stdout
    assert "Replace" in (copy.place / "printer" / "en.md").read_text("utf-8")
