"""What `app/gui` ties together: search events, later starts, uncaught errors, Qt's warnings, pictures."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, qWarning
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from kbviewer.app.crash import catching_the_rest
from kbviewer.app.gui.application import app_icon
from kbviewer.app.gui.bridge import SearchBridge
from kbviewer.app.gui.crash_reporter import CrashReporter
from kbviewer.app.gui.facts import gather_facts
from kbviewer.app.gui.message_handler import qt_messages_to
from kbviewer.app.gui.screenshots import with_few_colours
from kbviewer.app.gui.session import Session
from kbviewer.app.libraries import open_libraries
from kbviewer.app.paths import Profile, data_folders
from kbviewer.app.window_request import WindowRequest
from kbviewer.i18n.translator import Translator
from kbviewer.model.hits import Query
from kbviewer.search.protocol import Event, Ready
from kbviewer.state.user_state import UserState
from kbviewer.ui.theme.dialog import Dialog

pytestmark = pytest.mark.qt_log_ignore(
    "does not support (propagateSizeHints|raise)", "a warning of Qt", extend=True
)


class FakeClient:
    """Answers in a thread of its own, as the real client does."""

    def __init__(self, on_event: Callable[[Event], None]) -> None:
        self._on_event = on_event
        self.closed = False
        self.started = False
        self.asked: list[str] = []

    def start(self) -> None:
        """Remember that a question is expected."""
        self.started = True

    def ask(self, query: Query) -> int:
        """Remember the question and answer from elsewhere."""
        self.asked.append(query.text)
        thread = threading.Thread(target=self._on_event, args=(Ready(),))
        thread.start()
        thread.join()
        return len(self.asked)

    def close(self) -> None:
        """Remember the end."""
        self.closed = True


@pytest.fixture
def clients() -> list[FakeClient]:
    return []


@pytest.fixture
def bridge(qapp: QApplication, clients: list[FakeClient]) -> Iterator[SearchBridge]:
    def make(on_event: Callable[[Event], None]) -> FakeClient:
        clients.append(FakeClient(on_event))
        return clients[-1]

    bridge = SearchBridge(make)  # type: ignore[arg-type]  # a stand-in with the same door
    yield bridge
    bridge.close()


def test_the_search_process_starts_with_the_first_question(
    bridge: SearchBridge, clients: list[FakeClient]
) -> None:
    """A reader who never searches never pays for it."""
    assert not clients
    assert bridge.ask(Query("a")) == 1
    assert bridge.ask(Query("b")) == 2
    assert [client.asked for client in clients] == [["a", "b"]]


def test_the_search_process_can_be_started_before_the_first_question(
    bridge: SearchBridge, clients: list[FakeClient]
) -> None:
    """Once; the question then goes to the same one."""
    bridge.warm_up()
    bridge.warm_up()
    assert [client.started for client in clients] == [True]
    bridge.ask(Query("a"))
    assert [client.asked for client in clients] == [["a"]]


def test_answers_come_in_the_windows_thread(bridge: SearchBridge, qtbot: QtBot) -> None:
    """Widgets may be touched nowhere else."""
    threads: list[threading.Thread] = []
    bridge.answered.connect(lambda _event: threads.append(threading.current_thread()))
    with qtbot.waitSignal(bridge.answered):
        bridge.ask(Query("a"))
    assert threads == [threading.main_thread()]


def test_other_articles_get_another_search_process(bridge: SearchBridge, clients: list[FakeClient]) -> None:
    """The old one knows only the old articles."""
    bridge.ask(Query("a"))
    bridge.restart()
    assert clients[0].closed
    bridge.ask(Query("b"))
    assert len(clients) == 2


@pytest.fixture
def session(qapp: QApplication, qtbot: QtBot, profile: Path) -> Iterator[Session]:
    before = QLocale()
    with UserState.in_memory() as state:
        session = Session(qapp, WindowRequest((), "sv", profile), Profile(profile), data_folders(), state)
        qtbot.addWidget(session.window)
        with qtbot.waitSignal(session.window.first_painted):
            session.window.show()
        yield session
        session.window.close()
        session.close()
    QLocale.setDefault(before)


def test_a_later_start_opens_its_article_in_this_window(
    session: Session, profile: Path, qtbot: QtBot
) -> None:
    """From any thread: the listener has its own."""
    request = WindowRequest((), "en", profile, "KB902534", "create-account")
    thread = threading.Thread(target=session.requested.emit, args=(request,))
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: session.window.windowTitle().startswith("Chatting"))
    assert session.window.language.current == "en"


def test_a_later_start_with_another_library_opens_it(
    session: Session, profile: Path, library_folder: Path
) -> None:
    """The same command in another folder means that folder."""
    session.take(WindowRequest((library_folder,), "", profile, "steps"))
    assert session.window.windowTitle().startswith("Logga in")


def test_a_later_start_without_an_article_only_comes_forward(session: Session, profile: Path) -> None:
    """What is read stays."""
    session.window.open_article("307294")
    session.take(WindowRequest((), "", profile))
    assert session.window.windowTitle().startswith("Vanliga")


@pytest.fixture
def logger() -> Iterator[logging.Logger]:
    logger = logging.Logger("test")
    yield logger
    logger.handlers.clear()


def test_an_uncaught_error_is_shown_once_with_a_report_to_copy(
    qtbot: QtBot, translator: Translator, tmp_path: Path, logger: logging.Logger
) -> None:
    """The window stays; the makers get what they need."""
    reporter = CrashReporter(translator, tmp_path, logger)
    with catching_the_rest(logger, reporter.tell):
        for _time in range(2):
            thread = threading.Thread(target=lambda: [][1])
            thread.start()
            thread.join()
        qtbot.waitUntil(lambda: len(dialogs()) == 1)
    (dialog,) = dialogs()
    report = dialog.findChildren(QPlainTextEdit)[0].toPlainText()
    assert "IndexError" in report
    assert "kbviewer" in report
    next(b for b in dialog.findChildren(QPushButton) if b.text() == "Kopiera rapporten").click()
    assert QGuiApplication.clipboard().text() == report
    dialog.accept()
    reporter.close()
    assert not logger.handlers


def dialogs() -> list[Dialog]:
    return [w for w in QApplication.topLevelWidgets() if isinstance(w, Dialog) and w.isVisible()]


def test_qt_warnings_go_to_the_log(qapp: QApplication, logger: logging.Logger) -> None:
    """Not to a terminal that nobody sees."""
    records: list[logging.LogRecord] = []

    def keep(record: logging.LogRecord) -> bool:
        records.append(record)
        return True

    logger.addFilter(keep)
    with qt_messages_to(logger):
        qWarning("a warning of Qt")
    assert [(record.levelname, "a warning of Qt" in record.getMessage()) for record in records] == [
        ("WARNING", True)
    ]


def test_the_icon_comes_in_every_size(qapp: QApplication) -> None:
    """Task bars and window frames want their own."""
    icon = app_icon(data_folders().resources)
    assert {size.width() for size in icon.availableSizes()} == {16, 32, 48, 128}
    assert icon.pixmap(48).toImage().pixelColor(24, 3) == QColor("#0B5CAD")


def test_about_tells_the_age_of_the_articles_and_the_licences(profile: Path) -> None:
    """From the packs and from what is installed."""
    facts = gather_facts(open_libraries((), data_folders().content), "sv")
    assert facts.content_date.endswith("2026")
    assert facts.libraries[0].title == "Exempelartiklar för kbviewer"
    assert all(component.version for component in facts.components)


def test_pictures_are_stored_with_few_colours(qapp: QApplication) -> None:
    """A README that weighs megabytes is not read; text and edges keep their colours."""
    image = QImage(64, 64, QImage.Format.Format_RGB32)
    for x in range(64):
        for y in range(64):
            image.setPixelColor(x, y, QColor(x * 4, y * 4, 0) if y > 32 else QColor("#0B5CAD"))
    small = with_few_colours(image)
    assert small.colorCount() <= 256
    assert small.pixelColor(5, 5) == QColor("#0B5CAD")


def test_a_file_outside_all_libraries_opens_when_it_is_named(
    session: Session, profile: Path, tmp_path: Path
) -> None:
    """An editor looks at a draft."""
    draft = tmp_path / "draft.md"
    draft.write_text("---\ntitle: Utkast\nlang: sv\n---\n# Utkast\n\nText.\n", encoding="utf-8")
    session.take(WindowRequest((), "", profile, str(draft)))
    assert session.window.windowTitle().startswith("Utkast")


def test_a_link_never_opens_a_file_by_its_path(session: Session, tmp_path: Path) -> None:
    """An article from elsewhere must not show what lies on this computer."""
    secret = tmp_path / "secret.md"
    secret.write_text("# Hemligt\n", encoding="utf-8")
    session.window.open_article(str(secret))
    assert not session.window.windowTitle().startswith("Hemligt")
    assert session.window.parts.area.current is session.window.parts.area.status_page


def test_a_broken_file_that_is_named_says_why(session: Session, profile: Path, tmp_path: Path) -> None:
    """As in a library."""
    draft = tmp_path / "draft.md"
    draft.write_text("---\ntitle: [Utkast\n---\n# Utkast\n", encoding="utf-8")
    session.take(WindowRequest((), "", profile, str(draft)))
    assert session.window.windowTitle().startswith("Artikeln kan inte visas")
