"""The store of cases: what it keeps, finds, refuses and takes back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kbviewer.model.cases import CaseOutcome, StepOutcome
from kbviewer.model.errors import CaseNotFoundError, ChangedSinceError, KbError, ModelError, StateError
from kbviewer.state.case_history import CaseHistory
from kbviewer.state.cases import CaseStore
from kbviewer.state.migrations import MIGRATIONS
from kbviewer.state.opening import open_file
from kbviewer.state.user_state import UserState
from tests.support.case_article import english, swedish, swedish_with

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
DONE, FAILED = StepOutcome.DONE, StepOutcome.FAILED


class TickingClock:
    """Each look at it is one second later."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@pytest.fixture
def cases() -> Iterator[CaseStore]:
    with UserState.in_memory(clock=TickingClock()) as state:
        yield state.cases


def test_case_keeps_what_was_done(cases: CaseStore) -> None:
    case_id = cases.create("sv", " INC-42\n", [swedish()]).case_id
    cases.answer_triage(case_id, swedish(), "s0/m1", 1, 0)
    cases.set_step(case_id, swedish(), "open", DONE)
    cases.set_step(case_id, swedish(), "save", FAILED, "  inget hände\r\nalls ")
    cases.add_note(case_id, "Ringde användaren.")
    cases.close(case_id, CaseOutcome.ESCALATED)

    case = cases.get(case_id)

    assert (case.reference, case.language, case.started) == ("INC-42", "sv", NOON + timedelta(seconds=1))
    assert [(item.id, item.title, item.revision) for item in case.articles] == [
        ("kb1", "Ändra lösenord", "5.0")
    ]
    answer = case.answers[0]
    assert (answer.matrix, answer.row, answer.column) == ("s0/m1", 1, 0)
    assert (answer.row_text, answer.column_text, answer.category, answer.language) == (
        "Från flera datorer",
        "En användare",
        "Kontot",
        "sv",
    )
    assert [(step.key, step.outcome, step.number, step.text, step.note) for step in case.steps] == [
        (("kb1", "open"), DONE, "1", "Öppna Konto & läs Servern svarar inte.", ""),
        (("kb1", "save"), FAILED, "2.b", "Spara.", "inget hände\nalls"),
    ]
    assert [note.text for note in case.notes] == ["Ringde användaren."]
    assert (case.outcome, case.closed) == (CaseOutcome.ESCALATED, NOON + timedelta(seconds=6))


def test_case_may_do_without_reference_and_article(cases: CaseStore) -> None:
    case = cases.get(cases.create("en").case_id)

    assert (case.reference, case.articles, case.is_open) == ("", (), True)


def test_article_keeps_the_revision_with_which_the_case_began(cases: CaseStore) -> None:
    case_id = cases.create("sv", articles=[swedish()]).case_id

    assert not cases.add_article(case_id, english())
    assert [item.language for item in cases.get(case_id).articles] == ["sv"]


def test_step_brings_its_article_along(cases: CaseStore) -> None:
    case_id = cases.create("sv").case_id
    cases.set_step(case_id, swedish(), "open", DONE)
    cases.set_step(case_id, swedish(article_id="kb2"), "open", DONE)

    assert [item.id for item in cases.get(case_id).articles] == ["kb1", "kb2"]


def test_same_result_again_does_not_move_the_time(cases: CaseStore) -> None:
    case_id = cases.create("sv").case_id
    cases.set_step(case_id, swedish(), "again", DONE)
    before = cases.get(case_id)

    assert not cases.set_step(case_id, swedish(), "again", DONE)
    assert cases.get(case_id) == before
    assert cases.set_step(case_id, swedish_with("Spara allt", "Spara mycket"), "again", DONE)
    assert cases.get(case_id).steps[0].set_at > before.steps[0].set_at


def test_results_and_answers_are_replaced_and_cleared(cases: CaseStore) -> None:
    case_id = cases.create("sv").case_id
    for outcome in (DONE, FAILED):
        cases.set_step(case_id, swedish(), "open", outcome)
    for row, column in ((0, None), (1, 1)):
        cases.answer_triage(case_id, swedish(), "s0/m1", row, column)
    case = cases.get(case_id)
    assert [step.outcome for step in case.steps] == [FAILED]
    assert [(answer.row, answer.column, answer.category) for answer in case.answers] == [(1, 1, "Nätet")]

    cases.clear_step(case_id, "kb1", "open")
    cases.answer_triage(case_id, swedish(), "s0/m1", None, None)

    case = cases.get(case_id)
    assert (case.steps, case.answers) == ((), ())
    assert not cases.clear_step(case_id, "kb1", "open")


def test_notes_are_edited_and_deleted(cases: CaseStore) -> None:
    case_id, other = cases.create("sv").case_id, cases.create("sv").case_id
    first = cases.add_note(case_id, "ett").note_id
    second = cases.add_note(case_id, "två").note_id
    cases.edit_note(case_id, first, "ett och ett halvt")
    cases.delete_note(case_id, second)

    assert not cases.edit_note(case_id, first, "ett och ett halvt")
    assert not cases.delete_note(other, first)
    with pytest.raises(StateError, match="no note"):
        cases.edit_note(other, first, "inte min")
    note = cases.get(case_id).notes[0]
    assert (note.id, note.text) == (first, "ett och ett halvt")
    assert note.edited is not None
    assert len(cases.get(case_id).notes) == 1


def test_newest_case_comes_first_with_its_titles(cases: CaseStore) -> None:
    first = cases.create("sv", "A", [swedish()]).case_id
    second = cases.create("en", "B").case_id
    cases.set_step(first, swedish(), "open", DONE)

    assert [(case.id, case.titles, case.steps) for case in cases.list()] == [
        (second, (), 0),
        (first, ("Ändra lösenord",), 1),
    ]


@pytest.mark.parametrize(
    "text", ["inc-42", "ÄNDRA lösen", "kb1", "RINGDE", "Brandvägg", "inc ändra ringde", "a\u0308ndra", "  "]
)
def test_case_is_found_by_reference_notes_and_articles(cases: CaseStore, text: str) -> None:
    """Also with Å, Ä and Ö in the other case, and with words from different places."""
    case_id = cases.create("sv", "INC-42", [swedish()]).case_id
    cases.add_note(case_id, "Ringde användaren")
    cases.set_step(case_id, swedish(), "open", FAILED, "brandvägg i vägen")

    assert [case.id for case in cases.list(text)] == [case_id]
    assert cases.list(text + " xyzzy") == []


def test_cases_are_filtered_by_outcome(cases: CaseStore) -> None:
    ids = [cases.create("sv", reference).case_id for reference in "ABC"]
    cases.close(ids[0], CaseOutcome.SOLVED)
    cases.close(ids[1], CaseOutcome.ESCALATED)

    assert [case.id for case in cases.list(outcome=CaseOutcome.OPEN)] == [ids[2]]
    assert [case.id for case in cases.list(outcome=CaseOutcome.SOLVED)] == [ids[0]]
    assert cases.list("A", CaseOutcome.ESCALATED) == []


Call = Callable[[CaseStore, int], object]
CHANGES: list[Call] = [
    lambda cases, case_id: cases.set_reference(case_id, "X"),
    lambda cases, case_id: cases.add_article(case_id, swedish()),
    lambda cases, case_id: cases.set_step(case_id, swedish(), "open", DONE),
    lambda cases, case_id: cases.clear_step(case_id, "kb1", "open"),
    lambda cases, case_id: cases.answer_triage(case_id, swedish(), "s0/m1", 0, 0),
    lambda cases, case_id: cases.add_note(case_id, "text"),
    lambda cases, case_id: cases.edit_note(case_id, 1, "text"),
    lambda cases, case_id: cases.delete_note(case_id, 1),
    lambda cases, case_id: cases.close(case_id, CaseOutcome.SOLVED),
]


@pytest.mark.parametrize("change", CHANGES)
def test_closed_case_changes_only_after_it_is_reopened(cases: CaseStore, change: Call) -> None:
    case_id = cases.create("sv").case_id
    cases.add_note(case_id, "note")
    cases.close(case_id, CaseOutcome.ESCALATED)
    before = cases.get(case_id)

    with pytest.raises(StateError, match="closed"):
        change(cases, case_id)
    assert cases.get(case_id) == before

    cases.reopen(case_id)
    assert cases.get(case_id).is_open
    change(cases, case_id)


@pytest.mark.parametrize("change", [*CHANGES, CaseStore.get, CaseStore.reopen, CaseStore.delete])
@pytest.mark.parametrize("case_id", [7, 0, -1])
def test_case_that_is_not_there_is_told(cases: CaseStore, change: Call, case_id: int) -> None:
    with pytest.raises(CaseNotFoundError, match=f"“{case_id}”"):
        change(cases, case_id)
    assert cases.list() == []


def test_number_beyond_all_numbers_is_no_case(cases: CaseStore) -> None:
    with pytest.raises(CaseNotFoundError):
        cases.get(10**30)


def test_id_of_a_deleted_case_is_not_used_again(cases: CaseStore) -> None:
    """A report that was sent must not come to mean another case."""
    first = cases.create("sv").case_id
    cases.delete(first)

    assert cases.create("sv").case_id > first


@pytest.mark.parametrize(
    ("change", "error"),
    [
        (lambda cases: cases.set_reference(1, "x" * 101), StateError),
        (lambda cases: cases.create("sv", "x" * 101), StateError),
        (lambda cases: cases.add_note(1, "x" * 10_001), StateError),
        (lambda cases: cases.add_note(1, " \n"), StateError),
        (lambda cases: cases.set_step(1, swedish(), "open", DONE, "x" * 2_001), StateError),
        (lambda cases: cases.set_step(1, swedish(), "nowhere", DONE), ModelError),
        (lambda cases: cases.answer_triage(1, swedish(), "nowhere", 0, 0), ModelError),
        (lambda cases: cases.answer_triage(1, swedish(), "s0/m1", 2, 0), ModelError),
        (lambda cases: cases.answer_triage(1, swedish(), "s0/m1", 0, -1), ModelError),
        (lambda cases: cases.close(1, CaseOutcome.OPEN), ModelError),
    ],
)
def test_what_is_too_long_or_not_there_changes_nothing(
    cases: CaseStore, change: Callable[[CaseStore], object], error: type[KbError]
) -> None:
    cases.create("sv")
    before = cases.get(1)

    with pytest.raises(error):
        change(cases)

    assert cases.get(1) == before
    assert len(cases.list()) == 1


def test_case_does_not_grow_without_end(cases: CaseStore) -> None:
    articles = [swedish(article_id=f"kb{number}") for number in range(51)]

    with pytest.raises(StateError, match="at most 50 articles"):
        cases.create("sv", articles=articles)
    assert cases.list() == []
    case_id = cases.create("sv", articles=articles[:50]).case_id
    with pytest.raises(StateError, match="at most 50 articles"):
        cases.set_step(case_id, articles[50], "open", DONE)
    assert cases.get(case_id).steps == ()


def test_note_with_half_a_character_is_kept_readable(cases: CaseStore) -> None:
    case_id = cases.create("sv", "a\ud83d").case_id
    cases.add_note(case_id, "b\ud83d\0\x1b[2J")

    assert cases.get(case_id).reference == "a?"
    assert cases.get(case_id).notes[0].text == "b?[2J"


def test_deleted_case_comes_back_as_it_was(cases: CaseStore) -> None:
    case_id = cases.create("sv", "INC", [swedish()]).case_id
    cases.answer_triage(case_id, swedish(), "s0/m1", 0, 1)
    cases.set_step(case_id, swedish(), "open", DONE, "note")
    cases.add_note(case_id, "text")
    cases.close(case_id, CaseOutcome.SOLVED)
    before = cases.get(case_id)

    deleted = cases.delete(case_id)
    assert cases.list() == []
    cases.undo(deleted)

    assert cases.get(case_id) == before


def test_an_article_stays_in_the_case_while_something_is_done_in_it(cases: CaseStore) -> None:
    """A result without its article could not be reported."""
    case_id = cases.create("sv").case_id
    joined = cases.add_article(case_id, swedish())
    with_result = cases.set_step(case_id, swedish(), "open", DONE)
    with pytest.raises(ChangedSinceError):
        cases.undo(joined)
    cases.undo(with_result)
    cases.undo(joined)
    first = cases.set_step(case_id, swedish(), "open", DONE)
    cases.set_step(case_id, swedish(), "write", DONE)

    cases.undo(first)

    case = cases.get(case_id)
    assert [result.step for result in case.steps] == ["write"]
    assert [article.id for article in case.articles] == ["kb1"]


def test_undo_refuses_to_overwrite_what_came_later(cases: CaseStore) -> None:
    """Two windows on one profile: the other's work must survive."""
    created = cases.create("sv")
    first = cases.set_step(created.case_id, swedish(), "open", DONE)
    cases.set_step(created.case_id, swedish(), "open", FAILED)
    before = cases.get(created.case_id)

    for change in (first, created):
        with pytest.raises(StateError, match="cannot be undone"):
            cases.undo(change)

    assert cases.get(created.case_id) == before


def test_changes_to_different_steps_are_undone_in_any_order(cases: CaseStore) -> None:
    case_id = cases.create("sv", articles=[swedish()]).case_id
    first = cases.set_step(case_id, swedish(), "open", DONE)
    cases.set_step(case_id, swedish(), "save", DONE)

    cases.undo(first)

    assert [step.step for step in cases.get(case_id).steps] == ["save"]


def test_history_takes_back_the_last_change_first(cases: CaseStore) -> None:
    history = CaseHistory(cases)
    assert history.undo() is None
    case_id = history.remember(cases.create("sv", articles=[swedish()])).case_id
    history.remember(cases.set_step(case_id, swedish(), "open", DONE))
    history.remember(cases.set_step(case_id, swedish(), "open", DONE))
    history.remember(cases.set_step(case_id, swedish(), "open", FAILED))

    history.undo()
    assert [step.outcome for step in cases.get(case_id).steps] == [DONE]
    history.undo()
    assert cases.get(case_id).steps == ()
    history.undo()

    assert not history.can_undo
    assert cases.list() == []


def test_change_that_cannot_be_undone_yet_stays_in_the_history(cases: CaseStore) -> None:
    history = CaseHistory(cases)
    case_id = history.remember(cases.create("sv")).case_id
    later = cases.add_note(case_id, "from another window")

    with pytest.raises(StateError, match="cannot be undone"):
        history.undo()
    cases.undo(later)

    assert history.undo() is not None


def test_profile_of_the_version_before_gets_cases_and_a_backup(tmp_path: Path) -> None:
    path = tmp_path / "state.sqlite"
    with closing(open_file(path, lambda: NOON, migrations=MIGRATIONS[:2]).connection) as old:
        old.execute("INSERT INTO ticks VALUES ('kb1', 'a', '2026-01-01T00:00:00+00:00')")

    with UserState.open(path, clock=lambda: NOON) as state:
        state.cases.create("sv")

        assert state.ticks.done("kb1") == {"a"}
        assert len(state.cases.list()) == 1
    assert path.with_name("state-version-2-2026-03-01-120000.sqlite").is_file()


def test_closed_state_says_that_nothing_was_saved(cases: CaseStore) -> None:
    cases._database.close()

    with pytest.raises(StateError, match="could not be saved"):
        cases.create("sv")
    with pytest.raises(StateError, match="cannot be read"):
        cases.list()
