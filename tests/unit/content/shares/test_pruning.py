"""Copies of shares go when nobody has used them for long; none that is in use or in a list ever does."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbviewer.content.cache import dump
from kbviewer.content.shares.local_copy import LocalCopy
from kbviewer.content.shares.pruning import UNUSED_DAYS, prune
from tests.support.packs import build, make_folder

DAY_S = 86_400


def no_step(_done: int, _total: int) -> None:
    """Nobody wants to know."""


@pytest.fixture
def copies(tmp_path: Path) -> Path:
    return tmp_path / "copies"


def copy_of(origin: Path, copies: Path) -> LocalCopy:
    copy = LocalCopy(origin, copies)
    copy.bring_up_to_date(no_step)
    return copy


def later(days: int) -> float:
    return time.time() + days * DAY_S


def test_what_was_not_used_for_long_and_is_in_no_list_goes(tmp_path: Path, copies: Path) -> None:
    share = make_folder(tmp_path / "share" / "office").parent
    build(share / "office", share / "office.kbp")
    folder, pack = copy_of(share / "office", copies), copy_of(share / "office.kbp", copies)

    assert prune(copies, [], later(UNUSED_DAYS - 1)) == []
    pruned = prune(copies, [pack.origin], later(UNUSED_DAYS + 1))

    assert [each.name for each in pruned] == [str(share / "office")]
    assert not folder.is_there
    assert not folder.place.exists()
    assert pack.is_there
    assert [each.name for each in prune(copies, [], later(UNUSED_DAYS + 1))] == [str(share / "office.kbp")]
    assert list(copies.iterdir()) == []
    assert (share / "office").is_dir()


def test_what_is_read_counts_as_used_although_its_share_does_not_answer(tmp_path: Path, copies: Path) -> None:
    copy = copy_of(make_folder(tmp_path / "share" / "office"), copies)
    note = next(copy.parent.glob(".*.json"))
    os.utime(note, (0, 0))

    copy.mark_used()

    assert prune(copies, []) == []


def test_half_a_copy_and_half_a_removal_go_too(tmp_path: Path, copies: Path) -> None:
    """Of what was never whole there is no note; what a killed process was removing has a name of its own."""
    kept = copy_of(make_folder(tmp_path / "share" / "office"), copies)
    half = LocalCopy(tmp_path / "share" / "half", copies)
    (half.place / "a").mkdir(parents=True)
    gone = half.parent / ".gone-1-x"
    gone.mkdir()

    assert prune(copies, [kept.origin]) == []
    assert half.place.exists()
    assert not gone.exists()
    assert prune(copies, [kept.origin, half.origin], later(100)) == []
    assert [each.name for each in prune(copies, [kept.origin], later(100))] == ["half"]
    assert not half.place.exists()
    assert kept.is_there


def test_without_copies_there_is_nothing_to_do(copies: Path) -> None:
    assert prune(copies, []) == []


@pytest.mark.skipif(os.name == "nt", reason="links need a right on Windows")
def test_a_link_is_removed_and_not_followed(tmp_path: Path, copies: Path) -> None:
    outside = make_folder(tmp_path / "outside")
    folder = copies / "0badcafe"
    folder.mkdir(parents=True)
    (folder / "link").symlink_to(outside)
    (copies / "linked").symlink_to(outside)

    prune(copies, [], later(100))

    assert (outside / "pack.toml").is_file()
    assert not (folder / "link").is_symlink()


_NAMES = st.sampled_from(["..", ".", "", "a", "../../outside", "a/b", "/etc", "C:x", "\\x"])


@given(name=_NAMES | st.text(max_size=6), file=st.sampled_from(["....json", "..json", ".a.json", ".json"]))
def test_a_note_that_lies_leads_nowhere_else(
    tmp_path_factory: pytest.TempPathFactory, name: str, file: str
) -> None:
    """It lies in a folder that others may have written to."""
    root = tmp_path_factory.mktemp("cache")
    folder = root / "copies" / "0badcafe"
    folder.mkdir(parents=True)
    (root / "outside").mkdir()
    (root / "copies" / "neighbour").mkdir()
    (root / "outside" / "kept").write_text("x", encoding="utf-8")
    (folder / file).write_bytes(dump({"origin": "/share/a", "name": name, "at": ""}))

    prune(root / "copies", [], later(100))

    assert (root / "outside" / "kept").is_file()
    assert (root / "copies").is_dir()
