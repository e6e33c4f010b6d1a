"""What the reader says of the steps on the page: done, failed, skipped, not tried, a note."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from kbviewer.model.article import Article
from kbviewer.model.cases import StepChange, StepOutcome
from kbviewer.model.errors import KbError
from kbviewer.ui.article.contracts import Steps, Texts
from kbviewer.ui.article.drafts import Drafts
from kbviewer.ui.article.factory import WidgetFactory
from kbviewer.ui.article.layer import EmbeddedLayer
from kbviewer.ui.article.open_article import OpenArticle
from kbviewer.ui.article.stage import Stage
from kbviewer.ui.article.step_words import StepWords
from kbviewer.ui.article.step_writer import StepRooms
from kbviewer.ui.article.tick_model import TickState

if TYPE_CHECKING:
    from kbviewer.ui.article.result_line import ResultLine
    from kbviewer.ui.article.step_menu import StepMenu

_MUTED = frozenset({TickState.DONE, TickState.SKIPPED})


class StepDeeds(QObject):
    """Keeps what is said of steps and shows what is kept. A failure to save is told, not raised.

    Signals:
        progress_changed(progress), announced(text): as of ArticlePage.
        rebuild_wanted: the page keeps other room for results than it should.
    """

    progress_changed = Signal(object)
    announced = Signal(str)
    rebuild_wanted = Signal()

    def __init__(
        self,
        texts: Texts,
        words: StepWords,
        opened: OpenArticle,
        steps: Steps,
        stage: Stage,
        layer: EmbeddedLayer,
        drafts: Drafts,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._page = parent
        self._texts = texts
        self._words = words
        self._open = opened
        self._steps = steps
        self._stage = stage
        self._layer = layer
        self._built = StepRooms()
        # Steps whose note is being written or about to be: they keep their line.
        self._noted: set[str] = set()
        self._drafts = drafts

    def connect_widgets(self, factory: WidgetFactory) -> None:
        """Do what boxes, menus and lines ask for."""
        factory.tick_pressed.connect(self.press)
        factory.outcome_wanted.connect(self.set_outcome)
        factory.menu_wanted.connect(self.show_menu)
        factory.note_wanted.connect(self.write_note)
        factory.note_typed.connect(self._keep_draft)
        factory.note_written.connect(self.save_note)
        factory.note_left.connect(self.leave_note)
        factory.result_confirmed.connect(self.confirm)

    def rooms(self) -> StepRooms:
        """Return what room steps need now."""
        return StepRooms(self._steps.offers_results, self._steps.in_case or bool(self._noted))

    def press(self, step: str) -> None:
        """Tick or clear a step, a parent with all its sub-steps."""
        self.set_outcome(step, self._open.model.toggled(step))

    def set_outcome(self, step: str, outcome: StepOutcome | None) -> None:
        """Keep what became of a step, of a parent's sub-steps; a failure is said of a sub-step itself."""
        model = self._open.model
        if outcome is StepOutcome.FAILED and model.is_parent(step):
            self.announced.emit(self._texts.gettext("Choose the sub-step that failed."))
            return
        ids = model.targets(step, outcome)
        if all(self._has(leaf, outcome) for leaf in ids) or self._keep(ids, outcome):
            self._tell(step, outcome, len(ids))

    def confirm(self, step: str) -> None:
        """Keep that a result holds although the step has changed."""
        mark = self._open.model.mark(step)
        if mark is None:
            return
        self._focus_box(step)
        if self._keep({step}, mark.outcome):
            self._tell(step, mark.outcome, 1)

    def show_menu(self, step: str, point: QPoint) -> None:
        """Offer what can be said of a step."""
        found = self._open.model.step(step)
        if found is not None:
            self._menu().popup(found, self._open.model, point, self._page)

    def fill_menu(self, menu: QMenu, block: int) -> None:
        """Put what can be said of the step at a text block into a menu; nothing where there is none."""
        found = self._open.model.step(self._stage.page.step_at(block))
        if found is not None and self._steps.offers_results:
            self._menu().fill(menu, found, self._open.model)
            menu.addSeparator()

    def write_note(self, step: str) -> None:
        """Open the editor for a note on a step. Outside a case the page first makes room for it."""
        article, model = self._open.article, self._open.model
        if article is None or model.step(step) is None:
            return
        if model.is_parent(step):
            self.announced.emit(self._texts.gettext("Choose the sub-step that the note is about."))
            return
        line = self._open_editor(step, self._drafts.get(article.id, step) or self._note(step))
        if line is not None:
            self._stage.reveal_result(step)
            line.focus_editor()

    def reopen_notes(self) -> None:
        """Go on with the notes that were being written when the program ended."""
        article = self._open.article
        if article is None or not self._steps.offers_results:
            return
        for step, text in self._drafts.of_article(article.id).items():
            is_new = text != self._note(step)
            if is_new and self._open.model.step(step) is not None and not self._open.model.is_parent(step):
                self._open_editor(step, text)

    def save_note(self, step: str, note: str) -> None:
        """Keep a note; a step without a result is done then. The editor closes when it is saved."""
        if not self._keep_note(step, note):
            return
        self._close_editor(step)
        self.announced.emit(self._texts.gettext("Note saved") if note else self._texts.gettext("No note"))

    def leave_note(self, step: str) -> None:
        """Discard a note that is being written."""
        self._close_editor(step)

    def keep_notes(self) -> None:
        """Save all notes that are being written, because the page or the case is about to be left.

        What cannot be saved stands in the editor again when the note is written next.
        """
        for step in sorted(self._noted):
            line = self._line(step)
            draft = line.draft if line is not None else None
            is_kept = draft is None or self._keep_note(step, draft)
            self._close_editor(step)
            if not is_kept:
                self._keep_draft(step, draft or "")

    def refresh(self) -> None:
        """Show all steps as the store has them."""
        article, model = self._open.article, self._open.model
        if article is None:
            return
        changed = model.replace(self._steps.marks(article))
        if self.rooms() != self._built:
            self.rebuild_wanted.emit()
        else:
            self._show(changed)
        self.progress_changed.emit(model.total())

    def dress(self) -> None:
        """Show results on a page that was just built; its boxes show themselves."""
        self._built = self.rooms()
        for step in self._open.model.marked():
            self._stage.show_muted(step, self._open.model.state(step) in _MUTED)
            self._stage.dress_result(step, self._has_line(step))
        for step in self._noted:
            self._stage.dress_result(step, True)

    def _has(self, step: str, outcome: StepOutcome | None) -> bool:
        """Return whether setting an outcome would change nothing."""
        mark = self._open.model.mark(step)
        if mark is None or outcome is None:
            return mark is None and outcome is None
        return mark.outcome is outcome and mark.change is StepChange.UNCHANGED

    def _keep(self, ids: Iterable[str], outcome: StepOutcome | None) -> bool:
        return self._save(lambda article: self._steps.set_outcome(article, ids, outcome))

    def _keep_note(self, step: str, note: str) -> bool:
        """Save a note when it says something else than before."""
        mark = self._open.model.mark(step)
        if note == self._note(step):
            return True
        # Before a case begins: what is being written belongs to the one that is at work.
        self._keep_draft(step, "")

        def save(article: Article) -> None:
            if mark is None:
                self._steps.set_outcome(article, [step], StepOutcome.DONE)
            self._steps.set_note(article, step, note)

        is_saved = self._save(save)
        if not is_saved:
            self._keep_draft(step, note)
        return is_saved

    def _save(self, act: Callable[[Article], object]) -> bool:
        """Save; the page shows what is kept, also when nothing could be changed."""
        article = self._open.article
        if article is None:
            return False
        try:
            act(article)
        except KbError as error:
            self.announced.emit(error.render(self._texts.gettext))
            self.refresh()
            return False
        self.refresh()
        return True

    def _show(self, steps: Iterable[str]) -> None:
        for step in steps:
            self._layer.refresh(f"tick:{step}")
            self._layer.refresh(f"result:{step}")
            self._stage.show_muted(step, self._open.model.state(step) in _MUTED)
            self._stage.show_result(step, self._has_line(step))
        self._stage.repaint()

    def _tell(self, step: str, outcome: StepOutcome | None, count: int) -> None:
        """Say what a step has become and how far the article is."""
        gettext, model = self._texts.gettext, self._open.model
        progress = model.total()
        sentence = gettext("{done} of {total} steps done").format(done=progress.done, total=progress.total)
        if model.is_parent(step) and outcome is None:
            cleared = self._texts.ngettext("{number} step cleared", "{number} steps cleared", count)
            sentence = f"{cleared.format(number=count)} – {sentence}"
        elif outcome in (StepOutcome.FAILED, StepOutcome.SKIPPED):
            sentence = f"{self._words.outcome(outcome)} – {sentence}"
        self.announced.emit(sentence)

    def _line(self, step: str) -> ResultLine | None:
        return cast("ResultLine | None", self._layer.widget(f"result:{step}"))

    def _menu(self) -> StepMenu:
        from kbviewer.ui.article.step_menu import StepMenu

        return StepMenu(self._texts, self._words, self)

    def _has_line(self, step: str) -> bool:
        return step in self._noted or self._words.line(self._open.model.mark(step)) is not None

    def _note(self, step: str) -> str:
        mark = self._open.model.mark(step)
        return mark.note if mark is not None else ""

    def _open_editor(self, step: str, text: str) -> ResultLine | None:
        self._noted.add(step)
        if self.rooms() != self._built:
            self.rebuild_wanted.emit()
        line = self._line(step)
        if line is not None:
            line.edit(text)
            self._stage.show_result(step, True)
        return line

    def _keep_draft(self, step: str, text: str) -> None:
        article = self._open.article
        if article is not None:
            self._drafts.keep(article.id, step, text if text != self._note(step) else "")

    def _close_editor(self, step: str) -> None:
        self._noted.discard(step)
        self._keep_draft(step, "")
        line = self._line(step)
        if line is not None:
            focus = QApplication.focusWidget()
            if focus is not None and line.isAncestorOf(focus):
                # Qt would look for another place for the focus, and scroll there.
                self._focus_box(step)
            line.end_editing()
        self._stage.show_result(step, self._has_line(step))

    def _focus_box(self, step: str) -> None:
        box = self._layer.widget(f"tick:{step}")
        if box is not None:
            box.setFocus(Qt.FocusReason.OtherFocusReason)
