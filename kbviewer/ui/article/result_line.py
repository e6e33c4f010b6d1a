"""The line under a step: what became of it, its note, whether the step has changed since."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt, Signal, SignalInstance
from PySide6.QtGui import (
    QColor,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from kbviewer.model.cases import StepOutcome
from kbviewer.ui.article.buttons import WordButton
from kbviewer.ui.article.contracts import Texts
from kbviewer.ui.article.note_editor import NoteEditor
from kbviewer.ui.article.result_text import GAP_PX, PAD_PX, ResultText
from kbviewer.ui.article.step_words import ResultWords
from kbviewer.ui.article.wrapped_text import draw_text, text_height
from kbviewer.ui.theme.flow import FlowRow
from kbviewer.ui.theme.icons import paint_icon
from kbviewer.ui.theme.theme import Theme
from kbviewer.ui.theme.tokens import CORNER_PX

OUTCOME_ICONS = {StepOutcome.DONE: "check", StepOutcome.FAILED: "cross", StepOutcome.SKIPPED: "skip"}


class ResultLine(QWidget):
    """Shows a step's result and takes a note on it. Stores none.

    Signals:
        note_typed(text): the note that is being written reads so now.
        note_written(text), note_left: the note is to be kept, or not; the editor stays until `end_editing`.
        confirmed: the result still holds although the step has changed.
        height_changed: it needs more or less room than before.
    """

    note_typed = Signal(str)
    note_written = Signal(str)
    note_left = Signal()
    confirmed = Signal()
    height_changed = Signal()

    def __init__(self, theme: Theme, texts: Texts, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._texts = texts
        self._text = ResultText(theme)
        self._outcome = StepOutcome.DONE
        self._words = ResultWords("", "", "")
        self._editor: NoteEditor | None = None
        self._buttons = FlowRow(self)
        self._made: dict[str, WordButton] = {}

    def show_result(self, outcome: StepOutcome, words: ResultWords) -> None:
        """Show a result in the theme and language that are on; a note that is being written stays."""
        self._outcome = outcome
        self._words = words
        if self._editor is not None:
            self._dress_editor(self._editor)
        self._fill_buttons()
        self.setAccessibleName(str(words))
        self._place()
        self.update()

    @property
    def draft(self) -> str | None:
        """The note that is being written, None while none is."""
        return self._editor.toPlainText().strip() if self._editor is not None else None

    def edit(self, text: str) -> None:
        """Let the reader write a note, beginning with `text`; one that is being written goes on."""
        if self._editor is None:
            self._editor = NoteEditor(self._theme, self)
            self._dress_editor(self._editor)
            self._editor.write(text)
            self._editor.textChanged.connect(lambda: self.note_typed.emit(self.draft or ""))
            self._editor.confirmed.connect(self._confirm)
            self._editor.discarded.connect(self.note_left)
            self._editor.height_changed.connect(self._grow)
            self._editor.show()
            self._fill_buttons()
            self._place()
            self.height_changed.emit()

    def focus_editor(self) -> None:
        """Go on writing."""
        if self._editor is not None:
            self._editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def end_editing(self) -> None:
        """Close the editor."""
        editor, self._editor = self._editor, None
        if editor is not None:
            editor.hide()
            editor.deleteLater()
            self._fill_buttons()
            self._place()
            self.update()

    def tab_stops(self) -> list[QWidget]:
        """Return what the keyboard reaches."""
        return [*([self._editor] if self._editor is not None else []), *self._buttons.tab_stops()]

    def heightForWidth(self, width: int) -> int:
        """Return the height of everything."""
        room = self._text.room(width)
        height = self._words_height(room)
        if self._editor is not None:
            height += GAP_PX + self._editor.wanted_height()
        buttons = self._buttons.heightForWidth(room)
        return round(height + (buttons + GAP_PX if buttons else 0) + 2 * PAD_PX)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out anew."""
        super().resizeEvent(event)
        self._place()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paint the card, the sign, the words."""
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(tokens.page))
        card = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QColor(tokens.border) if tokens.high_contrast else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._soft()))
        painter.drawRoundedRect(card, CORNER_PX, CORNER_PX)
        side = self._text.sign_px
        words = QRectF(self._text.left_px, PAD_PX, self._text.room(self.width()), self.height())
        paint_icon(painter, QRectF(PAD_PX + 2, PAD_PX, side, side), OUTCOME_ICONS[self._outcome], self._ink())
        height = self._draw_said(painter, words)
        if self._words.change:
            words.setTop(words.top() + height + GAP_PX)
            words.setHeight(text_height(self._words.change, self._text.font, words.width()))
            painter.setPen(QColor(tokens.warning))
            draw_text(painter, self._words.change, self._text.font, words)

    def _draw_said(self, painter: QPainter, area: QRectF) -> float:
        layout, height = self._text.lay_out(
            self._words, area.width(), self._ink(), has_note=self._editor is None
        )
        painter.setPen(QColor(self._theme.tokens.text))
        layout.draw(painter, area.topLeft())
        return height

    def _words_height(self, room: float) -> float:
        return self._text.words_height(self._words, room, has_note=self._editor is None)

    def _fill_buttons(self) -> None:
        """Offer what can be done now; buttons that stay keep their focus."""
        gettext = self._texts.gettext
        deeds: dict[str, tuple[str, SignalInstance | Callable[[], None]]] = {}
        if self._editor is not None:
            deeds = {"save": (gettext("Save"), self._confirm), "cancel": (gettext("Cancel"), self.note_left)}
        elif self._words.change:
            deeds = {"holds": (gettext("Still holds"), self.confirmed)}
        before, self._made = self._made, {}
        for name, (text, deed) in deeds.items():
            button = before.get(name)
            if button is None:
                button = WordButton(self._theme, self._buttons, quiet=name == "cancel")
                button.clicked.connect(deed)
            button.setText(text)
            self._made[name] = button
        holds = self._made.get("holds")
        if holds is not None:
            holds.setToolTip(gettext("Sets the same result for the step as it reads now"))
            holds.setAccessibleDescription(holds.toolTip())
        self._buttons.set_items(list(self._made.values()))

    def _dress_editor(self, editor: NoteEditor) -> None:
        gettext = self._texts.gettext
        editor.setFont(self._text.font)
        editor.setAccessibleName(gettext("Note on the step"))
        editor.setAccessibleDescription(gettext("Enter saves, Shift+Enter begins a new line, Esc discards"))
        editor.setPlaceholderText(gettext("Note – Enter saves"))

    def _confirm(self) -> None:
        if self._editor is not None:
            self.note_written.emit(self._editor.toPlainText().strip())

    def _grow(self) -> None:
        self._place()
        self.height_changed.emit()

    def _place(self) -> None:
        room = self._text.room(self.width())
        top = round(PAD_PX + self._words_height(room))
        if self._editor is not None:
            height = self._editor.wanted_height()
            self._editor.setGeometry(self._text.left_px, top + GAP_PX, room, height)
            top += GAP_PX + height
        self._buttons.setGeometry(self._text.left_px, top + GAP_PX, room, self._buttons.heightForWidth(room))

    def _ink(self) -> str:
        tokens = self._theme.tokens
        match self._outcome:
            case StepOutcome.DONE:
                return tokens.done
            case StepOutcome.FAILED:
                return tokens.danger
            case _:
                return tokens.muted

    def _soft(self) -> str:
        tokens = self._theme.tokens
        if self._words.change and not tokens.high_contrast:
            return tokens.warning_soft
        match self._outcome:
            case StepOutcome.DONE:
                return tokens.done_soft
            case StepOutcome.FAILED:
                return tokens.danger_soft
            case _:
                return tokens.window
