"""Keeps the tabs on disk while they change, so that a power cut costs no place."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from kbviewer.model.errors import KbError
from kbviewer.model.tabs import KeptTabs
from kbviewer.state.tabs import TabStore
from kbviewer.ui.shell.tab_list import TabList

_SAVE_WITHIN_MS = 500


class TabKeeper(QObject):
    """Writes the tabs at most half a second after the first change, never during it.

    Signals:
        failed(error): they could not be kept or read; told once.
    """

    failed = Signal(object)

    def __init__(self, store: TabStore, tabs: TabList, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._tabs = tabs
        self._told = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SAVE_WITHIN_MS)
        self._timer.timeout.connect(self.flush)

    def load(self) -> KeptTabs:
        """Return the tabs of the last time, none when they cannot be read."""
        try:
            return self._store.load()
        except KbError as error:
            self._tell(error)
            return KeptTabs()

    def keep(self) -> None:
        """Keep the tabs soon."""
        if not self._timer.isActive():
            self._timer.start()

    def flush(self) -> None:
        """Keep the tabs now."""
        self._timer.stop()
        try:
            self._store.save(self._tabs.kept())
        except KbError as error:
            self._tell(error)

    def _tell(self, error: KbError) -> None:
        if not self._told:
            self._told = True
            self.failed.emit(error)
