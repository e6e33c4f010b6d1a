"""A case with everything that a case can have."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count

from kbviewer.model.cases import Case, CaseOutcome, StepOutcome
from kbviewer.state.cases import CaseStore
from kbviewer.state.user_state import UserState
from tests.support.case_article import english, swedish, swedish_with


def work(cases: CaseStore) -> int:
    """Make the case in a store and return its id."""
    case_id = cases.create("sv", "INC <42>", [swedish()]).case_id
    cases.answer_triage(case_id, swedish(), "s0/m1", 1, 0)
    cases.set_step(case_id, swedish(), "save", StepOutcome.FAILED, "Knappen är grå.\n# Fel & <fel>")
    cases.set_step(case_id, swedish(), "open", StepOutcome.DONE)
    # Before the warning was written as it is now.
    cases.set_step(case_id, swedish_with("Spara allt", "Spara något"), "again", StepOutcome.SKIPPED)
    cases.set_step(case_id, swedish_with("Skriv", "Ange"), "write", StepOutcome.DONE)
    cases.set_step(case_id, swedish_with("{#write}", "{#type}"), "type", StepOutcome.DONE)
    cases.set_step(case_id, english(article_id="kb2"), "open", StepOutcome.DONE)
    note_id = cases.add_note(case_id, "Ringde användaren.").note_id
    cases.edit_note(case_id, note_id, "Ringde användaren.\n\n1. Inget svar <script>.")
    cases.close(case_id, CaseOutcome.ESCALATED)
    return case_id


def worked_case() -> Case:
    """Return the case. Each of its times is a minute after the one before."""
    minutes = count()
    noon = datetime(2026, 3, 1, 12, tzinfo=UTC)
    with UserState.in_memory(clock=lambda: noon + timedelta(minutes=next(minutes))) as state:
        return state.cases.get(work(state.cases))
