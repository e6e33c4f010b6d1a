"""The window at every width, its targets, names, focus order, and what it remembers."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QLabel,
    QPushButton,
    QScrollBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from kbviewer.model.errors import StateError
from kbviewer.model.messages import message
from kbviewer.state.user_state import UserState
from kbviewer.ui.shell.actions import ActionId
from kbviewer.ui.shell.window import MainWindow
from kbviewer.ui.theme.tokens import SIDE_PANE_PX
from tests.gui.shell.conftest import MakeWindow, focused


def focusables(window: MainWindow) -> list[QWidget]:
    return [
        widget
        for widget in window.findChildren(QWidget)
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]


def test_every_action_does_something(window: MainWindow) -> None:
    """An entry without an answer would only disappoint."""
    assert not window.table.unbound


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("touch", [False, True])
def test_the_window_fits_into_320_pixels(make_window: MakeWindow, language: str, touch: bool) -> None:
    """A quarter of a small screen, or a screen magnified four times."""
    window = make_window("steps", size=(320, 568))
    window.language.switch_to(language)
    window.commands.choose_touch(touch)
    QApplication.sendPostedEvents()
    assert window.width() == 320
    bar = window.parts.bar
    for child in bar.findChildren(QAbstractButton):
        if child.isVisible():
            right = child.mapTo(bar, child.rect().topRight()).x()
            assert right <= 320, child.accessibleName()
    assert window.parts.area.width() == 320


def test_the_side_pane_folds_below_900_pixels(article_window: MainWindow) -> None:
    """The text keeps its column; the outline is one press away."""
    pane, area = article_window.parts.pane, article_window.parts.area
    assert pane.isVisible()
    assert pane.width() == SIDE_PANE_PX
    assert area.mapTo(article_window, QPoint(0, 0)).x() >= SIDE_PANE_PX
    article_window.resize(899, 700)
    assert pane.isHidden()
    assert area.width() == 899
    article_window.resize(900, 700)
    assert pane.isVisible()


def test_the_folded_pane_lies_over_the_page_and_goes_with_escape(make_window: MakeWindow) -> None:
    """It must not push the text about."""
    window = make_window("steps", size=(700, 700))
    button = window.parts.bar.pane_button
    assert button.isVisible()
    button.click()
    assert window.parts.pane.isVisible()
    assert window.parts.area.width() == 700
    assert QApplication.focusWidget() is window.parts.pane.outline
    QTest.keyClick(window.parts.pane.outline, Qt.Key.Key_Escape)
    assert window.parts.pane.isHidden()
    assert window.parts.area.isAncestorOf(focused())


def test_the_folded_pane_goes_when_a_section_is_chosen(make_window: MakeWindow) -> None:
    """The reader wants to read it now."""
    window = make_window("steps", size=(700, 700))
    window.parts.bar.pane_button.click()
    outline = window.parts.pane.outline
    outline.anchor_chosen.emit("second")
    assert window.parts.pane.isHidden()


def test_home_has_no_side_pane(window: MainWindow) -> None:
    """There is nothing to put into it."""
    assert window.parts.pane.isHidden()
    assert not window.parts.bar.pane_button.isVisible()


def test_a_hidden_side_pane_stays_hidden(
    article_window: MainWindow, make_window: MakeWindow, state: UserState
) -> None:
    """F9 is a wish, not a mood."""
    article_window.table[ActionId.SIDE_PANE].trigger()
    assert article_window.parts.pane.isHidden()
    article_window.close()
    again = make_window("steps")
    assert again.parts.pane.isHidden()
    assert again.parts.bar.pane_button.isVisible()
    again.table[ActionId.SIDE_PANE].trigger()
    assert again.parts.pane.isVisible()


def test_size_theme_zoom_and_touch_come_back(
    window: MainWindow, make_window: MakeWindow, state: UserState
) -> None:
    """Everything the reader has arranged, after a restart."""
    window.resize(720, 540)
    window.table[ActionId.THEME_DARK].trigger()
    window.table[ActionId.ZOOM_IN].trigger()
    window.table[ActionId.TOUCH].trigger()
    window.close()
    values = state.settings.values
    assert (values.theme, values.touch) == ("dark", True)
    assert values.zoom > 1
    again = make_window(size=None)
    assert (again.width(), again.height()) == (720, 540)
    assert again.table[ActionId.THEME_DARK].isChecked()
    assert again.table[ActionId.TOUCH].isChecked()


def test_settings_are_kept_without_closing(window: MainWindow, state: UserState, qtbot: QtBot) -> None:
    """The program may be killed."""
    window.table[ActionId.ZOOM_IN].trigger()
    qtbot.waitUntil(lambda: state.settings.get("zoom") > 1)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_everything_that_takes_the_focus_has_role_and_name(article_window: MainWindow, language: str) -> None:
    """Whoever does not see the icon must hear what it is."""
    article_window.language.switch_to(language)
    article_window.table[ActionId.FIND].trigger()
    for widget in focusables(article_window):
        if article_window.parts.area.isAncestorOf(widget) and not isinstance(widget, QPushButton):
            continue
        interface = QAccessible.queryAccessibleInterface(widget)
        assert interface.text(QAccessible.Text.Name), widget
        assert interface.role() != QAccessible.Role.NoRole, widget


def test_names_are_in_the_language_that_is_on(article_window: MainWindow) -> None:
    """A Swedish voice cannot read English names."""
    swedish = {widget.accessibleName() for widget in focusables(article_window)}
    assert {"Hem", "Tema", "Meny", "Innehåll", "Zooma in", "Zooma ut"} <= swedish
    article_window.language.switch_to("en")
    english = {widget.accessibleName() for widget in focusables(article_window)}
    assert {"Home", "Theme", "Menu", "Contents", "Zoom in", "Zoom out"} <= english
    assert not english & {"Hem", "Tema", "Meny"}


@pytest.mark.parametrize(("touch", "least"), [(False, 24), (True, 48)])
def test_targets_are_large_enough(make_window: MakeWindow, touch: bool, least: int) -> None:
    """24 px for a pointer, 48 px for a finger."""
    window = make_window("steps")
    window.commands.choose_touch(touch)
    QApplication.sendPostedEvents()
    QTest.qWait(20)
    for part in (window.parts.bar, window.parts.pane):
        for button in part.findChildren(QAbstractButton):
            if button.isVisible() and button.focusPolicy() != Qt.FocusPolicy.NoFocus:
                size = button.size()
                assert min(size.width(), size.height()) >= least, button.accessibleName()
    row = window.parts.pane.outline.sizeHintForRow(0)
    assert row >= least


def test_tab_goes_from_the_bar_to_the_pane_to_the_page(article_window: MainWindow) -> None:
    """The order in which they are seen."""
    parts = article_window.parts
    parts.field.setFocus()
    order: list[str] = []
    for _step in range(40):
        focus = focused()
        for name, part in (("bar", parts.bar), ("pane", parts.pane), ("page", parts.area)):
            if part.isAncestorOf(focus) and (not order or order[-1] != name):
                order.append(name)
        if order[-1:] == ["page"]:
            break
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    assert order == ["bar", "pane", "page"]


def test_a_notice_about_the_profile_is_shown(make_window: MakeWindow, state: UserState, qtbot: QtBot) -> None:
    """A session that keeps nothing must say so."""
    state.notice = message("Nothing is kept in this session.")
    window = make_window()
    notice = window.parts.notice
    assert notice.isVisible()
    assert notice.findChildren(QLabel)[0].text() == "Nothing is kept in this session."
    notice.findChildren(QAbstractButton)[0].click()
    assert notice.isHidden()


def test_a_tick_that_cannot_be_kept_is_told(
    article_window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk may fill up while reading."""

    def refuse(*args: object) -> None:
        raise StateError(message("The disk is full."))

    monkeypatch.setattr(article_window.reader._places, "save", refuse)
    article_window.reader.save_place()
    assert article_window.parts.notice.isVisible()


def test_escape_leaves_full_screen(window: MainWindow) -> None:
    """The key that everybody tries first."""
    window.table[ActionId.FULL_SCREEN].trigger()
    assert window.isFullScreen()
    window.setFocus()
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert not window.isFullScreen()
    assert not window.table[ActionId.FULL_SCREEN].isChecked()


def test_home_and_status_pages_scroll_but_never_sideways(make_window: MakeWindow) -> None:
    """At 320 pixels, too."""
    window = make_window(size=(320, 568))
    for reference in ("", "broken", "4711"):
        if reference:
            window.open_article(reference)
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        page = window.parts.area.current
        assert isinstance(page, QAbstractScrollArea)
        bar: QScrollBar = page.horizontalScrollBar()
        assert bar.maximum() == 0
