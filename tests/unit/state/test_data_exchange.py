"""Two machines that exchange their files end up with the same data, whatever was done where."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from kbviewer.model.cases import StepOutcome
from kbviewer.state.user_state import UserState
from tests.support.case_article import swedish
from tests.support.exported import exported

STEPS = st.sampled_from(["open", "write", "save", "again"])
OUTCOMES = st.sampled_from(list(StepOutcome))
DEEDS = st.lists(st.tuples(st.booleans(), STEPS, OUTCOMES, st.text(max_size=5)), max_size=12)


@given(DEEDS)
def test_two_machines_agree_after_exchanging_files_in_either_order(
    tmp_path: Path, deeds: list[tuple[bool, str, StepOutcome, str]]
) -> None:
    """Whatever was done where: each takes the other's file, and both have the same."""
    minutes = count()
    noon = datetime(2026, 3, 1, 12, tzinfo=UTC)

    def clock() -> datetime:
        return noon + timedelta(minutes=next(minutes))

    folder = tmp_path / "run"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    with (
        UserState.open(folder / "a.sqlite", clock=clock) as a,
        UserState.open(folder / "b.sqlite", clock=clock) as b,
    ):
        a.cases.create("sv", "one", [swedish()])
        a.data.export(folder / "start.json")
        b.data.import_from(folder / "start.json")
        for on_first, step, outcome, note in deeds:
            state = a if on_first else b
            number = state.cases.list()[-1].id
            state.cases.set_step(number, swedish(), step, outcome, note)
            state.ticks.set_done("kb1", [step], True)
            if note.strip():
                state.comments.add("kb1", "sv", "", note)
        a.data.export(folder / "a.json")
        b.data.export(folder / "b.json")
        a.data.import_from(folder / "b.json")
        b.data.import_from(folder / "a.json")
        assert exported(a, folder / "a2.json") == exported(b, folder / "b2.json")
        assert not a.data.import_from(folder / "b2.json").has_changed
