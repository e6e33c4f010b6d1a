"""The command of the checkout, `dev.py`: what it says when something is missing, and what it stays out of."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import ClassVar

import pytest

import dev
from tests.support.tree import ROOT

OLDEST_READER = (3, 7)


def start_dev(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs dev.py as a reader without a display would."""
    hidden = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    clean = {name: value for name, value in os.environ.items() if name not in hidden} | environment
    command = [sys.executable, str(ROOT / "dev.py"), *arguments]
    return subprocess.run(command, env=clean, capture_output=True, text=True, check=False, timeout=60)


@pytest.fixture
def empty_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A virtual environment that has just been made, in place of the checkout's own."""
    monkeypatch.setattr(dev, "VENV", tmp_path)
    monkeypatch.setattr(dev, "LOCK_STAMP", tmp_path / "lock.stamp")
    monkeypatch.setattr(dev, "SYSTEM_STAMP", tmp_path / "system.stamp")
    dev.venv_python().parent.mkdir()
    dev.venv_python().touch()
    for packages in ("lib/python3/site-packages", "Lib/site-packages"):
        (tmp_path / packages / "pip").mkdir(parents=True, exist_ok=True)


def test_old_python_gets_a_sentence() -> None:
    """A traceback about a module from 3.11 would help nobody."""
    complaint = dev.complaint_about_python((3, 9, 2))

    assert complaint is not None
    assert complaint.startswith("kbviewer needs Python 3.11 or newer and this is 3.9: ")
    assert dev.complaint_about_python((3, 11, 0)) is None
    assert dev.complaint_about_python((3, 14, 1)) is None


def test_old_python_can_read_dev_py() -> None:
    """The sentence is worth nothing when the file does not compile."""
    ast.parse((ROOT / "dev.py").read_text(encoding="utf-8"), feature_version=OLDEST_READER)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there always is a display")
def test_no_display_gets_one_sentence() -> None:
    """Qt's own words would be about a platform plugin."""
    finished = start_dev("run")

    assert finished.returncode == 2
    assert finished.stdout == ""
    assert finished.stderr.count("\n") == 1
    for hint in ("kbviewer show", "kbviewer search", "QT_QPA_PLATFORM=offscreen"):
        assert hint in finished.stderr


@pytest.mark.parametrize(
    ("line", "window"),
    [
        ("", True),
        ("open KB307294#password", True),
        ("--language sv", True),
        ("--library show open KB307294", True),
        ("--language=sv --profile somewhere", True),
        ("show KB307294", False),
        ("print KB307294 -o paper.pdf", False),
        ("--library folder search messenger", False),
        ("--language=sv check content", False),
        ("--help", False),
        ("open --help", False),
        ("--version", False),
    ],
)
def test_only_the_window_asks_for_a_display(line: str, window: bool) -> None:
    """`show` and `search` must work over ssh."""
    assert dev.opens_window(line.split()) is window


def test_unknown_command_is_answered_with_the_known_ones() -> None:
    """A typing error should cost one look."""
    finished = start_dev("rnu")

    assert finished.returncode == 2
    assert finished.stderr.startswith("dev.py has no command 'rnu'; it has run, test, ")


def test_arguments_reach_the_command_line_unchanged() -> None:
    """Output of `run show` may be piped: dev.py adds nothing to it."""
    through_dev = start_dev("run", "show", "KB307294", "--language", "sv", "--format", "json")
    command = [sys.executable, "-m", "kbviewer", "show", "KB307294", "--language", "sv", "--format", "json"]
    direct = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)

    assert through_dev.returncode == 0, through_dev.stderr
    assert through_dev.stdout == direct.stdout
    assert through_dev.stderr == ""


@pytest.mark.usefixtures("empty_environment")
def test_second_start_installs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The stamp is the hash of the lock file: same hash, nothing to do."""
    calls: list[list[str]] = []

    def record(command: list[str], **_options: object) -> subprocess.CompletedProcess[str]:
        calls.append(command)
        return subprocess.CompletedProcess(command, 0, stdout="", stderr="")

    monkeypatch.setattr(subprocess, "run", record)
    monkeypatch.setattr(dev, "_put_checkout_on_path", lambda: None)

    dev.ensure_environment()
    first = len(calls)
    dev.ensure_environment()

    assert (first, len(calls)) == (1, 1)
    assert "--require-hashes" in calls[0]


@pytest.mark.usefixtures("empty_environment")
def test_failed_install_is_not_taken_for_done(monkeypatch: pytest.MonkeyPatch) -> None:
    """The next start tries again, and this one ends with what pip said."""

    def fail(command: list[str], **_options: object) -> subprocess.CompletedProcess[str]:
        return subprocess.CompletedProcess(command, 1, stdout="", stderr="hashes do not match")

    monkeypatch.setattr(subprocess, "run", fail)

    with pytest.raises(dev.SetupError, match="hashes do not match"):
        dev.ensure_environment()

    assert not dev.LOCK_STAMP.exists()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Qt's wheels need nothing elsewhere")
@pytest.mark.usefixtures("empty_environment")
class TestMissingSystemLibraries:
    """What the system lacks is named as packages, and installed by root alone."""

    LIBRARIES: ClassVar = {"libkbviewer-none.so.9": "libkbviewer-none9"}
    PROGRAMS: ClassVar[dict[str, tuple[str, ...]]] = {"xvfb-none": ("/nowhere/Xvfb",)}

    def test_user_gets_the_command(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """One line to copy, with everything in it."""
        monkeypatch.setattr(os, "geteuid", lambda: 1000)
        monkeypatch.setattr(shutil, "which", lambda _name: "/usr/bin/apt-get")

        with pytest.raises(dev.SetupError, match=r"sudo apt-get install xvfb-none libkbviewer-none9$"):
            dev.ensure_system(self.LIBRARIES, self.PROGRAMS)

        assert not dev.SYSTEM_STAMP.exists()

    def test_system_without_apt_gets_the_names(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Fedora and Arch have other names, but the reader knows them."""
        monkeypatch.setattr(shutil, "which", lambda _name: None)

        with pytest.raises(dev.SetupError, match=r"what your system calls: libkbviewer-none9$"):
            dev.ensure_system(self.LIBRARIES, {})

    def test_root_is_told_before_installing(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Nothing is installed in silence; old package lists are renewed once."""
        calls: list[str] = []

        def record(command: list[str], **_options: object) -> subprocess.CompletedProcess[bytes]:
            calls.append(" ".join(command[:2]))
            return subprocess.CompletedProcess(command, 0 if "apt-get update" in calls else 100)

        monkeypatch.setattr(os, "geteuid", lambda: 0)
        monkeypatch.setattr(shutil, "which", lambda _name: "/usr/bin/apt-get")
        monkeypatch.setattr(subprocess, "run", record)

        dev.ensure_system(self.LIBRARIES, {})

        assert calls[-2:] == ["apt-get update", "apt-get install"]
        assert "installing with apt-get: libkbviewer-none9" in capsys.readouterr().err

    def test_second_start_loads_nothing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Trying a dozen libraries takes longer than starting the program."""
        tried: list[str] = []

        def load(soname: str) -> bool:
            tried.append(soname)
            return True

        monkeypatch.setattr(dev, "_loads", load)

        dev.ensure_system(self.LIBRARIES, {})
        dev.ensure_system(self.LIBRARIES, {})

        assert tried == list(self.LIBRARIES)
