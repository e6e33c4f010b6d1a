"""Installations that end at every single line of the code: `python -m tests.soak.pack_crashes FOLDER FILE…`.

A child is forked for each line that an installation executes in our own modules; it ends there as if it had
been killed, without a word to anybody. Then the folder must hold the old version or the new one. The output
is the number of places and what was wrong.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any

from kbviewer.content.packs.installed import InstalledPacks
from kbviewer.model.errors import PackError
from tests.soak.packs import faults

_WATCHED = ("installed.py", "pointer.py", "file_lock.py")
_CRASHED = 77


def crash_at(line: int, act: Callable[[], object]) -> bool:
    """Do something in a child that ends at its `line`-th line; return whether it got that far."""
    child = os.fork()
    if not child:
        left = line

        def trace(frame: FrameType, event: str, _argument: object) -> Any:
            nonlocal left
            if not frame.f_code.co_filename.endswith(_WATCHED):
                return None
            if event == "line":
                left -= 1
                if left < 0:
                    os._exit(_CRASHED)
            return trace

        sys.settrace(trace)
        try:
            act()
        except BaseException:
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    if code not in (0, _CRASHED):
        raise AssertionError(f"the child ended with {code}")
    return code == _CRASHED


def crash_everywhere(
    folder: Path, before: Path, act: Callable[[InstalledPacks], object]
) -> tuple[int, list[str]]:
    """Crash something at each of its lines in turn, each time from the same folder.

    Returns:
        The number of places, and what was wrong after each.
    """
    found: list[str] = []
    seen: set[str] = set()
    line = 0
    while True:
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(before, folder)
        packs = InstalledPacks(folder)
        crashed = crash_at(line, partial(act, packs))
        found += [f"line {line}: {fault}" for fault in faults(folder)]
        seen.add(repr(packs.states()))
        # Whatever it has left behind, it can be done again.
        with suppress(PackError):
            act(packs)
        found += [f"line {line}, again: {fault}" for fault in faults(folder)]
        if not crashed:
            break
        line += 1
    if len(seen) > 2:
        found.append(f"{len(seen)} different states: something between old and new")
    return line, found


def main(folder: str, first: str, second: str) -> int:
    """Install the second pack over the first, go back, and remove it."""
    root = Path(folder)
    one, two = InstalledPacks(root / "one"), InstalledPacks(root / "two")
    for packs, files in ((one, [first]), (two, [first, second])):
        for file in files:
            packs.install(Path(file))
    deeds: list[tuple[InstalledPacks, Callable[[InstalledPacks], object]]] = [
        (one, lambda packs: packs.install(Path(second))),
        (two, lambda packs: packs.rollback("office")),
        (two, lambda packs: packs.remove("office")),
    ]
    places, found = 0, list[str]()
    for before, deed in deeds:
        count, wrong = crash_everywhere(root / "packs", before.folder, deed)
        places, found = places + count, found + wrong
    print(f"{places} places")
    print(*found, sep="\n", end="")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
