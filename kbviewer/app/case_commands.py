"""`kbviewer case`: what the technician has done, read from the profile and never changed."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from kbviewer.app.commands import Outcome, Session, as_json_text
from kbviewer.content import export
from kbviewer.content.export.case_contents import outcome_name, step_outcome_name
from kbviewer.content.export.plain_text import printable
from kbviewer.model.article import Article
from kbviewer.model.case_changes import step_changes
from kbviewer.model.cases import Case, CaseOutcome, CaseSummary, StepChange, StepResult
from kbviewer.state.kept_cases import case_not_found
from kbviewer.state.user_state import open_to_read

Changes = Mapping[tuple[str, str], StepChange]


def run_case_command(session: Session, options: argparse.Namespace) -> Outcome:
    """Run the command that the arguments name.

    Raises:
        CaseNotFoundError: there is no case with the id.
        StateError: the profile cannot be read.
        UsageError: a library is no folder.
    """
    match options.case_command:
        case "list":
            outcome = CaseOutcome(options.outcome) if options.outcome else None
            return list_cases(session, " ".join(options.text), outcome, as_json=options.json)
        case "show":
            return show_case(session, options.case, as_json=options.json)
        case _:
            return report_case(session, options.case, options.format)


def list_cases(session: Session, text: str, outcome: CaseOutcome | None, *, as_json: bool) -> Outcome:
    """List the cases, newest first."""
    with open_to_read(session.profile.state) as state:
        cases = state.cases.list(text, outcome)
    if as_json:
        return Outcome(as_json_text({"cases": [_summary_as_json(case) for case in cases]}))
    lines = [line for case in cases for line in _summary_lines(session, case)]
    remark = "" if cases else session.translator.gettext("No cases.")
    return Outcome(_lines_as_text(lines), remark)


def show_case(session: Session, case_id: str, *, as_json: bool) -> Outcome:
    """Print a case for people or programs."""
    case = _case(session, case_id)
    changes = step_changes(case, _articles(session, case))
    if as_json:
        return Outcome(as_json_text(_case_as_json(case, changes)))
    return Outcome(_lines_as_text(_case_lines(session, case, changes)))


def report_case(session: Session, case_id: str, form: str) -> Outcome:
    """Print the report of a case as text, markdown or html, in the language of the session."""
    case = _case(session, case_id)
    speech = export.Speech.of(session.translator)
    return Outcome(export.case_report(case, _articles(session, case), export.ReportForm(form), speech))


def _case(session: Session, case_id: str) -> Case:
    number = int(case_id) if case_id.isascii() and case_id.isdecimal() and len(case_id) < 20 else 0
    if not number:
        raise case_not_found(case_id)
    with open_to_read(session.profile.state) as state:
        return state.cases.get(number)


def _articles(session: Session, case: Case) -> Sequence[Article]:
    libraries = session.open_libraries()
    return export.articles_of_case(case, libraries, session.translator.language)


def _summary_lines(session: Session, case: CaseSummary) -> Iterator[str]:
    outcome = outcome_name(case.outcome, session.translator.gettext)
    yield f"{case.id}  {_time(session, case.started)}  {outcome}  {case.reference}"
    for title in case.titles:
        yield f"    {title}"


def _case_lines(session: Session, case: Case, changes: Changes) -> Iterator[str]:
    gettext = session.translator.gettext
    outcome = outcome_name(case.outcome, gettext)
    yield f"{case.id}  {_time(session, case.started)}  {outcome}  {case.reference}"
    for article in case.articles:
        yield ""
        yield article.title
        revision = article.revision or gettext("Unknown")
        yield f"  {article.id} ({article.language}), {gettext('Revision')}: {revision}"
        for answer in case.answers:
            if answer.article == article.id:
                yield "  " + " – ".join(filter(None, [answer.row_text, answer.column_text, answer.category]))
        for said in case.questions:
            if said.article == article.id:
                yield f"  {said.text}"
                yield from (f"    {line}" for line in said.answer.split("\n") if line)
        for step in case.steps:
            if step.article == article.id:
                yield from _step_lines(session, step, changes[step.key])
    for note in case.notes:
        yield ""
        yield f"{_time(session, note.written)}:"
        yield from (f"  {line}" for line in note.text.split("\n"))


def _step_lines(session: Session, step: StepResult, change: StepChange) -> Iterator[str]:
    gettext = session.translator.gettext
    remark = {
        StepChange.UNCHANGED: "",
        StepChange.CHANGED: " " + gettext("(changed since)"),
        StepChange.GONE: " " + gettext("(no longer in the article)"),
    }[change]
    result = step_outcome_name(step.outcome, gettext)
    yield f"  {step.number}. {step.text}{remark}"
    yield f"    {result}, {_time(session, step.set_at)}"
    yield from (f"    {line}" for line in step.note.split("\n") if line)


def _summary_as_json(case: CaseSummary) -> dict[str, Any]:
    """Return the case as values; names and types are a contract with scripts."""
    return {
        "id": case.id,
        "reference": case.reference,
        "language": case.language,
        "started": _iso(case.started),
        "outcome": case.outcome.value,
        "closed": _iso(case.closed),
        "titles": list(case.titles),
        "steps": case.steps,
    }


def _case_as_json(case: Case, changes: Changes) -> dict[str, Any]:
    """Return the case as values; names and types are a contract with scripts."""
    return {
        "id": case.id,
        "reference": case.reference,
        "language": case.language,
        "started": _iso(case.started),
        "outcome": case.outcome.value,
        "closed": _iso(case.closed),
        "articles": [
            {
                "article": article.id,
                "language": article.language,
                "title": article.title,
                "revision": article.revision,
                "added": _iso(article.added),
            }
            for article in case.articles
        ],
        "answers": [
            {
                "article": answer.article,
                "matrix": answer.matrix,
                "row": answer.row,
                "column": answer.column,
                "row_text": answer.row_text,
                "column_text": answer.column_text,
                "category": answer.category,
                "language": answer.language,
                "answered": _iso(answer.answered),
            }
            for answer in case.answers
        ],
        "questions": [
            {
                "article": said.article,
                "question": said.question,
                "text": said.text,
                "language": said.language,
                "answer": said.answer,
                "answered": _iso(said.answered),
            }
            for said in case.questions
        ],
        "steps": [
            {
                "article": step.article,
                "step": step.step,
                "number": step.number,
                "text": step.text,
                "language": step.language,
                "outcome": step.outcome.value,
                "note": step.note,
                "set_at": _iso(step.set_at),
                "fingerprint": step.fingerprint,
                "change": changes[step.key].value,
            }
            for step in case.steps
        ],
        "notes": [
            {
                "id": note.id,
                "text": note.text,
                "written": _iso(note.written),
                "edited": _iso(note.edited),
            }
            for note in case.notes
        ],
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None


def _time(session: Session, moment: datetime) -> str:
    """Return day and minute in the zone of the computer."""
    return session.translator.local_time(moment)


def _lines_as_text(lines: Iterator[str] | Sequence[str]) -> str:
    """Return lines that a terminal can be shown."""
    return "".join(f"{printable(line)}\n" for line in lines)
