"""The grammar of `kbviewer pack`."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from kbviewer.model.messages import N_, Gettext


def add_pack(
    add_parser: Callable[..., argparse.ArgumentParser],
    text: Gettext,
    add_common: Callable[[argparse.ArgumentParser], None],
) -> None:
    """Add the command with its own seven commands."""
    pack = add_parser(
        "pack",
        help=text(N_("build, verify and install packs")),
        description=text(N_("A pack is a library in one file (.kbp), with its search index.")),
    )
    commands = pack.add_subparsers(
        dest="pack_command", title=text(N_("commands")), metavar=text(N_("COMMAND")), required=True
    )

    building = commands.add_parser(
        "build",
        help=text(N_("make a pack of a folder")),
        description=text(N_("Make a pack of a folder of articles. The same folder gives the same bytes.")),
    )
    building.add_argument(
        "folder", metavar=text(N_("FOLDER")), type=Path, help=text(N_("folder with the articles"))
    )
    building.add_argument(
        "-o",
        "--output",
        required=True,
        type=Path,
        metavar=text(N_("FILE.kbp")),
        help=text(N_("the file to write; one that is there is replaced")),
    )

    verifying = commands.add_parser(
        "verify",
        help=text(N_("compare a pack with its manifest")),
        description=text(N_("Compare every file in a pack with its manifest.")),
    )
    telling = commands.add_parser(
        "info",
        help=text(N_("say what a pack is")),
        description=text(N_("Say what a pack is, from whom, and how far that is known.")),
    )
    installing = commands.add_parser(
        "install",
        help=text(N_("install a pack")),
        description=text(
            N_("Verify a pack and install it; it opens by itself from then on. The version before is kept.")
        ),
    )
    for command in (verifying, telling, installing):
        command.add_argument("file", metavar=text(N_("FILE.kbp")), type=Path, help=text(N_("the pack")))

    removing = commands.add_parser(
        "remove",
        help=text(N_("remove an installed pack")),
        description=text(N_("Remove an installed pack. What you have written about its articles stays.")),
    )
    going_back = commands.add_parser(
        "rollback",
        help=text(N_("go back to the version before")),
        description=text(N_("Go back to the version before; once more comes forward again.")),
    )
    for command in (removing, going_back):
        command.add_argument("id", metavar=text(N_("ID")), help=text(N_("id from “pack list”")))
    for command in (installing, removing, going_back):
        command.add_argument(
            "--machine",
            action="store_true",
            help=text(N_("for everybody on this computer, not only for you")),
        )

    listing = commands.add_parser(
        "list",
        help=text(N_("list the installed packs")),
        description=text(N_("List the installed packs, yours before those of the computer.")),
    )
    for command in (telling, listing):
        command.add_argument("--json", action="store_true", help=text(N_("print JSON")))
    for command in (building, verifying, telling, installing, removing, going_back, listing):
        add_common(command)
