"""The page with all libraries: what it shows, what its controls want, and where the focus stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kbviewer.i18n.translator import Translator
from kbviewer.model.shelf import ShelfItem
from kbviewer.ui.library.page import LibraryPage
from kbviewer.ui.library.wording import Deed, deed_name, facts_of, trouble_of
from kbviewer.ui.library.work_strip import WorkStrip
from kbviewer.ui.theme.theme import Theme
from tests.support.shelf import DAMAGED, ITEMS

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
I18N = Path(__file__).parents[3] / "i18n"
PACK, FOLDER, _, BUNDLED = ITEMS


@pytest.fixture
def page(qtbot: QtBot) -> LibraryPage:
    page = LibraryPage(Theme("light"), Translator(I18N, "en"))
    qtbot.addWidget(page)
    page.resize(900, 1000)
    show(page, ITEMS)
    page.show()
    page.activateWindow()
    qtbot.waitActive(page)
    return page


def show(
    page: LibraryPage, items: tuple[ShelfItem, ...], *, is_kept: bool = True, busy: bool = False
) -> None:
    page.show_items(items, is_kept=is_kept, is_busy=busy)


def test_a_row_tells_what_is_known(page: LibraryPage) -> None:
    facts = facts_of(PACK, Translator(I18N, "en")).replace("\u00a0", " ")
    assert facts == (
        "Pack, installed by you · 1,200 articles (English 900, Swedish 1,200) · 22 November 2026"
        " · Version 2 · KB · 12.6 MB"
    )
    assert "2 files cannot be read" in page.rows[FOLDER.key]._trouble.text()
    assert "2 files cannot be read" in page.rows[FOLDER.key].switch.accessibleDescription()
    hidden = replace(PACK, hidden_by="B2")
    assert "“B2”" in trouble_of(hidden, Translator(I18N, "en"))


def test_a_damaged_library_cannot_be_switched_on(page: LibraryPage) -> None:
    row = page.rows[DAMAGED.key]
    assert not row.switch.isEnabled()
    assert "damaged" in row._trouble.text()
    assert not row.buttons[Deed.UNINSTALL].isHidden()
    assert Deed.CHECK not in row.buttons or row.buttons[Deed.CHECK].isHidden()


def test_a_folder_that_is_gone_can_be_switched_off(page: LibraryPage) -> None:
    """It would else be told at every start until its stick is plugged in again."""
    show(page, (DAMAGED, replace(FOLDER, fault=DAMAGED.fault)))
    row = page.rows[FOLDER.key]
    assert row.switch.isEnabled()
    assert row.switch.isChecked()
    assert page.beginning is row.switch


def test_what_can_be_done_depends_on_what_it_is(page: LibraryPage) -> None:
    def offered(key: str) -> list[Deed]:
        return [deed for deed, button in page.rows[key].buttons.items() if not button.isHidden()]

    assert offered(PACK.key) == [Deed.CHECK, Deed.ROLL_BACK, Deed.LOCATE, Deed.UNINSTALL]
    assert offered(FOLDER.key) == [Deed.CHECK, Deed.LOCATE, Deed.FORGET]
    assert offered(BUNDLED.key) == [Deed.CHECK, Deed.LOCATE]
    show(page, ITEMS, is_kept=False)
    assert offered(FOLDER.key) == [Deed.CHECK, Deed.LOCATE]


def test_controls_say_what_they_want(page: LibraryPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.switched, check_params_cb=lambda key, on: (key, on) == (BUNDLED.key, True)):
        QTest.keyClick(page.rows[BUNDLED.key].switch, Qt.Key.Key_Space)
    with qtbot.waitSignal(page.deed_wanted) as caught:
        page.rows[PACK.key].buttons[Deed.ROLL_BACK].click()
    assert caught.args == [PACK.key, Deed.ROLL_BACK]
    with qtbot.waitSignal(page.left):
        QTest.keyClick(page.rows[PACK.key].switch, Qt.Key.Key_Escape)


def test_keys_move_a_library_and_the_focus_goes_along(page: LibraryPage) -> None:
    """From any control of its row."""
    placed: list[tuple[str, int]] = []

    def move(key: str, at: int) -> None:
        placed.append((key, at))
        items = [item for item in page._items if item.key != key]
        items.insert(at, next(item for item in ITEMS if item.key == key))
        show(page, tuple(items))

    page.placed.connect(move)
    button = page.rows[FOLDER.key].buttons[Deed.CHECK]
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(button, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert placed == [(FOLDER.key, 0)]
    assert QApplication.focusWidget() is button
    assert not page.rows[FOLDER.key].up.isEnabled()
    QTest.keyClick(button, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert [item.key for item in page._items] == [item.key for item in ITEMS]


def test_a_row_is_dragged_by_its_grip(page: LibraryPage, qtbot: QtBot) -> None:
    grip, last = page.rows[PACK.key].grip, page.rows[BUNDLED.key]
    start = grip.rect().center()
    end = grip.mapFromGlobal(last.mapToGlobal(QPoint(5, last.height() - 3)))
    QTest.mousePress(grip, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(grip, end)
    qtbot.waitUntil(lambda: not page._line.isHidden())
    with qtbot.waitSignal(page.placed) as caught:
        QTest.mouseRelease(grip, Qt.MouseButton.LeftButton, pos=end)
    assert caught.args == [PACK.key, 3]
    assert page._line.isHidden()


def test_the_focus_survives_a_row_that_goes(page: LibraryPage) -> None:
    page.rows[FOLDER.key].buttons[Deed.FORGET].setFocus()
    show(page, (PACK, BUNDLED))
    assert page.folder_button.hasFocus()
    assert list(page.rows) == [PACK.key, BUNDLED.key]


def test_one_library_has_no_order(page: LibraryPage) -> None:
    show(page, (PACK,))
    row = page.rows[PACK.key]
    assert row.grip.isHidden()
    assert row.up.isHidden()


def test_while_something_is_under_way_nothing_else_that_takes_time_begins(page: LibraryPage) -> None:
    show(page, ITEMS, busy=True)
    row = page.rows[PACK.key]
    assert not row.buttons[Deed.CHECK].isEnabled()
    assert not page.pack_button.isEnabled()
    assert row.switch.isEnabled()


def test_what_is_under_way_is_shown_when_it_takes_long(qtbot: QtBot) -> None:
    """A flash of a bar would only disturb."""
    from kbviewer.model.messages import message

    strip = WorkStrip(Theme("light"), Translator(I18N, "sv"))
    qtbot.addWidget(strip)
    strip.show_work(message("Checking “{title}” …", title="A1"))
    assert strip.isHidden()
    qtbot.waitUntil(strip.isVisible)
    strip.show_share(3, 4)
    assert strip.bar.value() == 750
    assert "Kontrollerar ”A1”" in strip.bar.accessibleName()
    with qtbot.waitSignal(strip.cancelled):
        strip.cancel_button.click()
    strip.show_work(None)
    assert strip.isHidden()


@pytest.mark.parametrize("widths", [(900, 380), (380, 900, 380)])
def test_a_long_title_is_not_cut_in_a_narrow_window(page: LibraryPage, widths: tuple[int, ...]) -> None:
    """Its line is as high as its text needs at the width that it has now."""
    show(page, (replace(PACK, title="Articles for everybody who works at the office"), FOLDER))
    for width in widths:
        page.resize(width, 1000)
        for _ in range(3):
            QApplication.processEvents()

    switch = page.rows[PACK.key].switch
    assert switch.height() == switch.heightForWidth(switch.width()) > 40


def test_a_button_that_has_begun_something_keeps_the_focus_and_waits(page: LibraryPage) -> None:
    """A second Enter would else press the next button, which was never meant."""
    wanted: list[Deed] = []
    page.deed_wanted.connect(lambda _key, deed: wanted.append(deed))
    button = page.rows[PACK.key].buttons[Deed.ROLL_BACK]
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    show(page, ITEMS, busy=True)

    assert QApplication.focusWidget() is button
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert wanted == [Deed.ROLL_BACK]

    gone_back = replace(PACK, version="1", previous="2", is_previous_newer=True)
    show(page, (gone_back, *ITEMS[1:]))
    assert QApplication.focusWidget() is button
    assert button.text() == "Go forward to version 2"
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert wanted == [Deed.ROLL_BACK] * 2


@pytest.mark.parametrize(
    ("previous_day", "is_newer", "name"),
    [
        (None, False, "Go back to the version before"),
        (None, True, "Go forward to the newer version"),
        (date(2026, 10, 1), False, "Go back to the content from 1 October 2026"),
        (date(2026, 12, 1), True, "Go forward to the content from 1 December 2026"),
    ],
)
def test_the_way_to_the_other_version_says_where_it_leads(
    previous_day: date | None, is_newer: bool, name: str
) -> None:
    """Who has gone back would else be invited to go back to what is newer."""
    item = replace(PACK, previous="", previous_day=previous_day, is_previous_newer=is_newer)
    assert deed_name(Deed.ROLL_BACK, item, Translator(I18N, "en")) == name
