"""Cases as the tables hold them, back into the model."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from kbviewer.model.cases import (
    Case,
    CaseArticle,
    CaseNote,
    CaseOutcome,
    CaseSummary,
    StepOutcome,
    StepResult,
    TriageAnswer,
)
from kbviewer.state.case_texts import clean_line
from kbviewer.state.clock import from_text
from kbviewer.state.database import Database, Row

_LARGEST_ID = 2**63 - 1


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
        steps=tuple(
            StepResult(article, step, StepOutcome(result), note, from_text(set_at), *row)
            for article, step, result, note, set_at, *row in steps
        ),
        notes=tuple(
            CaseNote(number, text, from_text(written), from_text(edited) if edited else None)
            for number, text, written, edited in notes
        ),
        outcome=CaseOutcome(outcome),
        closed=from_text(closed) if closed else None,
    )


def list_cases(database: Database, text: str, outcome: CaseOutcome | None) -> Sequence[CaseSummary]:
    """Return the cases, newest first; see `CaseStore.list`."""
    words = clean_line(text).casefold().split()
    with database.reading():
        cases = database.read(
            "SELECT id, reference, language, started_at, outcome, closed_at FROM cases"
            " WHERE ? IN ('', outcome) ORDER BY started_at DESC, id DESC",
            (outcome.value if outcome else "",),
        )
        titles: defaultdict[int, list[str]] = defaultdict(list)
        texts: defaultdict[int, list[str]] = defaultdict(list)
        for case_id, article, title in database.read(
            "SELECT case_id, article, title FROM case_articles ORDER BY case_id, added_at, article"
        ):
            titles[case_id].append(title)
            texts[case_id].append(f"{article} {title}")
        steps: dict[int, int] = dict(
            database.read("SELECT case_id, count(*) FROM case_steps GROUP BY case_id")
        )
        if words:
            for case_id, note in _notes(database):
                texts[case_id].append(note)
    return [
        CaseSummary(
            number,
            reference,
            language,
            from_text(started),
            CaseOutcome(result),
            from_text(closed) if closed else None,
            tuple(titles[number]),
            steps.get(number, 0),
        )
        for number, reference, language, started, result, closed in cases
        if _has_words("\n".join([reference, *texts[number]]), words)
    ]


def _notes(database: Database) -> Iterator[Row]:
    """Yield case and text of all notes, those on steps included."""
    for sql in ("SELECT case_id, text FROM case_notes", "SELECT case_id, note FROM case_steps"):
        yield from database.read(sql)


def _has_words(text: str, words: Sequence[str]) -> bool:
    # SQLite's LIKE takes Å and å for different letters.
    folded = text.casefold()
    return all(word in folded for word in words)
