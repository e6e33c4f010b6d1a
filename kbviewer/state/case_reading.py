"""Cases as the tables hold them, back into the model."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kbviewer.model.cases import (
    AnsweredQuestion,
    Case,
    CaseArticle,
    CaseNote,
    CaseOutcome,
    CaseSummary,
    CaseTally,
    ListedCase,
    StepOutcome,
    StepResult,
    TriageAnswer,
)
from kbviewer.state.clock import from_text
from kbviewer.state.database import Database, Row

_LARGEST_ID = 2**63 - 1


class CaseHead(NamedTuple):
    """The row of a case."""

    id: int
    reference: str
    language: str
    started: str
    outcome: str
    closed: str | None


def load_case(database: Database, case_id: int) -> Case | None:
    """Return the case, None when there is none."""
    if not 0 < case_id <= _LARGEST_ID:
        return None
    key = (case_id,)
    with database.reading():
        found = database.read(
            "SELECT reference, language, started_at, outcome, closed_at FROM cases WHERE id = ?", key
        )
        if not found:
            return None
        articles = database.read(
            "SELECT article, language, title, revision, added_at FROM case_articles"
            " WHERE case_id = ? ORDER BY added_at, article",
            key,
        )
        answers = database.read(
            "SELECT article, matrix, chosen_row, chosen_column, row_text, column_text, category, language,"
            " answered_at FROM case_answers WHERE case_id = ? ORDER BY answered_at, article, matrix",
            key,
        )
        questions = database.read(
            "SELECT article, question, text, language, answer, answered_at FROM case_questions"
            " WHERE case_id = ? ORDER BY article, question",
            key,
        )
        steps = database.read(
            "SELECT article, step, outcome, note, set_at, language, number, text, fingerprint"
            " FROM case_steps WHERE case_id = ? ORDER BY set_at, article, step",
            key,
        )
        notes = database.read(
            "SELECT id, text, written_at, edited_at FROM case_notes WHERE case_id = ?"
            " ORDER BY written_at, id",
            key,
        )
    reference, language, started, outcome, closed = found[0]
    return Case(
        id=case_id,
        reference=reference,
        language=language,
        started=from_text(started),
        articles=tuple(
            CaseArticle(article, spoken, title, revision, from_text(added))
            for article, spoken, title, revision, added in articles
        ),
        answers=tuple(
            TriageAnswer(article, matrix, row, column, chosen_row, chosen_column, cell, spoken, from_text(at))
            for article, matrix, row, column, chosen_row, chosen_column, cell, spoken, at in answers
        ),
        questions=tuple(
            AnsweredQuestion(article, question, text, spoken, answer, from_text(at))
            for article, question, text, spoken, answer, at in questions
        ),
        steps=tuple(map(_result, steps)),
        notes=tuple(
            CaseNote(number, text, from_text(written), from_text(edited) if edited else None)
            for number, text, written, edited in notes
        ),
        outcome=CaseOutcome(outcome),
        closed=from_text(closed) if closed else None,
    )


def load_results(database: Database, case_id: int, article_id: str) -> Sequence[StepResult]:
    """Return the results in one article, oldest first."""
    rows = database.read(
        "SELECT article, step, outcome, note, set_at, language, number, text, fingerprint"
        " FROM case_steps WHERE case_id = ? AND article = ? ORDER BY set_at, step",
        (case_id, article_id),
    )
    return [_result(row) for row in rows]


def _result(row: Row) -> StepResult:
    article, step, outcome, note, set_at, *said = row
    return StepResult(article, step, StepOutcome(outcome), note, from_text(set_at), *said)


def load_tally(database: Database, case_id: int, head: CaseHead) -> CaseTally:
    """Return what a strip says about a case."""
    rows = database.read(
        "SELECT outcome, count(*) FROM case_steps WHERE case_id = ? GROUP BY outcome", (case_id,)
    )
    results = {StepOutcome(outcome): count for outcome, count in rows}
    return CaseTally(head.id, head.reference, CaseOutcome(head.outcome), results)


def list_cases(database: Database, outcome: CaseOutcome | None = None) -> Sequence[ListedCase]:
    """Return the cases, newest first."""
    with database.reading():
        cases = database.read(
            "SELECT id, reference, language, started_at, outcome, closed_at FROM cases"
            " WHERE ? IN ('', outcome) ORDER BY started_at DESC, id DESC",
            (outcome.value if outcome else "",),
        )
        titles: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)
        texts: defaultdict[int, list[str]] = defaultdict(list)
        for case_id, article, title in database.read(
            "SELECT case_id, article, title FROM case_articles ORDER BY case_id, added_at, article"
        ):
            titles[case_id].append((article, title))
            texts[case_id].append(f"{article} {title}")
        steps: dict[int, int] = dict(
            database.read("SELECT case_id, count(*) FROM case_steps GROUP BY case_id")
        )
        for case_id, note in _notes(database):
            texts[case_id].append(note)
    return [
        ListedCase(
            _summary(CaseHead(*row), titles[row[0]], steps.get(row[0], 0)),
            "\n".join([row[1], *texts[row[0]]]).casefold(),
        )
        for row in cases
    ]


def list_open(database: Database, most: int) -> Sequence[CaseSummary]:
    """Return the newest open cases, without a look at the others."""
    found = []
    with database.reading():
        for row in database.read(
            "SELECT id, reference, language, started_at, outcome, closed_at FROM cases"
            " WHERE outcome = 'open' ORDER BY started_at DESC, id DESC LIMIT ?",
            (most,),
        ):
            key = (row[0],)
            titles = database.read(
                "SELECT article, title FROM case_articles WHERE case_id = ? ORDER BY added_at, article", key
            )
            steps = database.read("SELECT count(*) FROM case_steps WHERE case_id = ?", key)[0][0]
            found.append(_summary(CaseHead(*row), titles, steps))
    return found


def _summary(head: CaseHead, titles: Sequence[Row], steps: int) -> CaseSummary:
    return CaseSummary(
        head.id,
        head.reference,
        head.language,
        from_text(head.started),
        CaseOutcome(head.outcome),
        from_text(head.closed) if head.closed else None,
        tuple(article for article, _title in titles),
        tuple(title for _article, title in titles),
        steps,
    )


def _notes(database: Database) -> Iterator[Row]:
    """Yield case and text of all notes, those on steps and answers to questions included."""
    for sql in (
        "SELECT case_id, text FROM case_notes",
        "SELECT case_id, note FROM case_steps WHERE note <> ''",
        "SELECT case_id, answer FROM case_questions",
    ):
        yield from database.read(sql)
