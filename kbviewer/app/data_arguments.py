"""The grammar of `kbviewer data`."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from kbviewer.model.messages import N_, Gettext


def add_data(
    add_parser: Callable[..., argparse.ArgumentParser],
    text: Gettext,
    add_common: Callable[[argparse.ArgumentParser], None],
) -> None:
    """Add the command with its own two commands."""
    data = add_parser(
        "data",
        help=text(N_("export and import your data")),
        description=text(N_("Write all of your data to one file, or take in what such a file holds.")),
    )
    commands = data.add_subparsers(
        dest="data_command", title=text(N_("commands")), metavar=text(N_("COMMAND")), required=True
    )
    exporting = commands.add_parser(
        "export",
        help=text(N_("write your data to a file")),
        description=text(
            N_(
                "Write ticks, places, choices, cases, comments and settings "
                "to one file that only you can read."
            )
        ),
    )
    exporting.add_argument(
        "file",
        metavar=text(N_("FILE")),
        type=Path,
        help=text(N_("the file to write; one that is there is replaced")),
    )
    importing = commands.add_parser(
        "import",
        help=text(N_("take in the data of a file")),
        description=text(
            N_(
                "Take in what a file holds. What is newer stays, nothing is deleted, "
                "and the same file once more changes nothing."
            )
        ),
    )
    importing.add_argument(
        "file", metavar=text(N_("FILE")), type=Path, help=text(N_("a file from “data export”"))
    )
    importing.add_argument(
        "--dry-run", action="store_true", help=text(N_("only say what would come in; change nothing"))
    )
    for command in (exporting, importing):
        add_common(command)
