"""The search client, heard in the window's thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from kbviewer.model.hits import Query

if TYPE_CHECKING:
    from kbviewer.search.client import SearchClient
    from kbviewer.search.protocol import Event

MakeClient = Callable[[Callable[["Event"], None]], "SearchClient"]


class SearchBridge(QObject):
    """Starts the search process when a question is to be expected, and hands its events on.

    The client calls back from its own thread; the queued connection brings each event to the window's.

    Signals:
        answered(event): an event of the client.
    """

    answered = Signal(object)
    _came = Signal(object)

    def __init__(self, make_client: MakeClient, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._make_client = make_client
        self._client: SearchClient | None = None
        self._came.connect(self.answered, Qt.ConnectionType.QueuedConnection)

    def ask(self, query: Query) -> int:
        """Send a question and return its number."""
        if self._client is None:
            self._client = self._make_client(self._came.emit)
        return self._client.ask(query)

    def warm_up(self) -> None:
        """Start the search process, so that the first question does not wait for it."""
        if self._client is None:
            self._client = self._make_client(self._came.emit)
            self._client.start()

    def restart(self) -> None:
        """Forget the search process, because other articles are open; the next use starts one."""
        self.close()

    def close(self) -> None:
        """End the search process."""
        client, self._client = self._client, None
        if client is not None:
            client.close()
