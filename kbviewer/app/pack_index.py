"""How the index of a pack is built: where packs and the search come together."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from kbviewer.content.packs.building import BuildIndex, IndexSource


def index_builder(on_progress: Callable[[int, int], None] | None) -> BuildIndex:
    """Return what builds the index of a pack; `on_progress` is told of articles done and of all."""

    def build_index(source: IndexSource, directory: Path) -> Iterator[tuple[str, bytes | Path]]:
        from kbviewer.search.index import Job
        from kbviewer.search.packed_index import build_packed

        return build_packed(Job(source, source.signature(), on_progress), directory)

    return build_index
