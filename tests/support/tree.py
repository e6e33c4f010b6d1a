"""The checkout as the tests see it: its root, its files and its modules."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "kbviewer"


@cache
def tracked_files() -> tuple[Path, ...]:
    """Every file that git tracks or would track, so that a file is judged before it is committed."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode().split("\0")
    return tuple(path for path in (ROOT / name for name in sorted(set(names)) if name) if path.is_file())


def modules(*folders: str) -> Iterator[Path]:
    """The Python files below these top-level folders."""
    for path in tracked_files():
        if path.suffix == ".py" and path.relative_to(ROOT).parts[0] in folders:
            yield path


@cache
def syntax_of(path: Path) -> ast.Module:
    """The parsed module."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def shown(path: Path) -> str:
    """A path as a message shows it."""
    return path.relative_to(ROOT).as_posix()
