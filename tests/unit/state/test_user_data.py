"""The reader's data as one file: out of one profile and into another, as often as one likes."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from kbviewer.model.article import Article
from kbviewer.model.blocks import BulletList, ListRole, Paragraph
from kbviewer.model.cases import CaseOutcome, StepOutcome
from kbviewer.model.errors import StateError
from kbviewer.model.inline import Run
from kbviewer.model.progress import ReadingPlace
from kbviewer.model.triage import triage_questions
from kbviewer.state.data_columns import columns_of
from kbviewer.state.data_merge import Fate
from kbviewer.state.data_rules import LEFT_OUT, RULES
from kbviewer.state.migrations import MIGRATIONS
from kbviewer.state.opening import open_file
from kbviewer.state.user_state import UserState
from tests.support.case_article import swedish
from tests.support.exported import exported
from tests.support.worked_case import work

MakeState = Callable[[str], UserState]


@pytest.fixture
def make_state(tmp_path: Path) -> Iterator[MakeState]:
    """Makes profiles whose times are one series: what happens later is later, in whichever profile."""
    minutes = count()
    noon = datetime(2026, 3, 1, 12, tzinfo=UTC)
    opened: list[UserState] = []

    def make(name: str) -> UserState:
        state = UserState.open(
            tmp_path / name / "state.sqlite", clock=lambda: noon + timedelta(minutes=next(minutes))
        )
        opened.append(state)
        return state

    yield make
    for state in opened:
        state.close()


def fill(state: UserState) -> int:
    """Put something into every table; return the id of the case."""
    state.ticks.set_done("kb1", ["open", "save"], True)
    state.places.save(ReadingPlace("kb1", "sv", "client", 0.25))
    state.choices.set("kb1", "s0/m1", 1, None)
    state.answers.set_open("kb1", "faq-1", True)
    state.recents.record("kb1", "sv")
    state.searches.record("skrivare")
    state.comments.add("kb1", "sv", "client", "Oklart: å, ä, ö & 🙂\nrad två")
    folder = state.bookmarks.add_folder("Ofta").id
    state.bookmarks.add("kb1", "client", title="Ett", place="Klient", language="sv", folder=folder)
    state.annotations.write(
        "kb1", "client", "Oftast tjänsten", excerpt="Klient", title="Ett", language="sv", revision="5.0"
    )
    state.settings.set("theme", "dark")
    asked = BulletList(key="s0/l1", role=ListRole.TRIAGE, items=((Paragraph(runs=(Run("Vem?"),)),),))
    article = Article(id="kb3", language="sv", title="Tre", blocks=(asked,))
    (question,) = triage_questions(article)
    case_id = work(state.cases)
    state.cases.reopen(case_id)
    state.cases.answer_questions(case_id, article, {question.key: "Alla"})
    state.cases.close(case_id, CaseOutcome.ESCALATED)
    return case_id


def changes(fates: Any) -> Counter[Fate]:
    """Return what became of all rows together."""
    total: Counter[Fate] = Counter()
    for counted in fates.values():
        total.update(counted)
    return total


def test_every_table_of_the_schema_has_a_rule_or_a_reason() -> None:
    """A new table that nobody thought of would be left behind when the reader changes machines."""
    with UserState.in_memory() as state:
        names = {
            name for (name,) in state.database.read("SELECT name FROM sqlite_schema WHERE type = 'table'")
        }
    ruled = [rule.table for rule in RULES]

    assert names == {*ruled, *LEFT_OUT}
    assert len(ruled) == len(set(ruled))
    assert all(LEFT_OUT.values())


@pytest.mark.parametrize("rule", RULES, ids=[rule.table for rule in RULES])
def test_a_rule_speaks_of_columns_that_are_there_and_of_keys_that_are_unique(rule: Any) -> None:
    """A key that the table does not keep unique would make imports double rows."""
    with UserState.in_memory() as state:
        columns = columns_of(state.database, rule)
        names = {column.name for column in columns}
        primary = {
            name
            for name, in_key in state.database.read(
                "SELECT name, pk FROM pragma_table_info(?)", (rule.table,)
            )
            if in_key
        }
        unique = [
            {name for (name,) in state.database.read("SELECT name FROM pragma_index_info(?)", (index,))}
            for (index,) in state.database.read(
                "SELECT name FROM pragma_index_list(?) WHERE origin = 'u'", (rule.table,)
            )
        ]
    assert {*rule.key, *rule.newest_by} <= names
    assert set(rule.key) in (primary, *unique) or (primary == {"id"} and rule.key == ("origin",))
    assert all(name.endswith("_at") for name in rule.newest_by)
    assert {column.kind for column in columns} <= {"TEXT", "INTEGER", "REAL"}


def test_an_empty_profile_takes_in_everything(make_state: MakeState, tmp_path: Path) -> None:
    first, second = make_state("first"), make_state("second")
    case_id = fill(first)
    before = exported(first, tmp_path / "data.json")
    assert all(before.values()), [table for table, rows in before.items() if not rows]

    imported = second.data.import_from(tmp_path / "data.json")

    assert set(changes(imported.fates)) == {Fate.NEW}
    assert imported.fates["Cases"] == {Fate.NEW: 1}
    assert imported.fates["Ticks"] == {Fate.NEW: 2}
    assert exported(second, tmp_path / "again.json") == before
    [summary] = second.cases.list()
    ours, theirs = first.cases.get(case_id), second.cases.get(summary.id)
    assert (theirs.steps, theirs.articles, theirs.answers) == (ours.steps, ours.articles, ours.answers)
    assert [note.text for note in theirs.notes] == [note.text for note in ours.notes]


def test_importing_twice_changes_nothing(make_state: MakeState, tmp_path: Path) -> None:
    first, second = make_state("first"), make_state("second")
    fill(first)
    first.data.export(tmp_path / "data.json")
    second.data.import_from(tmp_path / "data.json")
    files = sorted(path.name for path in (tmp_path / "second").iterdir())
    before = exported(second, tmp_path / "before.json")

    again = second.data.import_from(tmp_path / "data.json")

    assert not again.has_changed
    assert again.backup == ""
    assert exported(second, tmp_path / "after.json") == before
    assert sorted(path.name for path in (tmp_path / "second").iterdir()) == files


def test_an_own_export_changes_nothing(make_state: MakeState, tmp_path: Path) -> None:
    state = make_state("first")
    fill(state)
    state.data.export(tmp_path / "data.json")

    assert set(changes(state.data.import_from(tmp_path / "data.json").fates)) == {Fate.UNCHANGED}


def test_ids_of_two_machines_do_not_meet(make_state: MakeState, tmp_path: Path) -> None:
    """Both machines have a case 1, a note 1 and a comment 1."""
    first, second = make_state("first"), make_state("second")
    for state, reference in ((first, "A"), (second, "B")):
        case_id = state.cases.create("sv", reference, [swedish()]).case_id
        state.cases.add_note(case_id, f"note of {reference}")
        state.comments.add("kb1", "sv", "", f"comment of {reference}")
    first.data.export(tmp_path / "data.json")

    second.data.import_from(tmp_path / "data.json")

    cases = [second.cases.get(case.id) for case in second.cases.list()]
    assert {(case.reference, case.notes[0].text) for case in cases} == {
        ("A", "note of A"),
        ("B", "note of B"),
    }
    assert [comment.text for comment in second.comments.list()] == ["comment of A", "comment of B"]


def test_a_case_that_both_have_changed_is_put_together(make_state: MakeState, tmp_path: Path) -> None:
    """The later result of a step wins, results and notes of either side stay, the later end counts."""
    first, second = make_state("first"), make_state("second")
    case_id = first.cases.create("sv", "INC", [swedish()]).case_id
    first.cases.set_step(case_id, swedish(), "open", StepOutcome.DONE)
    first.data.export(tmp_path / "start.json")
    second.data.import_from(tmp_path / "start.json")
    other_id = second.cases.list()[0].id

    first.cases.set_step(case_id, swedish(), "open", StepOutcome.FAILED, "first, earlier")
    second.cases.set_step(other_id, swedish(), "open", StepOutcome.SKIPPED, "second, later")
    second.cases.set_step(other_id, swedish(), "write", StepOutcome.FAILED, "second, earlier")
    first.cases.set_step(case_id, swedish(), "write", StepOutcome.DONE, "first, later")
    first.cases.set_step(case_id, swedish(), "save", StepOutcome.DONE)
    first.cases.add_note(case_id, "note of the first")
    second.cases.add_note(other_id, "note of the second")
    first.cases.set_reference(case_id, "INC-1")
    second.cases.close(other_id, CaseOutcome.SOLVED)
    first.data.export(tmp_path / "first.json")
    second.data.export(tmp_path / "second.json")

    imported = second.data.import_from(tmp_path / "first.json")
    first.data.import_from(tmp_path / "second.json")

    assert imported.fates["Cases"] == {Fate.UPDATED: 1}
    for state, number in ((first, case_id), (second, other_id)):
        case = state.cases.get(number)
        assert {step.step: (step.outcome, step.note) for step in case.steps} == {
            "open": (StepOutcome.SKIPPED, "second, later"),
            "write": (StepOutcome.DONE, "first, later"),
            "save": (StepOutcome.DONE, ""),
        }
        assert [note.text for note in case.notes] == ["note of the first", "note of the second"]
        assert case.outcome is CaseOutcome.SOLVED
    assert exported(first, tmp_path / "a.json") == exported(second, tmp_path / "b.json")


def test_an_older_file_overwrites_nothing_and_brings_back_what_is_gone(
    make_state: MakeState, tmp_path: Path
) -> None:
    """A file from last week is a safety net, not a step back."""
    state = make_state("first")
    case_id = fill(state)
    state.data.export(tmp_path / "old.json")
    state.cases.reopen(case_id)
    state.cases.set_step(case_id, swedish(), "save", StepOutcome.DONE, "now")
    state.places.save(ReadingPlace("kb1", "en", "swap", 0.75))
    state.choices.set("kb1", "s0/m1", 0, 0)
    state.settings.set("theme", "light")
    state.ticks.set_done("kb1", ["save"], False)
    kept = state.cases.get(case_id)
    deleted = state.comments.list()[0]
    state.comments.delete(deleted.id)

    imported = state.data.import_from(tmp_path / "old.json")

    assert state.cases.get(case_id) == kept
    place = state.places.load("kb1")
    assert place is not None
    assert place.anchor == "swap"
    assert state.choices.get("kb1", "s0/m1") == (0, 0)
    assert state.settings.values.theme == "light"
    assert state.ticks.done("kb1") == {"open", "save"}
    assert [comment.text for comment in state.comments.list()] == [deleted.text]
    assert changes(imported.fates)[Fate.NEW] == 2


def test_undo_of_a_deletion_keeps_what_the_case_is_called(make_state: MakeState, tmp_path: Path) -> None:
    """Else an import would make it twice."""
    state = make_state("first")
    case_id = fill(state)
    state.data.export(tmp_path / "data.json")
    state.cases.undo(state.cases.delete(case_id))

    assert not state.data.import_from(tmp_path / "data.json").has_changed
    assert len(state.cases.list()) == 1


def test_stores_with_a_limit_keep_the_latest_of_both(make_state: MakeState, tmp_path: Path) -> None:
    first, second = make_state("first"), make_state("second")
    for number in range(8):
        first.searches.record(f"first {number}")
        second.searches.record(f"second {number}")
    first.data.export(tmp_path / "data.json")

    imported = second.data.import_from(tmp_path / "data.json")

    newest_first = [f"{side} {number}" for number in range(7, 2, -1) for side in ("second", "first")]
    assert second.searches.latest() == newest_first
    assert imported.fates["Searches"] == {Fate.NEW: 5, Fate.UNCHANGED: 3}
    assert not second.data.import_from(tmp_path / "data.json").has_changed


def test_dry_run_says_the_same_and_changes_nothing(make_state: MakeState, tmp_path: Path) -> None:
    first, second = make_state("first"), make_state("second")
    fill(first)
    first.data.export(tmp_path / "data.json")
    before = exported(second, tmp_path / "before.json")

    rehearsed = second.data.import_from(tmp_path / "data.json", dry_run=True)

    assert exported(second, tmp_path / "after.json") == before
    assert rehearsed.backup == ""
    assert rehearsed.fates == second.data.import_from(tmp_path / "data.json").fates


def test_a_backup_is_made_before_and_only_its_owner_can_read_it(
    make_state: MakeState, tmp_path: Path
) -> None:
    first, second = make_state("first"), make_state("second")
    fill(first)
    second.ticks.set_done("kb9", ["mine"], True)
    first.data.export(tmp_path / "data.json")

    imported = second.data.import_from(tmp_path / "data.json")

    backup = tmp_path / "second" / imported.backup
    assert backup.name.startswith("state-before-import-2026-03-01-")
    assert backup.stat().st_mode & 0o777 == 0o600
    with UserState.open(backup, read_only=True) as kept:
        assert kept.ticks.done("kb9") == {"mine"}
        assert kept.ticks.done("kb1") == frozenset()
    assert not list((tmp_path / "second").glob("*.part*"))


def test_old_rows_get_the_same_names_in_every_copy_of_a_profile(tmp_path: Path) -> None:
    """A profile copied to a new machine before the update must not double its cases after it."""
    times = count()

    def clock() -> datetime:
        return datetime(2026, 3, 1, 12, next(times), tzinfo=UTC)

    for name in ("first", "second"):
        opened = open_file(tmp_path / name / "state.sqlite", clock, migrations=MIGRATIONS[:3])
        with closing(opened.connection) as old:
            at = "2026-01-01T00:00:00.000000+00:00"
            old.execute(
                "INSERT INTO cases (reference, language, started_at, outcome) VALUES ('A', 'sv', ?, 'open')",
                (at,),
            )
            old.execute(
                "INSERT INTO case_articles VALUES (1, 'kb1', 'sv', 'Ett', '', ?)",
                (at,),
            )
            old.execute("INSERT INTO case_notes (case_id, text, written_at) VALUES (1, 'n', ?)", (at,))
            old.execute(
                "INSERT INTO comments (article, language, anchor, text, written_at)"
                " VALUES ('kb1', 'sv', '', 'c', ?)",
                (at,),
            )
    with (
        UserState.open(tmp_path / "first" / "state.sqlite") as first,
        UserState.open(tmp_path / "second" / "state.sqlite") as second,
    ):
        first.data.export(tmp_path / "data.json")
        imported = second.data.import_from(tmp_path / "data.json")

    assert set(changes(imported.fates)) == {Fate.UNCHANGED}


def test_an_import_that_fails_in_the_middle_changes_nothing(
    make_state: MakeState, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All of a file or nothing of it."""
    first, second = make_state("first"), make_state("second")
    fill(first)
    first.data.export(tmp_path / "data.json")
    before = exported(second, tmp_path / "before.json")
    write = second.database.write
    writes = count()

    def full_in_the_middle(sql: str, parameters: Any = ()) -> int:
        if next(writes) == 10:
            raise second.database._failed(sqlite3.OperationalError("no room"))
        return write(sql, parameters)

    monkeypatch.setattr(second.database, "write", full_in_the_middle)
    with pytest.raises(StateError, match="no room"):
        second.data.import_from(tmp_path / "data.json")
    monkeypatch.undo()

    assert next(writes) > 10
    assert not list((tmp_path / "second").glob("*before-import*"))
    assert exported(second, tmp_path / "after.json") == before


def test_a_session_that_saves_nothing_imports_nothing_but_exports(
    make_state: MakeState, tmp_path: Path
) -> None:
    """What cannot be saved can still be taken along."""
    first = make_state("first")
    fill(first)
    first.data.export(tmp_path / "data.json")
    with UserState.in_memory() as session:
        session.ticks.set_done("kb7", ["only-here"], True)
        assert exported(session, tmp_path / "session.json")["ticks"][0]["step"] == "only-here"

        with pytest.raises(StateError, match="Nothing is saved in this session"):
            session.data.import_from(tmp_path / "data.json")
