"""A repository in one file (.kbu), read through the reader that trusts no zip."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import BinaryIO

from kbviewer.content.packs.zip_reader import STORED, ZipReader
from kbviewer.content.updates.layout import BUNDLE_MIMETYPE
from kbviewer.content.updates.transport import CHUNK_BYTES, Stream, check_name
from kbviewer.model.errors import MissingFileError, PackError, UpdateError
from kbviewer.model.messages import N_, Message, message
from kbviewer.model.system_errors import system_reason

_MIMETYPE = "mimetype"


class BundleTransport:
    """The files in a .kbu; all of them are stored as they are."""

    is_local = True

    def __init__(self, path: Path) -> None:
        """Open a file and check all that its directory says.

        Raises:
            UpdateError: it cannot be read or is no such file.
        """
        self.address = str(path)
        self._name = path.name
        try:
            self._zip = ZipReader(path)
        except PackError as error:
            raise self._translated(error) from error
        try:
            first = next(iter(self._zip.members), "")
            if first != _MIMETYPE or self._zip.read(first, len(BUNDLE_MIMETYPE)) != BUNDLE_MIMETYPE:
                raise self._no_bundle(message(N_("it is another kind of file")))
            for name, member in self._zip.members.items():
                if member.method != STORED:
                    raise self._no_bundle(message(N_("“{name}” is deflated"), name=name))
                if name != _MIMETYPE:
                    check_name(name)
        except PackError as error:
            self.close()
            raise self._translated(error) from error
        except BaseException:
            self.close()
            raise

    def may_have(self, name: str) -> bool:
        """Return whether the file is in the .kbu, which need not hold all that is offered."""
        return name in self._zip.members

    @contextmanager
    def open(self, name: str, start: int = 0) -> Iterator[Stream]:
        """Open a file in the .kbu; see `Transport`."""
        member = self._zip.members.get(check_name(name))
        if member is None:
            raise MissingFileError(
                message(N_("{address} has no “{name}”."), address=self.address, name=name),
                message(N_("Get a file that goes with what is installed here, or the whole source.")),
            )
        try:
            begins = start if start <= member.size else 0
            with closing(self._zip.open(name)) as file:
                file.seek(begins)
                yield Stream(begins, member.size, self._chunks(file))
        except PackError as error:
            raise self._translated(error) from error

    def close(self) -> None:
        """Close the file."""
        self._zip.close()

    def _chunks(self, file: BinaryIO) -> Iterator[bytes]:
        try:
            while chunk := file.read(CHUNK_BYTES):
                yield chunk
        except OSError as error:  # a stick that has been pulled out
            reason = system_reason(error)
            raise UpdateError(
                message(N_("“{path}” cannot be read: {reason}."), path=self.address, reason=reason),
                message(N_("Connect the stick or share that it lies on, and try again.")),
            ) from error

    def _translated(self, error: PackError) -> UpdateError:
        """Return what the reader of zips has said, about an update instead of a pack."""
        reason = error.what.values.get("reason")
        return (
            self._no_bundle(reason) if isinstance(reason, Message) else UpdateError(error.what, error.remedy)
        )

    def _no_bundle(self, reason: Message) -> UpdateError:
        return UpdateError(
            message(N_("“{file}” is no whole update file: {reason}."), file=self._name, reason=reason),
            message(N_("Get it anew from where it came from.")),
        )
