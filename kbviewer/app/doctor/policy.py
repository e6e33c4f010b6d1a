"""What the computer's administrator has laid down, and whether the file says it well."""

from __future__ import annotations

from pathlib import Path

from kbviewer.app.doctor.report import Report
from kbviewer.app.paths import check_libraries
from kbviewer.app.policy_file import machine_place
from kbviewer.app.shares import Shares
from kbviewer.model.errors import UsageError
from kbviewer.model.messages import N_, message
from kbviewer.model.policy import Policy


def look_at_policy(report: Report, policy: Policy, shares: Shares) -> None:
    """Tell where the policy comes from, what is wrong in it, and which of its libraries are not there."""
    report.add(
        "policy",
        file=policy.source,
        place=str(machine_place()),
        faults=len(policy.faults),
        libraries=list(policy.library_dirs),
    )
    for fault in policy.faults:
        report.complain(
            fault,
            message(
                N_("What is not understood is read as strictly as possible. Correct {path}."),
                path=policy.source,
            ),
        )
    for path in map(Path, policy.library_dirs):
        # Of what has not come from its share yet, the share is told of.
        if shares.fault(path) is not None:
            continue
        try:
            check_libraries([shares.place(path)])
        except UsageError:
            report.complain(
                message(N_("The policy names the library {path}, which is not there."), path=path),
                message(N_("Put it there, or take it out of “library_dirs” in {path}."), path=policy.source),
            )
