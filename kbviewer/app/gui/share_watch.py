"""Keeps local copies of what lies on shares up to date beside the window."""

from __future__ import annotations

import contextlib
import logging
import time
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from kbviewer.content.shares.fetch import Fetch
from kbviewer.content.shares.local_copy import LocalCopy
from kbviewer.model.errors import ShareError

_LOOK_EVERY_MS: Final = 5 * 60 * 1000
_TRY_AGAIN_AFTER_MS: Final = 15_000
_LISTEN_EVERY_MS: Final = 500
# A reading anew that follows from a look is no reason for the next.
_RESTS_S: Final = 2.0
_MOST_HELD_UP: Final = 3
_JOIN_S: Final = 0.5
_log = logging.getLogger(__name__)


class ShareWatch(QObject):
    """Looks at the shares now and then; a share that stalls holds up a thread and never the window.

    Signals:
        silent(error): a share does not answer, or does not give what it should; once for each reason.
        answered(): it does again.
        changed(): the copies have become others.
        progressed(done, total): how many kilobytes of what has changed have been copied; twice a second.
    """

    progressed = Signal(int, int)
    silent = Signal(object)
    answered = Signal()
    changed = Signal()

    _ended = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._copies: tuple[LocalCopy, ...] = ()
        self._fetch: Fetch | None = None
        self._held_up: list[Fetch] = []
        self._told = ""
        self._looked_at = 0.0
        self._next = QTimer(self)
        self._next.setSingleShot(True)
        self._next.timeout.connect(self._begin)
        self._listening = QTimer(self)
        self._listening.setInterval(_LISTEN_EVERY_MS)
        self._listening.timeout.connect(self._listen)
        self._ended.connect(self._take, Qt.ConnectionType.QueuedConnection)

    def follow(self, copies: Sequence[LocalCopy]) -> None:
        """Keep these up to date and no others."""
        origins = [copy.origin for copy in copies]
        if origins == [copy.origin for copy in self._copies]:
            return
        self._copies = tuple(copies)
        self._give_up()
        if self._told:
            self._told = ""
            self.answered.emit()
        self.look()

    def look(self) -> None:
        """Ask the shares now, unless they have just been asked."""
        if self._copies and time.monotonic() - self._looked_at > _RESTS_S:
            self.try_again()

    def try_again(self) -> None:
        """Ask the shares now, even when an earlier question is still held up."""
        self._give_up()
        self._begin()

    def close(self) -> None:
        """Stop. A thread that the system holds up is left to it."""
        self._copies = ()
        self._give_up()
        for fetch in self._held_up:
            fetch.join(_JOIN_S)

    def _begin(self) -> None:
        self._held_up = [fetch for fetch in self._held_up if fetch.is_running]
        if self._fetch is not None or not self._copies:
            return
        if len(self._held_up) >= _MOST_HELD_UP:
            # One more would be held up as well; when the share comes back, they end.
            self._next.start(_TRY_AGAIN_AFTER_MS)
            return
        fetch = self._fetch = Fetch(self._copies, lambda: self._announce(fetch))
        self._listening.start()
        fetch.start()

    def _announce(self, fetch: Fetch) -> None:
        """Bring the end of a fetch to the window's thread."""
        # The window may have gone at this moment.
        with contextlib.suppress(RuntimeError):
            self._ended.emit(fetch)

    def _give_up(self) -> None:
        self._next.stop()
        self._listening.stop()
        fetch, self._fetch = self._fetch, None
        if fetch is not None:
            fetch.give_up()
            self._held_up.append(fetch)

    def _listen(self) -> None:
        if self._fetch is None:
            return
        silence = self._fetch.silence()
        done, total = self._fetch.progress
        if total:
            self.progressed.emit(done >> 10, total >> 10)
        if silence is not None:
            # The question stays: on most systems it is answered as soon as the share comes back.
            self._tell(silence)

    def _take(self, fetch: Fetch) -> None:
        if fetch is not self._fetch:
            return
        self._fetch = None
        self._listening.stop()
        self._looked_at = time.monotonic()
        fetch.join(_JOIN_S)
        error = fetch.error
        if error is not None and not isinstance(error, ShareError):
            self._next.start(_LOOK_EVERY_MS)
            raise error
        if error is not None:
            self._tell(error)
        elif self._told:
            self._told = ""
            _log.info("the shares answer again")
            self.answered.emit()
        self._next.start(_LOOK_EVERY_MS if error is None else _TRY_AGAIN_AFTER_MS)
        if fetch.changed:
            _log.info("the local copies of shares have changed")
            self.changed.emit()

    def _tell(self, error: ShareError) -> None:
        if str(error.what) != self._told:
            self._told = str(error.what)
            _log.warning("%s", error)
            self.silent.emit(error)
