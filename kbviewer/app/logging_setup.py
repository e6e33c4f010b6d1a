"""The program's log: a few small files in the profile, and the error stream on demand.

No words of the reader's get into it: nothing that was searched for, written or read. Errors of the program
are written without their messages, which may quote such words, unless the level is "debug".
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kbviewer.model.errors import KbError

if TYPE_CHECKING:
    from logging import _SysExcInfoType

LOGGER_NAME = "kbviewer"
LEVELS: Final = {
    "debug": logging.DEBUG,
    "info": logging.INFO,
    "warning": logging.WARNING,
    "error": logging.ERROR,
}
_MOST_CAUSES: Final = 8
_FORMAT = "%(asctime)s %(levelname)s %(process)d %(name)s: %(message)s"


class _DiscreetFormatter(logging.Formatter):
    """Leaves out what errors of the program say; where they happened is what the makers need."""

    def formatException(self, ei: _SysExcInfoType) -> str:  # noqa: N802 - logging's name
        """Return the places, and the kinds of errors."""
        import traceback

        told: list[str] = []
        error = ei[1]
        while error is not None and len(told) < _MOST_CAUSES:
            lines = traceback.format_tb(error.__traceback__)
            # What the program and the system say themselves has no words of the reader's.
            message = f": {error}" if isinstance(error, KbError | OSError) else ""
            told.append(f"{''.join(lines)}{type(error).__module__}.{type(error).__qualname__}{message}")
            error = error.__cause__ or error.__context__
        return "\n".join(reversed(told))


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
def logging_to(
    folder: Path, *, name: str = LOGGER_NAME, level: str = "info", to_stderr: bool = False
) -> Iterator[logging.Logger]:
    """Log into `folder` while the block runs; nothing is made before there is something to write.

    Inside another such block, that one's log is used. Each kind of process has a file of its own, `name`.

    Args:
        level: the least that is written, one of LEVELS.
    """
    logger = logging.getLogger(LOGGER_NAME)
    if any(isinstance(handler, _QuietFileHandler) for handler in logger.handlers):
        yield logger
        return
    handlers: list[logging.Handler] = [_QuietFileHandler(folder, name)]
    if to_stderr:
        handlers.append(logging.StreamHandler(sys.stderr))
    before = logger.level, logger.propagate
    logger.setLevel(LEVELS.get(level, logging.INFO))
    kind = logging.Formatter if logger.level <= logging.DEBUG else _DiscreetFormatter
    logger.propagate = False
    for handler in handlers:
        handler.setFormatter(kind(_FORMAT))
        logger.addHandler(handler)
    try:
        yield logger
    finally:
        logger.level, logger.propagate = before
        for handler in handlers:
            logger.removeHandler(handler)
            handler.close()
