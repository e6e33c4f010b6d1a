"""The report of a case: as it will read, to copy or to save."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from kbviewer.i18n.translator import Translator
from kbviewer.model.policy import Right
from kbviewer.ui.case.reports import CaseReports
from kbviewer.ui.theme.announce import announce
from kbviewer.ui.theme.dialog import Dialog
from kbviewer.ui.theme.report_view import ReportView
from kbviewer.ui.theme.rights import needs
from kbviewer.ui.theme.theme import Theme

_PREVIEW_PX = 320
_LEAST_PREVIEW_PX = 96
_AROUND_PREVIEW_PX = 260


class ReportDialog(Dialog):
    """Shows the report in a language and a form that the reader chooses, whatever he reads in himself.

    Signals:
        save_wanted(file_name, form, text): write it to a file.
    """

    save_wanted = Signal(str, object, str)

    def __init__(
        self,
        reports: CaseReports,
        languages: Sequence[str],
        theme: Theme,
        translator: Translator,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(translator.gettext("Case report"), translator, parent, width_px=720)
        self._reports = reports
        self.view = ReportView(reports.make, languages, theme, translator)
        room = parent.height() - _AROUND_PREVIEW_PX if parent is not None else _PREVIEW_PX
        self.view.preview.setMinimumHeight(max(_LEAST_PREVIEW_PX, min(_PREVIEW_PX, room)))
        self._fill()
        self.view.changed.connect(self._name_copy)

    def copy(self) -> None:
        """Copy the report and say so."""
        self.view.copy()
        done = self.translator.gettext("Copied")
        self._copy.setText(done)
        announce(self._copy, done)

    def _fill(self) -> None:
        _ = self.translator.gettext
        self.body.addWidget(self.view, 1)
        self.add_close_button(default=False)
        save = needs(self.add_button(_("Save as…")), Right.EXPORT)
        save.clicked.connect(self._save)
        self._copy = needs(self.add_button("", default=True), Right.COPY)
        self._copy.clicked.connect(self.copy)
        self._name_copy()
        self._copy.setFocus(Qt.FocusReason.OtherFocusReason)

    def _name_copy(self) -> None:
        """Say what the button does: what was copied before reads otherwise now."""
        self._copy.setText(self.translator.gettext("Copy"))

    def _save(self) -> None:
        view = self.view
        self.save_wanted.emit(self._reports.file_name(view.language, view.form), view.form, view.text)
