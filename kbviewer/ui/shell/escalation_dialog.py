"""Still need help? The questions that support asks, the report with the answers, and where to turn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from kbviewer.i18n.translator import Translator
from kbviewer.model.article import HelpOffer
from kbviewer.model.policy import Right
from kbviewer.ui.shell.escalation import AnswerField, Escalation
from kbviewer.ui.theme.announce import announce
from kbviewer.ui.theme.dialog import Dialog
from kbviewer.ui.theme.growing_text import GrowingText
from kbviewer.ui.theme.report_view import ReportView
from kbviewer.ui.theme.rights import needs
from kbviewer.ui.theme.theme import Theme
from kbviewer.ui.theme.tokens import TOUCH_TARGET_PX

# Where there is room, the lines of the report are as long as they are pasted.
_WIDTH_PX: Final = 1280
_BESIDE_FROM_PX: Final = 760
_LONGEST_REFERENCE: Final = 100
_LONGEST_TEXT: Final = 10_000
_LONGEST_ANSWER: Final = 2_000


class EscalationDialog(Dialog):
    """Helps without a network: nothing is sent, everything can be copied or saved.

    Signals:
        typed(): the draft of what is typed is another one.
        answered(key, text), reference_given(text): the reader is done with a field.
        taken(): the report is copied or saved; what is in it should be kept.
        left(is_taken): the dialog goes; whether the report was copied or saved.
        save_wanted(file_name, form, text): write the report to a file.
        escalation_wanted(): close the case as escalated.
    """

    typed = Signal()
    answered = Signal(str, str)
    reference_given = Signal(str)
    taken = Signal()
    left = Signal(bool)
    save_wanted = Signal(str, object, str)
    escalation_wanted = Signal()

    def __init__(
        self,
        escalation: Escalation,
        languages: Sequence[str],
        theme: Theme,
        translator: Translator,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(translator.gettext("Still need help?"), translator, parent, width_px=_WIDTH_PX)
        self._escalation = escalation
        self._theme = theme
        self._is_taken = False
        self.view = ReportView(escalation.report, languages, theme, translator)
        self.reference = QLineEdit(escalation.reference)
        self.words = GrowingText(least_lines=3)
        self.answers: dict[str, GrowingText] = {}
        self._hints: dict[str, QLabel] = {}
        self._form = QVBoxLayout()
        self._form.setSpacing(4)
        self._fill_form(escalation.article.help_offer)
        self._lay_out()
        self._add_buttons()
        self.view.changed.connect(self._forget_copy)

    def show_case(self) -> None:
        """Show what has become of the case, such as that it is closed."""
        if self.words.toPlainText() and not self._escalation.draft.words:
            self.words.clear()
        self.view.refresh()
        self._show_end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the report beside the fields, or below them."""
        super().resizeEvent(event)
        self._place_view(self.width())

    def done(self, result: int) -> None:
        """Close in whatever way; what stands in the fields is handed over first."""
        self._leave_fields()
        super().done(result)
        self.left.emit(self._is_taken)

    def note_taken(self) -> None:
        """Note that the report has been copied or saved."""
        self._is_taken = True
        self.taken.emit()

    def _fill_form(self, offer: HelpOffer | None) -> None:
        _ = self.translator.gettext
        fields = self._escalation.fields
        intro = _(
            "Answer what you can and send the report to your support, together with the exact error message."
        )
        self._form.addWidget(self._label(intro))
        for field in fields:
            self._add_answer(field)
        self._add_field(_("Reference"), self.reference)
        self.reference.setMaxLength(_LONGEST_REFERENCE)
        self.reference.setPlaceholderText(_("A ticket number, for example"))
        self.reference.textEdited.connect(self._take_reference)
        self.reference.editingFinished.connect(lambda: self.reference_given.emit(self.reference.text()))
        self._add_field(_("What else support should know"), self.words)
        self.words.write(self._escalation.draft.words)
        self.words.setPlaceholderText(_("Since when, the exact error message, what has been tried"))
        self.words.textChanged.connect(self._take_words)
        if offer is not None:
            self._add_offer(offer)
        self._form.addStretch(1)

    def _add_answer(self, field: AnswerField) -> None:
        key = field.question.key
        box = self.answers[key] = GrowingText(least_px=TOUCH_TARGET_PX if self._theme.touch else 0)
        self._add_field(field.question.text, box)
        box.write(field.answer)
        if field.is_suggested:
            hint = self._hints[key] = self._label(self.translator.gettext("From your choice in the table"))
            hint.setStyleSheet(f"color: {self._theme.tokens.muted}")
            box.setAccessibleDescription(hint.text())
            self._form.addWidget(hint)
        box.textChanged.connect(lambda: self._take_answer(field, box))
        box.left.connect(lambda: self._hand_over(key, box))

    def _add_field(self, name: str, widget: QWidget) -> None:
        label = self._label(name)
        font = QFont(label.font())
        font.setWeight(QFont.Weight.DemiBold)
        label.setFont(font)
        label.setBuddy(widget)
        widget.setAccessibleName(name)
        self._form.addSpacing(8)
        self._form.addWidget(label)
        self._form.addWidget(widget)

    def _add_offer(self, offer: HelpOffer) -> None:
        _ = self.translator.gettext
        self._form.addSpacing(12)
        self._form.addWidget(self._label(_("The source refers to: {label}").format(label=offer.label)))
        if not offer.address:
            return
        address = QLineEdit(offer.address)
        address.setReadOnly(True)
        address.setAccessibleName(_("Address"))
        address.setCursorPosition(0)
        self._form.addWidget(address)
        button = QPushButton(_("Copy the address"))
        button.setAutoDefault(False)
        self.copy_on_click(button, offer.address, _("Copied"))
        self._form.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def _lay_out(self) -> None:
        self._inner = QWidget()
        self._below = QVBoxLayout(self._inner)
        self._below.setContentsMargins(2, 0, 8, 0)
        self._below.setSpacing(12)
        self._below.addLayout(self._form)
        self._halves = QHBoxLayout()
        self._halves.setSpacing(12)
        area = QScrollArea()
        area.setWidget(self._inner)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Nothing but the fields takes the focus: the area scrolls after them.
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.viewport().setAutoFillBackground(False)
        self._inner.setAutoFillBackground(False)
        parent = self.parentWidget()
        area.setMinimumHeight(max(140, min(560, (parent.height() if parent is not None else 640) - 220)))
        self._halves.addWidget(area, 1)
        self._place_view(self._width_px)
        self.body.addLayout(self._halves, 1)

    def _place_view(self, width_px: int) -> None:
        """Put the report beside the fields, else below them, where it scrolls with them."""
        place = self._halves if width_px >= _BESIDE_FROM_PX else self._below
        if place.indexOf(self.view) < 0:
            place.addWidget(self.view, 2)

    def _add_buttons(self) -> None:
        _ = self.translator.gettext
        self._state = self.add_text("")
        self._end = QPushButton(_("Close the case as escalated"))
        self._end.setAutoDefault(False)
        self._end.clicked.connect(self._escalate)
        self.body.addWidget(self._end, 0, Qt.AlignmentFlag.AlignLeft)
        self.add_close_button(default=False)
        save = needs(self.add_button(_("Save as…")), Right.EXPORT)
        save.clicked.connect(self._save)
        self._copy = needs(self.add_button(_("Copy"), default=True), Right.COPY)
        self._copy.setAccessibleName(_("Copy the report"))
        self._copy.clicked.connect(self._copy_report)
        self._show_end()
        first = next(iter(self.answers.values()), None)
        (first or self.reference).setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_end(self) -> None:
        case = self._escalation.case
        self._end.setVisible(case is not None and case.is_open)
        closed = case is not None and not case.is_open
        self._state.setVisible(closed)
        if case is not None and closed:
            for box in (*self.answers.values(), self.words):
                box.setReadOnly(True)
            self.reference.setReadOnly(True)
            self._copy.setFocus(Qt.FocusReason.OtherFocusReason)
            text = self.translator.gettext("Case {id} is closed as escalated.").format(id=case.id)
            self._state.setText(text)
            announce(self._state, text)

    def _take_answer(self, field: AnswerField, box: GrowingText) -> None:
        hint = self._hints.get(field.question.key)
        if hint is not None:
            hint.hide()
        self._escalation.answer(field.article, field.question.key, self._text_of(box))
        self._note_typing()

    def _take_reference(self, text: str) -> None:
        if self._escalation.case is None:
            self._escalation.draft.reference = text
        self._note_typing()

    def _take_words(self) -> None:
        self._escalation.draft.words = self.words.toPlainText()[:_LONGEST_TEXT]
        self._note_typing()

    def _note_typing(self) -> None:
        self.view.refresh_soon()
        self.typed.emit()

    def _hand_over(self, key: str, box: GrowingText) -> None:
        # The focus also leaves when the program ends, and there is nobody any more who could keep the answer.
        if isValid(self):
            self.answered.emit(key, self._text_of(box))

    def _leave_fields(self) -> None:
        """Hand over what stands in the field that has the focus."""
        for key, box in self.answers.items():
            if box.hasFocus():
                self.answered.emit(key, self._text_of(box))
        if self.reference.hasFocus():
            self.reference_given.emit(self.reference.text())

    def _copy_report(self) -> None:
        self._leave_fields()
        self.view.copy()
        self.view.refresh()
        done = self.translator.gettext("Copied")
        self.note_taken()
        self._copy.setText(done)
        announce(self._copy, done)

    def _save(self) -> None:
        self._leave_fields()
        view = self.view
        name = self._escalation.file_name(view.language, view.form)
        self.save_wanted.emit(name, view.form, view.text)

    def _escalate(self) -> None:
        self._leave_fields()
        self.escalation_wanted.emit()

    def _forget_copy(self) -> None:
        """Say again what the button does: the report reads otherwise now."""
        self._copy.setText(self.translator.gettext("Copy"))

    def _text_of(self, box: GrowingText) -> str:
        return box.toPlainText().strip()[:_LONGEST_ANSWER]

    def _label(self, text: str) -> QLabel:
        label = QLabel(text)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        return label
