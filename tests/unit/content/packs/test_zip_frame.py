"""Zip files that are put together from packed members."""

from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import Path

import pytest

from kbviewer.content.packs.zip_frame import ZipFrame, packed_member
from kbviewer.content.packs.zip_reader import DEFLATED, STORED, Member, ZipReader
from tests.support.packs import make_pack


def test_the_members_of_a_pack_put_together_anew_are_the_pack(tmp_path: Path) -> None:
    """Byte for byte: that is what a delta relies on."""
    pack = make_pack(tmp_path / "a.kbp", index=True)
    reader, made = ZipReader(pack), io.BytesIO()
    frame = ZipFrame(made)

    for name, member in reader.members.items():
        frame.add(member, reader.packed_chunks(name))
    digest = frame.finish()

    assert made.getvalue() == pack.read_bytes()
    assert hashlib.sha256(made.getvalue()).hexdigest() == digest
    reader.close()


def test_python_reads_what_was_put_together() -> None:
    made = io.BytesIO()
    frame = ZipFrame(made)
    for name, method in (("a.txt", DEFLATED), ("å/ö.bin", STORED)):
        member, packed = packed_member(name, method, name.encode() * 50)
        frame.add(member, [packed])
    frame.finish()

    with zipfile.ZipFile(made) as archive:
        assert archive.testzip() is None
        assert archive.read("å/ö.bin") == "å/ö.bin".encode() * 50


@pytest.mark.parametrize("chunks", [[], [b"ab"], [b"abc", b"d"]])
def test_data_of_another_size_is_refused(chunks: list[bytes]) -> None:
    with pytest.raises(ValueError, match="another size"):
        ZipFrame(io.BytesIO()).add(Member("a", STORED, 3, 3, 0, 0), chunks)


def test_a_name_twice_is_refused() -> None:
    frame = ZipFrame(io.BytesIO())
    frame.add(*_stored("a"))

    with pytest.raises(ValueError, match="twice"):
        frame.add(*_stored("a"))


def test_what_would_be_too_large_is_refused_before_it_is_read() -> None:
    with pytest.raises(ValueError, match="too large"):
        ZipFrame(io.BytesIO()).add(Member("a", STORED, 1 << 32, 1 << 32, 0, 0), ())


def _stored(name: str) -> tuple[Member, list[bytes]]:
    member, packed = packed_member(name, STORED, b"data")
    return member, [packed]
