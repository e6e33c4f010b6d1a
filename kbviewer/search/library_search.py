"""Searches libraries: opens or builds the index of each, and merges what they answer."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Protocol, runtime_checkable

from kbviewer.model.article import Article
from kbviewer.model.errors import SearchError
from kbviewer.model.hits import Query, SearchAnswer
from kbviewer.model.library import LibraryEntry
from kbviewer.model.messages import N_, message
from kbviewer.search.engine import SearchEngine
from kbviewer.search.index import Progress, build
from kbviewer.search.index_files import IndexDamagedError, IndexLockedError
from kbviewer.search.synonyms import no_groups

_PATIENCE_SECONDS = 120.0
_LOOK_AGAIN_SECONDS = 0.1


class SearchSource(Protocol):
    """What is searched: a library folder.

    Attributes:
        root: the folder; hits name it.
    """

    root: Path

    def signature(self) -> str:
        """Return a text that changes whenever an article changes."""

    def entries(self) -> Sequence[LibraryEntry]:
        """Return all entries, broken ones included; their variants are counted."""

    def all_articles(self) -> Iterable[Article]:
        """Yield every readable variant."""


@runtime_checkable
class SynonymSource(Protocol):
    """A SearchSource that has a glossary as well; its signature changes with that, too."""

    def synonyms(self, language: str) -> Sequence[Sequence[str]]:
        """Return groups of words or phrases with one meaning."""


class LibrarySearch:
    """Open indexes over several libraries. Making one opens or builds them, which may take minutes.

    Args:
        sources: the libraries, in the order in which equal hits are shown.
        cache_dir: where the indexes are kept; when it cannot be written, a temporary folder is used.
        on_progress: called while indexing with the number of articles done and of all.
        cancelled: asked between articles; when it says yes, SearchError is raised.

    Raises:
        SearchError: an index could be neither opened nor built.
    """

    def __init__(
        self,
        sources: Sequence[SearchSource],
        cache_dir: Path,
        on_progress: Progress | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> None:
        self._sources = tuple(sources)
        self._cache_dir = cache_dir / "search"
        self._on_progress = on_progress
        self._cancelled = cancelled or (lambda: False)
        self._temporary: Path | None = None
        self._engines: dict[Path, SearchEngine] = {}
        try:
            self.refresh()
        except BaseException:
            self.close()
            raise

    def search(self, query: Query) -> SearchAnswer:
        """Return the best hits of all libraries."""
        answers = [engine.search(query) for engine in self._engines.values()]
        # A word that one library has is spelled correctly, whatever another one makes of it.
        if any(answer.hits and answer.corrected is None for answer in answers):
            answers = [answer for answer in answers if answer.corrected is None]
        hits = sorted((hit for answer in answers for hit in answer.hits), key=lambda hit: -hit.score)
        return SearchAnswer(
            query.text,
            tuple(hits[: max(1, query.limit)]),
            sum(answer.took_ms for answer in answers),
            next((answer.corrected for answer in answers if answer.corrected), None),
        )

    def refresh(self) -> bool:
        """Bring the indexes up to date with the libraries; return whether any has changed."""
        changed = False
        for source in self._sources:
            signature = source.signature()
            engine = self._engines.get(source.root)
            if engine is None or engine.signature != signature:
                self._engines[source.root] = self._open_or_build(source, signature)
                changed = True
                if engine is not None:
                    engine.close()
        return changed

    def close(self) -> None:
        """Close all indexes and remove a temporary one."""
        for engine in self._engines.values():
            engine.close()
        self._engines.clear()
        if self._temporary is not None:
            shutil.rmtree(self._temporary, ignore_errors=True)
            self._temporary = None

    def _open_or_build(self, source: SearchSource, signature: str) -> SearchEngine:
        directory = self._directory(source)
        engine = self._open(source, directory, signature)
        if engine is not None:
            return engine
        try:
            return self._build(source, directory, signature)
        except OSError:
            # A full disk or a read-only profile; a temporary folder may be elsewhere.
            if self._temporary is not None:
                raise
        return self._build(source, self._temporary_directory(source), signature)

    def _open(self, source: SearchSource, directory: Path, signature: str) -> SearchEngine | None:
        """Return the index when there is one that is whole and up to date."""
        try:
            engine = SearchEngine.open(directory, str(source.root))
        except IndexDamagedError:
            return None
        if engine.signature == signature:
            return engine
        engine.close()
        return None

    def _build(self, source: SearchSource, directory: Path, signature: str) -> SearchEngine:
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while True:
            try:
                done = self._build_once(source, directory, signature)
            except IndexLockedError:
                if time.monotonic() > deadline or self._cancelled():
                    raise
                # Another window builds the same index; take it when it is ready.
                time.sleep(_LOOK_AGAIN_SECONDS)
                engine = self._open(source, directory, signature)
                if engine is not None:
                    return engine
                continue
            if not done:
                raise SearchError(message(N_("Indexing was stopped.")))
            return SearchEngine.open(directory, str(source.root))

    def _build_once(self, source: SearchSource, directory: Path, signature: str) -> bool:
        if self._on_progress:
            self._on_progress(0, 0)
        total = 0 if self._cancelled() else sum(len(entry.variants) for entry in source.entries())
        if self._cancelled():
            return False
        return build(
            source.all_articles(),
            directory,
            signature=signature,
            on_progress=self._on_progress,
            cancelled=self._cancelled,
            total=total,
            synonyms=source.synonyms if isinstance(source, SynonymSource) else no_groups,
        )

    def _directory(self, source: SearchSource) -> Path:
        return (self._temporary or self._cache_dir) / _name_of(source)

    def _temporary_directory(self, source: SearchSource) -> Path:
        try:
            self._temporary = Path(tempfile.mkdtemp(prefix="kbviewer-search-"))
        except OSError as error:
            raise SearchError(
                message(
                    N_("The search index can be written neither to {path} nor to a temporary folder."),
                    path=self._cache_dir,
                ),
                message(N_("Make room on the disk, or name another profile.")),
            ) from error
        return self._temporary / _name_of(source)


def _name_of(source: SearchSource) -> str:
    return hashlib.sha256(str(source.root).encode("utf-8", "surrogatepass")).hexdigest()[:24]
