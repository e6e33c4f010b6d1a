"""The program's own processes, from a checkout and from a bundle; and the bundle on a stick."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from kbviewer.app.own_process import SEARCH_MODULE, give_back_library_path, module_command, run_bundle
from kbviewer.app.paths import Profile, find_profile, portable_profile
from kbviewer.app.search_process import search_command
from kbviewer.cli import main


def test_a_checkout_starts_modules_with_its_python() -> None:
    assert module_command(SEARCH_MODULE) == [sys.executable, "-m", SEARCH_MODULE]


def test_a_bundle_starts_modules_with_its_own_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """There is no Python beside it that could be asked."""
    program = tmp_path / "kbviewer"
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(program))

    command = search_command([tmp_path / "library"], Profile(tmp_path / "profile"))

    assert command[0] == str(program)
    assert SEARCH_MODULE in command
    assert "-m" not in command


def test_a_bundle_runs_the_module_that_it_was_started_for(monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[list[str]] = []

    def run(arguments: list[str]) -> int:
        taken.append(arguments)
        return 7

    monkeypatch.setattr("kbviewer.app.search_process.main", run)

    code = run_bundle([*module_command(SEARCH_MODULE, Path("kbviewer"))[1:], "--profile", "p"], main, {})

    assert (code, taken) == (7, [["--profile", "p"]])


@pytest.mark.parametrize(
    "arguments",
    [["show", "1"], ["--run-module", "os"], ["--run-module"], ["show", "--run-module", SEARCH_MODULE]],
)
def test_anything_else_is_a_command_line(arguments: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """The word that starts modules opens no others: the command line complains about it as about any."""
    taken: list[list[str]] = []

    def run(words: Sequence[str]) -> int:
        taken.append(list(words))
        return 0

    monkeypatch.setattr("importlib.import_module", lambda name: pytest.fail(f"{name} was imported"))

    run_bundle(arguments, run, {})

    assert taken == [arguments]


def test_a_bundle_without_streams_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    """On Windows a program with windows has none, and the command line flushes what it has written."""
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)

    code = run_bundle(["--version"], main, {})
    stream, told = sys.stdout, sys.stderr

    assert code == 0
    for opened in (stream, told):
        assert opened is not None
        opened.close()


def test_programs_started_from_a_bundle_find_the_systems_libraries() -> None:
    """What opens a link or a file would load the bundle's libraries, which may not fit it."""
    told = {"LD_LIBRARY_PATH": "/bundle/_internal:/opt/lib", "LD_LIBRARY_PATH_ORIG": "/opt/lib"}
    untold = {"LD_LIBRARY_PATH": "/bundle/_internal"}

    give_back_library_path(told)
    give_back_library_path(untold)

    assert told == {"LD_LIBRARY_PATH": "/opt/lib"}
    assert untold == {}


def test_a_bundle_with_the_marker_keeps_its_profile_beside_it(tmp_path: Path) -> None:
    program = tmp_path / "kbviewer"
    assert portable_profile(program) is None
    assert portable_profile(None) is None

    (tmp_path / "portable").touch()

    assert find_profile(None, {}, program).root == tmp_path / "kbviewer-profile"
    assert find_profile(None, {}, program).log.parent == find_profile(None, {}, program).cache.parent


def test_a_named_profile_comes_before_the_portable_one(tmp_path: Path) -> None:
    """Whoever says where means it, on a stick too."""
    (tmp_path / "portable").touch()
    program = tmp_path / "kbviewer"

    assert find_profile(tmp_path / "named", {}, program).root == tmp_path / "named"
    assert (
        find_profile(None, {"KBVIEWER_PROFILE": "/var/named"}, program).root == Path("/var/named").absolute()
    )


def test_a_folder_called_portable_is_no_marker(tmp_path: Path) -> None:
    (tmp_path / "portable").mkdir()

    assert portable_profile(tmp_path / "kbviewer") is None


def test_on_a_mac_the_marker_lies_beside_the_application(tmp_path: Path) -> None:
    """Nobody looks into the folders of an application, and its signature forbids to write there."""
    program = tmp_path / "kbviewer.app" / "Contents" / "MacOS" / "kbviewer"
    (tmp_path / "portable").touch()

    assert portable_profile(program) == tmp_path / "kbviewer-profile"
