"""Makes a repository and its keys."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kbviewer.content.packs.pointer import sync_folder
from kbviewer.content.updates.errors import cannot_write
from kbviewer.content.updates.history import History
from kbviewer.content.updates.keys import RELEASE_KEY, key_exists, make_key, root_key_name
from kbviewer.content.updates.layout import CUSTOM, METADATA, PUBLISHER, SIGNED_AT, TARGETS
from kbviewer.content.updates.metadata_files import ROOT, MetadataFiles, file_name, fingerprint
from kbviewer.content.updates.release import RELEASE_ROLES, Release, When, sign_release, write_release
from kbviewer.content.updates.repository import make_folder
from kbviewer.model.errors import PackError
from kbviewer.model.messages import N_, message

if TYPE_CHECKING:
    from securesystemslib.signer import CryptoSigner
    from tuf.api.metadata import Metadata, Root

ROOT_DAYS = 3650
MAX_ROOT_KEYS = 20
_MAX_NAME = 200
_NEW = ".new"


@dataclass(frozen=True, slots=True)
class Plan:
    """What a repository is to be like.

    Attributes:
        publisher: what readers are shown.
        root_keys: how many are made.
        threshold: how many of them have to sign a root.
        days: for which a release is valid.
    """

    publisher: str
    root_keys: int = 3
    threshold: int = 2
    days: int = 400


@dataclass(frozen=True, slots=True)
class Founded:
    """What has been made.

    Attributes:
        fingerprint: what administrators compare, in hexadecimal.
        root_keys: the file and the id of each.
        release_key: its file and its id.
    """

    fingerprint: str
    root_keys: tuple[tuple[Path, str], ...]
    release_key: tuple[Path, str]


def found(folder: Path, keys: Path, plan: Plan, passphrase: bytes, now: datetime) -> Founded:
    """Make a repository in `folder` and its keys in `keys`; nothing that is there is overwritten.

    Args:
        passphrase: locks all keys; nothing does when it is empty.

    Raises:
        PackError: the plan cannot be, there is a repository or a key already, or something cannot be written.
    """
    _check(folder, keys, plan)
    root_keys = tuple(keys / root_key_name(number) for number in range(1, plan.root_keys + 1))
    release_key = keys / RELEASE_KEY
    for path in (*root_keys, release_key):
        if path.exists():
            raise key_exists(path)
    try:
        # Before there are keys: it would be a pity about them.
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise cannot_write(folder, error) from error
    signers = [make_key(path, passphrase) for path in root_keys]
    release_signer = make_key(release_key, passphrase)
    root = first_root(signers, release_signer, plan, now)
    release = sign_release(
        _nothing(root), {}, History(), {release_signer.public_key.keyid: release_signer}, When(now, plan.days)
    )
    try:
        _write(folder, release)
    except OSError as error:
        raise cannot_write(folder, error) from error
    ids = [signer.public_key.keyid for signer in signers]
    return Founded(
        fingerprint(MetadataFiles(folder)),
        tuple(zip(root_keys, ids, strict=True)),
        (release_key, release_signer.public_key.keyid),
    )


def first_root(
    signers: list[CryptoSigner], release: CryptoSigner, plan: Plan, now: datetime
) -> Metadata[Root]:
    """Return the first root, signed by all of its keys."""
    from tuf.api.metadata import Metadata, Role, Root

    keys = {signer.public_key.keyid: signer.public_key for signer in (*signers, release)}
    roles = {name: Role([release.public_key.keyid], 1) for name in RELEASE_ROLES}
    roles[ROOT] = Role([signer.public_key.keyid for signer in signers], plan.threshold)
    said = {PUBLISHER: plan.publisher, SIGNED_AT: now.replace(microsecond=0).isoformat()}
    root = Metadata(
        Root(
            1,
            expires=When(now, ROOT_DAYS).expires,
            keys=dict(keys),
            roles=roles,
            consistent_snapshot=True,
            unrecognized_fields={CUSTOM: said},
        )
    )
    for signer in signers:
        root.sign(signer, append=True)
    return root


def check_publisher(name: str) -> str:
    """Return the publisher's name.

    Raises:
        PackError: it cannot be shown.
    """
    name = name.strip()
    if not name or len(name) > _MAX_NAME or not name.isprintable():
        raise PackError(
            message(N_("“{name}” cannot be the name of a publisher."), name=name[:_MAX_NAME]),
            message(N_("Write up to {most} letters on one line."), most=_MAX_NAME),
        )
    return name


def _check(folder: Path, keys: Path, plan: Plan) -> None:
    check_publisher(plan.publisher)
    if not 1 <= plan.threshold <= plan.root_keys <= MAX_ROOT_KEYS:
        raise PackError(
            message(
                N_("{threshold} of {keys} root keys cannot be."),
                threshold=plan.threshold,
                keys=plan.root_keys,
            ),
            message(N_("Have up to {most} keys, and as many or fewer of them sign."), most=MAX_ROOT_KEYS),
        )
    if (folder / METADATA).exists():
        raise PackError(
            message(N_("There is a repository in “{path}” already."), path=folder),
            message(N_("Name another folder; “kbviewer repo add” adds a pack to this one.")),
        )
    if keys.resolve().is_relative_to(folder.resolve()):
        raise PackError(
            message(N_("The keys would lie in “{path}”, which is going to be public."), path=folder),
            message(N_("Name a folder outside of it with --keys.")),
        )


def _nothing(root: Metadata[Root]) -> Release:
    """Return a release before the first one."""
    from tuf.api.metadata import Metadata, Snapshot, Targets, Timestamp

    release = Release(root, Metadata(Targets()), Metadata(Snapshot()), Metadata(Timestamp()))
    for metadata in (release.targets, release.snapshot, release.timestamp):
        metadata.signed.version = 0
    return release


def _write(folder: Path, release: Release) -> None:
    """Write the metadata beside their place and put them there in one go: a repository, or none."""
    new = folder / _NEW
    shutil.rmtree(new, ignore_errors=True)
    files = MetadataFiles(new)
    new.mkdir()
    make_folder(files.folder)
    make_folder(folder / TARGETS)
    files.write(file_name(ROOT, 1), release.root)
    write_release(files, release)
    files.folder.rename(folder / METADATA)
    new.rmdir()
    sync_folder(folder)
