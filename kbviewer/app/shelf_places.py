"""Where a reader's libraries lie: what is installed, what the policy names; the keys that tell them apart."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kbviewer.app.libraries import pack_folders
from kbviewer.app.paths import PACK_SUFFIX, Profile, check_libraries
from kbviewer.app.policy_gate import unsigned
from kbviewer.content.folder import FolderLibrary
from kbviewer.model.errors import KbError, PackError, UsageError
from kbviewer.model.messages import N_, message
from kbviewer.model.policy import Policy
from kbviewer.model.shelf import LibraryKind

if TYPE_CHECKING:
    from kbviewer.content.packs.pointer import PackState

BUNDLED: Final = "bundled"
FOLDER, FILE, _OWN, _MACHINE = "folder:", "file:", "own:", "machine:"
BETWEEN = "\0"


@dataclass(frozen=True, slots=True)
class Place:
    """A library before it is opened.

    Attributes:
        pack_id: of a pack, else "".
        state: what is installed of a pack, None for all others.
        fault: why it cannot be opened.
        hidden_by: key of the library that is used instead.
    """

    key: str
    kind: LibraryKind
    paths: tuple[Path, ...]
    pack_id: str = ""
    state: PackState | None = None
    fault: KbError | None = None
    hidden_by: str = ""


def folder_key(*folders: Path) -> str:
    """Return the key of a library in folders."""
    return FOLDER + BETWEEN.join(map(str, folders))


def file_key(path: Path) -> str:
    """Return the key of a pack that is not installed."""
    return FILE + str(path)


def own_key(pack_id: str) -> str:
    """Return the key of a pack that the reader has installed."""
    return _OWN + pack_id


def policy_places(policy: Policy) -> Iterator[Place]:
    """Yield the libraries that the policy names; what is not there says so and hides nothing else."""
    if not policy.library_dirs:
        return
    from kbviewer.content.same_tree import trees_of

    paths = [Path(os.path.abspath(path)) for path in policy.library_dirs]  # noqa: PTH100 - lexical
    trees = {tree.folders[0]: tree.folders for tree in trees_of([path for path in paths if path.is_dir()])}
    in_trees = {folder for folders in trees.values() for folder in folders}
    for path in paths:
        if path in trees:
            yield Place(folder_key(*trees[path]), LibraryKind.FOLDER, trees[path])
        elif path not in in_trees:
            yield _policy_pack(path)


def _policy_pack(path: Path) -> Place:
    """Return the place of what is no folder: a pack, or nothing."""
    try:
        check_libraries([path])
    except UsageError as error:
        return Place(folder_key(path), LibraryKind.FOLDER, (path,), fault=error)
    return Place(file_key(path), LibraryKind.PACK_FILE, (path,))


def installed_places(profile: Profile, policy: Policy) -> Iterator[Place]:
    """Yield the packs that are installed, the reader's before those of the computer."""
    own, machine = pack_folders(profile, policy)
    for place in _installed(own, LibraryKind.OWN_PACK, _OWN):
        # What an administrator has installed for everybody is vouched for.
        if place.state and not (place.state.current.signature or policy.allows_unsigned):
            yield replace(place, fault=unsigned(place.pack_id))
        else:
            yield place
    yield from _installed(machine, LibraryKind.MACHINE_PACK, _MACHINE)


def key_of(library: FolderLibrary) -> str:
    is_file = library.root.suffix.lower() == PACK_SUFFIX and not library.root.is_dir()
    return file_key(library.root) if is_file else folder_key(*library.paths)


def _installed(folder: Path, kind: LibraryKind, prefix: str) -> Iterator[Place]:
    """Yield what is installed in a folder of packs."""
    if not folder.is_dir():
        return
    # A start without packs does not pay for what reads them.
    from kbviewer.content.packs.installed import InstalledPacks

    packs = InstalledPacks(folder)
    try:
        states = packs.states()
    except KbError as error:
        yield Place(prefix, kind, (folder,), fault=error)
        return
    for pack_id, state in states.items():
        yield Place(prefix + pack_id, kind, (packs.path_of(state.current),), pack_id, state)


def of_installed(error: PackError, pack_id: str) -> PackError:
    """Return the error with the name that the reader knows; the file is called after its checksum."""
    values = {**error.what.values, "file": pack_id}
    return PackError(
        message(error.what.template, **values),
        message(N_("Install its file again, go back to the version before, or uninstall it.")),
    )


def missing(paths: Sequence[Path]) -> UsageError | None:
    gone = next((path for path in paths if not path.is_dir()), None)
    if gone is None:
        return None
    return UsageError(
        message(N_("There is no folder “{path}”."), path=gone),
        message(N_("Connect the drive that it lies on, or remove it from the list.")),
    )
