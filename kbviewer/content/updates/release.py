"""What is signed for each release: targets, snapshot and timestamp, under the root of the repository."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from kbviewer.content.updates.history import History
from kbviewer.content.updates.layout import (
    CUSTOM,
    PUBLISHER,
    SIGNED_AT,
    DeltaTarget,
    PackTarget,
    from_custom,
    our_fields,
    to_custom,
)
from kbviewer.content.updates.metadata_files import (
    NEXT_ROOT,
    ROOT,
    SNAPSHOT,
    TARGETS_ROLE,
    TIMESTAMP,
    MetadataFiles,
    encode,
    file_name,
    is_signed,
    not_metadata,
    parse,
)
from kbviewer.model.errors import PackError
from kbviewer.model.messages import N_, message

if TYPE_CHECKING:
    from securesystemslib.signer import CryptoSigner
    from tuf.api.metadata import Metadata, MetaFile, Root, Snapshot, TargetFile, Targets, Timestamp

RELEASE_ROLES = (TARGETS_ROLE, SNAPSHOT, TIMESTAMP)
RELEASE_DAYS = 400
_TARGETS_FILE = "targets.json"


@dataclass(frozen=True, slots=True)
class When:
    """When something is signed, and for how many days."""

    now: datetime
    days: int = RELEASE_DAYS

    @property
    def expires(self) -> datetime:
        """Until when it is valid."""
        return self.now.replace(microsecond=0) + timedelta(days=self.days)


@dataclass(frozen=True, slots=True)
class Release:
    """The metadata of a repository that go together."""

    root: Metadata[Root]
    targets: Metadata[Targets]
    snapshot: Metadata[Snapshot]
    timestamp: Metadata[Timestamp]

    def history(self) -> History:
        """Return the repository's past.

        Raises:
            ValueError: the signed targets say what cannot be.
        """
        return History.from_data(our_fields(self.targets.signed.unrecognized_fields))

    def packs(self) -> dict[str, tuple[PackTarget, TargetFile]]:
        """Return what is offered, by the id of the pack."""
        return {
            target.pack_id: (target, file)
            for target, file in targets_of(self.targets.signed)
            if isinstance(target, PackTarget)
        }

    def deltas(self) -> list[tuple[DeltaTarget, TargetFile]]:
        """Return the deltas that lead to what is offered."""
        return [
            (target, file)
            for target, file in targets_of(self.targets.signed)
            if isinstance(target, DeltaTarget)
        ]

    def publisher(self) -> str:
        """Return who the root says that the publisher is."""
        return str(our_fields(self.root.signed.unrecognized_fields).get(PUBLISHER, ""))


def read_release(files: MetadataFiles) -> Release:
    """Return the metadata that clients get, each signed by whom it has to be signed; expired or not.

    A publisher looks before he signs anew: else who can write to the folder has his own changes signed.

    Raises:
        PackError: a file is missing, damaged, or not signed by enough keys.
    """
    roots = read_roots(files)
    signers: list[Root] = [roots[-1].signed]
    if len(roots) > 1 and (files.folder / NEXT_ROOT).exists():
        # Perhaps killed between the root and what its new release key signs.
        signers.append(roots[-2].signed)
    timestamp = _signed(files, file_name(TIMESTAMP, 0), signers, TIMESTAMP)
    meta = timestamp.signed.snapshot_meta
    snapshot = _signed(files, file_name(SNAPSHOT, meta.version), signers, SNAPSHOT, meta)
    meta = snapshot.signed.meta.get(_TARGETS_FILE)
    if meta is None:
        raise not_metadata(files.folder / file_name(SNAPSHOT, snapshot.signed.version))
    targets = _signed(files, file_name(TARGETS_ROLE, meta.version), signers, TARGETS_ROLE, meta)
    release = Release(roots[-1], targets, snapshot, timestamp)
    try:
        release.history()
        release.packs()
    except ValueError as error:
        raise not_metadata(files.folder / file_name(TARGETS_ROLE, meta.version)) from error
    return release


def read_roots(files: MetadataFiles) -> list[Metadata[Root]]:
    """Return all roots in order, each signed by enough keys of the one before it and by its own.

    Raises:
        PackError: one is missing, damaged, or not signed by enough keys.
    """
    roots: list[Metadata[Root]] = []
    for expected, version in enumerate(files.root_versions(), start=1):
        name = file_name(ROOT, expected)
        if version != expected:
            raise not_metadata(files.folder / name)
        root = files.read(name, ROOT)
        signers = [root.signed, *([roots[-1].signed] if roots else [])]
        if root.signed.version != version or not all(is_signed(by, ROOT, root) for by in signers):
            raise not_signed(files, name)
        roots.append(root)
    return roots


def not_signed(files: MetadataFiles, name: str) -> PackError:
    """Return the error for metadata that somebody else has put there."""
    return PackError(
        message(N_("“{path}” is not signed by the keys of this repository."), path=files.folder / name),
        message(N_("Somebody has changed it: put the repository back from a copy.")),
    )


def targets_of(targets: Targets) -> Iterable[tuple[PackTarget | DeltaTarget, TargetFile]]:
    """Yield the targets that are ours.

    Raises:
        ValueError: one says what cannot be.
    """
    for file in targets.targets.values():
        value = (file.custom or {}).get(CUSTOM)
        target = from_custom(value) if value is not None else None
        if target is not None:
            yield target, file


def target_file(target: PackTarget | DeltaTarget, sha256: str, length: int) -> TargetFile:
    """Return what the metadata say of a file."""
    from tuf.api.metadata import TargetFile

    name = target.path(sha256) if isinstance(target, PackTarget) else target.path()
    return TargetFile(length, {"sha256": sha256}, name, {"custom": {CUSTOM: to_custom(target)}})


def check_keys(root: Root, signers: Mapping[str, CryptoSigner]) -> None:
    """See that there are enough keys to sign a release.

    Raises:
        PackError: there are not.
    """
    for role in RELEASE_ROLES:
        wanted = root.roles[role]
        if len(set(wanted.keyids) & set(signers)) < wanted.threshold:
            ids = ", ".join(keyid[:8] for keyid in wanted.keyids)
            raise PackError(
                message(N_("The release key of this repository ({ids}) is not among the keys."), ids=ids),
                message(N_("Name its file or folder with --keys.")),
            )


def sign_release(
    before: Release,
    files: Mapping[str, TargetFile],
    history: History,
    signers: Mapping[str, CryptoSigner],
    when: When,
    root: Metadata[Root] | None = None,
) -> Release:
    """Return the next release, signed.

    Args:
        files: all targets, by name.
        root: the one that will be in force, if it is another than before.

    Raises:
        PackError: the keys are not enough.
    """
    from tuf.api.metadata import Metadata, MetaFile, Snapshot, Targets, Timestamp

    valid = root or before.root
    check_keys(valid.signed, signers)
    roots = [before.root.signed, valid.signed]
    said = {SIGNED_AT: when.now.replace(microsecond=0).isoformat()}
    publisher = our_fields(valid.signed.unrecognized_fields).get(PUBLISHER, "")
    targets = Metadata(
        Targets(
            before.targets.signed.version + 1,
            expires=when.expires,
            targets=dict(sorted(files.items())),
            unrecognized_fields={CUSTOM: {PUBLISHER: publisher, **said, **history.to_data()}},
        )
    )
    _sign(targets, roots, signers)
    snapshot = Metadata(
        Snapshot(
            before.snapshot.signed.version + 1,
            expires=when.expires,
            meta={_TARGETS_FILE: MetaFile.from_data(targets.signed.version, encode(targets), ["sha256"])},
            unrecognized_fields={CUSTOM: said},
        )
    )
    _sign(snapshot, roots, signers)
    timestamp = Metadata(
        Timestamp(
            before.timestamp.signed.version + 1,
            expires=when.expires,
            snapshot_meta=MetaFile.from_data(snapshot.signed.version, encode(snapshot), ["sha256"]),
            unrecognized_fields={CUSTOM: said},
        )
    )
    _sign(timestamp, roots, signers)
    return Release(valid, targets, snapshot, timestamp)


def write_release(files: MetadataFiles, release: Release) -> None:
    """Write targets, snapshot and timestamp; until the last of these is written, the old release is in force.

    Raises:
        OSError: they cannot be written.
    """
    write_release_files(files, release)
    files.write(file_name(TIMESTAMP, 0), release.timestamp)


def write_release_files(files: MetadataFiles, release: Release) -> None:
    """Write what nobody looks at before there is a timestamp that names it.

    Raises:
        OSError: it cannot be written.
    """
    files.write(file_name(TARGETS_ROLE, release.targets.signed.version), release.targets)
    files.write(file_name(SNAPSHOT, release.snapshot.signed.version), release.snapshot)


def _signed(
    files: MetadataFiles, name: str, signers: Iterable[Root], role: str, meta: MetaFile | None = None
) -> Metadata[Any]:
    """Return the metadata in a file, as one of the roots wants them signed and `meta` says that they are."""
    from tuf.api.exceptions import LengthOrHashMismatchError

    data = files.read_bytes(name)
    metadata = parse(data, files.folder / name, role)
    if not any(is_signed(signer, role, metadata) for signer in signers):
        raise not_signed(files, name)
    if meta is not None:
        try:
            meta.verify_length_and_hashes(data)
        except LengthOrHashMismatchError as error:
            raise not_signed(files, name) from error
        if metadata.signed.version != meta.version:
            raise not_signed(files, name)
    return metadata


def _sign(
    metadata: Metadata[Any],
    roots: Iterable[Root],
    signers: Mapping[str, CryptoSigner],
) -> None:
    """Sign with every key that a root in force, or one that still is, names for the role."""
    role = metadata.signed.type
    keyids = dict.fromkeys(keyid for root in roots for keyid in root.roles[role].keyids)
    for keyid in keyids:
        if keyid in signers:
            metadata.sign(signers[keyid], append=True)
