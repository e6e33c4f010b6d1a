"""What was done in an article outside of cases, as the case that it would be; for reports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from kbviewer.model.article import Article
from kbviewer.model.blocks import ScopeMatrix, walk
from kbviewer.model.case_changes import fingerprint, numbered_steps
from kbviewer.model.cases import (
    AnsweredQuestion,
    Case,
    CaseArticle,
    CaseNote,
    StepMark,
    StepResult,
    TriageAnswer,
)
from kbviewer.model.inline import plain_text
from kbviewer.model.triage import ChoiceOf, triage_questions

NOT_KEPT = 0
"""The id of a case that no store has."""


def quiet_case(
    article: Article,
    marks: Mapping[str, StepMark],
    choice_of: ChoiceOf,
    answers: Mapping[str, str],
    now: datetime,
    *,
    reference: str = "",
    note: str = "",
) -> Case:
    """Return a case with id NOT_KEPT.

    Args:
        article: in which it was done, as it is read.
        marks: of its steps by id.
        choice_of: row and column that are chosen in a matrix.
        answers: to its triage questions, by their keys.
        now: aware; ticks do not know when they were set.
        reference: what others call the case.
        note: on the case as a whole, "" for none.
    """
    return Case(
        id=NOT_KEPT,
        language=article.language,
        started=now,
        reference=reference,
        articles=(CaseArticle(article.id, article.language, article.title, article.revision, now),),
        answers=tuple(_choices(article, choice_of, now)),
        questions=tuple(answered_questions(article, answers, now)),
        steps=tuple(_results(article, marks, now)),
        notes=(CaseNote(0, note, now),) if note else (),
    )


def answered_questions(
    article: Article, answers: Mapping[str, str], now: datetime
) -> Iterator[AnsweredQuestion]:
    """Yield the questions of an article that have an answer."""
    for question in triage_questions(article):
        answer = answers.get(question.key, "").strip()
        if answer:
            yield AnsweredQuestion(article.id, question.key, question.text, question.language, answer, now)


def _choices(article: Article, choice_of: ChoiceOf, now: datetime) -> Iterator[TriageAnswer]:
    for block in walk(article.blocks):
        if not isinstance(block, ScopeMatrix):
            continue
        row, column = choice_of(block.key)
        row = row if row is not None and row < len(block.rows) else None
        column = column if column is not None and column < len(block.columns) else None
        if row is not None or column is not None:
            yield TriageAnswer(
                article.id,
                block.key,
                row,
                column,
                "" if row is None else block.rows[row],
                "" if column is None else block.columns[column],
                "" if row is None or column is None else block.cells[row][column].category,
                block.language or article.language,
                now,
            )


def _results(article: Article, marks: Mapping[str, StepMark], now: datetime) -> Iterator[StepResult]:
    for place in numbered_steps(article):
        mark = marks.get(place.step.id)
        if mark is not None:
            yield StepResult(
                article.id,
                place.step.id,
                mark.outcome,
                mark.note,
                mark.set_at or now,
                place.language,
                place.number,
                " ".join(plain_text(place.step.runs).split()),
                fingerprint(place.step),
            )
