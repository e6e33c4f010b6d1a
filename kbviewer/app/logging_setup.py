"""The program's log: a few small files in the profile, and the error stream on demand."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

LOGGER_NAME = "kbviewer"
_MAX_BYTES = 512 * 1024
_KEPT_FILES = 3
_FORMAT = "%(asctime)s %(levelname)s %(process)d %(name)s: %(message)s"


class _QuietFileHandler(RotatingFileHandler):
    """Makes its folder with the first line, and gives up in silence where it cannot write."""

    def __init__(self, folder: Path, name: str) -> None:
        super().__init__(
            folder / f"{name}.log", maxBytes=_MAX_BYTES, backupCount=_KEPT_FILES, encoding="utf-8", delay=True
        )

    def _open(self) -> TextIOWrapper:
        Path(self.baseFilename).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        return super()._open()

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        """Do nothing: a full disk must not spoil the output."""


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
