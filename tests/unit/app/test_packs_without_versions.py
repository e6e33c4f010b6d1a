"""Packs need not say which version they are; then what is said of them has no hole where it would stand."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from kbviewer.app import pack_commands
from kbviewer.app.commands import Session
from kbviewer.app.paths import DataFolders, Profile
from kbviewer.i18n.translator import Translator
from tests.support.packs import make_pack

ROOT = Path(__file__).parents[3]


@pytest.fixture
def session(tmp_path: Path) -> Session:
    data = DataFolders(ROOT / "content", ROOT / "i18n", ROOT / "resources")
    return Session(data, Profile(tmp_path / "profile"), Translator(data.i18n, "en"), ())


def test_nothing_that_is_said_of_a_pack_needs_its_version(
    session: Session, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Installed, listed, gone back from, and in the log."""
    first, second = (make_pack(tmp_path / f"{says}.kbp", "", says=says) for says in ("Ett", "Två"))
    with caplog.at_level(logging.INFO):
        said = pack_commands.install(session, first, for_machine=False).output
        pack_commands.install(session, second, for_machine=False)
    assert said.startswith("office is installed and opens by itself; ")
    (line, _again) = [record.getMessage() for record in caplog.records if "installed" in record.getMessage()]
    assert line == f"installed: office in {session.profile.packs}"
    listed = pack_commands.list_packs(session, as_json=False).output
    assert listed == "office (yours) the version before is kept\n"
    said = pack_commands.roll_back(session, "office", for_machine=False).output
    assert said == "office is in use again in the version before.\n"


def test_a_small_pack_has_a_size(session: Session, tmp_path: Path) -> None:
    """Not 0 MB."""
    told = pack_commands.tell(session, make_pack(tmp_path / "small.kbp"), as_json=False).output
    assert " kB\n" in told and "0 MB" not in told
