"""Makes the new pack: member by member from the old one and the delta, with the index built in between."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from types import TracebackType
from typing import IO

from kbviewer.content.packs.building import BuildIndex, IndexSource
from kbviewer.content.packs.layout import FORMAT, INDEX, MANIFEST_NAME
from kbviewer.content.packs.library import PackLibrary
from kbviewer.content.packs.pack_writer import encode_json, method_of
from kbviewer.content.packs.zip_frame import ZipFrame, packed_member
from kbviewer.content.packs.zip_reader import (
    MAX_RATIO,
    MAX_TOTAL_BYTES,
    STORED,
    Member,
    ZipReader,
)
from kbviewer.content.updates.delta_file import DeltaReader, Moved, Raw, Same, Step, Text
from kbviewer.content.updates.delta_making import MAX_EDITED_BYTES, Pack, in_order
from kbviewer.content.updates.edits import apply_edits
from kbviewer.content.updates.errors import no_room
from kbviewer.model.errors import PackError
from kbviewer.model.messages import N_, message

Progress = Callable[[int, int], None]
Facts = tuple[int, str]

_SPARE_BYTES = 8 << 20
_READABLE = 0o644


def write_directly(old: Path, delta: DeltaReader, out: Path, on_progress: Progress | None) -> str:
    """Write the pack of a delta that has everything in it; return its SHA-256.

    Raises:
        PackError: the delta or the old pack is damaged, or the disk is full.
        OSError: the file cannot be written.
    """
    _check_room(out.parent, delta.head.size)
    with closing(Pack(old)) as pack, _new_file(out) as file:
        tell = _telling(on_progress, delta.head.size)
        steps = Steps(pack, delta, file, tell)
        steps.run()
        made = steps.finish()
        tell(delta.head.size)
        file.flush()
        os.fsync(file.fileno())
    return made


class Steps:
    """The steps of a delta on their way into a zip file.

    Attributes:
        facts: size and SHA-256 of each member that was written, by name, as a manifest has them; not of those
            that came packed out of the delta.
    """

    def __init__(self, old: Pack, delta: DeltaReader, file: IO[bytes], tell: Callable[[int], None]) -> None:
        self._old = old
        self._delta = delta
        self._frame = ZipFrame(file)
        self._tell = tell
        self.facts: dict[str, Facts] = {}

    def run(self) -> None:
        """Write all members.

        Raises:
            PackError: the delta says what cannot be, or the old pack is damaged.
            OSError: the file cannot be written.
        """
        head = self._delta.head
        if sum(step.size for step in head.steps if isinstance(step, Text)) > MAX_TOTAL_BYTES:
            raise self._delta.damaged(message(N_("it is too large")))
        try:
            for step in head.steps:
                self._take(step)
        except (ValueError, IndexError) as error:
            raise self._delta.damaged(message(N_("what it says about itself is damaged"))) from error
        self._delta.finish()

    def add(self, name: str, plain: bytes) -> None:
        """Write one more member, packed as packs are.

        Raises:
            OSError: it cannot be written.
        """
        try:
            self._add_plain(name, method_of(name, plain), plain)
        except ValueError as error:
            raise self._delta.damaged(message(N_("“{name}” is there twice"), name=name)) from error

    def finish(self) -> str:
        """Write the directory; return the SHA-256 of the file."""
        try:
            return self._frame.finish()
        except ValueError as error:
            raise self._delta.damaged(message(N_("what it makes is too large"))) from error

    def _take(self, step: Step) -> None:
        match step:
            case Same(at, count):
                if at + count > len(self._old.members):
                    raise IndexError(at)
                for member in self._old.members[at : at + count]:
                    self._copy(member, member.name)
            case Moved(at, name):
                self._copy(self._old.members[at], name)
            case Raw(member):
                self._add_raw(member)
            case Text(name, method, size, at, edits):
                before = b""
                if at >= 0:
                    before = self._old.zip.read(self._old.members[at].name, MAX_EDITED_BYTES)
                self._add_plain(name, method, apply_edits(before, edits, size, self._delta.read))

    def _copy(self, member: Member, name: str) -> None:
        self._write(member._replace(name=name), self._old.zip.packed_chunks(member.name))
        self.facts[name] = (member.size, self._old.file.digest(member.name))

    def _add_raw(self, member: Member) -> None:
        digest = hashlib.sha256()

        def chunks() -> Iterator[bytes]:
            for chunk in self._delta.chunks(member.packed_size):
                digest.update(chunk)
                yield chunk

        self._write(member, chunks())
        if member.method == STORED:
            self.facts[member.name] = (member.size, digest.hexdigest())

    def _add_plain(self, name: str, method: int, plain: bytes) -> None:
        member, packed = packed_member(name, method, plain)
        if member.size > member.packed_size * MAX_RATIO + 1024:
            raise ValueError("packed too tightly")
        self._write(member, (packed,))
        self.facts[name] = (len(plain), hashlib.sha256(plain).hexdigest())

    def _write(self, member: Member, chunks: Iterable[bytes]) -> None:
        if self._frame.size + member.packed_size > self._delta.head.size:
            raise self._delta.damaged(message(N_("what it makes is larger than it says")))
        self._frame.add(member, chunks)
        self._tell(member.packed_size)


class Rebuilding:
    """Makes a pack whose index and manifest are not in the delta; a context manager.

    First everything else is written as a pack of its own, beside `out`; the index is built from that, and
    then both are put together.
    """

    def __init__(self, old: Path, delta: DeltaReader, out: Path, cache_dir: Path | None) -> None:
        self._old = old
        self._delta = delta
        self._cache_dir = cache_dir
        self._folder = out.parent

    def __enter__(self) -> Rebuilding:
        self._room = tempfile.TemporaryDirectory(prefix=".delta-", dir=self._folder)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._room.cleanup()

    def write(self, out: Path, build_index: BuildIndex, on_progress: Progress | None) -> str:
        """Write the pack; return its SHA-256.

        Raises:
            PackError: the delta or the old pack is damaged, or the disk is full.
            OSError: the file cannot be written.
        """
        size = self._delta.head.size
        _check_room(self._folder, 2 * size)
        tell = _telling(on_progress, 2 * size)
        content = Path(self._room.name) / "content.kbp"
        facts = self._write_content(content, tell)
        index = Path(self._room.name) / "index"
        index.mkdir()
        built = self._build(content, facts, build_index, index)
        return self._put_together(content, facts, built, out, tell)

    def _write_content(self, path: Path, tell: Callable[[int], None]) -> dict[str, Facts]:
        with closing(Pack(self._old)) as old, _new_file(path) as file:
            steps = Steps(old, self._delta, file, tell)
            steps.run()
            facts = dict(steps.facts)
            steps.add(MANIFEST_NAME, _manifest(facts))
            steps.finish()
        return facts

    def _build(
        self, content: Path, facts: Mapping[str, Facts], build_index: BuildIndex, folder: Path
    ) -> dict[str, bytes | Path]:
        try:
            library = PackLibrary.open(content, self._cache_dir)
        except PackError as error:
            raise self._delta.damaged(error.what) from error
        digests = {name: digest for name, (_, digest) in facts.items()}
        with closing(library):
            built = {INDEX + name: data for name, data in build_index(IndexSource(library, digests), folder)}
        return built

    def _put_together(
        self,
        content: Path,
        facts: Mapping[str, Facts],
        built: Mapping[str, bytes | Path],
        out: Path,
        tell: Callable[[int], None],
    ) -> str:
        made = {name: _facts_of(data) for name, data in built.items()}
        files = {**built, MANIFEST_NAME: _manifest({**facts, **made})}
        with closing(ZipReader(content)) as reader, _new_file(out) as file:
            frame = ZipFrame(file)
            for name in in_order(iter({**reader.members, **files})):
                if name in files:
                    plain = _bytes_of(files[name])
                    member, packed = packed_member(name, method_of(name, plain), plain)
                    self._add(frame, member, (packed,))
                else:
                    member = reader.members[name]
                    self._add(frame, member, reader.packed_chunks(name))
                tell(member.packed_size)
            digest = frame.finish()
            tell(2 * self._delta.head.size)
            file.flush()
            os.fsync(file.fileno())
        return digest

    def _add(self, frame: ZipFrame, member: Member, chunks: Iterable[bytes]) -> None:
        if frame.size + member.packed_size > self._delta.head.size:
            raise self._delta.damaged(message(N_("what it makes is larger than it says")))
        frame.add(member, chunks)


def _facts_of(data: bytes | Path) -> Facts:
    plain = _bytes_of(data)
    return len(plain), hashlib.sha256(plain).hexdigest()


def _bytes_of(data: bytes | Path) -> bytes:
    return data if isinstance(data, bytes) else data.read_bytes()


def _manifest(facts: Mapping[str, Facts]) -> bytes:
    return encode_json({"format": FORMAT, "files": {name: list(facts[name]) for name in sorted(facts)}})


def _new_file(path: Path) -> IO[bytes]:
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _READABLE), "wb")


def _check_room(folder: Path, needed: int) -> None:
    free = shutil.disk_usage(folder).free
    if free < needed + _SPARE_BYTES:
        raise no_room(folder, free, needed + _SPARE_BYTES)


def _telling(on_progress: Progress | None, total: int) -> Callable[[int], None]:
    """Return what counts bytes and tells of them."""
    done = 0

    def tell(count: int) -> None:
        nonlocal done
        done += count
        if on_progress:
            on_progress(min(done, total), total)

    return tell
