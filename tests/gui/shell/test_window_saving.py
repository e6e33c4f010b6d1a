"""What the window shows while nothing can be saved, and when others change the same data."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from kbviewer.state.user_state import UserState
from kbviewer.ui.article.tick_model import TickState
from kbviewer.ui.shell.actions import ActionId
from kbviewer.ui.shell.bar_button import BarButton
from kbviewer.ui.shell.comment_dialog import CommentDialog
from kbviewer.ui.shell.data_transfer import ImportDialog
from kbviewer.ui.shell.leave_dialog import LeaveDialog
from kbviewer.ui.shell.saving_bar import SavingBar
from kbviewer.ui.shell.window import MainWindow
from tests.gui.shell.conftest import MakeWindow
from tests.support.disks import Disk, free_after_test, full_disks

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints", extend=True)

DISKS = full_disks()


@pytest.fixture(params=sorted(DISKS))
def disk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Disk]:
    with DISKS[request.param](tmp_path / "disk") as made:
        free_after_test(request, made)
        yield made


@pytest.fixture
def state(disk: Disk) -> Iterator[UserState]:
    """The reader's data on a disk that can be filled."""
    with UserState.open(disk.folder / "state.sqlite") as opened:
        yield opened


@pytest.fixture
def window(make_window: MakeWindow, state: UserState) -> MainWindow:
    """A window that shows the article with steps."""
    return make_window("steps")


def strips(window: MainWindow) -> list[SavingBar]:
    return [bar for bar in window.findChildren(SavingBar) if bar.isVisible()]


def words(widget: QWidget) -> str:
    return " ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def press(widget: QWidget, text: str) -> None:
    next(button for button in widget.findChildren(QPushButton) if button.text() == text).click()


def box(window: MainWindow, step: str) -> TickState:
    page = window.reading.page
    assert page is not None
    return page.opened.model.state(step)


def tick(window: MainWindow, step: str) -> None:
    page = window.reading.page
    assert page is not None
    page._step_deeds.press(step)


def fill(disk: Disk, state: UserState) -> None:
    """Fill the disk to the last page of the journal."""
    disk.fill()
    while state.try_saving():
        pass


def test_a_tick_that_cannot_be_saved_is_not_drawn_and_the_strip_says_why(
    window: MainWindow, state: UserState, disk: Disk
) -> None:
    tick(window, "one")
    fill(disk, state)

    tick(window, "two-a")

    assert box(window, "one") is TickState.DONE
    assert box(window, "two-a") is TickState.EMPTY
    assert window.parts.pane.progress._progress.done == 1
    [strip] = strips(window)
    assert "Inte sparat" in words(strip)
    assert "kunde inte sparas" in words(strip)
    assert strip.accessibleName().startswith("Inte sparat: Ändringen kunde inte sparas")
    assert not window.parts.notice.isVisible()


def test_saving_goes_on_in_the_same_window_when_there_is_room(
    window: MainWindow, state: UserState, disk: Disk, qtbot: QtBot
) -> None:
    """Found out by the window itself; the reader only makes room."""
    fill(disk, state)
    tick(window, "one")
    assert window.own_data._trying.isActive()
    window.own_data._trying.timeout.emit()
    assert strips(window)
    disk.free()

    with qtbot.waitSignal(window.own_data.works_again):
        window.own_data._trying.timeout.emit()

    assert not strips(window)
    assert not window.own_data._trying.isActive()
    assert "Det går att spara igen." in words(window.parts.toast)
    tick(window, "one")
    assert state.ticks.done("steps") == {"one"}


def test_the_strip_folds_to_a_line_and_unfolds_with_the_next_failure(
    window: MainWindow, state: UserState, disk: Disk, qtbot: QtBot
) -> None:
    """It can be put aside, not away."""
    fill(disk, state)
    tick(window, "one")
    [strip] = strips(window)
    QApplication.processEvents()
    unfolded = strip.height()

    strip.findChildren(BarButton)[0].click()
    assert words(strip) == "Inte sparat"
    qtbot.waitUntil(lambda: 24 <= strip.height() < unfolded)
    assert strip.findChildren(BarButton)[0].accessibleName() == "Visa varför"
    window.own_data.try_again()
    assert words(strip) == "Inte sparat"

    tick(window, "one")
    assert "kunde inte sparas" in words(strip)


def test_tab_comes_to_the_strip_after_the_bar(
    window: MainWindow, state: UserState, disk: Disk, qtbot: QtBot
) -> None:
    """It stands under the bar, and whoever cannot see it meets it there."""
    fill(disk, state)
    tick(window, "one")
    window.parts.bar.last_stop.setFocus()
    visited = []
    for _ in range(4):
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
        focus = window.focusWidget()
        visited.append(focus.text() if isinstance(focus, QPushButton) else focus.accessibleName())
    assert visited[:3] == ["Försök igen", "Exportera mina data…", "Visa mindre"]
    assert window.focusWidget() is window.parts.pane.tabs


def test_trying_by_hand_says_what_came_of_it(window: MainWindow, state: UserState, disk: Disk) -> None:
    fill(disk, state)
    tick(window, "one")
    [strip] = strips(window)

    press(strip, "Försök igen")
    assert "Det går fortfarande inte att spara." in words(window.parts.toast)
    disk.free()
    press(strip, "Försök igen")

    assert not strips(window)


def test_settings_wait_until_they_can_be_saved(
    window: MainWindow, state: UserState, disk: Disk, qtbot: QtBot
) -> None:
    fill(disk, state)
    window.table[ActionId.THEME_DARK].trigger()
    window.settings.flush()
    assert strips(window)
    disk.free()

    with qtbot.waitSignal(window.own_data.works_again):
        window.own_data.try_again()

    assert state.settings.values.theme == "dark"


def test_a_comment_that_cannot_be_saved_stays_in_its_dialog(
    window: MainWindow, state: UserState, disk: Disk
) -> None:
    """Nothing that was typed is lost; saving is one key away when there is room."""
    fill(disk, state)
    window.conversations.comment("first")
    [dialog] = [found for found in window.findChildren(CommentDialog) if found.isVisible()]
    dialog.write("Lång text")
    press(dialog, "Spara")
    [again] = [found for found in window.findChildren(CommentDialog) if found.isVisible()]
    assert again.text == "Lång text"
    assert strips(window)
    disk.free()

    press(again, "Spara")

    assert [comment.text for comment in state.comments.list()] == ["Lång text"]
    assert not strips(window)


@pytest.mark.parametrize("width", [320, 400, 900, 1366])
@pytest.mark.parametrize("zoom", [1.0, 2.0])
def test_the_strip_shows_all_of_its_words_at_any_width(
    make_window: MakeWindow, state: UserState, disk: Disk, width: int, zoom: float
) -> None:
    state.settings.set("zoom", zoom)
    fill(disk, state)
    window = make_window("steps", size=(width, 700))
    tick(window, "one")
    QApplication.processEvents()
    [strip] = strips(window)
    shown = [
        child
        for child in (
            *strip.findChildren(QLabel),
            *strip.findChildren(QPushButton),
            *strip.findChildren(BarButton),
        )
        if child.isVisible()
    ]
    places = [QRect(child.mapTo(strip, QPoint(0, 0)), child.size()) for child in shown]
    assert all(strip.rect().contains(place) for place in places)
    assert not any(a.intersects(b) for index, a in enumerate(places) for b in places[:index])
    for child in shown:
        if isinstance(child, QLabel):
            assert child.height() >= child.heightForWidth(child.width()) or not child.wordWrap()
        else:
            assert child.width() >= child.minimumSizeHint().width()
            assert child.height() >= 24


def test_a_session_that_began_without_saving_says_so_until_it_is_saved(
    make_window: MakeWindow, disk: Disk, tmp_path: Path
) -> None:
    """What was ticked meanwhile is in the file then, without a restart."""
    (tmp_path / "blocked").write_text("in the way")
    path = tmp_path / "blocked" / "state.sqlite"
    with UserState.open(path) as session:
        window = make_window("steps", state=session)
        [strip] = strips(window)
        assert "Tills dess sparas inget i den här sessionen." in words(strip)
        tick(window, "one")
        assert box(window, "one") is TickState.DONE
        press(strip, "Försök igen")
        assert strips(window)
        (tmp_path / "blocked").unlink()

        press(strip, "Försök igen")

        assert not strips(window)
        assert box(window, "one") is TickState.DONE
        with UserState.open(path, read_only=True) as saved:
            assert saved.ticks.done("steps") == {"one"}
        window.close()


@pytest.fixture
def session_window(make_window: MakeWindow, tmp_path: Path) -> Iterator[MainWindow]:
    """A window over a profile that cannot be made."""
    (tmp_path / "blocked").write_text("in the way")
    with UserState.open(tmp_path / "blocked" / "state.sqlite") as session:
        window = make_window("steps", state=session)
        yield window
        window.own_data._is_leaving = True
        window.close()


def leave_dialogs(window: MainWindow) -> list[LeaveDialog]:
    return [found for found in window.findChildren(LeaveDialog) if found.isVisible()]


def test_closing_asks_before_work_is_lost(session_window: MainWindow, tmp_path: Path) -> None:
    """Esc stays, the file has it all, and whoever insists may go."""
    tick(session_window, "one")
    assert not session_window.close()
    [dialog] = leave_dialogs(session_window)
    assert "gå förlorat" in words(dialog)
    dialog.reject()
    assert session_window.isVisible()
    session_window.own_data.transfer.export_to(tmp_path / "data.json")
    assert '"one"' in (tmp_path / "data.json").read_text("utf-8")

    session_window.close()
    press(leave_dialogs(session_window)[-1], "Stäng utan att spara")

    assert not session_window.isVisible()


def test_closing_saves_what_can_be_saved_by_then(session_window: MainWindow, tmp_path: Path) -> None:
    tick(session_window, "one")
    (tmp_path / "blocked").unlink()

    assert session_window.close()

    with UserState.open(tmp_path / "blocked" / "state.sqlite", read_only=True) as saved:
        assert saved.ticks.done("steps") == {"one"}


def test_closing_asks_nobody_who_has_only_read(session_window: MainWindow) -> None:
    """A kiosk on a read-only profile must not ask every evening."""
    assert session_window.close()
    assert not leave_dialogs(session_window)


def test_what_another_program_changes_is_shown_when_the_window_comes_to_the_front(
    window: MainWindow, state: UserState, disk: Disk
) -> None:
    """Both see each other's ticks; nobody's is lost."""
    tick(window, "one")
    with UserState.open(disk.folder / "state.sqlite") as other:
        other.ticks.set_done("steps", ["two-a"], True)
        assert box(window, "two-a") is TickState.EMPTY

        QApplication.sendEvent(window, QEvent(QEvent.Type.WindowActivate))

        assert box(window, "two-a") is TickState.DONE
        tick(window, "two-a")
        assert other.ticks.done("steps") == {"one"}


def test_home_shows_what_another_program_has_begun(
    make_window: MakeWindow, state: UserState, disk: Disk
) -> None:
    window = make_window()
    assert "Påbörjade procedurer" not in words(window.parts.area)
    with UserState.open(disk.folder / "state.sqlite") as other:
        other.ticks.set_done("steps", ["one"], True)
    shown: list[bool] = []
    window.own_data.changed.connect(lambda: shown.append(True))

    window.own_data.look()
    window.own_data.look()

    assert shown == [True]
    assert "Påbörjade procedurer" in words(window.parts.area)


def test_data_goes_out_and_comes_in_through_the_menu(
    window: MainWindow, state: UserState, tmp_path: Path
) -> None:
    tick(window, "one")
    transfer = window.own_data.transfer
    transfer.export_to(tmp_path / "data.json")
    assert "data.json" in words(window.parts.toast)
    assert json.loads((tmp_path / "data.json").read_text("utf-8"))["tables"]["ticks"][0]["step"] == "one"
    tick(window, "one")
    assert box(window, "one") is TickState.EMPTY

    transfer.import_from(tmp_path / "data.json")

    assert box(window, "one") is TickState.DONE
    [dialog] = [found for found in window.findChildren(ImportDialog) if found.isVisible()]
    assert "Bockar: 1 tillkom" in words(dialog)
    assert "är sparat som state-before-import-" in words(dialog)
    press(dialog, "Stäng")
    transfer.import_from(tmp_path / "data.json")
    [dialog] = [found for found in window.findChildren(ImportDialog) if found.isVisible()]
    assert "fanns redan här" in words(dialog)
    press(dialog, "Stäng")


def test_a_file_that_is_none_is_told_in_the_notice(window: MainWindow, tmp_path: Path) -> None:
    (tmp_path / "data.json").write_text("{}")

    window.own_data.transfer.import_from(tmp_path / "data.json")

    assert "data.json kan inte importeras" in words(window.parts.notice)


@pytest.mark.parametrize("action", [ActionId.EXPORT_DATA, ActionId.IMPORT_DATA])
def test_the_menu_asks_for_a_file(window: MainWindow, action: ActionId, qtbot: QtBot) -> None:
    window.table[action].trigger()

    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None)
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    assert "mina data" in dialog.windowTitle()
    dialog.close()


def test_a_closed_window_hears_no_more(window: MainWindow, state: UserState, disk: Disk) -> None:
    window.close()
    fill(disk, state)
    with pytest.raises(Exception, match="could not be saved"):
        state.ticks.set_done("steps", ["one"], True)
    assert not window.own_data._trying.isActive()
