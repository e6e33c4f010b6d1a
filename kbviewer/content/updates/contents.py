"""What the signed metadata of a source say that it offers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from kbviewer.content.packs.zip_reader import MAX_FILE_BYTES, is_plain_path
from kbviewer.content.updates.layout import (
    CUSTOM,
    PUBLISHER,
    SIGNED_AT,
    TARGETS,
    DeltaTarget,
    PackTarget,
    from_custom,
    our_fields,
)
from kbviewer.content.updates.policy import Expiry
from kbviewer.model.errors import UpdateError
from kbviewer.model.messages import N_, message

if TYPE_CHECKING:
    from tuf.api.metadata import Root, Signed, Snapshot, TargetFile, Targets, Timestamp

_MAX_PUBLISHER = 200


@dataclass(frozen=True, slots=True)
class SignedFile:
    """A file that the publisher vouches for.

    Attributes:
        name: where it lies in the repository.
        length: in bytes.
    """

    name: str
    sha256: str
    length: int


@dataclass(frozen=True, slots=True)
class OfferedPack:
    """The current version of a pack."""

    target: PackTarget
    file: SignedFile


@dataclass(frozen=True, slots=True)
class OfferedDelta:
    """What makes it of an earlier version."""

    target: DeltaTarget
    file: SignedFile


@dataclass(frozen=True, slots=True)
class Contents:
    """All that a source has signed, verified.

    Attributes:
        publisher: what they call themselves, "" when they say nothing.
        signed_at: when they signed it, None when they do not say.
        expiries: until when each part may be used.
        version: of the timestamp, which grows with each change.
        packs: by id.
    """

    publisher: str
    signed_at: datetime | None
    expiries: tuple[Expiry, ...]
    version: int
    packs: Mapping[str, OfferedPack]
    deltas: tuple[OfferedDelta, ...]


def read_contents(
    root: Root, timestamp: Timestamp, snapshot: Snapshot, targets: Targets, address: str
) -> Contents:
    """Return what verified metadata say.

    Raises:
        UpdateError: they say something that cannot be.
    """
    roles: tuple[Signed, ...] = (root, timestamp, snapshot, targets)
    expiries = tuple(Expiry(role.type, role.expires) for role in roles)
    days = [day for role in (timestamp, targets) if (day := _signed_at(role)) is not None]
    packs: dict[str, OfferedPack] = {}
    deltas: list[OfferedDelta] = []
    for path, found in targets.targets.items():
        try:
            target = from_custom(found.unrecognized_fields.get("custom", {}).get(CUSTOM, {"kind": ""}))
            file = _file(path, found)
            if isinstance(target, DeltaTarget):
                deltas.append(OfferedDelta(target, file))
            elif target is not None:
                if target.pack_id in packs:
                    raise ValueError("the pack is there twice")
                packs[target.pack_id] = OfferedPack(target, file)
        except (ValueError, AttributeError) as error:
            raise UpdateError(
                message(N_("{address} says of “{name}” what cannot be."), address=address, name=path[:80]),
                message(N_("Install a newer kbviewer, or tell the publisher; nothing was changed.")),
            ) from error
    name = _publisher(targets)
    return Contents(name, max(days, default=None), expiries, timestamp.version, packs, tuple(deltas))


def _publisher(targets: Targets) -> str:
    name = our_fields(targets.unrecognized_fields).get(PUBLISHER)
    if type(name) is not str or len(name) > _MAX_PUBLISHER or not name.isprintable():
        return ""
    return name.strip()


def _signed_at(role: Signed) -> datetime | None:
    """Return when a role was signed; None for what cannot be, as a day after its own expiry."""
    text = our_fields(role.unrecognized_fields).get(SIGNED_AT)
    if type(text) is not str:
        return None
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    at = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    return at if at < role.expires else None


def _file(path: str, found: TargetFile) -> SignedFile:
    sha256 = found.hashes.get("sha256", "")
    name = f"{TARGETS}/{sha256}.{path}"
    if len(sha256) != 64 or "/" in path or not is_plain_path(name) or not 0 < found.length <= MAX_FILE_BYTES:
        raise ValueError("no file of a repository")
    return SignedFile(name, sha256, found.length)
