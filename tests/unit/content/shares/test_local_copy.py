"""What lies on a share is copied to this computer, whole; nothing of the copy is lost when the share goes."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbviewer.content.folder import FolderLibrary
from kbviewer.content.folder_files import MAX_MEDIA_BYTES
from kbviewer.content.packs.library import PackLibrary
from kbviewer.content.shares.local_copy import LocalCopy
from kbviewer.model.errors import ShareError
from tests.support.packs import build, make_folder


def no_step(_done: int, _total: int) -> None:
    """Nobody wants to know."""


@pytest.fixture
def share(tmp_path: Path) -> Path:
    """A library on a share that answers."""
    return make_folder(tmp_path / "share" / "office")


@pytest.fixture
def copy(share: Path, tmp_path: Path) -> LocalCopy:
    """Its copy, before it is made."""
    return LocalCopy(share, tmp_path / "copies")


def files_of(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()
    }


def test_a_copy_is_the_library_that_lies_on_the_share(copy: LocalCopy, share: Path) -> None:
    before = copy.is_there

    assert copy.bring_up_to_date(no_step)

    assert (before, copy.is_there) == (False, True)
    assert copy.made_at is not None
    assert files_of(copy.place) == files_of(share)
    assert copy.place.name == share.name
    library, original = FolderLibrary(copy.place), FolderLibrary(share)
    assert library.entries() == original.entries()
    assert library.signature() == original.signature()


def test_only_what_has_changed_is_copied(copy: LocalCopy, share: Path) -> None:
    """A share is slow: an unchanged picture must not come over it every five minutes."""
    copy.bring_up_to_date(no_step)
    (share / "screen" / "sv.md").write_text("# Skärmen är mörk\n", encoding="utf-8")
    (share / "new").mkdir()
    (share / "new" / "sv.md").write_text("# Ny\n", encoding="utf-8")
    shutil.rmtree(share / "printer")
    before = (copy.place / "LICENSE").stat()

    assert copy.bring_up_to_date(no_step)
    assert not copy.bring_up_to_date(no_step)

    assert files_of(copy.place) == files_of(share)
    assert not (copy.place / "printer").exists()
    assert (copy.place / "LICENSE").stat().st_ino == before.st_ino


@pytest.mark.parametrize("loss", ["gone", "empty", "a file"])
def test_a_share_that_goes_takes_nothing_along(copy: LocalCopy, share: Path, loss: str) -> None:
    """What is left of a share that is not mounted is an empty folder."""
    copy.bring_up_to_date(no_step)
    kept = files_of(copy.place)
    shutil.rmtree(share)
    if loss == "empty":
        share.mkdir()
    elif loss == "a file":
        share.write_text("", encoding="utf-8")

    with pytest.raises(ShareError, match="cannot be read"):
        copy.bring_up_to_date(no_step)

    assert files_of(copy.place) == kept
    assert copy.is_there


def test_what_was_never_copied_is_no_copy(tmp_path: Path) -> None:
    copy = LocalCopy(tmp_path / "nowhere", tmp_path / "copies")

    with pytest.raises(ShareError, match="nowhere"):
        copy.bring_up_to_date(no_step)

    assert not copy.is_there
    assert copy.made_at is None


def test_a_folder_that_need_not_be_there_is_an_empty_one(tmp_path: Path) -> None:
    """Most computers have no packs of their own, also those that share their programs."""
    copy = LocalCopy(tmp_path / "packs", tmp_path / "copies", may_lack=True)

    assert not copy.bring_up_to_date(no_step)

    assert copy.is_there
    assert files_of(copy.place) == {}


def test_half_a_copy_counts_for_nothing_and_is_finished_later(copy: LocalCopy, share: Path) -> None:
    """Somebody closes the window while the first copy is made."""

    class StopError(Exception):
        """Enough."""

    def stop(done: int, total: int) -> None:
        if total and done >= 3:
            raise StopError

    with pytest.raises(StopError):
        copy.bring_up_to_date(stop)
    assert not copy.is_there

    copy.bring_up_to_date(no_step)

    assert files_of(copy.place) == files_of(share)


@pytest.mark.skipif(os.name == "nt", reason="links and pipes of POSIX")
def test_what_no_library_reads_is_not_copied(copy: LocalCopy, share: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.md"
    secret.write_text("# Hemligt\n", encoding="utf-8")
    (share / "out.md").symlink_to(secret)
    (share / "nowhere.md").symlink_to(share / "missing.md")
    (share / "in.md").symlink_to(share / "screen" / "sv.md")
    (share / "deep").mkdir()
    (share / "deep" / "up.md").symlink_to(Path("..") / "screen" / "sv.md")
    (share / ".git").mkdir()
    (share / ".git" / "config").write_text("x", encoding="utf-8")
    os.mkfifo(share / "pipe.md")
    with (share / "film.mov").open("wb") as file:
        file.truncate(MAX_MEDIA_BYTES + 1)

    copy.bring_up_to_date(no_step)

    names = set(files_of(copy.place))
    assert {"in.md", "deep/up.md"} <= names
    assert not names & {"out.md", "nowhere.md", ".git/config", "pipe.md", "film.mov"}


def test_a_file_that_grows_while_it_is_copied_is_left_for_the_next_time(copy: LocalCopy, share: Path) -> None:
    """Half a file would be read as an article that breaks off."""
    article = share / "screen" / "sv.md"

    def grow(_done: int, total: int) -> None:
        if total and article.stat().st_size < 10_000:
            article.write_text("# Mer\n" * 5000, encoding="utf-8")

    with pytest.raises(ShareError, match="being changed"):
        copy.bring_up_to_date(grow)

    assert not (copy.place / "screen" / "sv.md").exists()
    copy.bring_up_to_date(no_step)
    assert files_of(copy.place) == files_of(share)


def test_a_full_disk_is_told_before_it_is_full(copy: LocalCopy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(free=40 << 20))

    with pytest.raises(ShareError, match="40 MB left"):
        copy.bring_up_to_date(no_step)

    assert not copy.is_there


def test_each_state_of_a_pack_lies_in_a_place_of_its_own(share: Path, tmp_path: Path) -> None:
    """The one before may be open, and on Windows an open file cannot be replaced."""
    pack = tmp_path / "share" / "office.kbp"
    build(share, pack)
    copy = LocalCopy(pack, tmp_path / "copies")
    copy.bring_up_to_date(no_step)
    first = copy.place
    library = PackLibrary.open(first)

    build(make_folder(tmp_path / "later", "2", says="Byt skrivare."), pack)
    os.utime(pack, ns=(5, 5))
    assert copy.bring_up_to_date(no_step)

    assert copy.place != first
    assert "Starta om" in str(library.article("printer", "sv"))
    library.close()
    second = PackLibrary.open(copy.place)
    assert second.pack.version == "2"
    second.close()
    assert not copy.bring_up_to_date(no_step)
    assert [path for path in copy.place.parent.iterdir() if path.suffix == ".kbp"] == [copy.place]


@given(st.binary(max_size=200))
def test_a_damaged_note_only_costs_another_look(damage: bytes) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        share = Path(folder, "share")
        share.mkdir()
        (share / "a.md").write_text("# A\n", encoding="utf-8")
        copy = LocalCopy(share, Path(folder, "copies"))
        copy.bring_up_to_date(no_step)
        (note,) = copy.place.parent.glob(".*.json")
        note.write_bytes(damage)

        assert not copy.is_there
        assert not copy.bring_up_to_date(no_step)

        assert copy.is_there


def test_neighbours_stay_neighbours(tmp_path: Path) -> None:
    """Trees of one library are known by lying side by side."""
    swedish, english = (LocalCopy(Path("/srv/kb", name), tmp_path) for name in ("sv-SE", "en"))

    assert swedish.place.parent == english.place.parent
    assert swedish.place.parent != LocalCopy(Path("/srv/other/en"), tmp_path).place.parent
