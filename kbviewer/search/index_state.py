"""What is known of a library's index without opening it, for whoever looks for faults."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from kbviewer.search.index_files import POINTER, IndexDamagedError, verify
from kbviewer.search.index_storage import IndexFolder
from kbviewer.search.library_search import PrebuiltSource, SearchSource, index_directory


class State(StrEnum):
    """How an index is."""

    PREBUILT = "in the pack"
    FRESH = "fresh"
    OUTDATED = "outdated"
    MISSING = "missing"
    DAMAGED = "damaged"


class IndexState(NamedTuple):
    """How the index of a library is, where it lies, and its size."""

    state: State
    folder: Path | None
    size_bytes: int


def index_state(source: SearchSource, cache_dir: Path) -> IndexState:
    """Look at the index that a search over `source` would use. Every file of it is compared."""
    signature = source.signature()
    prebuilt = source.prebuilt_index() if isinstance(source, PrebuiltSource) else None
    if prebuilt is not None and _state(prebuilt, signature) is State.FRESH:
        return IndexState(State.PREBUILT, None, 0)
    folder = index_directory(cache_dir, source)
    if not (folder / POINTER).exists():
        return IndexState(State.MISSING, folder, 0)
    size_bytes = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    return IndexState(_state(folder, signature), folder, size_bytes)


def _state(folder: IndexFolder, signature: str) -> State:
    try:
        pointer, _generation = verify(folder)
    except IndexDamagedError:
        return State.DAMAGED
    return State.FRESH if pointer.signature == signature else State.OUTDATED
