"""In which order the files of tests are handed out to the processes that run them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain, zip_longest
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")


def spread(items: Iterable[tuple[Path, T]], whole_programs: Path) -> list[T]:
    """Return tests file by file: those of whole programs between the others, of these the largest first.

    A test of a whole program mostly waits; beside two of its kind it would leave the processor idle, and as
    the last one everybody would wait for it.

    Args:
        items: each test with its file.
        whole_programs: the folder of tests that start them.
    """
    files: dict[Path, list[T]] = {}
    for path, item in items:
        files.setdefault(path, []).append(item)
    waiting = [found for path, found in files.items() if path.is_relative_to(whole_programs)]
    working = [found for path, found in files.items() if not path.is_relative_to(whole_programs)]
    working.sort(key=len, reverse=True)
    none: Sequence[T] = ()
    return list(chain.from_iterable(chain.from_iterable(zip_longest(waiting, working, fillvalue=none))))
