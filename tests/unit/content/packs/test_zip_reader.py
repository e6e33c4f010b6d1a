"""Zip files from strangers: only those with one meaning are read, and never more than is allowed."""

from __future__ import annotations

import os
import random
import stat
import struct
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbviewer.content.packs import zip_reader
from kbviewer.content.packs.zip_reader import ZipReader, is_plain_path
from kbviewer.model.errors import PackError
from tests.support.packs import write_zip

TEXT = b"Starta om skrivaren. " * 20


def entry(name: str, *, mode: int = 0o100644, method: int = zipfile.ZIP_STORED) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.create_system = 3
    info.external_attr = mode << 16
    info.compress_type = method
    return info


def refused(path: Path) -> str:
    """Return why a file is refused; everything that can be read of it is asked for."""
    with pytest.raises(PackError) as caught, closing(ZipReader(path)) as reader:
        for name in reader.members:
            reader.read(name, 1 << 20)
    return str(caught.value)


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    members = [
        (entry("mimetype"), b"a pack"),
        (entry("å/text.md", method=zipfile.ZIP_DEFLATED), TEXT),
        (entry("picture.png"), bytes(range(256))),
    ]
    return write_zip(tmp_path / "whole.kbp", members)


def test_a_plain_zip_is_read_member_by_member(whole: Path) -> None:
    with closing(ZipReader(whole)) as reader:
        assert list(reader.members) == ["mimetype", "å/text.md", "picture.png"]
        assert reader.read("å/text.md", 1000) == TEXT
        assert b"".join(reader.chunks("picture.png")) == bytes(range(256))
        with reader.open("picture.png") as file:
            assert (file.seek(-6, os.SEEK_END), file.read(3)) == (250, bytes([250, 251, 252]))
            assert (file.seek(2), file.read(), file.read(1)) == (2, bytes(range(2, 256)), b"")
            with pytest.raises((ValueError, OSError)):
                file.seek(-1)


def test_more_than_the_limit_is_not_read(whole: Path) -> None:
    with closing(ZipReader(whole)) as reader, pytest.raises(PackError, match="420 bytes"):
        reader.read("å/text.md", 419)


def test_what_is_not_there_and_what_is_deflated_cannot_be_opened(whole: Path) -> None:
    with closing(ZipReader(whole)) as reader:
        with pytest.raises(PackError, match=r"has no “\.\./x”"):
            reader.read("../x", 10)
        with pytest.raises(PackError, match="deflated"):
            reader.open("å/text.md")


def test_a_closed_pack_is_an_error_and_no_other_file(whole: Path) -> None:
    """Its descriptor may belong to another file by then."""
    reader = ZipReader(whole)
    reader.close()
    reader.close()
    with pytest.raises(PackError):
        reader.read("mimetype", 100)


@pytest.mark.parametrize(
    "name",
    [
        "../outside", "a/../../outside", "/etc/passwd", "a//b", "./a", "a/.", "C:/x", "a\\b", "a:b", "",
        "x" * 600,
        "a/b ", "a./b", " a", "a\nb", "nul\x01", "dir/",
    ],
)  # fmt: skip
def test_names_that_could_mean_anything_else_are_refused(tmp_path: Path, name: str) -> None:
    assert not is_plain_path(name)
    if name:
        info = entry("placeholder")
        info.filename = name
        refused(write_zip(tmp_path / "x.kbp", [(info, b"data")]))


@pytest.mark.parametrize("name", ["a", "a/b.md", "å ä/ö.md", ".hidden", "a.b/c-d_e (1).png", "a'b", "日本/x"])
def test_names_of_ordinary_files_are_taken(name: str) -> None:
    assert is_plain_path(name)


@pytest.mark.parametrize(
    "kind", [stat.S_IFLNK, stat.S_IFDIR, stat.S_IFIFO, stat.S_IFCHR, stat.S_IFBLK, stat.S_IFSOCK]
)
def test_anything_but_a_regular_file_is_refused(tmp_path: Path, kind: int) -> None:
    path = write_zip(tmp_path / "x.kbp", [(entry("x", mode=kind | 0o777), b"/etc/passwd")])
    assert "no regular file" in refused(path)


def test_a_name_that_is_there_twice_is_refused(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate"):
        path = write_zip(tmp_path / "x.kbp", [("same", b"one"), ("same", b"two")])
    assert "twice" in refused(path)


def test_a_bomb_is_refused_by_what_it_says_and_by_what_it_is(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "x.kbp", [(entry("x", method=zipfile.ZIP_DEFLATED), bytes(1 << 24))])
    assert "too tightly" in refused(path)


def patch(path: Path, mark: bytes, offset: int, value: bytes, *, last: bool = False) -> Path:
    """Write over bytes at a place after a signature."""
    data = bytearray(path.read_bytes())
    at = (data.rindex(mark) if last else data.index(mark)) + offset
    data[at : at + len(value)] = value
    path.write_bytes(data)
    return path


LOCAL, CENTRAL, END = b"PK\3\4", b"PK\1\2", b"PK\5\6"

LIES: dict[str, Callable[[Path], Path]] = {
    "the directory says it is smaller": lambda path: patch(path, CENTRAL, 24, struct.pack("<L", 3)),
    "the header says it is larger": lambda path: patch(path, LOCAL, 22, struct.pack("<L", 9)),
    "another checksum": lambda path: patch(path, CENTRAL, 16, b"\1\2\3\4"),
    "another method": lambda path: patch(path, CENTRAL, 10, struct.pack("<H", 12)),
    "another method in the header": lambda path: patch(path, LOCAL, 8, struct.pack("<H", 8)),
    "encrypted": lambda path: patch(path, CENTRAL, 8, struct.pack("<H", 1)),
    "encrypted in the header": lambda path: patch(path, LOCAL, 6, struct.pack("<H", 1)),
    "sizes after the data": lambda path: patch(path, CENTRAL, 8, struct.pack("<H", 8)),
    "an extra field": lambda path: patch(path, CENTRAL, 30, struct.pack("<H", 4)),
    "an extra field in the header": lambda path: patch(path, LOCAL, 28, struct.pack("<H", 4)),
    "a comment": lambda path: patch(path, CENTRAL, 32, struct.pack("<H", 4)),
    "on another disk": lambda path: patch(path, CENTRAL, 34, struct.pack("<H", 1)),
    "overlapping": lambda path: patch(path, CENTRAL, 42, struct.pack("<L", 0), last=True),
    "a gap": lambda path: patch(path, CENTRAL, 42, struct.pack("<L", 1)),
    "another name in the header": lambda path: patch(path, LOCAL, 30, b"mimetypf"),
    "a name that is no UTF-8": lambda path: patch(path, CENTRAL, 46, b"\xff"),
    "more members than there are": lambda path: patch(path, END, 8, struct.pack("<2H", 9, 9)),
    "fewer members than there are": lambda path: patch(path, END, 8, struct.pack("<2H", 2, 2)),
    "counts that differ": lambda path: patch(path, END, 8, struct.pack("<2H", 3, 2)),
    "several disks": lambda path: patch(path, END, 4, struct.pack("<H", 1)),
    "a directory elsewhere": lambda path: patch(path, END, 16, struct.pack("<L", 5)),
    "a comment at the end": lambda path: patch(path, END, 20, struct.pack("<H", 1)),
    "no directory": lambda path: patch(path, END, 0, b"XXXX"),
    "no entry": lambda path: patch(path, CENTRAL, 0, b"XXXX"),
    "no header": lambda path: patch(path, LOCAL, 0, b"XXXX"),
}


@pytest.mark.parametrize("lie", LIES)
def test_a_zip_that_contradicts_itself_is_refused(whole: Path, lie: str) -> None:
    refused(LIES[lie](whole))


@pytest.mark.parametrize("where", ["before", "after", "between"])
def test_nothing_hides_beside_the_members(whole: Path, where: str) -> None:
    data = whole.read_bytes()
    at = data.index(CENTRAL)
    pieces = {"before": b"#!" + data, "after": data + b"x", "between": data[:at] + b"x" + data[at:]}
    whole.write_bytes(pieces[where])
    refused(whole)


def test_every_truncation_is_refused(whole: Path) -> None:
    data = whole.read_bytes()
    for length in range(len(data)):
        whole.write_bytes(data[:length])
        refused(whole)


def test_a_flipped_bit_is_noticed_or_means_nothing(whole: Path) -> None:
    """What no check covers is what nobody reads: times, versions and the rights of a file."""
    data = whole.read_bytes()
    with closing(ZipReader(whole)) as reader:
        before = {name: reader.read(name, 1 << 20) for name in reader.members}
    for at in range(len(data)):
        changed = bytearray(data)
        changed[at] ^= 1 << at % 8
        whole.write_bytes(changed)
        try:
            with closing(ZipReader(whole)) as reader:
                assert {name: reader.read(name, 1 << 20) for name in reader.members} == before
        except PackError:
            continue


def test_a_file_that_is_cut_short_while_it_is_open_is_an_error(whole: Path) -> None:
    """Under a memory map this would end the process."""
    with closing(ZipReader(whole)) as reader, reader.open("picture.png") as file:
        os.truncate(whole, 10)
        assert file.read() == b""
        with pytest.raises(PackError, match="ends in"):
            reader.read("picture.png", 1000)


def test_what_is_no_file_is_not_opened(tmp_path: Path) -> None:
    """Opening a FIFO would wait for a writer forever."""
    fifo = tmp_path / "fifo.kbp"
    os.mkfifo(fifo)
    assert "no regular file" in refused(fifo)
    assert "no regular file" in refused(tmp_path)
    assert "cannot be read" in refused(tmp_path / "missing.kbp")
    assert "cannot be read" in refused(tmp_path / "nul\0.kbp")


@pytest.mark.parametrize(
    ("limit", "value"),
    [("MAX_MEMBERS", 2), ("MAX_DIRECTORY_BYTES", 20), ("MAX_TOTAL_BYTES", 100), ("MAX_FILE_BYTES", 100)],
)
def test_limits_hold(whole: Path, monkeypatch: pytest.MonkeyPatch, limit: str, value: int) -> None:
    monkeypatch.setattr(zip_reader, limit, value)
    refused(whole)


@given(data=st.binary(max_size=400), seed=st.integers(0, 1 << 32))
def test_no_bytes_whatsoever_do_more_than_be_refused(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, seed: int
) -> None:
    chance = random.Random(seed)
    path = tmp_path_factory.getbasetemp() / "fuzz.kbp"
    write_zip(path, [(entry("a/b.md", method=chance.choice([0, 8])), data), (entry("c"), data[:9])])
    changed = bytearray(path.read_bytes())
    for _ in range(chance.randrange(1, 6)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    path.write_bytes(changed)
    try:
        with closing(ZipReader(path)) as reader:
            for name in reader.members:
                reader.read(name, 1000)
    except PackError:
        return
