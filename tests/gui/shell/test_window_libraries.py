"""Several libraries in a real session: on and off, order, installing, and what becomes of what is read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from kbviewer.app.gui.session import Session
from kbviewer.app.paths import Profile, data_folders
from kbviewer.app.shelf_places import BUNDLED, file_key, folder_key, own_key
from kbviewer.app.window_request import WindowRequest
from kbviewer.content.packs.installed import InstalledPacks
from kbviewer.state.user_state import UserState
from kbviewer.ui.library.dialogs import CheckReport, PackQuestion
from kbviewer.ui.library.page import LibraryPage
from kbviewer.ui.library.wording import Deed
from kbviewer.ui.shell.actions import ActionId
from tests.support.packs import make_folder, make_pack

pytestmark = pytest.mark.qt_log_ignore(
    "does not support (propagateSizeHints|raise)", "a warning of Qt", extend=True
)
OFFICE = own_key("office")
MakeSession = Callable[..., Session]


@pytest.fixture(scope="module")
def pack_files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Three versions of one pack, for all tests."""
    folder = tmp_path_factory.mktemp("packs")
    return {
        version: make_pack(folder / f"{version}.kbp", version, says=f"Version {version}.")
        for version in ("1", "2")
    }


@pytest.fixture
def state() -> Iterator[UserState]:
    with UserState.in_memory() as state:
        yield state


@pytest.fixture
def make_session(qapp: QApplication, qtbot: QtBot, profile: Path, state: UserState) -> Iterator[MakeSession]:
    """Makes sessions over one profile, each shown; the one before is closed."""
    before = QLocale()
    made: list[Session] = []

    def close() -> None:
        while made:
            session = made.pop()
            session.window.close()
            session.close()

    def make(*named: Path, pack: str = "") -> Session:
        close()
        request = WindowRequest(named, "sv", profile, pack=pack)
        session = Session(qapp, request, Profile(profile), data_folders(), state)
        made.append(session)
        with qtbot.waitSignal(session.window.first_painted):
            session.window.show()
        return session

    yield make
    close()
    QLocale.setDefault(before)


@pytest.fixture
def session(make_session: MakeSession) -> Session:
    return make_session()


def page_of(session: Session) -> LibraryPage:
    """Go to the page with all libraries."""
    session.window.table[ActionId.LIBRARIES].trigger()
    page = session.window.parts.area.current
    assert isinstance(page, LibraryPage)
    return page


def install(session: Session, qtbot: QtBot, path: Path) -> None:
    session.desk.install(path)
    qtbot.waitUntil(lambda: session.desk.work is None)


def has(session: Session, reference: str) -> bool:
    return session.window.library.find(reference) is not None


def toast(session: Session) -> str:
    return session.window.parts.toast._text.text()


def press_toast(session: Session) -> None:
    session.window.parts.toast.button.click()


def titles(page: LibraryPage) -> list[str]:
    return [row.switch.text() for row in page._in_order()]


def test_a_folder_is_read_beside_what_is_open_and_remembered(
    session: Session, make_session: MakeSession, tmp_path: Path
) -> None:
    folder = make_folder(tmp_path / "mine")
    assert session.window.shelf is not None
    session.window.shelf.add_folder(folder)
    assert has(session, "printer")
    assert has(session, "kb307294")
    assert session.window.parts.area.shows_home

    again = make_session()

    assert has(again, "printer")
    assert titles(page_of(again)) == ["Kontorets hjälp", "Exempelartiklar för kbviewer"]


def test_a_library_that_is_off_gives_no_articles_and_stays_off(
    session: Session, make_session: MakeSession
) -> None:
    page = page_of(session)
    page.rows[BUNDLED].switch.click()
    assert not has(session, "kb307294")
    session.window.table[ActionId.HOME].trigger()
    assert "avstängda" in session.window.parts.area.to_home()._empty.text

    again = make_session()

    assert not has(again, "kb307294")
    page_of(again).rows[BUNDLED].switch.click()
    assert has(again, "kb307294")


def test_an_article_of_a_library_that_is_off_says_so_and_comes_back_to_its_place(session: Session) -> None:
    """Tabs and history know it still; what was written about it is kept."""
    session.window.open_article("kb307294", "lan")
    session.desk.switch(BUNDLED, on=False)
    status = session.window.parts.area.status_page
    assert status is not None
    assert session.window.parts.area.current is status
    assert "öppet bibliotek" in status.accessibleName()
    buttons = [button for button in status.findChildren(QPushButton) if "Bibliotek" in button.text()]
    buttons[0].click()
    assert isinstance(session.window.parts.area.current, LibraryPage)
    session.window.table[ActionId.BACK].trigger()

    session.desk.switch(BUNDLED, on=True)

    assert session.window.windowTitle().startswith("Vanliga")


def test_the_upper_library_has_the_article(session: Session, tmp_path: Path) -> None:
    """Order is precedence; the keyboard moves a library."""
    upper, lower = (make_folder(tmp_path / name, says=f"Från {name}.") for name in ("upper", "lower"))
    for folder in (lower, upper):
        session.desk.add_folder(folder)
    assert "Från upper." in str(session.window.library.article("printer", "sv"))
    page = page_of(session)

    page.rows[folder_key(lower)].up.click()

    assert "Från lower." in str(session.window.library.article("printer", "sv"))
    assert [item.key for item in page._items][:2] == [folder_key(lower), folder_key(upper)]


def test_a_pack_is_installed_beside_the_window_and_undone(
    session: Session, qtbot: QtBot, pack_files: dict[str, Path]
) -> None:
    install(session, qtbot, pack_files["1"])
    assert has(session, "printer")
    assert "installerat" in toast(session)

    press_toast(session)

    assert not has(session, "printer")


def test_a_newer_version_is_read_at_the_same_place_and_undone(
    session: Session, qtbot: QtBot, pack_files: dict[str, Path]
) -> None:
    """Reading goes on; the note says which version it is, for both are of the same day."""
    install(session, qtbot, pack_files["1"])
    session.window.open_article("printer")

    install(session, qtbot, pack_files["2"])

    page = session.window.reading.page
    assert page is not None
    assert "Version 2." in page.view.document().toPlainText()
    assert "version 2" in toast(session)
    press_toast(session)
    qtbot.waitUntil(lambda: session.desk.work is None)
    assert "Version 1." in page.view.document().toPlainText()


def test_a_file_that_is_no_pack_is_refused_with_a_sentence(
    session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    wrong = tmp_path / "wrong.kbp"
    wrong.write_bytes(b"no pack" * 100)
    install(session, qtbot, wrong)
    assert "wrong.kbp" in session.window.parts.notice._text.text()
    assert [item.key for item in session.desk.items()] == [BUNDLED]


def test_an_installation_that_is_cancelled_changes_nothing(
    session: Session,
    qtbot: QtBot,
    profile: Path,
    pack_files: dict[str, Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Between one chunk and the next, as with a file that is copied from a slow stick."""
    install_it = InstalledPacks.install

    def slow(self: InstalledPacks, source: Path, on_progress: Callable[[int, int], None]) -> object:
        while True:
            on_progress(1 << 20, 2 << 20)
            if cancelled:
                return install_it(self, source, on_progress)

    cancelled = False
    monkeypatch.setattr(InstalledPacks, "install", slow)
    session.desk.install(pack_files["1"])
    session.desk.cancel()
    qtbot.waitUntil(lambda: session.desk.work is None)
    assert not InstalledPacks(Profile(profile).packs).states()
    assert not has(session, "printer")


def test_a_damaged_pack_is_told_and_listed_with_what_to_do(
    make_session: MakeSession, profile: Path, pack_files: dict[str, Path]
) -> None:
    """Not in the log alone."""
    packs = InstalledPacks(Profile(profile).packs)
    _, installed = packs.install(pack_files["1"])
    path = packs.path_of(installed.current)
    path.write_bytes(path.read_bytes()[:-30])

    session = make_session()

    assert "1 bibliotek går inte att öppna" in toast(session)
    press_toast(session)
    page = session.window.parts.area.current
    assert isinstance(page, LibraryPage)
    row = page.rows[OFFICE]
    assert not row.switch.isEnabled()
    assert row._trouble.text().startswith("”office” är inget helt paket")
    assert "avinstallera" in row._trouble.text()
    assert not row.buttons[Deed.UNINSTALL].isHidden()


def test_uninstalling_asks_first(session: Session, qtbot: QtBot, pack_files: dict[str, Path]) -> None:
    """It cannot be undone."""
    install(session, qtbot, pack_files["1"])
    page_of(session).rows[OFFICE].buttons[Deed.UNINSTALL].click()
    (question,) = dialogs(session)
    assert has(session, "printer")

    next(b for b in question.findChildren(QPushButton) if b.text() == "Avinstallera").click()

    assert not has(session, "printer")


def test_a_pack_that_is_opened_in_a_running_window_is_asked_about(
    session: Session, profile: Path, qtbot: QtBot, pack_files: dict[str, Path]
) -> None:
    session.take(WindowRequest((), "", profile, pack=str(pack_files["1"])))
    (question,) = dialogs(session)
    assert isinstance(question, PackQuestion)
    assert not has(session, "printer")
    question.read_button.click()
    assert has(session, "printer")
    assert has(session, "kb307294")
    assert session.desk.shelf.lasting.format() == '{"order": ["bundled"], "off": []}'

    page_of(session).rows[file_key(pack_files["1"])].buttons[Deed.INSTALL].click()
    qtbot.waitUntil(lambda: session.desk.work is None)

    assert [item.key for item in session.desk.items()] == [OFFICE, BUNDLED]


def test_a_pack_that_a_first_start_names_is_read(
    make_session: MakeSession, pack_files: dict[str, Path]
) -> None:
    session = make_session(pack=str(pack_files["1"]))
    assert has(session, "printer")


def test_a_later_start_with_two_libraries_opens_both(
    session: Session, profile: Path, tmp_path: Path, pack_files: dict[str, Path]
) -> None:
    """The same command as for a first start means the same."""
    folder = tmp_path / "solo"
    (folder / "solo").mkdir(parents=True)
    (folder / "solo" / "sv.md").write_text("---\ntitle: Ensam\nlang: sv\n---\n# Ensam\n", encoding="utf-8")

    session.take(WindowRequest((folder, pack_files["1"]), "", profile))

    assert has(session, "solo")
    assert has(session, "printer")
    assert not has(session, "kb307294")
    page = page_of(session)
    assert not page._once.isHidden()
    page.rows[BUNDLED].switch.click()
    assert has(session, "kb307294")
    assert session.window.settings.values.libraries == ""


def test_a_pack_or_a_folder_can_be_dropped_on_the_window(
    session: Session, tmp_path: Path, pack_files: dict[str, Path]
) -> None:
    drop(session.window, pack_files["1"])
    (question,) = dialogs(session)
    question.reject()
    drop(session.window, make_folder(tmp_path / "mine"))
    assert has(session, "printer")
    assert not accepts(session.window, tmp_path / "mine" / "pack.toml")


def test_a_check_tells_what_is_wrong(session: Session, qtbot: QtBot, tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "mine")
    (folder / "printer" / "sv.md").write_text("---\ntitle: [Trasig\n---\n# Trasig\n", encoding="utf-8")
    session.desk.add_folder(folder)
    page_of(session).rows[folder_key(folder)].buttons[Deed.CHECK].click()
    qtbot.waitUntil(lambda: session.desk.work is None)
    (report,) = dialogs(session)
    assert isinstance(report, CheckReport)
    assert "printer/sv.md" in report.list.toPlainText()


def dialogs(session: Session) -> list[QDialog]:
    return [found for found in session.window.findChildren(QDialog) if found.isVisible()]


def _of(path: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    return data


def accepts(window: QWidget, path: Path) -> bool:
    data = _of(path)
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(9, 9), Qt.DropAction.CopyAction, data, buttons, keys)
    enter.ignore()
    QApplication.sendEvent(window, enter)
    return enter.isAccepted()


def drop(window: QWidget, path: Path) -> None:
    assert accepts(window, path)
    data = _of(path)
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(window, QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, data, buttons, keys))
