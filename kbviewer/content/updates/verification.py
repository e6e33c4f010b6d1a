"""Reads the signed metadata of a source, following The Update Framework's client workflow.

The checks are those of python-tuf (`TrustedMetadataSet`). Ours are only: where the bytes come from and are
kept, that nothing is asked of the computer's clock (expiry is a decision of its own, `policy.py`), and
sentences.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from kbviewer.content.updates.contents import Contents, read_contents
from kbviewer.content.updates.layout import METADATA
from kbviewer.content.updates.transport import IsCancelled, Transport, read_whole, tell_publisher
from kbviewer.content.updates.trust_store import TrustStore
from kbviewer.model.errors import MissingFileError, UpdateError
from kbviewer.model.messages import N_, message

if TYPE_CHECKING:
    from tuf.ngclient._internal.trusted_metadata_set import TrustedMetadataSet

MAX_ROOT_BYTES = 512_000
MAX_TIMESTAMP_BYTES = 16_384
MAX_SNAPSHOT_BYTES = 2_000_000
MAX_TARGETS_BYTES = 5_000_000
MAX_ROTATIONS = 256
# Nothing has expired by then: whether it has is decided elsewhere.
_NEVER = datetime.min.replace(tzinfo=UTC)


def root_name(version: int) -> str:
    """Return where a version of the root lies in a repository."""
    return f"{METADATA}/{version}.root.json"


def read_root(data: bytes, name: str, address: str) -> tuple[int, str]:
    """Return the version and the fingerprint of a root that is signed by itself.

    The fingerprint is the SHA-256 of the file, so that any program can make it.

    Args:
        name, address: what the root is called in a complaint, and of which source it is.

    Raises:
        UpdateError: it is none.
    """
    import hashlib

    from tuf.api.metadata import Metadata, Root

    with _sentences(name, address):
        root = Metadata[Root].from_bytes(data)
        if not isinstance(root.signed, Root):
            raise ValueError("another role")
        root.signed.verify_delegate(Root.type, root.signed_bytes, root.signatures)
    return root.signed.version, hashlib.sha256(data).hexdigest()


def refresh(transport: Transport, store: TrustStore, is_cancelled: IsCancelled | None = None) -> Contents:
    """Read and verify what a source has signed; what is newer than what was known is kept in the store.

    Raises:
        UpdateError: it cannot be read, is not signed by those who are trusted, is older than what was
            seen before, or does not fit together. The store is not worse than before.
    """
    from tuf.ngclient._internal.trusted_metadata_set import TrustedMetadataSet
    from tuf.ngclient.config import EnvelopeType

    with _sentences(METADATA, transport.address):
        trusted = TrustedMetadataSet(store.metadata("root") or b"", EnvelopeType.METADATA)
        trusted.reference_time = _NEVER
        _update_root(trusted, transport, store, is_cancelled)
        _update_timestamp(trusted, transport, store, is_cancelled)
        _update_snapshot(trusted, transport, store, is_cancelled)
        _update_targets(trusted, transport, store, is_cancelled)
    return read_contents(
        trusted.root, trusted.timestamp, trusted.snapshot, trusted.targets, transport.address
    )


def _update_root(
    trusted: TrustedMetadataSet, transport: Transport, store: TrustStore, is_cancelled: IsCancelled | None
) -> None:
    """Go from key to key: each new root is signed by the one before it."""
    for _ in range(MAX_ROTATIONS):
        version = trusted.root.version + 1
        try:
            data = read_whole(transport, root_name(version), MAX_ROOT_BYTES, is_cancelled)
        except MissingFileError:
            return
        with _sentences(root_name(version), transport.address):
            trusted.update_root(data)
        store.write("root", data)


def _update_timestamp(
    trusted: TrustedMetadataSet, transport: Transport, store: TrustStore, is_cancelled: IsCancelled | None
) -> None:
    from tuf.api.exceptions import EqualVersionNumberError, RepositoryError

    known = store.metadata("timestamp")
    if known is not None:
        try:
            trusted.update_timestamp(known)
        except RepositoryError:
            known = None  # its keys have been replaced since, or it is damaged
    name = f"{METADATA}/timestamp.json"
    data = read_whole(transport, name, MAX_TIMESTAMP_BYTES, is_cancelled)
    with _sentences(name, transport.address):
        try:
            trusted.update_timestamp(data)
        except EqualVersionNumberError:
            return
    store.write("timestamp", data)


def _update_snapshot(
    trusted: TrustedMetadataSet, transport: Transport, store: TrustStore, is_cancelled: IsCancelled | None
) -> None:
    from tuf.api.exceptions import RepositoryError

    known = store.metadata("snapshot")
    if known is not None:
        try:
            trusted.update_snapshot(known, trusted=True)
        except RepositoryError:
            pass  # an older one, which a newer one is compared with; or a damaged one
        else:
            return
    info = trusted.timestamp.snapshot_meta
    name = f"{METADATA}/{info.version}.snapshot.json"
    data = read_whole(transport, name, info.length or MAX_SNAPSHOT_BYTES, is_cancelled)
    with _sentences(name, transport.address):
        trusted.update_snapshot(data)
    store.write("snapshot", data)


def _update_targets(
    trusted: TrustedMetadataSet, transport: Transport, store: TrustStore, is_cancelled: IsCancelled | None
) -> None:
    from tuf.api.exceptions import RepositoryError

    known = store.metadata("targets")
    if known is not None:
        try:
            trusted.update_targets(known)
        except RepositoryError:
            pass  # an older one, or a damaged one
        else:
            return
    info = trusted.snapshot.meta.get("targets.json")
    if info is None:
        raise ValueError("no targets")
    name = f"{METADATA}/{info.version}.targets.json"
    data = read_whole(transport, name, info.length or MAX_TARGETS_BYTES, is_cancelled)
    with _sentences(name, transport.address):
        trusted.update_targets(data)
    store.write("targets", data)


@contextmanager
def _sentences(name: str, address: str) -> Iterator[None]:
    """Say what python-tuf has found."""
    from tuf.api import exceptions

    try:
        yield
    except exceptions.UnsignedMetadataError as error:
        raise UpdateError(
            message(
                N_("“{name}” of {address} is not signed by enough of the keys that you trust."),
                name=name,
                address=address,
            ),
            message(
                N_(
                    "Nothing was changed. Ask the publisher whether the keys are new; if so, forget the "
                    "source and trust it anew."
                )
            ),
        ) from error
    except exceptions.BadVersionNumberError as error:
        raise UpdateError(
            message(
                N_("“{name}” of {address} is older than what has been seen from that publisher before."),
                name=name,
                address=address,
            ),
            message(
                N_(
                    "Nothing was changed: it is an old copy, or somebody wants to bring old content back. "
                    "Get a newer copy."
                )
            ),
        ) from error
    except exceptions.LengthOrHashMismatchError as error:
        raise UpdateError(
            message(
                N_("“{name}” of {address} does not belong to the rest of the source."),
                name=name,
                address=address,
            ),
            message(N_("Nothing was changed. It has been copied only in part, or mixed; get it anew.")),
        ) from error
    except (exceptions.RepositoryError, ValueError, LookupError, TypeError) as error:
        raise UpdateError(
            message(N_("“{name}” of {address} is damaged."), name=name, address=address), tell_publisher()
        ) from error
