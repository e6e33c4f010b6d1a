"""Answers to the triage questions of articles, as rows of a case."""

from __future__ import annotations

from collections.abc import Mapping

from kbviewer.model.article import Article
from kbviewer.model.errors import ModelError
from kbviewer.model.messages import N_, message
from kbviewer.model.triage import triage_questions
from kbviewer.state.case_rows import RowChanges, Table, delete, put, read_row
from kbviewer.state.case_texts import checked_answer, clipped
from kbviewer.state.database import Database


def put_answers(
    database: Database, case_id: int, article: Article, answers: Mapping[str, str], now: str
) -> RowChanges:
    """Keep answers by the keys of their questions, "" forgets one. Belongs in a `writing` block.

    Raises:
        ModelError: the article has no such question.
        StateError: an answer is too long.
    """
    questions = {question.key: question for question in triage_questions(article)}
    rows: RowChanges = []
    for key, text in answers.items():
        question = questions.get(key)
        if question is None:
            raise ModelError(
                message(N_("Article {article} has no question “{key}”."), article=article.id, key=key)
            )
        place, answer = (case_id, article.id, key), checked_answer(text)
        if not answer:
            rows += delete(database, Table.QUESTIONS, place)
            continue
        said = (clipped(question.text), question.language, answer)
        before = read_row(database, Table.QUESTIONS, place)
        if before is None or before[3:-1] != said:
            rows += put(database, Table.QUESTIONS, (*place, *said, now))
    return rows
