"""Which libraries are open."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from kbviewer.app.paths import PACK_SUFFIX, Profile, check_libraries, machine_packs
from kbviewer.app.shares import Shares
from kbviewer.content.collection import LibraryCollection
from kbviewer.content.folder import FolderLibrary
from kbviewer.content.same_tree import trees_of
from kbviewer.model.errors import PackError, UsageError
from kbviewer.model.policy import Policy

_log = logging.getLogger(__name__)


def open_libraries(
    paths: Sequence[Path],
    bundled: Path,
    profile: Profile | None = None,
    policy: Policy | None = None,
    shares: Shares | None = None,
) -> LibraryCollection:
    """Return the libraries in `paths`, folders or packs; without any, those that open by themselves.

    These are the folders and packs that the policy names, if one of them is there. Else they are the packs
    that the reader has installed, those of the machine, and the articles that come with the program; of two
    with the same id, the first. Folders that hold the same tree in several languages are one library.

    Args:
        bundled: the articles that come with the program.
        profile: has the cache and the installed packs; without one there is neither.
        policy: names libraries and says which packs may be opened; whether `paths` may be is asked before.
        shares: reads local copies of what lies on a share; without it, that itself is read.

    Raises:
        UsageError: one of `paths` is none.
        PackError: a pack that was named cannot be read.
    """
    policy = policy or Policy()
    if shares:
        paths = [shares.place(path) for path in paths]
    check_libraries(paths)
    cache_dir = profile.cache if profile else None
    if paths:
        return LibraryCollection(list(named_libraries(paths, profile, policy, shares)))
    if policy.library_dirs and (of_policy := list(_of_policy(profile, policy, shares))):
        return LibraryCollection(of_policy)
    found = list(_installed(profile, policy, shares)) if profile else []
    own = FolderLibrary(bundled, cache_dir)
    # pack.toml of the bundled articles is read only when there is something to compare it with.
    if not found or own.pack.id not in {library.pack.id for library in found}:
        found.append(own)
    return LibraryCollection(found)


def _of_policy(profile: Profile | None, policy: Policy, shares: Shares | None) -> Iterator[FolderLibrary]:
    """Yield the libraries that the policy names; what is not there is logged and hides nothing else."""
    there: list[Path] = []
    for path in map(Path, policy.library_dirs):
        path = shares.place(path) if shares else path
        try:
            check_libraries([path])
        except (UsageError, OSError) as error:
            _log.error("policy, library_dirs: %s", error)
        else:
            there.append(path)
    return named_libraries(there, profile, policy, shares, logs_damage=True)


def named_libraries(
    paths: Sequence[Path],
    profile: Profile | None,
    policy: Policy,
    shares: Shares | None = None,
    *,
    logs_damage: bool = False,
) -> Iterator[FolderLibrary]:
    """Yield the libraries that were named, each where its first folder stands.

    Raises:
        PackError: a pack cannot be read, and damage is not only to be logged.
    """
    cache_dir = profile.cache if profile else None
    folders = [path for path in paths if path.is_dir()]
    first_folders = {tree.folders[0]: tree for tree in trees_of(folders)}
    for path in paths:
        if path not in folders:
            try:
                yield open_library(path, profile, policy, shares)
            except PackError as error:
                if not logs_damage:
                    raise
                _log.error("%s", error)
            continue
        tree = first_folders.pop(Path(os.path.abspath(path)), None)  # noqa: PTH100 - lexical
        if tree is not None:
            yield FolderLibrary(tree.root, cache_dir, tree.parts)


def open_library(
    path: Path, profile: Profile | None = None, policy: Policy | None = None, shares: Shares | None = None
) -> FolderLibrary:
    """Return the library in a folder or a pack. An installed pack is known to be what was installed.

    Raises:
        PackError: the pack cannot be read.
    """
    cache_dir = profile.cache if profile else None
    if path.suffix.lower() != PACK_SUFFIX or path.is_dir():
        return FolderLibrary(path, cache_dir)
    from kbviewer.content.packs.installed import InstalledPacks
    from kbviewer.content.packs.library import PackLibrary

    for folder in pack_folders(profile, policy or Policy(), shares) if profile else ():
        version = InstalledPacks(folder).version_at(path)
        if version is not None:
            return PackLibrary.open_installed(path, version, cache_dir)
    return PackLibrary.open(path, cache_dir)


def _installed(profile: Profile, policy: Policy, shares: Shares | None) -> Iterator[FolderLibrary]:
    """Yield the installed packs that can be read, the reader's before those of the machine."""
    folders = [folder for folder in pack_folders(profile, policy, shares) if folder.is_dir()]
    if not folders:
        return
    # A start without packs does not pay for what reads them.
    from kbviewer.content.packs.installed import InstalledPacks
    from kbviewer.content.packs.library import PackLibrary

    seen: set[str] = set()
    for folder in folders:
        packs = InstalledPacks(folder)
        try:
            states = packs.states()
        except PackError as error:
            _log.error("%s", error)
            continue
        for pack_id, state in states.items():
            if pack_id in seen or (
                # What an administrator has installed for everybody is vouched for.
                folder == profile.packs and not (state.current.signature or policy.allows_unsigned)
            ):
                continue
            try:
                path = packs.path_of(state.current)
                library = PackLibrary.open_installed(path, state.current, profile.cache)
            except PackError as error:
                # What cannot be opened hides nothing: the machine may have it whole.
                _log.error("%s", error)
                continue
            seen.add(pack_id)
            yield library


def pack_folders(profile: Profile, policy: Policy, shares: Shares | None = None) -> tuple[Path, Path]:
    """Return where packs are installed: the reader's folder before that of the machine, or its copy."""
    machine = machine_packs(trusts_environment=policy.trusts_environment)
    return profile.packs, shares.place(machine) if shares else machine
