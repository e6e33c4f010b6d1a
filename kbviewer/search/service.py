"""The loop of the search process: questions come in, events go out, one JSON object per line."""

from __future__ import annotations

import gc
import logging
import queue
import threading
import time
from collections.abc import Callable
from typing import Protocol, TextIO

from kbviewer.model.errors import KbError, SearchError
from kbviewer.model.hits import Query, SearchAnswer
from kbviewer.model.messages import N_, Message, message
from kbviewer.search.protocol import Answer, Ask, Event, Failed, Indexing, Ready, decode_ask, encode_event

_PROGRESS_SECONDS = 0.05
_log = logging.getLogger(__name__)


class Searcher(Protocol):
    """What answers; LibrarySearch in the program."""

    def search(self, query: Query) -> SearchAnswer:
        """Return the best hits."""

    def close(self) -> None:
        """Let go of everything."""


MakeSearcher = Callable[[Callable[[int, int], None], Callable[[], bool]], Searcher]


class _Questions:
    """Reads questions in a thread of its own, so that the newest is known while an older one is answered."""

    def __init__(self, lines: TextIO) -> None:
        self._lines = lines
        self._waiting: queue.SimpleQueue[Ask | None] = queue.SimpleQueue()
        self.ended = threading.Event()
        # Daemon: nothing ends a blocked read of a pipe but its other end.
        threading.Thread(target=self._read, name="questions", daemon=True).start()

    def next(self) -> Ask | None:
        """Wait for a question and return the newest; None at the end of input."""
        newest = self._waiting.get()
        while newest is not None and not self._waiting.empty():
            newest = self._waiting.get()
        return newest

    def _read(self) -> None:
        try:
            for line in self._lines:
                try:
                    self._waiting.put(decode_ask(line))
                except SearchError:
                    _log.warning("a question could not be read")
        except (OSError, ValueError):
            _log.debug("input has gone", exc_info=True)
        finally:
            self.ended.set()
            self._waiting.put(None)


class _Announcer:
    """Writes events; when nobody reads them any more, it says so."""

    def __init__(self, lines: TextIO) -> None:
        self._lines = lines
        self._last_progress = 0.0
        self.is_heard = True

    def announce(self, event: Event) -> None:
        try:
            self._lines.write(encode_event(event))
            self._lines.flush()
        except (OSError, ValueError):
            self.is_heard = False

    def progress(self, done: int, total: int) -> None:
        """Announce progress, not more often than anybody can see."""
        now = time.monotonic()
        if done in (0, total) or now - self._last_progress >= _PROGRESS_SECONDS:
            self._last_progress = now
            self.announce(Indexing(done, total))


def serve(make_searcher: MakeSearcher, questions: TextIO, events: TextIO) -> int:
    """Answer questions until their end, and return the exit code.

    Args:
        make_searcher: opens the search; is given where to report progress, and what tells that nobody waits.
    """
    asked = _Questions(questions)
    announcer = _Announcer(events)
    try:
        searcher = make_searcher(announcer.progress, lambda: asked.ended.is_set() or not announcer.is_heard)
    except KbError as error:
        announcer.announce(Failed(error.what))
        return 1
    except OSError as error:
        announcer.announce(Failed(_why(error)))
        return 1
    # The words of a library are hundreds of thousands of objects that stay: no collection need look at them.
    gc.collect()
    gc.freeze()
    try:
        announcer.announce(Ready())
        while announcer.is_heard and (ask := asked.next()) is not None:
            try:
                announcer.announce(Answer(ask.request, searcher.search(ask.query)))
            except KbError as error:
                announcer.announce(Failed(error.what))
    finally:
        gc.unfreeze()
        searcher.close()
    return 0


def _why(error: OSError) -> Message:
    return message(
        N_("The search index cannot be read or written: {reason}."), reason=error.strerror or error
    )
