"""The window as a process: start, hand-over, sudden death, damaged and unwritable profiles."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kbviewer.content.folder import FolderLibrary
from kbviewer.model.case_changes import numbered_steps
from kbviewer.model.errors import StateError
from kbviewer.model.progress import leaves
from kbviewer.state.user_state import UserState
from tests.e2e.test_cli import run

ROOT = Path(__file__).parents[2]
PATIENCE_S = 60.0
ARTICLE = "kb902534"
AT = "2026-03-01T12:00:00+00:00"
Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def start() -> Iterator[Start]:
    """Starts processes and ends those that still run."""
    running: list[subprocess.Popen[str]] = []

    def start_process(*arguments: object) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-m", *map(str, arguments)],
            cwd=ROOT,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        running.append(process)
        return process

    yield start_process
    for process in running:
        if process.poll() is None:
            process.kill()
        process.communicate(timeout=PATIENCE_S)


def recents(profile: Path) -> list[str]:
    """Return the articles that were read, latest first, as another process sees them."""
    if not (profile / "state.sqlite").is_file():
        return []
    try:
        with UserState.open(profile / "state.sqlite", read_only=True) as state:
            return [recent.article for recent in state.recents.latest(9)]
    except StateError:
        return []


def wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < deadline, "it never came to that"
        time.sleep(0.05)


def first_words(process: subprocess.Popen[str]) -> dict[str, Any]:
    """Return what the driven window says about itself."""
    assert process.stdout is not None
    line = process.stdout.readline()
    assert line, process.communicate()[1]
    return dict(json.loads(line))


def test_the_window_starts_with_an_article_and_a_second_start_hands_over(start: Start, profile: Path) -> None:
    """One window per profile; whoever types the command again means that one."""
    first = start("kbviewer", "--profile", profile, "open", "KB307294")
    wait_until(lambda: recents(profile) == ["kb307294"])
    second = start("kbviewer", "--profile", profile, "open", "902534#create-account")
    assert second.wait(timeout=PATIENCE_S) == 0
    wait_until(lambda: recents(profile) == ["kb902534", "kb307294"])
    assert first.poll() is None
    first.send_signal(signal.SIGTERM)
    first.wait(timeout=PATIENCE_S)


def test_ticks_language_and_place_survive_a_kill(start: Start, profile: Path) -> None:
    """A power cut in the middle of a procedure."""
    driver = ("tests.support.window_driver", profile, "kb902534")
    first = start(*driver, "tick=start-messenger", "language=en")
    assert first_words(first)["title"].startswith("Chatting")
    with UserState.open(profile / "state.sqlite", read_only=True) as state:
        ticked = state.ticks.done("kb902534")
    first.kill()
    first.wait(timeout=PATIENCE_S)
    second = start(*driver, "close")
    assert first_words(second)["progress"]
    assert second.wait(timeout=PATIENCE_S) == 0
    with UserState.open(profile / "state.sqlite", read_only=True) as state:
        assert len(ticked) == 1
        assert state.ticks.done("kb902534") == ticked


def test_a_damaged_database_is_kept_aside_and_told(start: Start, profile: Path) -> None:
    """The program opens all the same, with an empty memory."""
    profile.mkdir()
    (profile / "state.sqlite").write_bytes(b"no database at all" * 1000)
    process = start("tests.support.window_driver", profile, "kb307294", "close")
    shown = first_words(process)
    assert shown["notice"]
    assert shown["title"].startswith("Vanliga lösningar")
    assert process.wait(timeout=PATIENCE_S) == 0
    kept = [
        path
        for path in profile.glob("state*")
        if path.name != "state.sqlite" and path.read_bytes().startswith(b"no database")
    ]
    assert len(kept) == 1
    assert recents(profile) == ["kb307294"]


def test_an_unwritable_profile_gives_a_session_that_says_so(start: Start, tmp_path: Path) -> None:
    """Reading works from a read-only stick and as a guest."""
    (tmp_path / "file").write_text("a file where a folder should be")
    process = start("tests.support.window_driver", tmp_path / "file" / "profile", "kb307294", "close")
    shown = first_words(process)
    assert shown["not_saved"].startswith("Inte sparat: Det går inte att skriva i mappen")
    assert shown["title"].startswith("Vanliga lösningar")
    assert process.wait(timeout=PATIENCE_S) == 0


def test_a_folder_with_broken_files_opens(start: Start, profile: Path, tmp_path: Path) -> None:
    """Garbage never stops the program; the articles that can be read open."""
    library = tmp_path / "library"
    for name, data in {
        "good/sv.md": b"---\ntitle: Hel\nlang: sv\n---\n# Hel\n\nText.\n",
        "yaml/sv.md": b"---\ntitle: [open\n---\n# X\n",
        "binary/sv.md": bytes(range(256)) * 64,
        "latin/sv.md": "# Å\n".encode("latin-1"),
        "link/sv.md": b"# Link\n\n[nowhere](#gone)\n",
    }.items():
        path = library / name
        path.parent.mkdir(parents=True)
        path.write_bytes(data)
    process = start("kbviewer", "--profile", profile, "--library", library, "open", "good")
    wait_until(lambda: recents(profile) == ["good"])
    assert process.poll() is None


def test_a_library_that_is_not_there_is_one_sentence(start: Start, profile: Path, tmp_path: Path) -> None:
    """Exit code 2, no traceback."""
    process = start("kbviewer", "--profile", profile, "--library", tmp_path / "nowhere")
    _, complaint = process.communicate(timeout=PATIENCE_S)
    assert process.returncode == 2
    assert "Traceback" not in complaint
    assert "nowhere" in complaint


def test_a_window_shows_at_once_what_the_command_line_imports(
    start: Start, profile: Path, tmp_path: Path
) -> None:
    """In the background, too: the window neither comes forward nor has to."""
    window = start("tests.support.window_driver", profile, ARTICLE, "tick=start-messenger", "watch")
    assert first_words(window)["progress"]
    with UserState.open(profile / "state.sqlite", read_only=True) as state:
        [before] = state.ticks.done(ARTICLE)
    steps = sorted(_steps() - {before})[:2]
    ticks = [{"article": ARTICLE, "step": step, "ticked_at": AT} for step in steps]
    document = {"format": "kbviewer-data", "version": 1, "tables": {"ticks": ticks}}
    (tmp_path / "data.json").write_text(json.dumps(document))

    assert run("data", "import", tmp_path / "data.json").returncode == 0

    assert first_words(window) == {"done": 3}


def _steps() -> set[str]:
    """Return the steps of the article that have no steps below them."""
    article = FolderLibrary(ROOT / "content").article(ARTICLE, "sv")
    return {place.step.id for place in numbered_steps(article) if leaves(place.step) == (place.step,)}
