"""The program's own processes: modules that run on their own, from a checkout and from a bundle alike.

A bundle (one folder with the program and all that it needs) has no `python -m`: there the program's own file
starts the module, when its first word is one that nobody types.
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Callable, MutableMapping, Sequence
from pathlib import Path
from typing import Final

SEARCH_MODULE: Final = "kbviewer.app.search_process"
MODULES: Final = (SEARCH_MODULE,)
"""What may be started on its own. Each has `main(arguments) -> int`."""

_RUN_MODULE: Final = "--run-module"
_LIBRARY_PATH: Final = "LD_LIBRARY_PATH"


def bundled_program() -> Path | None:
    """Return the program's own file when this is a bundle."""
    return Path(sys.executable) if getattr(sys, "frozen", False) else None


def program_command() -> list[str]:
    """Return the command that starts the program itself once more; its arguments follow."""
    bundle = bundled_program()
    return [str(bundle)] if bundle else [sys.executable, "-m", "kbviewer"]


def module_command(module: str, bundle: Path | None = None) -> list[str]:
    """Return the command that runs one of `MODULES` in a process of its own; its arguments follow.

    Args:
        module: its full name.
        bundle: the program's own file; by default that of this process, if it is a bundle.
    """
    bundle = bundle or bundled_program()
    return [str(bundle), _RUN_MODULE, module] if bundle else [sys.executable, "-m", module]


def run_bundle(
    arguments: Sequence[str],
    command_line: Callable[[Sequence[str]], int],
    environ: MutableMapping[str, str] | None = None,
) -> int:
    """Do what the bundle's file was started for: a module of ours, else the command line."""
    give_back_library_path(os.environ if environ is None else environ)
    _have_streams()
    if len(arguments) > 1 and arguments[0] == _RUN_MODULE and arguments[1] in MODULES:
        return int(importlib.import_module(arguments[1]).main(arguments[2:]))
    return command_line(arguments)


def _have_streams() -> None:
    """Write to nowhere where there is nobody to read: a program with windows has no streams on Windows."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115  # for good


def give_back_library_path(environ: MutableMapping[str, str]) -> None:
    """Let programs that this one starts find the system's libraries, not the bundle's.

    The bundle's file sets the variable before Python starts; it has done its work when Python runs.
    """
    before = environ.pop(f"{_LIBRARY_PATH}_ORIG", "")
    environ.pop(_LIBRARY_PATH, None)
    if before:
        environ[_LIBRARY_PATH] = before
