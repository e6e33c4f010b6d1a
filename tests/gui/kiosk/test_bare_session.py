"""A kiosk's session draws no frames and says nothing about places: what is to be seen all the same."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMargins, QPoint, QRect
from PySide6.QtGui import QColor, QPalette, QWindow
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QWidget
from pytestqt.qtbot import QtBot

from kbviewer.app.gui.kiosk import Kiosk
from kbviewer.i18n.translator import Translator
from kbviewer.ui.kiosk.countdown import Countdown
from kbviewer.ui.shell.actions import ActionId
from kbviewer.ui.theme.dialog import Dialog
from tests.gui.kiosk.conftest import IDLE_S, Hands, attract_of, enter
from tests.gui.shell.conftest import I18N

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def test_the_countdown_lies_on_the_middle_of_the_dialog_that_is_open(kiosk: Kiosk, hands: Hands) -> None:
    """Under Wayland no program knows where on the screen a dialog is; only what lies by it is in sight."""
    enter(kiosk).table[ActionId.SHORTCUTS].trigger()
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    dialog.move(0, 0)
    hands.time += IDLE_S - 5
    kiosk.tick()
    countdown = next(each for each in QApplication.topLevelWidgets() if isinstance(each, Countdown))

    away = countdown.geometry().center() - dialog.mapToGlobal(dialog.rect().center())
    assert away.manhattanLength() <= 2


def test_the_first_picture_of_the_waiting_screen_is_laid_out(kiosk: Kiosk) -> None:
    """The window system may want it before the event loop lays anything out."""
    attract = attract_of(kiosk)
    attract.hide()
    attract.setGeometry(QRect(0, 0, 100, 30))
    kiosk.session.window.resize(1366, 768)
    attract.bring_up()

    first, second = (each.geometry() for each in attract.findChildren(QFrame, "attract-panel"))
    assert first.top() == second.top()
    assert first.right() < second.left()


@pytest.mark.parametrize("size", [(480, 800), (800, 600), (1024, 768), (600, 480)])
def test_nothing_on_the_waiting_screen_lies_over_anything_else(kiosk: Kiosk, size: tuple[int, int]) -> None:
    """Topics go first where there is little room, together with what they are called."""
    attract = attract_of(kiosk)
    kiosk.session.window.resize(*size)
    attract.bring_up()
    QApplication.processEvents()
    for panel in attract.findChildren(QFrame, "attract-panel"):
        # Labels are frames, too.
        shown = [each for each in panel.findChildren(QWidget) if each.isVisible() and not each.children()]
        shown = [each for each in shown if not isinstance(each, QFrame) or isinstance(each, QLabel)]
        places = [QRect(each.mapTo(panel, QPoint(0, 0)), each.size()) for each in shown]
        assert len(places) >= 4
        for at, place in enumerate(places):
            assert panel.rect().contains(place), shown[at]
            assert not any(place.intersects(other) for other in places[at + 1 :]), shown[at]


@pytest.mark.parametrize("frame", [0, 2])
def test_a_dialog_has_an_edge_where_nobody_draws_a_frame(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, frame: int
) -> None:
    """On a page of the same colour nobody would see where it ends."""
    monkeypatch.setattr(QWindow, "frameMargins", lambda _window: QMargins(frame, frame, frame, frame))
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(600, 400)
    dialog = Dialog("A title", Translator(I18N, "en"), window)
    colours = dialog.palette()
    colours.setColor(QPalette.ColorRole.Dark, QColor("#ff0000"))
    dialog.setPalette(colours)
    with qtbot.waitExposed(dialog):
        dialog.open_centred()
    picture = dialog.grab().toImage()
    corners = {picture.pixelColor(each).name() for each in (QPoint(0, 0), QPoint(1, picture.height() - 1))}

    assert (corners == {"#ff0000"}) is (frame == 0)
