"""Attacks on what is fetched, over each transport: tampered, cut, endless, slow, no file at all."""

from __future__ import annotations

import os
import stat
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from kbviewer.content.updates import pace
from kbviewer.content.updates.download import PART
from kbviewer.content.updates.installation import DOWNLOADS
from kbviewer.content.updates.layout import BUNDLE_MIMETYPE
from kbviewer.model.errors import UpdateError
from tests.support.packs import write_zip
from tests.support.update_stage import Stage, assert_refused, assert_unharmed

SPARSE_BYTES = 16 << 30


@pytest.fixture
def updated(scene: Stage, made_packs: list[Path]) -> Stage:
    """The reader has the first version, and the publisher the second."""
    scene.publisher.publish(made_packs[0])
    scene.update()
    scene.publisher.publish(made_packs[1])
    return scene


def parts(made: Stage) -> list[Path]:
    return sorted((made.places.packs / DOWNLOADS).glob(f"*{PART}"))


@pytest.mark.parametrize("change", ["byte", "shorter", "longer", "missing"])
def test_tampered_target_is_not_installed(updated: Stage, made_packs: list[Path], change: str) -> None:
    path = updated.publisher.target_file()
    data = path.read_bytes()
    middle = len(data) // 2
    path.write_bytes(
        {
            "byte": data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :],
            "shorter": data[:-7],
            "longer": data + b"more",
            "missing": b"",
        }[change]
    )
    if change == "missing":
        path.unlink()
    if change == "missing" and updated.kind == "kbu":  # which need not hold all that is signed
        assert [left.pack_id for left in updated.check().plan.left_alone] == ["office"]
        assert updated.update().done == () and updated.versions() == {"office": "1"}
    else:
        assert_refused(
            updated, "is not what its publisher has signed|ends after|is larger than|has no “targets/"
        )
    path.write_bytes(data)
    updated.update()
    assert updated.versions() == {"office": "2"}
    assert_unharmed(updated, made_packs[2])


def test_cut_a_download_goes_on_where_it_ended(updated: Stage, made_packs: list[Path]) -> None:
    path = updated.publisher.target_file()
    data = path.read_bytes()
    path.write_bytes(data[:5000])
    assert "What has been fetched is kept" in assert_refused(updated, "ends after 5000 of")
    assert [part.stat().st_size for part in parts(updated)] == [5000]
    path.write_bytes(data)
    assert updated.update().done[0].fetched_bytes == len(data) - 5000
    assert updated.versions() == {"office": "2"}
    if updated.server:
        assert updated.server.asked[-1] == (f"/targets/{path.name}", "bytes=5000-")


def test_cut_a_poisoned_part_is_tried_once_more_from_the_beginning(
    updated: Stage, made_packs: list[Path]
) -> None:
    path = updated.publisher.target_file()
    data = path.read_bytes()
    path.write_bytes(b"X" * 5000)
    assert_refused(updated, "ends after 5000 of")
    path.write_bytes(data)
    updated.update()
    assert updated.versions() == {"office": "2"}
    assert_unharmed(updated, made_packs[2])


def test_cut_a_part_that_is_too_long_already_is_fetched_anew(updated: Stage) -> None:
    path = updated.publisher.target_file()
    folder = updated.places.packs / DOWNLOADS
    folder.mkdir()
    (folder / f"{path.name[:64]}{PART}").write_bytes(path.read_bytes() + b"more")
    updated.update()
    assert updated.versions() == {"office": "2"}


def test_cancelling_keeps_what_was_fetched_and_the_next_update_goes_on(updated: Stage) -> None:
    length = updated.publisher.target_file().stat().st_size
    offers = updated.check()
    asked = iter([False, False, True])
    result = updated.session.install(offers, is_cancelled=lambda: next(asked, True))
    assert result.done == () and "was stopped" in str(result.stopped_by)
    assert updated.versions() == {"office": "1"}
    kept = sum(part.stat().st_size for part in parts(updated))
    assert updated.update().done[0].fetched_bytes == length - kept


def test_endless_a_target_of_sixteen_gigabytes_is_not_even_read(
    updated: Stage, made_packs: list[Path], tmp_path: Path
) -> None:
    """A sparse file takes no room where it lies, and all of it where it is copied to."""
    if updated.kind == "http":
        endless(updated, "/targets/")
    elif updated.kind == "kbu":
        path = tmp_path / "sparse.kbu"
        sparse(path)
        with pytest.raises(UpdateError, match="has 17179869184 bytes"):
            updated.session.check(str(path))
        return
    else:
        sparse(updated.publisher.target_file())
    assert_refused(updated, "is larger than the")
    if updated.server:
        updated.server.answer = None
    assert_unharmed(updated, made_packs[2])


def test_endless_metadata_are_read_up_to_their_limit(updated: Stage, made_packs: list[Path]) -> None:
    path = updated.publisher.folder / "metadata" / "timestamp.json"
    if updated.kind == "folder":
        sparse(path)
    elif updated.kind == "kbu":
        path.write_bytes(bytes(20_000))
    else:
        endless(updated, "/metadata/timestamp.json")
    assert_refused(updated, "is larger than the 16384 bytes")
    if updated.server:
        updated.server.answer = None
    assert_unharmed(updated, made_packs[2])


def test_slow_trickle_is_ended(
    updated: Stage, made_packs: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """No sleeping: the clock runs forty seconds with each look."""
    time = iter(range(0, 10**9, 40))
    with monkeypatch.context() as patch:
        patch.setattr(pace, "_now", lambda: float(next(time)))
        assert "kept" in assert_refused(updated, "too slowly")
    assert_unharmed(updated, made_packs[2])


def test_a_deflated_member_of_a_kbu_is_refused(plain: Stage, made_packs: list[Path]) -> None:
    """A bomb has nowhere to be: nothing in a .kbu is unpacked."""
    plain.publisher.publish(made_packs[0])
    bomb = zipfile.ZipInfo("targets/bomb")
    bomb.compress_type = zipfile.ZIP_DEFLATED
    path = write_zip(plain.root / "bomb.kbu", [("mimetype", BUNDLE_MIMETYPE), (bomb, bytes(100 << 20))])
    with pytest.raises(UpdateError, match="no whole update file"):
        plain.session.check(str(path))
    small = zipfile.ZipInfo("targets/small")
    small.compress_type = zipfile.ZIP_DEFLATED
    path = write_zip(plain.root / "bomb.kbu", [("mimetype", BUNDLE_MIMETYPE), (small, b"text" * 20)])
    with pytest.raises(UpdateError, match="is deflated"):
        plain.session.check(str(path))


@pytest.mark.parametrize(
    "members",
    [
        [],
        [("mimetype", b"application/zip")],
        [("metadata/timestamp.json", b"{}"), ("mimetype", BUNDLE_MIMETYPE)],
        [("mimetype", BUNDLE_MIMETYPE), ("other/file", b"")],
        [("mimetype", BUNDLE_MIMETYPE), ("metadata/sub/file", b"")],
        [("mimetype", BUNDLE_MIMETYPE), ("metadata/../../file", b"")],
    ],
)
def test_what_is_no_kbu_is_told(plain: Stage, members: list[tuple[str, bytes]]) -> None:
    path = write_zip(plain.root / "odd.kbu", members)
    with pytest.raises(UpdateError, match=r"no whole update file|cannot be one of its own"):
        plain.session.check(str(path))


def test_a_link_in_a_kbu_is_refused(plain: Stage) -> None:
    link = zipfile.ZipInfo("metadata/timestamp.json")
    link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    path = write_zip(plain.root / "link.kbu", [("mimetype", BUNDLE_MIMETYPE), (link, b"/etc/passwd")])
    with pytest.raises(UpdateError, match="no regular file"):
        plain.session.check(str(path))


@pytest.mark.parametrize("name", ["metadata/timestamp.json", "target"])
@pytest.mark.parametrize("kind", ["link out", "circle", "fifo", "device", "folder"])
def test_what_is_no_plain_file_of_the_folder_is_not_opened(
    plain: Stage, made_packs: list[Path], kind: str, name: str
) -> None:
    plain.publisher.publish(made_packs[0])
    plain.update()
    plain.publisher.publish(made_packs[1])
    path = plain.publisher.target_file() if name == "target" else plain.publisher.folder / name
    data = path.read_bytes()
    path.unlink()
    if kind == "fifo":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    else:
        outside = plain.root / "outside"
        outside.write_bytes(data)
        path.symlink_to({"link out": outside, "circle": path, "device": Path("/dev/zero")}[kind])
    assert_refused(plain, "no plain file|cannot be read")
    path.rmdir() if kind == "folder" else path.unlink()
    path.write_bytes(data)
    plain.update()
    assert_unharmed(plain, made_packs[2])


def test_a_kbu_that_is_a_pipe_is_not_waited_for(plain: Stage) -> None:
    os.mkfifo(plain.root / "pipe.kbu")
    with pytest.raises(UpdateError, match="no regular file"):
        plain.session.check(str(plain.root / "pipe.kbu"))


def sparse(path: Path) -> None:
    """Make a file look like sixteen gigabytes."""
    with path.open("wb") as file:
        file.truncate(SPARSE_BYTES)


def endless(made: Stage, below: str) -> None:
    """Let the server send without an end and without saying how much."""
    assert made.server

    def send(handler, _data) -> bool:
        if not handler.path.startswith(below):
            return False
        handler.send_response(200)
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        for piece in forever():
            try:
                handler.wfile.write(piece)
            except OSError:
                break
        handler.close_connection = True
        return True

    made.server.answer = send


def forever() -> Iterator[bytes]:
    while True:
        yield b"%x\r\n%b\r\n" % (1 << 16, bytes(1 << 16))
