"""What one visitor has left, looked for after the next one has come.

The tests do not list what is wiped. They compare everything that there is with what the very first visitor
found, so a store, a setting, a widget or a file that comes later and stays is found without being named here.
"""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QLocale, QObject
from PySide6.QtGui import QGuiApplication, QPixmap, QPixmapCache
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QApplication,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from kbviewer.app.gui.kiosk import Kiosk
from kbviewer.state.settings import declared_settings
from kbviewer.state.user_state import UserState
from kbviewer.ui.shell.actions import ActionId
from kbviewer.ui.shell.window import MainWindow
from tests.gui.kiosk.conftest import Hands, MakeKiosk, enter, settle

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

SECRET = "Hemligheten"
# What other processes and later starts of the same program need, and no visitor has a hand in.
PROGRAMS_OWN = {"cache", "log"}


def kept(kiosk: Kiosk) -> dict[str, list[tuple[object, ...]]]:
    """Return the rows of the visitor who is there, with what waits to be written."""
    window = kiosk.session.window
    for part in (window.tab_desk, window.settings, window.drafting, window.reading):
        part.flush()
    return rows(kiosk._state)


def rows(state: UserState) -> dict[str, list[tuple[object, ...]]]:
    """Return everything that is in the database, whatever its tables are called."""
    tables = state.database.read("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    return {name: state.database.read(f'SELECT * FROM "{name}"') for (name,) in tables}


def shown(window: MainWindow) -> list[tuple[object, ...]]:
    """Return what every widget of a window shows, holds, and where it stands."""
    return [_shown(each) for each in [window, *window.findChildren(QWidget)]]


def _shown(widget: QWidget) -> tuple[object, ...]:
    values: list[object] = [widget.metaObject().className(), widget.objectName(), widget.isVisible()]
    values += [widget.geometry().getRect(), widget.accessibleName(), widget.locale().name()]
    values.append(widget.hasFocus())
    if isinstance(widget, QLabel | QLineEdit | QAbstractButton):
        values.append(widget.text())
    if isinstance(widget, QPlainTextEdit):
        values.append(widget.toPlainText())
    if isinstance(widget, QAbstractButton):
        values.append(widget.isChecked())
    if isinstance(widget, QAbstractSlider):
        values.append((widget.value(), widget.maximum()))
    return tuple(values)


def of_the_program() -> list[object]:
    """Return what belongs to no window."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    clipboard = QGuiApplication.clipboard()
    return [
        app.styleSheet(),
        app.palette(),
        app.font().toString(),
        QLocale().name(),
        clipboard.text(),
        clipboard.image().isNull(),
        sorted(each.metaObject().className() for each in app.topLevelWidgets() if each.isVisible()),
    ]


def files(profile: Path) -> Iterator[Path]:
    for path in sorted(profile.rglob("*")):
        if path.is_file() and path.relative_to(profile).parts[0] not in PROGRAMS_OWN:
            yield path


def use_everything(kiosk: Kiosk, qtbot: QtBot) -> None:
    """A visitor who leaves as much as he can, through the window and right into the stores."""
    window, state = enter(kiosk), kiosk._state
    window.open_article("steps")
    page = window.reading.page
    assert page is not None
    page._step_deeds.press("one")
    window.tabs.open_new()
    window.open_article("plain")
    window.parts.field.setText(SECRET)
    state.searches.record(SECRET)
    window.language.switch_to("en")
    session_theme = kiosk.session.theme
    session_theme.set_preference("dark")
    session_theme.set_zoom(2.0)
    for action in (ActionId.SIDE_PANE, ActionId.SIDE_BY_SIDE, ActionId.FIND, ActionId.PALETTE):
        window.table[action].trigger()
    for name, spec in declared_settings().items():
        other = _other(spec.default)
        if other is not None and spec.allows(other):
            state.settings.set(name, other)
    state.cases.create("sv", SECRET)
    QGuiApplication.clipboard().setText(SECRET)
    window.parts.toast.show_text(SECRET)
    window.table[ActionId.SHORTCUTS].trigger()
    QApplication.processEvents()


def _other(default: object) -> object:
    match default:
        case bool():
            return not default
        case int() | float():
            return default * 2 + 1 if default else 7
        case _:
            return None


def next_visitor(kiosk: Kiosk, hands: Hands, qtbot: QtBot) -> None:
    hands.time += 10_000
    kiosk.tick()
    settle(qtbot, kiosk)
    QTest.qWait(0)


@pytest.fixture
def kiosk(make_kiosk: MakeKiosk) -> Kiosk:
    """One that lets visitors do as much as a policy can, in a program that has done nothing yet."""
    QGuiApplication.clipboard().clear()
    return make_kiosk(allow_notes=True, allow_copy=True, allow_context_menu=True)


def test_the_next_visitor_finds_what_the_first_one_found(kiosk: Kiosk, hands: Hands, qtbot: QtBot) -> None:
    """In the database, in every widget, and in what the whole program shares."""
    first = kept(kiosk), shown(kiosk.session.window), of_the_program()
    use_everything(kiosk, qtbot)
    assert kept(kiosk) != first[0]
    assert of_the_program() != first[2]

    next_visitor(kiosk, hands, qtbot)

    assert kept(kiosk) == first[0]
    assert of_the_program() == first[2]
    assert shown(kiosk.session.window) == first[1]


def test_no_store_is_handed_on(kiosk: Kiosk, hands: Hands, qtbot: QtBot) -> None:
    """Also one that keeps something outside of the database."""
    use_everything(kiosk, qtbot)
    before = _stores(kiosk._state)
    assert len(before) > 9

    next_visitor(kiosk, hands, qtbot)
    after = _stores(kiosk._state)

    assert {name for name in after if before.get(name) is after[name]} == set()


def _stores(state: UserState) -> dict[str, Any]:
    """Return every part of the reader's data, those that are made when first asked for among them."""
    names = {*vars(state), *(name for name in dir(UserState) if not name.startswith("_"))}
    parts = {name: getattr(state, name) for name in names if name not in ("open", "in_memory")}
    return {
        name: part
        for name, part in parts.items()
        if not isinstance(part, str | int | Path | None) and not callable(part)
    }


def test_nothing_of_a_visitors_window_is_left_in_memory(kiosk: Kiosk, hands: Hands, qtbot: QtBot) -> None:
    """Neither for the next visitor to meet nor for the terminal to fill up with."""
    use_everything(kiosk, qtbot)
    window = kiosk.session.window
    objects = window.findChildren(QObject)
    gone = [weakref.ref(each) for each in (window, kiosk.session, kiosk._state, kiosk.session.theme)]

    next_visitor(kiosk, hands, qtbot)

    assert [each.objectName() for each in objects if shiboken6.isValid(each)] == []
    del window, objects
    for _time in range(3):
        gc.collect()
        QTest.qWait(0)
    assert [each() for each in gone if each() is not None] == []


def test_nothing_adds_up_from_visitor_to_visitor(kiosk: Kiosk, hands: Hands, qtbot: QtBot) -> None:
    """A terminal runs for months. The test holds no window: that would hide who else does not let go."""
    before = list(map(id, left_behind()))
    for _visitor in range(3):
        use_everything(kiosk, qtbot)
        next_visitor(kiosk, hands, qtbot)

    assert [type(each).__name__ for each in left_behind() if id(each) not in before] == []


def left_behind() -> list[QObject]:
    """Return the objects that Qt has deleted and Python has not."""
    gc.collect()
    return [each for each in gc.get_objects() if isinstance(each, QObject) and not shiboken6.isValid(each)]


def test_no_picture_of_a_visitor_is_kept(kiosk: Kiosk, hands: Hands, qtbot: QtBot) -> None:
    """Qt keeps what it has drawn, up to 10 MiB of it."""
    enter(kiosk)
    QPixmapCache.insert("visitor", QPixmap(8, 8))

    next_visitor(kiosk, hands, qtbot)

    assert not QPixmapCache.find("visitor", QPixmap())


def test_no_file_keeps_a_word_of_a_visitor(kiosk: Kiosk, hands: Hands, qtbot: QtBot, profile: Path) -> None:
    """A disk is read by others, and for longer than anybody thinks."""
    before = list(files(profile))
    use_everything(kiosk, qtbot)
    next_visitor(kiosk, hands, qtbot)

    assert list(files(profile)) == before
    everything = (path for path in profile.rglob("*") if path.is_file())
    assert [path.name for path in everything if SECRET.encode() in path.read_bytes()] == []


def test_what_is_not_to_be_wiped_stays(make_kiosk: MakeKiosk, hands: Hands, qtbot: QtBot) -> None:
    """A workshop's terminal that its team shares: it goes home, and the ticks are there."""
    kiosk = make_kiosk(wipe_on_reset=False)
    window = enter(kiosk)
    window.open_article("steps")
    page = window.reading.page
    assert page is not None
    page._step_deeds.press("one")
    QGuiApplication.clipboard().setText("x")

    next_visitor(kiosk, hands, qtbot)

    assert kiosk.is_resting
    assert rows(kiosk._state)["ticks"]
    QGuiApplication.clipboard().clear()
