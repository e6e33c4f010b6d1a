"""Builds an index in a process of its own, and kills itself on the way; for the tests of what is left then.

The first argument names the folder, the second where to die: see _HOOKS. With "update" as the third one, an
index is built before, and one of its articles changed.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kbviewer.search import index as index_module
from kbviewer.search.index import Job, build
from kbviewer.search.index_files import POINTER
from kbviewer.search.segment_writer import VariantWriter
from tests.unit.search.small_library import MemoryLibrary, article

SIZE = 10
OLD, NEW = "gammalt", "nyhet"


def make_library(root: Path) -> MemoryLibrary:
    articles = [article(f"a{number}", f"Titel {number}", f"Gemensam {OLD}.") for number in range(SIZE)]
    return MemoryLibrary(root, articles)


def _die(*_arguments: object, **_options: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _die_after(done: Callable[..., Any]) -> Callable[..., Any]:
    def call(*arguments: Any, **options: Any) -> None:
        done(*arguments, **options)
        _die()

    return call


def _before_commit() -> None:
    VariantWriter.commit = _die  # type: ignore[method-assign]


def _after_commit() -> None:
    VariantWriter.commit = _die_after(VariantWriter.commit)  # type: ignore[method-assign]


def _before_switch() -> None:
    replace = os.replace

    def replace_or_die(source: Any, target: Any, **options: Any) -> None:
        if Path(target).name == POINTER:
            _die()
        replace(source, target, **options)

    os.replace = replace_or_die  # type: ignore[assignment]


def _after_switch() -> None:
    index_module.switch_to = _die_after(index_module.switch_to)  # type: ignore[attr-defined]


_HOOKS: dict[str, Callable[[], None]] = {
    "while reading": lambda: setattr(MemoryLibrary, "read", _die),
    "before commit": _before_commit,
    "after commit": _after_commit,
    "before switch": _before_switch,
    "after switch": _after_switch,
    "nowhere": lambda: None,
}
PLACES = tuple(_HOOKS)[:-1]


def main(directory: Path, place: str, *, is_update: bool) -> None:
    library = make_library(directory)
    if is_update:
        build(Job(library, "old"), directory)
        library.articles[0] = article("a0", "Titel 0", f"Gemensam {NEW}.")
    _HOOKS[place]()
    build(Job(library, "new"), directory)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], is_update="update" in sys.argv[3:])
