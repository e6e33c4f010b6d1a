"""One case beside the list: how it stands, what was done in it, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from kbviewer.i18n.translator import Translator
from kbviewer.model.cases import Case, CaseArticle, CaseNote, CaseOutcome
from kbviewer.ui.case.case_text import results_html, results_text
from kbviewer.ui.case.elided_button import ElidedButton
from kbviewer.ui.case.wording import case_name, joined, outcome_title, short_time
from kbviewer.ui.theme.flow import FlowRow
from kbviewer.ui.theme.theme import Theme

_HEADING_SHARE = 1.3


class CaseDetails(QScrollArea):
    """Shows a case; emits what the reader wants with it.

    Signals:
        resume_wanted(case_id), reopen_wanted(case_id), delete_wanted(case_id), report_wanted(case_id),
        reference_wanted(case_id): as they say.
        article_wanted(case_id, article_id): go on in that article.
        close_wanted(case_id, outcome): the case has ended so.
        note_wanted(case_id, note_id): write a note anew, a new one for 0.
        note_deletion_wanted(case_id, note_id): forget a note.
    """

    resume_wanted = Signal(int)
    reopen_wanted = Signal(int)
    delete_wanted = Signal(int)
    report_wanted = Signal(int)
    reference_wanted = Signal(int)
    article_wanted = Signal(int, str)
    close_wanted = Signal(int, object)
    note_wanted = Signal(int, int)
    note_deletion_wanted = Signal(int, int)

    def __init__(self, theme: Theme, translator: Translator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._translator = translator
        self._case: Case | None = None
        self._at_work = False
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        theme.changed.connect(self.refresh)
        theme.zoom_changed.connect(self.refresh)

    @property
    def case(self) -> Case | None:
        """What is shown."""
        return self._case

    def show_case(self, case: Case | None, *, at_work: bool = False) -> None:
        """Show another case, or none; the same one keeps place and focus."""
        is_same = case is not None and self._case is not None and case.id == self._case.id
        self._case, self._at_work = case, at_work
        if is_same:
            self.refresh()
        else:
            self._build()
            self.verticalScrollBar().setValue(0)

    def refresh(self) -> None:
        """Show the same anew."""
        place = self.verticalScrollBar().value()
        focused = QApplication.focusWidget()
        had_focus = focused is not None and self.isAncestorOf(focused)
        name = focused.objectName() if focused is not None and had_focus else ""
        self._build()
        self.verticalScrollBar().setValue(place)
        if had_focus:
            heirs = (self.findChild(QPushButton, heir) for heir in (name, "resume", "reopen") if heir)
            heir = next((found for found in heirs if isinstance(found, QPushButton)), None)
            if heir is not None:
                heir.setFocus(Qt.FocusReason.OtherFocusReason)

    def _build(self) -> None:
        sheet = QWidget()
        sheet.setAutoFillBackground(False)
        column = QVBoxLayout(sheet)
        column.setContentsMargins(16, 8, 16, 16)
        column.setSpacing(8)
        case = self._case
        if case is not None:
            self.setAccessibleName(case_name(case.id, case.reference, self._translator))
            self._add_head(column, case)
            self._add_articles(column, case)
            self._add_notes(column, case)
        column.addStretch(1)
        self.setWidget(sheet)

    def _add_head(self, column: QVBoxLayout, case: Case) -> None:
        _ = self._translator.gettext
        column.addWidget(self._label(case_name(case.id, case.reference, self._translator), _HEADING_SHARE))
        state = [outcome_title(case.outcome, self._translator), _("at work") if self._at_work else ""]
        times = [_("Started {time}").format(time=short_time(case.started))]
        if case.closed is not None:
            times.append(_("Closed {time}").format(time=short_time(case.closed)))
        column.addWidget(self._label(joined([*state, *times]), colour=self._theme.tokens.muted))
        row = FlowRow(gap=6)
        row.set_items(self._buttons(case))
        column.addWidget(row)

    def _buttons(self, case: Case) -> list[QWidget]:
        _, number = self._translator.gettext, case.id
        report = self._button("report", _("Report…"), lambda: self.report_wanted.emit(number))
        delete = self._button("delete", _("Delete"), lambda: self.delete_wanted.emit(number))
        if not case.is_open:
            reopen = self._button("reopen", _("Reopen"), lambda: self.reopen_wanted.emit(number))
            return [reopen, report, delete]
        resume = self._button("resume", _("Resume"), lambda: self.resume_wanted.emit(number))
        resume.setDefault(True)
        solved = self._button("solved", _("Close as solved"), self._closing(number, CaseOutcome.SOLVED))
        escalated = self._button(
            "escalated", _("Close as escalated"), self._closing(number, CaseOutcome.ESCALATED)
        )
        reference = self._button("reference", _("Reference…"), lambda: self.reference_wanted.emit(number))
        return [resume, report, solved, escalated, reference, delete]

    def _closing(self, case_id: int, outcome: CaseOutcome) -> Callable[[], None]:
        return lambda: self.close_wanted.emit(case_id, outcome)

    def _add_articles(self, column: QVBoxLayout, case: Case) -> None:
        _ = self._translator.gettext
        self._add_caption(column, _("Articles and results"))
        if not case.articles:
            column.addWidget(
                self._label(_("Nothing has been done in an article yet."), colour=self._theme.tokens.muted)
            )
        for entry in case.articles:
            self._add_article(column, case, entry)

    def _add_article(self, column: QVBoxLayout, case: Case, entry: CaseArticle) -> None:
        button = ElidedButton(entry.title)
        button.setFont(self._theme.body_font())
        button.setObjectName(f"article-{entry.id}")
        button.setStyleSheet(
            f"QPushButton {{ text-align: left; padding: 2px 4px; color: {self._theme.tokens.accent}; }}"
        )
        button.setAccessibleDescription(self._translator.gettext("Open the article"))
        button.clicked.connect(lambda _checked=False: self.article_wanted.emit(case.id, entry.id))
        column.addWidget(button)
        text = results_text(case, entry.id, self._translator)
        if text:
            results = self._label("")
            results.setTextFormat(Qt.TextFormat.RichText)
            results.setText(results_html(case, entry.id, self._translator, self._theme.tokens))
            results.setAccessibleName(text)
            results.setContentsMargins(6, 0, 0, 0)
            column.addWidget(results)

    def _add_notes(self, column: QVBoxLayout, case: Case) -> None:
        _ = self._translator.gettext
        self._add_caption(column, _("Notes"))
        if not case.notes:
            column.addWidget(self._label(_("There are no notes yet."), colour=self._theme.tokens.muted))
        for note in case.notes:
            self._add_note(column, case, note)
        if case.is_open:
            row = FlowRow()
            row.set_items([self._button("note", _("Note…"), lambda: self.note_wanted.emit(case.id, 0))])
            column.addWidget(row)

    def _add_note(self, column: QVBoxLayout, case: Case, note: CaseNote) -> None:
        _ = self._translator.gettext
        when = short_time(note.written)
        if note.edited is not None:
            when = _("{written}, changed {edited}").format(written=when, edited=short_time(note.edited))
        column.addWidget(self._label(when, colour=self._theme.tokens.muted))
        column.addWidget(self._label(note.text))
        if not case.is_open:
            return
        edit = self._button(f"edit-{note.id}", _("Edit…"), lambda: self.note_wanted.emit(case.id, note.id))
        delete = self._button(
            f"forget-{note.id}", _("Delete"), lambda: self.note_deletion_wanted.emit(case.id, note.id)
        )
        for button in (edit, delete):
            button.setAccessibleDescription(note.text[:80])
        row = FlowRow(gap=6)
        row.set_items([edit, delete])
        column.addWidget(row)

    def _add_caption(self, column: QVBoxLayout, text: str) -> None:
        column.addSpacing(6)
        column.addWidget(self._label(text, 1.1))

    def _label(self, text: str, share: float = 1.0, *, colour: str = "") -> QLabel:
        label = QLabel(text)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        font = self._theme.body_font()
        font.setPointSizeF(font.pointSizeF() * share * 0.95)
        if share > 1:
            font.setWeight(QFont.Weight.DemiBold)
        label.setFont(font)
        if colour:
            label.setStyleSheet(f"color: {colour};")
        return label

    def _button(self, name: str, text: str, handler: Callable[[], object]) -> QPushButton:
        button = QPushButton(text.replace("&", "&&"))
        button.setObjectName(name)
        button.clicked.connect(lambda _checked=False: handler())
        return button
