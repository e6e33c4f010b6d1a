"""Looks at a source from outside, as a reader's computer does: what was signed, and every file of it.

All of it is fetched, for nothing else shows what a server makes of it. Nothing is written.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from kbviewer.content.updates.contents import Contents, SignedFile
from kbviewer.content.updates.inspection import (
    Inspection,
    OfferedPack,
    expiry_findings,
    not_signed,
    not_the_rest,
)
from kbviewer.content.updates.pace import Pace
from kbviewer.content.updates.transport import (
    Stream,
    Transport,
    UnreachableError,
    check_going_on,
    read_whole,
    too_large,
)
from kbviewer.content.updates.trust_store import TrustStore
from kbviewer.content.updates.verification import MAX_ROOT_BYTES, read_root, refresh, root_name
from kbviewer.model.errors import UpdateError
from kbviewer.model.messages import N_, Message, message

_PART_BYTES = 4096

OnBytes = Callable[[int, int], None]


def inspect_source(transport: Transport, now: datetime, on_bytes: OnBytes | None = None) -> Inspection:
    """Look at a source; whoever its first root says is believed for that.

    Args:
        on_bytes: told how many bytes have come, and of how many.

    Raises:
        UpdateError: it cannot be reached, or is none.
    """
    name = root_name(1)
    root = read_whole(transport, name, MAX_ROOT_BYTES)
    version, fingerprint = read_root(root, name, transport.address)
    # Never kept, so that the folder is never made.
    store = TrustStore.begin(Path(), version, fingerprint, root)
    try:
        contents = refresh(transport, store)
    except UpdateError as error:
        return Inspection((error.what,), (), fingerprint=fingerprint)
    looking = _Looking(transport, contents, on_bytes)
    looking.look_at_files()
    problems, warnings = expiry_findings(((expiry.role, expiry.at) for expiry in contents.expiries), now)
    return Inspection(
        (*problems, *looking.problems),
        (*warnings, *looking.warnings),
        contents.publisher,
        fingerprint,
        {expiry.role: expiry.at for expiry in contents.expiries},
        tuple(_offered(contents)),
    )


class _Looking:
    """A look at the files of a source, and what has been found so far."""

    def __init__(self, transport: Transport, contents: Contents, on_bytes: OnBytes | None) -> None:
        files = [pack.file for pack in contents.packs.values()] + [delta.file for delta in contents.deltas]
        # A file of updates need not have all that is offered.
        self._files = [file for file in files if transport.may_have(file.name)]
        self._transport = transport
        self._contents = contents
        self._on_bytes = on_bytes
        self._done, self._total = 0, sum(file.length for file in self._files)
        self.problems: list[Message] = []
        self.warnings: list[Message] = []

    def look_at_files(self) -> None:
        """See that every file is there and is what was signed, and that a download can be gone on with."""
        largest = max(self._files, key=lambda file: file.length, default=None)
        end = b""
        try:
            for file in self._files:
                found = self._end_of(file)
                if file is largest:
                    end = found
            if largest is not None and end and not self._transport.is_local:
                self._look_at_part(largest, end)
        except UnreachableError as error:
            self.problems.append(error.what)  # nor will it send the rest
        for delta in self._contents.deltas:
            pack = self._contents.packs.get(delta.target.pack_id)
            if pack is None or pack.file.sha256 != delta.target.new:
                self.problems.append(not_the_rest(delta.file.name))

    def _end_of(self, file: SignedFile) -> bytes:
        """Return the last bytes of a file that is what was signed, b"" of another one."""
        digest, count, end = hashlib.sha256(), 0, b""
        try:
            with self._transport.open(file.name) as stream:
                for chunk in self._chunks(file, stream):
                    digest.update(chunk)
                    count += len(chunk)
                    end = (end + chunk)[-_PART_BYTES:]
                    self._tell(count)
        except UnreachableError:
            raise
        except UpdateError as error:
            self.problems.append(error.what)
            end = b""
        else:
            if (count, digest.hexdigest()) != (file.length, file.sha256):
                self.problems.append(not_signed(file.name))
                end = b""
        self._done += file.length
        self._tell(0)
        return end

    def _look_at_part(self, file: SignedFile, end: bytes) -> None:
        """See whether the end of a file can be had alone, as whoever was interrupted asks for it."""
        start = file.length - len(end)
        if not start:
            return
        try:
            with self._transport.open(file.name, start) as stream:
                is_part = stream.start == start
                found = b"".join(self._chunks(file, stream)) if is_part else b""
        except UnreachableError:
            raise
        except UpdateError as error:
            self.problems.append(error.what)
            return
        address = self._transport.address
        if not is_part:
            self.warnings.append(
                message(
                    N_("{address} sends whole files only: a download that was interrupted begins anew."),
                    address=address,
                )
            )
        elif found != end:
            self.problems.append(
                message(
                    N_("{address} sends another part of “{name}” than it was asked for."),
                    address=address,
                    name=file.name,
                )
            )

    def _chunks(self, file: SignedFile, stream: Stream) -> Iterator[bytes]:
        """Yield the bytes of a file that are sent, no more than were signed."""
        if stream.size is not None and stream.size > file.length:
            raise too_large(self._transport, file.name, file.length)
        pace, count = Pace(), stream.start
        for chunk in stream.chunks:
            check_going_on(self._transport, pace, len(chunk))
            count += len(chunk)
            if count > file.length:
                raise too_large(self._transport, file.name, file.length)
            yield chunk

    def _tell(self, count: int) -> None:
        if self._on_bytes is not None:
            self._on_bytes(min(self._done + count, self._total), self._total)


def _offered(contents: Contents) -> Iterator[OfferedPack]:
    deltas = [delta.target.pack_id for delta in contents.deltas]
    for pack_id, pack in sorted(contents.packs.items()):
        yield OfferedPack(pack_id, pack.target.version, pack.file.length, deltas.count(pack_id))
