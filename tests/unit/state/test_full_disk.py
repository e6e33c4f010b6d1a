"""Disks that are full or read-only, other programs on the same data: told, nothing lost, and it goes on."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from kbviewer.model.cases import StepOutcome
from kbviewer.model.errors import StateError
from kbviewer.state.user_state import UserState
from tests.support.case_article import swedish
from tests.support.disks import Disk, can_mount, full_disks, limited_files, set_read_only, small_disk

DISKS = full_disks()


@pytest.fixture(params=sorted(DISKS))
def disk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Disk]:
    with DISKS[request.param](tmp_path / "disk") as made:
        yield made


def database(disk: Disk) -> Path:
    return disk.folder / "profile" / "state.sqlite"


def test_what_does_not_fit_is_told_and_saved_when_there_is_room(disk: Disk) -> None:
    """The same window goes on: no restart, and what was there stays."""
    with UserState.open(database(disk)) as state:
        state.ticks.set_done("kb1", ["before"], True)
        disk.fill()

        with pytest.raises(StateError) as caught:
            for number in range(50):
                state.ticks.set_done("kb1", [f"{number}-{'x' * 3000}"], True)
        told = state.database.failure

        assert told is caught.value
        assert "could not be saved" in str(told)
        assert told.remedy is not None
        assert "before" in state.ticks.done("kb1")
        assert not state.try_saving()
        disk.free()
        assert state.try_saving()
        assert state.database.failure is None
        state.ticks.set_done("kb1", ["after"], True)
        kept = state.ticks.done("kb1")
    with UserState.open(database(disk)) as again:
        assert again.notice is None
        assert again.ticks.done("kb1") == kept >= {"before", "after"}
        assert again.database.read("PRAGMA quick_check") == [("ok",)]


def test_no_case_is_half_there_when_the_disk_fills_in_the_middle(disk: Disk) -> None:
    articles = [swedish(article_id=f"kb{number}") for number in range(40)]
    with UserState.open(database(disk)) as state:
        whole = state.cases.create("sv", "whole", articles[:3]).case_id
        disk.fill()
        with pytest.raises(StateError):
            for _ in range(50):
                state.cases.create("sv", "half", articles)
        disk.free()
        for case in state.cases.list():
            assert len(state.cases.get(case.id).articles) == (3 if case.id == whole else 40)
        for table in ("case_articles", "case_steps"):
            rows = state.database.read(
                f"SELECT count(*) FROM {table} WHERE case_id NOT IN (SELECT id FROM cases)"
            )
            assert rows == [(0,)]


def test_who_hears_of_it_hears_of_every_failure_and_of_the_end(disk: Disk) -> None:
    heard: list[bool] = []
    with UserState.open(database(disk)) as state:
        state.database.on_saving = lambda failure: heard.append(failure is not None)
        state.ticks.set_done("kb1", ["a"], True)
        assert heard == []
        disk.fill()
        for number in range(2):
            with pytest.raises(StateError):
                state.ticks.set_done("kb1", [f"{number}{step}{'x' * 2000}" for step in range(100)], True)
        state.try_saving()
        assert heard == [True, True]
        disk.free()
        state.ticks.set_done("kb1", ["b"], True)
        state.ticks.set_done("kb1", ["c"], True)
        assert heard == [True, True, False]


def test_a_session_that_began_on_a_full_disk_goes_on_in_the_file(disk: Disk) -> None:
    """What was done meanwhile comes with it, under the numbers that windows know it by."""
    with UserState.open(database(disk)) as state:
        state.ticks.set_done("kb1", ["before"], True)
        old = state.cases.create("sv", "old", [swedish()]).case_id
    disk.fill()
    with UserState.open(database(disk)) as session:
        assert not session.saved
        assert "room" in str(session.notice)
        session.ticks.set_done("kb1", ["meanwhile"], True)
        session.cases.set_step(old, swedish(), "open", StepOutcome.FAILED, "note")
        new = session.cases.create("sv", "new", [swedish()]).case_id
        note = session.cases.add_note(new, "typed").note_id
        assert not session.try_saving()
        disk.free()

        assert session.try_saving()

        assert session.notice is None
        session.cases.edit_note(new, note, "typed on")
    with UserState.open(database(disk)) as again:
        assert again.ticks.done("kb1") == {"before", "meanwhile"}
        assert [step.note for step in again.cases.get(old).steps] == ["note"]
        assert [entry.text for entry in again.cases.get(new).notes] == ["typed on"]


def test_an_export_that_does_not_fit_leaves_what_was_there(disk: Disk) -> None:
    with UserState.open(database(disk)) as state:
        state.data.export(disk.folder / "data.json")
        before = (disk.folder / "data.json").read_bytes()
        state.ticks.set_done("kb1", [f"{number}{'x' * 200}" for number in range(100)], True)
        disk.fill()

        with pytest.raises(StateError, match="make room on the disk"):
            state.data.export(disk.folder / "data.json")

        disk.free()
        assert (disk.folder / "data.json").read_bytes() == before
        assert not list(disk.folder.glob(".*.part"))


def test_an_import_that_does_not_fit_changes_nothing(disk: Disk, tmp_path: Path) -> None:
    ticks = [
        {"article": "kb2", "step": f"{number}{'x' * 200}", "ticked_at": "2026-03-01T12:00:00Z"}
        for number in range(50)
    ]
    document = {"format": "kbviewer-data", "version": 1, "tables": {"ticks": ticks}}
    (tmp_path / "data.json").write_text(json.dumps(document))
    with UserState.open(database(disk)) as state:
        state.ticks.set_done("kb1", ["a"], True)
        disk.fill()

        with pytest.raises(StateError):
            state.data.import_from(tmp_path / "data.json")

        assert state.ticks.done("kb2") == frozenset()
        disk.free()
        assert not list(database(disk).parent.glob("*before-import*"))
        assert not list(database(disk).parent.glob("*.part*"))
        assert state.data.import_from(tmp_path / "data.json").has_changed


def test_a_read_only_home_is_read_and_written_once_it_can_be(tmp_path: Path) -> None:
    """A session begins with what is there, says that nothing is saved, and saves it all in the end."""
    make = small_disk if can_mount() else limited_files
    with make(tmp_path / "disk") as disk:
        with UserState.open(database(disk)) as state:
            state.ticks.set_done("kb1", ["before"], True)
        set_read_only(disk.folder, True)
        try:
            before = database(disk).read_bytes()
            with UserState.open(database(disk)) as session:
                assert not session.saved
                assert "cannot be written to. Give yourself the right" in str(session.notice)
                assert session.ticks.done("kb1") == {"before"}
                session.ticks.set_done("kb1", ["meanwhile"], True)
                assert not session.try_saving()
                assert database(disk).read_bytes() == before
                set_read_only(disk.folder, False)

                assert session.try_saving()

            with UserState.open(database(disk)) as again:
                assert again.ticks.done("kb1") == {"before", "meanwhile"}
        finally:
            set_read_only(disk.folder, False)


def test_a_session_whose_numbers_another_program_has_taken_stays_apart(tmp_path: Path) -> None:
    """Else a window would write into a case that is not the one that it shows."""
    path = tmp_path / "state.sqlite"
    UserState.open(path).close()
    with closing(sqlite3.connect(path)) as blocker:
        blocker.execute("PRAGMA locking_mode = EXCLUSIVE")
        blocker.execute("BEGIN EXCLUSIVE")
        session = UserState.open(path)
    with session:
        assert not session.saved
        assert "in use by another program" in str(session.notice)
        mine = session.cases.create("sv", "mine").case_id
        with UserState.open(path) as other:
            theirs = other.cases.create("sv", "theirs").case_id
        assert mine == theirs

        with pytest.raises(StateError, match="Export your data, start the program again"):
            session.try_saving()

        assert not session.saved
        session.data.export(tmp_path / "data.json")
    with UserState.open(path) as again:
        again.data.import_from(tmp_path / "data.json")
        assert {case.reference for case in again.cases.list()} == {"mine", "theirs"}


def test_a_write_that_another_program_blocks_is_told_and_works_later(tmp_path: Path) -> None:
    path = tmp_path / "state.sqlite"
    with UserState.open(path) as state, UserState.open(path) as other:
        with other.database.writing():
            other.database.write("DELETE FROM ticks")
            with pytest.raises(StateError, match=r"your saved data is in use.*try again in a moment"):
                state.ticks.set_done("kb1", ["a"], True)

        state.ticks.set_done("kb1", ["a"], True)

        assert other.ticks.done("kb1") == {"a"}
        assert state.database.failure is None


def test_what_another_program_saves_can_be_noticed(tmp_path: Path) -> None:
    path = tmp_path / "state.sqlite"
    with UserState.open(path) as state, UserState.open(path) as other:
        before = state.database.version()
        state.ticks.set_done("kb1", ["mine"], True)
        assert state.database.version() == before

        other.ticks.set_done("kb1", ["theirs"], True)

        assert state.database.version() != before
