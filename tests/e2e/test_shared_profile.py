"""Several programs on one profile: nothing of anybody is lost."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from kbviewer.state.user_state import UserState
from tests.e2e.test_cli import ROOT
from tests.e2e.test_window_process import PATIENCE_S

WRITING_PROGRAM = """
import sys
from pathlib import Path
from kbviewer.model.errors import StateError
from kbviewer.state.user_state import UserState
def keep(act, *arguments):
    while True:  # As a reader does who is told to try again in a moment.
        try:
            return act(*arguments)
        except StateError:
            pass
with UserState.open(Path(sys.argv[1])) as state:
    assert state.saved, state.notice
    for number in range(60):
        keep(state.ticks.set_done, "kb1", [f"{sys.argv[2]}-{number}"], True)
    case_id = keep(state.cases.create, "sv", sys.argv[2]).case_id
    for number in range(20):
        keep(state.cases.add_note, case_id, f"{sys.argv[2]} {number}")
"""


def test_two_processes_that_write_at_the_same_time_lose_nothing(profile: Path) -> None:
    """A second window in another session, or a script: both wait for each other, briefly."""
    profile.mkdir()
    running = [
        subprocess.Popen(
            [sys.executable, "-c", WRITING_PROGRAM, str(profile / "state.sqlite"), name], cwd=ROOT
        )
        for name in ("a", "b", "c")
    ]
    assert [process.wait(timeout=PATIENCE_S) for process in running] == [0, 0, 0]

    with UserState.open(profile / "state.sqlite") as state:
        assert len(state.ticks.done("kb1")) == 180
        assert {case.reference for case in state.cases.list()} == {"a", "b", "c"}
        for case in state.cases.list():
            assert len(state.cases.get(case.id).notes) == 20
