"""The file of a delta (.kbd): what is said of the new pack's members, and the bytes that are new.

After a line that tells the kind of file comes one xz stream: four bytes with the length of the head, the head
as JSON, and the new bytes in the order of the members that they belong to. Nothing is taken from the stream
that the head has not announced, and the head has a largest size: no file unfolds into more than it says.
"""

from __future__ import annotations

import json
import lzma
import os
import stat
import struct
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from kbviewer.content.packs.layout import BAD_JSON, parse_json
from kbviewer.content.packs.zip_reader import (
    DEFLATED,
    MAX_DEFLATED_BYTES,
    MAX_FILE_BYTES,
    MAX_MEMBERS,
    STORED,
    Member,
    is_plain_path,
    unreadable,
)
from kbviewer.content.updates.edits import Edit
from kbviewer.content.updates.errors import damaged_update
from kbviewer.model.errors import PackError
from kbviewer.model.messages import N_, Message, message

MAGIC = b"kbviewer delta\n"
FORMAT = 1
_MAX_HEAD_BYTES = 64 << 20
_MAX_DECODER_BYTES = 96 << 20
_CHUNK_BYTES = 1 << 20
_LENGTH = struct.Struct("<L")
_HEX = frozenset("0123456789abcdef")
_MAX_RECIPE = 200


@dataclass(frozen=True, slots=True)
class Same:
    """Members that stay as they lie in the old pack: `count` of them from the number `at` on."""

    at: int
    count: int


@dataclass(frozen=True, slots=True)
class Moved:
    """A member that has another name in the old pack, where it is number `at`."""

    at: int
    name: str


@dataclass(frozen=True, slots=True)
class Raw:
    """A member whose packed bytes are in the delta."""

    member: Member


@dataclass(frozen=True, slots=True)
class Text:
    """A member that is made by editing the old one with the number `at`, and then packed.

    Attributes:
        at: -1 when it is made of nothing.
        size: of what is packed, in bytes.
    """

    name: str
    method: int
    size: int
    at: int
    edits: tuple[Edit, ...]


Step = Same | Moved | Raw | Text


@dataclass(frozen=True, slots=True)
class Head:
    """What a delta says about itself.

    Attributes:
        old: SHA-256 of the pack that it changes.
        new: SHA-256 of the pack that it makes.
        size: of that, in bytes.
        recipe: with which program index and manifest are made anew; "" when they are in the delta.
        steps: the members of the new pack in their order, but for those that are made anew.
    """

    old: str
    new: str
    size: int
    recipe: str
    steps: tuple[Step, ...]


def write_delta(file: IO[bytes], head: Head, data: Iterable[bytes]) -> None:
    """Write a delta with its new bytes.

    Raises:
        OSError: it cannot be written.
        ValueError: what is said of the members takes too much room.
    """
    raw = json.dumps(_encode(head), ensure_ascii=False, separators=(",", ":")).encode("utf-8")
    if len(raw) > _MAX_HEAD_BYTES:
        raise ValueError("the head is too large")
    packer = lzma.LZMACompressor(lzma.FORMAT_XZ, preset=6)
    file.write(MAGIC)
    for piece in (_LENGTH.pack(len(raw)), raw, *data):
        file.write(packer.compress(piece))
    file.write(packer.flush())


class DeltaReader:
    """An open delta. Nothing of it is believed; reading goes one way.

    Attributes:
        head: what it says about itself, in which every number and name is possible.
    """

    def __init__(self, path: Path) -> None:
        """Open a delta and read its head.

        Raises:
            PackError: it cannot be read, or is no delta.
        """
        self.path = path
        self._unpacker = lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_MAX_DECODER_BYTES)
        try:
            if not stat.S_ISREG(path.stat().st_mode):
                raise self.damaged(message(N_("it is no regular file")))
            self._file: IO[bytes] = path.open("rb")
        except (OSError, ValueError) as error:
            raise unreadable(path, error) from error
        try:
            self.head = self._read_head()
        except BaseException:
            self._file.close()
            raise

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def read(self, count: int) -> bytes:
        """Return the next `count` of the new bytes.

        Raises:
            PackError: there are fewer, or they are damaged.
        """
        return b"".join(self.chunks(count))

    def chunks(self, count: int) -> Iterator[bytes]:
        """Yield the next `count` of the new bytes in pieces.

        Raises:
            PackError: see `read`.
        """
        while count:
            data = self._some(min(count, _CHUNK_BYTES))
            if not data:
                raise self.damaged(message(N_("it has fewer bytes than it says")))
            count -= len(data)
            yield data

    def finish(self) -> None:
        """See that nothing is left.

        Raises:
            PackError: there is more than was read.
        """
        if self._some(1) or self._unpacker.unused_data or self._next():
            raise self.damaged(message(N_("it has more bytes than it says")))

    def damaged(self, why: Message) -> PackError:
        """Return the error for a file that is no delta, or not any more."""
        return damaged_update(self.path, why)

    def _read_head(self) -> Head:
        if os.fstat(self._file.fileno()).st_size > MAX_FILE_BYTES:
            raise self.damaged(message(N_("it is too large")))
        if self._next(len(MAGIC)) != MAGIC:
            raise self.damaged(message(N_("it is another kind of file")))
        (length,) = _LENGTH.unpack(self.read(_LENGTH.size))
        if length > _MAX_HEAD_BYTES:
            raise self.damaged(message(N_("it is too large")))
        raw = self.read(length)
        try:
            return _decode(parse_json(raw))
        except BAD_JSON as error:
            raise self.damaged(message(N_("what it says about itself is damaged"))) from error

    def _some(self, most: int) -> bytes:
        """Return up to `most` bytes, none at the end of the stream."""
        while not self._unpacker.eof:
            packed = b""
            if self._unpacker.needs_input and not (packed := self._next()):
                raise self.damaged(message(N_("it is cut short")))
            try:
                data = self._unpacker.decompress(packed, most)
            except (lzma.LZMAError, EOFError) as error:
                raise self.damaged(message(N_("its bytes have changed"))) from error
            if data:
                return data
        return b""

    def _next(self, count: int = _CHUNK_BYTES) -> bytes:
        try:
            return self._file.read(count)
        except OSError as error:
            raise unreadable(self.path, error) from error


def _encode(head: Head) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "old": head.old,
        "new": head.new,
        "size": head.size,
        "recipe": head.recipe,
        "steps": [_encode_step(step) for step in head.steps],
    }


def _encode_step(step: Step) -> list[Any]:
    match step:
        case Same(at, count):
            return ["same", at, count]
        case Moved(at, name):
            return ["moved", at, name]
        case Raw(member):
            return ["raw", *member[:5]]
        case Text(name, method, size, at, edits):
            return ["text", name, method, size, at, [number for edit in edits for number in edit]]


def _decode(value: Any) -> Head:
    if value["format"] != FORMAT:
        raise ValueError("another format")
    recipe = value["recipe"]
    if type(recipe) is not str or len(recipe) > _MAX_RECIPE:
        raise ValueError("no recipe")
    if len(value["steps"]) > MAX_MEMBERS:
        raise ValueError("too many members")
    return Head(
        _digest(value["old"]),
        _digest(value["new"]),
        _number(value["size"], MAX_FILE_BYTES),
        recipe,
        tuple(_decode_step(row) for row in value["steps"]),
    )


def _decode_step(row: Any) -> Step:
    match row:
        case ["same", at, count]:
            return Same(_number(at, MAX_MEMBERS), _number(count, MAX_MEMBERS))
        case ["moved", at, name]:
            return Moved(_number(at, MAX_MEMBERS), _name(name))
        case ["raw", name, method, packed, size, crc]:
            sizes = _number(packed, MAX_FILE_BYTES), _number(size, MAX_FILE_BYTES)
            member = Member(_name(name), _method(method), *sizes, _number(crc, MAX_FILE_BYTES), 0)
            return Raw(member)
        case ["text", name, method, size, at, numbers]:
            if at != -1:
                _number(at, MAX_MEMBERS)
            length = _number(size, MAX_DEFLATED_BYTES)
            return Text(_name(name), _method(method), length, at, tuple(_edits(numbers)))
        case _:
            raise ValueError("no step")


def _edits(numbers: Sequence[Any]) -> Iterator[Edit]:
    if len(numbers) % 3:
        raise ValueError("not in threes")
    for number in numbers:
        _number(number, MAX_DEFLATED_BYTES)
    for at in range(0, len(numbers), 3):
        yield Edit(numbers[at], numbers[at + 1], numbers[at + 2])


def _number(value: Any, most: int) -> int:
    if type(value) is not int or not 0 <= value <= most:
        raise ValueError("no number, or out of bounds")
    return value


def _method(value: Any) -> int:
    if _number(value, DEFLATED) not in (STORED, DEFLATED):
        raise ValueError("no method")
    return int(value)


def _name(value: Any) -> str:
    if type(value) is not str or not is_plain_path(value):
        raise ValueError("no name for a file")
    return value


def _digest(value: Any) -> str:
    if type(value) is not str or len(value) != 64 or not _HEX.issuperset(value):
        raise ValueError("not a SHA-256")
    return value
