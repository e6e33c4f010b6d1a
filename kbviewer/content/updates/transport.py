"""Where updates come from: the small protocol that a folder, a web server and a .kbu file speak alike.

A transport believes nothing of what it hands on and decides nothing; it only sees to it that a name leads to
a plain file of the source, and that nothing waits forever.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from kbviewer.content.packs.zip_reader import is_plain_path
from kbviewer.content.updates.layout import METADATA, TARGETS
from kbviewer.content.updates.pace import Pace
from kbviewer.model.errors import UpdateCancelledError, UpdateError
from kbviewer.model.messages import N_, Message, message

CHUNK_BYTES = 1 << 16

IsCancelled = Callable[[], bool]


class UnreachableError(UpdateError):
    """A source is not there, or has stopped sending in the middle; another address may have it."""


@dataclass(frozen=True, slots=True)
class Stream:
    """A file of a source that is being read.

    Attributes:
        start: which byte comes first; 0 when the source cannot begin where it was asked to.
        size: of the whole file in bytes, None when the source does not say.
        chunks: the bytes from there on, a few at a time.
    """

    start: int
    size: int | None
    chunks: Iterator[bytes]


class Transport(Protocol):
    """A way to the files of one source.

    Attributes:
        address: what the reader calls the source.
        is_local: bytes cost nothing there.
    """

    address: str
    is_local: bool

    def may_have(self, name: str) -> bool:
        """Return False for a file of which it is known without asking that the source does not have it."""
        ...

    def open(self, name: str, start: int = 0) -> AbstractContextManager[Stream]:
        """Open a file of the source, from a byte on.

        Raises:
            MissingFileError: the source does not have it.
            UpdateError: it cannot be reached or read, also while it is being read.
        """
        ...

    def close(self) -> None:
        """Let go of the source."""
        ...


def read_whole(transport: Transport, name: str, limit: int, is_cancelled: IsCancelled | None = None) -> bytes:
    """Return a small file of a source.

    Raises:
        MissingFileError: the source does not have it.
        UpdateError: it cannot be read, is larger than `limit` bytes, or comes too slowly.
        UpdateCancelledError: `is_cancelled` says so.
    """
    data = bytearray()
    with transport.open(name) as stream:
        if stream.size is not None and stream.size > limit:
            raise too_large(transport, name, limit)
        pace = Pace()
        for chunk in stream.chunks:
            check_going_on(transport, pace, len(chunk), is_cancelled)
            data += chunk
            if len(data) > limit:
                raise too_large(transport, name, limit)
    return bytes(data)


def check_going_on(
    transport: Transport, pace: Pace, count: int, is_cancelled: IsCancelled | None = None
) -> None:
    """Count bytes that have come.

    Raises:
        UpdateError: they come too slowly.
        UpdateCancelledError: the reader has stopped the update.
    """
    if is_cancelled is not None and is_cancelled():
        raise cancelled()
    pace.add(count)
    if pace.is_too_slow():
        raise too_slow(transport.address)


def check_name(name: str) -> str:
    """Return the name of a file of a repository.

    Raises:
        UpdateError: it could name something else.
    """
    if name.partition("/")[0] not in (METADATA, TARGETS) or name.count("/") != 1 or not is_plain_path(name):
        raise UpdateError(
            message(N_("The source names a file “{name}”, which cannot be one of its own."), name=name[:80]),
            tell_publisher(),
        )
    return name


def cancelled() -> UpdateCancelledError:
    """Return what tells that the reader has stopped an update."""
    return UpdateCancelledError(
        message(N_("The update was stopped.")),
        message(N_("What has been fetched is kept; the next update goes on from there.")),
    )


def too_large(transport: Transport, name: str, limit: int) -> UpdateError:
    """Return the error for a file that has more bytes than it may have."""
    return UpdateError(
        message(
            N_("“{name}” of {address} is larger than the {limit} bytes that it may have."),
            name=name,
            address=transport.address,
            limit=limit,
        ),
        tell_publisher(),
    )


def too_slow(address: str) -> UpdateError:
    """Return the error for a source that sends next to nothing."""
    return UpdateError(
        message(N_("{address} does not answer, or sends too slowly to ever be ready."), address=address),
        message(N_("Try again later; what has been fetched is kept.")),
    )


def tell_publisher() -> Message:
    """Return the remedy when a source is not what its publisher made."""
    return message(N_("Nothing was changed. Get the source anew, or tell its publisher."))
