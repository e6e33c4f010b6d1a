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
from kbviewer.app.shares import Shares
from kbviewer.model.errors import KbError, PackError, ShareError, UsageError
from kbviewer.model.messages import N_, message
from kbviewer.model.policy import Policy
from kbviewer.model.shelf import LibraryKind, ShelfChoice

if TYPE_CHECKING:
    from kbviewer.content.packs.pointer import PackState

BUNDLED: Final = "bundled"
FOLDER, FILE, _OWN, _MACHINE = "folder:", "file:", "own:", "machine:"
BETWEEN = "\0"


@dataclass(frozen=True, slots=True)
class Place:
    """A library before it is opened.

    Attributes:
        paths: where it lies, also when that is on a share.
        copies: what is read instead of `paths`, () for these themselves.
        pack_id: of a pack, else "".
        state: what is installed of a pack, None for all others.
        fault: why it cannot be opened.
        hidden_by: key of the library that is used instead.
        is_given: the computer's administrator has named it.
    """

    key: str
    kind: LibraryKind
    paths: tuple[Path, ...]
    pack_id: str = ""
    state: PackState | None = None
    fault: KbError | None = None
    hidden_by: str = ""
    copies: tuple[Path, ...] = ()
    is_given: bool = False

    @property
    def read_at(self) -> tuple[Path, ...]:
        """Where it is read: never on a share."""
        return self.copies or self.paths


def folder_key(*folders: Path) -> str:
    """Return the key of a library in folders."""
    return FOLDER + BETWEEN.join(map(str, folders))


def own_folders(choice: ShelfChoice) -> tuple[Path, ...]:
    """Return all folders on a reader's list, also those that are off."""
    keys = dict.fromkeys((*choice.order, *sorted(choice.off)))
    folders = (key.removeprefix(FOLDER).split(BETWEEN) for key in keys if key.startswith(FOLDER))
    return tuple(Path(folder) for group in folders for folder in group)


def file_key(path: Path) -> str:
    """Return the key of a pack that is not installed."""
    return FILE + str(path)


def own_key(pack_id: str) -> str:
    """Return the key of a pack that the reader has installed."""
    return _OWN + pack_id


def policy_places(policy: Policy, shares: Shares) -> Iterator[Place]:
    """Yield the libraries that the policy names; what is not there says so and hides nothing else."""
    if not policy.library_dirs:
        return
    for place in named_places(tuple(map(Path, policy.library_dirs)), shares):
        yield replace(place, is_given=True)


def named_places(paths: Sequence[Path], shares: Shares) -> Iterator[Place]:
    """Yield the libraries in `paths`, each where its first folder stands; what is not there says so.

    What lies on a share is not touched: its copy is what there is.
    """
    from kbviewer.content.same_tree import trees_of

    paths = [_absolute(path) for path in paths]
    origins = {_absolute(shares.place(path)): path for path in paths if shares.fault(path) is None}
    trees = {tree.folders[0]: tree.folders for tree in trees_of([one for one in origins if one.is_dir()])}
    in_trees = {folder for folders in trees.values() for folder in folders}
    for path in paths:
        fault = shares.fault(path)
        if fault is not None:
            is_pack = path.suffix.lower() == PACK_SUFFIX
            kind = LibraryKind.PACK_FILE if is_pack else LibraryKind.FOLDER
            yield Place(file_key(path) if is_pack else folder_key(path), kind, (path,), fault=fault)
        elif (place := _absolute(shares.place(path))) in trees:
            folders = tuple(origins[folder] for folder in trees.pop(place))
            copies = tuple(_absolute(shares.place(folder)) for folder in folders)
            yield Place(folder_key(*folders), LibraryKind.FOLDER, folders, copies=_unless(folders, copies))
        elif place not in in_trees:
            yield _pack_place(path, place)


def _absolute(path: Path) -> Path:
    return Path(os.path.abspath(path))  # noqa: PTH100 - lexical; links stay as they were named


def _unless(paths: tuple[Path, ...], copies: tuple[Path, ...]) -> tuple[Path, ...]:
    """Return copies that are none of the paths themselves."""
    return copies if copies != paths else ()


def _pack_place(path: Path, place: Path) -> Place:
    """Return the place of what is no folder: a pack, or nothing."""
    try:
        check_libraries([place])
    except UsageError as error:
        return Place(folder_key(path), LibraryKind.FOLDER, (path,), fault=error)
    return Place(file_key(path), LibraryKind.PACK_FILE, (path,), copies=_unless((path,), (place,)))


def share_fault(paths: Sequence[Path], shares: Shares) -> ShareError | None:
    """Return why one of the paths has not come from its share yet; None when there is nothing to wait for."""
    return next((fault for fault in map(shares.fault, paths) if fault is not None), None)


def kept_place(key: str, shares: Shares) -> Place:
    """Return the place of folders that the reader has put on his list."""
    paths = tuple(map(Path, key.removeprefix(FOLDER).split(BETWEEN)))
    fault = share_fault(paths, shares)
    if fault is not None:
        return Place(key, LibraryKind.FOLDER, paths, fault=fault)
    copies = tuple(map(shares.place, paths))
    return Place(key, LibraryKind.FOLDER, paths, fault=missing(copies), copies=_unless(paths, copies))


def installed_places(profile: Profile, policy: Policy, shares: Shares) -> Iterator[Place]:
    """Yield the packs that are installed, the reader's before those of the computer."""
    own, machine = pack_folders(profile, policy)
    for place in _installed(own, LibraryKind.OWN_PACK, _OWN):
        # What an administrator has installed for everybody is vouched for.
        if place.state and not (place.state.current.signature or policy.allows_unsigned):
            yield replace(place, fault=unsigned(place.pack_id))
        else:
            yield place
    if shares.fault(machine) is not None:
        # Whether there is any pack at all shows when the share answers.
        if error := shares.error(machine):
            yield Place(_MACHINE, LibraryKind.MACHINE_PACK, (machine,), fault=error)
        return
    for place in _installed(shares.place(machine), LibraryKind.MACHINE_PACK, _MACHINE):
        paths = tuple(shares.origin(path, (machine,)) for path in place.paths)
        yield replace(place, paths=paths, copies=_unless(paths, place.paths))


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
