"""Packs and single files on shares: they are brought beside the window."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from kbviewer.app.window_request import WindowRequest
from kbviewer.model.shelf import LibraryKind
from kbviewer.ui.library.dialogs import PackQuestion
from tests.support.packs import build
from tests.support.share_window import (
    MOST_MS,
    MakeSession,
    SlowShare,
    beating,
    has,
    page_name,
    rows_of,
    text_of,
)
from tests.support.stalled import stalled_share

pytestmark = pytest.mark.qt_log_ignore(
    "does not support (propagateSizeHints|raise)", "a warning of Qt", extend=True
)


def test_a_single_file_on_a_share_is_read_beside_the_window(
    make_session: MakeSession, qtbot: QtBot, share: Path
) -> None:
    """With its other language; nobody watches it, and F5 reads it again."""
    file = share / "vpn.md"
    file.write_text("# VPN\n\nRestart the computer.\n", encoding="utf-8")
    (share / "vpn.sv.md").write_text("# VPN\n\nStarta om datorn.\n", encoding="utf-8")
    session = make_session(article=str(file))
    qtbot.waitUntil(lambda: "Restart" in text_of(session))
    assert session.reading.articles.files_of(str(file)) == ()
    session.window.language.switch_to("sv")
    assert "Starta om" in text_of(session)
    with stalled_share(share):
        with beating() as heart:
            session.window.language.switch_to("en")
            session.window.reader.go_home()
            session.window.reader.go_back()
            assert "Restart" in text_of(session)
            session.window.opener.reload()
            qtbot.waitUntil(session.window.parts.notice.isVisible)
        assert "Restart" in text_of(session)
    assert heart.longest_ms < MOST_MS
    file.write_text("# VPN\n\nReplace the computer.\n", encoding="utf-8")

    session.window.opener.reload()

    qtbot.waitUntil(lambda: "Replace" in text_of(session))


def test_a_single_file_on_a_stalled_share_holds_nothing_up(
    make_session: MakeSession, qtbot: QtBot, share: Path
) -> None:
    """The window comes, says why the file does not, and opens it when it is asked for again."""
    file = share / "vpn.md"
    file.write_text("# VPN\n\nRestart the computer.\n", encoding="utf-8")
    with stalled_share(share):
        with beating() as heart:
            session = make_session(article=str(file))
            assert page_name(session) == "HomePage"
            qtbot.waitUntil(session.window.parts.notice.isVisible)
        assert "does not answer" in session.window.parts.notice.accessibleName()
    assert heart.longest_ms < MOST_MS

    session.take(WindowRequest((), "", Path(), str(file)))

    qtbot.waitUntil(lambda: "Restart" in text_of(session))


def test_a_pack_on_a_share_is_brought_beside_the_window(
    make_session: MakeSession, qtbot: QtBot, share: Path
) -> None:
    """Asked about, read once and installed: the list and the question name where it really lies."""
    path = share / "office.kbp"
    build(share / "office", path)
    session = make_session()
    shelf = session.window.shelf
    assert shelf is not None
    with stalled_share(share):
        with beating() as heart:
            for deed in (shelf.offer, session.desk.read_once, session.desk.install):
                deed(path)
                qtbot.waitUntil(session.window.parts.notice.isVisible)
                assert "does not answer" in session.window.parts.notice.accessibleName()
                session.window.parts.notice.hide()
        assert not has(session, "printer")
    assert heart.longest_ms < MOST_MS

    shelf.offer(path)
    qtbot.waitUntil(lambda: bool(session.window.findChildren(PackQuestion)))
    (question,) = session.window.findChildren(PackQuestion)
    question.reject()
    session.desk.read_once(path)
    qtbot.waitUntil(lambda: has(session, "printer"))
    assert str(path) in rows_of(session)
    session.desk.install(path)
    qtbot.waitUntil(lambda: any(item.kind is LibraryKind.OWN_PACK for item in session.desk.items()))
    assert str(path) not in rows_of(session)


def test_bringing_a_pack_from_a_share_can_be_cancelled(
    make_session: MakeSession, qtbot: QtBot, share: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = SlowShare(monkeypatch)
    build(share / "office", share / "office.kbp")
    session = make_session()
    session.desk.install(share / "office.kbp")
    with qtbot.waitSignal(session.desk.progressed):
        pass

    session.desk.cancel()

    qtbot.waitUntil(lambda: session.desk.work is None)
    slow.may_end.set()
    assert not has(session, "printer")
