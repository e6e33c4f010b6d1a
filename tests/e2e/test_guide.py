"""The user guide's way from a folder of articles to readers who are up to date: its commands, in order."""

from __future__ import annotations

import hashlib
from pathlib import Path

from tests.e2e.test_cli import run
from tests.support.packs import make_folder
from tests.support.pages import commands, section

GUIDE = commands(section("README.md", "User guide: publishing and updating packs"))
# The first look at a source installs nothing, and says so.
_UNTRUSTED = ["kbviewer", "update", "site"]
_LATER = ["kbviewer", "update", "--check"]
_FOUND_NEW = 3


def go(words: list[str], here: Path, *, code: int = 0) -> str:
    done = run(*words[1:], "--language", "en", cwd=here)
    assert done.returncode == code, (words, done.stdout, done.stderr)
    return done.stdout + done.stderr


def publish_again(here: Path) -> None:
    """Bring out another version, as the guide says."""
    make_folder(here / "docs", "2", says="Köp en ny skrivare.")
    for words in GUIDE[:5]:
        if words[:3] != ["kbviewer", "repo", "init"]:
            go(words, here)


def test_the_guide_leads_from_a_folder_to_readers_who_are_up_to_date(tmp_path: Path) -> None:
    make_folder(tmp_path / "docs", "1")
    fingerprint = ""
    for words in GUIDE:
        if words == _LATER:
            publish_again(tmp_path)
            go(words, tmp_path, code=_FOUND_NEW)
        elif words == _UNTRUSTED:
            fingerprint = hashlib.sha256((tmp_path / "site/metadata/1.root.json").read_bytes()).hexdigest()
            assert fingerprint in go(words, tmp_path, code=1).replace(" ", "")
        else:
            go([fingerprint if word == "FINGERPRINT" else word for word in words], tmp_path)
    assert fingerprint
    assert "Starta om skrivaren." in run("show", "KB100", "--language", "sv").stdout
    assert "office 1 " in run("pack", "list", "--language", "en").stdout
