"""The wheel works where there is no checkout: articles, catalogues and resources are inside."""

from __future__ import annotations

import gettext
import json
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from tests.support.tree import ROOT

# Where pictures for the README lie, and what packages are made with.
_LEFT_OUT = {"packaging", "screenshots"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project, built as an index would have it, with what is installed here and no network."""
    target = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(target)]
    built = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stdout + built.stderr
    (found,) = target.glob("kbviewer-*.whl")
    return found


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A virtual environment with the wheel installed; the dependencies are borrowed from the running one."""
    place = tmp_path_factory.mktemp("installed") / "venv"
    venv.create(place, with_pip=False, symlinks=os.name != "nt")
    programs = place / ("Scripts" if os.name == "nt" else "bin")
    pip = [sys.executable, "-m", "pip", "--python", str(next(programs.glob("python*")))]
    quiet = ["--quiet", "--disable-pip-version-check"]
    install = ["install", *quiet, "--no-deps", "--no-index", str(wheel)]
    finished = subprocess.run([*pip, *install], capture_output=True, text=True, check=False)
    assert finished.returncode == 0, finished.stderr
    (package,) = place.glob("**/site-packages/kbviewer")
    # A path file is not followed from another one: the checkout itself stays out of sight.
    borrowed = sysconfig.get_path("purelib")
    (package.parent / "borrowed.pth").write_text(f"{borrowed}\n", encoding="utf-8")
    return programs


def run_installed(installed: Path, program: str, *arguments: str) -> str:
    """Runs a program of the environment in an empty folder and returns what it prints."""
    command = [str(installed / program), *arguments]
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    folder = Path(os.environ["HOME"])
    finished = subprocess.run(
        command, cwd=folder, env=clean, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert finished.returncode == 0, finished.stderr
    return finished.stdout


def test_installed_program_comes_from_the_wheel(installed: Path) -> None:
    """Otherwise the tests below would test the checkout."""
    answer = run_installed(installed, "python", "-c", "import kbviewer; print(kbviewer.__file__)")

    assert Path(answer.strip()).is_relative_to(installed.parent)


@pytest.mark.parametrize(
    ("language", "phrases"),
    [("sv", ["Windows Messenger", "lösenord"]), ("en", ["Windows Messenger", "password"])],
)
def test_installed_program_shows_an_article(installed: Path, language: str, phrases: list[str]) -> None:
    """The whole way: entry point, data folder, reader, export."""
    shown = run_installed(installed, "kbviewer", "show", "KB307294", "--language", language)
    exported = run_installed(
        installed, "kbviewer", "show", "KB307294", "--language", language, "--format", "json"
    )

    assert [phrase for phrase in phrases if phrase not in shown] == []
    assert json.loads(exported)["language"] == language
    assert json.loads(exported)["blocks"]


def test_every_data_file_is_in_the_wheel(wheel: Path) -> None:
    """An article that is only in the checkout is an article that readers do not get."""
    names = set(zipfile.ZipFile(wheel).namelist())
    wanted = {
        f"kbviewer/_data/{path.relative_to(ROOT).as_posix()}"
        for folder in ("content", "i18n", "resources")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and path.suffix != ".mo" and not _LEFT_OUT & set(path.parts)
    }

    assert {name.split("/")[2] for name in wanted} == {"content", "i18n", "resources"}
    assert wanted <= names


def test_catalogues_are_compiled_into_the_wheel(wheel: Path) -> None:
    """The checkout compiles them in memory; an installed copy has no business with sources."""
    catalogues = sorted(ROOT.glob("i18n/*/LC_MESSAGES/kbviewer.po"))
    assert catalogues

    with zipfile.ZipFile(wheel) as archive:
        for catalogue in catalogues:
            compiled = catalogue.relative_to(ROOT).with_suffix(".mo")
            with archive.open(f"kbviewer/_data/{compiled.as_posix()}") as stream:
                translations = gettext.GNUTranslations(stream)
            assert translations.info()["content-type"] == "text/plain; charset=utf-8"


def test_wheel_carries_neither_tests_nor_tools(wheel: Path) -> None:
    """They would land at the top of the reader's site-packages."""
    tops = {name.partition("/")[0] for name in zipfile.ZipFile(wheel).namelist()}

    assert {top for top in tops if not top.endswith(".dist-info")} == {"kbviewer"}
