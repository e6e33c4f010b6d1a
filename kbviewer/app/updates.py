"""Composes the update client, for the command line and for the window."""

from __future__ import annotations

from datetime import UTC, datetime

from kbviewer import RELEASED
from kbviewer.app.paths import Profile, machine_packs, machine_trust, machine_updates
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
    return UpdateSession(places, built=built, kiosk=kiosk)
