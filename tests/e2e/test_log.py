"""The log: what a helper finds in it, and what must never get there."""

from __future__ import annotations

import logging
import queue
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from kbviewer.app.logging_setup import logging_to
from kbviewer.app.paths import Profile
from kbviewer.app.search_process import search_command
from kbviewer.model.hits import Query
from kbviewer.search.client import SearchClient
from kbviewer.search.protocol import Answer, Event
from tests.e2e.test_cli import ROOT, run
from tests.support.packs import build, make_folder

SECRET = "zyxvutsecret"


def written(profile: Path) -> str:
    """Return all that is in the log files."""
    return "".join(path.read_text(encoding="utf-8") for path in sorted(Profile(profile).log.glob("*.log*")))


def test_what_is_searched_for_is_not_in_the_log(profile: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even at the level that says most: words are typed as patients' names and passwords are."""
    heard: queue.SimpleQueue[Event] = queue.SimpleQueue()
    with logging_to(Profile(profile).log, level="debug"):
        logging.getLogger("kbviewer").debug("begins")
        command = search_command([ROOT / "content"], Profile(profile))
        assert command[command.index("--log-level") + 1] == "debug"
        with closing(SearchClient(command, heard.put)) as client:
            client.ask(Query(SECRET))
            while not isinstance(heard.get(timeout=60), Answer):
                pass
    finished = run("--verbose", "search", SECRET, SECRET * 300)

    assert SECRET not in written(profile)
    assert SECRET not in finished.stderr.replace(f"“{SECRET} {SECRET * 300}”", "")
    assert "an index was built" in written(profile)


def test_installs_stand_in_the_log(profile: Path, tmp_path: Path) -> None:
    build(make_folder(tmp_path / "office"), tmp_path / "office.kbp")

    run("pack", "install", tmp_path / "office.kbp")
    run("--log-level", "warning", "pack", "remove", "office")

    assert "INFO" in written(profile)
    assert "installed: office 1" in written(profile)
    assert "removed" not in written(profile)


def test_a_start_of_the_window_stands_in_the_log(profile: Path, tmp_path: Path) -> None:
    program = (
        "import sys; from PySide6.QtCore import QTimer; from kbviewer.app.gui import running\n"
        "from kbviewer.ui.shell.window import MainWindow; before = MainWindow.showEvent\n"
        "def show(window, event):\n"
        "    before(window, event); QTimer.singleShot(1500, window.close)\n"
        "MainWindow.showEvent = show\n"
        "from kbviewer.cli import main; sys.exit(main(sys.argv[1:]))\n"
    )
    library = make_folder(tmp_path / "office")

    subprocess.run(
        [sys.executable, "-c", program, "--library", str(library)], cwd=ROOT, timeout=60, check=True
    )

    text = written(profile)
    assert "window: kbviewer" in text
    assert "Qt 6." in text
    assert f"open: office 1, 2 articles, {library}" in text
    assert time.strftime("%Y-") in text
