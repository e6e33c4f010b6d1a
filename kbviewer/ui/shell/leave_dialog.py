"""Asks before what was done in a session that could not be saved is thrown away."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kbviewer.i18n.translator import Translator
from kbviewer.model.policy import Right
from kbviewer.ui.theme.dialog import Dialog
from kbviewer.ui.theme.rights import needs


class LeaveDialog(Dialog):
    """Offers to export what is not saved; Esc stays.

    Signals:
        export_wanted(): put it into a file.
        leave_wanted(): close all the same.
    """

    export_wanted = Signal()
    leave_wanted = Signal()

    def __init__(self, translator: Translator, parent: QWidget) -> None:
        super().__init__(translator.gettext("Not saved"), translator, parent)
        _ = translator.gettext
        self.add_text(
            _(
                "What you have done in this session could not be saved and is lost when you close. "
                "Export your data, and import the file when saving works again."
            )
        )
        leave = self.add_button(_("Close without saving"))
        leave.clicked.connect(self._leave)
        self.add_button(_("Cancel")).clicked.connect(self.reject)
        export = needs(self.add_button(_("Export my data…"), default=True), Right.EXPORT)
        export.clicked.connect(self._export)
        export.setFocus()

    def _leave(self) -> None:
        self.accept()
        self.leave_wanted.emit()

    def _export(self) -> None:
        self.accept()
        self.export_wanted.emit()
