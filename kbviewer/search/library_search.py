"""Searches libraries: opens or builds the index of each, and merges what they answer."""

from __future__ import annotations

import hashlib
import logging
import shutil
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Protocol, runtime_checkable

from kbviewer.model.errors import SearchError
from kbviewer.model.hits import Query, SearchAnswer
from kbviewer.model.messages import N_, message
from kbviewer.search.cross_learning import learn_across
from kbviewer.search.engine import SearchEngine
from kbviewer.search.index import Articles, Job, Progress, build
from kbviewer.search.index_files import IndexDamagedError, IndexLockedError
from kbviewer.search.index_storage import IndexFolder
from kbviewer.search.languages import LANGUAGES
from kbviewer.search.shard import Shard
from kbviewer.search.stemming import make_stem
from kbviewer.search.thesaurus import Concept, Thesaurus

_PATIENCE_SECONDS = 120.0
_LOOK_AGAIN_SECONDS = 0.1
_log = logging.getLogger(__name__)


class SearchSource(Articles, Protocol):
    """What is searched: a library folder.

    Attributes:
        root: the folder; hits name it.
    """

    root: Path

    def signature(self) -> str:
        """Return a text that changes whenever an article or the glossary changes."""


@runtime_checkable
class ConceptSource(Protocol):
    """A SearchSource that has a glossary as well; its signature changes with that, too."""

    def concepts(self) -> Sequence[Mapping[str, Sequence[str]]]:
        """Return by language the words or phrases that mean the same, the preferred ones first."""


@runtime_checkable
class PrebuiltSource(Protocol):
    """A SearchSource that may bring its index along."""

    def prebuilt_index(self) -> IndexFolder | None:
        """Return the index, None when there is none or its origin is not to be trusted."""


class LibrarySearch:
    """Open indexes over several libraries. Making one opens or builds them, which may take minutes.

    Args:
        sources: the libraries, in the order in which equal hits are shown.
        cache_dir: where the indexes are kept; when it cannot be written, a temporary folder is used.
        terms: a list of Swedish and English terms for all libraries, see `thesaurus.read_terms`.
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
        terms: Sequence[Concept] = (),
    ) -> None:
        self._sources = tuple(sources)
        self._cache_dir = indexes_in(cache_dir)
        self._on_progress = on_progress
        self._cancelled = cancelled or (lambda: False)
        self._temporary: Path | None = None
        self._terms = tuple(terms)
        self._stems = {language: make_stem(language) for language in LANGUAGES}
        self._shards: dict[Path, Shard] = {}
        self._engine: SearchEngine | None = None
        try:
            self.refresh()
        except BaseException:
            self.close()
            raise

    def search(self, query: Query) -> SearchAnswer:
        """Return the best hits of all libraries."""
        if self._engine is None:
            raise SearchError(message(N_("The search is closed.")))
        return self._engine.search(query)

    def refresh(self) -> bool:
        """Bring the indexes up to date with the libraries; return whether any has changed."""
        changed = False
        for source in self._sources:
            signature = source.signature()
            shard = self._shards.get(source.root)
            if shard is None or shard.signature != signature:
                self._shards[source.root] = self._open_or_build(source, signature)
                changed = True
                if shard is not None:
                    shard.close()
        if changed or self._engine is None:
            self._engine = self._make_engine()
        return changed

    def _make_engine(self) -> SearchEngine:
        shards = [self._shards[root] for root in dict.fromkeys(source.root for source in self._sources)]
        concepts = [
            concept
            for source in self._sources
            if isinstance(source, ConceptSource)
            for concept in source.concepts()
        ]
        thesaurus = Thesaurus([*concepts, *self._terms], self._stems)
        learned = learn_across(shards, self._temporary or self._cache_dir)
        return SearchEngine(shards, thesaurus, learned)

    def close(self) -> None:
        """Close all indexes and remove a temporary one."""
        self._engine = None
        for shard in self._shards.values():
            shard.close()
        self._shards.clear()
        if self._temporary is not None:
            shutil.rmtree(self._temporary, ignore_errors=True)
            self._temporary = None

    def _open_or_build(self, source: SearchSource, signature: str) -> Shard:
        prebuilt = source.prebuilt_index() if isinstance(source, PrebuiltSource) else None
        shard = self._open(source, prebuilt, signature) if prebuilt is not None else None
        if shard is not None:
            return shard
        directory = self._directory(source)
        shard = self._open(source, directory, signature)
        if shard is not None:
            return shard
        try:
            return self._build(source, directory, signature)
        except OSError:
            # A full disk or a read-only profile; a temporary folder may be elsewhere.
            if self._temporary is not None:
                raise
        return self._build(source, self._temporary_directory(source), signature)

    def _open(self, source: SearchSource, directory: IndexFolder, signature: str) -> Shard | None:
        """Return the index when there is one that is whole and up to date."""
        try:
            shard = Shard.open(directory, str(source.root), self._stems)
        except IndexDamagedError:
            return None
        if shard.signature == signature:
            return shard
        shard.close()
        return None

    def _build(self, source: SearchSource, directory: Path, signature: str) -> Shard:
        began = time.monotonic()
        deadline = began + _PATIENCE_SECONDS
        while True:
            try:
                done = self._build_once(source, directory, signature)
            except IndexLockedError:
                if time.monotonic() > deadline or self._cancelled():
                    raise
                # Another window builds the same index; take it when it is ready.
                time.sleep(_LOOK_AGAIN_SECONDS)
                shard = self._open(source, directory, signature)
                if shard is not None:
                    return shard
                continue
            if not done:
                raise SearchError(message(N_("Indexing was stopped.")))
            _log.info("an index was built in %.1f s: %s", time.monotonic() - began, source.root)
            return Shard.open(directory, str(source.root), self._stems)

    def _build_once(self, source: SearchSource, directory: Path, signature: str) -> bool:
        if self._on_progress:
            self._on_progress(0, 0)
        if self._cancelled():
            return False
        return build(Job(source, signature, self._on_progress, self._cancelled), directory)

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


def indexes_in(cache_dir: Path) -> Path:
    """Return the folder of all indexes in a cache folder."""
    return cache_dir / "search"


def index_directory(cache_dir: Path, source: SearchSource) -> Path:
    """Return where the index of a library lies, or would lie."""
    return indexes_in(cache_dir) / _name_of(source)


def _name_of(source: SearchSource) -> str:
    return hashlib.sha256(str(source.root).encode("utf-8", "surrogatepass")).hexdigest()[:24]
