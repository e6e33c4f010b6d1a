"""A repository in a folder: on a stick, on a share, on this disk."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kbviewer.content.updates.layout import METADATA
from kbviewer.content.updates.transport import (
    CHUNK_BYTES,
    Stream,
    UnreachableError,
    check_name,
    tell_publisher,
)
from kbviewer.model.errors import MissingFileError, UpdateError
from kbviewer.model.messages import N_, message
from kbviewer.model.system_errors import system_reason

_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_BINARY", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOFOLLOW", 0)
)


class FolderTransport:
    """Plain reads of regular files below one folder; a link that leads out of it is not followed."""

    is_local = True

    def __init__(self, root: Path) -> None:
        """Take a folder.

        Raises:
            UpdateError: it is not there, or holds no repository.
        """
        self.address = str(root)
        try:
            self._root = root.resolve(strict=True)
            if not (self._root / METADATA).is_dir():
                raise UpdateError(
                    message(N_("“{path}” is no source of updates: it has no folder “metadata”."), path=root),
                    message(N_("Name the folder, address or .kbu file that the publisher has given you.")),
                )
        except OSError as error:
            raise _unreadable(self.address, error) from error

    def may_have(self, name: str) -> bool:  # noqa: ARG002 - a folder should have all of them
        """Return True: a file that is missing is an error to be told."""
        return True

    @contextmanager
    def open(self, name: str, start: int = 0) -> Iterator[Stream]:
        """Open a file of the folder; see `Transport`."""
        descriptor = self._descriptor(check_name(name))
        try:
            size = os.fstat(descriptor).st_size
            begins = start if start <= size else 0
            os.lseek(descriptor, begins, os.SEEK_SET)
            yield Stream(begins, size, self._chunks(descriptor))
        finally:
            os.close(descriptor)

    def close(self) -> None:
        """Let go of nothing: files are closed when they are read."""

    def _descriptor(self, name: str) -> int:
        try:
            path = (self._root / name).resolve(strict=True)
            if not path.is_relative_to(self._root) or not stat.S_ISREG(path.stat().st_mode):
                raise self._no_file(name)
            descriptor = os.open(path, _FLAGS)
        except FileNotFoundError as error:
            raise MissingFileError(
                message(N_("{address} has no “{name}”."), address=self.address, name=name),
                message(N_("It has not been copied completely; get it anew.")),
            ) from error
        except (OSError, RuntimeError) as error:  # RuntimeError: links in a circle
            raise _unreadable(f"{self.address}/{name}", error) from error
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            os.close(descriptor)
            raise self._no_file(name)
        return descriptor

    def _chunks(self, descriptor: int) -> Iterator[bytes]:
        try:
            while chunk := os.read(descriptor, CHUNK_BYTES):
                yield chunk
        except OSError as error:
            raise _unreadable(self.address, error) from error

    def _no_file(self, name: str) -> UpdateError:
        return UpdateError(
            message(
                N_("“{name}” in {address} is no plain file of that folder."), name=name, address=self.address
            ),
            tell_publisher(),
        )


def _unreadable(path: str, error: Exception) -> UnreachableError:
    reason = system_reason(error)
    return UnreachableError(
        message(N_("“{path}” cannot be read: {reason}."), path=path, reason=reason),
        message(N_("Connect the stick or share that it lies on, and try again.")),
    )
