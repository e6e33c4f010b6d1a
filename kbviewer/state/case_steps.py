"""The results of steps, written as the article is shown to the technician."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from kbviewer.model.article import Article
from kbviewer.model.case_changes import NumberedStep, fingerprint, numbered_steps
from kbviewer.model.cases import StepOutcome
from kbviewer.model.errors import ModelError
from kbviewer.model.inline import plain_text
from kbviewer.model.messages import N_, message
from kbviewer.state.case_rows import RowChanges, Table, put, read_row
from kbviewer.state.case_texts import clipped
from kbviewer.state.clock import to_text
from kbviewer.state.database import Database, Row

# Where in a row the note stands, and when it was written if that was after the result.
_NOTE = 4
_NOTED_AT = 10


class NewResult(NamedTuple):
    """What became of a step.

    Attributes:
        outcome: done, failed or skipped.
        note: None keeps the one that there is.
        set_at: None for now.
    """

    outcome: StepOutcome
    note: str | None = None
    set_at: datetime | None = None


def places_of(article: Article, step_ids: Mapping[str, object]) -> Mapping[str, NumberedStep]:
    """Return where the steps stand.

    Raises:
        ModelError: the article lacks one of them.
    """
    places = {place.step.id: place for place in numbered_steps(article) if place.step.id in step_ids}
    for step in step_ids:
        if step not in places:
            raise ModelError(
                message(N_("Article {article} has no step “{step}”."), article=article.id, step=step)
            )
    return places


def put_result(
    database: Database, key: tuple[int, str, str], place: NumberedStep, result: NewResult, now: str
) -> RowChanges:
    """Write a result; the same again changes nothing, the time included. Belongs in a `writing` block."""
    before = read_row(database, Table.STEPS, key)
    kept = before[_NOTE] if before is not None and result.note is None else result.note or ""
    noted_at = before[_NOTED_AT] if before is not None and before[_NOTE] == kept else None
    said = _said(place)
    if before is not None and (before[3], before[_NOTE], *before[6:_NOTED_AT]) == (
        result.outcome.value,
        kept,
        *said,
    ):
        return []
    when = to_text(result.set_at) if result.set_at is not None else now
    return put(database, Table.STEPS, (*key, result.outcome.value, kept, when, *said, noted_at))


def put_result_note(database: Database, before: Row, note: str, now: str) -> RowChanges:
    """Write a note on the result in the row `before`, which stays. Belongs in a `writing` block."""
    if before[_NOTE] == note:
        return []
    after = (*before[:_NOTE], note, *before[_NOTE + 1 : _NOTED_AT], now)
    return put(database, Table.STEPS, after)


def _said(place: NumberedStep) -> Row:
    text = clipped(plain_text(place.step.runs))
    return (place.language, place.number, text, fingerprint(place.step))
