"""A zip file read by somebody who trusts nothing in it.

Of all the zip files that there can be, only those are read that have one meaning: member after member without
a gap, sizes known before the data, no encryption, no comments, no extensions, nothing but plain files under
plain names. So nothing overlaps, hides between members or says one thing at its place and another in the
directory. Members are read by exact name, under limits, and never written to disk.
"""

from __future__ import annotations

import io
import os
import re
import stat
import struct
import threading
import weakref
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO, NamedTuple

from kbviewer.model.errors import PackError
from kbviewer.model.messages import N_, Message, message
from kbviewer.model.system_errors import system_reason

MAX_FILE_BYTES = (1 << 32) - 1
MAX_MEMBERS = 65_534
MAX_DIRECTORY_BYTES = 32 << 20
MAX_TOTAL_BYTES = 8 << 30
MAX_DEFLATED_BYTES = 128 << 20
MAX_RATIO = 100
"""How often a deflated member may be larger than what it was packed to; text is at 3 to 10."""

STORED = 0
DEFLATED = 8

_UTF8 = 0x800
_DOS_DIRECTORY = 0x10
_SMALL = 1024
_CHUNK_BYTES = 1 << 20
_END = struct.Struct("<4s4H2LH")
_ENTRY = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
# No backslash, colon or other sign that means something to a system, no empty part, no part that begins or
# ends with a blank or ends with a dot; "." and ".." are among those.
_PART = r'[^\x00-\x1f\x7f\\:*?"<>|/\s][^\x00-\x1f\x7f\\:*?"<>|/]*(?<![\s.])'
_PLAIN_PATH = re.compile(rf"{_PART}(?:/{_PART})*")
_MAX_NAME = 512


class Member(NamedTuple):
    """A file in the zip: sizes in bytes, CRC-32, and where its local header begins."""

    name: str
    method: int
    packed_size: int
    size: int
    crc: int
    at: int


class ZipReader:
    """An open zip file. Reads are plain reads at a place, so that a file that is cut short is an error.

    Attributes:
        members: by name, in the order of the file.
        size: of the file, in bytes.
    """

    def __init__(self, path: Path) -> None:
        """Open a file and check all that the directory says.

        Raises:
            PackError: it cannot be read, or is not such a zip file.
        """
        self.path = path
        self._lock = threading.Lock()
        self._descriptor = _open(path)
        self._close = weakref.finalize(self, os.close, self._descriptor)
        try:
            self.size = os.fstat(self._descriptor).st_size
            self.members: Mapping[str, Member] = self._read_directory()
        except OSError as error:
            self.close()
            raise unreadable(path, error) from error
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Close the file; later reads fail."""
        self._close()

    def read(self, name: str, limit: int) -> bytes:
        """Return the bytes of a member.

        Raises:
            PackError: there is none, it is larger than `limit`, or not what the directory says.
        """
        member = self.member(name)
        if member.size > limit:
            raise self.damaged(message(N_("“{name}” has {size} bytes"), name=name, size=member.size))
        packed = self._packed(member)
        data = packed if member.method == STORED else _inflate(packed, member.size)
        if data is None or zlib.crc32(data) != member.crc:
            raise self._changed(name)
        return data

    def chunks(self, name: str) -> Iterator[bytes]:
        """Yield the bytes of a member, a large one that is stored in pieces; the CRC is not looked at.

        Raises:
            PackError: see `read`.
        """
        member = self.member(name)
        if member.method != STORED or member.size <= _CHUNK_BYTES:
            yield self.read(name, max(member.size, 0))
            return
        start, end = self.data_at(member), self.data_at(member) + member.size
        for at in range(start, end, _CHUNK_BYTES):
            yield self._exactly(at, min(_CHUNK_BYTES, end - at), name)

    def packed_chunks(self, name: str) -> Iterator[bytes]:
        """Yield the bytes of a member in pieces as they lie in the file; the CRC is not looked at.

        Raises:
            PackError: there is no such member, or the file is cut short.
        """
        member = self.member(name)
        start = self.data_at(member)
        end = start + member.packed_size
        for at in range(start, end, _CHUNK_BYTES):
            yield self._exactly(at, min(_CHUNK_BYTES, end - at), name)

    def open(self, name: str) -> BinaryIO:
        """Return a stored member as a file. It is read when it is asked for, not now.

        Raises:
            PackError: there is no such member, or it is not stored.
        """
        member = self.member(name)
        if member.method != STORED:
            raise self.damaged(message(N_("“{name}” is deflated"), name=name))
        return io.BufferedReader(_Window(self, self.data_at(member), member.size))

    def member(self, name: str) -> Member:
        """Return what the directory says of a member.

        Raises:
            PackError: there is none.
        """
        try:
            return self.members[name]
        except KeyError:
            raise self.damaged(message(N_("it has no “{name}”"), name=name)) from None

    def read_at(self, at: int, count: int) -> bytes:
        """Return up to `count` bytes at a place.

        Raises:
            OSError: they cannot be read.
        """
        if not self._close.alive:
            raise ValueError("the pack is closed")
        if hasattr(os, "pread"):
            return os.pread(self._descriptor, count, at)
        with self._lock:  # Windows
            os.lseek(self._descriptor, at, os.SEEK_SET)
            return os.read(self._descriptor, count)

    def data_at(self, member: Member) -> int:
        """Return where the bytes of a member begin, after comparing its header with the directory.

        Raises:
            PackError: they differ.
        """
        name = member.name.encode("utf-8")
        header = self._exactly(member.at, _LOCAL.size + len(name), member.name)
        mark, _, flags, method, _, _, crc, packed, size, length, extra = _LOCAL.unpack_from(header)
        found = (mark, method, crc, packed, size, length, extra, header[_LOCAL.size :])
        wanted = (
            b"PK\3\4",
            member.method,
            member.crc,
            member.packed_size,
            member.size,
            len(name),
            0,
            name,
        )
        if found != wanted or flags not in (0, _UTF8):
            raise self._changed(member.name)
        return member.at + len(header)

    def damaged(self, why: Message) -> PackError:
        """Return the error for a file that is no pack, or not any more."""
        return damaged(self.path, why)

    def _changed(self, name: str) -> PackError:
        return self.damaged(message(N_("“{name}” is damaged"), name=name))

    def _packed(self, member: Member) -> bytes:
        return self._exactly(self.data_at(member), member.packed_size, member.name)

    def _exactly(self, at: int, count: int, name: str) -> bytes:
        try:
            data = self.read_at(at, count)
            while len(data) < count and (more := self.read_at(at + len(data), count - len(data))):
                data += more
        except (OSError, ValueError) as error:
            raise unreadable(self.path, error) from error
        if len(data) != count:
            raise self.damaged(message(N_("it ends in “{name}”"), name=name))
        return data

    def _read_directory(self) -> dict[str, Member]:
        if not _END.size <= self.size <= MAX_FILE_BYTES:
            raise self.damaged(message(N_("it has {size} bytes"), size=self.size))
        end = self.read_at(self.size - _END.size, _END.size)
        mark, disk, first_disk, here, count, length, start, comment = _END.unpack(end)
        if mark != b"PK\5\6" or (disk, first_disk, comment) != (0, 0, 0) or here != count:
            raise self.damaged(message(N_("it has no directory at its end")))
        if count > MAX_MEMBERS or length > MAX_DIRECTORY_BYTES:
            raise self.damaged(message(N_("it has too many files")))
        if start + length + _END.size != self.size:
            raise self.damaged(message(N_("its directory lies elsewhere than it says")))
        directory = self._exactly(start, length, "directory")
        members = self._parse(directory, count)
        last = next(reversed(members.values()), None)
        ends = _end_of(last) if last else 0
        if ends != start:
            raise self.damaged(message(N_("there is something between its files")))
        if sum(member.size for member in members.values()) > MAX_TOTAL_BYTES:
            raise self.damaged(message(N_("its files are too large")))
        return members

    def _parse(self, directory: bytes, count: int) -> dict[str, Member]:
        members: dict[str, Member] = {}
        at = place = 0
        for _ in range(count):
            if at + _ENTRY.size > len(directory):
                raise self.damaged(message(N_("its directory is cut short")))
            (
                mark, made_by, _needed, flags, method, _time, _date, crc, packed, size,
                name_length, extra, comment, disk, _internal, external, header,
            ) = _ENTRY.unpack_from(directory, at)  # fmt: skip
            at += _ENTRY.size + name_length
            raw = directory[at - name_length : at]
            try:
                name = raw.decode("utf-8" if flags else "ascii")
            except UnicodeDecodeError:
                raise self.damaged(message(N_("a name in it is not UTF-8"))) from None
            kind = stat.S_IFMT(external >> 16) if made_by >> 8 else 0
            if mark != b"PK\1\2" or flags not in (0, _UTF8) or extra or comment or disk:
                raise self.damaged(message(N_("“{name}” uses what packs do not use"), name=name))
            if kind not in (0, stat.S_IFREG) or external & _DOS_DIRECTORY:
                raise self.damaged(message(N_("“{name}” is no regular file"), name=name))
            if len(raw) != name_length or not is_plain_path(name):
                raise self.damaged(message(N_("“{name}” is no name for a file"), name=name))
            if name in members:
                raise self.damaged(message(N_("“{name}” is there twice"), name=name))
            if not _is_moderate(method, packed, size):
                raise self.damaged(message(N_("“{name}” is packed too tightly"), name=name))
            if header != place:
                raise self.damaged(message(N_("“{name}” does not follow the file before it"), name=name))
            members[name] = member = Member(name, method, packed, size, crc, header)
            place = _end_of(member, name_length)
        if at != len(directory):
            raise self.damaged(message(N_("its directory has something after its end")))
        return members


class _Window(io.RawIOBase):
    """A part of a zip file as a file of its own."""

    def __init__(self, reader: ZipReader, start: int, size: int) -> None:
        super().__init__()
        self._reader = reader
        self._start = start
        self._size = size
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._size}[whence]
        if base + offset < 0:
            raise ValueError("before the beginning")
        self._at = base + offset
        return self._at

    def tell(self) -> int:
        return self._at

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        count = max(0, min(len(view), self._size - self._at))
        data = self._reader.read_at(self._start + self._at, count) if count else b""
        view[: len(data)] = data
        self._at += len(data)
        return len(data)


def is_plain_path(name: str) -> bool:
    """Return whether `name` can only name a file below a folder, on any system."""
    return len(name) <= _MAX_NAME and _PLAIN_PATH.fullmatch(name) is not None


def damaged(path: Path, why: Message) -> PackError:
    """Return the error for a file that is no pack."""
    return PackError(
        message(N_("“{file}” is no whole pack: {reason}."), file=path.name, reason=why),
        message(N_("Get it anew from where it came from.")),
    )


def unreadable(path: Path, error: Exception) -> PackError:
    """Return the error for a file that the system does not let us read."""
    reason = system_reason(error)
    return PackError(message(N_("“{path}” cannot be read: {reason}."), path=path, reason=reason))


def _open(path: Path) -> int:
    """Return a descriptor; what is no regular file is not even opened, for that may wait forever."""
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise damaged(path, message(N_("it is no regular file")))
        descriptor = os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
        if stat.S_ISREG(os.fstat(descriptor).st_mode):
            return descriptor
        os.close(descriptor)
    except (OSError, ValueError) as error:
        raise unreadable(path, error) from error
    raise damaged(path, message(N_("it is no regular file")))


def _end_of(member: Member, name_length: int | None = None) -> int:
    length = len(member.name.encode("utf-8")) if name_length is None else name_length
    return member.at + _LOCAL.size + length + member.packed_size


def _is_moderate(method: int, packed: int, size: int) -> bool:
    if method == STORED:
        return packed == size
    return method == DEFLATED and size <= min(MAX_DEFLATED_BYTES, packed * MAX_RATIO + _SMALL)


def _inflate(packed: bytes, size: int) -> bytes | None:
    """Return exactly `size` bytes, None when there are more, fewer, or something after them."""
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        data = inflater.decompress(packed, size + 1)
    except zlib.error:
        return None
    whole = inflater.eof and not inflater.unused_data and len(data) == size
    return data if whole else None
