"""Every command of ADMIN.md that begins with `kbviewer` runs as it stands there, section by section."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.e2e.test_cli import ROOT, run
from tests.support.packs import make_folder
from tests.support.pages import commands, fenced, section

# Where the page says where something lies, the test has a folder of its own.
_ELSEWHERE = {"/srv/kb": str(ROOT / "content"), "/home/anna/.local/share/kbviewer": "profile", "ID": "office"}
# What opens a window is tried by `test_kiosk.py` and `test_log.py`.
_WINDOWS = (["kbviewer", "--kiosk"], ["kbviewer", "--log-level", "debug", "open", "KB307294"])
# What changes the system is tried on a booted computer (`dev.py package --boot`).
_OF_THE_SYSTEM = {"adduser", "apt-get", "kbviewer/kbviewer", "pipx", "systemctl", "tar", "touch"}
_PIN = "271828\n271828\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with articles, a pack and a policy, on a computer that has packs of its own."""
    monkeypatch.setenv("KBVIEWER_MACHINE_PACKS", str(tmp_path / "machine" / "packs"))
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    make_folder(tmp_path / "docs")
    assert run("pack", "build", "docs", "-o", "office.kbp", cwd=tmp_path).returncode == 0
    shutil.copy(tmp_path / "office.kbp", tmp_path / "handbook.kbp")
    (tmp_path / "policies.json").write_text(fenced(section("ADMIN.md", "Policy"), "json")[0], "utf-8")
    (tmp_path / "policies.json").chmod(0o644)
    return tmp_path


def follow(heading: str, here: Path) -> None:
    """Run a section's commands in their order; all have to go well."""
    count = 0
    for line in commands(section("ADMIN.md", heading)):
        words = line[1:] if line[0] == "sudo" else line
        if words[0] == "install":
            install(words, here)
        elif words[0] not in _OF_THE_SYSTEM and words not in _WINDOWS:
            names = words[: words.index("kbviewer")]
            arguments = [_ELSEWHERE.get(word, word) for word in words[len(names) + 1 :]]
            done = run(*arguments, cwd=here, environ=dict(name.split("=", 1) for name in names), typed=_PIN)
            assert done.returncode == 0, (words, done.stdout, done.stderr)
            count += 1
    assert count


def install(words: list[str], here: Path) -> None:
    """Put a file where the page says, in the test's own root; who is not root installs as himself."""
    source, target = words[-2:]
    if not (here / source).exists():
        return  # out of the package
    words = [*words[:-1], str(here / target.removeprefix("/"))]
    if os.getuid():
        words = [word for word in words if word not in ("-o", "-g", "root")]
    subprocess.run(words, cwd=here, check=True, timeout=60)
    assert (here / target.removeprefix("/")).stat().st_mode & 0o777 == 0o644


def publish(here: Path) -> None:
    """Make a publisher's repository with two versions, whom this computer's administrator trusts."""
    assert run(*"repo init site --keys keys --name Kontoret".split(), cwd=here).returncode == 0
    for version in ("1", "2"):
        make_folder(here / "docs", version, says=f"Version {version}.")
        assert run(*"pack build docs -o office.kbp".split(), cwd=here).returncode == 0
        assert run(*"repo add site office.kbp --keys keys".split(), cwd=here).returncode == 0
    (here / "machine" / "trust").mkdir(parents=True)
    shutil.copy(here / "site/metadata/1.root.json", here / "machine/trust/kontoret.json")


@pytest.mark.parametrize("heading", ["Install", "Policy", "Kiosk", "Backup"])
def test_a_section_can_be_followed(heading: str, here: Path) -> None:
    follow(heading, here)


def test_updates_can_be_followed(here: Path) -> None:
    """With two versions of a pack, of which the first is installed."""
    publish(here)
    assert run("pack", "install", "handbook.kbp", cwd=here).returncode == 0
    follow("Updates", here)


def test_troubleshooting_can_be_followed(here: Path) -> None:
    """With a pack that there is a version before."""
    assert run("pack", "install", "handbook.kbp", cwd=here).returncode == 0
    make_folder(here / "docs", "2")
    assert run(*"pack build docs -o office.kbp".split(), cwd=here).returncode == 0
    assert run("pack", "install", "office.kbp", cwd=here).returncode == 0
    follow("Troubleshooting", here)
