"""The talk about updates: what each page shows, what it wants, and what is never chosen beforehand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from kbviewer.i18n.translator import Translator
from kbviewer.model.errors import UpdateError
from kbviewer.model.messages import message
from kbviewer.model.updates import PackChange, PackLabel, UpdateStep, UpdateView
from kbviewer.ui.library.dialogs import ForgetQuestion, PackQuestion
from kbviewer.ui.library.offers_page import OffersPage
from kbviewer.ui.library.update_dialog import UpdateDialog
from kbviewer.ui.library.update_pages import SourcesPage, TrustPage
from kbviewer.ui.library.update_wording import change_text
from kbviewer.ui.theme.check_line import CheckLine
from kbviewer.ui.theme.theme import Theme
from tests.support.shelf import ITEMS
from tests.support.updates import OFFERS, RESULTS, SOURCES, STALE, TRUST, FakeUpdates

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
I18N = Path(__file__).parents[3] / "i18n"


@pytest.fixture
def updates(qtbot: QtBot) -> FakeUpdates:
    del qtbot
    return FakeUpdates()


@pytest.fixture
def dialog(qtbot: QtBot, updates: FakeUpdates) -> Iterator[UpdateDialog]:
    window = QWidget()
    window.resize(1000, 700)
    qtbot.addWidget(window)
    window.show()
    made = UpdateDialog(updates, Theme("light"), Translator(I18N, "en"), window)
    made.open_centred()
    yield made


def texts(dialog: UpdateDialog) -> str:
    assert dialog.page is not None
    shown = [label.text() for label in dialog.page.findChildren(QLabel)]
    return " ".join([*shown, *(box.text() for box in dialog.page.findChildren(CheckLine))])


def test_sources_tell_how_old_they_are_and_only_the_readers_own_can_be_forgotten(
    dialog: UpdateDialog, updates: FakeUpdates
) -> None:
    """What the administrator has named is not the reader's to take away."""
    page = dialog.page
    assert isinstance(page, SourcesPage)
    assert "KB" in texts(dialog) and "2026" in texts(dialog)
    assert set(page.buttons) == {
        ("check", "0123456789abcdef"),
        ("forget", "0123456789abcdef"),
        ("check", "/given"),
    }
    page.buttons["check", "/given"].click()
    assert updates.told == [("check", "/given")]


def test_forgetting_asks_first(dialog: UpdateDialog, updates: FakeUpdates) -> None:
    """To trust again means to compare again."""
    page = dialog.page
    assert isinstance(page, SourcesPage)
    page.buttons["forget", "0123456789abcdef"].click()
    (question,) = dialog.findChildren(ForgetQuestion)
    assert updates.told == []
    question.forget_button.click()
    assert updates.told == [("forget", "0123456789abcdef")]


def test_a_locked_source_leaves_no_way_to_name_another(dialog: UpdateDialog, updates: FakeUpdates) -> None:
    """What would be refused is not offered."""
    updates.show(replace(SOURCES, may_add=False))
    page = dialog.page
    assert isinstance(page, SourcesPage) and page.address is None


def test_an_address_that_could_not_be_looked_at_stays_to_be_put_right(
    qtbot: QtBot, dialog: UpdateDialog, updates: FakeUpdates
) -> None:
    """Nobody types a long address twice."""
    error = UpdateError(message("It is not there."), message("Look again."))
    updates.show(replace(SOURCES, address="/nowhere", error=error))
    page = dialog.page
    assert isinstance(page, SourcesPage) and page.address is not None
    assert "It is not there. Look again." in texts(dialog)
    qtbot.keyClick(page.address, Qt.Key.Key_Return)
    assert updates.told == [("look", "/nowhere")]


def test_trust_is_never_what_enter_does(dialog: UpdateDialog, updates: FakeUpdates) -> None:
    """Who presses Enter without reading has trusted nobody."""
    updates.show(TRUST)
    assert isinstance(dialog.page, TrustPage)
    assert "01234567" in texts(dialog)
    assert dialog.close_button.isDefault() and not dialog.trust_button.isDefault()
    dialog.close_button.click()
    assert updates.told == [("back", "")]
    updates.show(TRUST)
    dialog.trust_button.click()
    assert updates.told[-1] == ("trust", "")


def test_offers_say_what_each_pack_costs(dialog: UpdateDialog, updates: FakeUpdates) -> None:
    """Version, date, bytes, and whether it comes whole."""
    updates.show(OFFERS)
    shown = texts(dialog).replace("\u00a0", " ")
    for part in ("A1", "3.7 kB", "B2", "12.3 MB", "C3"):
        assert part in shown.replace(",", "."), part
    dialog.install_button.click()
    assert updates.told == [("install", False)]


def test_single_packs_can_be_picked_and_what_was_removed_is_not_ticked(
    qtbot: QtBot, dialog: UpdateDialog, updates: FakeUpdates
) -> None:
    """Bytes and the button follow the boxes; without any there is nothing to press."""
    updates.show(OFFERS)
    page = dialog.page
    assert isinstance(page, OffersPage) and page.picked == {"a1", "b2"}
    assert dialog.install_button.text() == "Install 2 packs" and dialog.install_button.isDefault()
    assert "removed earlier" in page.boxes["d4"].accessibleName()
    page.boxes["b2"].click()
    qtbot.keyClick(page.boxes["d4"], Qt.Key.Key_Space)
    assert "4.1" in page.total.text()
    page.boxes["a1"].click()
    assert dialog.install_button.text() == "Install 1 pack"
    dialog.install_button.click()
    assert updates.told == [("install", False)] and updates.picked == frozenset({"d4"})
    page.boxes["d4"].click()
    assert not dialog.install_button.isEnabled()


def test_what_is_ticked_stays_so_when_the_theme_changes(dialog: UpdateDialog, updates: FakeUpdates) -> None:
    """The page is made anew then."""
    updates.show(STALE)
    page = dialog.page
    assert isinstance(page, OffersPage) and page.consent is not None
    page.boxes["b2"].click()
    page.consent.click()
    dialog._theme.set_preference("dark")
    again = dialog.page
    assert isinstance(again, OffersPage) and again is not page
    assert again.answers == (frozenset({"a1"}), True)


def test_where_all_was_left_out_the_first_box_has_the_focus(
    dialog: UpdateDialog, updates: FakeUpdates
) -> None:
    """The only thing that there is to do; nothing is installed by Enter alone."""
    assert OFFERS.offered is not None
    removed = replace(OFFERS.offered, changes=OFFERS.offered.changes[-1:])
    updates.show(replace(OFFERS, offered=removed))
    page = dialog.page
    assert isinstance(page, OffersPage)
    assert dialog.focusWidget() is page.boxes["d4"]
    assert "can be ticked" in texts(dialog) and not dialog.install_button.isEnabled()


@pytest.mark.parametrize("is_delta", [True, False])
def test_a_pack_without_version_and_date_leaves_no_hole(is_delta: bool) -> None:
    """Neither has to be in pack.toml."""
    pack = PackLabel("A1")
    change = PackChange(pack_id="a1", after=pack, before=pack, size_bytes=1000, is_delta=is_delta)
    translator = Translator(I18N, "en")
    assert "in place of what is here, 1" in change_text(change, translator)
    damaged = replace(change, before=None, is_damaged=True)
    assert "what is damaged here" in change_text(damaged, translator)


def test_what_is_stale_needs_a_yes_of_its_own(dialog: UpdateDialog, updates: FakeUpdates) -> None:
    """The box begins empty, and without it nothing is installed."""
    updates.show(STALE)
    page = dialog.page
    assert isinstance(page, OffersPage) and page.consent is not None
    assert not page.consent.isChecked() and not dialog.install_button.isEnabled()
    page.consent.click()
    dialog.install_button.click()
    assert updates.told == [("install", True)]


def test_where_stale_content_is_never_taken_there_is_no_box(
    dialog: UpdateDialog, updates: FakeUpdates
) -> None:
    """In a kiosk nobody may say yes, nor where keys have expired."""
    assert STALE.offered is not None
    updates.show(replace(STALE, offered=replace(STALE.offered, can_accept=False)))
    page = dialog.page
    assert isinstance(page, OffersPage) and page.consent is None
    assert dialog.install_button.isHidden()


def test_what_is_under_way_shows_bytes_and_can_be_cancelled(
    dialog: UpdateDialog, updates: FakeUpdates
) -> None:
    """Cancel keeps the dialog; nothing else can be pressed meanwhile."""
    updates.show(OFFERS, is_busy=True)
    dialog.show_step(UpdateStep("{done} / {total}", "A1", 500_000, 1_000_000))
    assert dialog.bar.value() * 2 == dialog.bar.maximum()
    assert "500" in dialog.bar.accessibleName()
    assert dialog.page is not None and not dialog.page.isEnabled()
    dialog.close_button.click()
    assert updates.told == [("cancel", "")] and dialog.isVisible()


@pytest.mark.parametrize("view", [SOURCES, TRUST, OFFERS, RESULTS])
def test_escape_leaves_from_every_page(
    qtbot: QtBot, dialog: UpdateDialog, updates: FakeUpdates, view: UpdateView
) -> None:
    """Whoever keeps the talk is told, so that it can say what is new."""
    updates.show(view)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert updates.told == [("left", "")]


def test_a_pack_that_is_installed_already_is_told_so(qtbot: QtBot) -> None:
    """There is nothing to decide, but what a check has found damaged can be put right."""
    window = QWidget()
    qtbot.addWidget(window)
    question = PackQuestion(ITEMS[0], Translator(I18N, "en"), window)
    texts = " ".join(label.text() for label in question.findChildren(QLabel))
    assert "installed already" in texts
    assert {button.text() for button in question.findChildren(QPushButton)} == {"Install again", "Close"}
    assert question.close_button.isDefault()
