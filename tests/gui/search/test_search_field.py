"""The search field."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from tests.gui.search.conftest import Desk


def clear_button(desk: Desk) -> QToolButton:
    (button,) = desk.field.findChildren(QToolButton)
    return button


def test_the_field_says_what_it_is_for(desk: Desk) -> None:
    """Name and placeholder, with the shortcut where there is room."""
    assert desk.field.accessibleName() == "Search articles"
    assert desk.field.placeholderText() == "Search articles …   Ctrl+K"

    desk.field.resize(200, 40)

    assert desk.field.placeholderText() == "Search articles …"


def test_the_clear_button_has_a_name_and_clears(desk: Desk, qtbot: QtBot) -> None:
    """Qt's own clear button is nameless for screen readers."""
    assert not clear_button(desk).isVisible()
    desk.field.setText("join")
    interface = QAccessible.queryAccessibleInterface(clear_button(desk))
    assert interface is not None
    assert interface.text(QAccessible.Text.Name) == "Clear the search field"

    qtbot.mouseClick(clear_button(desk), Qt.MouseButton.LeftButton)

    assert desk.field.text() == ""
    assert desk.field.hasFocus()


def test_the_clear_button_is_large_enough_to_hit(desk: Desk) -> None:
    """24 px, and a finger's width in touch mode (WCAG 2.2, 2.5.8)."""
    assert clear_button(desk).width() >= 24

    desk.theme.set_touch(True)

    assert desk.field.minimumSizeHint().height() >= 46


def test_the_names_follow_the_language(desk: Desk) -> None:
    """Also those that are only heard."""
    desk.translator.set_language("sv")
    desk.field.retranslate()

    assert desk.field.accessibleName() == "sv:Search articles"
    assert clear_button(desk).accessibleName() == "sv:Clear the search field"


def test_shift_and_arrow_stay_editing_keys(desk: Desk, qtbot: QtBot) -> None:
    """Only plain keys steer the list; the others select text."""
    with qtbot.assertNotEmitted(desk.field.move_requested):
        qtbot.keyClick(desk.field, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)


def test_long_queries_are_cut(desk: Desk) -> None:
    """A pasted log is no query; what is longer than a query may be stays, so that it can be told."""
    desk.field.setText("x" * 10_000)

    assert len(desk.field.text()) == 2000
