"""What was acknowledged of a case is never lost, and no case is half there: real processes, really killed."""

from __future__ import annotations

import subprocess
import sys
from itertools import islice
from pathlib import Path

import pytest

from kbviewer.state.user_state import UserState

ROOT = Path(__file__).parents[3]
WORKING_PROGRAM = """
import sys
from pathlib import Path
from kbviewer.model.cases import CaseOutcome, StepOutcome
from kbviewer.state.user_state import UserState
from tests.support.case_article import swedish
state = UserState.open(Path(sys.argv[1]))
cases = state.cases
articles = [swedish(article_id=f"kb{number}") for number in range(4)]
while True:
    case_id = cases.create("sv", "whole", articles[:3]).case_id
    print(case_id, "created", flush=True)
    for article in articles:
        for step in ("open", "write", "save", "again"):
            cases.set_step(case_id, article, step, StepOutcome.DONE, "x" * 500)
            print(case_id, article.id, step, flush=True)
    note = cases.add_note(case_id, "noted").note_id
    print(case_id, "noted", flush=True)
    cases.undo(cases.delete(case_id))
    cases.close(case_id, CaseOutcome.SOLVED)
    print(case_id, "closed", flush=True)
"""
KILLS = 20


@pytest.fixture(scope="module")
def acknowledged(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[list[str]]]:
    """One profile, twenty programs that work on cases in it and are killed in the middle."""
    path = tmp_path_factory.mktemp("profile") / "state.sqlite"
    lines: list[str] = []
    for run in range(KILLS):
        with subprocess.Popen(
            [sys.executable, "-c", WORKING_PROGRAM, str(path)],
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            cwd=ROOT,
        ) as program:
            assert program.stdout is not None
            lines += list(islice(program.stdout, 3 + 7 * run))
            program.kill()
            lines += [line for line in program.stdout if line.endswith("\n")]
    return path, [line.split() for line in lines]


def test_no_acknowledged_result_is_lost_in_twenty_kills(acknowledged: tuple[Path, list[list[str]]]) -> None:
    path, lines = acknowledged
    last_case = max(int(line[0]) for line in lines)
    with UserState.open(path) as state:
        assert state.notice is None
        assert len([line for line in lines if line[1] == "created"]) >= KILLS
        # A case that was being deleted and brought back when the program was killed may be gone.
        cases = {summary.id: state.cases.get(summary.id) for summary in state.cases.list()}
        kept = {(str(case.id), *step.key) for case in cases.values() for step in case.steps}
        noted = {int(line[0]) for line in lines if line[1] == "noted"}
        closed = {int(line[0]) for line in lines if line[1] == "closed"}
        may_be_gone = noted - closed
    assert last_case in cases or last_case in may_be_gone
    for line in lines:
        if int(line[0]) not in may_be_gone and len(line) == 3:
            assert tuple(line) in kept
    assert all(not cases[case_id].is_open for case_id in closed)
    assert all(cases[case_id].notes for case_id in closed)


def test_no_case_is_half_written(acknowledged: tuple[Path, list[list[str]]]) -> None:
    """A case is there with the articles that it was made with, a result with its article."""
    path, _lines = acknowledged
    with UserState.open(path, read_only=True) as state:
        for summary in state.cases.list():
            case = state.cases.get(summary.id)
            articles = {article.id for article in case.articles}
            assert {"kb0", "kb1", "kb2"} <= articles
            assert {step.article for step in case.steps} <= articles
            assert case.is_open or (len(case.steps), len(case.notes)) == (16, 1)
        whole = [summary.id for summary in state.cases.list()]
        for table in ("case_articles", "case_steps", "case_notes"):
            rows = state._database.read(f"SELECT DISTINCT case_id FROM {table}")
            assert {case_id for (case_id,) in rows} <= set(whole)
