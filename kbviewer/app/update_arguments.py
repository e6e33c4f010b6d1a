"""The grammar of `kbviewer update`."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from kbviewer.model.messages import N_, Gettext


def add_update(
    add_parser: Callable[..., argparse.ArgumentParser],
    text: Gettext,
    add_common: Callable[[argparse.ArgumentParser], None],
) -> None:
    """Add the command."""
    update = add_parser(
        "update",
        help=text(N_("install new versions of packs from signed sources")),
        description=text(
            N_(
                "Look at a source of signed packs and install what is new: a folder (stick, share), a web "
                "address, or a .kbu file. Without SOURCE, those that are remembered. Packs that you have "
                "removed, or gone back from, do not come back by themselves."
            )
        ),
        epilog=text(
            N_(
                "Exit codes: 0 nothing is new, or all that is new is installed; 1 something could not be "
                "done, or no source is known; 2 the command line is wrong; 3 with --check: something is new; "
                "130 interrupted, and what has been fetched is kept."
            )
        ),
    )
    update.add_argument(
        "source",
        nargs="?",
        default="",
        metavar=text(N_("SOURCE")),
        help=text(
            N_("folder, http or https address, or .kbu file; remembered from then on, except a .kbu file")
        ),
    )
    update.add_argument(
        "--check", action="store_true", help=text(N_("say what would come and install nothing"))
    )
    update.add_argument(
        "--install",
        action="append",
        default=[],
        metavar=text(N_("ID")),
        help=text(N_("only this pack, also one that you have removed or gone back from; can be repeated")),
    )
    trusting = update.add_mutually_exclusive_group()
    trusting.add_argument(
        "--root",
        type=Path,
        metavar=text(N_("FILE")),
        help=text(N_("trust the publisher of a new source: the file with their keys, got from them")),
    )
    trusting.add_argument(
        "--trust",
        nargs="+",
        default=[],
        metavar=text(N_("FINGERPRINT")),
        help=text(
            N_(
                "trust the publisher of a new source: the fingerprint that they have told you, in "
                "groups or not"
            )
        ),
    )
    update.add_argument(
        "--accept-stale",
        action="store_true",
        help=text(N_("install also what was signed so long ago that it has expired")),
    )
    update.add_argument(
        "--machine",
        action="store_true",
        help=text(N_("for everybody on this computer, not only for you")),
    )
    others = update.add_mutually_exclusive_group()
    others.add_argument("--list", action="store_true", help=text(N_("list the sources that are remembered")))
    others.add_argument(
        "--forget",
        default="",
        metavar=text(N_("SOURCE")),
        help=text(N_("stop trusting the publisher of a source; their packs stay")),
    )
    update.add_argument("--json", action="store_true", help=text(N_("print JSON")))
    add_common(update)
