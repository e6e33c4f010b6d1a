"""A share that stalls holds up one thread, and whoever waits for it is told."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from kbviewer.content.folder_index import ReadingStoppedError
from kbviewer.content.shares.fetch import Fetch
from kbviewer.content.shares.listing import OnStep
from kbviewer.content.shares.local_copy import LocalCopy
from kbviewer.model.errors import ShareError
from tests.support.packs import make_folder
from tests.support.stalled import stalled_share


class Stalling(LocalCopy):
    """A share that says nothing until it is let."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder / "share", folder / "copies")
        self.may_answer = threading.Event()

    def bring_up_to_date(self, on_step: OnStep) -> bool:
        on_step(1, 9)
        self.may_answer.wait()
        on_step(2, 9)
        return True


def go_on(_done: int, _total: int) -> bool:
    return True


def test_whoever_waits_gets_the_copy(tmp_path: Path) -> None:
    copy = LocalCopy(make_folder(tmp_path / "share"), tmp_path / "copies")
    ended = threading.Event()
    fetch = Fetch([copy], ended.set)

    fetch.start()

    assert fetch.wait(go_on)
    assert ended.is_set()
    assert copy.is_there


def test_whoever_waits_is_told_that_the_share_is_not_there(tmp_path: Path) -> None:
    fetch = Fetch([LocalCopy(tmp_path / "nowhere", tmp_path / "copies")])
    fetch.start()

    with pytest.raises(ShareError, match="nowhere"):
        fetch.wait(go_on)


def test_a_stalled_share_is_not_waited_for(tmp_path: Path) -> None:
    """The thread hangs in the system, where nothing can stop it; all others go on."""
    share = tmp_path / "share"
    share.mkdir()
    with stalled_share(share):
        fetch = Fetch([LocalCopy(share, tmp_path / "copies")])
        fetch.start()

        with pytest.raises(ShareError, match="does not answer"):
            fetch.wait(go_on, patience_s=0.3)

        assert fetch.is_running
    fetch.join(5)
    assert not fetch.is_running


def test_waiting_can_be_ended_while_the_share_stalls(tmp_path: Path) -> None:
    copy = Stalling(tmp_path)
    fetch = Fetch([copy])
    fetch.start()

    with pytest.raises(ReadingStoppedError):
        fetch.wait(lambda done, total: (done, total) != (1, 9))

    copy.may_answer.set()
    fetch.join(5)
    assert not fetch.is_running


def test_silence_ends_when_the_share_answers(tmp_path: Path) -> None:
    copy = Stalling(tmp_path)
    ended = threading.Event()
    fetch = Fetch([copy], ended.set)
    fetch.start()
    assert fetch.silence(patience_s=60) is None
    assert "does not answer" in str(fetch.silence(patience_s=0))

    copy.may_answer.set()

    assert ended.wait(5)
    fetch.join(5)
    assert fetch.silence(patience_s=0) is None
    assert fetch.changed


def test_what_was_given_up_says_nothing_more(tmp_path: Path) -> None:
    copy = Stalling(tmp_path)
    ended = threading.Event()
    fetch = Fetch([copy], ended.set)
    fetch.start()

    fetch.give_up()
    copy.may_answer.set()

    fetch.join(5)
    assert not ended.is_set()
