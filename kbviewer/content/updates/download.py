"""Fetches one file that is known by its SHA-256; what has come stays when the rest does not."""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from kbviewer.content.updates.contents import SignedFile
from kbviewer.content.updates.pace import Pace
from kbviewer.content.updates.transport import (
    IsCancelled,
    Transport,
    UnreachableError,
    check_going_on,
    too_large,
)
from kbviewer.model.errors import UpdateError
from kbviewer.model.messages import N_, message

PART = ".part"
TRIES = 3
_CHUNK_BYTES = 1 << 20

_FULL = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))

OnBytes = Callable[[int], None]


class Download:
    """A file of a source on its way into a folder."""

    def __init__(
        self,
        transport: Transport,
        file: SignedFile,
        folder: Path,
        make_pace: Callable[[], Pace] = Pace,
    ) -> None:
        self._transport = transport
        self._file = file
        self._make_pace = make_pace
        self.part = folder / f"{file.sha256}{PART}"

    def done_bytes(self) -> int:
        """Return how much of it is there from before."""
        try:
            return min(self.part.stat().st_size, self._file.length)
        except OSError:
            return 0

    def fetch(self, on_bytes: OnBytes | None = None, is_cancelled: IsCancelled | None = None) -> Path:
        """Return the file, every byte of it compared, on the disk to stay.

        What is there from before is gone on with. When the whole is not what was signed, that may be the
        fault of what was there: then it is fetched once more from the beginning.

        Args:
            on_bytes: called with how many bytes are there.

        Raises:
            UpdateError: it cannot be fetched, or is not what was signed.
            OSError: it cannot be written.
        """
        resumed = self.done_bytes() > 0
        try:
            self._fill(on_bytes, is_cancelled)
            if self._is_right():
                return self.part
            self.part.unlink()
            if resumed:
                self._fill(on_bytes, is_cancelled)
                if self._is_right():
                    return self.part
                self.part.unlink()
        except OSError as error:
            if error.errno in _FULL:
                self.part.unlink(missing_ok=True)  # a full disk is worse than fetching again
            raise
        raise UpdateError(
            message(
                N_("“{name}” of {address} is not what its publisher has signed."),
                name=self._file.name,
                address=self._transport.address,
            ),
            message(N_("Nothing was changed. Get the source anew, or tell its publisher.")),
        )

    def _fill(self, on_bytes: OnBytes | None, is_cancelled: IsCancelled | None) -> None:
        """Fetch what is missing; a connection that breaks is tried again while something comes."""
        tries = 0
        while self.done_bytes() < self._file.length:
            before = self.done_bytes()
            try:
                self._fetch_rest(before, on_bytes, is_cancelled)
            except UnreachableError:
                tries += 1
                if tries >= TRIES or self.done_bytes() <= before:
                    raise
            else:
                if self.done_bytes() < self._file.length:
                    tries += 1
                    if tries >= TRIES or self.done_bytes() <= before:
                        raise self._cut_short()
        if on_bytes:
            on_bytes(self.done_bytes())

    def _fetch_rest(self, start: int, on_bytes: OnBytes | None, is_cancelled: IsCancelled | None) -> None:
        with self._transport.open(self._file.name, start) as stream:
            if stream.size is not None and stream.size > self._file.length:
                raise too_large(self._transport, self._file.name, self._file.length)
            pace, done = self._make_pace(), stream.start
            with _open_part(self.part, done) as part:
                try:
                    for chunk in stream.chunks:
                        check_going_on(self._transport, pace, len(chunk), is_cancelled)
                        if done + len(chunk) > self._file.length:
                            raise too_large(self._transport, self._file.name, self._file.length)
                        part.write(chunk)
                        done += len(chunk)
                        if on_bytes:
                            on_bytes(done)
                finally:
                    part.flush()
                    os.fsync(part.fileno())

    def _is_right(self) -> bool:
        size, digest = file_digest(self.part)
        return (size, digest) == (self._file.length, self._file.sha256)

    def _cut_short(self) -> UpdateError:
        return UpdateError(
            message(
                N_("“{name}” of {address} ends after {count} of {length} bytes."),
                name=self._file.name,
                address=self._transport.address,
                count=self.done_bytes(),
                length=self._file.length,
            ),
            message(N_("It has been copied only in part; get it anew. What has been fetched is kept.")),
        )


def file_digest(path: Path) -> tuple[int, str]:
    """Return size and SHA-256 of a file of ours.

    Raises:
        OSError: it cannot be read.
    """
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK_BYTES):
            digest.update(chunk)
            size += len(chunk)
    return size, digest.hexdigest()


def _open_part(path: Path, start: int) -> BinaryIO:
    """Open what is there, to be gone on with at a byte."""
    file = path.open("r+b") if path.exists() else path.open("xb")
    file.truncate(start)
    file.seek(start)
    return file
