"""`kbviewer data` as people use it when they change machines: real processes, real files."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from kbviewer.state.user_state import UserState
from tests.e2e.test_cli import assert_one_sentence, run
from tests.support.worked_case import work


@pytest.fixture
def worked(profile: Path) -> Path:
    """A profile with a case and a tick; return its database."""
    path = profile / "state.sqlite"
    with UserState.open(path) as state:
        work(state.cases)
        state.ticks.set_done("kb1", ["open"], True)
    return path


def test_data_goes_to_another_profile_and_twice_changes_nothing(worked: Path, tmp_path: Path) -> None:
    file = tmp_path / "data.json"
    out = run("data", "export", file, "--language", "en")
    assert (out.returncode, out.stdout) == (0, "Ticks: 1\nCases: 1\n")
    assert out.stderr == f"Written to {file}.\n"
    other = ("--profile", tmp_path / "other", "--language", "en")

    trial = run("data", "import", file, "--dry-run", *other)
    assert not (tmp_path / "other" / "state.sqlite").exists()
    first = run("data", "import", file, *other)
    second = run("data", "import", file, *other)

    new = "Ticks: 1 new\nCases: 1 new\n"
    assert (trial.returncode, trial.stdout) == (0, new)
    assert "dry run" in trial.stderr
    assert first.stdout.startswith(new + "What was there before is kept as state-before-import-")
    assert second.stdout == new.replace("new", "unchanged")
    assert "INC <42>" in run("case", "list", *other).stdout


def test_the_summary_speaks_swedish(worked: Path, tmp_path: Path) -> None:
    run("data", "export", tmp_path / "data.json")

    shown = run("data", "import", tmp_path / "data.json", "--language", "sv").stdout

    assert "Ärenden: 1 fanns redan\n" in shown


def test_an_export_leaves_the_profile_alone(worked: Path, tmp_path: Path) -> None:
    before = worked.read_bytes(), worked.stat().st_mtime_ns

    run("data", "export", tmp_path / "data.json")

    assert (worked.read_bytes(), worked.stat().st_mtime_ns) == before
    assert [path.name for path in worked.parent.iterdir() if path.is_file()] == ["state.sqlite"]


def test_data_is_exported_and_imported_while_a_window_has_it_open(worked: Path, tmp_path: Path) -> None:
    with UserState.open(worked) as window:
        window.ticks.set_done("kb1", ["just-now"], True)
        assert run("data", "export", tmp_path / "data.json").returncode == 0
        window.ticks.clear("kb1")
        before = window.database.version()

        assert run("data", "import", tmp_path / "data.json").returncode == 0

        assert window.database.version() != before
        assert window.ticks.done("kb1") == {"open", "just-now"}


def test_data_that_another_program_is_writing_is_told(worked: Path, tmp_path: Path) -> None:
    """A sentence after a second, not an endless wait; the window keeps what it was writing."""
    run("data", "export", tmp_path / "data.json")
    with UserState.open(worked) as window, window.database.writing():
        window.database.write("DELETE FROM ticks")

        done = run("data", "import", tmp_path / "data.json")

        assert done.returncode == 1
        assert_one_sentence(done, "in use by another program", "Close it there")


@pytest.mark.parametrize("command", ["export", "import", "case"])
def test_data_of_a_later_version_is_refused_untouched(worked: Path, tmp_path: Path, command: str) -> None:
    """An empty export would look like a whole one."""
    run("data", "export", tmp_path / "data.json")
    with closing(sqlite3.connect(worked)) as connection:
        connection.execute("PRAGMA user_version = 99")
    before = worked.read_bytes(), worked.stat().st_mtime_ns

    done = run("case", "list") if command == "case" else run("data", command, tmp_path / "data.json")

    assert done.returncode == 1
    assert_one_sentence(done, "later version", "Install the latest version")
    assert (worked.read_bytes(), worked.stat().st_mtime_ns) == before
    assert len(json.loads((tmp_path / "data.json").read_text("utf-8"))["tables"]["cases"]) == 1


def test_damaged_data_is_not_exported_as_nothing(worked: Path, tmp_path: Path) -> None:
    worked.write_bytes(b"no database at all" * 1000)

    done = run("data", "export", tmp_path / "data.json")

    assert done.returncode == 1
    assert_one_sentence(done, "cannot be read")
    assert not (tmp_path / "data.json").exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{", "line 1, column 2"),
        ('{"format": "kbviewer-data", "version": 3}', "later version"),
        ('{"format": "kbviewer-data", "version": 1, "tables": {"ticks": [{}]}}', "ticks, row 1"),
    ],
)
def test_a_broken_file_is_one_sentence(profile: Path, tmp_path: Path, content: str, said: str) -> None:
    (tmp_path / "data.json").write_text(content)

    done = run("data", "import", tmp_path / "data.json")

    assert done.returncode == 1
    assert_one_sentence(done, said)


@pytest.mark.parametrize("arguments", [[], ["export"], ["import"], ["merge", "x"]])
def test_misuse_exits_2_with_one_sentence(arguments: list[str]) -> None:
    done = run("data", *arguments)

    assert done.returncode == 2
    assert_one_sentence(done, "--help")
