"""Reading a library beside the window, in a thread; it tells how far it is and can be stopped."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from kbviewer.content.folder_index import OnProgress, ReadingStoppedError
from kbviewer.model.errors import KbError

Job = Callable[[OnProgress], Any]


class Background(QObject):
    """Runs one job at a time. What a job that has been stopped still says is not heard.

    Signals:
        progressed(done, total): how many files have been looked at.
        done(result): the job's result.
        stopped(): somebody did not want to wait.
        failed(error): a KbError.
        broke(error): an error of the program itself.
    """

    progressed = Signal(int, int)
    done = Signal(object)
    stopped = Signal()
    failed = Signal(object)
    broke = Signal(object)
    # Of every job, with its number: only those of the current one are handed on.
    _came = Signal(int, str, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._number = 0
        self._thread: threading.Thread | None = None
        self._wanted = threading.Event()
        self._came.connect(self._take, Qt.ConnectionType.QueuedConnection)

    @property
    def is_busy(self) -> bool:
        """Whether a job is running that somebody waits for."""
        return self._thread is not None

    def run(self, job: Job) -> None:
        """Stop what is running and begin `job`."""
        self.close()
        self._number += 1
        self._wanted = threading.Event()
        self._wanted.set()
        self._thread = threading.Thread(
            target=self._work, args=(job, self._number, self._wanted), name="reading", daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        """Give the job up; `stopped` follows when it has ended."""
        self._wanted.clear()

    def close(self, patience_s: float | None = None) -> None:
        """End the job and wait for that, which takes as long as one article does; nothing more is heard.

        Args:
            patience_s: of a job that waits for a network or a share, wait no longer than this.
        """
        thread, self._thread = self._thread, None
        self._number += 1
        self._wanted.clear()
        if thread is not None:
            thread.join(patience_s)

    def _work(self, job: Job, number: int, wanted: threading.Event) -> None:
        def tell(done: int, total: int) -> bool:
            self._tell(number, "progressed", (done, total))
            return wanted.is_set()

        try:
            result = job(tell)
        except ReadingStoppedError:
            self._tell(number, "stopped", ())
        except KbError as error:
            self._tell(number, "failed", (error,))
        except Exception as error:
            self._tell(number, "broke", (error,))
        else:
            self._tell(number, "done", (result,))

    def _tell(self, number: int, name: str, values: tuple[object, ...]) -> None:
        # A job that nobody waited for may outlive this object.
        with suppress(RuntimeError):
            self._came.emit(number, name, values)

    def _take(self, number: int, name: str, values: tuple[object, ...]) -> None:
        if number != self._number:
            return
        if name != "progressed":
            thread, self._thread = self._thread, None
            if thread is not None:
                # It has said its last word.
                thread.join()
        getattr(self, name).emit(*values)
