"""Composes the update client, for the command line and for the window."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from kbviewer import RELEASED
from kbviewer.app.pack_index import index_builder
from kbviewer.app.paths import Profile, machine_packs, machine_trust, machine_updates
from kbviewer.content.updates.delta import apply_delta, index_recipe
from kbviewer.content.updates.session import UpdatePlaces, UpdateSession


def open_updates(profile: Profile, *, for_machine: bool = False, kiosk: bool = False) -> UpdateSession:
    """Return the door to updates.

    Args:
        for_machine: update the packs of everybody on this computer instead of the reader's.
        kiosk: nobody here may trust anybody new or accept what has expired.
    """
    if for_machine:
        places = UpdatePlaces(machine_packs(), machine_updates(), machine_trust())
    else:
        places = UpdatePlaces(profile.packs, profile.updates, machine_trust(), (machine_packs(),))
    built = datetime.fromisoformat(RELEASED).replace(tzinfo=UTC)
    return UpdateSession(places, built=built, deltas=lambda: _DeltasWithIndex(profile.cache), kiosk=kiosk)


class _DeltasWithIndex:
    """Makes packs of older ones, with the search index where a delta comes without."""

    def __init__(self, cache_dir: Path) -> None:
        self.recipe = index_recipe()
        self._cache_dir = cache_dir

    def apply(self, old: Path, delta: Path, out: Path, on_progress: Callable[[int, int], None]) -> None:
        """Write the new pack; see `Deltas`."""
        apply_delta(old, delta, out, index_builder(None), on_progress, cache_dir=self._cache_dir)
