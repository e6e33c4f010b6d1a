"""The rows of notes on cases."""

from __future__ import annotations

from kbviewer.model.errors import StateError
from kbviewer.model.messages import N_, message
from kbviewer.state.case_rows import RowChange, RowChanges, Table, delete, put, read_row
from kbviewer.state.database import Database


def add_note(database: Database, case_id: int, text: str, now: str) -> tuple[int, RowChanges]:
    """Write a note; return its id, too. Belongs in a `writing` block, as do the others."""
    note_id = database.write(
        "INSERT INTO case_notes (case_id, text, written_at) VALUES (?, ?, ?)", (case_id, text, now)
    )
    return note_id, [RowChange(Table.NOTES, None, read_row(database, Table.NOTES, (note_id,)))]


def put_note(database: Database, case_id: int, note_id: int, text: str, now: str) -> RowChanges:
    """Write a note anew; the same text again changes nothing.

    Raises:
        StateError: the case has no such note.
    """
    before = read_row(database, Table.NOTES, (note_id,))
    if before is None or before[1] != case_id:
        raise StateError(message(N_("Case {id} has no note {note}."), id=case_id, note=note_id))
    if before[2] == text:
        return []
    return put(database, Table.NOTES, (note_id, case_id, text, before[3], now, *before[5:]))


def delete_note(database: Database, case_id: int, note_id: int) -> RowChanges:
    """Delete a note; one that is not there is no error."""
    before = read_row(database, Table.NOTES, (note_id,))
    if before is None or before[1] != case_id:
        return []
    return delete(database, Table.NOTES, (note_id,))
