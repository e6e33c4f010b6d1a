"""Migrations that are cut short: the old schema or the new one, never half of it, and a backup before."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kbviewer.state import backups
from kbviewer.state.migrations import MIGRATIONS
from kbviewer.state.opening import open_file, open_memory
from kbviewer.state.user_state import UserState

ROOT = Path(__file__).parents[3]
NEWEST = len(MIGRATIONS)
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
KILLED_PROGRAM = """
import os, signal, sqlite3, sys
from pathlib import Path
left = int(sys.argv[2])
class Mortal(sqlite3.Connection):
    def execute(self, sql, *parameters):
        global left
        changes = sql.split()[0] in {"CREATE", "ALTER", "UPDATE", "COMMIT", "DROP", "INSERT", "DELETE"}
        if changes or "user_version =" in sql:
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            left -= 1
        return super().execute(sql, *parameters)
connect = sqlite3.connect
sqlite3.connect = lambda *arguments, **options: connect(*arguments, **{"factory": Mortal, **options})
from kbviewer.state.user_state import UserState
with UserState.open(Path(sys.argv[1])) as state:
    assert state.saved, state.notice
    print("done")
"""
STATEMENTS = sum(len(step) + 2 for step in MIGRATIONS[1:])


def noon() -> datetime:
    return NOON


def schema(connection: sqlite3.Connection) -> list[tuple[str, ...]]:
    return connection.execute("SELECT type, name, sql FROM sqlite_schema ORDER BY type, name").fetchall()


@pytest.fixture(scope="module")
def schemas() -> Iterator[dict[int, list[tuple[str, ...]]]]:
    """The schema of every version, made without interruption."""
    made = {}
    for version in range(1, NEWEST + 1):
        with closing(open_memory(MIGRATIONS[:version])) as connection:
            made[version] = schema(connection)
    yield made


@pytest.fixture(scope="module")
def old_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of the first version with a tick in it."""
    path = tmp_path_factory.mktemp("old") / "state.sqlite"
    with closing(open_file(path, noon, migrations=MIGRATIONS[:1]).connection) as connection:
        connection.execute("INSERT INTO ticks VALUES ('kb1', 'a', '2026-01-01T00:00:00+00:00')")
    return path


@pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows has no SIGKILL")
def test_killed_at_any_statement_the_schema_is_old_or_new_and_a_backup_is_there(
    old_file: Path, schemas: dict[int, list[tuple[str, ...]]], tmp_path: Path
) -> None:
    """From the first version to the newest, killed before each statement that changes something."""
    seen = set()
    for left in range(STATEMENTS):
        path = tmp_path / str(left) / "state.sqlite"
        path.parent.mkdir()
        shutil.copy(old_file, path)
        killed = subprocess.run(
            [sys.executable, "-c", KILLED_PROGRAM, str(path), str(left)], cwd=ROOT, check=False, timeout=60
        )
        assert killed.returncode == -9, left

        with closing(sqlite3.connect(path)) as connection:
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            assert schema(connection) == schemas[version], left
            assert connection.execute("SELECT step FROM ticks").fetchall() == [("a",)]
        [backup] = path.parent.glob("state-version-1-*.sqlite")
        with closing(sqlite3.connect(backup)) as connection:
            assert schema(connection) == schemas[1]
            assert connection.execute("SELECT step FROM ticks").fetchall() == [("a",)]
        with UserState.open(path) as state:
            assert (state.saved, state.notice) == (True, None)
            assert state.ticks.done("kb1") == {"a"}
            assert state.database.read("PRAGMA user_version") == [(NEWEST,)]
        seen.add(version)
    assert seen == set(range(1, NEWEST))


def test_the_last_statement_is_the_last(old_file: Path, tmp_path: Path) -> None:
    """The test above has killed at every one of them."""
    path = tmp_path / "state.sqlite"
    shutil.copy(old_file, path)
    command = [sys.executable, "-c", KILLED_PROGRAM, str(path), str(STATEMENTS)]

    assert subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=60).stdout == b"done\n"


def test_a_program_that_is_slower_finds_the_work_done(old_file: Path, tmp_path: Path) -> None:
    """Two windows start after an update; the second must not migrate what the first has migrated."""
    path = tmp_path / "state.sqlite"
    shutil.copy(old_file, path)
    first = open_file(path, noon)
    second = open_file(path, noon)
    with closing(first.connection), closing(second.connection):
        assert first.saved
        assert second.saved
        assert second.notice is None


def test_a_backup_without_room_stops_the_migration(
    old_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a copy nothing is changed; the session says so, and no half copy is left."""
    path = tmp_path / "state.sqlite"
    shutil.copy(old_file, path)
    before = path.read_bytes()

    def full(*_arguments: object) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backups, "free_name", full)
    with UserState.open(path) as state:
        assert not state.saved
        assert "is full. Make room on it." in str(state.notice)
        assert state.ticks.done("kb1") == {"a"}
    assert path.read_bytes()[:100][60:64] == before[60:64]
    assert not list(tmp_path.glob("*backup*"))


def test_what_a_killed_program_left_of_a_backup_goes_with_the_next_one(
    old_file: Path, tmp_path: Path
) -> None:
    path = tmp_path / "state.sqlite"
    shutil.copy(old_file, path)
    for name in ("state-backup-1.part", "state-backup-2.part"):
        (tmp_path / name).write_bytes(b"half")
    os.utime(tmp_path / "state-backup-1.part", (0, 0))

    UserState.open(path).close()

    assert sorted(item.name for item in tmp_path.glob("*.part")) == ["state-backup-2.part"]


NEWER_PROGRAM = """
import os, signal, sqlite3, sys
from pathlib import Path
from kbviewer.state.user_state import UserState
state = UserState.open(Path(sys.argv[1]))
state.ticks.set_done("kb1", ["a"], True)
state.database.write("PRAGMA user_version = 99")
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows has no SIGKILL")
def test_newer_data_that_a_killed_program_left_in_the_journal_is_untouched(tmp_path: Path) -> None:
    """The file's header still has the older version then; what tells is in the journal beside it."""
    path = tmp_path / "state.sqlite"
    UserState.open(path).close()
    subprocess.run([sys.executable, "-c", NEWER_PROGRAM, str(path)], cwd=ROOT, check=False, timeout=60)
    files = [path, path.with_name("state.sqlite-wal")]
    before = [(file.read_bytes(), file.stat().st_mtime_ns) for file in files]
    assert before[0][0][60:64] == NEWEST.to_bytes(4, "big")

    for read_only in (False, True):
        with UserState.open(path, read_only=read_only) as older:
            assert not older.saved
            assert "later version" in str(older.notice)
            assert "Install the latest version" in str(older.notice)

    assert [(file.read_bytes(), file.stat().st_mtime_ns) for file in files] == before


def test_newer_file_keeps_its_bytes_and_its_time(tmp_path: Path) -> None:
    path = tmp_path / "state.sqlite"
    with UserState.open(path) as state:
        state.ticks.set_done("kb1", ["a"], True)
        state.database.write("PRAGMA user_version = 99")
    before = path.read_bytes(), path.stat().st_mtime_ns

    with UserState.open(path) as older:
        older.ticks.set_done("kb1", ["b"], True)
        assert not older.try_saving()

    assert (path.read_bytes(), path.stat().st_mtime_ns) == before
    assert [file.name for file in tmp_path.iterdir() if file.is_file()] == [path.name]
