"""The grammar of `kbviewer repo`."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from kbviewer.model.messages import N_, Gettext


def add_repo(
    add_parser: Callable[..., argparse.ArgumentParser],
    text: Gettext,
    add_common: Callable[[argparse.ArgumentParser], None],
) -> None:
    """Add the command with its own five commands."""
    repo = add_parser(
        "repo",
        help=text(N_("publish packs, signed")),
        description=text(N_("A repository is a folder of signed packs, for any web server, share or stick.")),
    )
    commands = repo.add_subparsers(
        dest="repo_command", title=text(N_("commands")), metavar=text(N_("COMMAND")), required=True
    )
    for add in (_add_init, _add_add, _add_sign, _add_export, _add_check):
        command = add(commands.add_parser, text)
        add_common(command)


def _add_init(add_parser: Callable[..., argparse.ArgumentParser], text: Gettext) -> argparse.ArgumentParser:
    founding = add_parser(
        "init",
        help=text(N_("make a repository and its keys")),
        description=text(N_("Make an empty repository, and the keys that sign it.")),
    )
    _add_folder(founding, text)
    _add_keys(founding, text, several=False)
    founding.add_argument(
        "--name",
        default="",
        metavar=text(N_("NAME")),
        help=text(N_("who publishes, as readers are shown; the folder's name when not given")),
    )
    founding.add_argument(
        "--root-keys",
        type=int,
        default=3,
        metavar=text(N_("NUMBER")),
        help=text(N_("how many root keys are made; 3 when not given")),
    )
    founding.add_argument(
        "--threshold",
        type=int,
        default=2,
        metavar=text(N_("NUMBER")),
        help=text(N_("how many of them change keys together; 2 when not given")),
    )
    _add_days(founding, text)
    return founding


def _add_add(add_parser: Callable[..., argparse.ArgumentParser], text: Gettext) -> argparse.ArgumentParser:
    adding = add_parser(
        "add",
        help=text(N_("add a pack, or its next version")),
        description=text(
            N_("Add a pack or its next version, with deltas from the versions before it, and sign.")
        ),
    )
    _add_folder(adding, text)
    adding.add_argument("pack", metavar=text(N_("FILE.kbp")), type=Path, help=text(N_("the pack")))
    _add_keys(adding, text)
    adding.add_argument(
        "--deltas",
        type=int,
        default=3,
        metavar=text(N_("NUMBER")),
        help=text(N_("from how many versions deltas are made; 3 when not given")),
    )
    adding.add_argument(
        "--older", action="store_true", help=text(N_("also when it is older than what is offered"))
    )
    _add_days(adding, text)
    return adding


def _add_sign(add_parser: Callable[..., argparse.ArgumentParser], text: Gettext) -> argparse.ArgumentParser:
    signing = add_parser(
        "sign",
        help=text(N_("sign anew, or change keys")),
        description=text(
            N_("Sign what is offered anew, so that it is valid for longer; with --root, sign the next root.")
        ),
    )
    _add_folder(signing, text)
    _add_keys(signing, text)
    signing.add_argument(
        "--root",
        action="store_true",
        help=text(N_("sign the next root; whoever holds the other keys runs the same command later")),
    )
    signing.add_argument(
        "--replace-key",
        action="append",
        default=[],
        metavar=text(N_("OLD=NEW")),
        help=text(N_("with --root: id or file of a key, and file of the one in its place, made if missing")),
    )
    signing.add_argument(
        "--new-root-key",
        action="append",
        default=[],
        type=Path,
        metavar=text(N_("FILE.pem")),
        help=text(N_("with --root: one more root key; it is made when there is none")),
    )
    signing.add_argument(
        "--threshold",
        type=int,
        default=0,
        metavar=text(N_("NUMBER")),
        help=text(N_("with --root: how many root keys change keys together")),
    )
    _add_days(signing, text)
    return signing


def _add_export(add_parser: Callable[..., argparse.ArgumentParser], text: Gettext) -> argparse.ArgumentParser:
    exporting = add_parser(
        "export",
        help=text(N_("write a repository into one file")),
        description=text(N_("Write the packs that are offered, signed, into one file (.kbu).")),
    )
    _add_folder(exporting, text)
    exporting.add_argument(
        "-o",
        "--output",
        required=True,
        type=Path,
        metavar=text(N_("FILE.kbu")),
        help=text(N_("the file to write; one that is there is replaced")),
    )
    exporting.add_argument(
        "--only", default="", metavar=text(N_("ID")), help=text(N_("only the pack with this id"))
    )
    exporting.add_argument(
        "--from",
        dest="base",
        default="",
        metavar=text(N_("VERSION")),
        help=text(N_("only what leads on from this version or SHA-256, instead of whole packs")),
    )
    return exporting


def _add_check(add_parser: Callable[..., argparse.ArgumentParser], text: Gettext) -> argparse.ArgumentParser:
    checking = add_parser(
        "serve-check",
        help=text(N_("check a repository, before it is served or where it is")),
        description=text(
            N_(
                "Look at a repository as readers' computers and a web server will; with an address, at what "
                "the server sends, all of it."
            )
        ),
    )
    checking.add_argument(
        "folder",
        metavar=text(N_("SOURCE")),
        help=text(N_("folder of the repository, http or https address, or .kbu file")),
    )
    checking.add_argument("--json", action="store_true", help=text(N_("print JSON")))
    return checking


def _add_folder(parser: argparse.ArgumentParser, text: Gettext) -> None:
    parser.add_argument(
        "folder", metavar=text(N_("FOLDER")), type=Path, help=text(N_("folder of the repository"))
    )


def _add_keys(parser: argparse.ArgumentParser, text: Gettext, *, several: bool = True) -> None:
    parser.add_argument(
        "--keys",
        action="append" if several else "store",
        type=Path,
        metavar=text(N_("PATH")),
        help=text(N_("file or folder of the keys; FOLDER.keys beside the repository when not given"))
        if several
        else text(N_("folder for the keys; FOLDER.keys beside the repository when not given")),
    )
    parser.add_argument(
        "--passphrase-file",
        action="append",
        default=[],
        type=Path,
        metavar=text(N_("FILE")),
        help=text(N_("file whose first line is a passphrase of the keys; can be repeated")),
    )


def _add_days(parser: argparse.ArgumentParser, text: Gettext) -> None:
    parser.add_argument(
        "--days",
        type=int,
        default=0,
        metavar=text(N_("NUMBER")),
        help=text(N_("for how many days it is valid; 400 when not given, ten years for a root")),
    )
