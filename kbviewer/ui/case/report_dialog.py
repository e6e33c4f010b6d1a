"""The report of a case: as it will read, to copy or to save."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QTextBrowser, QWidget

from kbviewer.content.export import ReportForm
from kbviewer.i18n.translator import Translator
from kbviewer.ui.case.reports import CaseReports
from kbviewer.ui.theme.announce import announce
from kbviewer.ui.theme.dialog import Dialog
from kbviewer.ui.theme.flow import FlowRow
from kbviewer.ui.theme.section_switch import SectionSwitch
from kbviewer.ui.theme.theme import Theme
from kbviewer.ui.theme.tokens import CORNER_PX

_FORMS = (ReportForm.TEXT, ReportForm.MARKDOWN, ReportForm.HTML)
_PREVIEW_PX = 320
_AROUND_PREVIEW_PX = 260


class _Preview(QTextBrowser):
    """Shows text or a page; loads nothing and leads nowhere."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._code_font = theme.code_font()
        self._body_font = theme.body_font()
        self.setOpenLinks(False)
        self.setTabChangesFocus(True)
        tokens = theme.tokens
        self.setStyleSheet(
            f"QTextBrowser {{ background: {tokens.page}; border: 1px solid {tokens.control_border};"
            f" border-radius: {CORNER_PX}px; padding: 6px; }}"
            f"QTextBrowser:focus {{ border: 2px solid {tokens.accent}; padding: 5px; }}"
        )

    def loadResource(self, _kind: int, _name: object) -> object:
        """Nothing is fetched, whatever the text says."""
        return None

    def show_report(self, text: str, form: ReportForm) -> None:
        """Show a report as it is pasted."""
        self.setFont(self._body_font if form is ReportForm.HTML else self._code_font)
        if form is ReportForm.HTML:
            self.setHtml(text)
        else:
            self.setPlainText(text)


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
        # The reader's own first.
        self._languages = sorted(languages, key=lambda tag: tag != translator.language)
        self._language = SectionSwitch(theme)
        self._form = SectionSwitch(theme)
        self._preview = _Preview(theme)
        room = parent.height() - _AROUND_PREVIEW_PX if parent is not None else _PREVIEW_PX
        self._preview.setMinimumHeight(max(96, min(_PREVIEW_PX, room)))
        self._fill()
        self._show()

    @property
    def language(self) -> str:
        """The language of the report."""
        return self._languages[self._language.section]

    @property
    def form(self) -> ReportForm:
        """The form of the report."""
        return _FORMS[self._form.section]

    @property
    def text(self) -> str:
        """The report."""
        return self._reports.make(self.language, self.form)

    def copy(self) -> None:
        """Copy the report; as a page it takes its plain text along, for what takes no page."""
        data = QMimeData()
        if self.form is ReportForm.HTML:
            data.setHtml(self.text)
            data.setText(self._reports.make(self.language, ReportForm.TEXT))
        else:
            data.setText(self.text)
        QGuiApplication.clipboard().setMimeData(data)
        done = self.translator.gettext("Copied")
        self._copy.setText(done)
        announce(self._copy, done)

    def _fill(self) -> None:
        _, name = self.translator.gettext, self.translator.language_name
        self._language.set_texts(
            _("Language of the report"), [name(tag).capitalize() for tag in self._languages]
        )
        self._form.set_texts(_("Format of the report"), [_("Text"), "Markdown", "HTML"])
        row = FlowRow()
        row.set_items([self._language, self._form])
        self._preview.setAccessibleName(_("Preview"))
        self.body.addWidget(row)
        self.body.addWidget(self._preview, 1)
        self._language.section_changed.connect(lambda _number: self._show())
        self._form.section_changed.connect(lambda _number: self._show())
        self.add_close_button(default=False)
        save = self.add_button(_("Save as…"))
        save.clicked.connect(self._save)
        self._copy = self.add_button(_("Copy"), default=True)
        self._copy.clicked.connect(self.copy)
        self._copy.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self) -> None:
        self._copy.setText(self.translator.gettext("Copy"))
        self._preview.show_report(self.text, self.form)

    def _save(self) -> None:
        self.save_wanted.emit(self._reports.file_name(self.language, self.form), self.form, self.text)
