"""What support needs to know, copied from the window."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kbviewer.app.gui.session import Session
from kbviewer.app.paths import Profile, data_folders
from kbviewer.app.window_request import WindowRequest
from kbviewer.state.user_state import UserState
from kbviewer.ui.shell.actions import ActionId
from tests.support.packs import make_folder

pytestmark = pytest.mark.qt_log_ignore(
    "does not support (propagateSizeHints|raise)", "a warning of Qt", extend=True
)


def test_help_copies_what_the_doctor_says_of_what_is_open(
    qapp: QApplication, qtbot: QtBot, profile: Path, state: UserState, tmp_path: Path
) -> None:
    before = QLocale()
    request = WindowRequest((make_folder(tmp_path / "office"),), "sv", profile)
    session = Session(qapp, request, Profile(profile), data_folders(), state)
    qtbot.addWidget(session.window)
    with qtbot.waitSignal(session.window.first_painted):
        session.window.show()

    session.window.table[ActionId.SUPPORT_INFO].trigger()
    session.window.table[ActionId.SUPPORT_INFO].trigger()

    qtbot.waitUntil(lambda: "id: office" in QGuiApplication.clipboard().text())
    assert "Kopierat." in session.window.parts.toast._text.text()
    assert "Inga problem hittades." in QGuiApplication.clipboard().text()
    session.window.close()
    session.close()
    QLocale.setDefault(before)
