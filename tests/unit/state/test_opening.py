"""Opening the reader's data, whatever is found where it should be."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kbviewer.state.filesystem import filesystem_of
from kbviewer.state.migrations import MIGRATIONS
from kbviewer.state.opening import open_file
from kbviewer.state.user_state import UserState

NOON = datetime(2026, 3, 1, 12, 0, 0, tzinfo=UTC)


def noon() -> datetime:
    return NOON


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "profile" / "state.sqlite"


@pytest.fixture
def state(path: Path) -> Iterator[UserState]:
    with UserState.open(path, clock=noon) as opened:
        yield opened


def ticked(path: Path, *, read_only: bool = False) -> frozenset[str]:
    with UserState.open(path, read_only=read_only, clock=noon) as opened:
        return opened.ticks.done("kb1")


def test_missing_folders_are_made_and_there_is_nothing_to_tell(state: UserState, path: Path) -> None:
    assert path.exists()
    assert state.saved
    assert state.notice is None


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_only_the_owner_can_read_what_is_saved(state: UserState, path: Path) -> None:
    """Also in a folder that others may look into, as one that was there before."""
    state.ticks.set_done("kb1", ["a"], True)

    assert {file.stat().st_mode & 0o777 for file in path.parent.iterdir()} == {0o600}


def test_journal_is_wal_and_every_commit_is_synced(state: UserState) -> None:
    """WAL with FULL is what survives a power cut without a slow tick."""
    assert state._database.read("PRAGMA journal_mode") == [("wal",)]
    assert state._database.read("PRAGMA synchronous") == [(2,)]


def test_what_was_saved_is_there_next_time(state: UserState, path: Path) -> None:
    state.ticks.set_done("kb1", ["a", "b"], True)
    state.close()

    assert ticked(path) == {"a", "b"}


def test_two_windows_on_one_profile_see_each_other(state: UserState, path: Path) -> None:
    with UserState.open(path, clock=noon) as other:
        other.ticks.set_done("kb1", ["a"], True)

        assert state.ticks.done("kb1") == {"a"}


def test_folder_that_cannot_be_made_gives_a_session_in_memory(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")

    with UserState.open(tmp_path / "file" / "state.sqlite", clock=noon) as state:
        state.ticks.set_done("kb1", ["a"], True)

        assert state.ticks.done("kb1") == {"a"}
        assert not state.saved
        assert "cannot be written to" in str(state.notice)
        assert str(tmp_path / "file") in str(state.notice)


def test_folder_in_place_of_the_file_gives_a_session_in_memory(path: Path) -> None:
    path.mkdir(parents=True)

    with UserState.open(path, clock=noon) as state:
        assert not state.saved
        assert "cannot be written to" in str(state.notice)


READ_ONLY_PROGRAM = """
import os, sys
from pathlib import Path
from kbviewer.state import notices  # while it may still be read
from kbviewer.state.user_state import UserState
if os.getuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
with UserState.open(Path(sys.argv[1])) as state:
    state.ticks.set_done("kb1", ["b"], True)
    print(sorted(state.ticks.done("kb1")), state.saved, state.notice)
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_profile_that_may_not_be_written_is_read_and_left_alone(state: UserState, path: Path) -> None:
    """A profile on a read-only share: the reader sees the old ticks, and that new ones are not kept."""
    state.ticks.set_done("kb1", ["a"], True)
    state.close()
    before = path.read_bytes()
    path.chmod(0o444)
    path.parent.chmod(0o555)
    opened_up = [
        folder for folder in path.parents if folder.stat().st_uid == os.getuid() and folder != Path("/")
    ]
    modes = {folder: folder.stat().st_mode for folder in opened_up}
    try:
        for folder in opened_up:
            folder.chmod(modes[folder] | 0o055)
        answer = subprocess.run(
            [sys.executable, "-c", READ_ONLY_PROGRAM, str(path)],
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=True,
            timeout=60,
        )
    finally:
        for folder, mode in modes.items():
            folder.chmod(mode)
        path.parent.chmod(0o755)

    assert answer.stdout.startswith("['a', 'b'] False The folder")
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "damage",
    [
        b"not a database at all, but long enough to be looked at" * 40,
        b"SQLite format 3\0" + b"\xff" * 5000,
        b"x",
    ],
)
def test_damaged_file_is_kept_under_a_dated_name_and_a_new_one_made(path: Path, damage: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(damage)

    with UserState.open(path, clock=noon) as state:
        state.ticks.set_done("kb1", ["a"], True)

        kept = path.with_name("state-damaged-2026-03-01-120000.sqlite")
        assert kept.read_bytes() == damage
        assert state.saved
        assert kept.name in str(state.notice)
    assert ticked(path) == {"a"}


def test_pages_broken_in_the_middle_count_as_damage(state: UserState, path: Path) -> None:
    state.ticks.set_done("kb1", [f"step-{number}" for number in range(2000)], True)
    state.close()
    content = bytearray(path.read_bytes())
    content[4096 * 2 :] = b"\x5a" * (len(content) - 4096 * 2)
    path.write_bytes(content)

    with UserState.open(path, clock=noon) as again:
        assert "was damaged" in str(again.notice)
        assert again.ticks.done("kb1") == frozenset()


def test_second_damage_in_the_same_second_overwrites_nothing(path: Path) -> None:
    path.parent.mkdir()
    for damage in (b"first" * 300, b"second" * 300):
        path.write_bytes(damage)
        UserState.open(path, clock=noon).close()
        for companion in path.parent.glob("state.sqlite-*"):
            companion.unlink()

    assert path.with_name("state-damaged-2026-03-01-120000.sqlite").read_bytes() == b"first" * 300
    assert path.with_name("state-damaged-2026-03-01-120000-2.sqlite").read_bytes() == b"second" * 300


def test_database_of_another_program_is_kept_aside(path: Path) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE theirs (id)")

    with UserState.open(path, clock=noon) as state:
        assert "was damaged" in str(state.notice)
    with closing(sqlite3.connect(path.with_name("state-damaged-2026-03-01-120000.sqlite"))) as kept:
        assert kept.execute("SELECT count(*) FROM theirs").fetchone() == (0,)


def test_file_of_a_later_version_is_left_untouched(state: UserState, path: Path) -> None:
    """Going back to an older program must not cost the reader what the newer one wrote."""
    state.ticks.set_done("kb1", ["a"], True)
    state._database.write("PRAGMA user_version = 99")
    state.close()
    before = path.read_bytes()

    with UserState.open(path, clock=noon) as older:
        older.ticks.set_done("kb1", ["b"], True)

        assert not older.saved
        assert "later version" in str(older.notice)
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_older_file_is_backed_up_before_it_is_migrated(state: UserState, path: Path) -> None:
    state.ticks.set_done("kb1", ["a"], True)
    state.close()
    newer = (*MIGRATIONS, ("ALTER TABLE ticks ADD COLUMN note TEXT", "DELETE FROM ticks"))

    opened = open_file(path, noon, migrations=newer)

    with closing(opened.connection) as connection:
        assert connection.execute("SELECT count(*) FROM ticks").fetchone() == (0,)
        assert connection.execute("PRAGMA user_version").fetchone() == (len(newer),)
    assert ticked(path.with_name(f"state-version-{len(MIGRATIONS)}-2026-03-01-120000.sqlite")) == {"a"}


def test_file_of_the_first_version_gets_what_came_later(path: Path) -> None:
    """What the reader has done stays; the new store begins empty."""
    first = open_file(path, noon, migrations=MIGRATIONS[:1])
    first.connection.execute("INSERT INTO ticks VALUES ('kb1', 'a', '2026-01-01T00:00:00+00:00')")
    first.connection.close()

    with UserState.open(path, clock=noon) as state:
        state.searches.record("printer")

        assert state.ticks.done("kb1") == {"a"}
        assert state.searches.latest() == ["printer"]


def test_migration_that_fails_changes_nothing(state: UserState, path: Path) -> None:
    state.ticks.set_done("kb1", ["a"], True)
    state.close()

    broken = open_file(
        path, noon, migrations=(*MIGRATIONS, ("DELETE FROM places", "INSERT INTO ticks SELECT * FROM ticks"))
    )
    broken.connection.close()

    assert not broken.saved
    assert ticked(path) == {"a"}


def test_reading_only_leaves_no_trace(state: UserState, path: Path) -> None:
    state.ticks.set_done("kb1", ["a"], True)
    state.close()
    before = sorted((file.name, file.read_bytes()) for file in path.parent.iterdir())

    assert ticked(path, read_only=True) == {"a"}

    assert sorted((file.name, file.read_bytes()) for file in path.parent.iterdir()) == before


def test_reading_only_sees_what_a_running_program_has_saved(state: UserState, path: Path) -> None:
    state.ticks.set_done("kb1", ["a"], True)

    assert ticked(path, read_only=True) == {"a"}


def test_reading_only_makes_no_profile(path: Path) -> None:
    assert ticked(path, read_only=True) == frozenset()
    assert not path.parent.exists()


def test_on_a_network_one_program_writes_and_the_next_is_told(path: Path) -> None:
    """Shared memory does not work across machines, so WAL is out; TRUNCATE with an exclusive lock is safe."""
    first = open_file(path, noon, is_network=lambda _folder: True)
    with closing(first.connection) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("truncate",)
        assert connection.execute("PRAGMA synchronous").fetchone() == (2,)
        connection.execute("INSERT INTO ticks VALUES ('kb1', 'a', '')")

        second = open_file(path, noon, is_network=lambda _folder: True)

        with closing(second.connection) as other:
            assert other.execute("SELECT step FROM ticks").fetchall() == [("a",)]
        assert not second.saved
        assert "in use" in str(second.notice)
    assert first.saved
    assert first.notice is None


def test_file_that_moved_to_a_network_keeps_its_content(state: UserState, path: Path) -> None:
    state.ticks.set_done("kb1", ["a"], True)
    state.close()

    opened = open_file(path, noon, is_network=lambda _folder: True)

    with closing(opened.connection) as connection:
        assert connection.execute("SELECT step FROM ticks").fetchall() == [("a",)]


MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
server:/home /home nfs4 rw 0 0
/dev/sdb1 /home/local ext4 rw 0 0
//server/share /mnt/my\\040share cifs rw 0 0
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/var/lib", "ext4"),
        ("/home/anna", "nfs4"),
        ("/homeland", "ext4"),
        ("/home/local/anna", "ext4"),
        ("/mnt/my share/profile", "cifs"),
    ],
)
@pytest.mark.skipif(os.name == "nt", reason="mount tables are read on Linux")
def test_file_system_is_that_of_the_nearest_mount(folder: str, kind: str) -> None:
    assert filesystem_of(Path(folder), MOUNTS) == kind
