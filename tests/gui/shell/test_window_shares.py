"""A library on a share: the window reads its copy and never waits for the share."""

from __future__ import annotations

import logging
import os
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, QObject, QTimer
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from kbviewer.app.gui import share_desk, share_watch
from kbviewer.app.gui.session import Session
from kbviewer.app.paths import MACHINE_PACKS_VARIABLE, Profile, data_folders
from kbviewer.app.shares import Shares
from kbviewer.app.shelf_places import folder_key
from kbviewer.app.window_request import WindowRequest
from kbviewer.content.packs.installed import InstalledPacks
from kbviewer.content.shares import fetch as fetch_module
from kbviewer.content.shares import local_copy, probe
from kbviewer.content.shares.local_copy import LocalCopy
from kbviewer.model.policy import Policy
from kbviewer.model.shelf import LibraryKind, ShelfChoice, ShelfItem
from kbviewer.state.user_state import UserState
from kbviewer.ui.library.dialogs import PackQuestion
from kbviewer.ui.library.page import LibraryPage
from kbviewer.ui.library.wording import Deed
from kbviewer.ui.shell.actions import ActionId
from kbviewer.ui.shell.offer_bar import OfferBar
from tests.support.packs import build, make_folder
from tests.support.policies import locked
from tests.support.stalled import stalled_share

pytestmark = pytest.mark.qt_log_ignore(
    "does not support (propagateSizeHints|raise)", "a warning of Qt", extend=True
)

# The share stalls for as long as the block runs: a window that waited for it would stand still until then.
# What is left is what a window costs to make on a busy machine.
MOST_MS = 2000
MakeSession = Callable[..., Session]


class Heart(QObject):
    """Beats in the window's thread; the longest pause is how long the window has stood still."""

    def __init__(self) -> None:
        super().__init__()
        self.longest_ms = 0.0
        self._last = time.monotonic()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._beat)
        self._timer.start(5)

    def _beat(self) -> None:
        now = time.monotonic()
        self.longest_ms = max(self.longest_ms, (now - self._last) * 1000)
        self._last = now


@contextmanager
def beating() -> Iterator[Heart]:
    heart = Heart()
    yield heart
    heart._timer.stop()
    heart.deleteLater()


@pytest.fixture
def share(tmp_path: Path) -> Path:
    """A mounted share with a library."""
    return make_folder(tmp_path / "share" / "office").parent


@pytest.fixture
def make_session(
    qapp: QApplication,
    qtbot: QtBot,
    profile: Path,
    state: UserState,
    share: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[MakeSession]:
    """Makes shown windows; what lies below `share` counts as lying on a network, mounted or not."""
    before = QLocale()
    made: list[Session] = []
    monkeypatch.setattr(fetch_module, "PATIENCE_S", 0.3)
    monkeypatch.setattr(probe.ask, "__defaults__", (0.3,))
    monkeypatch.setattr(fetch_module.Fetch.silence, "__defaults__", (0.3,))
    monkeypatch.setattr(fetch_module.Fetch.wait, "__defaults__", (0.3,))
    monkeypatch.setattr(share_watch, "_LISTEN_EVERY_MS", 20)
    monkeypatch.setattr(share_watch, "_RESTS_S", 0.0)

    def make(*libraries: Path, article: str = "", policy: Policy | None = None) -> Session:
        request = WindowRequest(libraries, "en", profile, article)
        session = Session(
            qapp,
            request,
            Profile(profile),
            data_folders(),
            state,
            policy,
            lambda path: any(path.is_relative_to(each) for each in (share, share.with_name("other share"))),
        )
        made.append(session)
        qtbot.addWidget(session.window)
        with qtbot.waitSignal(session.window.first_painted):
            session.window.show()
        return session

    yield make
    for session in made:
        session.window.close()
        session.close()
    QLocale.setDefault(before)


def _page(session: Session) -> str:
    return type(session.window.parts.area.current).__name__


def _bar(session: Session) -> OfferBar | None:
    bars = session.window.findChildren(OfferBar)
    return next((bar for bar in bars if bar.isVisible()), None)


def _buttons(session: Session) -> dict[str, QPushButton]:
    page = session.window.parts.area.status_page
    assert page is not None
    return {button.text(): button for button in page.findChildren(QPushButton) if button.isVisible()}


def _sentence(session: Session) -> str:
    page = session.window.parts.area.status_page
    assert page is not None
    return page._sentence.text()


def _text(session: Session) -> str:
    page = session.window.reading.page
    return page.view.document().toPlainText() if page is not None else ""


def _copy(library: Path, profile: Path) -> None:
    """Make the copy that an earlier window has left."""
    (copy,) = Shares(Profile(profile), lambda _path: True).copies([library])
    copy.bring_up_to_date(lambda _done, _total: None)


def test_a_library_on_a_share_is_copied_and_read_from_the_copy(
    make_session: MakeSession, qtbot: QtBot, share: Path, profile: Path
) -> None:
    session = make_session(share / "office", article="printer")

    qtbot.waitUntil(lambda: _page(session) == "ArticlePage")

    (library,) = session.reading.libraries.libraries
    assert library.root.is_relative_to(Profile(profile).cache)
    assert [facts.path for facts in session._facts().libraries] == [str(share / "office")]
    assert session.window.library.media("printer", "media/skrivare.png")


def test_the_window_opens_on_the_copy_while_the_share_stalls(
    make_session: MakeSession, qtbot: QtBot, share: Path, profile: Path
) -> None:
    """It says so, goes on, and takes up the share when that is there again."""
    _copy(share / "office", profile)
    with stalled_share(share):
        with beating() as heart:
            session = make_session(share / "office", article="printer")
            qtbot.waitUntil(lambda: _page(session) == "ArticlePage")
            qtbot.waitUntil(lambda: _bar(session) is not None)
            session.window.opener.reload()
            session.window.reader.open("screen")
            session.window.language.switch_to("sv")
            qtbot.waitUntil(lambda: "skrivaren" in _text(session))
            assert session.window.library.media("printer", "media/skrivare.png")
            qtbot.wait(100)
        bar = _bar(session)
        assert bar is not None
        assert "svarar inte" in bar.accessibleName()
        assert "kopian" in bar.accessibleName()
    assert heart.longest_ms < MOST_MS

    bar.buttons[0].click()

    qtbot.waitUntil(lambda: _bar(session) is None)


def test_what_has_changed_on_the_share_is_shown_when_it_comes_back(
    make_session: MakeSession, qtbot: QtBot, share: Path
) -> None:
    session = make_session(share / "office", article="printer")
    qtbot.waitUntil(lambda: "Restart the printer." in _text(session))
    with stalled_share(share):
        session.window.opener.reload()
        qtbot.waitUntil(lambda: _bar(session) is not None)
    make_folder(share / "office", "2")
    path = share / "office" / "printer" / "en.md"
    path.write_text(path.read_text("utf-8").replace("Restart", "Replace"), encoding="utf-8")

    session.window.opener.reload()

    qtbot.waitUntil(lambda: "Replace the printer." in _text(session))
    qtbot.waitUntil(lambda: _bar(session) is None)


def test_without_a_copy_the_window_says_that_the_share_does_not_answer(
    make_session: MakeSession, qtbot: QtBot, share: Path
) -> None:
    with stalled_share(share):
        with beating() as heart:
            session = make_session(share / "office")
            qtbot.waitUntil(lambda: "Try again" in _buttons(session))
        assert "does not answer" in _sentence(session)
    assert heart.longest_ms < MOST_MS

    _buttons(session)["Try again"].click()

    qtbot.waitUntil(lambda: _page(session) == "HomePage")


def test_opening_a_folder_on_a_stalled_share_leaves_what_is_open(
    make_session: MakeSession, qtbot: QtBot, share: Path, tmp_path: Path
) -> None:
    session = make_session(make_folder(tmp_path / "local"), article="printer")
    with stalled_share(share):
        session.window.opener.open(share / "office")
        assert _page(session) == "StatusPage"

        qtbot.waitUntil(lambda: _page(session) == "ArticlePage")

        assert session.window.parts.notice.isVisible()
        session.window.opener.open(share / "office")
        _buttons(session)["Cancel"].click()
        qtbot.waitUntil(lambda: _page(session) == "ArticlePage")


def test_packs_of_the_computer_may_lie_on_a_share(
    make_session: MakeSession,
    qtbot: QtBot,
    share: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A new version is taken without a restart; without the share, the one before is read."""
    monkeypatch.setenv(MACHINE_PACKS_VARIABLE, str(share / "packs"))
    build(share / "office", share / "office.kbp")
    packs = InstalledPacks(share / "packs")
    packs.install(share / "office.kbp")
    session = make_session()
    qtbot.waitUntil(lambda: _page(session) == "HomePage")
    qtbot.waitUntil(lambda: session.window.library.find("printer") is not None)
    build(make_folder(share / "new", "2", says="Byt skrivare."), share / "office.kbp")
    packs.install(share / "office.kbp")

    session.window.opener.reload()

    qtbot.waitUntil(lambda: session.reading.libraries.libraries[0].pack.version == "2")
    with stalled_share(share):
        session.window.opener.reload()
        session.window.reader.open("printer")
        assert "Restart the printer." in _text(session)


def test_without_packs_on_the_share_the_programs_own_articles_open(
    make_session: MakeSession, qtbot: QtBot, share: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(MACHINE_PACKS_VARIABLE, str(share / "packs"))
    with stalled_share(share):
        session = make_session()

        qtbot.waitUntil(lambda: _page(session) == "HomePage")

        assert session.window.library.find("kb902534") is not None
        qtbot.waitUntil(lambda: _bar(session) is not None)


def _rows(session: Session) -> dict[str, ShelfItem]:
    """Return the rows of the page with all libraries, by where each lies."""
    return {item.paths[0]: item for item in session.desk.items()}


def _has(session: Session, article: str) -> bool:
    return session.window.library.find(article) is not None


def _locked_to(*libraries: Path) -> Policy:
    return locked(library_dirs=tuple(map(str, libraries)))


def test_a_library_of_the_policy_is_read_from_its_copy_while_its_share_stalls(
    make_session: MakeSession, qtbot: QtBot, share: Path, profile: Path
) -> None:
    """The usual way for an office to point at a share. The list shows the share, and not the copy."""
    _copy(share / "office", profile)
    with stalled_share(share):
        with beating() as heart:
            session = make_session(policy=_locked_to(share / "office"))
            qtbot.waitUntil(lambda: _page(session) == "HomePage")
            qtbot.waitUntil(lambda: _bar(session) is not None)
            session.window.opener.reload()
            session.window.table[ActionId.LIBRARIES].trigger()
            qtbot.waitUntil(lambda: _page(session) == "LibraryPage")
        assert _has(session, "printer")
        assert not _has(session, "kb902534")
        row = _rows(session)[str(share / "office")]
        assert row.fault is None
        assert row.articles
    assert heart.longest_ms < MOST_MS


def test_without_a_copy_of_the_policys_library_what_there_is_opens_and_the_row_says_why(
    make_session: MakeSession, qtbot: QtBot, share: Path
) -> None:
    """When the share answers, its articles come by themselves."""
    with stalled_share(share):
        with beating() as heart:
            session = make_session(policy=_locked_to(share / "office"))
            qtbot.waitUntil(lambda: _page(session) == "HomePage")
            qtbot.waitUntil(lambda: _bar(session) is not None)
        assert _has(session, "kb902534")
        fault = _rows(session)[str(share / "office")].fault
        assert fault is not None
        assert "does not answer" in str(fault.what)
    assert heart.longest_ms < MOST_MS
    bar = _bar(session)
    assert bar is not None

    bar.buttons[0].click()

    qtbot.waitUntil(lambda: _has(session, "printer"))
    assert not _has(session, "kb902534")
    assert _rows(session)[str(share / "office")].fault is None


def test_a_folder_of_the_reader_on_a_stalled_share_leaves_the_others_to_be_read(
    make_session: MakeSession, qtbot: QtBot, share: Path, state: UserState
) -> None:
    """The window comes with them, and what lies on the share when that answers."""
    state.settings.set("libraries", ShelfChoice((folder_key(share / "office"),)).format())
    with stalled_share(share):
        with beating() as heart:
            session = make_session()
            assert _page(session) == "HomePage"
            session.window.table[ActionId.LIBRARIES].trigger()
            qtbot.waitUntil(lambda: _bar(session) is not None)
            session.desk.switch(folder_key(share / "office"), on=False)
            session.desk.switch(folder_key(share / "office"), on=True)
            session.desk.add_folder(share / "other")
        assert _has(session, "kb902534")
        fault = _rows(session)[str(share / "office")].fault
        assert fault is not None
        qtbot.waitUntil(lambda: _bar(session) is not None)
    assert heart.longest_ms < MOST_MS
    session.desk.forget(folder_key(share / "other"))

    session.window.opener.reload()

    qtbot.waitUntil(lambda: _has(session, "printer"))
    assert _has(session, "kb902534")
    row = _rows(session)[str(share / "office")]
    assert (row.fault, row.paths) == (None, (str(share / "office"),))
    qtbot.waitUntil(lambda: _bar(session) is None)


def test_a_share_that_stalls_keeps_no_other_from_being_read(
    make_session: MakeSession, qtbot: QtBot, share: Path
) -> None:
    other = make_folder(share.with_name("other share") / "mine")
    with stalled_share(share):
        session = make_session(share / "office", other)

        qtbot.waitUntil(lambda: _page(session) == "HomePage")

        assert _has(session, "printer")
        assert [library.root.name for library in session.reading.libraries.libraries] == ["mine"]
        qtbot.waitUntil(lambda: _bar(session) is not None)


class SlowShare:
    """Gives what it is asked for only when the test lets it, and goes on giving signs meanwhile."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.may_end = threading.Event()
        fill = local_copy.LocalCopy._fill

        def slowly(
            copy: LocalCopy, draft: Path, source: Path, size: int, on_bytes: Callable[[int], None]
        ) -> None:
            while not self.may_end.wait(0.01):
                on_bytes(size // 2)
            fill(copy, draft, source, size, on_bytes)

        monkeypatch.setattr(local_copy.LocalCopy, "_fill", slowly)


def test_a_first_copy_beside_the_window_says_how_far_it_is_and_can_be_cancelled(
    make_session: MakeSession,
    qtbot: QtBot,
    share: Path,
    state: UserState,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Off it is then; switched on, it goes on where it was."""
    slow, key = SlowShare(monkeypatch), folder_key(share / "office")
    state.settings.set("libraries", ShelfChoice((key,)).format())
    (share / "office" / "large.md").write_text("# Large\n\n" + "Text.\n" * 2000, encoding="utf-8")
    session = make_session()
    session.window.table[ActionId.LIBRARIES].trigger()
    page = session.window.parts.area.current
    assert isinstance(page, LibraryPage)
    row = page.rows[key]
    with qtbot.waitSignal(session.desk.copied):
        pass
    assert row.copy_bar.isVisible()
    assert row.copy_bar.maximum() > 0
    assert re.fullmatch(r"Copied: [\d.]+ of [\d.]+ MB", row._copied.text())
    session.window.language.switch_to("sv")
    assert row._copied.text().startswith("Kopierat: ")

    row.buttons[Deed.CANCEL_COPY].click()

    assert not row.copy_bar.isVisible()
    assert not row.switch.isChecked()
    assert "kopieras inte vidare" in session.window.parts.toast._text.text()
    slow.may_end.set()
    qtbot.wait(50)
    assert not _has(session, "printer")
    session.window.undoing.undo()
    qtbot.waitUntil(lambda: _has(session, "printer"))
    assert row.item is not None
    assert not row.item.is_copying


def test_waiting_for_a_share_says_how_much_has_come(
    make_session: MakeSession, qtbot: QtBot, share: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = SlowShare(monkeypatch)
    (share / "office" / "large.md").write_text("# Large\n\n" + "Text.\n" * 2000, encoding="utf-8")
    session = make_session(share / "office")

    qtbot.waitUntil(lambda: _sentence(session).startswith("Copying from the share: 0"))
    slow.may_end.set()

    qtbot.waitUntil(lambda: _page(session) == "HomePage")


def test_copies_that_nobody_uses_any_more_go_and_the_log_says_so(
    make_session: MakeSession,
    qtbot: QtBot,
    share: Path,
    profile: Path,
    state: UserState,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Not what is open, nor what is on the list and off; whether their shares answer does not matter."""
    monkeypatch.setattr(share_desk, "_TIDY_AFTER_MS", 0)
    names = ("open", "listed", "old")
    for name in names:
        _copy(make_folder(share / name), profile)
    copies = {
        copy.origin.name: copy
        for copy in Shares(Profile(profile), lambda _path: True).copies([share / name for name in names])
    }
    for note in copies["old"].parent.glob(".*.json"):
        os.utime(note, (0, 0))
    key = folder_key(share / "listed")
    state.settings.set("libraries", ShelfChoice((key,), frozenset({key})).format())
    caplog.set_level(logging.INFO)

    with stalled_share(share):
        make_session(share / "open")
        qtbot.waitUntil(lambda: not copies["old"].place.exists())

    assert copies["open"].is_there
    assert copies["listed"].is_there
    assert any(str(share / "old") in message and "1970" in message for message in caplog.messages)


def test_a_single_file_on_a_share_is_read_beside_the_window(
    make_session: MakeSession, qtbot: QtBot, share: Path
) -> None:
    """With its other language; nobody watches it, and F5 reads it again."""
    file = share / "vpn.md"
    file.write_text("# VPN\n\nRestart the computer.\n", encoding="utf-8")
    (share / "vpn.sv.md").write_text("# VPN\n\nStarta om datorn.\n", encoding="utf-8")
    session = make_session(article=str(file))
    qtbot.waitUntil(lambda: "Restart" in _text(session))
    assert session.reading.articles.files_of(str(file)) == ()
    session.window.language.switch_to("sv")
    assert "Starta om" in _text(session)
    with stalled_share(share):
        with beating() as heart:
            session.window.language.switch_to("en")
            session.window.reader.go_home()
            session.window.reader.go_back()
            assert "Restart" in _text(session)
            session.window.opener.reload()
            qtbot.waitUntil(session.window.parts.notice.isVisible)
        assert "Restart" in _text(session)
    assert heart.longest_ms < MOST_MS
    file.write_text("# VPN\n\nReplace the computer.\n", encoding="utf-8")

    session.window.opener.reload()

    qtbot.waitUntil(lambda: "Replace" in _text(session))


def test_a_single_file_on_a_stalled_share_holds_nothing_up(
    make_session: MakeSession, qtbot: QtBot, share: Path
) -> None:
    """The window comes, says why the file does not, and opens it when it is asked for again."""
    file = share / "vpn.md"
    file.write_text("# VPN\n\nRestart the computer.\n", encoding="utf-8")
    with stalled_share(share):
        with beating() as heart:
            session = make_session(article=str(file))
            assert _page(session) == "HomePage"
            qtbot.waitUntil(session.window.parts.notice.isVisible)
        assert "does not answer" in session.window.parts.notice.accessibleName()
    assert heart.longest_ms < MOST_MS

    session.take(WindowRequest((), "", Path(), str(file)))

    qtbot.waitUntil(lambda: "Restart" in _text(session))


def test_a_pack_on_a_share_is_brought_beside_the_window(
    make_session: MakeSession, qtbot: QtBot, share: Path
) -> None:
    """Asked about, read once and installed: the list and the question name where it really lies."""
    path = share / "office.kbp"
    build(share / "office", path)
    session = make_session()
    shelf = session.window.shelf
    assert shelf is not None
    with stalled_share(share):
        with beating() as heart:
            for deed in (shelf.offer, session.desk.read_once, session.desk.install):
                deed(path)
                qtbot.waitUntil(session.window.parts.notice.isVisible)
                assert "does not answer" in session.window.parts.notice.accessibleName()
                session.window.parts.notice.hide()
        assert not _has(session, "printer")
    assert heart.longest_ms < MOST_MS

    shelf.offer(path)
    qtbot.waitUntil(lambda: bool(session.window.findChildren(PackQuestion)))
    (question,) = session.window.findChildren(PackQuestion)
    question.reject()
    session.desk.read_once(path)
    qtbot.waitUntil(lambda: _has(session, "printer"))
    assert str(path) in _rows(session)
    session.desk.install(path)
    qtbot.waitUntil(lambda: any(item.kind is LibraryKind.OWN_PACK for item in session.desk.items()))
    assert str(path) not in _rows(session)


def test_bringing_a_pack_from_a_share_can_be_cancelled(
    make_session: MakeSession, qtbot: QtBot, share: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = SlowShare(monkeypatch)
    build(share / "office", share / "office.kbp")
    session = make_session()
    session.desk.install(share / "office.kbp")
    with qtbot.waitSignal(session.desk.progressed):
        pass

    session.desk.cancel()

    qtbot.waitUntil(lambda: session.desk.work is None)
    slow.may_end.set()
    assert not _has(session, "printer")
