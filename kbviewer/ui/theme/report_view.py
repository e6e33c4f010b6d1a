"""A report as it will read: a choice of language and form, and what to copy or save."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QMimeData, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QTextBrowser, QVBoxLayout, QWidget

from kbviewer.content.export import ReportForm
from kbviewer.i18n.translator import Translator
from kbviewer.ui.theme.flow import FlowRow
from kbviewer.ui.theme.section_switch import SectionSwitch
from kbviewer.ui.theme.theme import Theme
from kbviewer.ui.theme.tokens import CORNER_PX

FORMS: Final = (ReportForm.TEXT, ReportForm.MARKDOWN, ReportForm.HTML)
_AFTER_MS: Final = 150
_LEAST_PX: Final = 180
_MOST_POINT: Final = 10.5

MakeReport = Callable[[str, ReportForm], str]


class _Preview(QTextBrowser):
    """Shows text or a page; loads nothing and leads nowhere."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setOpenLinks(False)
        self.setTabChangesFocus(True)
        tokens = theme.tokens
        self.setStyleSheet(
            f"QTextBrowser {{ background: {tokens.page}; border: 1px solid {tokens.control_border};"
            f" border-radius: {CORNER_PX}px; padding: 6px; }}"
            f"QTextBrowser:focus {{ border: 2px solid {tokens.accent}; padding: 5px; }}"
        )

    def loadResource(self, _kind: int, _name: object) -> object:
        """Fetch nothing, whatever the text says."""
        return None

    def show_report(self, text: str, form: ReportForm) -> None:
        """Show a report as it is pasted; the place stays."""
        bar = self.verticalScrollBar()
        before = bar.value()
        font = self._theme.body_font() if form is ReportForm.HTML else self._theme.code_font()
        font.setPointSizeF(min(font.pointSizeF(), _MOST_POINT))
        self.setFont(font)
        self.document().setDefaultFont(font)
        if form is ReportForm.HTML:
            self.setHtml(text)
        else:
            self.setPlainText(text)
        bar.setValue(before)


class ReportView(QWidget):
    """Shows what `make(language, form)` returns, and keeps it up to date.

    Signals:
        changed(): the report reads otherwise now.
    """

    changed = Signal()

    def __init__(
        self,
        make: MakeReport,
        languages: Sequence[str],
        theme: Theme,
        translator: Translator,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._make = make
        # The reader's own first.
        self._languages = sorted(languages, key=lambda tag: tag != translator.language)
        self.languages = SectionSwitch(theme)
        self.forms = SectionSwitch(theme)
        self.preview = _Preview(theme)
        self.preview.setMinimumHeight(_LEAST_PX)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_AFTER_MS)
        self._later.timeout.connect(self.refresh)
        _, name = translator.gettext, translator.language_name
        self.languages.set_texts(
            _("Language of the report"), [name(tag).capitalize() for tag in self._languages]
        )
        self.forms.set_texts(_("Format of the report"), [_("Text"), "Markdown", "HTML"])
        self.preview.setAccessibleName(_("Preview"))
        switches = FlowRow()
        switches.set_items([self.languages, self.forms])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(switches)
        column.addWidget(self.preview, 1)
        self.languages.section_changed.connect(lambda _number: self.refresh())
        self.forms.section_changed.connect(lambda _number: self.refresh())
        self.refresh()

    @property
    def language(self) -> str:
        """The language of the report."""
        return self._languages[self.languages.section]

    @property
    def form(self) -> ReportForm:
        """The form of the report."""
        return FORMS[self.forms.section]

    @property
    def text(self) -> str:
        """The report as it reads now."""
        return self._make(self.language, self.form)

    def refresh(self) -> None:
        """Show the report anew."""
        self._later.stop()
        self.preview.show_report(self.text, self.form)
        self.changed.emit()

    def refresh_soon(self) -> None:
        """Show the report anew when typing rests."""
        self._later.start()

    def copy(self) -> None:
        """Copy the report; as a page it takes its plain text along, for what takes no page."""
        data = QMimeData()
        if self.form is ReportForm.HTML:
            data.setHtml(self.text)
            data.setText(self._make(self.language, ReportForm.TEXT))
        else:
            data.setText(self.text)
        QGuiApplication.clipboard().setMimeData(data)
