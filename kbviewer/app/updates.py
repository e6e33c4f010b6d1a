"""Composes the update client, for the command line and for the window."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from kbviewer import RELEASED
from kbviewer.app.pack_index import index_builder
from kbviewer.app.paths import Profile, machine_packs, machine_trust, machine_updates
from kbviewer.content.updates.address import is_web, normal_address, open_transport
from kbviewer.content.updates.delta import apply_delta, index_recipe
from kbviewer.content.updates.session import UpdatePlaces, UpdateSession
from kbviewer.content.updates.transport import Transport
from kbviewer.model.errors import PolicyError
from kbviewer.model.messages import N_, message
from kbviewer.model.policy import Policy


def open_updates(
    profile: Profile, policy: Policy | None = None, *, for_machine: bool = False
) -> UpdateSession:
    """Return the door to updates.

    Args:
        policy: says where updates may come from; in a kiosk nobody trusts anybody new or accepts what has
            expired.
        for_machine: update the packs of everybody on this computer instead of the reader's.
    """
    policy = policy or Policy()
    if for_machine:
        places = UpdatePlaces(machine_packs(), machine_updates(), machine_trust())
    else:
        places = UpdatePlaces(profile.packs, profile.updates, machine_trust(), (machine_packs(),))
    built = datetime.fromisoformat(RELEASED).replace(tzinfo=UTC)
    return UpdateSession(
        places,
        built=built,
        deltas=lambda: _DeltasWithIndex(profile.cache),
        kiosk=policy.is_kiosk,
        opens=_opener(policy),
    )


def open_for_check(address: str, policy: Policy) -> Transport:
    """Return the way to a source that a publisher wants to look at; nothing of it is going to be installed.

    Raises:
        PolicyError: the network may not be used.
        PackFileError: it is a pack.
        UpdateError: it is not there, or no source.
    """
    address = normal_address(address)
    if is_web(address) and not policy.values["network"]:
        raise PolicyError(
            message(N_("This computer's administrator does not allow the network to be used.")),
            message(N_("Ask them if you need it; “kbviewer policy show” lists what is allowed.")),
        )
    return open_transport(address)


def _opener(policy: Policy) -> Callable[[str], Transport]:
    """Return what opens the sources that the policy allows, whether they were named or remembered."""
    own = normal_address(policy.update_source) if policy.update_source else ""

    def opens(address: str) -> Transport:
        if not policy.may_update_from(policy.update_source if address == own else address):
            raise PolicyError(
                message(
                    N_("This computer's administrator does not allow updates from {address}."),
                    address=address,
                ),
                message(N_("Ask them if you need it; “kbviewer policy show” lists what is allowed.")),
            )
        return open_transport(address)

    return opens


class _DeltasWithIndex:
    """Makes packs of older ones, with the search index where a delta comes without."""

    def __init__(self, cache_dir: Path) -> None:
        self.recipe = index_recipe()
        self._cache_dir = cache_dir

    def apply(self, old: Path, delta: Path, out: Path, on_progress: Callable[[int, int], None]) -> None:
        """Write the new pack; see `Deltas`."""
        apply_delta(old, delta, out, index_builder(None), on_progress, cache_dir=self._cache_dir)
