"""The grammar of `kbviewer translate`."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from kbviewer.model.messages import N_, Gettext


def add_translate(
    add_parser: Callable[..., argparse.ArgumentParser],
    text: Gettext,
    add_common: Callable[[argparse.ArgumentParser], None],
) -> None:
    """Add the command with its own four commands."""
    translate = add_parser(
        "translate",
        help=text(N_("work on translations")),
        description=text(N_("See how far translations are, give them to translators and take them back.")),
    )
    commands = translate.add_subparsers(
        dest="translate_command", title=text(N_("commands")), metavar=text(N_("COMMAND")), required=True
    )
    status = commands.add_parser(
        "status",
        help=text(N_("show how far translations are")),
        description=text(
            N_("Count the texts of each article that are translated, changed since, or missing.")
        ),
    )
    status.add_argument(
        "path",
        metavar=text(N_("PATH")),
        nargs="?",
        type=Path,
        help=text(N_("library folder, article folder or Markdown file; the library when not given")),
    )
    status.add_argument("--json", action="store_true", help=text(N_("print JSON")))

    exporting = commands.add_parser(
        "export",
        help=text(N_("write the texts of an article for a translator")),
        description=text(
            N_("Write the texts of an article, with what there is of their translation, as PO file.")
        ),
    )
    exporting.add_argument(
        "-o",
        "--output",
        type=Path,
        metavar=text(N_("FILE.po")),
        help=text(N_("the file to write; one that is there is replaced. Printed when not given")),
    )
    importing = commands.add_parser(
        "import",
        help=text(N_("take a translator's texts into the articles")),
        description=text(
            N_(
                "Put the texts of a PO file into the Markdown of the articles: "
                "all of them or, on any error, none."
            )
        ),
    )
    importing.add_argument(
        "file", metavar=text(N_("FILE.po")), type=Path, help=text(N_("a file from “translate export”"))
    )
    importing.add_argument(
        "--dry-run", action="store_true", help=text(N_("only say what would come in; change nothing"))
    )
    accepting = commands.add_parser(
        "accept",
        help=text(N_("say that translations fit the original as it is now")),
        description=text(
            N_(
                "Say that translations fit the original as it is now: after a minor edit of the original, "
                "or when the translation was brought up to date in its file."
            )
        ),
    )
    accepting.add_argument(
        "--block",
        action="append",
        default=[],
        metavar=text(N_("KEY")),
        help=text(N_("only this block, as the check names it; can be repeated")),
    )
    for command in (exporting, accepting):
        command.add_argument(
            "article",
            metavar=text(N_("ARTICLE")),
            help=text(N_("id such as KB307294, or the path of a Markdown file")),
        )
    for command, is_required in ((status, False), (exporting, True), (accepting, False)):
        command.add_argument(
            "--to",
            default="",
            required=is_required,
            metavar=text(N_("LANGUAGE")),
            help=text(N_("language of the translation, such as sv"))
            if is_required
            else text(N_("language of the translation, such as sv; all when not given")),
        )
    exporting.add_argument(
        "--from",
        dest="source_language",
        default="",
        metavar=text(N_("LANGUAGE")),
        help=text(N_("language of the original; what the translation says when not given")),
    )
    for command in (status, exporting, importing, accepting):
        add_common(command)
