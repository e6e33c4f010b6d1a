"""Libraries that take a while to read."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from kbviewer.app.gui.background import Background
from kbviewer.app.gui.session import Session
from kbviewer.content.collection import LibraryCollection
from kbviewer.content.folder_index import OnProgress, ReadingStoppedError
from kbviewer.model.errors import ContentError
from kbviewer.model.messages import message
from kbviewer.ui.home import sorted_articles
from kbviewer.ui.shell.actions import ActionId
from kbviewer.ui.shell.status_page import StatusPage
from tests.gui.shell.conftest import MakeSession

pytestmark = pytest.mark.qt_log_ignore(
    "does not support (propagateSizeHints|raise)", "a warning of Qt", extend=True
)


def _folder(root: Path, count: int = 3) -> Path:
    for number in range(count):
        path = root / f"a{number:03}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"---\nlang: sv\n---\n# Artikel {number}\n\nStycke.\n", encoding="utf-8")
    return root


def _page(session: Session) -> str:
    return type(session.window.parts.area.current).__name__


def _texts(session: Session) -> str:
    page = session.window.parts.area.status_page
    assert isinstance(page, StatusPage)
    return " ".join(label.text() for label in page.findChildren(QPushButton)) + page.accessibleName()


def test_a_large_library_is_read_beside_the_window(
    make_session: MakeSession, qtbot: QtBot, tmp_path: Path
) -> None:
    session = make_session(_folder(tmp_path / "big", 60), large=50)
    assert _page(session) == "StatusPage"

    qtbot.waitUntil(lambda: _page(session) == "HomePage")

    assert len(session.window.library.entries()) == 60


def test_a_large_library_is_sorted_beside_the_window(
    make_session: MakeSession, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Home of ten thousand articles would hold the window up otherwise, at first and each time."""
    sort, threads = sorted_articles._sorted, []

    def spy(*arguments: Any) -> sorted_articles.SortedArticles:
        threads.append(threading.current_thread().name)
        return sort(*arguments)

    monkeypatch.setattr(sorted_articles, "_sorted", spy)
    session = make_session(_folder(tmp_path / "big", 60), large=50)
    qtbot.waitUntil(lambda: _page(session) == "HomePage")
    session.window.open_article("a007")

    session.window.table[ActionId.HOME].trigger()

    assert _page(session) == "HomePage"
    assert threads == ["reading"]


def test_an_article_that_was_asked_for_opens_when_it_is_there(
    make_session: MakeSession, qtbot: QtBot, tmp_path: Path
) -> None:
    session = make_session(_folder(tmp_path / "big", 60), "a007", large=50)

    qtbot.waitUntil(lambda: _page(session) != "StatusPage")

    assert session.window.windowTitle().startswith("Artikel 7")


def test_reading_can_be_cancelled_and_taken_up_again(
    make_session: MakeSession, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The button is pressed while the articles are being read."""
    waits = True

    def read(on_progress: OnProgress) -> None:
        while waits and on_progress(1200, 10_000):
            QTest.qSleep(5)
        if waits:
            raise ReadingStoppedError(message("stopped"))

    monkeypatch.setattr(LibraryCollection, "prepare", lambda _self, on_progress=None: read(on_progress))
    session = make_session(_folder(tmp_path / "big", 60), large=50)
    status = session.window.parts.area.status_page
    assert status is not None
    qtbot.waitUntil(lambda: "1" in status._sentence.text() and "10" in status._sentence.text())
    (cancel,) = status._made
    cancel.click()
    qtbot.waitUntil(lambda: "inte lästs färdigt" in _texts(session))
    waits = False

    status._made[0].click()

    qtbot.waitUntil(lambda: _page(session) == "HomePage")


def test_cancelling_another_folder_leaves_the_open_one(
    make_session: MakeSession, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = make_session(_folder(tmp_path / "small"), "a001", large=50)

    def read(on_progress: OnProgress) -> None:
        while on_progress(1, 2):
            QTest.qSleep(5)
        raise ReadingStoppedError(message("stopped"))

    monkeypatch.setattr(LibraryCollection, "prepare", lambda _self, on_progress=None: read(on_progress))
    session.window.opener.open(_folder(tmp_path / "big", 60))
    assert _page(session) == "StatusPage"

    session.window.reading.stop_wanted.emit()

    qtbot.waitUntil(lambda: _page(session) != "StatusPage")
    assert session.window.windowTitle().startswith("Artikel 1")


def test_another_large_folder_is_opened_when_it_has_been_read(
    make_session: MakeSession, qtbot: QtBot, tmp_path: Path
) -> None:
    session = make_session(_folder(tmp_path / "small"), "a001", large=50)

    session.window.opener.open(_folder(tmp_path / "big", 60))

    qtbot.waitUntil(lambda: _page(session) == "HomePage")
    assert len(session.window.library.entries()) == 60


def test_errors_of_a_job_are_told(qtbot: QtBot, qapp: QApplication) -> None:
    background = Background()

    def fail(_tell: OnProgress) -> None:
        raise ContentError(message("broken"))

    def crash(_tell: OnProgress) -> None:
        raise ZeroDivisionError

    with qtbot.waitSignal(background.failed):
        background.run(fail)
    with qtbot.waitSignal(background.broke):
        background.run(crash)
    assert not background.is_busy


def test_a_job_that_was_replaced_is_not_heard(qtbot: QtBot, qapp: QApplication) -> None:
    background = Background()
    results: list[object] = []
    background.done.connect(results.append)

    def first(tell: OnProgress) -> str:
        while tell(0, 1):
            QTest.qSleep(1)
        return "first"

    background.run(first)
    with qtbot.waitSignal(background.done):
        background.run(lambda _tell: "second")

    assert results == ["second"]
