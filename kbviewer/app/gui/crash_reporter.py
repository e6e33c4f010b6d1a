"""An error that nobody expected, told to the reader once, with a report to copy."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from kbviewer import __version__
from kbviewer.app.crash import unexpected
from kbviewer.i18n.translator import Translator

if TYPE_CHECKING:
    from kbviewer.ui.theme.dialog import Dialog


class _LastReport(logging.Handler):
    """Keeps the text of the last uncaught error."""

    def __init__(self) -> None:
        super().__init__(logging.CRITICAL)
        self.text = ""

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the record as text."""
        self.text = self.format(record)


def system_line() -> str:
    """Return what runs where, on one line."""
    import platform

    return f"kbviewer {__version__}, Python {platform.python_version()}, {platform.platform()}"


class CrashReporter(QObject):
    """Shows uncaught errors of any thread. The window stays: what was read and ticked is safe.

    `tell` may be called on any thread; the dialog comes up in the window's.
    """

    _told = Signal()

    def __init__(self, translator: Translator, log: Path, logger: logging.Logger) -> None:
        super().__init__()
        self._translator = translator
        self._log = log
        self._logger = logger
        self._report = _LastReport()
        self._dialog: Dialog | None = None
        logger.addHandler(self._report)
        self._told.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def tell(self) -> None:
        """Have the last uncaught error shown."""
        self._told.emit()

    def close(self) -> None:
        """Stop listening to the log."""
        self._logger.removeHandler(self._report)

    def report(self) -> str:
        """Return what the makers need."""
        return f"{system_line()}\n{self._report.text}"

    def _show(self) -> None:
        if self._dialog is not None:
            return
        from kbviewer.ui.theme.dialog import Dialog

        _ = self._translator.gettext
        dialog = Dialog(_("Something went wrong"), self._translator, QApplication.activeWindow(), 640)
        dialog.add_text(unexpected(self._log).render(_))
        dialog.add_source(self.report(), _("Report"), 220)
        dialog.add_copy_button(_("Copy the report"), self.report(), _("Copied"))
        dialog.add_close_button()
        dialog.finished.connect(self._done)
        dialog.open_centred()
        # Without a window to belong to, nothing else would keep it.
        self._dialog = dialog

    def _done(self) -> None:
        self._dialog = None
