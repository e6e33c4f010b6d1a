"""Updates in a real session over a real repository: first trust, installing, undo, a stick."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kbviewer.app.gui.background import Background
from kbviewer.app.gui.session import Session
from kbviewer.app.paths import DataFolders, Profile
from kbviewer.app.shelf_places import own_key
from kbviewer.app.window_request import WindowRequest
from kbviewer.content.folder_index import OnProgress
from kbviewer.content.packs.installed import InstalledPacks
from kbviewer.model.policy import Origin, Policy
from kbviewer.model.updates import OldContent, UpdateStage
from kbviewer.state.user_state import UserState
from kbviewer.ui.library.dialogs import PackQuestion
from kbviewer.ui.library.offers_page import OffersPage
from kbviewer.ui.library.update_dialog import UpdateDialog
from kbviewer.ui.library.update_pages import SourcesPage
from kbviewer.ui.shell.actions import ActionId
from tests.support.publisher import FAR, Publisher, write_bundle
from tests.support.update_stage import make_dated_versions

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
ROOT = Path(__file__).parents[3]
DATA = DataFolders(ROOT / "content", ROOT / "i18n", ROOT / "resources")


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two states of one repository and the second as one file; made once, only copied from."""
    folder = tmp_path_factory.mktemp("published")
    first, second, *_rest = make_dated_versions(folder)
    publisher = Publisher(folder / "live")
    for number, pack in enumerate((first, second), 1):
        publisher.publish(pack, expires=FAR)
        shutil.copytree(publisher.folder, folder / f"state-{number}")
    write_bundle(publisher.folder, folder / "second.kbu")
    return folder


@pytest.fixture
def source(published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KBVIEWER_MACHINE_PACKS", str(tmp_path / "machine" / "packs"))
    return Path(shutil.copytree(published / "state-1", tmp_path / "stick"))


@pytest.fixture
def session(qapp: QApplication, source: Path, tmp_path: Path, qtbot: QtBot) -> Iterator[Session]:
    del source
    with UserState.in_memory() as state:
        made = begin(qapp, tmp_path, state, qtbot)
        yield made
        made.close()


def begin(app: QApplication, folder: Path, state: UserState, qtbot: QtBot) -> Session:
    profile = Profile(folder / "profile")
    made = Session(app, WindowRequest((), "en", profile.root), profile, DATA, state)
    with qtbot.waitSignal(made.window.first_painted):
        made.window.show()
    return made


def dialog_of(session: Session) -> UpdateDialog:
    assert session.window.shelf is not None and session.window.shelf.updates is not None
    dialog = session.window.shelf.updates.dialog
    assert dialog is not None
    return dialog


def until(qtbot: QtBot, session: Session, stage: UpdateStage) -> None:
    updates = session.desk.updates
    assert updates is not None
    qtbot.waitUntil(lambda: updates.view.stage is stage and not updates.is_busy, timeout=20_000)


def install_first(qtbot: QtBot, session: Session, source: Path) -> None:
    """Go from an address through first trust to an installed pack."""
    session.window.table[ActionId.LOOK_FOR_UPDATES].trigger()
    assert session.desk.updates is not None
    session.desk.updates.look(str(source))
    until(qtbot, session, UpdateStage.TRUST)
    dialog_of(session).trust_button.click()
    until(qtbot, session, UpdateStage.OFFERS)
    dialog_of(session).install_button.click()
    until(qtbot, session, UpdateStage.RESULTS)


def replace_source(source: Path, published: Path) -> None:
    shutil.rmtree(source)
    shutil.copytree(published / "state-2", source)


def test_from_first_trust_to_an_update_that_is_taken_back(
    qtbot: QtBot, session: Session, source: Path, published: Path, tmp_path: Path
) -> None:
    """The article that is open stays; what is new is said when the dialog is left, with a way back."""
    packs = InstalledPacks(Profile(tmp_path / "profile").packs)
    install_first(qtbot, session, source)
    assert packs.states()["office"].current.version == "1"
    dialog_of(session).close_button.click()
    session.window.open_article("kb100")
    shown = session.window.reader.article
    assert shown is not None

    replace_source(source, published)
    session.window.table[ActionId.LOOK_FOR_UPDATES].trigger()
    assert session.desk.updates is not None
    session.desk.updates.check(session.desk.updates.view.sources[0].key)
    until(qtbot, session, UpdateStage.OFFERS)
    dialog_of(session).install_button.click()
    until(qtbot, session, UpdateStage.RESULTS)
    assert packs.states()["office"].current.version == "2"
    with qtbot.waitSignal(session.desk.undoable_said) as said:
        dialog_of(session).close_button.click()
    assert session.window.reader.article is not None
    assert session.window.reader.article.id == shown.id

    assert said.args is not None
    _text, undo = said.args
    undo()
    qtbot.waitUntil(lambda: packs.states()["office"].current.version == "1", timeout=20_000)
    qtbot.waitUntil(lambda: session.desk.work is None)


def test_a_stick_with_something_newer_is_hinted_at_after_the_next_start(
    qapp: QApplication, qtbot: QtBot, session: Session, source: Path, published: Path, tmp_path: Path
) -> None:
    """One quiet line; its button looks at the source as always."""
    install_first(qtbot, session, source)
    dialog_of(session).close()
    replace_source(source, published)
    with UserState.in_memory() as state:
        again = begin(qapp, tmp_path, state, qtbot)
        assert again.window.shelf is not None and again.window.shelf.updates is not None
        work = again.window.shelf.updates
        qtbot.waitUntil(lambda: work._strip is not None and work._strip.isVisible(), timeout=10_000)
        assert work._strip is not None
        work._strip.look_button.click()
        until(qtbot, again, UpdateStage.OFFERS)
        assert not work._strip.isVisible()
        again.close()


def test_an_update_file_that_is_opened_brings_the_dialog(
    qtbot: QtBot, session: Session, published: Path
) -> None:
    """As when it is double-clicked while the window is open."""
    session.take(WindowRequest((), "", Path(), update=str(published / "second.kbu")))
    until(qtbot, session, UpdateStage.TRUST)
    dialog_of(session).close_button.click()
    assert session.desk.updates is not None
    assert session.desk.updates.view.stage is UpdateStage.SOURCES


def test_an_installation_goes_on_when_the_dialog_is_left(
    qtbot: QtBot, session: Session, source: Path
) -> None:
    """What has been installed is said all the same."""
    session.window.table[ActionId.LOOK_FOR_UPDATES].trigger()
    updates = session.desk.updates
    assert updates is not None
    updates.look(str(source))
    until(qtbot, session, UpdateStage.TRUST)
    updates.trust()
    until(qtbot, session, UpdateStage.OFFERS)
    with qtbot.waitSignal(session.desk.undoable_said, timeout=20_000):
        dialog_of(session).install_button.click()
        dialog_of(session).reject()
    assert session.desk.work is None


def test_where_readers_may_not_change_packs_nothing_is_offered(
    qapp: QApplication, qtbot: QtBot, source: Path, tmp_path: Path
) -> None:
    """No action, no button; an update file is refused in a sentence."""
    del source
    plain = Policy()
    policy = Policy(
        {**plain.values, "allow_updates": "off"}, {**plain.origins, "allow_updates": Origin.LOCKED}, "/p.toml"
    )
    profile = Profile(tmp_path / "profile")
    request = WindowRequest((), "en", profile.root, update=str(tmp_path / "a.kbu"))
    with UserState.in_memory() as state:
        made = Session(qapp, request, profile, DATA, state, policy)
        with qtbot.waitSignal(made.window.first_painted):
            made.window.show()
        assert not made.window.table.offers(ActionId.LOOK_FOR_UPDATES)
        assert made.window.shelf is not None and made.window.shelf.updates is not None
        assert made.window.shelf.updates.dialog is None
        assert made.window.parts.notice.isVisible()
        made.window.shelf.visit()
        assert made.window.shelf.page is not None
        assert made.window.shelf.page.updates_button.isHidden()
        made.close()


def test_without_a_network_a_web_address_is_refused_before_anything_is_sent(
    qapp: QApplication, qtbot: QtBot, source: Path, tmp_path: Path
) -> None:
    """The sentence says who does not allow it, and the address stays in its field."""
    del source
    plain = Policy()
    values, origins = {**plain.values, "network": False}, {**plain.origins, "network": Origin.LOCKED}
    with UserState.in_memory() as state:
        profile = Profile(tmp_path / "profile")
        policy = Policy(values, origins, "/p.toml")
        made = Session(qapp, WindowRequest((), "en", profile.root), profile, DATA, state, policy)
        updates = made.desk.updates
        assert updates is not None
        updates.open()
        updates.look("https://updates.example/kb")
        qtbot.waitUntil(lambda: updates.view.error is not None and not updates.is_busy, timeout=10_000)
        assert updates.view.error is not None
        assert "does not allow updates from https://updates.example/kb" in str(updates.view.error)
        assert updates.view.address == "https://updates.example/kb"
        made.close()


def test_a_source_that_never_answers_does_not_hold_the_program(qapp: QApplication) -> None:
    """A share can stall for minutes; what it says when nobody is left to hear it is lost in silence."""
    del qapp
    answers, said = threading.Event(), threading.Event()
    background = Background()

    def job(tell: OnProgress) -> None:
        answers.wait()
        tell(1, 1)
        said.set()

    background.run(job)
    background.close(0.01)
    shiboken6.delete(background)
    answers.set()
    assert said.wait(10)


def test_an_update_file_that_is_dropped_on_the_window_brings_the_dialog(
    qtbot: QtBot, session: Session, published: Path
) -> None:
    """As a pack that is dropped does."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(published / "second.kbu"))])
    assert session.window.shelf is not None and session.window.shelf.takes(data)
    session.window.shelf.take(data)
    until(qtbot, session, UpdateStage.TRUST)
    assert dialog_of(session).isVisible()


@pytest.mark.parametrize("way", ["dropped", "chosen"])
def test_an_update_file_that_is_called_as_a_pack_brings_the_dialog_all_the_same(
    qtbot: QtBot, session: Session, published: Path, tmp_path: Path, way: str
) -> None:
    """What is in it counts."""
    file = Path(shutil.copy(published / "second.kbu", tmp_path / "second.kbp"))
    if way == "dropped":
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(file))])
        assert session.window.shelf is not None
        session.window.shelf.take(data)
    else:
        session.desk.install(file)
    until(qtbot, session, UpdateStage.TRUST)
    assert dialog_of(session).isVisible()


@pytest.mark.parametrize("way", ["dropped", "named"])
def test_a_pack_where_a_source_belongs_is_asked_about_as_packs_are(
    qtbot: QtBot, session: Session, published: Path, tmp_path: Path, way: str
) -> None:
    """Nothing of it is believed for that; the talk about updates makes room for the question."""
    file = shutil.copy(next((published / "state-1" / "targets").glob("*.kbp")), tmp_path / "1.kbu")
    shelf = session.window.shelf
    assert shelf is not None and shelf.updates is not None and session.desk.updates is not None
    if way == "dropped":
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(file))])
        shelf.take(data)
    else:
        session.window.table[ActionId.LOOK_FOR_UPDATES].trigger()
        session.desk.updates.look(str(file))
    qtbot.waitUntil(lambda: session.window.findChild(PackQuestion) is not None, timeout=10_000)
    assert shelf.updates.dialog is None
    question = session.window.findChild(PackQuestion)
    assert question is not None
    with qtbot.waitSignal(session.desk.undoable_said, timeout=20_000):
        question.install_button.click()
    assert "office" in InstalledPacks(session._profile.packs).states()


def test_single_packs_are_picked_and_a_removed_one_comes_back(
    qtbot: QtBot, session: Session, source: Path
) -> None:
    """As `--install` does on the command line."""
    install_first(qtbot, session, source)
    dialog_of(session).close_button.click()
    session.desk.uninstall(own_key("office"))
    updates = session.desk.updates
    assert updates is not None
    session.window.table[ActionId.LOOK_FOR_UPDATES].trigger()
    updates.check(updates.view.sources[0].key)
    until(qtbot, session, UpdateStage.OFFERS)
    page = dialog_of(session).page
    assert isinstance(page, OffersPage) and not page.picked
    page.boxes["office"].click()
    dialog_of(session).install_button.click()
    until(qtbot, session, UpdateStage.RESULTS)
    assert "office" in InstalledPacks(session._profile.packs).states()


def test_home_says_that_content_may_be_old_and_leads_to_the_updates(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After the first paint, and anew with whatever changes."""
    home, updates = session.window.parts.area.home_page, session.desk.updates
    assert home is not None and updates is not None and home.age.isHidden()
    monkeypatch.setattr(updates, "old_content", lambda: OldContent("Office", date(2026, 1, 2)))
    session.desk.changed.emit()
    assert home.age.isVisible() and "Office" in home.age.text.text()
    home.age.look_button.click()
    assert dialog_of(session).isVisible()


def test_packs_that_are_open_tell_their_days(qtbot: QtBot, session: Session, source: Path) -> None:
    """From which their age is reckoned."""
    install_first(qtbot, session, source)
    assert [(key, day) for key, _title, day in session.desk.shelf.days_of_packs("sv")] == [
        (own_key("office"), date(2026, 9, 1))
    ]


def test_enter_in_the_address_looks_at_the_source(qtbot: QtBot, session: Session, source: Path) -> None:
    """And does not press the button that has the focus by then, which would be Cancel."""
    session.window.table[ActionId.LOOK_FOR_UPDATES].trigger()
    page = dialog_of(session).page
    assert isinstance(page, SourcesPage) and page.address is not None
    page.address.setText(str(source))
    QTest.keyClick(page.address, Qt.Key.Key_Return)
    until(qtbot, session, UpdateStage.TRUST)


def test_who_vouches_is_seen_as_soon_as_it_is_known(
    qtbot: QtBot, session: Session, source: Path, published: Path
) -> None:
    """A pack that was installed from its file before is the same one that is offered."""
    packs = InstalledPacks(session._profile.packs)
    packs.install(next((source / "targets").glob("*.kbp")))
    session.desk.reopened.emit()
    install_first(qtbot, session, source)
    (row,) = [item for item in session.desk.items() if item.key == own_key("office")]
    assert "signed by" in str(row.origin)
    assert "not signed" not in str(row.origin)
