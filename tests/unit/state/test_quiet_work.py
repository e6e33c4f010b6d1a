"""Work outside of cases, moved into one, and all of it taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbviewer.model.cases import StepOutcome
from kbviewer.model.errors import ChangedSinceError, ModelError
from kbviewer.state.case_rows import CaseChange
from kbviewer.state.case_start import start_with_work
from kbviewer.state.case_steps import NewResult
from kbviewer.state.user_state import UserState
from tests.support.case_article import english, swedish

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
TABLES = ("ticks", "choices", "cases", "case_articles", "case_answers", "case_steps", "case_notes")


def new_state() -> UserState:
    seconds = count()
    return UserState.in_memory(clock=lambda: NOON + timedelta(seconds=next(seconds)))


@pytest.fixture
def state() -> Iterator[UserState]:
    with new_state() as state:
        yield state


def rows(state: UserState) -> dict[str, list[tuple[object, ...]]]:
    return {table: state._database.read(f"SELECT * FROM {table}") for table in TABLES}


def start(state: UserState) -> CaseChange:
    with state.together():
        return start_with_work(state.cases, state.quiet_work, "sv", "INC1", swedish())


def test_ticks_and_choices_move_into_the_case_with_their_times(state: UserState) -> None:
    """The report says when a step was done, not when somebody thought of opening a case."""
    state.quiet_work.set_ticks("kb1", ["open", "write"], True)
    state.quiet_work.set_choice("kb1", "s0/m1", 1, 0)

    case = state.cases.get(start(state).case_id)

    assert [(step.step, step.outcome, step.set_at) for step in case.steps] == [
        ("open", StepOutcome.DONE, NOON),
        ("write", StepOutcome.DONE, NOON),
    ]
    assert [(answer.row, answer.column, answer.category) for answer in case.answers] == [(1, 0, "Kontot")]
    assert state.ticks.done("kb1") == frozenset()
    assert state.choices.get("kb1", "s0/m1") == (None, None)


def test_what_the_article_does_not_have_any_more_stays_behind(state: UserState) -> None:
    """A case cannot say what became of a step that nobody can read."""
    state.quiet_work.set_ticks("kb1", ["open", "long-gone"], True)
    state.quiet_work.set_choice("kb1", "gone-matrix", 0, 0)

    case = state.cases.get(start(state).case_id)

    assert [step.step for step in case.steps] == ["open"]
    assert state.ticks.done("kb1") == {"long-gone"}
    assert state.choices.get("kb1", "gone-matrix") == (0, 0)


def test_taking_the_start_back_brings_ticks_and_choices_back(state: UserState) -> None:
    """To the microsecond: nothing has happened."""
    state.quiet_work.set_ticks("kb1", ["open", "write"], True)
    state.quiet_work.set_choice("kb1", "s0/m1", 1, None)
    before = rows(state)

    state.cases.undo(start(state))

    assert rows(state) == before


def test_a_start_that_fails_halfway_has_not_begun(state: UserState) -> None:
    """Ticks that have left the one place must not miss the other."""
    state.quiet_work.set_ticks("kb1", ["open"], True)
    before = rows(state)

    with pytest.raises(ModelError), state.together():
        start_with_work(state.cases, state.quiet_work, "sv", "", swedish())
        state.cases.set_steps(1, swedish(), {"no-such-step": NewResult(StepOutcome.FAILED)})

    assert rows(state) == before


def test_a_tick_changed_elsewhere_is_not_taken_back(state: UserState) -> None:
    """Another window's work is not ours to undo."""
    change = state.quiet_work.set_ticks("kb1", ["open"], True)
    state.ticks.clear("kb1")

    with pytest.raises(ChangedSinceError):
        state.quiet_work.undo(change)


def test_an_outcome_keeps_the_note_and_a_note_keeps_the_outcome(state: UserState) -> None:
    """Each is set by a hand of its own."""
    case_id = state.cases.create("sv").case_id
    state.cases.set_step(case_id, swedish(), "open", StepOutcome.FAILED, "grey")
    before = state.cases.get(case_id).steps[0]
    state.cases.set_step_note(case_id, "kb1", "open", "greyed out")
    noted = state.cases.get(case_id).steps[0]
    state.cases.set_steps(case_id, english(), {"open": NewResult(StepOutcome.DONE)})
    done = state.cases.get(case_id).steps[0]

    assert (noted.outcome, noted.note) == (StepOutcome.FAILED, "greyed out")
    assert (noted.set_at, noted.language, noted.text) == (before.set_at, before.language, before.text)
    assert (done.outcome, done.note, done.language) == (StepOutcome.DONE, "greyed out", "en")


Operation = Callable[[UserState], CaseChange]
steps = st.lists(st.sampled_from(["open", "write", "save", "gone"]), max_size=3)
places = st.none() | st.integers(0, 1)
operations: st.SearchStrategy[Operation] = st.one_of(
    st.builds(lambda ids, done: lambda state: state.quiet_work.set_ticks("kb1", ids, done), steps,
              st.booleans()),
    st.builds(lambda: lambda state: state.quiet_work.clear_ticks("kb1")),
    st.builds(lambda row, column: lambda state: state.quiet_work.set_choice("kb1", "s0/m1", row, column),
              places, places),
    st.builds(lambda: start),
)  # fmt: skip


@given(st.lists(operations, max_size=30))
def test_undoing_everything_leads_back_through_every_state_between(sequence: list[Operation]) -> None:
    """Ticks and cases have one undo, in the order in which it happened."""
    with new_state() as state:
        past = []
        for operation in sequence:
            before = rows(state)
            change = operation(state)
            assert bool(change) == (rows(state) != before)
            past.append((before, change))
        for before, change in reversed(past):
            state.cases.undo(change)
            assert rows(state) == before


def test_the_newest_open_cases_are_found_without_the_others(state: UserState) -> None:
    """Home shows a few of ten thousand."""
    assert state.latest_open_cases(2) == []
    for number in range(6):
        state.cases.create("sv", f"INC{number}", [swedish()])
    found = state.latest_open_cases(2)
    assert [(case.reference, case.titles) for case in found] == [
        ("INC5", ("Ändra lösenord",)),
        ("INC4", ("Ändra lösenord",)),
    ]


def test_a_tally_counts_the_results_by_outcome(state: UserState) -> None:
    """That is what the strip over the page says."""
    case_id = state.cases.create("sv", "INC1").case_id
    state.cases.set_steps(
        case_id,
        swedish(),
        {
            "open": NewResult(StepOutcome.DONE),
            "write": NewResult(StepOutcome.DONE),
            "save": NewResult(StepOutcome.FAILED),
        },
    )
    assert state.cases.tally(case_id).results == {StepOutcome.DONE: 2, StepOutcome.FAILED: 1}
