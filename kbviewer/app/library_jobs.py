"""What takes time with libraries, for a thread: each job tells how far it is, and can be stopped."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from kbviewer.app.shelf_places import Place
from kbviewer.content.check import check_path
from kbviewer.content.folder import FolderLibrary
from kbviewer.content.folder_index import OnProgress, ReadingStoppedError
from kbviewer.content.packs.installed import InstalledPacks
from kbviewer.content.packs.library import PackLibrary
from kbviewer.content.packs.pack_file import PackFile, Progress
from kbviewer.model.library import Problem
from kbviewer.model.messages import N_, message
from kbviewer.model.shelf import LibraryKind


class Installed(NamedTuple):
    """What has become of an installation.

    Attributes:
        is_update: another version of the pack was installed before.
        is_same: this very version was.
    """

    pack_id: str
    is_update: bool
    is_same: bool


def install_pack(folder: Path, path: Path, on_progress: OnProgress) -> Installed:
    """Install a pack; what is stopped has changed nothing.

    Raises:
        PackError: it is no whole pack, or the folder cannot be changed.
        ReadingStoppedError: `on_progress` wanted it.
    """
    packs = InstalledPacks(folder)
    before = packs.states()
    pack_id, state = packs.install(path, _stoppable(on_progress))
    earlier = before.get(pack_id)
    is_same = earlier is not None and earlier.current.sha256 == state.current.sha256
    return Installed(pack_id, is_update=earlier is not None and not is_same, is_same=is_same)


def roll_back_pack(folder: Path, pack_id: str, on_progress: OnProgress) -> str:
    """Go back to the version before; return the id of the pack.

    Raises:
        PackError: there is none, or it is damaged.
    """
    del on_progress  # it takes as long as reading the file does
    InstalledPacks(folder).rollback(pack_id)
    return pack_id


def check_library(
    place: Place, library: FolderLibrary | None, on_progress: OnProgress
) -> tuple[Problem, ...]:
    """Return what is wrong in a library: in folders all that an author can mend, in a pack what is damaged.

    Raises:
        PackError: the pack is damaged.
        ReadingStoppedError: `on_progress` wanted it.
    """
    if place.state is not None or place.kind is LibraryKind.PACK_FILE:
        expected = place.state.current.manifest if place.state is not None else ""
        file = PackFile(place.read_at[0], expected)
        try:
            file.verify(_stoppable(on_progress))
        finally:
            file.close()
        return library.problems() if isinstance(library, PackLibrary) else ()
    return tuple(problem for path in place.read_at for problem in check_path(path, on_progress).problems)


def _stoppable(on_progress: OnProgress) -> Progress:
    """Return what tells of bytes, in kilobytes: a signal of Qt carries no more than two thousand million."""

    def tell(done: int, total: int) -> None:
        if not on_progress(done >> 10, total >> 10):
            raise ReadingStoppedError(message(N_("It has been stopped; nothing has been changed.")))

    return tell
