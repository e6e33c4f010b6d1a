"""What is done at the desk: quietly, or in the case at work; and one undo over all of it."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kbviewer.content.reader import read_article
from kbviewer.model.cases import CaseOutcome, StepChange, StepMark, StepOutcome
from kbviewer.model.errors import CaseClosedError, CaseNotFoundError, KbError, StateError
from kbviewer.model.messages import message
from kbviewer.state.user_state import UserState
from kbviewer.ui.case.desk import CaseDesk
from tests.gui.case.conftest import Shelf
from tests.support.case_article import english, swedish, swedish_with

DONE, FAILED, SKIPPED = StepOutcome.DONE, StepOutcome.FAILED, StepOutcome.SKIPPED
MATRIX = "s0/m1"


def outcomes(desk: CaseDesk) -> dict[str, StepOutcome]:
    return {step: mark.outcome for step, mark in desk.marks(swedish()).items()}


def test_a_tick_outside_of_cases_is_quiet(desk: CaseDesk, state: UserState) -> None:
    """Who only reads along needs no case."""
    desk.set_outcome(swedish(), ["open"], DONE)
    assert not desk.in_case
    assert state.cases.list() == []
    assert desk.marks(swedish()) == {"open": StepMark(DONE)}
    desk.set_outcome(swedish(), ["open"], None)
    assert desk.marks(swedish()) == {}


def test_a_failed_step_begins_a_case_that_takes_ticks_and_choices_along(
    desk: CaseDesk, state: UserState, qtbot: QtBot
) -> None:
    """A tick cannot say that something failed, and what led there belongs to it."""
    desk.set_outcome(swedish(), ["open", "write"], DONE)
    desk.set(swedish(), MATRIX, 1, 0)
    with qtbot.waitSignal(desk.started) as started:
        desk.set_outcome(swedish(), ["save"], FAILED)
    assert started.args == [desk.case_id]
    assert outcomes(desk) == {"open": DONE, "write": DONE, "save": FAILED}
    assert desk.get(swedish(), MATRIX) == (1, 0)
    assert state.ticks.done("kb1") == frozenset()


def test_one_undo_takes_the_start_of_a_case_back_with_all_that_moved(
    desk: CaseDesk, state: UserState
) -> None:
    """It was one deed of the technician's."""
    desk.set_outcome(swedish(), ["open"], DONE)
    desk.set_outcome(swedish(), ["save"], FAILED)
    undone = desk.undo()
    assert undone is not None
    assert undone.at_work == 0
    assert not desk.in_case
    assert state.cases.list() == []
    assert outcomes(desk) == {"open": DONE}


def test_undo_goes_back_in_the_order_in_which_it_happened(desk: CaseDesk, state: UserState) -> None:
    """Quiet ticks, cases, pauses and choices have one past."""
    desk.set_outcome(swedish(), ["open"], DONE)
    first = desk.start("INC1")
    desk.set_outcome(swedish(), ["write"], SKIPPED)
    desk.pause()
    desk.set(swedish(), MATRIX, 0, 0)
    desk.resume(first)
    desk.close(first, CaseOutcome.SOLVED)
    assert not desk.in_case

    desk.undo()
    assert desk.case_id == first
    assert state.cases.get(first).is_open
    desk.undo()
    assert not desk.in_case
    desk.undo()
    assert desk.get(swedish(), MATRIX) == (None, None)
    desk.undo()
    assert desk.case_id == first
    desk.undo()
    assert outcomes(desk) == {}
    desk.undo()
    assert not desk.in_case
    assert state.cases.list() == []
    desk.undo()
    assert outcomes(desk) == {}
    assert desk.undo() is None


def test_a_deleted_case_comes_back_to_work(desk: CaseDesk) -> None:
    """Delete asks nothing, so undo must give everything."""
    case = desk.start("INC1")
    desk.set_outcome(swedish(), ["open"], FAILED)
    desk.delete(case)
    assert not desk.in_case
    desk.undo()
    assert desk.case_id == case
    assert outcomes(desk) == {"open": FAILED}


def test_the_case_at_work_is_remembered_over_a_restart(
    desk: CaseDesk, state: UserState, shelf: Shelf
) -> None:
    """After a power cut the work goes on where it was."""
    case = desk.start("INC1")
    assert CaseDesk(state, shelf, lambda: "sv").case_id == case
    desk.pause()
    assert CaseDesk(state, shelf, lambda: "sv").case_id == 0


def test_a_case_that_ended_while_the_window_was_closed_is_not_at_work(
    desk: CaseDesk, state: UserState, shelf: Shelf
) -> None:
    """Ticks then are quiet again, instead of failing one by one."""
    case = desk.start("INC1")
    state.cases.close(case, CaseOutcome.SOLVED)
    assert not CaseDesk(state, shelf, lambda: "sv").in_case
    state.cases.delete(case)
    assert not CaseDesk(state, shelf, lambda: "sv").in_case


@pytest.mark.parametrize(
    ("end", "error"),
    [
        (lambda state, case: state.cases.close(case, CaseOutcome.SOLVED), CaseClosedError),
        (lambda state, case: state.cases.delete(case), CaseNotFoundError),
    ],
)
def test_a_case_that_ended_elsewhere_is_never_written_to(
    desk: CaseDesk,
    state: UserState,
    errors: list[KbError],
    qtbot: QtBot,
    end: Callable[[UserState, int], object],
    error: type[KbError],
) -> None:
    """It is said in one sentence, and the page shows what is kept."""
    case = desk.start("INC1")
    end(state, case)
    with qtbot.waitSignal(desk.work_changed), pytest.raises(error, match="elsewhere"):
        desk.set_outcome(swedish(), ["open"], DONE)
    assert not desk.in_case
    assert [type(told) for told in errors] == [error]
    assert state.ticks.done("kb1") == frozenset()


def test_a_case_that_another_program_has_ended_is_left_when_the_desk_looks(
    desk: CaseDesk, state: UserState, errors: list[KbError]
) -> None:
    """Before anything is lost, and said in one sentence."""
    case = desk.start("INC1")
    desk.look()
    assert desk.case_id == case
    state.cases.close(case, CaseOutcome.SOLVED)
    desk.look()
    assert not desk.in_case
    assert [str(error) for error in errors] == ["Case 1 has ended elsewhere."]


def test_undo_never_writes_into_a_case_that_was_closed_elsewhere(desk: CaseDesk, state: UserState) -> None:
    """What was reported as it stood must stay so."""
    case = desk.start("INC1")
    desk.set_outcome(swedish(), ["open"], DONE)
    desk.set_outcome(swedish(), ["open"], FAILED)
    state.cases.close(case, CaseOutcome.ESCALATED)
    with pytest.raises(StateError, match="changed since"):
        desk.undo()
    assert [step.outcome for step in state.cases.get(case).steps] == [FAILED]


def test_undo_goes_past_what_cannot_be_undone(desk: CaseDesk, state: UserState) -> None:
    """Ctrl+Z must not be dead for the rest of the day."""
    desk.set_outcome(swedish(), ["open"], DONE)
    desk.set_outcome(swedish(), ["write"], DONE)
    state.ticks.set_done("kb1", ["write"], False)
    with pytest.raises(StateError):
        desk.undo()
    desk.undo()
    assert outcomes(desk) == {}


def test_nothing_is_remembered_of_a_change_that_failed(
    desk: CaseDesk, state: UserState, errors: list[KbError], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The window says so; the page shows what is really kept."""

    def refuse(*_arguments: object) -> None:
        raise StateError(message("The disk is full."))

    monkeypatch.setattr(state.quiet_work, "set_ticks", refuse)
    with pytest.raises(StateError):
        desk.set_outcome(swedish(), ["open"], DONE)
    assert [str(error) for error in errors] == ["The disk is full."]
    assert not desk.last_deed


def test_a_note_on_a_step_outside_of_cases_begins_one(desk: CaseDesk) -> None:
    """Ticks hold no notes."""
    desk.set_outcome(swedish(), ["open"], DONE)
    desk.set_note(swedish(), "open", "took long")
    assert desk.in_case
    assert desk.marks(swedish())["open"].note == "took long"


def test_a_note_on_an_untried_step_begins_nothing(desk: CaseDesk, state: UserState) -> None:
    """A case with nothing in it would only be in the way."""
    with pytest.raises(StateError, match="no result"):
        desk.set_note(swedish(), "open", "hm")
    assert not desk.in_case
    assert state.cases.list() == []


def test_clearing_an_article_is_one_deed(desk: CaseDesk) -> None:
    """In a case as outside: how many are told, one undo brings them back."""
    desk.start()
    desk.set_outcome(swedish(), ["open", "write"], DONE)
    assert desk.clear(swedish()) == 2
    assert outcomes(desk) == {}
    desk.undo()
    assert outcomes(desk) == {"open": DONE, "write": DONE}


def test_what_changes_nothing_is_not_undone(desk: CaseDesk) -> None:
    """Clearing an article without ticks must not make Ctrl+Z seem dead."""
    desk.set_outcome(swedish(), ["open"], DONE)
    desk.clear(swedish(article_id="kb2"))
    desk.set_outcome(swedish(), ["open"], DONE)
    desk.undo()
    assert outcomes(desk) == {}


def test_undo_leaves_alone_what_the_change_did_not_change(desk: CaseDesk) -> None:
    """Ticking a parent ticks its open children; those that were done before stay."""
    desk.set_outcome(swedish(), ["open"], DONE)
    desk.set_outcome(swedish(), ["open", "write"], DONE)
    desk.undo()
    assert outcomes(desk) == {"open": DONE}


def test_marks_say_what_has_changed_in_the_language_in_which_it_was_read(
    desk: CaseDesk, shelf: Shelf
) -> None:
    """The English text is not new because the Swedish one was read."""
    desk.start()
    old = swedish_with("Spara allt", "Spara något")
    desk.set_outcome(old, ["again"], DONE)
    desk.set_outcome(swedish_with("Skriv", "Ange"), ["write"], DONE)
    desk.set_outcome(swedish(), ["save"], DONE)
    for article in (swedish(), english()):
        marks = desk.marks(article)
        assert marks["save"].change is StepChange.UNCHANGED
        assert (marks["again"].change, marks["again"].was) == (StepChange.CHANGED, "")
        assert (marks["write"].change, marks["write"].was) == (StepChange.CHANGED, "Ange <b>.")


def test_only_steps_without_substeps_have_marks(desk: CaseDesk, state: UserState) -> None:
    """A parent follows them."""
    case = desk.start()
    state.cases.set_step(case, swedish(), "swap", DONE)
    state.cases.set_step(case, swedish_with("{#write}", "{#type}"), "type", DONE)
    assert desk.marks(swedish()) == {}


def test_a_case_has_work_to_take_along_only_outside_of_cases(desk: CaseDesk) -> None:
    """The dialog asks only when there is something to decide."""
    article = swedish()
    assert not desk.has_quiet_work(article)
    desk.set(article, MATRIX, 0, None)
    assert desk.has_quiet_work(article)
    desk.start("INC1", article)
    assert not desk.has_quiet_work(article)
    assert desk.get(article, MATRIX) == (0, None)


def test_reading_adds_no_article_to_the_case(desk: CaseDesk, state: UserState) -> None:
    """The report tells what was done, not what was looked at."""
    case = desk.start("", None)
    desk.marks(swedish())
    desk.get(swedish(), MATRIX)
    assert state.cases.get(case).articles == ()
    desk.set(swedish(), MATRIX, 0, None)
    assert [article.id for article in state.cases.get(case).articles] == ["kb1"]


def test_a_tick_among_300_results_stays_below_a_frame(
    qapp: QApplication, desk: CaseDesk, shelf: Shelf
) -> None:
    """16 ms are one frame at 60 Hz; what steps say is worked out once, not per tick."""
    steps = "\n\n".join(
        f"{number}. Steg {number} med text att läsa. {{#s{number}}}" for number in range(1, 301)
    )
    front = "---\ntitle: Lång\nuid: long\nlang: sv\n---\n# Lång\n\n"
    article = shelf.put(read_article(front + steps, article_id="long", source="long/sv.md").article)
    desk.start()
    desk.set_outcome(article, [f"s{number}" for number in range(1, 300)], DONE)
    desk.marks(article)
    times = []
    for outcome in [DONE, FAILED] * 5:
        begin = perf_counter()
        desk.set_outcome(article, ["s300"], outcome)
        desk.marks(article)
        desk.tally()
        times.append(perf_counter() - begin)
    assert min(times) < 0.016
