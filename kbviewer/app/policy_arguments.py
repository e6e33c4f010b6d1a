"""The grammar of `kbviewer policy`."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from kbviewer.model.messages import N_, Gettext


def add_policy(
    add_parser: Callable[..., argparse.ArgumentParser],
    text: Gettext,
    add_common: Callable[[argparse.ArgumentParser], None],
) -> None:
    """Add the command with its own four commands."""
    policy = add_parser(
        "policy",
        help=text(N_("show and check what this computer's administrator allows")),
        description=text(N_("Show and check the policy: what this computer's administrator allows.")),
    )
    commands = policy.add_subparsers(
        dest="policy_command", title=text(N_("commands")), metavar=text(N_("COMMAND")), required=True
    )
    showing = commands.add_parser(
        "show",
        help=text(N_("print every value and where it comes from")),
        description=text(N_("Print every value of the policy and where it comes from.")),
    )
    showing.add_argument("--json", action="store_true", help=text(N_("print JSON")))
    checking = commands.add_parser(
        "check",
        help=text(N_("look for faults in a policy file")),
        description=text(N_("Look for faults in a policy file. The exit code is 1 when there is one.")),
    )
    checking.add_argument(
        "file",
        metavar=text(N_("FILE")),
        type=Path,
        nargs="?",
        help=text(N_("the file; this computer's policy when not given")),
    )
    schema = commands.add_parser(
        "schema",
        help=text(N_("print a table of all keys")),
        description=text(N_("Print a table of all keys of a policy, as Markdown.")),
    )
    hashing = commands.add_parser(
        "hash-pin",
        help=text(N_("print the hash of a PIN for “exit_pin_hash”")),
        description=text(
            N_("Ask for the PIN that closes a kiosk, or read it from the input, and print its hash.")
        ),
    )
    for command in (showing, checking, schema, hashing):
        add_common(command)
