"""`kbviewer repo serve-check`: a repository in a folder, or what a server makes of it."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

from kbviewer.app.commands import FOUND_PROBLEMS, Outcome, Session, as_json_text
from kbviewer.app.updates import open_for_check
from kbviewer.content.export.plain_text import printable
from kbviewer.content.packs.file_kind import as_argument
from kbviewer.content.updates.address import is_web
from kbviewer.content.updates.first_trust import in_groups
from kbviewer.content.updates.inspection import Inspection, inspect
from kbviewer.content.updates.repository import Repository
from kbviewer.content.updates.served import inspect_source
from kbviewer.i18n.formats import format_date
from kbviewer.i18n.sizes import format_size
from kbviewer.model.errors import PackFileError
from kbviewer.model.messages import N_, message

WriteLine = Callable[[str], None]


def check_served(
    session: Session, options: argparse.Namespace, now: datetime, write_line: WriteLine | None = None
) -> Outcome:
    """Look at a repository in a folder, on a web server or in a .kbu file.

    Args:
        write_line: shows one line in place of the one before; None where nobody looks.

    Raises:
        PackError: there is no repository in the folder.
        PolicyError: the network may not be used.
        UpdateError: a source cannot be reached, or is none.
    """
    gettext = session.translator.gettext
    found = _found(session, options.folder, now, write_line)
    exit_code = FOUND_PROBLEMS if found.problems else 0
    if options.json:
        return Outcome(as_json_text(_as_json(session, found)), exit_code=exit_code)
    remarks = [gettext("Warning: {what}").format(what=one.render(gettext)) for one in found.warnings]
    lines = [one.render(gettext) for one in found.problems] or _about(session, found)
    text = "".join(f"{printable(line)}\n" for line in lines)
    return Outcome(text, "\n".join(map(printable, remarks)), exit_code)


def _found(session: Session, source: str, now: datetime, write_line: WriteLine | None) -> Inspection:
    if not is_web(source) and not Path(source).is_file():
        return inspect(Repository(Path(source)), now)
    text = session.translator.gettext("Reading {source}: {done} of {total}")

    def tell(done: int, total: int) -> None:
        if write_line is not None:
            shown = (format_size(count, session.translator) for count in (done, total))
            write_line(text.format(source=source, done=next(shown), total=next(shown)))

    try:
        with closing(open_for_check(source, session.policy)) as transport:
            return inspect_source(transport, now, tell)
    except PackFileError as error:
        remedy = message(N_("“kbviewer pack verify {path}” looks at a pack."), path=as_argument(source))
        raise PackFileError(error.what, remedy) from error
    finally:
        if write_line is not None:
            write_line("")


def _about(session: Session, found: Inspection) -> Iterator[str]:
    gettext, translator = session.translator.gettext, session.translator
    yield gettext("{publisher}: all is well.").format(publisher=found.publisher)
    yield gettext("Fingerprint, which administrators compare: {fingerprint}").format(
        fingerprint=in_groups(found.fingerprint)
    )
    for pack in found.packs:
        shown = f"{pack.pack_id} {pack.version}".strip()
        deltas = translator.ngettext("{count} delta", "{count} deltas", pack.deltas)
        yield f"{shown}: {format_size(pack.size, translator)}, {deltas.format(count=pack.deltas)}"
    first = min(found.expires.values())
    yield gettext("Valid until {date}.").format(date=format_date(first.date(), translator.language))


def _as_json(session: Session, found: Inspection) -> dict[str, Any]:
    gettext = session.translator.gettext
    return {
        "ok": not found.problems,
        "problems": [one.render(gettext) for one in found.problems],
        "warnings": [one.render(gettext) for one in found.warnings],
        "publisher": found.publisher,
        "fingerprint": found.fingerprint,
        "expires": {role: at.isoformat() for role, at in found.expires.items()},
        "packs": [
            {"id": pack.pack_id, "version": pack.version, "size": pack.size, "deltas": pack.deltas}
            for pack in found.packs
        ],
    }
