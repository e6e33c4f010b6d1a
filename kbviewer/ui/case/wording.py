"""What cases are called and how they stand, in the reader's words. Knows no Qt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from kbviewer.i18n.translator import Translator
from kbviewer.model.cases import CaseOutcome, StepOutcome


def case_name(case_id: int, reference: str, translator: Translator) -> str:
    """Return "Case 12 · INC-123", the number alone without a reference."""
    name = translator.gettext("Case {id}").format(id=case_id)
    return f"{name} · {reference}" if reference else name


def outcome_title(outcome: CaseOutcome, translator: Translator) -> str:
    """Return what a case with that outcome is, to stand alone: "Solved"."""
    _ = translator.gettext
    return {
        CaseOutcome.OPEN: _("Open case"),
        CaseOutcome.SOLVED: _("Solved case"),
        CaseOutcome.ESCALATED: _("Escalated case"),
    }[outcome]


def result_counts(results: Mapping[StepOutcome, int], translator: Translator) -> str:
    """Return "3 done, 1 failed"; "no results yet" for none."""
    ngettext = translator.ngettext
    done, failed, skipped = (results.get(outcome, 0) for outcome in StepOutcome)
    parts = [
        ngettext("{count} done", "{count} done", done).format(count=done) if done else "",
        ngettext("{count} failed", "{count} failed", failed).format(count=failed) if failed else "",
        ngettext("{count} skipped", "{count} skipped", skipped).format(count=skipped) if skipped else "",
    ]
    return ", ".join(part for part in parts if part) or translator.gettext("no results yet")


def short_time(moment: datetime) -> str:
    """Return day and minute in the zone of the computer, alike in all languages: 2026-03-01 12:00."""
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"


def joined(parts: Iterable[str]) -> str:
    """Return the parts that are there, with a dot between them."""
    return " · ".join(part for part in parts if part)
