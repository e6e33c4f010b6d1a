"""What `kbviewer doctor` says, copied from the window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from kbviewer.app.doctor.examination import examine
from kbviewer.app.doctor.report import Report
from kbviewer.app.gui.background import Background
from kbviewer.app.paths import DataFolders, Profile
from kbviewer.i18n.translator import Translator
from kbviewer.model.policy import Policy


class SupportInfo(QObject):
    """Looks at everything in a thread and puts it on the clipboard.

    Signals:
        said(text): a short note for the reader.
    """

    said = Signal(str)

    def __init__(
        self,
        data: DataFolders,
        profile: Profile,
        policy: Policy,
        translator: Translator,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._data = data
        self._profile = profile
        self._policy = policy
        self._translator = translator
        self._background = Background(self)
        self._background.done.connect(self._take)

    def copy(self, named: tuple[Path, ...]) -> None:
        """Begin to look, unless that is going on."""
        if self._background.is_busy:
            return
        self.said.emit(self._translator.gettext("Looking at the installation …"))
        self._background.run(lambda _on_progress: examine(self._data, self._profile, named, self._policy))

    def close(self) -> None:
        """Look no further."""
        self._background.close()

    def _take(self, report: Report) -> None:
        _ = self._translator.gettext
        QGuiApplication.clipboard().setText(report.as_text(_))
        self.said.emit(
            _("Copied. Look through it before you send it: it has paths and versions, nothing of your own.")
        )
