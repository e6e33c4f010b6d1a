"""The grammar of `kbviewer case`."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from kbviewer.model.messages import N_, Gettext

OUTCOMES = ("open", "solved", "escalated")
REPORT_FORMATS = ("text", "markdown", "html")


def add_case(
    add_parser: Callable[..., argparse.ArgumentParser],
    text: Gettext,
    add_common: Callable[[argparse.ArgumentParser], None],
) -> None:
    """Add the command with its own three commands."""
    case = add_parser(
        "case",
        help=text(N_("list, show and report cases")),
        description=text(N_("List the cases, show one, or report what was done in it.")),
    )
    commands = case.add_subparsers(
        dest="case_command", title=text(N_("commands")), metavar=text(N_("COMMAND")), required=True
    )

    listing = commands.add_parser(
        "list",
        help=text(N_("list the cases, newest first")),
        description=text(N_("List the cases, newest first.")),
    )
    listing.add_argument(
        "text",
        metavar=text(N_("TEXT")),
        nargs="*",
        help=text(N_("words of the reference, the notes or the titles of the articles")),
    )
    listing.add_argument(
        "--outcome",
        choices=OUTCOMES,
        default="",
        help=text(N_("only cases with this outcome")),
    )

    showing = commands.add_parser(
        "show",
        help=text(N_("print a case")),
        description=text(N_("Print a case, and which of its steps have changed since.")),
    )
    reporting = commands.add_parser(
        "report",
        help=text(N_("print the report of a case")),
        description=text(N_("Print the report of a case, in either language.")),
    )
    for command in (showing, reporting):
        command.add_argument("case", metavar=text(N_("ID")), help=text(N_("number from “case list”")))
    reporting.add_argument(
        "--format",
        choices=REPORT_FORMATS,
        default="text",
        help=text(N_("form of the output; text when not given")),
    )
    for command in (listing, showing):
        command.add_argument("--json", action="store_true", help=text(N_("print JSON")))
    for command in (listing, showing, reporting):
        add_common(command)
