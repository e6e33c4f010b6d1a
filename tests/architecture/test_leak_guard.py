"""The guard that every test runs under sees what it is there to see."""

from __future__ import annotations

import subprocess
import sys
import threading

import pytest
from pytestqt.qtbot import QtBot

from tests.support import leaks


@pytest.fixture(autouse=True)
def _short_grace(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leaks, "GRACE_SECONDS", 0.1)


def test_a_thread_that_goes_on_is_seen() -> None:
    """Otherwise a worker of one test would meddle with the next."""
    before = leaks.take_snapshot()
    done = threading.Event()
    thread = threading.Thread(target=done.wait, name="goes on")
    thread.start()

    found = leaks.leaks_since(before)
    done.set()
    thread.join()

    assert found == ["thread goes on"]
    assert leaks.leaks_since(before) == []


def test_a_process_that_goes_on_is_seen() -> None:
    """A search process that outlives its window is a bug."""
    before = leaks.take_snapshot()
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        found = leaks.leaks_since(before)
        assert process.stdin
        process.stdin.close()
        process.wait()

    assert found == [f"child process {process.pid}"]
    assert leaks.leaks_since(before) == []


def test_a_window_and_its_timer_are_seen(qtbot: QtBot) -> None:
    """Both keep firing into tests that never asked for them."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QWidget

    before = leaks.take_snapshot()
    window = QWidget()
    timer = QTimer(window)
    timer.start(60_000)

    found = leaks.leaks_since(before)
    window.deleteLater()

    assert [leak.split()[0] for leak in found] == ["window", "running"]
    assert leaks.leaks_since(before) == []


def test_no_key_is_held_for_the_next_test(qtbot: QtBot) -> None:
    """Else a link that it follows would open in a tab behind."""
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QApplication, QLineEdit

    field = QLineEdit()
    qtbot.addWidget(field)
    qtbot.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.keyboardModifiers() == Qt.KeyboardModifier.ControlModifier

    leaks.let_go_of_keys()

    assert QApplication.keyboardModifiers() == Qt.KeyboardModifier.NoModifier
