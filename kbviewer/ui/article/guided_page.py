"""The guided view: one step of a procedure at a time, large, with its result to be given below."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout

from kbviewer.model.article import Article
from kbviewer.model.cases import StepMark, StepOutcome
from kbviewer.model.errors import KbError
from kbviewer.model.inline import Link, LinkKind
from kbviewer.ui.article.contracts import AbsentTitle, Media, Resolve, Steps, Texts
from kbviewer.ui.article.drafts import Drafts, MemoryDrafts
from kbviewer.ui.article.guided_body import GuidedBody
from kbviewer.ui.article.guided_foot import GuidedFoot
from kbviewer.ui.article.guided_head import GuidedHead
from kbviewer.ui.article.guided_model import GuidedWalk
from kbviewer.ui.article.guided_speech import spoken_step
from kbviewer.ui.article.step_keys import OUTCOME_KEYS
from kbviewer.ui.article.step_words import StepWords
from kbviewer.ui.theme.scaled_theme import ScaledTheme
from kbviewer.ui.theme.starting_page import StartingPage
from kbviewer.ui.theme.theme import Theme

TEXT_FACTOR = 1.35
_CHROME_FACTOR = 1.2
_MOST_CHROME_ZOOM = 1.5
_TIGHT_CHROME_ZOOM = 1.0
_ROOMY_FROM_PX = QSize(600, 520)
_OUTCOME_KEYS = {
    Qt.Key[f"Key_{key}"]: outcome for key, outcome in OUTCOME_KEYS.items() if outcome is not None
}


class GuidedPage(StartingPage):
    """Walks through the procedures of one article. Results and notes go to `steps`.

    Signals:
        left(step): back to the whole article, at that step; "" for its procedure's end.
        section_wanted(anchor): back to the whole article, at a section that a link leads to.
        link_activated(link): a link of another kind than to a section.
        help_requested(): the reader needs more help.
        copied(text), announced(text): to be told to the reader.
    """

    left = Signal(str)
    section_wanted = Signal(str)
    link_activated = Signal(object)
    help_requested = Signal()
    copied = Signal(str)
    announced = Signal(str)

    def __init__(
        self,
        theme: Theme,
        texts: Texts,
        steps: Steps,
        media: Media,
        resolve: Resolve,
        absent_title: AbsentTitle,
        drafts: Drafts | None = None,
    ) -> None:
        super().__init__()
        self._texts = texts
        self._steps = steps
        self.walk: GuidedWalk | None = None
        # What was written on steps without a result.
        self._drafts = drafts or MemoryDrafts()
        self._text_theme = ScaledTheme(theme, TEXT_FACTOR)
        self._chrome_theme = ScaledTheme(theme, _CHROME_FACTOR, _MOST_CHROME_ZOOM)
        self.head = GuidedHead(self._chrome_theme, texts, self)
        self.body = GuidedBody(self._text_theme, texts, media, resolve, absent_title, self)
        self.foot = GuidedFoot(self._chrome_theme, texts, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.body, 1)
        column.addWidget(self.foot)
        self._connect()
        self.foot.retranslate()

    @property
    def step_id(self) -> str:
        """Id of the step that is shown, "" at the end."""
        step = self.walk.step if self.walk is not None else None
        return step.id if step is not None else ""

    def open(self, article: Article, anchor: str = "") -> bool:
        """Begin at the first untried step of the procedure at `anchor`; return False when there is none."""
        walk = GuidedWalk(article, self._steps.marks(article), anchor)
        if not walk.procedures:
            return False
        self.walk = walk
        self._show()
        self.announced.emit(spoken_step(walk, self._texts))
        return True

    def switch_article(self, article: Article) -> None:
        """Show another variant of the article, or the same anew, at the same step; what is typed stays."""
        walk = self.walk
        if walk is None:
            return
        typed, step_id = self.foot.note_text, self.step_id
        walk.replace_article(article)
        walk.replace_marks(self._steps.marks(article))
        if self.step_id != step_id:
            # What was typed waits for the step to come back.
            self._show()
            self.announced.emit(spoken_step(walk, self._texts))
            return
        self.foot.retranslate()
        self._show_around()
        if self.foot.note_text != typed:
            self.foot.note.setPlainText(typed)
        self.body.rebuild()

    def retranslate(self) -> None:
        """Take all texts from the language that is on."""
        if self.walk is not None:
            self.switch_article(self.walk.article)

    def refresh_steps(self) -> None:
        """Show results that were changed from outside; the step and what is typed stay."""
        walk = self.walk
        if walk is None:
            return
        typed, stored = self.foot.note_text, self._stored_note()
        walk.replace_marks(self._steps.marks(walk.article))
        self._show_around()
        if typed == stored:
            self.foot.note.setPlainText(self._note_to_show())
        self._keep_draft()
        self.body.rebuild()

    def go_to(self, index: int) -> None:
        """Go to another step, or to the end behind the last."""
        walk = self.walk
        if walk is None:
            return
        self.keep_note()
        if walk.go_to(index):
            self._show()
            self.announced.emit(spoken_step(walk, self._texts))

    def record(self, outcome: StepOutcome) -> None:
        """Keep what became of the step, with its note, and go on to the next one."""
        walk = self.walk
        step = walk.step if walk is not None else None
        if walk is None or step is None:
            return
        if outcome is not StepOutcome.DONE and not self._steps.offers_results:
            return
        number = walk.index + 1
        if not self._keep(step.id, outcome):
            return
        word = StepWords(self._texts).outcome(outcome)
        walk.go_to(walk.index + 1)
        self._show()
        said = self._texts.gettext("Step {number}: {outcome}").format(number=number, outcome=word)
        self.announced.emit(f"{said}. {spoken_step(walk, self._texts)}")

    def keep_note(self) -> None:
        """Save the note on a step that has a result; on one without it waits for the result."""
        step_id = self.step_id
        if not step_id or self.walk is None or self.foot.note_text == self._kept_note():
            return
        mark = self.walk.mark(step_id)
        if mark is None or not self._keep(step_id, mark.outcome):
            self._drafts.keep(self.walk.article.id, step_id, self.foot.note_text)

    def leave(self) -> None:
        """Go back to the whole article."""
        self.keep_note()
        walk = self.walk
        steps = walk.steps if walk is not None else ()
        self.left.emit(self.step_id or (steps[-1].id if steps else ""))

    def copy(self) -> None:
        """Copy the selection as clean text and HTML."""
        self.body.copy()

    def select_all(self) -> None:
        """Select the whole text of the step."""
        self.body.view.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from step to step, give results, leave."""
        walk, key = self.walk, Qt.Key(event.key())
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        enter = key in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if walk is None:
            super().keyPressEvent(event)
        elif enter and modifiers == Qt.KeyboardModifier.ControlModifier:
            self.record(StepOutcome.DONE)
        elif modifiers != Qt.KeyboardModifier.NoModifier or not self._press(key, walk):
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what there is no room for."""
        super().resizeEvent(event)
        roomy = self.width() >= _ROOMY_FROM_PX.width() and self._is_high
        self._chrome_theme.set_most(_MOST_CHROME_ZOOM if roomy else _TIGHT_CHROME_ZOOM)
        self._show_around()

    def _press(self, key: Qt.Key, walk: GuidedWalk) -> bool:
        """Do what a plain key stands for; return False when it stands for nothing here."""
        goals = {
            Qt.Key.Key_Right: walk.index + 1,
            Qt.Key.Key_PageDown: walk.index + 1,
            Qt.Key.Key_Left: walk.index - 1,
            Qt.Key.Key_PageUp: walk.index - 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: len(walk.steps) - 1,
        }
        if key in goals:
            self.go_to(goals[key])
        elif key in _OUTCOME_KEYS:
            self.record(_OUTCOME_KEYS[key])
        else:
            return False
        return True

    def _keep(self, step_id: str, outcome: StepOutcome) -> bool:
        """Save result and note where they differ from what is kept; say why when they cannot be."""
        walk = self.walk
        if walk is None:
            return False
        article, note, before = walk.article, self.foot.note_text, walk.mark(step_id)
        # Before a case begins: what is being written belongs to the one that is at work.
        self._drafts.keep(article.id, step_id, "")
        try:
            if before is None or before.outcome is not outcome:
                self._steps.set_outcome(article, [step_id], outcome)
            if self._steps.offers_results and note != (before.note if before is not None else ""):
                self._steps.set_note(article, step_id, note)
        except KbError as error:
            self._drafts.keep(article.id, step_id, note)
            self.announced.emit(error.render(self._texts.gettext))
            walk.replace_marks(self._steps.marks(article))
            self._show_around()
            return False
        walk.replace_marks(self._steps.marks(article))
        return True

    def _show(self) -> None:
        """Show the step or the end at which the walk is."""
        if self.walk is None:
            return
        self._show_around()
        self.foot.note.setPlainText(self._note_to_show())
        self.body.show_step(self.walk)

    def _show_around(self) -> None:
        """Show head and foot."""
        walk = self.walk
        if walk is None:
            return
        self.head.show_walk(walk, roomy=self._is_high)
        if walk.step is None:
            following = walk.next_procedure
            self.foot.show_end(following.title if following is not None else "")
            self.begin_at(self.foot.back)
            return
        self.begin_at(self.foot.done)
        mark = walk.mark(walk.step.id)
        self.foot.show_step(
            mark.outcome if mark is not None else None,
            first=walk.index == 0,
            results=self._steps.offers_results,
            roomy=self._is_high,
        )

    @property
    def _is_high(self) -> bool:
        """Whether there is room for more than the step and its buttons."""
        return self.height() >= _ROOMY_FROM_PX.height()

    def _mark(self) -> StepMark | None:
        return self.walk.mark(self.step_id) if self.walk is not None else None

    def _stored_note(self) -> str:
        """Return the note that is kept or waits, for the step that is shown."""
        if self.walk is None:
            return ""
        return self._drafts.get(self.walk.article.id, self.step_id) or self._kept_note()

    def _kept_note(self) -> str:
        mark = self._mark()
        return mark.note if mark is not None else ""

    def _keep_draft(self) -> None:
        """Keep what is being typed, or forget it when it is what is kept already."""
        if self.walk is not None and self.step_id:
            note = self.foot.note_text
            self._drafts.keep(self.walk.article.id, self.step_id, note if note != self._kept_note() else "")

    def _note_to_show(self) -> str:
        return self._stored_note() if self.step_id else ""

    def _follow_link(self, link: Link) -> None:
        """Go to a step of this procedure; other links lead out of the guided view."""
        if link.kind is not LinkKind.SECTION:
            self.link_activated.emit(link)
            return
        index = self.walk.find(link.target) if self.walk is not None else None
        if index is not None:
            self.go_to(index)
        else:
            self.keep_note()
            self.section_wanted.emit(link.target)

    def _start_next(self) -> None:
        walk = self.walk
        following = walk.next_procedure if walk is not None else None
        if walk is not None and following is not None:
            walk.start(following.key)
            self._show()
            self.announced.emit(f"{following.title}. {spoken_step(walk, self._texts)}")

    def _fit_sides(self) -> None:
        """Put head and foot over and under the column of text."""
        left, width = self.body.column_px
        right = max(12, self.body.width() - left - width)
        self.head.set_sides(left, right)
        self.foot.set_sides(left, right)

    def _restyle(self) -> None:
        self.head.restyle()
        self.foot.restyle()
        self._show_around()

    def _connect(self) -> None:
        self.head.step_chosen.connect(self.go_to)
        self.head.close_pressed.connect(self.leave)
        foot = self.foot
        foot.outcome_pressed.connect(self.record)
        foot.previous_pressed.connect(lambda: self._move(-1))
        foot.next_pressed.connect(lambda: self._move(1))
        foot.back_pressed.connect(self.leave)
        foot.procedure_pressed.connect(self._start_next)
        foot.help_pressed.connect(self.help_requested)
        foot.note_left.connect(self.keep_note)
        foot.note.textChanged.connect(self._keep_draft)
        self.body.link_pressed.connect(self._follow_link)
        self.body.help_pressed.connect(self.help_requested)
        self.body.copied.connect(self.copied)
        self.body.announced.connect(self.announced)
        self.body.fitted.connect(self._fit_sides)
        self._chrome_theme.changed.connect(self._restyle)
        self._chrome_theme.zoom_changed.connect(self._restyle)

    def _move(self, by: int) -> None:
        if self.walk is not None:
            self.go_to(self.walk.index + by)
