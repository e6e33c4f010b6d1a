"""Writes a repository, or what a computer needs of it, into one file (.kbu)."""

from __future__ import annotations

import contextlib
import hashlib
import os
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

from kbviewer.content.packs.layout import MIMETYPE_NAME
from kbviewer.content.packs.zip_frame import ZipFrame, packed_member
from kbviewer.content.packs.zip_reader import STORED, Member, unreadable
from kbviewer.content.updates.errors import cannot_write
from kbviewer.content.updates.layout import BUNDLE_MIMETYPE, METADATA, TARGETS
from kbviewer.content.updates.metadata_files import ROOT, SNAPSHOT, TARGETS_ROLE, TIMESTAMP, file_name
from kbviewer.content.updates.release import Release, read_release
from kbviewer.content.updates.repository import Repository, prefixed
from kbviewer.model.errors import PackError
from kbviewer.model.messages import N_, message

if TYPE_CHECKING:
    from tuf.api.metadata import TargetFile

_CHUNK_BYTES = 1 << 20
_SHORTEST_DIGEST = 8


@dataclass(frozen=True, slots=True)
class Exported:
    """What a bundle holds.

    Attributes:
        files: how many packs and deltas.
        size: of the bundle, in bytes.
    """

    files: int
    size: int


def export(repository: Repository, out: Path, only: str = "", base: str = "") -> Exported:
    """Write a bundle of the release in force; a file at `out` is replaced when this one is complete.

    Args:
        only: id of the one pack that is wanted; all when empty.
        base: version, or beginning of the SHA-256, of what the computer has: then what leads on from there is
            written instead of whole packs.

    Raises:
        PackError: there is no such pack or version, the repository is damaged, or the file cannot be written.
    """
    release = read_release(repository.files)
    chosen = _deltas_from(release, base, only) if base else _packs(release, only)
    temporary = out.with_name(f".{out.name}.{os.getpid()}.part")
    try:
        with temporary.open("wb") as file:
            _write(file, repository, release, chosen)
            file.flush()
            os.fsync(file.fileno())
        size = temporary.stat().st_size
        temporary.replace(out)
    except OSError as error:
        raise cannot_write(out, error) from error
    except ValueError as error:
        raise PackError(
            message(N_("“{file}” would have more than 4 GB."), file=out.name),
            message(N_("Export one pack at a time with --only.")),
        ) from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
    return Exported(len(chosen), size)


def _packs(release: Release, only: str) -> list[TargetFile]:
    packs = release.packs()
    if only and only not in packs:
        raise PackError(
            message(N_("This repository has no pack “{id}”."), id=only),
            message(N_("It has: {ids}."), ids=", ".join(sorted(packs)) or "–"),
        )
    return [file for pack_id, (_, file) in sorted(packs.items()) if only in ("", pack_id)]


def _deltas_from(release: Release, base: str, only: str) -> list[TargetFile]:
    history = release.history()
    found: list[TargetFile] = []
    known: list[str] = []
    for target, file in sorted(release.deltas(), key=lambda delta: delta[1].path):
        if only not in ("", target.pack_id):
            continue
        versions = [past.version for past in history.of(target.pack_id) if past.sha256 == target.old]
        known.extend(versions or [target.old[:_SHORTEST_DIGEST]])
        if base in versions or (len(base) >= _SHORTEST_DIGEST and target.old.startswith(base)):
            found.append(file)
    if not found:
        shown = ", ".join(sorted(set(known))) or "–"
        raise PackError(
            message(N_("No delta leads from “{base}” to what is offered."), base=base),
            message(
                N_("There are deltas from: {versions}. Export the whole pack for others."), versions=shown
            ),
        )
    return found


def _write(file: IO[bytes], repository: Repository, release: Release, targets: Sequence[TargetFile]) -> None:
    frame = ZipFrame(file)

    def add(name: str, data: bytes) -> None:
        member, packed = packed_member(name, STORED, data)
        frame.add(member, (packed,))

    add(MIMETYPE_NAME, BUNDLE_MIMETYPE)
    files = repository.files
    names = [file_name(ROOT, version) for version in files.root_versions()]
    names += [
        file_name(TARGETS_ROLE, release.targets.signed.version),
        file_name(SNAPSHOT, release.snapshot.signed.version),
        file_name(TIMESTAMP, 0),
    ]
    for name in names:
        add(f"{METADATA}/{name}", files.read_bytes(name))
    for target in targets:
        path = repository.targets / prefixed(target)
        # Read twice: the checksum stands before the data.
        crc = _checked_crc(path, target)
        name = f"{TARGETS}/{path.name}"
        frame.add(Member(name, STORED, target.length, target.length, crc, 0), _chunks(path))
    frame.finish()


def _checked_crc(path: Path, target: TargetFile) -> int:
    digest, crc, size = hashlib.sha256(), 0, 0
    for chunk in _chunks(path):
        digest.update(chunk)
        crc = zlib.crc32(chunk, crc)
        size += len(chunk)
    if size != target.length or digest.hexdigest() != target.hashes["sha256"]:
        raise PackError(
            message(N_("“{path}” is not the file that was signed."), path=path),
            message(N_("Put the repository back from a copy, or add the pack again.")),
        )
    return crc


def _chunks(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK_BYTES):
                yield chunk
    except OSError as error:
        raise unreadable(path, error) from error
