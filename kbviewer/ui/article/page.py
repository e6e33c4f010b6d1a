"""The article page."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QRect, QUrl, Signal
from PySide6.QtGui import QAccessibleInterface, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from kbviewer.model.article import Article
from kbviewer.model.progress import Progress, ReadingPlace
from kbviewer.ui.article.accessible_door import AccessibleDoor
from kbviewer.ui.article.builder import DocumentBuilder
from kbviewer.ui.article.contracts import AbsentTitle, Answers, Choices, Media, Resolve, Steps, Texts
from kbviewer.ui.article.factory import WidgetFactory
from kbviewer.ui.article.find import Found
from kbviewer.ui.article.finder import Finder
from kbviewer.ui.article.folding import Folding
from kbviewer.ui.article.interactions import Interactions
from kbviewer.ui.article.layer import EmbeddedLayer
from kbviewer.ui.article.navigator import Navigator
from kbviewer.ui.article.open_article import OpenArticle
from kbviewer.ui.article.places import Anchorage
from kbviewer.ui.article.reserved_space import ReservedSpace
from kbviewer.ui.article.selecting import SelectionMemory
from kbviewer.ui.article.stage import Stage
from kbviewer.ui.article.step_deeds import StepDeeds
from kbviewer.ui.article.step_words import StepWords
from kbviewer.ui.article.view import ArticleView
from kbviewer.ui.article.walker import FocusWalker
from kbviewer.ui.theme.theme import Theme


class ArticlePage(QWidget):
    """Shows one article and what the reader does in it. Results, choices and open answers go to the stores.

    Signals:
        link_activated(link): a link of kind ARTICLE, EXTERNAL, SEARCH or MISSING.
        jumped(from_anchor, to_anchor): the reader went on inside the article and may want to go back.
        section_entered(key): another outline entry is being read, "" above the first.
        progress_changed(progress), outline_changed(): what stands beside the page is new.
        place_changed: the reader came to rest somewhere else.
        copied(text), announced(text): to be told to the reader.
        help_requested, feedback_requested(anchor): the footer's buttons.
    """

    link_activated = Signal(object)
    jumped = Signal(str, str)
    section_entered = Signal(str)
    progress_changed = Signal(object)
    place_changed = Signal()
    outline_changed = Signal()
    copied = Signal(str)
    announced = Signal(str)
    help_requested = Signal()
    feedback_requested = Signal(str)

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
    ) -> None:
        super().__init__()
        self._theme = theme
        self._steps = steps
        self.opened = OpenArticle(steps, choices, media)
        self.view = ArticleView(theme, self._load, lambda cursor: self.stage.copier.mime(cursor), self)
        words = StepWords(translator)
        self._factory = self._make_factory(translator, words)
        self.layer = EmbeddedLayer(self.view.viewport(), self._factory.make, self._factory.refresh)
        builder = DocumentBuilder(translator, media, resolve, absent_title)
        self.stage = Stage(theme, self.view, builder, self.layer, self._make_space, self._load)
        self._walker = FocusWalker(self.view, self.layer, self.stage)
        self._folding = Folding(answers, self.stage, self.layer)
        self._finder = Finder(self.view, self.stage, self._folding, theme)
        self._navigator = Navigator(self.view, self.stage, self._folding, self._walker, self)
        self._deeds = Interactions(
            translator,
            self.opened,
            choices,
            self.view,
            self.stage,
            self.layer,
            self._folding,
            self._navigator,
            self,
        )
        self._step_deeds = StepDeeds(translator, words, self.opened, steps, self.stage, self.layer, self)
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
        self._finder.clear()
        self.layer.clear()
        self._build()
        self.outline_changed.emit()
        self.progress_changed.emit(self.progress())
        if place is None or not self.stage.return_to(Anchorage(place.anchor, place.fraction)):
            self.stage.return_to(self.stage.places.at(0))
            if anchor:
                self._navigator.go_to(anchor, focus=False)
                return
        self.stage.settle()
        self._navigator.follow()

    def switch_article(self, article: Article) -> None:
        """Show another variant of the article, or the same anew, at the same place."""
        self.opened.open(article)
        self._rebuild()
        self.outline_changed.emit()
        self.progress_changed.emit(self.progress())

    def retranslate(self) -> None:
        """Show the page's own words in the language that is on."""
        self._rebuild()

    def place(self) -> ReadingPlace:
        """Return where the reader is."""
        if self.opened.article is None:
            return ReadingPlace("", "", "", 0.0)
        at = self.stage.place()
        return ReadingPlace(self.opened.article.id, self.opened.article.language, at.key, at.fraction)

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

    def find(self, text: str) -> Found:  # type: ignore[override]  # QWidget.find is about window ids
        """Mark all matches of `text`; the first from here on is current. Closed answers count."""
        return self._finder.find(text)

    def find_next(self) -> Found:
        """Go to the next match; an answer that hides it opens."""
        return self._finder.step(forward=True)

    def find_previous(self) -> Found:
        """Go to the match before."""
        return self._finder.step(forward=False)

    def clear_find(self) -> None:
        """Mark nothing."""
        self._finder.clear()

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
        if self.stage.resize(QRect(0, 0, self.width(), self.height())):
            self._rebuild()

    def _build(self) -> None:
        article = self.opened.article
        if article is None:
            return
        deeds = self._step_deeds
        self.stage.show(article, self.opened.languages, self._folding.open_keys, deeds.rooms(), deeds.dress)
        self._folding.load()
        self._walker.load()
        if self._accessible is not None:
            self._accessible.load(article)

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
        self._finder.again()
        self._navigator.follow()

    def _connect(self) -> None:
        self.setFocusProxy(self.view)
        self.view.set_walk(self._walker.walk)
        self.view.tabbed_in.connect(self._walker.enter)
        self._deeds.connect_widgets(self._factory)
        self._factory.help_pressed.connect(self.help_requested)
        self._factory.comment_pressed.connect(lambda: self.feedback_requested.emit(self._navigator.section))
        self._deeds.link_activated.connect(self.link_activated)
        self._deeds.jumped.connect(self.jumped)
        self._step_deeds.connect_widgets(self._factory)
        self._step_deeds.rebuild_wanted.connect(self._rebuild)
        self._deeds.menu_opening.connect(self._step_deeds.fill_menu)
        self._step_deeds.progress_changed.connect(self.progress_changed)
        self._step_deeds.announced.connect(self.announced)
        self._deeds.copied.connect(self.copied)
        self._deeds.announced.connect(self.announced)
        self._navigator.section_entered.connect(self.section_entered)
        self._navigator.place_changed.connect(self.place_changed)
        self._navigator.moved.connect(self._finder.mark)
        self._theme.changed.connect(self._rebuild)
        self._theme.zoom_changed.connect(self._rebuild)

    def _make_space(self) -> ReservedSpace:
        return ReservedSpace(self.view, self.layer.height_for, self.opened.progress_of)

    def _make_factory(self, texts: Texts, words: StepWords) -> WidgetFactory:
        return WidgetFactory(
            self._theme,
            texts,
            steps=lambda: self.opened.model,
            words=words,
            offers_results=lambda: self._steps.offers_results,
            measures=lambda: self.stage.measures,
            choice=self.opened.choice,
            is_open=lambda key: self._folding.is_open(key),
            title_of=self.opened.title_of,
            parent=self,
        )

    def _load(self, kind: int, name: QUrl | str) -> object:
        """Return a picture, scaled to the column."""
        width = round(self.stage.measures.column * self.devicePixelRatioF())
        return self.opened.picture(kind, name, width)
