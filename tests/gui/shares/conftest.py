"""Windows over shares, which stall when the test wants it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kbviewer.app.gui import share_watch
from kbviewer.app.gui.session import Session
from kbviewer.app.paths import Profile, data_folders
from kbviewer.app.window_request import WindowRequest
from kbviewer.content.shares import fetch as fetch_module
from kbviewer.content.shares import probe
from kbviewer.model.policy import Policy
from kbviewer.state.user_state import UserState
from tests.support.packs import make_folder
from tests.support.share_window import (
    MakeSession,
)


@pytest.fixture
def state(tmp_path: Path) -> Iterator[UserState]:
    with UserState.open(tmp_path / "state.sqlite") as state:
        yield state


@pytest.fixture
def share(tmp_path: Path) -> Path:
    """A mounted share with a library."""
    return make_folder(tmp_path / "share" / "office").parent


@pytest.fixture
def make_session(
    qapp: QApplication,
    qtbot: QtBot,
    profile: Path,
    state: UserState,
    share: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[MakeSession]:
    """Makes shown windows; what lies below `share` counts as lying on a network, mounted or not."""
    before = QLocale()
    made: list[Session] = []
    monkeypatch.setattr(fetch_module, "PATIENCE_S", 0.3)
    monkeypatch.setattr(probe.ask, "__defaults__", (0.3,))
    monkeypatch.setattr(fetch_module.Fetch.silence, "__defaults__", (0.3,))
    monkeypatch.setattr(fetch_module.Fetch.wait, "__defaults__", (0.3,))
    monkeypatch.setattr(share_watch, "_LISTEN_EVERY_MS", 20)
    monkeypatch.setattr(share_watch, "_RESTS_S", 0.0)

    def make(*libraries: Path, article: str = "", policy: Policy | None = None) -> Session:
        request = WindowRequest(libraries, "en", profile, article)
        session = Session(
            qapp,
            request,
            Profile(profile),
            data_folders(),
            state,
            policy,
            lambda path: any(path.is_relative_to(each) for each in (share, share.with_name("other share"))),
        )
        made.append(session)
        qtbot.addWidget(session.window)
        with qtbot.waitSignal(session.window.first_painted):
            session.window.show()
        return session

    yield make
    for session in made:
        session.window.close()
        session.close()
    QLocale.setDefault(before)
