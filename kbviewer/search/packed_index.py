"""The index of a library as it travels in a pack: the same bytes for the same articles."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from kbviewer.search.index import Job, build
from kbviewer.search.index_files import POINTER, encode_pointer, verify

_GENERATION = "generation-" + "0" * 16


def build_packed(job: Job, directory: Path) -> Iterator[tuple[str, bytes | Path]]:
    """Build an index in the empty `directory`; yield its files by the name that they have in a pack.

    Raises:
        OSError: the folder cannot be written.
    """
    if not build(job, directory):
        return
    pointer, folder = verify(directory)
    packed = encode_pointer(replace(pointer, generation=_GENERATION))
    yield POINTER, json.dumps(packed, indent=1, sort_keys=True).encode("ascii")
    for name in sorted(pointer.files):
        yield f"{_GENERATION}/{name}", folder / name
