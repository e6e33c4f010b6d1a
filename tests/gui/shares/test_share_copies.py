"""Local copies of shares: how far a first one is, how it is cancelled, and when one goes."""

from __future__ import annotations

import logging
import os
import re
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from kbviewer.app.gui import share_desk
from kbviewer.app.paths import Profile
from kbviewer.app.shares import Shares
from kbviewer.app.shelf_places import folder_key
from kbviewer.model.shelf import ShelfChoice
from kbviewer.state.user_state import UserState
from kbviewer.ui.library.page import LibraryPage
from kbviewer.ui.library.wording import Deed
from kbviewer.ui.shell.actions import ActionId
from tests.support.packs import make_folder
from tests.support.share_window import (
    MakeSession,
    SlowShare,
    has,
    make_copy,
    page_name,
    sentence_of,
)
from tests.support.stalled import stalled_share

pytestmark = pytest.mark.qt_log_ignore(
    "does not support (propagateSizeHints|raise)", "a warning of Qt", extend=True
)


def test_a_first_copy_beside_the_window_says_how_far_it_is_and_can_be_cancelled(
    make_session: MakeSession,
    qtbot: QtBot,
    share: Path,
    state: UserState,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Off it is then; switched on, it goes on where it was."""
    slow, key = SlowShare(monkeypatch), folder_key(share / "office")
    state.settings.set("libraries", ShelfChoice((key,)).format())
    (share / "office" / "large.md").write_text("# Large\n\n" + "Text.\n" * 2000, encoding="utf-8")
    session = make_session()
    session.window.table[ActionId.LIBRARIES].trigger()
    page = session.window.parts.area.current
    assert isinstance(page, LibraryPage)
    row = page.rows[key]
    with qtbot.waitSignal(session.desk.copied):
        pass
    assert row.copy_bar.isVisible()
    assert row.copy_bar.maximum() > 0
    assert re.fullmatch(r"Copied: [\d.]+ of [\d.]+ MB", row._copied.text())
    session.window.language.switch_to("sv")
    assert row._copied.text().startswith("Kopierat: ")

    row.buttons[Deed.CANCEL_COPY].click()

    assert not row.copy_bar.isVisible()
    assert not row.switch.isChecked()
    assert row._trouble.text().startswith("Finns inte på den här datorn ännu")
    assert "kopieras inte vidare" in session.window.parts.toast._text.text()
    slow.may_end.set()
    qtbot.wait(50)
    assert not has(session, "printer")
    session.window.undoing.undo()
    qtbot.waitUntil(lambda: has(session, "printer"))
    assert row.item is not None
    assert not row.item.is_copying


def test_waiting_for_a_share_says_how_much_has_come(
    make_session: MakeSession, qtbot: QtBot, share: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = SlowShare(monkeypatch)
    (share / "office" / "large.md").write_text("# Large\n\n" + "Text.\n" * 2000, encoding="utf-8")
    session = make_session(share / "office")

    qtbot.waitUntil(lambda: sentence_of(session).startswith("Copying from the share: 0"))
    slow.may_end.set()

    qtbot.waitUntil(lambda: page_name(session) == "HomePage")


def test_copies_that_nobody_uses_any_more_go_and_the_log_says_so(
    make_session: MakeSession,
    qtbot: QtBot,
    share: Path,
    profile: Path,
    state: UserState,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Not what is open, nor what is on the list and off; whether their shares answer does not matter."""
    monkeypatch.setattr(share_desk, "_TIDY_AFTER_MS", 0)
    names = ("open", "listed", "old")
    for name in names:
        make_copy(make_folder(share / name), profile)
    copies = {
        copy.origin.name: copy
        for copy in Shares(Profile(profile), lambda _path: True).copies([share / name for name in names])
    }
    for note in copies["old"].parent.glob(".*.json"):
        os.utime(note, (0, 0))
    key = folder_key(share / "listed")
    state.settings.set("libraries", ShelfChoice((key,), frozenset({key})).format())
    caplog.set_level(logging.INFO)

    with stalled_share(share):
        make_session(share / "open")
        # It is told when it is done.
        qtbot.waitUntil(
            lambda: any(str(share / "old") in said and "1970" in said for said in caplog.messages)
        )

    assert not copies["old"].place.exists()
    assert copies["open"].is_there
    assert copies["listed"].is_there
