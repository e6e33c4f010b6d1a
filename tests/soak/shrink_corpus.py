"""Keeps of a fuzzing corpus the smallest files that together reach what all reach: lines of our own code.

`python3 -m tests.soak.shrink_corpus [TARGET …]`; what is mended (`crash-…`) stays whatever it reaches.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import kbviewer
from tests.soak.fuzz_targets import CORPUS, TARGETS, clear_folder

_OURS = str(Path(kbviewer.__file__).parent)
_MENDED = "crash-"
Line = tuple[str, int]


def lines_reached(act: Callable[[bytes], None], data: bytes) -> set[Line]:
    """Return the lines of our code that run."""
    reached: set[Line] = set()

    def in_frame(frame: FrameType, event: str, _argument: Any) -> Any:
        if event == "line":
            reached.add((frame.f_code.co_filename, frame.f_lineno))
        return in_frame

    def on_call(frame: FrameType, _event: str, _argument: Any) -> Any:
        return in_frame if frame.f_code.co_filename.startswith(_OURS) else None

    before = sys.gettrace()
    sys.settrace(on_call)
    try:
        act(data)
    finally:
        sys.settrace(before)
    return reached


def shrink(target: str) -> tuple[int, int]:
    """Remove what is not needed; return how many files are kept and how many there were."""
    files = sorted((CORPUS / target).iterdir(), key=lambda path: (path.stat().st_size, path.name))
    known: set[Line] = set()
    kept = 0
    for path in files:
        reached = lines_reached(TARGETS[target], path.read_bytes())
        if reached <= known and not path.name.startswith(_MENDED):
            path.unlink()
            continue
        known |= reached
        kept += 1
    return kept, len(files)


def main() -> int:
    """Shrink the corpora that are named, by default all."""
    for target in sys.argv[1:] or sorted(TARGETS):
        sys.stdout.write("{}: {} of {} files kept\n".format(target, *shrink(target)))
    clear_folder()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
