"""A program on a stick leaves nothing on the computer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings

from kbviewer.app.gui.running import keep_qt_settings_in
from kbviewer.app.paths import Profile


def _qt_file() -> Path:
    return Path(QSettings(QSettings.Scope.UserScope, "QtProject").fileName())


@pytest.fixture
def qt_settings_as_before() -> Iterator[None]:
    """Where Qt keeps settings is one for the process."""
    before = _qt_file().parent
    yield
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, str(before))


@pytest.mark.usefixtures("qt_settings_as_before")
def test_what_qts_dialogs_remember_goes_into_the_profile(tmp_path: Path) -> None:
    """Qt's file dialog writes QtProject.conf into the reader's home, with the folders that it showed."""
    keep_qt_settings_in(Profile(tmp_path))

    assert _qt_file().parent == tmp_path
