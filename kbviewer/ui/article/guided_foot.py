"""The foot of a guided view: a note, and buttons for the result and for the way on."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget

from kbviewer.model.cases import StepOutcome
from kbviewer.ui.article.button_rows import ButtonRows
from kbviewer.ui.article.buttons import WordButton
from kbviewer.ui.article.contracts import Texts
from kbviewer.ui.theme.growing_text import GrowingText
from kbviewer.ui.theme.shown_state import ShownState
from kbviewer.ui.theme.theme import Theme
from kbviewer.ui.theme.tokens import CORNER_PX

_LONGEST_TITLE: Final = 48
_LONGEST_NOTE: Final = 2_000


class OutcomeButton(WordButton):
    """Gives a step a result; marked while the step has that result."""

    def __init__(
        self, theme: Theme, outcome: StepOutcome, icon: str, parent: QWidget, *, primary: bool = False
    ) -> None:
        super().__init__(theme, parent, icon=icon, primary=primary)
        self.outcome = outcome
        self.state = ShownState(self)

    def nextCheckState(self) -> None:
        """Leave the state to the page."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the button, with a second edge in the colour of its result."""
        super().paintEvent(event)
        if not self.isChecked():
            return
        tokens = self._theme.tokens
        colours = {StepOutcome.DONE: tokens.on_accent, StepOutcome.FAILED: tokens.danger}
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colours.get(self.outcome, tokens.muted)), 2))
        inset = 5 if self.outcome is StepOutcome.DONE else 2
        rect = self.rect().adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(rect, CORNER_PX - 3, CORNER_PX - 3)


class GuidedFoot(QWidget):
    """What the reader does with a step, or at the end.

    Signals:
        outcome_pressed(outcome), previous_pressed(), next_pressed(): at a step.
        back_pressed(), procedure_pressed(), help_pressed(): at the end.
        note_left(): the focus has left the note.
    """

    outcome_pressed = Signal(object)
    previous_pressed = Signal()
    next_pressed = Signal()
    back_pressed = Signal()
    procedure_pressed = Signal()
    help_pressed = Signal()
    note_left = Signal()

    def __init__(self, theme: Theme, texts: Texts, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._texts = texts
        self._note_label = QLabel(self)
        self.note = GrowingText(self)
        self.note.left.connect(self.note_left)
        self._note_label.setBuddy(self.note)
        self._rows = ButtonRows(self)
        self.previous = self._button("arrow-left")
        self.next = self._button("arrow-right")
        self.failed = self._outcome(StepOutcome.FAILED, "cross")
        self.skipped = self._outcome(StepOutcome.SKIPPED, "skip")
        self.done = self._outcome(StepOutcome.DONE, "check", primary=True)
        self.back = self._button("book", primary=True)
        self.procedure = self._button("arrow-right")
        self.help = self._button("help")
        self.previous.clicked.connect(self.previous_pressed)
        self.next.clicked.connect(self.next_pressed)
        self.back.clicked.connect(self.back_pressed)
        self.procedure.clicked.connect(self.procedure_pressed)
        self.help.clicked.connect(self.help_pressed)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(4)
        for part in (self._note_label, self.note, self._rows):
            self._column.addWidget(part)
        self.restyle()

    @property
    def note_text(self) -> str:
        """What stands in the note field, as far as it can be kept."""
        return self.note.toPlainText().strip()[:_LONGEST_NOTE]

    def set_sides(self, left: int, right: int) -> None:
        """Stand below the column of text."""
        self._column.setContentsMargins(left, 8, right, 12)

    def show_step(self, outcome: StepOutcome | None, *, first: bool, results: bool, roomy: bool) -> None:
        """Offer what can be done with a step that has `outcome` now; `results` are more than done or not."""
        self.previous.setEnabled(not first)
        buttons = (self.failed, self.skipped, self.done)
        for button in buttons:
            button.state.show(button.outcome is outcome)
        # A button that goes while it has the focus would take the focus with it.
        had_focus = self.back.hasFocus() or self.procedure.hasFocus() or self.help.hasFocus()
        self.note.setVisible(results)
        self._note_label.setVisible(results and roomy)
        for way in (self.previous, self.next):
            way.setText(way.accessibleName() if roomy else "")
        self._rows.set_items([self.previous, self.next], buttons if results else [self.done], tight=not roomy)
        if had_focus:
            self.done.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_end(self, next_title: str) -> None:
        """Offer the ways on behind the last step."""
        gettext = self._texts.gettext
        focus: QWidget | None = QApplication.focusWidget()
        had_focus = focus is not None and self.isAncestorOf(focus)
        self.note.hide()
        self._note_label.hide()
        ways = [self.back]
        if next_title:
            short = (
                next_title if len(next_title) <= _LONGEST_TITLE else next_title[: _LONGEST_TITLE - 1] + "…"
            )
            words = gettext("Next procedure: {title}")
            self.procedure.setText(words.format(title=short))
            self.procedure.setAccessibleName(words.format(title=next_title))
            ways.insert(0, self.procedure)
        self._rows.set_items([self.help], ways, tight=False)
        if had_focus:
            ways[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        """Take all texts from the language that is on."""
        _, pgettext = self._texts.gettext, self._texts.pgettext
        self._note_label.setText(_("Note on this step"))
        self.note.setAccessibleName(_("Note on this step"))
        self.note.setPlaceholderText(_("Saved with the result of the step"))
        for button, text, key in (
            (self.previous, _("Previous"), "←"),
            (self.next, _("Next"), "→"),
            (self.failed, pgettext("step", "Failed"), "F"),
            (self.skipped, _("Skip"), "S"),
            (self.done, pgettext("step", "Done"), "D"),
            (self.back, _("Back to the article"), "Esc"),
            (self.help, _("Still need help?"), ""),
        ):
            button.setText(text)
            button.setAccessibleName(text)
            button.setToolTip(f"{text} ({key})" if key else "")
        self._rows.arrange()

    def restyle(self) -> None:
        """Take sizes and colours from the theme."""
        font = self._theme.body_font()
        font.setPointSizeF(font.pointSizeF() * 0.92)
        self.note.setFont(font)
        # A field that has been shown keeps the font of its text otherwise.
        self.note.document().setDefaultFont(font)
        small = self._theme.body_font()
        small.setPointSizeF(small.pointSizeF() * 0.85)
        self._note_label.setFont(small)
        self._note_label.setStyleSheet(f"color: {self._theme.tokens.muted}")
        self.note.fit()
        self._rows.arrange()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Fill the foot and draw its edge."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(self._theme.tokens.window))
        painter.fillRect(0, 0, self.width(), 1, QColor(self._theme.tokens.border))

    def _button(self, icon: str, *, primary: bool = False) -> WordButton:
        button = WordButton(self._theme, self._rows, icon=icon, primary=primary)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.hide()
        return button

    def _outcome(self, outcome: StepOutcome, icon: str, *, primary: bool = False) -> OutcomeButton:
        button = OutcomeButton(self._theme, outcome, icon, self._rows, primary=primary)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.clicked.connect(lambda: self.outcome_pressed.emit(outcome))
        button.hide()
        return button
