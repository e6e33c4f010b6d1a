"""What is installed on this computer, as a plan needs to know it."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from contextlib import closing
from datetime import date
from pathlib import Path

from kbviewer.content.packs.installed import InstalledPacks
from kbviewer.content.packs.pack_file import PackFile
from kbviewer.content.packs.pointer import PackState, PackVersion
from kbviewer.content.updates.plan import Here
from kbviewer.model.errors import PackError

_log = logging.getLogger(__name__)


class InstalledHere:
    """The packs that an update changes, and those that are opened beside them."""

    def __init__(self, packs: InstalledPacks, others: Iterable[Path]) -> None:
        self._packs = packs
        self._others = tuple(InstalledPacks(folder) for folder in others)

    def packs(self, owners: Mapping[tuple[str, str], str]) -> dict[str, Here]:
        """Return what is installed in the folder that is updated, by id.

        Args:
            owners: names of other publishers, by id and SHA-256 of what came from them.

        Raises:
            PackError: the folder's pointer is damaged.
        """
        found: dict[str, Here] = {}
        for pack_id, state in self._packs.states().items():
            is_whole, day = _look(self._packs, state.current)
            owner = owners.get((pack_id, state.current.sha256), "")
            found[pack_id] = Here(state.current if is_whole else None, state.previous, day, owner)
        return found

    def elsewhere(self) -> dict[str, str]:
        """Return the SHA-256 of the whole packs in the other folders, by id."""
        return {
            pack_id: state.current.sha256
            for packs in self._others
            for pack_id, state in _states(packs).items()
            if _look(packs, state.current)[0]
        }

    def bases(self) -> dict[str, Path]:
        """Return all files of which a delta could make something, by their SHA-256."""
        return {
            version.sha256: packs.path_of(version)
            for packs in (*self._others, self._packs)
            for state in _states(packs).values()
            for version in state.versions()
            if packs.path_of(version).is_file()
        }

    def newest_day(self) -> date | None:
        """Return the newest day of content that is in use, None when none says one."""
        days = (
            _look(packs, state.current)[1]
            for packs in (self._packs, *self._others)
            for state in _states(packs).values()
        )
        return max((day for day in days if day is not None), default=None)


def _states(packs: InstalledPacks) -> Mapping[str, PackState]:
    """Return what is installed; a damaged pointer hides nothing but its own packs."""
    try:
        return packs.states()
    except PackError as error:
        _log.warning("%s", error)
        return {}


def _look(packs: InstalledPacks, version: PackVersion) -> tuple[bool, date | None]:
    """Return whether a version can be opened, and the day of its content."""
    try:
        with closing(PackFile(packs.path_of(version), version.manifest)) as file:
            return True, file.facts.pack.day
    except PackError as error:
        _log.warning("%s", error)
        return False, None
