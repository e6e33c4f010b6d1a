"""Looks at everything, one part after the other; a part that cannot be looked at does not hide the others."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

from kbviewer.app.doctor.contents import (
    Opening,
    look_at_installed,
    look_at_libraries,
    look_at_shares,
    own_choice,
)
from kbviewer.app.doctor.places import look_at_places
from kbviewer.app.doctor.policy import look_at_policy
from kbviewer.app.doctor.program import look_at_display, look_at_program
from kbviewer.app.doctor.report import Report
from kbviewer.app.doctor.traces import look_at_log, look_at_window
from kbviewer.app.libraries import pack_folders
from kbviewer.app.paths import DataFolders, Profile
from kbviewer.app.shares import Shares
from kbviewer.app.shelf_places import own_folders
from kbviewer.model.errors import KbError
from kbviewer.model.messages import N_, message
from kbviewer.model.policy import Policy, Right

_log = logging.getLogger(__name__)


def examine(
    data: DataFolders, profile: Profile, named: tuple[Path, ...] = (), policy: Policy | None = None
) -> Report:
    """Return what there is and what is wrong.

    Args:
        named: libraries that are used instead of what opens by itself.
        policy: what the administrator of this computer has laid down.
    """
    policy = policy or Policy()
    machine = pack_folders(profile, policy)[1]
    report, shares, choice = Report(), Shares(profile, machine=machine), own_choice(profile)
    own = own_folders(choice) if policy.allows(Right.OPEN_FILE) else ()
    read = named or (*map(Path, policy.library_dirs), *own, machine)
    opening = Opening(data, profile, policy, shares, choice)
    parts: tuple[tuple[str, Callable[[], None]], ...] = (
        ("program", lambda: look_at_program(report)),
        ("paths", lambda: look_at_places(report, data, profile, machine)),
        ("policy", lambda: look_at_policy(report, policy, shares)),
        ("packs", lambda: look_at_installed(report, profile, shares, machine)),
        ("shares", lambda: look_at_shares(report, shares, read)),
        ("libraries", lambda: look_at_libraries(report, opening, named, read)),
        ("display", lambda: look_at_display(report)),
        ("window", lambda: look_at_window(report, profile)),
        ("log", lambda: look_at_log(report, profile)),
    )
    for name, look in parts:
        try:
            look()
        except KbError as error:
            report.complain_of(error)
        except Exception as error:  # whatever is wrong with this computer is to be told
            _log.exception("the doctor could not look at %s", name)
            report.complain(
                message(
                    N_("“{part}” could not be looked at ({reason})."), part=name, reason=type(error).__name__
                ),
                message(N_("What happened stands in the log; send it to the makers.")),
            )
    return report
