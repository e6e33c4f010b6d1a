"""Two machines that exchange their files end up with the same data, whatever was done where."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbviewer.model.cases import StepOutcome
from kbviewer.state import data_merge, user_data
from kbviewer.state.data_rules import RULES, Reference, Rule
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


SHELVES = Rule(
    "shelves",
    "Shelves",
    ("made_at", "name"),
    refers=Reference("inside", "inside", "shelves", "made_at", is_optional=True),
)
SHELF = """CREATE TABLE shelves (
    id INTEGER PRIMARY KEY AUTOINCREMENT, inside INTEGER NOT NULL, name TEXT NOT NULL, made_at TEXT NOT NULL
) STRICT"""


def test_rows_that_refer_to_rows_of_their_own_table_find_them_on_another_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Folders and what lies in them: ids differ, and the folder may come later in the file."""
    for module in (data_merge, user_data):
        monkeypatch.setattr(module, "RULES", (*RULES, SHELVES))
    with UserState.open(tmp_path / "a.sqlite") as a, UserState.open(tmp_path / "b.sqlite") as b:
        for state in (a, b):
            state.database.write(SHELF)
        b.database.write(
            "INSERT INTO shelves (inside, name, made_at) VALUES (0, 'mine', ?)",
            ("2026-01-09T00:00:00.000000+00:00",),
        )
        for inside, name, day in ((2, "book", "01"), (0, "shelf", "02"), (0, "loose", "03")):
            a.database.write(
                "INSERT INTO shelves (inside, name, made_at) VALUES (?, ?, ?)",
                (inside, name, f"2026-01-{day}T00:00:00.000000+00:00"),
            )
        a.data.export(tmp_path / "a.json")

        imported = b.data.import_from(tmp_path / "a.json")

        assert imported.fates["Shelves"].total() == 3
        rows = b.database.read(
            "SELECT own.name, coalesce(other.name, '') FROM shelves AS own"
            " LEFT JOIN shelves AS other ON other.id = own.inside ORDER BY own.name"
        )
        assert rows == [("book", "shelf"), ("loose", ""), ("mine", ""), ("shelf", "")]
        assert not b.data.import_from(tmp_path / "a.json").has_changed
