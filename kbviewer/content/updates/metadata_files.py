"""The metadata of a repository as files: read under limits, written as a whole or not at all."""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from kbviewer.content.packs.pointer import sync_folder
from kbviewer.content.packs.zip_reader import unreadable
from kbviewer.content.updates.layout import METADATA
from kbviewer.model.errors import PackError
from kbviewer.model.messages import N_, message

if TYPE_CHECKING:
    from tuf.api.metadata import Metadata, Root, Signed

    RoleT = TypeVar("RoleT", bound=Signed)

ROOT, TARGETS_ROLE, SNAPSHOT, TIMESTAMP = "root", "targets", "snapshot", "timestamp"
NEXT_ROOT = "next.root.json"
"""A root on its way round among those who hold the keys."""

READABLE = 0o644
"""What a web server can read, whatever the umask."""

_MAX_BYTES = 16 << 20
_ROOT_NAME = re.compile(r"([1-9][0-9]{0,8})\.root\.json")


class MetadataFiles:
    """The folder `metadata` of the repository in `root`."""

    def __init__(self, root: Path) -> None:
        self.folder = root / METADATA

    def root_versions(self) -> list[int]:
        """Return the versions of the root that are there, in order.

        Raises:
            PackError: there is no repository.
        """
        try:
            names = [path.name for path in self.folder.iterdir()]
        except OSError as error:
            raise no_repository(self.folder.parent) from error
        found = sorted(int(match[1]) for name in names if (match := _ROOT_NAME.fullmatch(name)))
        if not found:
            raise no_repository(self.folder.parent)
        return found

    def read(self, name: str, role: str) -> Metadata[Any]:
        """Return the metadata in a file, whoever has signed them.

        Raises:
            PackError: the file cannot be read, or holds no metadata of that role.
        """
        return parse(self.read_bytes(name), self.folder / name, role)

    def read_bytes(self, name: str) -> bytes:
        """Return what a file holds.

        Raises:
            PackError: it cannot be read.
        """
        path = self.folder / name
        try:
            with path.open("rb") as file:
                return file.read(_MAX_BYTES)
        except OSError as error:
            raise unreadable(path, error) from error

    def write(self, name: str, metadata: Metadata[Any]) -> None:
        """Write metadata for good, in place of a file of that name.

        Raises:
            OSError: they cannot be written; what was there stays.
        """
        write_file(self.folder / name, encode(metadata))

    def remove(self, name: str) -> None:
        """Remove a file, if there is one."""
        (self.folder / name).unlink(missing_ok=True)
        sync_folder(self.folder)


def parse(data: bytes, path: Path, role: str) -> Metadata[Any]:
    """Return the metadata that `data`, which come from `path`, are.

    Raises:
        PackError: they are none of that role.
    """
    from tuf.api.metadata import Metadata
    from tuf.api.serialization import DeserializationError

    try:
        metadata: Metadata[Any] = Metadata.from_bytes(data)
    except (DeserializationError, RecursionError) as error:
        raise not_metadata(path) from error
    if metadata.signed.type != role:
        raise not_metadata(path)
    return metadata


def encode(metadata: Metadata[Any]) -> bytes:
    """Return the bytes of a file of metadata; the same metadata give the same bytes."""
    from tuf.api.serialization.json import JSONSerializer

    return JSONSerializer(compact=False).serialize(metadata) + b"\n"


def write_file(path: Path, data: bytes) -> None:
    """Write a file for good, that everybody may read; before this returns, the old one is there.

    Raises:
        OSError: it cannot be written.
    """
    temporary = path.with_name(f".{path.name}.new")
    with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, READABLE), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    temporary.chmod(READABLE)
    temporary.replace(path)
    sync_folder(path.parent)


def file_name(role: str, version: int) -> str:
    """Return what the file of a role is called; that of the timestamp has no version."""
    return f"{TIMESTAMP}.json" if role == TIMESTAMP else f"{version}.{role}.json"


def fingerprint(files: MetadataFiles) -> str:
    """Return what the first root is known by, in hexadecimal: the SHA-256 of its file."""
    return hashlib.sha256(files.read_bytes(file_name(ROOT, 1))).hexdigest()


def is_signed(signer: Root, role: str, metadata: Metadata[Any]) -> bool:
    """Return whether enough of the keys that `signer` names have signed the metadata."""
    return bool(signer.get_verification_result(role, metadata.signed_bytes, metadata.signatures))


def no_repository(folder: Path) -> PackError:
    """Return the error for a folder that is no repository."""
    return PackError(
        message(N_("There is no repository in “{path}”."), path=folder),
        message(N_("“kbviewer repo init” makes one.")),
    )


def not_metadata(path: Path) -> PackError:
    """Return the error for a file that should be signed metadata."""
    return PackError(
        message(N_("“{path}” is damaged."), path=path),
        message(N_("Put the repository back from a copy.")),
    )
