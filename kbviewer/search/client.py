"""The window's end of the search process."""

from __future__ import annotations

import contextlib
import itertools
import logging
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from kbviewer.model.errors import SearchError
from kbviewer.model.hits import Query
from kbviewer.model.messages import N_, Message, message
from kbviewer.search.protocol import Answer, Ask, Event, Failed, Indexing, Ready, decode_event, encode_ask

# Listing a large folder for the first time tells nothing for a while; a process that dies is heard at once.
_START_SECONDS = 600.0
_FAREWELL_SECONDS = 1.0
_NO_WINDOW = 0x08000000 if sys.platform == "win32" else 0
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Heard:
    """Something that process number `process` said; None at its end."""

    process: int
    event: Event | None


@dataclass(frozen=True, slots=True)
class _Start:
    """Somebody will ask soon."""


@dataclass(frozen=True, slots=True)
class _Close:
    """Nobody asks any more."""


_Note: TypeAlias = Ask | _Start | _Heard | _Close


class SearchClient:
    """Asks the search process, which starts with the first question, and tells what it says.

    Only the newest question counts: those that it overtakes may stay without an answer. A process that
    dies or does not answer in time is started anew and asked once more; when that fails too, Failed is told.

    Args:
        command: starts the search process.
        on_event: called with an Answer, Indexing, Ready or Failed, in the client's own thread.
        deadline_ms: how long one question may take, once the process is ready.
    """

    def __init__(
        self, command: Sequence[str], on_event: Callable[[Event], None], deadline_ms: int = 5000
    ) -> None:
        self._command = list(command)
        self._on_event = on_event
        self._deadline_seconds = deadline_ms / 1000
        self._numbers = itertools.count(1)
        self._notes: queue.SimpleQueue[_Note] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._closed = False
        # All below belongs to the client's thread.
        self._process: _Process | None = None
        self._pending: Ask | None = None
        self._is_repeated = False
        self._is_ready = False
        self._give_up_at: float | None = None

    def ask(self, query: Query) -> int:
        """Send a question and return its number.

        Raises:
            SearchError: the client is closed.
        """
        if self._closed:
            raise SearchError(message(N_("The search is closed.")))
        number = next(self._numbers)
        self._put(Ask(number, query))
        return number

    def start(self) -> None:
        """Start the process before the first question, so that this one finds it ready."""
        if not self._closed:
            self._put(_Start())

    def close(self) -> None:
        """End the process and the thread; nothing is told after this."""
        self._closed = True
        if self._thread is None:
            return
        self._notes.put(_Close())
        if self._thread is not threading.current_thread():
            self._thread.join()
            self._thread = None

    def _put(self, note: _Note) -> None:
        self._notes.put(note)
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="search client", daemon=True)
            self._thread.start()

    def _run(self) -> None:
        try:
            while not isinstance(note := self._next_note(), _Close):
                match note:
                    case Ask():
                        self._pending = note
                        self._is_repeated = False
                        self._send()
                    case _Start():
                        self._ensure_process()
                    case _Heard(process=number, event=event):
                        if self._process is not None and number == self._process.number:
                            self._hear(event)
                    case None:
                        _log.warning("the search process did not answer in time")
                        self._stop(patiently=False)
                        self._start_over(message(N_("The search took too long and was stopped.")))
        finally:
            self._stop()

    def _next_note(self) -> _Note | None:
        """Return the next note, None when time is up."""
        if self._give_up_at is None:
            return self._notes.get()
        try:
            return self._notes.get(timeout=max(0.0, self._give_up_at - time.monotonic()))
        except queue.Empty:
            return None

    def _send(self) -> None:
        """Send the pending question, to a new process when there is none."""
        if self._pending is None:
            return
        process = self._ensure_process()
        if process is not None:
            self._wait()
            # A broken pipe is heard as the process's end.
            process.send(encode_ask(self._pending))

    def _ensure_process(self) -> _Process | None:
        """Return the process, started when there is none; None when that fails, which is told."""
        if self._process is None:
            try:
                self._process = _Process(self._command, self._notes)
            except OSError as error:
                self._fail(
                    message(N_("The search process cannot be started: {reason}."), reason=error.strerror)
                )
                return None
            self._is_ready = False
        return self._process

    def _wait(self) -> None:
        patience = self._deadline_seconds if self._is_ready else _START_SECONDS
        self._give_up_at = time.monotonic() + patience

    def _hear(self, event: Event | None) -> None:
        match event:
            case None:
                self._start_over(message(N_("The search process has ended unexpectedly.")))
                return
            case Answer(request=request):
                if self._pending is not None and request == self._pending.request:
                    self._pending = None
                    self._give_up_at = None
            case Indexing():
                self._wait()
            case Ready():
                self._is_ready = True
                if self._pending is not None:
                    self._wait()
            case Failed(message=why):
                self._fail(why)
                return
        self._tell(event)

    def _start_over(self, why: Message) -> None:
        """Ask a new process, unless that has been tried."""
        self._stop()
        if self._pending is None:
            return
        if self._is_repeated:
            self._fail(why)
        else:
            self._is_repeated = True
            self._send()

    def _fail(self, why: Message) -> None:
        self._stop()
        self._pending = None
        self._tell(Failed(why))

    def _stop(self, *, patiently: bool = True) -> None:
        self._give_up_at = None
        self._is_ready = False
        process, self._process = self._process, None
        if process is not None:
            process.end(_FAREWELL_SECONDS if patiently else 0.0)

    def _tell(self, event: Event) -> None:
        if self._closed:
            return
        try:
            self._on_event(event)
        except Exception:
            # The listener's fault must not end the thread that serves it.
            _log.exception("an event of the search was not taken")


class _Process:
    """One search process, and the thread that listens to it."""

    def __init__(self, command: Sequence[str], notes: queue.SimpleQueue[_Note]) -> None:
        self._notes = notes
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="ascii",
            errors="replace",
            creationflags=_NO_WINDOW,
        )
        self.number = self._process.pid
        self._thread = threading.Thread(target=self._listen, name="search process", daemon=True)
        self._thread.start()

    def send(self, line: str) -> None:
        """Write a line; a process that has gone is heard of by its end."""
        if self._process.stdin:
            with contextlib.suppress(OSError, ValueError):
                self._process.stdin.write(line)
                self._process.stdin.flush()

    def end(self, patience_seconds: float) -> None:
        """Close its input; when it does not leave by itself, make it."""
        if self._process.stdin:
            with contextlib.suppress(OSError, ValueError):
                self._process.stdin.close()
        try:
            self._process.wait(patience_seconds)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._thread.join()
        if self._process.stdout:
            self._process.stdout.close()

    def _listen(self) -> None:
        if self._process.stdout:
            for line in self._process.stdout:
                try:
                    self._notes.put(_Heard(self.number, decode_event(line)))
                except SearchError:
                    _log.warning("the search process said something unreadable")
        self._notes.put(_Heard(self.number, None))
