"""Power cuts: processes that are killed in the middle of saving, a few here, 200 in `tests.soak.kills`."""

from __future__ import annotations

from pathlib import Path

import pytest

from kbviewer.state.user_state import UserState
from tests.soak import packs
from tests.soak.kills import Told, faults, kill_one

STORE_KILLS = 6
WINDOW_KILLS = 2


def test_nothing_acknowledged_is_lost_and_nothing_is_there_by_half(profile: Path) -> None:
    """Through the stores and in the real window, all on one profile."""
    told = Told()
    for run in range(STORE_KILLS + WINDOW_KILLS):
        told.hear(kill_one(profile, 7000 + run, in_window=run >= STORE_KILLS))
        assert faults(profile / "state.sqlite", told) == []
    assert told.cases
    assert told.boxes
    assert told.comments
    assert told.imported
    assert told.count > 100


@pytest.fixture
def damaged(profile: Path) -> tuple[Path, Told]:
    """A profile from which something acknowledged has gone."""
    told = Told()
    while not told.imported:
        told.hear(kill_one(profile, 99 + told.count, in_window=False))
    return profile / "state.sqlite", told


@pytest.mark.parametrize(
    ("sql", "fault"),
    [
        ("DELETE FROM ticks WHERE step = (SELECT min(step) FROM ticks WHERE article = 'kb')", "lost tick"),
        ("DELETE FROM comments", "lost comment"),
        ("DELETE FROM ticks WHERE article LIKE 'run-%' AND step = '3'", "by half"),
        ("DELETE FROM case_articles WHERE article = 'kb1'", "has only"),
        ("DELETE FROM case_steps WHERE case_id = (SELECT min(id) FROM cases)", "of case"),
        ("DELETE FROM cases", "rows of case_steps without a case"),
        ("UPDATE comments SET origin = 'x'", "without a name"),
    ],
)
def test_the_check_itself_sees_what_is_missing(damaged: tuple[Path, Told], sql: str, fault: str) -> None:
    """A check that never fails proves nothing."""
    path, told = damaged
    with UserState.open(path) as state:
        state.comments.add("kb", "sv", "", "one more")
        state.database.write(sql)

    assert any(fault in found for found in faults(path, told))


PACK_KILLS = 6


def test_a_pack_is_the_old_or_the_new_one_whenever_its_installation_is_killed(tmp_path: Path) -> None:
    """A hundred are in `tests.soak.packs`."""
    (tmp_path / "versions").mkdir()
    versions = packs.make_versions(tmp_path / "versions")
    for run in range(PACK_KILLS):
        packs.kill_one(tmp_path / "packs", versions, 4000 + run)
        assert packs.faults(tmp_path / "packs") == []
