"""A publisher for tests: real keys, real signatures, a repository in a folder."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from securesystemslib.signer import CryptoSigner
from tuf.api.metadata import (
    SPECIFICATION_VERSION,
    Metadata,
    MetaFile,
    Root,
    Snapshot,
    TargetFile,
    Targets,
    Timestamp,
)

from kbviewer.content.packs.pack_file import PackFile
from kbviewer.content.updates.layout import (
    BUNDLE_MIMETYPE,
    CUSTOM,
    METADATA,
    TARGETS,
    DeltaTarget,
    PackTarget,
    to_custom,
)
from tests.support.packs import write_zip

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
FAR = datetime(2199, 1, 1, tzinfo=UTC)
"""For tests that have no other clock than the computer's."""
SPEC = ".".join(SPECIFICATION_VERSION)
ONLINE = ("targets", "snapshot", "timestamp")


class Publisher:
    """Signs with Ed25519: the root by two of three, everything else by one.

    Attributes:
        folder: the repository.
    """

    def __init__(self, folder: Path, name: str = "Kontoret") -> None:
        self.folder = folder
        self.name = name
        self.version = 0
        self.root_version = 0
        self.root_keys = [CryptoSigner.generate_ed25519() for _ in range(3)]
        self.keys = {role: CryptoSigner.generate_ed25519() for role in ONLINE}
        self.targets: dict[str, TargetFile] = {}
        (folder / METADATA).mkdir(parents=True)
        (folder / TARGETS).mkdir()
        self.write_root(signers=self.root_keys)

    @property
    def root_file(self) -> Path:
        """The first root."""
        return self.folder / METADATA / "1.root.json"

    def write_root(
        self, signers: Sequence[CryptoSigner], *, expires: datetime | None = None, count: int = 2
    ) -> None:
        """Write the next root, signed by the first of some keys."""
        self.root_version += 1
        root = Root(
            version=self.root_version,
            spec_version=SPEC,
            expires=expires or FAR,
            consistent_snapshot=True,
        )
        for signer in self.root_keys:
            root.add_key(signer.public_key, Root.type)
        root.roles[Root.type].threshold = 2
        for role, signer in self.keys.items():
            root.add_key(signer.public_key, role)
        self._write(Metadata(root), f"{self.root_version}.root.json", list(signers)[:count])

    def rotate(self, *, online: bool = True) -> None:
        """Replace all keys; the old and the new ones sign."""
        old = self.root_keys
        self.root_keys = [CryptoSigner.generate_ed25519() for _ in range(3)]
        if online:
            self.keys = {role: CryptoSigner.generate_ed25519() for role in ONLINE}
        self.write_root([*old[:2], *self.root_keys[:2]], count=4)

    def add_pack(self, path: Path) -> str:
        """Offer a pack in place of what was offered under its id; return its SHA-256."""
        with closing(PackFile(path)) as file:
            pack = file.facts.pack
            target = PackTarget(pack.id, pack.version, file.manifest_digest, pack.day, pack.titles)
        data = path.read_bytes()
        sha256 = hashlib.sha256(data).hexdigest()
        for name, found in list(self.targets.items()):
            custom = found.unrecognized_fields["custom"][CUSTOM]
            if custom["kind"] == "pack" and custom["id"] == pack.id:
                del self.targets[name]
        self._add(target.path(sha256), data, to_custom(target))
        return sha256

    def add_delta(self, old: Path, new: Path, data: bytes, recipe: str = "") -> None:
        """Offer what makes a pack of another."""
        digests = [hashlib.sha256(path.read_bytes()).hexdigest() for path in (old, new)]
        target = DeltaTarget("office", digests[0], digests[1], recipe)
        self._add(target.path(), data, to_custom(target))

    def publish(
        self,
        *packs: Path,
        signed_at: datetime | None = NOW,
        expires: datetime | None = None,
        sign: bool = True,
        **changes: Any,
    ) -> None:
        """Sign everything anew.

        Args:
            changes: fields of ours to replace in the metadata of the targets.
        """
        for pack in packs:
            self.add_pack(pack)
        self.version += 1
        expires = expires or NOW + timedelta(days=400)
        ours: dict[str, Any] = {"publisher": self.name, **changes}
        if signed_at is not None:
            ours["signed_at"] = signed_at.isoformat()
        targets = Targets(
            version=self.version, spec_version=SPEC, expires=expires, targets=dict(self.targets),
            unrecognized_fields={CUSTOM: ours},
        )  # fmt: skip
        data = self._sign(Metadata(targets), "targets", sign=sign)
        self._save(f"{self.version}.targets.json", data)
        meta = {"targets.json": MetaFile.from_data(self.version, data, ["sha256"])}
        snapshot = Snapshot(version=self.version, spec_version=SPEC, expires=expires, meta=meta)
        data = self._sign(Metadata(snapshot), "snapshot", sign=sign)
        self._save(f"{self.version}.snapshot.json", data)
        timestamp = Timestamp(
            version=self.version, spec_version=SPEC, expires=expires,
            snapshot_meta=MetaFile.from_data(self.version, data, ["sha256"]),
            unrecognized_fields={CUSTOM: ours},
        )  # fmt: skip
        self._save("timestamp.json", self._sign(Metadata(timestamp), "timestamp", sign=sign))

    def copy(self, to: Path) -> Path:
        """Copy the repository as it is now, as somebody who wants to bring it back would."""
        return Path(shutil.copytree(self.folder, to))

    def target_file(self, kind: str = "pack") -> Path:
        """The file of what is offered."""
        for name, found in self.targets.items():
            if found.unrecognized_fields["custom"][CUSTOM]["kind"] == kind:
                return self.folder / TARGETS / f"{found.hashes['sha256']}.{name}"
        raise LookupError(kind)

    def _add(self, name: str, data: bytes, custom: dict[str, Any]) -> None:
        found = TargetFile.from_data(name, data, ["sha256"])
        found.unrecognized_fields["custom"] = {CUSTOM: custom}
        self.targets[name] = found
        (self.folder / TARGETS / f"{found.hashes['sha256']}.{name}").write_bytes(data)

    def _sign(self, metadata: Metadata[Any], role: str, *, sign: bool) -> bytes:
        if sign:
            metadata.sign(self.keys[role])
        return metadata.to_bytes()

    def _write(self, metadata: Metadata[Any], name: str, signers: Sequence[CryptoSigner]) -> None:
        for signer in signers:
            metadata.sign(signer, append=True)
        self._save(name, metadata.to_bytes())

    def _save(self, name: str, data: bytes) -> None:
        (self.folder / METADATA / name).write_bytes(data)


def write_bundle(folder: Path, path: Path) -> Path:
    """A .kbu of a repository as it lies there."""
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    members = [(file.relative_to(folder).as_posix(), file.read_bytes()) for file in files]
    return write_zip(path, [("mimetype", BUNDLE_MIMETYPE), *members])
