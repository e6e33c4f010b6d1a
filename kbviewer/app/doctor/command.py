"""`kbviewer doctor`."""

from __future__ import annotations

from kbviewer.app.commands import FOUND_PROBLEMS, Outcome, Session, as_json_text
from kbviewer.app.doctor.examination import examine


def run_doctor(session: Session, *, as_json: bool) -> Outcome:
    """Print what there is and what is wrong; the exit code says whether anything is."""
    report = examine(session.data, session.profile, session.libraries, session.policy)
    gettext = session.translator.gettext
    output = as_json_text(report.as_data(gettext)) if as_json else report.as_text(gettext)
    return Outcome(output, exit_code=0 if report.is_well else FOUND_PROBLEMS)
