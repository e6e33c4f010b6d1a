"""Where a path lies is told without asking the computer that it lies on."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kbviewer.state.filesystem import filesystem_of, on_network
from tests.support.stalled import stalled_share

pytestmark = pytest.mark.skipif(os.name == "nt", reason="mount tables are read on Linux")


def test_links_are_followed_to_the_share_and_no_further(tmp_path: Path) -> None:
    """A folder called “knowledge” in a home is often a link to a share."""
    share = tmp_path / "mnt" / "share"
    share.mkdir(parents=True)
    (tmp_path / "knowledge").symlink_to(share / "kb")
    (tmp_path / "mnt" / "beside").symlink_to(Path("..") / "mnt" / "share")
    (tmp_path / "round").symlink_to(tmp_path / "round")
    mounts = f"/dev/sda1 / ext4 rw 0 0\n//server/kb {share} cifs rw 0 0\n"

    assert filesystem_of(tmp_path / "knowledge" / "articles", mounts) == "cifs"
    assert filesystem_of(tmp_path / "mnt" / "beside", mounts) == "cifs"
    assert filesystem_of(tmp_path / "mnt", mounts) == "ext4"
    assert filesystem_of(tmp_path / "round" / "and", mounts) == "ext4"


def test_what_is_mounted_last_is_what_is_there() -> None:
    mounts = "auto /net autofs rw 0 0\nserver:/net /net nfs4 rw 0 0\n"

    assert filesystem_of(Path("/net/kb"), mounts) == "nfs4"


def test_a_share_that_stalls_is_known_without_waiting(tmp_path: Path) -> None:
    share, link = tmp_path / "share", tmp_path / "link"
    share.mkdir()
    link.symlink_to(share)
    with stalled_share(share):
        assert on_network(share / "kb" / "sv.md")
        assert on_network(link / "kb")
    assert not on_network(share)
