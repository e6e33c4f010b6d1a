"""What is read from the network and what is not, decided without asking the network."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from kbviewer.app import paths as paths_module
from kbviewer.app.libraries import open_libraries
from kbviewer.app.paths import MACHINE_PACKS_VARIABLE, Profile, cache_of
from kbviewer.app.shares import Shares
from tests.support.packs import make_folder


def below(folder: Path) -> Callable[[Path], bool]:
    """Return a decision: whatever lies below `folder` lies on a network."""
    return lambda path: path.is_relative_to(folder)


def test_cache_of_a_profile_on_this_computer_lies_in_it(tmp_path: Path) -> None:
    assert cache_of(tmp_path, lambda _path: False) == tmp_path / "cache"
    assert Profile(tmp_path).cache == tmp_path / "cache"


def test_cache_of_a_profile_on_a_network_lies_on_this_computer(tmp_path: Path) -> None:
    """Hundreds of small files and an index are not read through a network; each computer has its own."""
    cache = cache_of(tmp_path / "net" / "profile", below(tmp_path / "net"))
    other = cache_of(tmp_path / "net" / "other" / "profile", below(tmp_path / "net"))

    assert cache.parent == tmp_path / "home" / ".cache" / "kbviewer"
    assert cache != other


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps a local folder for each user")
def test_a_home_on_a_network_leaves_a_private_folder_outside_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where everybody may write, a folder that somebody else has prepared is not used."""
    temporary = tmp_path / "var-tmp"
    temporary.mkdir()
    monkeypatch.setattr(paths_module, "_SHARED_TEMPORARY", str(temporary))
    root = tmp_path / "home" / "profile"

    cache = cache_of(root, below(tmp_path / "home"))

    assert cache.is_relative_to(temporary)
    (mine,) = temporary.iterdir()
    assert stat.S_IMODE(mine.stat().st_mode) == 0o700
    mine.chmod(0o777)
    assert cache_of(root, below(tmp_path / "home")) == root / "cache"
    mine.rmdir()
    mine.symlink_to(tmp_path)
    assert cache_of(root, below(tmp_path / "home")) == root / "cache"


def test_only_what_lies_on_a_share_is_copied(tmp_path: Path, profile: Path) -> None:
    local, share = make_folder(tmp_path / "local"), make_folder(tmp_path / "net" / "share")
    shares = Shares(Profile(profile), below(tmp_path / "net"))

    (copy,) = shares.copies([local, share])

    assert shares.missing([local, share])[0].origin == copy.origin == share
    assert shares.place(local) == local
    copy.bring_up_to_date(lambda _done, _total: None)
    assert shares.missing([local, share]) == []
    libraries = open_libraries([local, share], tmp_path, Profile(profile), shares=shares).libraries
    assert [library.root for library in libraries] == [local, copy.place]
    assert shares.origin(copy.place / "printer", [local, share]) == share / "printer"
    assert shares.origin(copy.place.parent, [local, share]) == share.parent
    assert shares.origin(local, [local, share]) == local


def test_a_share_that_is_not_mounted_any_more_is_still_read_from_its_copy(
    tmp_path: Path, profile: Path
) -> None:
    """What is left is an empty folder on this computer's own disk."""
    share = make_folder(tmp_path / "net" / "share")
    (copy,) = Shares(Profile(profile), below(tmp_path / "net")).copies([share])
    copy.bring_up_to_date(lambda _done, _total: None)
    unmounted = Shares(Profile(profile), lambda _path: False)

    assert unmounted.place(share) == copy.place
    assert unmounted.missing([share]) == []
    assert unmounted.place(tmp_path / "local") == tmp_path / "local"


def test_without_names_the_computers_packs_are_what_may_lie_on_a_share(
    tmp_path: Path, profile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(MACHINE_PACKS_VARIABLE, str(tmp_path / "net" / "packs"))

    (copy,) = Shares(Profile(profile), below(tmp_path / "net")).copies([])

    assert copy.origin == tmp_path / "net" / "packs"
    assert Shares(Profile(profile), below(tmp_path / "other")).copies([]) == []
