"""What may stand where in the checkout, how long and under which names."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from tests.support.tree import PACKAGE, ROOT, modules, shown, tracked_files

LINE_CAP = 400
TOP_LEVEL = {
    "ADMIN.md",
    ".ci",
    ".gitattributes",
    ".gitignore",
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "LICENSE",
    "Makefile",
    "README.md",
    "content",
    "dev.py",
    "hatch_build.py",
    "i18n",
    "kbviewer",
    "pyproject.toml",
    "requirements.lock",
    "resources",
    "tests",
}
# A name that fits everything says nothing about where a thing belongs.
EMPTY_NAMES = re.compile(r"^_*(utils?|helpers?|misc|common|.*managers?)$", re.IGNORECASE)
TEXT_SUFFIXES = {"", ".cfg", ".html", ".ini", ".json", ".lock", ".md", ".po", ".pot", ".py", ".qss", ".svg"}
TEXT_SUFFIXES |= {".toml", ".txt", ".xml", ".yaml", ".yml"}
# In pieces, so that this file does not find itself.
TRACES = {
    "a path of one machine": re.compile(
        r"(?<![\w.:/-])/(?:"
        + "|".join(["work", "root", "opt/py" + "pi", "opt/wheels", "Users/[a-z]+"])
        + r")/"
        r"|\.py" + f"env/|{re.escape(str(ROOT))}(?![\\w-])"
    ),
    "a registry's host": re.compile(
        "|".join(["py" + r"pi\.org", "python" + "hosted", "registry\\.npm" + "js", "deb\\.deb" + "ian"])
        + r"|https?://\S*/(?:simple|packages)/"
    ),
    "a registry option": re.compile("--(?:extra-)?index" + "-url[ =]|--find" + "-links[ =]"),
}


def test_top_level_is_the_fixed_one() -> None:
    """A new folder at the top is a decision, not an accident."""
    present = {path.relative_to(ROOT).parts[0] for path in tracked_files()}

    assert present <= TOP_LEVEL


@pytest.mark.parametrize("folder", ["kbviewer", "resources", "tests"])
def test_no_module_passes_the_line_cap(folder: str) -> None:
    """Past this length a module holds two things."""
    lengths = {shown(path): len(path.read_text(encoding="utf-8").splitlines()) for path in modules(folder)}

    assert {name: lines for name, lines in lengths.items() if lines > LINE_CAP} == {}


def test_names_say_what_is_inside() -> None:
    """No `utils`, `helpers`, `misc` or `…manager`, neither as a module nor as a folder."""
    empty = {
        shown(path)
        for path in modules("kbviewer", "resources", "tests")
        if any(EMPTY_NAMES.match(part.removesuffix(".py")) for part in path.relative_to(ROOT).parts)
    }

    assert empty == set()


@pytest.mark.parametrize("trace", TRACES)
def test_no_file_carries_a_trace_of_one_machine(trace: str) -> None:
    """Paths and registries differ from machine to machine; a committed one breaks the next."""
    found = [
        f"{shown(path)}:{number}: {line.strip()[:100]}"
        for path in tracked_files()
        if path.suffix in TEXT_SUFFIXES
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1)
        if TRACES[trace].search(line)
    ]

    assert found == []


def test_every_test_folder_is_run() -> None:
    """`testpaths` is a list: a folder missing from it would never run, and nobody would notice."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    listed = {Path(name).name for name in settings["tool"]["pytest"]["ini_options"]["testpaths"]}
    present = {
        path.relative_to(ROOT).parts[1]
        for path in modules("tests")
        if path.name.startswith("test_") and len(path.relative_to(ROOT).parts) > 2
    }

    assert present - {"benchmarks"} <= listed


def test_no_room_is_a_bare_folder() -> None:
    """A folder without `__init__.py` imports, but import-linter and the wheel may not see it."""
    folders = {path.parent for path in modules("kbviewer")}

    assert [shown(folder) for folder in sorted(folders) if not (folder / "__init__.py").exists()] == []
    assert PACKAGE in folders
