"""Enter presses the button that has the focus, wherever in the window it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QMenu, QPushButton, QToolButton, QWidget

from kbviewer.ui.shell.actions import ActionId
from kbviewer.ui.shell.find_bar import FindBar
from kbviewer.ui.shell.window import MainWindow
from tests.gui.shell.conftest import MakeSession

PLAIN = Qt.KeyboardModifier.NoModifier
KEYPAD = Qt.KeyboardModifier.KeypadModifier


def give_focus(widget: QWidget, parent: QWidget) -> None:
    widget.setParent(parent)
    widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    widget.show()
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    assert widget.hasFocus()


def parents(window: MainWindow) -> list[QWidget]:
    """Return parts of the window that lie deep in it, each with other keys of its own."""
    area = window.parts.area
    window.table[ActionId.FIND].trigger()
    assert area.current is not None
    return [window, window.parts.pane, area.current, window.parts.bar, window.parts.toast]


@pytest.mark.parametrize(
    ("kind", "key", "modifiers"),
    [(QPushButton, Qt.Key.Key_Return, PLAIN), (QToolButton, Qt.Key.Key_Enter, KEYPAD)],
)
def test_enter_presses_a_button_anywhere_in_the_window(
    article_window: MainWindow, kind: type[QPushButton], key: Qt.Key, modifiers: Qt.KeyboardModifier
) -> None:
    """Qt does so in dialogs only."""
    article_window.parts.toast.show_text("Note")
    for parent in parents(article_window):
        button = kind()
        pressed: list[int] = []
        button.clicked.connect(lambda _on, told=pressed: told.append(1))
        give_focus(button, parent)

        QTest.keyClick(button, key, modifiers)

        assert pressed == [1], parent
        button.deleteLater()


def test_a_key_that_is_held_down_or_means_something_else_presses_nothing(window: MainWindow) -> None:
    button, box = QPushButton(), QCheckBox()
    pressed: list[int] = []
    button.clicked.connect(lambda: pressed.append(1))
    give_focus(button, window)
    held = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, PLAIN, "", True, 2)
    QApplication.sendEvent(button, held)
    QTest.keyClick(button, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(button, Qt.Key.Key_A)
    give_focus(box, window)
    QTest.keyClick(box, Qt.Key.Key_Return)

    assert pressed == []
    assert not box.isChecked()


@pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing)", extend=True)
def test_enter_opens_the_menu_of_a_button(window: MainWindow) -> None:
    button = QPushButton()
    menu = QMenu(button)
    menu.addAction("x")
    button.setMenu(menu)
    give_focus(button, window)
    opened: list[int] = []
    # The menu has the keyboard until it is closed.
    menu.aboutToShow.connect(lambda: opened.append(1))
    menu.installEventFilter(_Closing(menu))

    QTest.keyClick(button, Qt.Key.Key_Return)

    assert opened == [1]


class _Closing(QWidget):
    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if isinstance(watched, QMenu) and event.type() == QEvent.Type.Show:
            watched.close()
        return False


def test_enter_in_the_find_bar_presses_its_buttons_and_finds_from_its_field(
    article_window: MainWindow,
) -> None:
    """On the button that closes it, Enter must not find the next match."""
    article_window.table[ActionId.FIND].trigger()
    (bar,) = article_window.findChildren(FindBar)

    steps: list[int] = []
    bar.next_requested.connect(lambda: steps.append(1))
    QTest.keyClick(bar._field, Qt.Key.Key_Return)
    assert steps == [1]

    buttons = [button for button in bar.findChildren(QToolButton) if button.isVisible()]
    buttons[-1].setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(buttons[-1], Qt.Key.Key_Return)

    assert steps == [1]
    assert not bar.isVisible()


def test_enter_leads_from_an_empty_home_to_the_libraries(make_session: MakeSession, tmp_path: Path) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()
    session = make_session(folder)
    for item in session.desk.items():
        session.desk.switch(item.key, on=False)
    button = session.window.parts.area.to_home()._empty.button
    session.window.activateWindow()
    button.setFocus(Qt.FocusReason.TabFocusReason)

    QTest.keyClick(button, Qt.Key.Key_Return)

    assert session.window.windowTitle().startswith("Bibliotek")
