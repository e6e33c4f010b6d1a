"""A case that begins with what was done before there was one."""

from __future__ import annotations

from kbviewer.model.article import Article
from kbviewer.model.blocks import ScopeMatrix, walk, walk_steps
from kbviewer.model.cases import StepOutcome
from kbviewer.model.progress import substeps
from kbviewer.state.case_rows import CaseChange, Table
from kbviewer.state.case_steps import NewResult
from kbviewer.state.cases import CaseStore
from kbviewer.state.clock import from_text
from kbviewer.state.quiet_work import QuietWork


def start_with_work(
    cases: CaseStore, quiet: QuietWork, language: str, reference: str, article: Article
) -> CaseChange:
    """Begin a case and move the article's ticks and choices into it; they keep their times.

    What belongs to steps or cells that the article does not have any more stays where it is. Call it
    where all or nothing is kept: `UserState.together`.
    """
    start = cases.create(language, reference)
    steps = [step.id for step in walk_steps(article.blocks) if not substeps(step)]
    matrices = {block.key: block for block in walk(article.blocks) if isinstance(block, ScopeMatrix)}
    taken = quiet.take(article.id, steps, matrices)
    rows = [*start.rows, *taken.rows]
    results = {}
    for change in taken.rows:
        before = change.before or ()
        if change.table is Table.TICKS:
            _article, step, ticked_at = before
            results[step] = NewResult(StepOutcome.DONE, "", from_text(ticked_at))
        else:
            _article, key, row, column = before
            matrix = matrices[key]
            if (row or 0) < len(matrix.rows) and (column or 0) < len(matrix.columns):
                rows += cases.answer_triage(start.case_id, article, key, row, column).rows
    if results:
        rows += cases.set_steps(start.case_id, article, results).rows
    return CaseChange(start.case_id, tuple(rows))
