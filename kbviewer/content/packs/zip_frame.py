"""Writes zip files of the one form that `zip_reader` reads, from members that are packed already.

The bytes are those of Python's `zipfile` as `pack_writer` uses it; but nothing is packed or looked at on the
way, so that a member of one file can be put into another as it lies there.
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Iterable
from typing import IO

from kbviewer.content.packs.zip_reader import (
    DEFLATED,
    MAX_DIRECTORY_BYTES,
    MAX_FILE_BYTES,
    MAX_MEMBERS,
    Member,
)

_LOCAL = struct.Struct("<4s5H3L2H")
_ENTRY = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_VERSION = 20
_UNIX = 3 << 8
_UTF8 = 0x800
_PLAIN_FILE = 0o100644 << 16
# 1 January 1980, midnight: the first moment that a zip file can name.
_TIME, _DATE = 0, (1 << 5) | 1
_LEVEL = 6


class ZipFrame:
    """A zip file on its way to `file`, member after member; `finish` writes the directory.

    Attributes:
        size: how many bytes are written.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._digest = hashlib.sha256()
        self._members: dict[str, Member] = {}
        self.size = 0

    def add(self, member: Member, packed: Iterable[bytes]) -> None:
        """Write a member; `packed` is its data as its method has packed it, and `member.at` does not count.

        Raises:
            OSError: it cannot be written.
            ValueError: it is there already, too large, or its data has another size.
        """
        if member.name in self._members or len(self._members) >= MAX_MEMBERS:
            raise ValueError("a member twice, or too many")
        if self.size + member.packed_size > MAX_FILE_BYTES or member.size > MAX_FILE_BYTES:
            raise ValueError("too large")
        placed = member._replace(at=self.size)
        self._write(local_header(placed))
        start = self.size
        for chunk in packed:
            self._write(chunk)
            if self.size - start > member.packed_size:
                break
        if self.size - start != member.packed_size:
            raise ValueError("another size")
        self._members[member.name] = placed

    def finish(self) -> str:
        """Write the directory; return the SHA-256 of the whole file, in hexadecimal.

        Raises:
            OSError: it cannot be written.
            ValueError: the file becomes too large.
        """
        directory = directory_of(self._members.values(), self.size)
        if self.size + len(directory) > MAX_FILE_BYTES or len(directory) > MAX_DIRECTORY_BYTES:
            raise ValueError("too large")
        self._write(directory)
        return self._digest.hexdigest()

    def _write(self, data: bytes) -> None:
        self._file.write(data)
        self._digest.update(data)
        self.size += len(data)


def local_header(member: Member) -> bytes:
    """Return what stands before the data of a member."""
    name, flags = _encoded(member.name)
    return (
        _LOCAL.pack(
            b"PK\3\4",
            _VERSION,
            flags,
            member.method,
            _TIME,
            _DATE,
            member.crc,
            member.packed_size,
            member.size,
            len(name),
            0,
        )
        + name
    )


def directory_of(members: Iterable[Member], start: int) -> bytes:
    """Return the end of a zip file: its directory, which begins at `start`."""
    entries = [_entry(member) for member in members]
    directory = b"".join(entries)
    count = len(entries)
    return directory + _END.pack(b"PK\5\6", 0, 0, count, count, len(directory), start, 0)


def packed_member(name: str, method: int, data: bytes) -> tuple[Member, bytes]:
    """Return what a member with that data is, and the data as it lies in the file."""
    packed = deflate(data) if method == DEFLATED else data
    return Member(name, method, len(packed), len(data), zlib.crc32(data), 0), packed


def deflate(data: bytes) -> bytes:
    """Return `data` packed as the members of a pack are."""
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


def _entry(member: Member) -> bytes:
    name, flags = _encoded(member.name)
    return (
        _ENTRY.pack(
            b"PK\1\2",
            _UNIX | _VERSION,
            _VERSION,
            flags,
            member.method,
            _TIME,
            _DATE,
            member.crc,
            member.packed_size,
            member.size,
            len(name),
            0,
            0,
            0,
            0,
            _PLAIN_FILE,
            member.at,
        )
        + name
    )


def _encoded(name: str) -> tuple[bytes, int]:
    encoded = name.encode("utf-8")
    return encoded, 0 if name.isascii() else _UTF8
