"""Triage questions: their keys, and which of them a choice in the matrix answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from kbviewer.model.blocks import ScopeMatrix
from kbviewer.model.cases import StepMark, StepOutcome
from kbviewer.model.quiet_case import NOT_KEPT, quiet_case
from kbviewer.model.triage import ChoiceOf, answer_from_scope, triage_questions
from tests.support.case_article import english, swedish

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def chosen(row: int | None, column: int | None) -> ChoiceOf:
    return lambda key: (row, column) if key == "s0/m1" else (None, None)


def test_element_30_questions_have_the_same_keys_in_all_languages() -> None:
    """An answer given in one language answers the question in the other."""
    assert [question.key for question in triage_questions(swedish())] == ["s0/l1/0", "s0/l1/1", "s0/l1/2"]
    assert [question.key for question in triage_questions(english())] == ["s0/l1/0", "s0/l1/1", "s0/l1/2"]
    assert triage_questions(english())[2].text == "What does the error say?"


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("sv", ["Flera användare", "Från flera datorer", ""]),
        ("en", ["Several users", "From several computers", ""]),
    ],
)
def test_a_question_for_the_scope_is_answered_by_the_choice(language: str, expected: list[str]) -> None:
    """What was chosen once is not asked again; what the matrix does not know is."""
    article = swedish() if language == "sv" else english()

    answers = [answer_from_scope(article, question, chosen(1, 1)) for question in triage_questions(article)]

    assert answers == expected


@pytest.mark.parametrize("choice", [(None, None), (7, 9)])
def test_no_choice_answers_nothing(choice: tuple[int | None, int | None]) -> None:
    """Nor does one that the matrix does not have any more."""
    article = english()
    answers = [
        answer_from_scope(article, question, chosen(*choice)) for question in triage_questions(article)
    ]

    assert answers == ["", "", ""]


def test_without_a_matrix_every_question_is_open() -> None:
    article = english()
    blocks = tuple(block for block in article.blocks if not isinstance(block, ScopeMatrix))
    bare = replace(article, blocks=blocks)

    assert not any(answer_from_scope(bare, question, chosen(0, 0)) for question in triage_questions(bare))


def test_quiet_work_is_reported_as_the_case_that_it_would_be() -> None:
    """The same report, with or without a case."""
    marks = {"open": StepMark(StepOutcome.DONE), "save": StepMark(StepOutcome.FAILED, "grey")}

    case = quiet_case(
        english(),
        marks,
        chosen(1, None),
        {"s0/l1/0": " All. ", "s0/l1/1": " "},
        NOW,
        reference="T1",
        note="n",
    )

    assert case.id == NOT_KEPT
    assert [(step.step, step.number, step.outcome, step.note) for step in case.steps] == [
        ("open", "1", StepOutcome.DONE, ""),
        ("save", "2.b", StepOutcome.FAILED, "grey"),
    ]
    assert [(said.question, said.answer) for said in case.questions] == [("s0/l1/0", "All.")]
    assert [(answer.row_text, answer.column_text, answer.category) for answer in case.answers] == [
        ("From several computers", "", "")
    ]
    assert ([entry.id for entry in case.articles], case.notes[0].text, case.reference) == (["kb1"], "n", "T1")


def test_a_choice_beyond_the_matrix_is_left_out_of_the_report() -> None:
    """The article may have been edited since the choice was made."""
    assert quiet_case(english(), {}, chosen(7, 3), {}, NOW).answers == ()
