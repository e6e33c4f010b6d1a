"""Qt's warnings into the program's log."""

from __future__ import annotations

import logging
from typing import Final

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

_LEVELS: Final = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def log_qt_messages(logger: logging.Logger) -> None:
    """Send what Qt has to say to `logger` instead of the standard error."""

    def handle(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
        category = getattr(context, "category", None) or "default"
        logger.log(_LEVELS.get(kind, logging.WARNING), "qt %s: %s", category, text)

    qInstallMessageHandler(handle)
