"""Answers to triage questions: kept, replaced, forgotten, taken back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kbviewer.model.errors import ModelError, StateError
from kbviewer.state.cases import CaseStore
from kbviewer.state.user_state import UserState
from tests.support.case_article import english, swedish


@pytest.fixture
def cases() -> Iterator[CaseStore]:
    with UserState.in_memory() as state:
        yield state.cases


def answers(cases: CaseStore, case_id: int) -> list[tuple[str, str, str, str]]:
    said = cases.get(case_id).questions
    return [(entry.question, entry.text, entry.language, entry.answer) for entry in said]


def test_an_answer_is_kept_with_the_question_as_it_was_asked(tmp_path: Path) -> None:
    """The report tells what was answered, even when the article asks otherwise now."""
    path = tmp_path / "state.sqlite"
    with UserState.open(path) as state:
        case_id = state.cases.create("sv").case_id
        state.cases.answer_questions(case_id, swedish(), {"s0/l1/0": " Två.\n\nOch chefen. "})
    with UserState.open(path) as state:
        kept = answers(state.cases, case_id)
        articles = [entry.id for entry in state.cases.get(case_id).articles]

    assert kept == [("s0/l1/0", "Hur många användare är det?", "sv", "Två.\n\nOch chefen.")]
    assert articles == ["kb1"]


def test_an_answer_is_replaced_and_an_empty_one_forgotten(cases: CaseStore) -> None:
    case_id = cases.create("sv").case_id
    cases.answer_questions(case_id, swedish(), {"s0/l1/0": "Två", "s0/l1/1": "En"})
    cases.answer_questions(case_id, english(), {"s0/l1/0": "Three", "s0/l1/1": " "})

    assert answers(cases, case_id) == [("s0/l1/0", "How many users are there?", "en", "Three")]


def test_the_same_answer_again_changes_nothing(cases: CaseStore) -> None:
    """Leaving a field is not an event worth undoing."""
    case_id = cases.create("sv").case_id
    cases.answer_questions(case_id, swedish(), {"s0/l1/0": "Två"})

    assert not cases.answer_questions(case_id, swedish(), {"s0/l1/0": "Två", "s0/l1/2": ""})


def test_answers_given_together_are_taken_back_together(cases: CaseStore) -> None:
    case_id = cases.create("sv").case_id
    change = cases.answer_questions(case_id, swedish(), {"s0/l1/0": "Två", "s0/l1/2": "500"})

    cases.undo(change)

    case = cases.get(case_id)
    assert (case.questions, case.articles) == ((), ())


def test_a_question_that_the_article_does_not_ask_is_an_error(cases: CaseStore) -> None:
    case_id = cases.create("sv").case_id
    with pytest.raises(ModelError):
        cases.answer_questions(case_id, swedish(), {"s0/l1/0": "Två", "s9/l1/0": "x"})

    assert answers(cases, case_id) == []


def test_an_answer_has_an_end(cases: CaseStore) -> None:
    case_id = cases.create("sv").case_id
    with pytest.raises(StateError):
        cases.answer_questions(case_id, swedish(), {"s0/l1/0": "x" * 2_001})


def test_words_of_an_answer_find_the_case(cases: CaseStore) -> None:
    case_id = cases.create("sv").case_id
    cases.answer_questions(case_id, swedish(), {"s0/l1/2": "Servern ÅTER nere"})

    assert [case.id for case in cases.list("åter")] == [case_id]


def test_a_deleted_case_takes_its_answers_along(cases: CaseStore) -> None:
    case_id = cases.create("sv").case_id
    cases.answer_questions(case_id, swedish(), {"s0/l1/0": "Två"})
    change = cases.delete(case_id)
    cases.undo(change)

    assert answers(cases, case_id)[0][3] == "Två"
