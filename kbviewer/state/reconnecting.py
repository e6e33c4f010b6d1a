"""From a session in memory back to the file, with everything that was done meanwhile."""

from __future__ import annotations

from kbviewer.model.errors import StateError
from kbviewer.model.messages import N_, message
from kbviewer.state.data_file import DataFile
from kbviewer.state.data_merge import Merge
from kbviewer.state.database import Database
from kbviewer.state.opening import Opened
from kbviewer.state.user_data import read_tables


def reconnect(session: Database, opened: Opened) -> None:
    """Put what the session holds into the file that was opened, and let the session go on with that.

    What the session has deleted comes back: nothing tells it from what another program has added.

    Raises:
        StateError: it cannot be done; the session goes on in memory, and the file is as it was.
    """
    file = Database(opened.connection)
    try:
        held = DataFile("", dict(read_tables(session, with_ids=True)))
        with file.writing():
            # Windows know cases by their numbers, so they must stay theirs.
            Merge(file, held, with_ids=True).run()
    except StateError as error:
        file.close()
        if file.failure is not None:
            raise
        raise StateError(
            message(N_("Another program has saved cases with the same numbers meanwhile.")),
            message(N_("Export your data, start the program again and import the file.")),
        ) from error
    session.go_on_with(opened.connection)
