"""The program's log: a few small files in the profile, and the error stream on demand."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LOGGER_NAME = "kbviewer"
_FORMAT = "%(asctime)s %(levelname)s %(process)d %(name)s: %(message)s"


class _QuietFileHandler(logging.Handler):
    """Makes its file with the first line, and gives up in silence where it cannot write.

    What turns files over is imported with the first line, too: most starts have nothing to say.
    """

    def __init__(self, folder: Path, name: str) -> None:
        super().__init__()
        self._path = folder / f"{name}.log"
        self._file: logging.Handler | None = None

    def emit(self, record: logging.LogRecord) -> None:
        """Write a line."""
        if self._file is None:
            from kbviewer.app.log_file import QuietLogFile

            self._file = QuietLogFile(self._path)
            self._file.setFormatter(self.formatter)
        self._file.emit(record)

    def close(self) -> None:
        """Close the file if there is one."""
        if self._file is not None:
            self._file.close()
        super().close()


@contextmanager
def logging_to(folder: Path, *, name: str = LOGGER_NAME, to_stderr: bool = False) -> Iterator[logging.Logger]:
    """Log into `folder` while the block runs; nothing is made before there is something to write.

    Inside another such block, that one's log is used. Each kind of process has a file of its own, `name`.
    """
    logger = logging.getLogger(LOGGER_NAME)
    if any(isinstance(handler, _QuietFileHandler) for handler in logger.handlers):
        yield logger
        return
    handlers: list[logging.Handler] = [_QuietFileHandler(folder, name)]
    if to_stderr:
        handlers.append(logging.StreamHandler(sys.stderr))
    before = logger.level, logger.propagate
    logger.setLevel(logging.DEBUG if to_stderr else logging.INFO)
    logger.propagate = False
    for handler in handlers:
        handler.setFormatter(logging.Formatter(_FORMAT))
        logger.addHandler(handler)
    try:
        yield logger
    finally:
        logger.level, logger.propagate = before
        for handler in handlers:
            logger.removeHandler(handler)
            handler.close()
