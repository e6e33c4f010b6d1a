"""The searches of before, for the search field; what cannot be kept is told, and searching goes on."""

from __future__ import annotations

import logging
from collections.abc import Callable

from kbviewer.model.errors import KbError
from kbviewer.state.searches import SearchStore

_log = logging.getLogger(__name__)


class SearchMemory:
    """The store of searches as the search field sees it: it never fails.

    Args:
        logs: whether a query that led somewhere is written to the log, which only a policy may want.
    """

    def __init__(
        self, store: SearchStore, on_failure: Callable[[KbError], object], *, logs: bool = False
    ) -> None:
        self._store = store
        self._on_failure = on_failure
        self._logs = logs

    def latest(self) -> list[str]:
        """Return the queries, the latest first."""
        try:
            return self._store.latest()
        except KbError as error:
            self._on_failure(error)
            return []

    def record(self, query: str) -> None:
        """Note that the query led somewhere."""
        if self._logs:
            _log.info("searched for: %s", query)
        self._keep(lambda: self._store.record(query))

    def clear(self) -> None:
        """Forget them all."""
        self._keep(self._store.clear)

    def _keep(self, change: Callable[[], object]) -> None:
        try:
            change()
        except KbError as error:
            self._on_failure(error)
