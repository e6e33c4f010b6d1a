"""The next root: fresh or with other keys, signed in one sitting or in several by those who hold the keys.

Until enough of the keys of the old root and of the new one have signed, it lies beside the metadata, where no
client looks, and is carried from one to the next.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kbviewer.content.updates.founding import MAX_ROOT_KEYS
from kbviewer.content.updates.layout import CUSTOM, SIGNED_AT, our_fields
from kbviewer.content.updates.metadata_files import NEXT_ROOT, ROOT, TIMESTAMP, MetadataFiles, file_name
from kbviewer.content.updates.release import (
    RELEASE_ROLES,
    Release,
    When,
    read_roots,
    sign_release,
    write_release_files,
)
from kbviewer.content.updates.repository import Repository
from kbviewer.model.errors import PackError
from kbviewer.model.messages import N_, message

if TYPE_CHECKING:
    from securesystemslib.signer import CryptoSigner, Key
    from tuf.api.metadata import Metadata, Root

_SHORTEST_ID = 8


@dataclass(frozen=True, slots=True)
class KeyChanges:
    """What the next root has other than the one before.

    Attributes:
        replaced: new keys by the id, or its beginning, of the key whose place they take.
        added: more root keys.
        threshold: how many root keys have to sign; 0 for as many as before.
    """

    replaced: Mapping[str, Key] = field(default_factory=dict)
    added: tuple[Key, ...] = ()
    threshold: int = 0

    def __bool__(self) -> bool:
        return bool(self.replaced or self.added or self.threshold)


@dataclass(frozen=True, slots=True)
class Sitting:
    """How far the next root has come.

    Attributes:
        version: of the next root.
        is_published: it is in force.
        signed: ids of the keys that have signed.
        missing_old: how many more keys of the root before have to sign.
        missing_new: how many more keys of the next root have to.
        needs_release_key: it has another release key, which has to be there when it comes into force.
    """

    version: int
    is_published: bool
    signed: tuple[str, ...]
    missing_old: int = 0
    missing_new: int = 0
    needs_release_key: bool = False


class RootSigning:
    """One sitting.

    Args:
        root_when: until when the next root is valid.
        release_when: until when a release is that has to be signed with it.
    """

    def __init__(self, repository: Repository, root_when: When, release_when: When) -> None:
        self._repository = repository
        self._root_when = root_when
        self._release_when = release_when

    def sign(
        self,
        signers: Mapping[str, CryptoSigner],
        make_changes: Callable[[], KeyChanges],
        *,
        wants_changes: bool,
    ) -> Sitting:
        """Begin the next root or go on with it; when enough have signed, it comes into force.

        Args:
            make_changes: returns what the next root has other than this one, called when one is begun.
            wants_changes: there are such changes.

        Raises:
            PackError: a key is none of this repository's, none was given, or the repository is damaged.
        """
        files = self._repository.files
        with self._repository.changing() as release:
            if self._repository.has_left_over_root(release):
                finished = self._finish_interrupted(release, signers)
                if finished is not None:
                    return finished
            next_root = self._begun(files, release)
            if next_root is not None and wants_changes:
                raise _already_begun(files)
            if next_root is None:
                next_root = self._begin(release.root, make_changes())
            self._check(release.root.signed, next_root.signed, signers)
            self._sign(release.root.signed, next_root, signers)
            files.write(NEXT_ROOT, next_root)
            sitting = _sitting(release.root.signed, next_root)
            if sitting.missing_old or sitting.missing_new:
                return sitting
            return self._publish(release, next_root, sitting, signers)

    def _begun(self, files: MetadataFiles, release: Release) -> Metadata[Root] | None:
        if not (files.folder / NEXT_ROOT).exists():
            return None
        next_root: Metadata[Root] = files.read(NEXT_ROOT, ROOT)
        if next_root.signed.version != release.root.signed.version + 1:
            raise PackError(
                message(N_("“{path}” does not follow the root in force."), path=files.folder / NEXT_ROOT),
                message(N_("Remove it and begin anew.")),
            )
        return next_root

    def _begin(self, root: Metadata[Root], changes: KeyChanges) -> Metadata[Root]:
        from tuf.api.metadata import Metadata

        signed = copy.deepcopy(root.signed)
        signed.version += 1
        signed.expires = self._root_when.expires
        said = self._root_when.now.replace(microsecond=0).isoformat()
        signed.unrecognized_fields[CUSTOM] = {**our_fields(root.signed.unrecognized_fields), SIGNED_AT: said}
        for beginning, key in changes.replaced.items():
            _replace(signed, beginning, key)
        for key in changes.added:
            _check_new(signed, key)
            signed.add_key(key, ROOT)
        role = signed.roles[ROOT]
        role.threshold = changes.threshold or role.threshold
        if not 1 <= role.threshold <= len(role.keyids) <= MAX_ROOT_KEYS:
            raise PackError(
                message(
                    N_("{threshold} of {keys} root keys cannot be."),
                    threshold=role.threshold,
                    keys=len(role.keyids),
                ),
                message(N_("Have up to {most} keys, and as many or fewer of them sign."), most=MAX_ROOT_KEYS),
            )
        return Metadata(signed)

    def _check(self, old: Root, new: Root, signers: Mapping[str, CryptoSigner]) -> None:
        known = {*old.roles[ROOT].keyids, *new.roles[ROOT].keyids}
        if not known & set(signers):
            ids = ", ".join(sorted(keyid[:_SHORTEST_ID] for keyid in known))
            raise PackError(
                message(N_("None of the keys is a root key of this repository ({ids})."), ids=ids),
                message(N_("Name the file of a root key with --keys.")),
            )

    def _sign(self, old: Root, next_root: Metadata[Root], signers: Mapping[str, CryptoSigner]) -> None:
        for keyid in dict.fromkeys((*old.roles[ROOT].keyids, *next_root.signed.roles[ROOT].keyids)):
            if keyid in signers:
                next_root.sign(signers[keyid], append=True)

    def _publish(
        self,
        before: Release,
        root: Metadata[Root],
        sitting: Sitting,
        signers: Mapping[str, CryptoSigner],
    ) -> Sitting:
        files = self._repository.files
        published = Sitting(sitting.version, is_published=True, signed=sitting.signed)
        name = file_name(ROOT, root.signed.version)
        if not _has_other_release_keys(before.root.signed, root.signed):
            files.write(name, root)
            files.remove(NEXT_ROOT)
            return published
        if not _can_release(root.signed, signers):
            return Sitting(sitting.version, False, sitting.signed, needs_release_key=True)
        release = self._resigned(before, root, signers)
        write_release_files(files, release)
        if _can_release(before.root.signed, signers):
            # Signed by the old key and the new one, it is in force under either root.
            files.write(file_name(TIMESTAMP, 0), release.timestamp)
            files.write(name, root)
        else:
            files.write(name, root)
            files.write(file_name(TIMESTAMP, 0), release.timestamp)
        files.remove(NEXT_ROOT)
        return published

    def _resigned(
        self, before: Release, root: Metadata[Root], signers: Mapping[str, CryptoSigner]
    ) -> Release:
        history = before.history()
        targets = before.targets.signed.targets
        return sign_release(before, targets, history, signers, self._release_when, root)

    def _finish_interrupted(self, release: Release, signers: Mapping[str, CryptoSigner]) -> Sitting | None:
        """Sign what a root that was put in force wants to have signed by its own release key.

        Returns:
            How far that has come; None when its release key is the one before, and nothing had to be signed.
        """
        files = self._repository.files
        before, root = read_roots(files)[-2].signed, release.root.signed
        if not _has_other_release_keys(before, root):
            files.remove(NEXT_ROOT)
            return None
        signed = tuple(release.root.signatures)
        if not _can_release(root, signers):
            return Sitting(root.version, False, signed, needs_release_key=True)
        resigned = self._resigned(release, release.root, signers)
        write_release_files(files, resigned)
        files.write(file_name(TIMESTAMP, 0), resigned.timestamp)
        files.remove(NEXT_ROOT)
        return Sitting(root.version, True, signed)


def _sitting(old: Root, next_root: Metadata[Root]) -> Sitting:
    result = next_root.signed.get_root_verification_result(old, next_root.signed_bytes, next_root.signatures)
    return Sitting(
        next_root.signed.version,
        is_published=False,
        signed=tuple(sorted(result.signed)),
        missing_old=result.first.missing,
        missing_new=result.second.missing,
    )


def _replace(root: Root, beginning: str, key: Key) -> None:
    """Put a key in the place of another one, in all roles that the other one has."""
    found = [keyid for keyid in root.keys if len(beginning) >= _SHORTEST_ID and keyid.startswith(beginning)]
    if len(found) != 1:
        ids = ", ".join(keyid[:_SHORTEST_ID] for keyid in root.keys)
        raise PackError(
            message(
                N_("No key of this repository has the id “{id}”; they are {ids}."), id=beginning, ids=ids
            ),
            message(N_("Name the file of the old key, or at least eight digits of its id.")),
        )
    _check_new(root, key)
    for name, role in root.roles.items():
        if found[0] in role.keyids:
            place = role.keyids.index(found[0])
            root.add_key(key, name)
            role.keyids.remove(key.keyid)
            role.keyids[place] = key.keyid
    del root.keys[found[0]]


def _check_new(root: Root, key: Key) -> None:
    if key.keyid in root.keys:
        raise PackError(
            message(N_("The key {id} is one of this repository's already."), id=key.keyid[:_SHORTEST_ID]),
            message(N_("Name another file for the new key.")),
        )


def _has_other_release_keys(old: Root, new: Root) -> bool:
    return any(old.roles[role].keyids != new.roles[role].keyids for role in RELEASE_ROLES)


def _can_release(root: Root, signers: Mapping[str, CryptoSigner]) -> bool:
    return all(
        len(set(root.roles[role].keyids) & set(signers)) >= root.roles[role].threshold
        for role in RELEASE_ROLES
    )


def _already_begun(files: MetadataFiles) -> PackError:
    return PackError(
        message(N_("The next root is begun already, in “{path}”."), path=files.folder / NEXT_ROOT),
        message(N_("Sign that one first, or remove it and begin anew.")),
    )
