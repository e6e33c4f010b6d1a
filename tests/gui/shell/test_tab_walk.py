"""Tab reaches everything, in both directions, and is never caught."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from kbviewer.app.gui.screen_readers import serve_screen_readers
from kbviewer.ui.shell.window import MainWindow
from tests.gui.shell.conftest import MakeWindow

MOST_STEPS = 400
Stop = tuple[QWidget, int]


@pytest.fixture(scope="module", autouse=True)
def served(qapp: object) -> None:
    """As in the program: Qt asks pages for their parts."""
    serve_screen_readers()


def stop(window: MainWindow) -> Stop:
    """Return where the focus is: a widget, and which link of the text when it is the page's."""
    focus = QApplication.focusWidget()
    assert focus is not None
    page = window.reading.page
    link = page.view.focused_link if page is not None and focus is page.view else -1
    return focus, link


def walk(window: MainWindow, key: Qt.Key) -> list[Stop]:
    """Press a key until the focus is back where it was; return all stops."""
    stops = [stop(window)]
    for _step in range(MOST_STEPS):
        QTest.keyClick(stops[-1][0], key)
        here = stop(window)
        if here == stops[0]:
            return stops
        assert here not in stops, f"caught at {name_of(here[0])}"
        stops.append(here)
    raise AssertionError(f"not back after {MOST_STEPS} steps")


def name_of(widget: QWidget) -> str:
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def in_view(window: MainWindow, widget: QWidget) -> bool:
    shown = QRect(QPoint(), window.size())
    place = QRect(widget.mapTo(window, QPoint()), widget.size())
    return widget.isVisible() and shown.intersects(place)


@pytest.mark.parametrize("article", ["", "steps"])
def test_tab_comes_round_past_everything(make_window: MakeWindow, article: str) -> None:
    """From the search field through bar, pane and page and back; each stop is seen and has a name."""
    window = make_window(article)
    window.parts.field.setFocus()
    stops: list[Stop] = []
    seen = []

    start = stop(window)
    while not stops or stop(window) != start:
        here = stop(window)
        assert here not in stops, f"caught at {name_of(here[0])}"
        assert len(stops) < MOST_STEPS
        stops.append(here)
        seen.append((name_of(here[0]), in_view(window, here[0])))
        QTest.keyClick(here[0], Qt.Key.Key_Tab)

    assert [name for name, shown in seen if not name or not shown] == []
    assert len(stops) >= (15 if article else 8)


@pytest.mark.parametrize("article", ["", "steps"])
def test_shift_tab_is_tab_backwards(make_window: MakeWindow, article: str) -> None:
    """Who went too far comes back the same way."""
    window = make_window(article)
    window.parts.field.setFocus()
    forward = walk(window, Qt.Key.Key_Tab)
    window.parts.field.setFocus()
    backward = walk(window, Qt.Key.Key_Backtab)
    assert {widget for widget, _ in backward} == {widget for widget, _ in forward}


def test_every_step_question_and_link_is_a_stop(make_window: MakeWindow) -> None:
    """Nothing in the text needs a mouse."""
    window = make_window("steps")
    window.parts.field.setFocus()
    stops = walk(window, Qt.Key.Key_Tab)
    page = window.reading.page
    assert page is not None
    links = {link for _, link in stops if link >= 0}
    assert links == set(range(len(page.stage.page.links)))
    reached = {page.layer.key_of(widget) for widget, _ in stops} - {""}
    assert reached == {item.key for item in page.stage.page.embedded}


def test_f6_goes_from_area_to_area(make_window: MakeWindow, qtbot: QtBot) -> None:
    """Search field, contents, text, and round again: no need to pass everything between."""
    window = make_window("steps")
    qtbot.waitUntil(window.parts.pane.outline.isVisible)
    window.parts.field.setFocus()
    areas = []
    for _press in range(3):
        QTest.keyClick(stop(window)[0], Qt.Key.Key_F6)
        areas.append(stop(window)[0])
    page = window.reading.page
    assert page is not None
    assert areas == [window.parts.pane.outline, page.view, window.parts.field]
