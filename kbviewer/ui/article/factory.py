"""Makes the widgets of a page and tells what the reader does with them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QWidget

from kbviewer.model.article import HelpOffer
from kbviewer.model.blocks import ScopeMatrix, Step, SymptomTable
from kbviewer.model.cases import StepOutcome
from kbviewer.model.inline import Link
from kbviewer.model.policy import Right
from kbviewer.ui.article.buttons import IconButton, WordButton
from kbviewer.ui.article.contracts import Texts
from kbviewer.ui.article.faq_header import FaqHeader
from kbviewer.ui.article.matrix_model import MatrixModel
from kbviewer.ui.article.matrix_widget import Colours, MatrixWidget
from kbviewer.ui.article.measures import Measures
from kbviewer.ui.article.note_button import NoteButton, wrapped_tip
from kbviewer.ui.article.page_map import Embedded, Kind
from kbviewer.ui.article.step_key_filter import StepKeyFilter
from kbviewer.ui.article.step_words import ResultWords, StepWords
from kbviewer.ui.article.symptom_filter import SymptomFilterBar
from kbviewer.ui.article.symptom_model import SymptomFilter
from kbviewer.ui.article.tick_box import TickBox
from kbviewer.ui.article.tick_model import TickModel
from kbviewer.ui.theme.flow import FlowRow
from kbviewer.ui.theme.rights import needs
from kbviewer.ui.theme.theme import Theme

if TYPE_CHECKING:
    from kbviewer.ui.article.result_line import ResultLine


class WidgetFactory(QObject):
    """Makes and refreshes widgets by their kind.

    Signals:
        tick_pressed(step), faq_pressed(key), copy_pressed(text), action_pressed(link): what was used.
        outcome_wanted(step, outcome), note_wanted(step), menu_wanted(step, point): at a step.
        note_typed(step, text), note_written(step, text), note_left(step), result_confirmed(step): in the
            line under a step.
        all_pressed(open): "expand all" or "collapse all".
        matrix_chosen(key, row, column), target_pressed(anchor, widget key): in a matrix.
        filtered(key, text): in a symptom table.
        height_changed(widget key): a widget needs other room.
        help_pressed, comment_pressed, top_pressed: in the footer; the first at a limit of support, too.
        note_pressed(key): the reader's note on a block.
    """

    tick_pressed = Signal(str)
    outcome_wanted = Signal(str, object)
    note_wanted = Signal(str)
    menu_wanted = Signal(str, QPoint)
    note_typed = Signal(str, str)
    note_written = Signal(str, str)
    note_left = Signal(str)
    result_confirmed = Signal(str)
    faq_pressed = Signal(str)
    all_pressed = Signal(bool)
    copy_pressed = Signal(str)
    action_pressed = Signal(object)
    matrix_chosen = Signal(str, object, object)
    target_pressed = Signal(str, str)
    filtered = Signal(str, str)
    height_changed = Signal(str)
    help_pressed = Signal()
    comment_pressed = Signal()
    top_pressed = Signal()
    note_pressed = Signal(str)

    def __init__(
        self,
        theme: Theme,
        texts: Texts,
        *,
        steps: Callable[[], TickModel],
        words: StepWords,
        offers_results: Callable[[], bool],
        measures: Callable[[], Measures],
        choice: Callable[[str], tuple[int | None, int | None]],
        is_open: Callable[[str], bool],
        title_of: Callable[[str], str],
        parent: QObject,
        note_of: Callable[[str], str] = lambda _key: "",
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._texts = texts
        self._steps = steps
        self._words = words
        self._offers_results = offers_results
        self._measures = measures
        self._choice = choice
        self._is_open = is_open
        self._title_of = title_of
        self._note_of = note_of

    def make(self, item: Embedded, parent: QWidget) -> QWidget:
        """Return a new widget for `item`."""
        widget = self._make(item, parent)
        self.refresh(widget, item)
        return widget

    def refresh(self, widget: QWidget, item: Embedded) -> None:
        """Show the state, the words and the theme that are on."""
        gettext = self._texts.gettext
        match item.kind:
            case Kind.TICK:
                self._refresh_tick(cast(TickBox, widget), cast(Step, item.payload))
            case Kind.STEP_MENU:
                number = cast(Step, item.payload).number
                widget.setAccessibleName(gettext("Step {number}: what became of it").format(number=number))
                widget.setToolTip(gettext("Done, failed, skipped, note…"))
                cast(IconButton, widget).light(self._theme.touch)
            case Kind.RESULT:
                cast("ResultLine", widget).show_result(*self._result(cast(Step, item.payload)))
            case Kind.FAQ:
                key, question, _ = cast("tuple[str, str, float]", item.payload)
                header = cast(FaqHeader, widget)
                header.setAccessibleName(question)
                header.show_open(self._is_open(key))
            case Kind.COPY:
                text = str(item.payload)
                name = gettext("Copy {text}").format(text=text if len(text) <= 60 else text[:59] + "…")
                widget.setAccessibleName(name)
                widget.setToolTip(name)
            case Kind.HEADING_LINK:
                _, title = cast("tuple[str, str]", item.payload)
                widget.setAccessibleName(gettext("Copy the link to “{title}”").format(title=title))
                widget.setToolTip(gettext("Copy the link to this section"))
            case Kind.MATRIX:
                key, matrix, colours = cast("tuple[str, ScopeMatrix, Colours]", item.payload)
                cast(MatrixWidget, widget).refresh(MatrixModel(matrix, *self._choice(key)), colours)
            case Kind.SYMPTOM_FILTER:
                _, table = cast("tuple[str, SymptomTable]", item.payload)
                cast(SymptomFilterBar, widget).refresh(SymptomFilter(table))
            case Kind.NOTE:
                text = " ".join(self._note_of(str(item.payload)).split())
                widget.setAccessibleName(gettext("Note: {text}").format(text=text))
                widget.setToolTip(wrapped_tip(text))
            case Kind.FAQ_BAR:
                self._fill_faq_bar(cast(FlowRow, widget))
            case Kind.ACTION:
                self._fill_action(cast(FlowRow, widget), item)
            case Kind.ESCALATE:
                self._fill_escalate(cast(FlowRow, widget))
            case Kind.FOOTER:
                self._fill_footer(cast(FlowRow, widget), cast("HelpOffer | None", item.payload))
        widget.update()

    def height_of(self, item: Embedded, width: int) -> int | None:
        """Return how high the widget of `item` will be, None when it has to be made to tell."""
        if item.kind is not Kind.RESULT:
            return None
        from kbviewer.ui.article.result_text import ResultText

        return ResultText(self._theme).line_height(self._result(cast(Step, item.payload))[1], width)

    def _make(self, item: Embedded, parent: QWidget) -> QWidget:
        match item.kind:
            case Kind.TICK:
                step = cast(Step, item.payload)
                tick = TickBox(self._theme, self._measures().tick_box, parent)
                tick.clicked.connect(lambda: self.tick_pressed.emit(step.id))
                if self._offers_results():
                    self._connect_tick(tick, step.id)
                return tick
            case Kind.STEP_MENU:
                return self._make_menu_button(cast(Step, item.payload), parent)
            case Kind.RESULT:
                return self._make_result(cast(Step, item.payload).id, item.key, parent)
            case Kind.FAQ:
                key = cast("tuple[str, str, float]", item.payload)[0]
                header = FaqHeader(self._theme, parent)
                header.clicked.connect(lambda: self.faq_pressed.emit(key))
                return header
            case Kind.COPY:
                copy = needs(IconButton(self._theme, "copy", parent), Right.COPY)
                copy.clicked.connect(lambda: self.copy_pressed.emit(str(item.payload)))
                return copy
            case Kind.HEADING_LINK:
                reference = cast("tuple[str, str]", item.payload)[0]
                link = needs(IconButton(self._theme, "link", parent, on_hover=True), Right.COPY)
                link.clicked.connect(lambda: self.copy_pressed.emit(reference))
                return link
            case Kind.NOTE:
                note = NoteButton(self._theme, parent)
                note.clicked.connect(lambda: self.note_pressed.emit(str(item.payload)))
                return note
            case Kind.MATRIX:
                return self._make_matrix(item, parent)
            case Kind.SYMPTOM_FILTER:
                key, table = cast("tuple[str, SymptomTable]", item.payload)
                bar = SymptomFilterBar(self._theme, self._texts, SymptomFilter(table), parent)
                bar.filtered.connect(lambda text: self.filtered.emit(key, text))
                bar.height_changed.connect(lambda: self.height_changed.emit(item.key))
                return bar
            case _:
                return FlowRow(parent)

    def _make_matrix(self, item: Embedded, parent: QWidget) -> MatrixWidget:
        key, matrix, colours = cast("tuple[str, ScopeMatrix, Colours]", item.payload)
        model = MatrixModel(matrix, *self._choice(key))
        widget = MatrixWidget(self._theme, self._texts, model, colours, self._title_of, parent)
        widget.chosen.connect(lambda row, column: self.matrix_chosen.emit(key, row, column))
        widget.target_requested.connect(lambda anchor: self.target_pressed.emit(anchor, key))
        widget.height_changed.connect(lambda: self.height_changed.emit(item.key))
        return widget

    def _connect_tick(self, tick: TickBox, step: str) -> None:
        tick.offer_results()
        tick.outcome_wanted.connect(lambda outcome: self.outcome_wanted.emit(step, outcome))
        tick.note_wanted.connect(lambda: self.note_wanted.emit(step))
        tick.menu_wanted.connect(lambda point: self.menu_wanted.emit(step, point))

    def _make_menu_button(self, step: Step, parent: QWidget) -> IconButton:
        button = IconButton(self._theme, "more", parent, on_hover=True)

        def ask() -> None:
            self.menu_wanted.emit(step.id, button.mapToGlobal(button.rect().bottomLeft()))

        button.clicked.connect(ask)
        StepKeyFilter(
            button,
            lambda outcome: self.outcome_wanted.emit(step.id, outcome),
            lambda: self.note_wanted.emit(step.id),
        )
        return button

    def _make_result(self, step: str, key: str, parent: QWidget) -> ResultLine:
        from kbviewer.ui.article.result_line import ResultLine

        line = ResultLine(self._theme, self._texts, parent)
        line.note_typed.connect(lambda text: self.note_typed.emit(step, text))
        line.note_written.connect(lambda text: self.note_written.emit(step, text))
        line.note_left.connect(lambda: self.note_left.emit(step))
        line.confirmed.connect(lambda: self.result_confirmed.emit(step))
        line.height_changed.connect(lambda: self.height_changed.emit(key))
        return line

    def _refresh_tick(self, tick: TickBox, step: Step) -> None:
        model = self._steps()
        tick.set_box(self._measures().tick_box)
        tick.show_state(model.state(step.id), tristate=model.is_parent(step.id))
        tick.setAccessibleName(self._words.name(step, model))
        description = self._words.description(step, model)
        tick.setAccessibleDescription(description)
        tick.setToolTip(description)

    def _result(self, step: Step) -> tuple[StepOutcome, ResultWords]:
        """Return what a line says; when the step is about to get a result by its note, that it is done."""
        mark = self._steps().mark(step.id)
        outcome = mark.outcome if mark is not None else StepOutcome.DONE
        words = self._words.line(mark) or ResultWords(
            self._words.head(mark) if mark is not None else self._words.outcome(outcome), "", ""
        )
        return outcome, words

    def _fill_faq_bar(self, row: FlowRow) -> None:
        gettext = self._texts.gettext
        expand = self._word(row, gettext("Expand all"), icon="expand", quiet=True)
        collapse = self._word(row, gettext("Collapse all"), icon="collapse", quiet=True)
        expand.clicked.connect(lambda: self.all_pressed.emit(True))
        collapse.clicked.connect(lambda: self.all_pressed.emit(False))
        row.set_items([expand, collapse])

    def _fill_action(self, row: FlowRow, item: Embedded) -> None:
        label, link = cast("tuple[str, Link]", item.payload)
        button = WordButton(self._theme, row, icon="external", trailing=True, primary=True)
        button.setText(label)
        button.setToolTip(self._texts.gettext("External address: {address}").format(address=link.target))
        button.clicked.connect(lambda: self.action_pressed.emit(link))
        row.set_items([button])

    def _fill_escalate(self, row: FlowRow) -> None:
        button = self._word(row, self._texts.gettext("Escalate…"), icon="boundary")
        button.clicked.connect(self.help_pressed)
        row.set_items([button])

    def _fill_footer(self, row: FlowRow, offer: HelpOffer | None) -> None:
        gettext = self._texts.gettext
        label = gettext("Get help")
        help_button = self._word(row, offer.label if offer is not None else label, icon="help")
        help_button.setAccessibleName(label if offer is None else f"{label}: {offer.label}")
        comment = needs(self._word(row, gettext("Comment to the author"), icon="comment"), Right.NOTES)
        top = self._word(row, gettext("Back to the top"), icon="arrow-up", quiet=True)
        help_button.clicked.connect(self.help_pressed)
        comment.clicked.connect(self.comment_pressed)
        top.clicked.connect(self.top_pressed)
        row.set_items([help_button, comment, top])

    def _word(self, row: FlowRow, text: str, *, icon: str, quiet: bool = False) -> WordButton:
        button = WordButton(self._theme, row, icon=icon, quiet=quiet)
        button.setText(text)
        return button
