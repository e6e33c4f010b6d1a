"""The index on disk: generations, the pointer to the one in use, checksums, the lock, and what a crash left.

A Whoosh index is made of pickles, so nothing of it is opened before every file has the checksum that the
pointer names.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import secrets
import shutil
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from kbviewer.model.errors import SearchError
from kbviewer.model.messages import N_, message
from kbviewer.search.index_storage import IndexFile, IndexFolder
from kbviewer.search.schema import FORMAT

POINTER = "index.json"
_LOCK = "lock"
_GENERATION = "generation-"
_MAX_POINTER_BYTES = 1 << 20
_CHUNK_BYTES = 1 << 20
_Folder = TypeVar("_Folder", bound=IndexFolder)


class IndexDamagedError(SearchError):
    """The index is missing, of another format, or not as it was written; build it anew."""


class IndexLockedError(SearchError):
    """Another process is building this index."""


@dataclass(frozen=True, slots=True)
class Pointer:
    """Which generation is in use, what it was made of, and the SHA-256 of each of its files."""

    generation: str
    signature: str
    files: Mapping[str, str]


def damaged(directory: object, why: object) -> IndexDamagedError:
    """Return the error for an index that cannot be used."""
    return IndexDamagedError(
        message(N_("The search index in {path} cannot be used: {why}."), path=directory, why=why),
        message(N_("It is built anew from the articles.")),
    )


def read_pointer(directory: IndexFolder) -> Pointer:
    """Return the pointer; nothing that it points to is looked at.

    Raises:
        IndexDamagedError: there is none, or not one that this program wrote.
    """
    try:
        with (directory / POINTER).open("rb") as file:
            value: Any = json.loads(file.read(_MAX_POINTER_BYTES).decode("utf-8"))
        pointer = Pointer(str(value["generation"]), str(value["signature"]), dict(value["files"]))
        form = value["format"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise damaged(directory, type(error).__name__) from error
    if form != FORMAT:
        raise damaged(directory, message(N_("its format is {format}"), format=form))
    if not _is_generation(pointer.generation):
        raise damaged(directory, message(N_("it names no generation")))
    return pointer


def encode_pointer(pointer: Pointer) -> dict[str, Any]:
    """Return what `read_pointer` understands, as plain JSON values."""
    return {
        "format": FORMAT,
        "signature": pointer.signature,
        "generation": pointer.generation,
        "files": dict(pointer.files),
    }


def verify(directory: _Folder) -> tuple[Pointer, _Folder]:
    """Return the pointer and the folder of the generation, after comparing every file with its checksum.

    Raises:
        IndexDamagedError: a file is missing, is one too many, or has changed.
    """
    pointer = read_pointer(directory)
    folder: _Folder = directory / pointer.generation
    try:
        found = checksums(folder)
    except OSError as error:
        raise damaged(directory, type(error).__name__) from error
    if found != pointer.files:
        raise damaged(directory, message(N_("its files have changed")))
    return pointer, folder


def checksums(folder: IndexFolder) -> dict[str, str]:
    """Return the SHA-256 of every file in `folder`."""
    return {path.name: _sha256(path) for path in sorted(folder.iterdir(), key=_name)}


def new_generation(directory: Path) -> Path:
    """Make an empty folder for a new generation."""
    folder = directory / f"{_GENERATION}{secrets.token_hex(8)}"
    folder.mkdir()
    return folder


def switch_to(directory: Path, folder: Path, signature: str) -> None:
    """Make the generation in `folder` the one in use; before this returns, the old one is."""
    pointer = encode_pointer(Pointer(folder.name, signature, checksums(folder)))
    temporary = directory / f"{POINTER}.new"
    with temporary.open("w", encoding="utf-8") as file:
        json.dump(pointer, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(directory / POINTER)


def sweep(directory: Path) -> None:
    """Remove generations that are not in use and half-written files; call it with the lock held."""
    try:
        kept = read_pointer(directory).generation
    except IndexDamagedError:
        kept = ""
    for path in list(directory.iterdir()):
        if _is_generation(path.name) and path.name != kept:
            # On Windows another process may still read it; the next sweep takes it.
            shutil.rmtree(path, ignore_errors=True)
        elif path.name == f"{POINTER}.new":
            with contextlib.suppress(OSError):
                path.unlink()


@contextlib.contextmanager
def locked(directory: Path) -> Iterator[None]:
    """Hold the lock of an index; the system lets go of it when the process dies.

    Raises:
        IndexLockedError: another process holds it.
        OSError: the folder cannot be written.
    """
    directory.mkdir(parents=True, exist_ok=True)
    with (directory / _LOCK).open("a+b") as file:
        try:
            _lock(file.fileno())
        except OSError as error:
            raise IndexLockedError(
                message(N_("The search index in {path} is being built by another process."), path=directory),
                message(N_("Wait until it is ready.")),
            ) from error
        try:
            yield
        finally:
            _unlock(file.fileno())


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        os.lseek(descriptor, 0, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

    def _unlock(descriptor: int) -> None:
        os.lseek(descriptor, 0, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _unlock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_UN)


def _is_generation(name: str) -> bool:
    rest = name.removeprefix(_GENERATION)
    return rest != name and len(rest) == 16 and set(rest) <= set("0123456789abcdef")


def _name(path: IndexFile) -> str:
    return path.name


def _sha256(path: IndexFile) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK_BYTES):
            digest.update(chunk)
    return digest.hexdigest()
