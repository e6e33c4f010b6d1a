"""The grammar of `kbviewer doctor`."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from kbviewer.model.messages import N_, Gettext


def add_doctor(
    add_parser: Callable[..., argparse.ArgumentParser],
    text: Gettext,
    add_common: Callable[[argparse.ArgumentParser], None],
) -> None:
    """Add the command to the grammar."""
    doctor = add_parser(
        "doctor",
        help=text(N_("look for what is wrong with this installation")),
        description=text(
            N_(
                "Print versions, paths, libraries, indexes, rights, room and display, and what to do about "
                "each problem. Nothing that you have written or searched for is in it."
            )
        ),
    )
    doctor.add_argument("--json", action="store_true", help=text(N_("print JSON")))
    add_common(doctor)
