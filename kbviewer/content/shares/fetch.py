"""One attempt to bring copies up to date, in a thread that nobody has to wait for."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from typing import Final

from kbviewer.content.folder_index import OnProgress, ReadingStoppedError
from kbviewer.content.shares.listing import no_answer
from kbviewer.content.shares.local_copy import LocalCopy
from kbviewer.model.errors import ShareError
from kbviewer.model.messages import N_, message

PATIENCE_S: Final = 5.0
_LOOK_AGAIN_S: Final = 0.1


class _GivenUpError(Exception):
    """Nobody wants the result any more."""


class Fetch:
    """Asks the share in a thread of its own. A share that stalls holds up that thread and nothing else.

    Args:
        copies: what to bring up to date.
        on_end: called in that thread when it has ended, unless it was given up.

    Attributes:
        changed: whether anything was copied.
        error: why it failed, None when it did not, or runs.
    """

    def __init__(self, copies: Sequence[LocalCopy], on_end: Callable[[], object] = lambda: None) -> None:
        self._copies = tuple(copies)
        self._on_end = on_end
        self._wanted = True
        self._last_sign = time.monotonic()
        self._asked: LocalCopy | None = None
        self._progress = (0, 0)
        self.changed = False
        self.error: Exception | None = None
        # A thread that the system does not let go must not keep the program from ending.
        self._thread = threading.Thread(target=self._work, name="share", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._last_sign = time.monotonic()
        self._thread.start()

    @property
    def progress(self) -> tuple[int, int]:
        """How many bytes have been copied, and how many there are; (0, 0) while that is not known."""
        return self._progress

    @property
    def is_running(self) -> bool:
        """Whether the thread has not ended, although it may be held up."""
        return self._thread.is_alive()

    def give_up(self) -> None:
        """Let the thread end as soon as it can; it says nothing more."""
        self._wanted = False

    def join(self, timeout_s: float) -> None:
        """Wait a little for the end."""
        self._thread.join(timeout_s)

    def silence(self, patience_s: float = PATIENCE_S) -> ShareError | None:
        """Return the error for a share that has not answered for that long, None when it has."""
        asked = self._asked
        if asked is None or not self.is_running or time.monotonic() - self._last_sign < patience_s:
            return None
        return no_answer(asked.origin)

    def wait(self, on_progress: OnProgress, patience_s: float = PATIENCE_S) -> bool:
        """Wait for the end, in a thread that may wait; return whether anything was copied.

        Raises:
            ShareError: the share does not give what it should, or does not answer.
            ReadingStoppedError: `on_progress` wanted it.
        """
        while self.is_running:
            self._thread.join(_LOOK_AGAIN_S)
            silence = self.silence(patience_s)
            if silence is not None:
                self.give_up()
                raise silence
            if not on_progress(*self._progress):
                self.give_up()
                raise ReadingStoppedError(message(N_("The articles have not been read to the end.")))
        if self.error is not None:
            raise self.error
        return self.changed

    def _work(self) -> None:
        try:
            for copy in self._copies:
                self._asked = copy
                self.changed = copy.bring_up_to_date(self._step) or self.changed
        except _GivenUpError:
            return
        except Exception as error:  # handed to whoever waits, on that one's thread
            self.error = error
        self._asked = None
        if self._wanted:
            self._on_end()

    def _step(self, done: int, total: int) -> None:
        if not self._wanted:
            raise _GivenUpError
        self._last_sign = time.monotonic()
        if total:
            self._progress = (done, total)
