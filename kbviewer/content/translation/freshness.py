"""Which blocks of a translation stand for an original that has changed since, for the reader's page.

What was found is kept in the cache: a start has no time to take articles apart.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from kbviewer.content.cache import LibraryCache
from kbviewer.content.folder_scan import ArticleFile
from kbviewer.content.folder_store import stamp_of
from kbviewer.model.errors import ContentError

# Raise it whenever the same files give another answer.
_FORMAT: Final = 1
_SUFFIX: Final = ".lock"


def stale_blocks(
    root: Path, cache: LibraryCache, variants: Mapping[str, ArticleFile], language: str
) -> frozenset[str]:
    """Return the keys of the blocks of the variant in `language` whose original has changed.

    Empty when nobody has accepted anything of it, and when that cannot be told.
    """
    file = variants.get(language)
    if file is None:
        return frozenset()
    lock = file.source + _SUFFIX
    stamp = stamp_of(root / lock)
    if stamp == (0, 0):
        return frozenset()
    stamps: list[Any] = [_FORMAT, *stamp]
    for variant in variants.values():
        stamps += stamp_of(root / variant.source)
    kept = cache.load_article(lock)
    if kept.get("stamps") == stamps and isinstance(kept.get("stale"), list):
        return frozenset(map(str, kept["stale"]))
    stale = _compute(root, variants, file)
    cache.save_article(lock, {"stamps": stamps, "stale": sorted(stale)})
    return stale


def _compute(root: Path, variants: Mapping[str, ArticleFile], file: ArticleFile) -> frozenset[str]:
    # An article from the cache must not pay for the parsers.
    from kbviewer.content.translation.comparison import TextState
    from kbviewer.content.translation.workspace import Workspace

    workspace = Workspace(root, [variant for variant in variants.values() if variant.language], ())
    try:
        work = workspace.work(file.entry_id, file.language)
    except ContentError:
        # The check says so; reading goes on.
        return frozenset()
    if work is None:
        return frozenset()
    found = [pair.target for pair in work.pairs if pair.state is TextState.STALE]
    return frozenset(unit.block for unit in found if unit is not None)
