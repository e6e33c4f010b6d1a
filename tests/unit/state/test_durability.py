"""What was acknowledged is never lost: real processes, killed for real."""

from __future__ import annotations

import subprocess
import sys
from itertools import islice
from pathlib import Path

import pytest

from kbviewer.state.user_state import UserState

TICKING_PROGRAM = """
import sys
from pathlib import Path
from kbviewer.state.user_state import UserState
state = UserState.open(Path(sys.argv[1]))
run = sys.argv[2]
for number in range(1_000_000):
    state.ticks.set_done("kb1", [f"{run}-{number}"], True)
    print(f"{run}-{number}", flush=True)
"""
KILLS = 20


@pytest.fixture(scope="module")
def acknowledged(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, set[str]]:
    """One profile, twenty programs that tick in it and are killed in the middle."""
    path = tmp_path_factory.mktemp("profile") / "state.sqlite"
    steps: set[str] = set()
    for run in range(KILLS):
        with subprocess.Popen(
            [sys.executable, "-c", TICKING_PROGRAM, str(path), str(run)],
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        ) as program:
            assert program.stdout is not None
            steps.update(line.strip() for line in islice(program.stdout, 3 + 7 * run))
            program.kill()
            steps.update(line.strip() for line in program.stdout if line.endswith("\n"))
    return path, steps


def test_no_acknowledged_tick_is_lost_in_twenty_kills(acknowledged: tuple[Path, set[str]]) -> None:
    path, steps = acknowledged
    with UserState.open(path) as state:
        assert state.notice is None
        assert len({step.partition("-")[0] for step in steps}) == KILLS
        assert state.ticks.done("kb1") >= steps


def test_at_most_the_tick_in_flight_is_there_unacknowledged(acknowledged: tuple[Path, set[str]]) -> None:
    path, steps = acknowledged
    with UserState.open(path, read_only=True) as state:
        assert len(state.ticks.done("kb1") - steps) <= KILLS
