"""What happens to an error that nobody expected: the log gets all of it, the reader one sentence."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from kbviewer.model.errors import KbError
from kbviewer.model.messages import N_, message

ErrorHook = Callable[[type[BaseException], BaseException, TracebackType | None], None]


def unexpected(log: Path) -> KbError:
    """Return the sentence for an error that nobody expected."""
    return KbError(
        message(N_("Something went wrong that the program did not expect.")),
        message(N_("What happened stands in the log in {folder}; send it to the makers."), folder=log),
    )


@contextmanager
def catching_the_rest(logger: logging.Logger, tell: Callable[[], None]) -> Iterator[None]:
    """While the block runs, log every uncaught error of any thread and call `tell`, on that thread.

    `tell` shows the sentence: a dialog in the window, a line on the error stream elsewhere.
    """

    def on_error(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error or kind(), trace)
            return
        logger.critical("uncaught", exc_info=(kind, error or kind(), trace))
        tell()

    def on_thread_error(arguments: threading.ExceptHookArgs) -> None:
        on_error(arguments.exc_type, arguments.exc_value, arguments.exc_traceback)

    before = sys.excepthook, threading.excepthook
    sys.excepthook, threading.excepthook = on_error, on_thread_error
    try:
        yield
    finally:
        sys.excepthook, threading.excepthook = before
