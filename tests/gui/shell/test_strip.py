"""What the strip under the bar says of libraries is about what is open and shown now."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from kbviewer.app.gui.session import Session
from kbviewer.ui.shell.actions import ActionId
from tests.gui.shell.conftest import MakeSession
from tests.support.packs import make_folder, make_pack

pytestmark = pytest.mark.qt_log_ignore(
    "does not support (propagateSizeHints|raise)", "a warning of Qt", extend=True
)


def install(session: Session, qtbot: QtBot, path: Path) -> None:
    session.desk.install(path)
    qtbot.waitUntil(lambda: session.desk.work is None)


def test_what_the_strip_says_of_a_pack_stays_with_its_page_until_another_is_shown(
    make_session: MakeSession, library_folder: Path, qtbot: QtBot, tmp_path: Path
) -> None:
    """It is about what was tried there; when libraries have changed since, it is old."""
    session = make_session(library_folder)
    wrong = tmp_path / "wrong.kbp"
    wrong.write_bytes(b"no pack" * 100)
    strip = session.window.parts.notice
    install(session, qtbot, wrong)
    session.window.table[ActionId.HOME].trigger()
    assert not strip.isHidden()

    session.window.table[ActionId.LIBRARIES].trigger()
    assert strip.isHidden()

    install(session, qtbot, wrong)
    assert not strip.isHidden()
    install(session, qtbot, make_pack(tmp_path / "1.kbp", "1"))
    assert strip.isHidden()


def test_a_folder_without_articles_is_told_when_it_is_opened_until_it_has_one(
    make_session: MakeSession, library_folder: Path, tmp_path: Path
) -> None:
    """Home looks the same as before, so that nothing else would show that it was opened."""
    folder = tmp_path / "drafts"
    folder.mkdir()
    session = make_session(library_folder)
    strip = session.window.parts.notice

    session.desk.add_folder(folder)

    assert not strip.isHidden()
    assert str(folder) in strip.accessibleName()
    assert "ingen artikel" in strip.accessibleName()
    make_folder(folder)
    session.window.table[ActionId.RELOAD].trigger()
    assert strip.isHidden()
    assert session.window.library.find("printer") is not None


def test_home_names_the_folder_that_was_named_and_holds_no_article(
    make_session: MakeSession, tmp_path: Path
) -> None:
    folder = tmp_path / "drafts"
    folder.mkdir()
    session = make_session(folder)
    said = session.window.parts.area.to_home()._empty.text
    assert "drafts" in said
    assert "avstängda" not in said
