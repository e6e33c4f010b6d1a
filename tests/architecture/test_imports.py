"""What importing costs and binds. Who may import whom is import-linter's business, in pyproject.toml."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from tests.support.tree import PACKAGE, ROOT, modules, shown, syntax_of

LATE = ("PySide6", "shiboken6", "whoosh", "yaml", "markdown_it", "babel", "sqlite3")
WINDOW_SEAM = "kbviewer.app.gui"


@pytest.mark.parametrize("module", ["kbviewer", "kbviewer.cli"])
def test_importing_the_command_line_loads_nothing_heavy(module: str) -> None:
    """`kbviewer show` in a script may not pay for a window, a parser or an index it does not use."""
    question = f"import sys, {module}; print(*sorted({{name.partition('.')[0] for name in sys.modules}}))"

    answer = subprocess.run([sys.executable, "-c", question], capture_output=True, text=True, check=True)

    assert set(answer.stdout.split()) & set(LATE) == set()


def test_only_a_dynamic_import_leads_to_the_window() -> None:
    """One documented seam: a plain import, even a lazy one, would tie the command line to Qt."""
    found = [
        f"{shown(path)}:{node.lineno}"
        for path in modules("kbviewer")
        if "gui" not in path.relative_to(PACKAGE).parts
        for node in ast.walk(syntax_of(path))
        if isinstance(node, ast.Import | ast.ImportFrom) and any(map(_is_window, _imported(node)))
    ]

    assert found == []


def test_underscore_is_never_bound_at_import_time() -> None:
    """Text is looked up when it is shown; a bound `_` would freeze the language of the first import."""
    found = [
        f"{shown(path)}:{line}"
        for path in modules("kbviewer")
        for line in _underscores_bound_in(syntax_of(path).body)
    ]

    assert found == []


def test_third_party_imports_are_declared() -> None:
    """What happens to be installed here may be missing after `pip install kbviewer`."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    declared = {_distribution_name(line) for line in settings["project"]["dependencies"]}
    known = packages_distributions()
    undeclared = {
        f"{shown(path)}: {name}"
        for path in modules("kbviewer")
        for node in ast.walk(syntax_of(path))
        if isinstance(node, ast.Import | ast.ImportFrom) and not getattr(node, "level", 0)
        for name in {full.partition(".")[0] for full in _imported(node)}
        if name not in sys.stdlib_module_names and name not in ("kbviewer", "shiboken6")
        if not declared & {distribution.lower().replace("_", "-") for distribution in known.get(name, [])}
    }

    assert undeclared == set()


@pytest.mark.parametrize(
    "package", [path for path in modules("kbviewer") if path.name == "__init__.py"], ids=shown
)
def test_packages_say_what_they_hold(package: Path) -> None:
    """The first thing a newcomer reads of a room."""
    assert ast.get_docstring(syntax_of(package))


def _is_window(name: str) -> bool:
    return name == WINDOW_SEAM or name.startswith(f"{WINDOW_SEAM}.")


def _imported(node: ast.Import | ast.ImportFrom) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    module = node.module or ""
    return [module, *(f"{module}.{alias.name}" for alias in node.names)]


def _distribution_name(requirement: str) -> str:
    name = requirement
    for mark in "<>=!~[; ":
        name = name.partition(mark)[0]
    return name.strip().lower().replace("_", "-")


def _underscores_bound_in(body: list[ast.stmt]) -> Iterator[int]:
    """Lines that bind `_` when the module is imported: anywhere but inside a function."""
    waiting: list[ast.AST] = list(body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            if getattr(node, "name", "") == "_":
                yield node.lineno
            continue
        if isinstance(node, ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp):
            continue  # has its own scope
        if isinstance(node, ast.Name) and node.id == "_" and isinstance(node.ctx, ast.Store):
            yield node.lineno
        if isinstance(node, ast.alias) and (node.asname or node.name) == "_":
            yield node.lineno
        waiting.extend(ast.iter_child_nodes(node))
