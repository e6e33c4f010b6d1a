"""The lock on a folder of packs, also where its file goes with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kbviewer.content.packs import file_lock
from kbviewer.content.packs.file_lock import locked
from kbviewer.model.errors import PackError


def test_a_lock_that_leaves_no_file_is_a_lock_all_the_same(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with locked(path, stays=False), pytest.raises(PackError, match="Another kbviewer"), locked(path):
        pass
    assert not path.exists()


def test_a_lock_goes_when_the_work_fails(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="x"), locked(tmp_path / "lock", stays=False):
        raise ValueError("x")
    assert not (tmp_path / "lock").exists()


def test_whoever_opened_the_file_before_it_went_takes_the_one_that_is_there_now(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else two could be at work: one with the file that has gone, one with the next."""
    path = tmp_path / "lock"
    lock = file_lock._lock
    tries: list[int] = []

    def lock_late(descriptor: int) -> None:
        if not tries:
            path.unlink()
        tries.append(descriptor)
        lock(descriptor)

    monkeypatch.setattr(file_lock, "_lock", lock_late)
    with locked(path, stays=False):
        assert len(tries) == 2
        monkeypatch.undo()
        with pytest.raises(PackError, match="Another kbviewer"), locked(path):
            pass
