"""Settings of the window: taken from the reader's data at the start, kept whenever they change."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QByteArray, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from kbviewer.model.errors import KbError
from kbviewer.state.settings import Settings, SettingValues
from kbviewer.ui.theme.theme import Theme

_SAVE_AFTER_MS = 400


class SettingsKeeper(QObject):
    """Writes settings a moment after the last change, and at the end.

    Signals:
        failed(error): a setting could not be kept; told once. It waits for the next flush.
    """

    failed = Signal(object)

    def __init__(self, settings: Settings, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._waiting: dict[str, object] = {}
        self._told = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SAVE_AFTER_MS)
        self._timer.timeout.connect(self.flush)
        theme.zoom_changed.connect(lambda zoom: self.keep("zoom", float(zoom)))

    @property
    def values(self) -> SettingValues:
        """All settings, those that are still to be written among them."""
        return replace(self._settings.values, **self._waiting)  # type: ignore[arg-type]

    def keep(self, name: str, value: object) -> None:
        """Keep a setting soon."""
        self._waiting[name] = value
        self._timer.start()

    def keep_geometry(self, window: QWidget) -> None:
        """Keep where the window is and how large, soon."""
        self.keep("window_geometry", bytes(window.saveGeometry().data()))

    def restore_geometry(self, window: QWidget) -> bool:
        """Put the window where it was; return whether that was known."""
        geometry = self._settings.values.window_geometry
        return bool(geometry) and window.restoreGeometry(QByteArray(geometry))

    def flush(self) -> None:
        """Keep everything now."""
        self._timer.stop()
        waiting, self._waiting = self._waiting, {}
        for name, value in waiting.items():
            try:
                self._settings.set(name, value)
            except KbError as error:
                self._waiting.setdefault(name, value)
                if not self._told:
                    self._told = True
                    self.failed.emit(error)
