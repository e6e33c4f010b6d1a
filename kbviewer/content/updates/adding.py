"""Adds a pack to a repository: checked, with deltas from the versions before it, signed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kbviewer.content.packs.building import BuildIndex, IndexSource
from kbviewer.content.packs.file_kind import check_is_no_update
from kbviewer.content.packs.layout import INDEX
from kbviewer.content.packs.pack_file import PackFile
from kbviewer.content.packs.version_order import order_of
from kbviewer.content.packs.zip_reader import unreadable
from kbviewer.content.updates.delta import apply_delta, index_recipe, make_delta, sha256_of
from kbviewer.content.updates.history import History, PastVersion
from kbviewer.content.updates.layout import DeltaTarget, PackTarget, from_custom, to_custom
from kbviewer.content.updates.release import Release, When, check_keys, target_file
from kbviewer.content.updates.repository import Repository, prefixed
from kbviewer.model.errors import PackError
from kbviewer.model.messages import N_, Message, message

if TYPE_CHECKING:
    from securesystemslib.signer import CryptoSigner
    from tuf.api.metadata import TargetFile

DELTAS = 3
_LARGEST_SHARE = 0.5
_CHUNK_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Wishes:
    """How a pack is to be added.

    Attributes:
        deltas: from how many versions before it.
        takes_older: also when it is older than what is offered.
        cache_dir: for the articles that are parsed to try a delta out.
    """

    when: When
    deltas: int = DELTAS
    takes_older: bool = False
    cache_dir: Path | None = None


@dataclass(frozen=True, slots=True)
class AddedDelta:
    """A delta that leads to the new version, with its size in bytes."""

    version: str
    has_index: bool
    size: int


@dataclass(frozen=True, slots=True)
class Added:
    """What has become of a pack.

    Attributes:
        is_new: False when it was offered already; then nothing has changed.
        size: of the pack, in bytes.
        remarks: why there is a delta less than there could be.
    """

    target: PackTarget
    size: int
    is_new: bool = True
    deltas: tuple[AddedDelta, ...] = ()
    remarks: tuple[Message, ...] = ()


class PackAddition:
    """One pack on its way into a repository.

    Args:
        build_index: builds the index of a pack, as for `apply_delta`.
    """

    def __init__(self, repository: Repository, wishes: Wishes, build_index: BuildIndex) -> None:
        self._repository = repository
        self._wishes = wishes
        self._build_index = build_index
        self._deltas: list[tuple[DeltaTarget, Path, AddedDelta]] = []
        self._remarks: list[Message] = []

    def add(self, source: Path, signers: Mapping[str, CryptoSigner]) -> Added:
        """Put a pack in, and what leads to it; return what has been done.

        Raises:
            PackError: the pack or the repository is damaged, the pack is older than what is offered, the
                release key is missing, or something cannot be written. What was in force stays in force.
        """
        # Of the copy nothing is left when somebody reads what is wrong with it.
        check_is_no_update(source)
        with self._repository.changing() as release:
            check_keys(release.root.signed, signers)
            pack = self._repository.incoming() / "pack" / source.name
            pack.parent.mkdir()
            sha256, size = _copy(source, pack)
            target = _target_of(pack)
            offered = release.packs().get(target.pack_id)
            if offered and offered[1].hashes["sha256"] == sha256:
                return Added(target, size, is_new=False)
            if offered and not self._wishes.takes_older:
                _check_newer(target, offered[0])
            past = self._past(release, target.pack_id, sha256)
            self._make_deltas(target.pack_id, past[: self._wishes.deltas], pack, sha256)
            files = _others(release, target.pack_id)
            file = target_file(target, sha256, size)
            files[file.path] = file
            for delta, path, _ in self._deltas:
                digest, length = sha256_of(path), path.stat().st_size
                files[delta.path()] = target_file(delta, digest, length)
                self._repository.take(path, prefixed(files[delta.path()]))
            self._repository.take(pack, prefixed(file))
            history = _with_past(release.history(), target.pack_id, past, self._wishes.deltas)
            self._repository.publish(release, files, history, signers, self._wishes.when)
        return Added(target, size, True, tuple(added for _, _, added in self._deltas), tuple(self._remarks))

    def _past(self, release: Release, pack_id: str, sha256: str) -> tuple[PastVersion, ...]:
        """Return the versions before the new one, the newest first."""
        past = release.history().of(pack_id)
        if offered := release.packs().get(pack_id):
            target, file = offered
            past = (PastVersion(file.hashes["sha256"], target.version, prefixed(file)), *past)
        return tuple(version for version in past if version.sha256 != sha256)

    def _make_deltas(self, pack_id: str, past: Iterable[PastVersion], pack: Path, sha256: str) -> None:
        proven: BuildIndex | None = None
        for version in past:
            old = self._repository.targets / version.file
            if not old.is_file():
                self._remarks.append(
                    message(
                        N_("No delta from version {version}: “{file}” is gone."),
                        version=_shown(version),
                        file=version.file,
                    )
                )
                continue
            for with_index in (False, True):
                target = DeltaTarget(pack_id, version.sha256, sha256, "" if with_index else index_recipe())
                path = self._repository.incoming() / target.path()
                try:
                    make_delta(old, pack, path, with_index=with_index)
                    self._try_out(old, path, proven or self._build_index)
                except PackError as error:
                    self._remarks.append(_no_delta(version, with_index=with_index, why=error.what))
                    continue
                if not with_index:
                    # It has been built once, and it was the same.
                    proven = _index_of(pack)
                self._keep(target, path, version, pack)

    def _try_out(self, old: Path, delta: Path, build_index: BuildIndex) -> None:
        made = self._repository.incoming() / "tried-out.kbp"
        apply_delta(old, delta, made, build_index, cache_dir=self._wishes.cache_dir)
        made.unlink()

    def _keep(self, target: DeltaTarget, path: Path, version: PastVersion, pack: Path) -> None:
        size, whole = path.stat().st_size, pack.stat().st_size
        if size > whole * _LARGEST_SHARE:
            share = message(N_("{percent}%"), percent=round(100 * size / whole))
            why = message(N_("It would be {percent} of the pack."), percent=share)
            self._remarks.append(_no_delta(version, with_index=not target.recipe, why=why))
            return
        self._deltas.append((target, path, AddedDelta(_shown(version), not target.recipe, size)))


def _copy(source: Path, path: Path) -> tuple[str, int]:
    """Copy a pack; return SHA-256 and size of the copy, which is what is looked at from here on."""
    digest, size = hashlib.sha256(), 0
    try:
        reading = source.open("rb")
    except OSError as error:
        raise unreadable(source, error) from error
    with reading, path.open("wb") as writing:
        while True:
            try:
                chunk = reading.read(_CHUNK_BYTES)
            except OSError as error:
                raise unreadable(source, error) from error
            if not chunk:
                return digest.hexdigest(), size
            writing.write(chunk)
            digest.update(chunk)
            size += len(chunk)


def _target_of(path: Path) -> PackTarget:
    """Return what a pack is, every byte of it compared."""
    with closing(PackFile(path)) as file:
        file.verify()
        pack = file.facts.pack
        target = PackTarget(pack.id, pack.version, file.manifest_digest, pack.day, dict(pack.titles))
    try:
        from_custom(to_custom(target))
    except ValueError as error:
        raise PackError(
            message(N_("The titles or the version of “{id}” are too long to be signed."), id=target.pack_id),
            message(N_("Shorten them in pack.toml and build the pack again.")),
        ) from error
    return target


def _check_newer(new: PackTarget, offered: PackTarget) -> None:
    """See that a pack is no older than what is offered.

    Raises:
        PackError: it is.
    """
    remedy = message(N_("If that is meant, add it with --older."))
    if new.day and offered.day and new.day < offered.day:
        raise PackError(
            message(
                N_("The content of “{id}” is of {day}; that of {offered} is offered already."),
                id=new.pack_id,
                day=new.day,
                offered=offered.day,
            ),
            remedy,
        )
    if new.version and offered.version and order_of(new.version) < order_of(offered.version):
        raise PackError(
            message(
                N_("“{id}” is version {version}; {offered} is offered already."),
                id=new.pack_id,
                version=new.version,
                offered=offered.version,
            ),
            remedy,
        )


def _others(release: Release, pack_id: str) -> dict[str, TargetFile]:
    """Return the targets of all other packs."""
    gone = {file.path for target, file in release.packs().values() if target.pack_id == pack_id}
    gone |= {file.path for target, file in release.deltas() if target.pack_id == pack_id}
    return {path: file for path, file in release.targets.signed.targets.items() if path not in gone}


def _with_past(history: History, pack_id: str, past: tuple[PastVersion, ...], count: int) -> History:
    return history.with_versions(pack_id, past[: max(count, 1)])


def _index_of(pack: Path) -> BuildIndex:
    """Return what stands where an index is built that is known already."""

    def index(_source: IndexSource, _folder: Path) -> Iterator[tuple[str, bytes]]:
        with closing(PackFile(pack)) as file:
            for name in file.names():
                if name.startswith(INDEX):
                    yield name.removeprefix(INDEX), file.read(name)

    return index


def _no_delta(version: PastVersion, *, with_index: bool, why: Message) -> Message:
    if with_index:
        template = N_("No delta with its index from version {version}: {reason}")
    else:
        template = N_("No delta without its index from version {version}: {reason}")
    return message(template, version=_shown(version), reason=why)


def _shown(version: PastVersion) -> str:
    return version.version or version.sha256[:8]
