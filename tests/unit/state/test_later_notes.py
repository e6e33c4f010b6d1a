"""Notes on results that are written after the results, on two machines."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from kbviewer.model.cases import StepOutcome
from kbviewer.state.data_merge import Fate
from kbviewer.state.user_state import UserState
from tests.support.case_article import swedish

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def both(tmp_path: Path) -> Iterator[tuple[UserState, UserState]]:
    """Two profiles whose times are one series."""
    minutes = count()

    def clock() -> datetime:
        return NOON + timedelta(minutes=next(minutes))

    paths = [tmp_path / name / "state.sqlite" for name in ("first", "second")]
    with UserState.open(paths[0], clock=clock) as first, UserState.open(paths[1], clock=clock) as second:
        yield first, second


def test_a_note_that_was_written_later_than_its_result_is_merged(
    both: tuple[UserState, UserState], tmp_path: Path
) -> None:
    """The result is as old as before, and would lose against the same one without the note."""
    first, second = both
    case_id = first.cases.create("sv", "INC", [swedish()]).case_id
    first.cases.set_step(case_id, swedish(), "open", StepOutcome.FAILED)
    first.data.export(tmp_path / "start.json")
    second.data.import_from(tmp_path / "start.json")
    before = first.cases.get(case_id).steps[0]

    first.cases.set_step_note(case_id, "kb1", "open", "cable was loose")
    first.data.export(tmp_path / "first.json")
    imported = second.data.import_from(tmp_path / "first.json")

    after = second.cases.get(second.cases.list()[0].id).steps[0]
    assert (after.outcome, after.note) == (StepOutcome.FAILED, "cable was loose")
    assert after.set_at == before.set_at
    assert imported.fates["Cases"] == {Fate.UPDATED: 1}


def test_a_result_that_is_set_later_than_a_note_elsewhere_wins(
    both: tuple[UserState, UserState], tmp_path: Path
) -> None:
    """The later of both times counts."""
    first, second = both
    case_id = first.cases.create("sv", "INC", [swedish()]).case_id
    first.cases.set_step(case_id, swedish(), "open", StepOutcome.FAILED)
    first.data.export(tmp_path / "start.json")
    second.data.import_from(tmp_path / "start.json")
    first.cases.set_step_note(case_id, "kb1", "open", "cable was loose")
    other_id = second.cases.list()[0].id
    second.cases.set_step(other_id, swedish(), "open", StepOutcome.DONE, "works")

    first.data.export(tmp_path / "first.json")
    second.data.import_from(tmp_path / "first.json")

    (step,) = second.cases.get(other_id).steps
    assert (step.outcome, step.note) == (StepOutcome.DONE, "works")


def test_the_same_note_again_changes_nothing(both: tuple[UserState, UserState]) -> None:
    """Else undo would seem dead."""
    first, _second = both
    case_id = first.cases.create("sv", "INC", [swedish()]).case_id
    first.cases.set_step(case_id, swedish(), "open", StepOutcome.FAILED, "grey")
    assert not first.cases.set_step_note(case_id, "kb1", "open", "grey")
