"""A folder of installed packs: installing, removing, going back. Killed at any point, old or new is there.

`files/` holds packs that are called after their SHA-256 and never change; `installed.json` says which of them
are in use. A pack is copied to `.incoming/`, verified there, renamed into `files/`, and then pointed to. What
nothing points to is swept away the next time.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from kbviewer.content.packs.file_kind import check_is_no_update
from kbviewer.content.packs.file_lock import locked
from kbviewer.content.packs.layout import SUFFIX
from kbviewer.content.packs.pack_file import PackFile, Progress
from kbviewer.content.packs.pointer import (
    POINTER,
    PackState,
    PackVersion,
    Signature,
    read_pointer,
    sync_folder,
    write_pointer,
)
from kbviewer.content.packs.zip_reader import ZipReader, unreadable
from kbviewer.model.errors import PackError
from kbviewer.model.messages import N_, message
from kbviewer.model.system_errors import system_reason

FILES = "files"
INCOMING = ".incoming"
LOCK = "lock"
_CHUNK_BYTES = 1 << 20
_SPARE_BYTES = 16 << 20
_READABLE = 0o644
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Vouched:
    """What somebody whose signature has been verified says that a file is.

    Attributes:
        sha256: of the file.
        manifest: SHA-256 of its manifest.
    """

    pack_id: str
    sha256: str
    manifest: str
    signature: Signature

    def check(self, pack_id: str, version: PackVersion, name: str) -> None:
        """Make sure that a file is the one.

        Raises:
            PackError: it is another one.
        """
        if (pack_id, version.sha256, version.manifest) != (self.pack_id, self.sha256, self.manifest):
            raise PackError(
                message(
                    N_("“{file}” is not what {publisher} has signed."),
                    file=name,
                    publisher=self.signature.publisher,
                ),
                message(N_("Nothing was changed. Get the source anew, or tell its publisher.")),
            )


class InstalledPacks:
    """The packs of one folder, which need not exist."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def states(self) -> Mapping[str, PackState]:
        """Return by id what is installed.

        Raises:
            PackError: the pointer is damaged.
        """
        return read_pointer(self.folder)

    def path_of(self, version: PackVersion) -> Path:
        """Return where the file of a version lies."""
        return self.folder / FILES / version.file_name

    def version_at(self, path: Path) -> PackVersion | None:
        """Return the kept version whose file is `path`, None when it is none of this folder's."""
        if path.parent != self.folder / FILES:
            return None
        versions = (version for state in self.states().values() for version in state.versions())
        return next((version for version in versions if version.file_name == path.name), None)

    def install(
        self,
        source: Path,
        on_progress: Progress | None = None,
        *,
        vouched: Vouched | None = None,
        takes_file: bool = False,
    ) -> tuple[str, PackState]:
        """Install a pack beside or in place of an older one; return its id and what is now in use.

        Args:
            source: the file; it is copied before anything of it is believed.
            on_progress: called with the bytes that are done and of all; each byte is copied and compared.
            vouched: what the file has to be, and who says so.
            takes_file: the file is ours to have, lies on the same disk and has been written to it for good;
                then it is moved instead of copied.

        Raises:
            UpdateFileError: it is a file of updates.
            PackError: it is no whole pack, or not the one that is vouched for; the folder cannot be written
                or is full, or is being changed.
        """
        # A first look, which costs nothing and spares the disk a copy of something else.
        check_is_no_update(source)
        with closing(ZipReader(source)) as reader:
            size = reader.size
        with self._changing():
            incoming = self.folder / INCOMING
            incoming.mkdir(exist_ok=True)
            (self.folder / FILES).mkdir(exist_ok=True)
            part = incoming / f"{secrets.token_hex(8)}.part"
            try:
                if takes_file:
                    source.replace(part)
                    sha256 = _digest(part, size, _half(on_progress, first=True))
                else:
                    self._check_room(size)
                    sha256 = _copy(source, part, size, _half(on_progress, first=True))
                pack_id, version = _verified(part, source, sha256, _half(on_progress, first=False))
                if vouched is not None:
                    vouched.check(pack_id, version, source.name)
                    version = replace(version, signature=vouched.signature)
                if not self._is_whole(version):
                    part.replace(self.path_of(version))
                    sync_folder(self.folder / FILES)
            finally:
                part.unlink(missing_ok=True)
            states = dict(self.states())
            states[pack_id] = _succeeded(states.get(pack_id), version)
            write_pointer(self.folder, states)
            self._sweep(states)
        if version.version:
            _log.info("installed: %s %s in %s", pack_id, version.version, self.folder)
        else:
            _log.info("installed: %s in %s", pack_id, self.folder)
        return pack_id, states[pack_id]

    def vouch(self, vouched: Vouched) -> PackState:
        """Keep who vouches for the version in use, which is on the disk already; return what is now in use.

        Raises:
            PackError: it is another one or has been damaged, or the folder cannot be written.
        """
        self._must_be_there()
        with self._changing():
            states = dict(self.states())
            state = states.get(vouched.pack_id)
            if state is None:
                raise self.not_installed(vouched.pack_id)
            path = self.path_of(state.current)
            with closing(PackFile(path, state.current.manifest)) as file:
                size = file.size
            found = replace(state.current, sha256=_digest(path, size, None))
            vouched.check(vouched.pack_id, found, path.name)
            state = PackState(replace(found, signature=vouched.signature), state.previous)
            states[vouched.pack_id] = state
            write_pointer(self.folder, states)
        return state

    def remove(self, pack_id: str) -> None:
        """Remove a pack with the version before it.

        Raises:
            PackError: it is not installed here, or the folder cannot be written.
        """
        self._must_be_there()
        with self._changing():
            states = dict(self.states())
            if states.pop(pack_id, None) is None:
                raise self.not_installed(pack_id)
            write_pointer(self.folder, states)
            self._sweep(states)
        _log.info("removed: %s from %s", pack_id, self.folder)

    def rollback(self, pack_id: str) -> PackState:
        """Put the version before in place of the current one, which is kept; return what is now in use.

        Raises:
            PackError: there is no version before, it is damaged, or the folder cannot be written.
        """
        self._must_be_there()
        with self._changing():
            states = dict(self.states())
            state = states.get(pack_id)
            if state is None:
                raise self.not_installed(pack_id)
            if state.previous is None:
                raise PackError(
                    message(N_("There is no earlier version of “{id}” to go back to."), id=pack_id),
                    message(N_("Install the file of the version that you want.")),
                )
            with closing(PackFile(self.path_of(state.previous), state.previous.manifest)) as file:
                file.verify()
            states[pack_id] = PackState(state.previous, state.current)
            write_pointer(self.folder, states)
            self._sweep(states)
        return states[pack_id]

    def not_installed(self, pack_id: str) -> PackError:
        """Return the error for a pack that is not here."""
        return PackError(
            message(N_("No pack “{id}” is installed in {path}."), id=pack_id[:80], path=self.folder),
            message(N_("The page “Libraries”, or “kbviewer pack list”, names those that are.")),
        )

    def _is_whole(self, version: PackVersion) -> bool:
        """Return whether the file of a version is there already; then somebody may have it open."""
        try:
            with closing(PackFile(self.path_of(version), version.manifest)) as file:
                file.verify()
        except PackError:
            return False
        return True

    def _must_be_there(self) -> None:
        if not (self.folder / POINTER).exists():
            raise PackError(
                message(N_("No pack is installed in {path}."), path=self.folder),
                message(N_("The page “Libraries”, or “kbviewer pack list”, names those that are.")),
            )

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """Hold the lock; what the system refuses becomes a sentence."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with locked(self.folder / LOCK):
                # Also what a killed process has left behind.
                shutil.rmtree(self.folder / INCOMING, ignore_errors=True)
                yield
        except OSError as error:
            raise PackError(
                message(
                    N_("The packs in {path} cannot be changed: {reason}."),
                    path=self.folder,
                    reason=system_reason(error),
                ),
                message(N_("Make room there, or let somebody with the right to write there do it.")),
            ) from error

    def _check_room(self, size: int) -> None:
        free = shutil.disk_usage(self.folder).free
        if free < size + _SPARE_BYTES:
            raise PackError(
                message(
                    N_("The disk of {path} has {free} MB left; the pack needs {needed} MB."),
                    path=self.folder,
                    free=free >> 20,
                    needed=(size + _SPARE_BYTES >> 20) + 1,
                ),
                message(N_("Make room and install it again; nothing has been changed.")),
            )

    def _sweep(self, states: Mapping[str, PackState]) -> None:
        """Remove the files that nothing points to; one that is open on Windows goes the next time."""
        kept = {version.file_name for state in states.values() for version in state.versions()}
        shutil.rmtree(self.folder / INCOMING, ignore_errors=True)
        with contextlib.suppress(OSError):
            for path in (self.folder / FILES).iterdir():
                if path.name not in kept and path.suffix == SUFFIX:
                    with contextlib.suppress(OSError):
                        path.unlink()


def _succeeded(before: PackState | None, version: PackVersion) -> PackState:
    """Return the state after an install; the same version again leaves the one before where it is."""
    if before is None:
        return PackState(version)
    if before.current.sha256 == version.sha256:
        # Who vouched for these bytes once still does, also when they come again without a signature.
        kept = version if version.signature else replace(version, signature=before.current.signature)
        return PackState(kept, before.previous)
    return PackState(version, before.current)


def _copy(source: Path, part: Path, size: int, on_progress: Progress | None) -> str:
    """Copy `size` bytes to the disk itself, not only to the system's memory; return their SHA-256."""
    digest, done = hashlib.sha256(), 0
    try:
        with source.open("rb") as reading:
            descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _READABLE)
            with os.fdopen(descriptor, "wb") as writing:
                while done < size and (chunk := _read(reading, min(_CHUNK_BYTES, size - done), source)):
                    writing.write(chunk)
                    digest.update(chunk)
                    done += len(chunk)
                    if on_progress:
                        on_progress(done, size)
                writing.flush()
                os.fsync(writing.fileno())
    except FileNotFoundError as error:
        raise unreadable(source, error) from error
    return digest.hexdigest()


def _digest(path: Path, size: int, on_progress: Progress | None) -> str:
    """Return the SHA-256 of a file that is ours."""
    digest, done = hashlib.sha256(), 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK_BYTES):
            digest.update(chunk)
            done += len(chunk)
            if on_progress:
                on_progress(done, size)
    return digest.hexdigest()


def _read(file: BinaryIO, count: int, source: Path) -> bytes:
    try:
        return file.read(count)
    except OSError as error:  # a stick that has been pulled out
        raise unreadable(source, error) from error


def _verified(part: Path, source: Path, sha256: str, on_progress: Progress | None) -> tuple[str, PackVersion]:
    """Return what the copy holds, every byte of it compared."""
    try:
        with closing(PackFile(part)) as file:
            file.verify(on_progress)
            pack = file.facts.pack
            return pack.id, PackVersion(sha256, file.manifest_digest, pack.version, file.size)
    except PackError as error:
        # The reader knows the file that he has named.
        values = {**error.what.values, "file": source.name}
        raise PackError(type(error.what)(error.what.template, values), error.remedy) from error


def _half(on_progress: Progress | None, *, first: bool) -> Progress | None:
    """Return what tells of one half of the work as of the whole."""
    if on_progress is None:
        return None

    def tell(done: int, total: int) -> None:
        on_progress(done if first else total + done, 2 * total)

    return tell
