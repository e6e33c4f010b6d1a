"""Packs in the window: opened by themselves, named on the command line, exchanged while it is open."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kbviewer.app.gui.facts import gather_facts
from kbviewer.app.gui.session import Session
from kbviewer.app.paths import Profile, data_folders
from kbviewer.app.window_request import WindowRequest
from kbviewer.content.packs.installed import InstalledPacks, Vouched
from kbviewer.content.packs.library import PackLibrary
from kbviewer.content.packs.pack_file import PackFile
from kbviewer.content.packs.pointer import Signature
from kbviewer.state.user_state import UserState
from tests.support.packs import make_pack

pytestmark = pytest.mark.qt_log_ignore(
    "does not support (propagateSizeHints|raise)", "a warning of Qt", extend=True
)


@pytest.fixture
def packs(profile: Path, tmp_path: Path) -> InstalledPacks:
    installed = InstalledPacks(Profile(profile).packs)
    installed.install(make_pack(tmp_path / "1.kbp", "1", index=True))
    return installed


@pytest.fixture
def session(packs: InstalledPacks, qapp: QApplication, qtbot: QtBot, profile: Path) -> Iterator[Session]:
    before = QLocale()
    with UserState.in_memory() as state:
        session = Session(qapp, WindowRequest((), "sv", profile), Profile(profile), data_folders(), state)
        qtbot.addWidget(session.window)
        with qtbot.waitSignal(session.window.first_painted):
            session.window.show()
        yield session
        session.window.close()
        session.close()
    QLocale.setDefault(before)


def text_of(session: Session) -> str:
    return str(session.window.library.article("printer", "sv"))


def test_an_installed_pack_opens_by_itself_beside_the_bundled_articles(session: Session) -> None:
    ids = {entry.id for entry in session.window.library.entries()}
    assert {"printer", "screen", "kb307294"} <= ids


def test_reading_goes_on_during_an_update_and_looking_again_shows_the_new_version(
    session: Session, packs: InstalledPacks, tmp_path: Path
) -> None:
    for version in ("2", "3"):
        packs.install(make_pack(tmp_path / f"{version}.kbp", version, says=f"Version {version}."))
    assert "Starta om skrivaren." in text_of(session)
    assert session.window.library.media("printer", "media/skrivare.png")

    session.window.opener.reload()

    assert "Version 3." in text_of(session)


def test_a_pack_that_is_named_later_opens_alone(session: Session, profile: Path, tmp_path: Path) -> None:
    named = make_pack(tmp_path / "2.kbp", "2", says="Version 2.")

    session.take(WindowRequest((named,), "", profile))

    assert "Version 2." in text_of(session)
    assert session.window.library.find("kb307294") is None


def test_about_says_how_far_the_origin_is_known(session: Session, tmp_path: Path) -> None:
    facts = gather_facts(session.reading.libraries, "sv")
    assert [str(item.origin or "")[:22] for item in facts.libraries] == ["Installed and verified", ""]
    with closing(PackLibrary.open(make_pack(tmp_path / "2.kbp"))) as stranger:
        session.reading.libraries.libraries = (stranger,)
        facts = gather_facts(session.reading.libraries, "sv")
    assert "Not installed; not signed" in str(facts.libraries[0].origin)


def test_about_names_who_has_signed(session: Session, profile: Path, tmp_path: Path) -> None:
    """Only of what is installed: a file of that name in any other folder proves nothing."""
    packs = InstalledPacks(Profile(profile).packs)
    path = make_pack(tmp_path / "4.kbp", "4")
    with closing(PackFile(path)) as file:
        manifest = file.manifest_digest
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    signature = Signature("Kontoret", date(2026, 12, 1))
    packs.install(path, vouched=Vouched("office", sha256, manifest, signature))
    session.window.opener.reload()
    facts = gather_facts(session.reading.libraries, "sv")
    assert "signed by Kontoret, 1 december 2026" in str(facts.libraries[0].origin)

    elsewhere = shutil.copytree(packs.folder, tmp_path / "forged")
    stray = InstalledPacks(elsewhere).path_of(packs.states()["office"].current)
    with closing(PackLibrary.open(stray)) as stranger:
        session.reading.libraries.libraries = (stranger,)
        facts = gather_facts(session.reading.libraries, "sv")
    assert "not signed" in str(facts.libraries[0].origin)
