"""Articles that come into a folder while it is open."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from kbviewer.app.gui import new_files
from kbviewer.app.gui.session import Session
from kbviewer.content import folder_scan
from tests.gui.shell.conftest import MakeSession

pytestmark = pytest.mark.qt_log_ignore(
    "does not support (propagateSizeHints|raise)", "a warning of Qt", extend=True
)


def _write(path: Path, title: str, language: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"---\nlang: {language}\n---\n# {title}\n\nText.\n", encoding="utf-8")


def _has(session: Session, reference: str) -> bool:
    return session.window.library.find(reference) is not None


def test_a_new_article_is_listed_on_home_by_itself_also_in_a_new_folder(
    make_session: MakeSession, qtbot: QtBot, tmp_path: Path
) -> None:
    """As an edited one is seen: who writes does not think of F5."""
    folder = tmp_path / "own"
    folder.mkdir()
    session = make_session(folder)
    home = session.window.parts.area.to_home()
    assert "own" in home._empty.text

    _write(folder / "first.md", "Första", "sv")
    qtbot.waitUntil(lambda: _has(session, "first"))
    assert not home._empty.isVisible()

    (folder / "deep").mkdir()
    qtbot.waitUntil(lambda: str(folder / "deep") in session._new_files._watcher.directories())  # type: ignore[union-attr]
    _write(folder / "deep" / "second.md", "Andra", "sv")
    qtbot.waitUntil(lambda: _has(session, "deep/second"))


def test_a_new_article_that_is_written_bit_by_bit_is_read_when_it_is_whole(
    make_session: MakeSession, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = tmp_path / "own"
    _write(folder / "other.md", "Annan", "sv")
    session = make_session(folder)
    (folder / "first.md").write_text("---\nlang: [sv\n", encoding="utf-8")
    qtbot.waitUntil(lambda: _has(session, "first"))

    _write(folder / "first.md", "Första", "sv")

    qtbot.waitUntil(lambda: session.window.library.title("first", "sv") == "Första")


def test_a_translation_that_comes_back_is_shown_in_place_of_the_other_language(
    make_session: MakeSession, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = tmp_path / "own"
    _write(folder / "vpn.md", "Tunnel", "en")
    session = make_session(folder, "vpn")
    assert session.window.windowTitle().startswith("Tunnel")

    _write(folder / "vpn.sv.md", "Tunneln", "sv")

    qtbot.waitUntil(lambda: session.window.windowTitle().startswith("Tunneln"))


def test_an_article_goes_on_being_read_when_another_one_comes(
    make_session: MakeSession, qtbot: QtBot, tmp_path: Path
) -> None:
    """A selection, or a note that is being written, is not disturbed."""
    folder = tmp_path / "own"
    _write(folder / "one.md", "Ett", "sv")
    session = make_session(folder, "one")
    shown: list[str] = []
    session.window.reading.page_changed.connect(lambda: shown.append("again"))

    _write(folder / "two.md", "Två", "sv")

    qtbot.waitUntil(lambda: _has(session, "two"))
    assert shown == []


def test_a_tree_of_very_many_folders_is_not_walked_for_articles(
    make_session: MakeSession, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Somebody who opens his whole home folder would wait for a window that looks through all of it."""
    folder = tmp_path / "own"
    _write(folder / "deep" / "first.md", "Första", "sv")
    monkeypatch.setattr(new_files, "_MOST_FOLDERS", 2)
    session = make_session(folder)
    walked: list[Path] = []

    def walk(root: Path) -> Iterator[str]:
        walked.append(root)
        yield from ()

    monkeypatch.setattr(folder_scan, "article_paths", walk)

    session._new_files._follow()

    assert walked == []
    assert session._new_files._watcher is not None
    assert session._new_files._watcher.directories() == []
