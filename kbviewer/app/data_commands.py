"""`kbviewer data`: the reader's data to a file and back, while a window is open, too."""

from __future__ import annotations

import argparse
from pathlib import Path

from kbviewer.app.commands import Outcome, Session
from kbviewer.app.single_instance import ask_to_look_again
from kbviewer.model.errors import StateError
from kbviewer.state.user_state import UserState, open_to_read


def run_data_command(session: Session, options: argparse.Namespace) -> Outcome:
    """Run the command that the arguments name.

    Raises:
        StateError: the profile or the file cannot be read or written.
    """
    if options.data_command == "export":
        return export_data(session, options.file)
    return import_data(session, options.file, dry_run=options.dry_run)


def export_data(session: Session, path: Path) -> Outcome:
    """Write all data to a file."""
    gettext = session.translator.gettext
    with open_to_read(session.profile.state) as state:
        counts = state.data.export(path)
    lines = [f"{gettext(kind)}: {count}" for kind, count in counts.items() if count]
    remark = gettext("Written to {path}.").format(path=path)
    return Outcome("".join(f"{line}\n" for line in lines), remark)


def import_data(session: Session, path: Path, *, dry_run: bool) -> Outcome:
    """Merge a file into the data; a window on the same profile shows it at once."""
    gettext = session.translator.gettext
    with open_to_read(session.profile.state) if dry_run else _open_to_write(session) as state:
        imported = state.data.import_from(path, dry_run=dry_run)
        notice = state.notice.render(gettext) if state.notice else ""
    if dry_run:
        notice = gettext("Nothing has been changed: this was a dry run.")
    elif imported.has_changed:
        ask_to_look_again(session.profile.root)
    lines = [*imported.counts(gettext), *imported.remarks(gettext)]
    return Outcome("".join(f"{line}\n" for line in lines), notice)


def _open_to_write(session: Session) -> UserState:
    """Return the reader's data.

    Raises:
        StateError: nothing can be saved there.
    """
    state = UserState.open(session.profile.state)
    if not state.saved and state.notice is not None:
        state.close()
        raise StateError(state.notice)
    return state
