"""Looks at a repository as a client, a web server and a stranger would meet it."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from kbviewer.content.updates.delta import sha256_of
from kbviewer.content.updates.layout import METADATA, TARGETS, DeltaTarget, PackTarget
from kbviewer.content.updates.metadata_files import (
    NEXT_ROOT,
    SNAPSHOT,
    TARGETS_ROLE,
    TIMESTAMP,
    file_name,
    fingerprint,
)
from kbviewer.content.updates.release import Release, read_release, targets_of
from kbviewer.content.updates.repository import LOCK, Repository, prefixed
from kbviewer.model.errors import PackError
from kbviewer.model.messages import N_, Message, message
from kbviewer.model.system_errors import system_reason

WARNING_DAYS = 30
_KEY_SUFFIX = ".pem"


@dataclass(frozen=True, slots=True)
class OfferedPack:
    """A pack that a client finds.

    Attributes:
        size: in bytes.
        deltas: how many lead to it.
    """

    pack_id: str
    version: str
    size: int
    deltas: int


@dataclass(frozen=True, slots=True)
class Inspection:
    """What was found.

    Attributes:
        problems: what keeps a client from what is offered, or may harm somebody.
        warnings: what will, or is not as it should be.
        expires: until when each role is valid.
    """

    problems: tuple[Message, ...]
    warnings: tuple[Message, ...]
    publisher: str = ""
    fingerprint: str = ""
    expires: dict[str, datetime] = field(default_factory=dict)
    packs: tuple[OfferedPack, ...] = ()


def inspect(repository: Repository, now: datetime) -> Inspection:
    """Look at a repository; nothing is changed.

    Raises:
        PackError: there is none.
    """
    repository.files.root_versions()
    looking = _Looking(repository, now)
    looking.look_at_tree()
    try:
        release = read_release(repository.files)
    except PackError as error:
        looking.problems.append(error.what)
        return Inspection(tuple(looking.problems), tuple(looking.warnings))
    looking.look_at_expiry(release)
    looking.look_at_targets(release)
    looking.look_for_others(release)
    roles = (release.root, release.targets, release.snapshot, release.timestamp)
    return Inspection(
        tuple(looking.problems),
        tuple(looking.warnings),
        release.publisher(),
        fingerprint(repository.files),
        {role.signed.type: role.signed.expires for role in roles},
        tuple(_offered(release)),
    )


class _Looking:
    """A look at a repository, and what has been found so far."""

    def __init__(self, repository: Repository, now: datetime) -> None:
        self._repository = repository
        self._now = now
        self.problems: list[Message] = []
        self.warnings: list[Message] = []

    def look_at_tree(self) -> None:
        """See that everything is a plain file or folder that a web server may read, and no key."""
        for path in (self._repository.folder, *_below(self._repository.folder)):
            shown = path.relative_to(self._repository.folder)
            mode = path.lstat().st_mode
            if path.suffix == _KEY_SUFFIX:
                self.problems.append(
                    message(N_("“{path}” looks like a key, and would be public: move it away."), path=shown)
                )
            elif stat.S_ISLNK(mode):
                self.problems.append(
                    message(N_("“{path}” is a link: not every client and server follows it."), path=shown)
                )
            elif not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
                self.problems.append(message(N_("“{path}” is neither a file nor a folder."), path=shown))
            elif shown == Path(LOCK):
                self.warnings.append(
                    message(
                        N_(
                            "“{path}” is there while somebody changes the repository, or was left by a "
                            "program that was stopped: do not publish it. The next “kbviewer repo add” or "
                            "“sign” takes it away."
                        ),
                        path=shown,
                    )
                )
            elif not _is_readable(mode):
                self.problems.append(
                    message(N_("“{path}” cannot be read by everybody, a web server among them."), path=shown)
                )

    def look_at_expiry(self, release: Release) -> None:
        """See until when each role is valid."""
        roles = (release.root, release.targets, release.snapshot, release.timestamp)
        expiries = ((metadata.signed.type, metadata.signed.expires) for metadata in roles)
        problems, warnings = expiry_findings(expiries, self._now)
        self.problems += problems
        self.warnings += warnings

    def look_at_targets(self, release: Release) -> None:
        """See that every file is there, is what was signed, and leads where it says."""
        packs = release.packs()
        seen: set[str] = set()
        for target, file in targets_of(release.targets.signed):
            name = f"{TARGETS}/{prefixed(file)}"
            self._look_at_file(self._repository.folder / name, name, file.length, file.hashes["sha256"])
            sha256 = file.hashes["sha256"]
            path = target.path(sha256) if isinstance(target, PackTarget) else target.path()
            leads = not isinstance(target, DeltaTarget) or (
                target.pack_id in packs and target.new == packs[target.pack_id][1].hashes["sha256"]
            )
            if path != file.path or not leads or (isinstance(target, PackTarget) and target.pack_id in seen):
                self.problems.append(not_the_rest(file.path))
            if isinstance(target, PackTarget):
                seen.add(target.pack_id)

    def look_for_others(self, release: Release) -> None:
        """See what is there that nothing names, and what is missing for the next deltas."""
        files = self._repository.files
        if (files.folder / NEXT_ROOT).exists():
            self.warnings.append(
                message(N_("“{name}” waits for signatures: “kbviewer repo sign --root”."), name=NEXT_ROOT)
            )
        history = release.history()
        kept = {past.file for versions in history.versions.values() for past in versions}
        named = {prefixed(file) for file in release.targets.signed.targets.values()}
        present = _names(self._repository.targets)
        for name in sorted(present - named - kept - set(history.retired)):
            self.warnings.append(message(N_("Nothing names “{name}”."), name=f"{TARGETS}/{name}"))
        for name in sorted(kept - present):
            self.warnings.append(
                message(N_("“{name}” is gone: no delta can be made from it."), name=f"{TARGETS}/{name}")
            )
        known = {NEXT_ROOT, file_name(TIMESTAMP, 0)}
        known |= {f"{version}.root.json" for version in files.root_versions()}
        for role, last in (
            (TARGETS_ROLE, release.targets.signed.version),
            (SNAPSHOT, release.snapshot.signed.version),
        ):
            known |= {file_name(role, version) for version in range(1, last + 1)}
        for name in sorted(_names(files.folder) - known):
            self.warnings.append(message(N_("Nothing names “{name}”."), name=f"{METADATA}/{name}"))

    def _look_at_file(self, path: Path, name: str, length: int, sha256: str) -> None:
        try:
            if not stat.S_ISREG(path.stat().st_mode):
                return  # the tree tells
            size = path.stat().st_size
            if size == length and sha256_of(path) == sha256:
                return
        except FileNotFoundError:
            self.problems.append(message(N_("“{name}” is missing."), name=name))
        except OSError as error:
            self.problems.append(
                message(N_("“{path}” cannot be read: {reason}."), path=name, reason=system_reason(error))
            )
        except PackError as error:
            self.problems.append(error.what)
        else:
            self.problems.append(not_signed(name))


def expiry_findings(
    expiries: Iterable[tuple[str, datetime]], now: datetime
) -> tuple[list[Message], list[Message]]:
    """Return the problems and the warnings of roles that have expired or will soon."""
    problems: list[Message] = []
    warnings: list[Message] = []
    for role, expires in expiries:
        values = {"role": role, "day": expires.date()}
        if expires <= now:
            problems.append(Message(N_("“{role}” has expired on {day}: run “kbviewer repo sign”."), values))
        elif expires <= now + timedelta(days=WARNING_DAYS):
            warnings.append(Message(N_("“{role}” expires on {day}: run “kbviewer repo sign”."), values))
    return problems, warnings


def not_signed(name: str) -> Message:
    """Return the problem of a file that is another one than was signed."""
    return message(N_("“{name}” is not the file that was signed."), name=name)


def not_the_rest(name: str) -> Message:
    """Return the problem of a file that was signed as something that it cannot be."""
    return message(N_("What was signed of “{name}” does not go with the rest."), name=name)


def _offered(release: Release) -> Iterator[OfferedPack]:
    deltas = [target.pack_id for target, _ in release.deltas()]
    for pack_id, (target, file) in sorted(release.packs().items()):
        yield OfferedPack(pack_id, target.version, file.length, deltas.count(pack_id))


def _below(folder: Path) -> Iterator[Path]:
    """Yield all that lies in a folder, links not followed."""
    for parent, folders, files in os.walk(folder):
        folders.sort()
        for name in sorted((*folders, *files)):
            yield Path(parent) / name


def _names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} if folder.is_dir() else set()


def _is_readable(mode: int) -> bool:
    if os.name != "posix":
        return True
    wanted = stat.S_IROTH | (stat.S_IXOTH if stat.S_ISDIR(mode) else 0)
    return mode & wanted == wanted
