"""The article page."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QRect, Signal
from PySide6.QtGui import QAccessibleInterface, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from kbviewer.model.article import Article
from kbviewer.model.block_texts import block_texts, known_key
from kbviewer.model.progress import Progress, ReadingPlace
from kbviewer.ui.article.accessible_door import AccessibleDoor
from kbviewer.ui.article.contracts import (
    AbsentTitle,
    Answers,
    Choices,
    Marks,
    Media,
    NoMarks,
    PlaceCommand,
    Resolve,
    Steps,
    Texts,
)
from kbviewer.ui.article.drafts import Drafts, MemoryDrafts
from kbviewer.ui.article.find import FindOptions, Found
from kbviewer.ui.article.header_writer import TITLE
from kbviewer.ui.article.page_parts import PageParts, note_anchor
from kbviewer.ui.article.places import Anchorage
from kbviewer.ui.article.selecting import SelectionMemory
from kbviewer.ui.theme.theme import Theme


class ArticlePage(QWidget):
    """Shows one article and what the reader does in it. Results, choices and open answers go to the stores.

    Signals:
        link_activated(link): a link of kind ARTICLE, EXTERNAL, SEARCH or MISSING.
        tab_wanted(link): the same, or one of kind SECTION, to be opened in another tab.
        jumped(from_anchor, to_anchor): the reader went on inside the article and may want to go back.
        section_entered(key): another outline entry is being read, "" above the first.
        progress_changed(progress), outline_changed(): what stands beside the page is new.
        place_changed: the reader came to rest somewhere else.
        copied(text), announced(text): to be told to the reader.
        help_requested, feedback_requested(anchor): the footer's buttons.
        built, placed: a new document stands in the view; it stands at its place.
        reflowed: answers or symptoms came or went, or a widget needs other room.
        chosen: another cell of a matrix.
        notes_due: notes that are being written are saved now, also in what follows this page.
        place_commanded(command, key): something is to be done with a place, "" for the article as a whole.
    """

    link_activated = Signal(object)
    tab_wanted = Signal(object)
    jumped = Signal(str, str)
    section_entered = Signal(str)
    progress_changed = Signal(object)
    place_changed = Signal()
    outline_changed = Signal()
    copied = Signal(str)
    announced = Signal(str)
    help_requested = Signal()
    feedback_requested = Signal(str)
    built = Signal()
    placed = Signal()
    reflowed = Signal()
    chosen = Signal()
    notes_due = Signal()
    place_commanded = Signal(object, str)

    # Qt asks for parts already while the page is being made.
    _accessible: AccessibleDoor | None = None

    def __init__(
        self,
        theme: Theme,
        translator: Texts,
        steps: Steps,
        choices: Choices,
        answers: Answers,
        media: Media,
        resolve: Resolve,
        absent_title: AbsentTitle,
        marks: Marks | None = None,
        drafts: Drafts | None = None,
        *,
        is_led: bool = False,
    ) -> None:
        """Make an empty page; one that `is_led` by another is built anew when that one says so."""
        super().__init__()
        self._theme = theme
        self._is_led = is_led
        self.share: Callable[[QRect], QRect] | None = None
        self.shape: Callable[[Article], Article] | None = None
        # Whether the click that is being answered asks for another tab.
        self.opens_elsewhere: Callable[[], bool] = lambda: False
        self._steps = steps
        marks = self._marks = marks or NoMarks()
        parts = PageParts(
            self,
            theme,
            translator,
            steps,
            choices,
            answers,
            media,
            resolve,
            absent_title,
            marks,
            drafts or MemoryDrafts(),
            is_led=is_led,
        )
        self.opened, self.view, self.layer, self.stage = parts.opened, parts.view, parts.layer, parts.stage
        self.finder = parts.finder
        self.stage.reflowed = self.reflowed.emit
        self._factory, self._walker, self._folding = parts.factory, parts.walker, parts.folding
        self._navigator, self._here = parts.navigator, parts.here
        self._deeds, self._step_deeds = parts.deeds, parts.step_deeds
        self._connect()
        if steps.offers_results:
            from kbviewer.ui.article.step_pointer import StepPointer

            StepPointer(theme, self.view, self.stage, self.layer, self._step_deeds)
        self._accessible = AccessibleDoor(self.view, self.layer, self.stage, translator)

    def show_article(
        self,
        article: Article,
        languages: Sequence[str],
        *,
        place: ReadingPlace | None = None,
        anchor: str = "",
    ) -> None:
        """Open an article at a place, else at an anchor, else at its top."""
        self.keep_notes()
        self.opened.open(article, tuple(languages))
        self._folding.open_article(article.id)
        self._navigator.start()
        self.finder.clear()
        self.layer.clear()
        self._build()
        self._step_deeds.reopen_notes()
        self.outline_changed.emit()
        self.progress_changed.emit(self.progress())
        if place is None or not self.stage.return_to(Anchorage(place.anchor, place.fraction)):
            self.stage.return_to(self.stage.places.at(0))
            if anchor:
                self._navigator.go_to(anchor, focus=False)
                self.placed.emit()
                return
        self.stage.settle()
        self._navigator.follow()
        self.placed.emit()

    def switch_article(self, article: Article) -> None:
        """Show another variant of the article, or the same anew, at the same place."""
        self.opened.open(article)
        self._rebuild()
        self.outline_changed.emit()
        self.progress_changed.emit(self.progress())

    def retranslate(self) -> None:
        """Show the page's own words in the language that is on."""
        self._rebuild()

    def refit(self) -> None:
        """Take another share of the page's room, or another shape of the article."""
        self.stage.resize(self._room())
        self._rebuild()

    def focus_widget(self, key: str) -> bool:
        """Put the focus on an embedded widget; return False when the page has none of that key."""
        return self._walker.focus_widget(key)

    def follow_folds(self, other: ArticlePage) -> bool:
        """Fold as another page of the article is folded; return whether that was new."""
        return self._folding.follow(other._folding)

    def place(self) -> ReadingPlace:
        """Return where the reader is."""
        if self.opened.article is None:
            return ReadingPlace("", "", "", 0.0)
        at = self.stage.place()
        return ReadingPlace(self.opened.article.id, self.opened.article.language, at.key, at.fraction)

    def section_here(self) -> str:
        """Return the step that has the focus, else the section that is being read, "" above the first."""
        return self._here.section()

    def block_here(self) -> str:
        """Return the key of the block that is meant by "here", "" for the article as a whole."""
        article = self.opened.article
        return known_key(block_texts(article), self._here.block()) if article is not None else ""

    def refresh_notes(self) -> None:
        """Show the reader's notes as they are now, at the same place."""
        self._rebuild()

    def note_button(self, key: str) -> QWidget | None:
        """Return the button of the note on a block while it is in view."""
        button = self.layer.made(f"note:{key or TITLE}")
        return button if button is not None and button.isVisible() else None

    @property
    def is_past_beginning(self) -> bool:
        """Whether the first screen of the article is scrolled past for the most part."""
        return self.view.verticalScrollBar().value() > self.view.viewport().height() // 2

    def go_to(self, anchor: str, focus: bool = True) -> None:
        """Bring a section, step or question into view; a closed answer that holds it opens.

        An anchor that the article does not have is its top.
        """
        self._navigator.go_to(anchor, focus=focus)

    def progress(self) -> Progress:
        """Return how much of the article is done."""
        return self.opened.model.total()

    @property
    def has_results(self) -> bool:
        """Whether anything was said of any step, and be it that it failed."""
        return bool(self.opened.model.marked())

    def reset_progress(self) -> int:
        """Forget all results of the article and return how many there were.

        Raises:
            KbError: nothing could be saved.
        """
        if self.opened.article is None:
            return 0
        cleared = self._steps.clear(self.opened.article)
        self.refresh_steps()
        return cleared

    def refresh_steps(self) -> None:
        """Show results and choices as they are kept now, because something else changed them.

        Place and focus stay.
        """
        self._step_deeds.refresh()
        self._deeds.refresh_choices()

    def keep_notes(self) -> None:
        """Save the notes that are being written: before the page is left and before the case changes."""
        self._step_deeds.keep_notes()
        self.notes_due.emit()

    def find(  # type: ignore[override]  # QWidget.find is about window ids
        self, text: str, options: FindOptions | None = None
    ) -> Found:
        """Mark all matches of `text`; the first from here on is current. Closed answers count."""
        return self.finder.find(text, options)

    def find_next(self) -> Found:
        """Go to the next match; an answer that hides it opens."""
        return self.finder.step(forward=True)

    def find_previous(self) -> Found:
        """Go to the match before."""
        return self.finder.step(forward=False)

    def clear_find(self) -> None:
        """Mark nothing; the current match stays selected."""
        self.finder.leave()

    def selected_text(self) -> str:
        """Return what is selected when it is part of one paragraph, else ""."""
        return self._deeds.selected_text()

    def expand_all(self) -> None:
        """Open all answers.

        Raises:
            StateError: that they are open could not be saved.
        """
        self._folding.set_all(True)

    def collapse_all(self) -> None:
        """Close all answers.

        Raises:
            StateError: that they are closed could not be saved.
        """
        self._folding.set_all(False)

    def select_all(self) -> None:
        """Select the whole text."""
        self.view.selectAll()

    def set_caret(self, on: bool) -> None:
        """Let plain keys move a text cursor, or scroll."""
        self.view.caret.set_on(on)

    def copy(self) -> None:
        """Copy the selection as clean text and HTML."""
        self._deeds.copy_selection()

    def accessible_part(self, part: QObject) -> QAccessibleInterface | None:
        """Return what a screen reader meets in the viewport or a widget in it."""
        return self._accessible.part(part) if self._accessible is not None else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the page; the place stays."""
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        """Fit the page that was built before it had a size."""
        super().showEvent(event)
        self._fit()

    def _fit(self) -> None:
        if self.stage.resize(self._room()):
            self._rebuild()

    def _room(self) -> QRect:
        """Return where the article stands on the page."""
        return self.share(self.rect()) if self.share is not None else self.rect()

    def _build(self) -> None:
        article = self.opened.article
        if article is None:
            return
        if self.shape is not None:
            article = self.shape(article)
        deeds = self._step_deeds
        self.stage.builder.noted = frozenset(key or TITLE for key in self._marks.notes(article.id))
        self.stage.show(article, self.opened.languages, self._folding.open_keys, deeds.rooms(), deeds.dress)
        self._folding.load()
        self._walker.load()
        if self._accessible is not None:
            self._accessible.load(article)
        self.built.emit()

    def _rebuild(self) -> None:
        """Build the page anew with everything as it was: place, focus, selection, what is sought."""
        if self.opened.article is None:
            return
        place = self.stage.place()
        focus = self._walker.remember()
        selection = SelectionMemory.of(self.view.textCursor(), self.stage.page)
        self._build()
        self.stage.hold(lambda: selection.restore(self.view, self.stage.page))
        self.stage.return_to(place)
        self._walker.restore(focus)
        self.stage.settle()
        self.finder.again()
        self._navigator.follow()
        self.placed.emit()

    def _connect(self) -> None:
        self.setFocusProxy(self.view)
        self.view.set_walk(self._walker.walk)
        self.view.tabbed_in.connect(self._walker.enter)
        self._deeds.connect_widgets(self._factory)
        self._factory.help_pressed.connect(self.help_requested)
        self._factory.comment_pressed.connect(lambda: self.feedback_requested.emit(self._navigator.section))
        self._deeds.leaves = lambda: self.opens_elsewhere()
        self._deeds.link_activated.connect(self.link_activated)
        self._deeds.tab_wanted.connect(self.tab_wanted)
        self._deeds.jumped.connect(self.jumped)
        self._step_deeds.connect_widgets(self._factory)
        self._step_deeds.rebuild_wanted.connect(self._rebuild)
        self._deeds.menu_opening.connect(self._step_deeds.fill_menu)
        self._step_deeds.progress_changed.connect(self.progress_changed)
        self._step_deeds.announced.connect(self.announced)
        self._deeds.copied.connect(self.copied)
        self._deeds.announced.connect(self.announced)
        self._deeds.place_commanded.connect(self.place_commanded)
        self._factory.note_pressed.connect(self._press_note)
        self._navigator.section_entered.connect(self.section_entered)
        self._navigator.place_changed.connect(self.place_changed)
        self._navigator.moved.connect(self.finder.mark)
        self._factory.matrix_chosen.connect(self.chosen)
        if not self._is_led:
            self._theme.changed.connect(self._rebuild)
            self._theme.zoom_changed.connect(self._rebuild)

    def _press_note(self, key: str) -> None:
        self.place_commanded.emit(PlaceCommand.NOTE, note_anchor(key))
