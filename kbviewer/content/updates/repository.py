"""A repository that is being changed: one at a time, files first, the timestamp last.

Whoever reads it, over any transport and at any moment, finds a release that is whole: files are called after
what is in them, metadata after their version, and only the timestamp, which is replaced last, says which are
in force. What is not named any more stays for a while for those who have begun to fetch it.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from kbviewer.content.packs.file_lock import locked
from kbviewer.content.packs.pointer import sync_folder
from kbviewer.content.updates.errors import cannot_write
from kbviewer.content.updates.history import History
from kbviewer.content.updates.layout import TARGETS
from kbviewer.content.updates.metadata_files import NEXT_ROOT, READABLE, ROOT, MetadataFiles
from kbviewer.content.updates.release import Release, When, read_release, sign_release, write_release

if TYPE_CHECKING:
    from securesystemslib.signer import CryptoSigner
    from tuf.api.metadata import TargetFile

LOCK = ".lock"
"""In the folder itself: two who publish from a share hold the same lock, whatever the share is called for
each of them. It is there only while somebody is at work, so that it is not copied with the rest."""

INCOMING = ".incoming"
_OPEN_FOLDER = 0o755
TARGET_NAME = re.compile(r"[0-9a-f]{64}\.[a-z0-9._-]+\.kb[pd]")
_KEPT_VERSIONS = 10
_VERSIONED = re.compile(r"([1-9][0-9]*)\.(targets|snapshot)\.json")


class Repository:
    """A repository in a folder.

    Attributes:
        files: its metadata.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files = MetadataFiles(folder)

    @property
    def targets(self) -> Path:
        """Where the packs and deltas lie."""
        return self.folder / TARGETS

    @contextmanager
    def changing(self) -> Iterator[Release]:
        """Hold the lock and give what is in force; what the system refuses becomes a sentence.

        Raises:
            PackError: there is no repository, it is damaged, cannot be written, or somebody else changes it.
        """
        # First of all: a lock would make a folder that is none look like one.
        self.files.root_versions()
        try:
            with locked(self.folder / LOCK, stays=False):
                make_folder(self.targets)
                self.clear_incoming()
                try:
                    yield read_release(self.files)
                finally:
                    self.clear_incoming()
        except OSError as error:
            raise cannot_write(self.folder, error) from error

    def incoming(self) -> Path:
        """Return a folder for what is on its way, on the disk of the targets."""
        folder = self.targets / INCOMING
        folder.mkdir(exist_ok=True)
        return folder

    def clear_incoming(self) -> None:
        """Remove what is on its way, also what a killed process has left."""
        shutil.rmtree(self.targets / INCOMING, ignore_errors=True)
        for path in self.files.unfinished():
            with contextlib.suppress(OSError):
                path.unlink()

    def take(self, path: Path, name: str) -> None:
        """Move a file that is complete to its place, where everybody may read it.

        Raises:
            OSError: it cannot be moved.
        """
        descriptor = os.open(path, os.O_RDWR)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        path.chmod(READABLE)
        path.replace(self.targets / name)
        sync_folder(self.targets)

    def publish(
        self,
        before: Release,
        files: Mapping[str, TargetFile],
        history: History,
        signers: Mapping[str, CryptoSigner],
        when: When,
    ) -> Release:
        """Sign and write the next release, then remove what nobody needs any more.

        Raises:
            PackError: the keys are not enough.
            OSError: it cannot be written; the release before is in force.
        """
        history, unneeded = self.cleared_history(files, history, when.now.date())
        release = sign_release(before, files, history, signers, when)
        write_release(self.files, release)
        if self.has_left_over_root(release):
            self.files.remove(NEXT_ROOT)
        self.remove(unneeded, release)
        return release

    def renew(self, signers: Mapping[str, CryptoSigner], when: When) -> Release:
        """Sign what is offered anew, so that it is valid for longer.

        Raises:
            PackError: the keys are not enough, or the repository is damaged or cannot be written.
        """
        with self.changing() as release:
            targets = release.targets.signed.targets
            return self.publish(release, targets, release.history(), signers, when)

    def has_left_over_root(self, release: Release) -> bool:
        """Return whether somebody was killed after he had put a root in force, before he had tidied up."""
        if not (self.files.folder / NEXT_ROOT).exists():
            return False
        return bool(self.files.read(NEXT_ROOT, ROOT).signed.version == release.root.signed.version)

    def cleared_history(
        self, files: Mapping[str, TargetFile], history: History, today: date
    ) -> tuple[History, list[str]]:
        """Return the history for a release with these targets, and the files to be removed after it."""
        named = {prefixed(file) for file in files.values()}
        present = {path.name for path in self.targets.iterdir() if TARGET_NAME.fullmatch(path.name)}
        history = history.brought_up_to_date(named, present, today)
        unneeded = history.to_remove(today)
        return history.without(unneeded), unneeded

    def remove(self, unneeded: list[str], release: Release) -> None:
        """Remove files that nobody needs, and metadata of long ago; what resists is taken the next time."""
        for name in unneeded:
            with contextlib.suppress(OSError):
                (self.targets / name).unlink(missing_ok=True)
        newest = {"targets": release.targets.signed.version, "snapshot": release.snapshot.signed.version}
        for path in list(self.files.folder.iterdir()):
            match = _VERSIONED.fullmatch(path.name)
            if match and int(match[1]) <= newest[match[2]] - _KEPT_VERSIONS:
                with contextlib.suppress(OSError):
                    path.unlink()


def make_folder(path: Path) -> None:
    """Make a folder that everybody may read, if there is none.

    Raises:
        OSError: it cannot be made.
    """
    if not path.is_dir():
        path.mkdir()
        path.chmod(_OPEN_FOLDER)


def prefixed(file: TargetFile) -> str:
    """Return what a target's file is called in the folder `targets`."""
    return f"{file.hashes['sha256']}.{file.path}"
