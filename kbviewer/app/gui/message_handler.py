"""Qt's warnings into the program's log."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

_LEVELS: Final = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


@contextmanager
def qt_messages_to(logger: logging.Logger) -> Iterator[None]:
    """While the block runs, send what Qt has to say to `logger` instead of the standard error."""

    def handle(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
        category = getattr(context, "category", None) or "default"
        logger.log(_LEVELS.get(kind, logging.WARNING), "qt %s: %s", category, text)

    before = qInstallMessageHandler(handle)
    try:
        yield
    finally:
        qInstallMessageHandler(before)
