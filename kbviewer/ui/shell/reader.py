"""What is read now: opens articles, keeps the history, and says why when an article cannot be shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from kbviewer.model.article import Article
from kbviewer.model.errors import ArticleNotFoundError, ContentError, KbError
from kbviewer.model.kb_links import SCHEME
from kbviewer.model.library import LibraryEntry, Problem
from kbviewer.model.progress import ReadingPlace
from kbviewer.state.places import PlaceStore
from kbviewer.state.recents import RecentStore
from kbviewer.ui.shell.navigation import HOME, History, Stop
from kbviewer.ui.shell.open_library import OpenLibrary
from kbviewer.ui.shell.tab_list import TabList

CurrentPlace = Callable[[], ReadingPlace | None]


class Opening(NamedTuple):
    """An article to show, and where.

    Attributes:
        article: the variant.
        entry: what the library knows about all its variants.
        place: where to begin, None for `anchor` or the top.
        anchor: section to begin at, "" for the top.
        remembered: where the article was left, for an `anchor` that it does not have.
    """

    article: Article
    entry: LibraryEntry
    place: ReadingPlace | None = None
    anchor: str = ""
    remembered: ReadingPlace | None = None


class Obstacle(NamedTuple):
    """Why an article is not shown.

    Attributes:
        reference: what was asked for.
        title: of the article, "" when unknown.
        error: what stood in the way.
        problems: what the library found in its files.
        readable_in: languages in which the article can be read all the same.
    """

    reference: str
    title: str
    error: KbError
    problems: tuple[Problem, ...] = ()
    readable_in: tuple[str, ...] = ()


class Reader(QObject):
    """Decides what is on the page.

    Attributes:
        tabs: which tabs there are; what is read is the current one.
        home: the article in place of the home page, "" for the home page; that is also shown without it.

    Signals:
        home_wanted(): show home.
        own_page_wanted(name): show another page of the program.
        opened(opening): show this article.
        obstructed(obstacle): say why an article is not shown.
        moved(): back and forward may lead elsewhere now.
        rested(): the reader came to rest somewhere, which is known to the history now.
        failed(error): reading goes on, but something could not be saved.
    """

    home_wanted = Signal()
    own_page_wanted = Signal(str)
    opened = Signal(object)
    obstructed = Signal(object)
    moved = Signal()
    rested = Signal()
    failed = Signal(object)

    def __init__(
        self,
        library: OpenLibrary,
        places: PlaceStore,
        recents: RecentStore,
        language: Callable[[], str],
        current_place: CurrentPlace,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._library = library
        self._places = places
        self._recents = recents
        self._language = language
        self._current_place = current_place
        self.tabs = TabList()
        self.home = ""
        self.article: Article | None = None
        self.entry: LibraryEntry | None = None

    @property
    def history(self) -> History:
        """Where the reader has been in the current tab."""
        return self.tabs.current.history

    def stop_at(self, reference: str, anchor: str = "") -> Stop:
        """Return the page that `reference` names, to be opened in another tab."""
        entry = self._library.find(reference)
        return Stop(entry.id if entry else reference.removeprefix(SCHEME), anchor)

    def open(self, reference: str, anchor: str = "") -> None:
        """Show the article that `reference` names in this tab, at `anchor` or where it was left."""
        self.save_place()
        self.history.visit(self.stop_at(reference, anchor))
        self._show(self.history.current, fresh=True)

    def go_home(self) -> None:
        """Show home."""
        self.visit(HOME)

    def visit(self, stop: Stop) -> None:
        """Show a page of the program."""
        self.save_place()
        self.history.visit(stop)
        self._show(self.history.current, fresh=False)

    def show_current(self, *, restored: bool = False) -> None:
        """Show the page of the tab that has become the current one; `save_place` went before.

        Args:
            restored: it was read the last time, which does not make it read now.
        """
        stop = self.history.current
        self._show(stop, fresh=stop.place is None and not restored)

    def go_back(self) -> None:
        """Show the page before, exactly where it was left."""
        self.go(-1)

    def go_forward(self) -> None:
        """Show the page after."""
        self.go(1)

    def go(self, steps: int) -> None:
        """Show the page that many steps ahead, or back, exactly where it was left."""
        self.save_place()
        stop = self.history.go(steps)
        if stop is not None:
            self._show(stop, fresh=False)

    def note_jump(self, left: ReadingPlace, to_anchor: str) -> None:
        """Remember a jump inside the article from the place that was `left`, so that back returns to it."""
        if self.article is not None:
            self.history.leave(left)
            self.history.jump(Stop(self.article.id, to_anchor))
            self.moved.emit()

    def note_place(self, place: ReadingPlace) -> None:
        """Remember where the reader came to rest."""
        self.history.leave(place)
        self.rested.emit()

    def save_place(self) -> None:
        """Keep where the reader is, in the history and on disk."""
        place = self._current_place()
        if place is None:
            return
        self.history.leave(place)
        if place.article:
            self._keep(lambda: self._places.save(place))

    def reload(self) -> None:
        """Show the current page anew, from the files."""
        self.save_place()
        self._show(self.history.current, fresh=False)

    def forget(self) -> None:
        """Begin with one tab and a new history, as with another library."""
        self.article = self.entry = None
        self.tabs.reset()
        self.moved.emit()

    def explain(self, problem: Problem) -> Obstacle:
        """Leave the page and return what is known about a broken file."""
        self.article = self.entry = None
        error = ContentError(problem.what, problem.remedy)
        for entry in self._library.entries():
            if problem in entry.problems:
                return Obstacle(entry.id, "", error, entry.problems, tuple(entry.variants))
        return Obstacle(problem.path, "", error, (problem,))

    def variant(self) -> Article | None:
        """Return the shown article in the reader's language, None when it cannot be read any more."""
        if self.article is None:
            return None
        try:
            self.article = self._library.article(self.article.id, self._language())
        except (ArticleNotFoundError, ContentError):
            return None
        return self.article

    def has_better_text(self) -> bool:
        """Return whether the reader's language has come for an article that is shown in another one."""
        shown, language = self.article, self._language()
        if shown is None or shown.language == language:
            return False
        return self._library.variant(shown.id, language) is not None

    def _show(self, stop: Stop, *, fresh: bool) -> None:
        self.article = self.entry = None
        if not stop.article and stop.anchor:
            self.own_page_wanted.emit(stop.anchor)
        elif not stop.article and (home := self._library.find(self.home) if self.home else None):
            self._show_article(stop._replace(article=home.id), fresh=fresh)
        elif not stop.article:
            self.home_wanted.emit()
        else:
            self._show_article(stop, fresh=fresh)
        self.moved.emit()

    def _show_article(self, stop: Stop, *, fresh: bool) -> None:
        language = self._language()
        entry: LibraryEntry | None = None
        try:
            entry = self._library.resolve(stop.article)
            article = self._library.article(entry.id, language)
        except (ArticleNotFoundError, ContentError) as error:
            title = self._library.absent_title(stop.article, language)
            problems = entry.problems if entry else ()
            self.obstructed.emit(Obstacle(stop.article, title, error, problems))
            return
        self.article, self.entry = article, entry
        place = stop.place
        remembered = self._places.load(entry.id) if place is None else None
        if not stop.anchor:
            place = place or remembered
        if fresh:
            self._keep(lambda: self._recents.record(article.id, article.language))
        self.opened.emit(Opening(article, entry, place, stop.anchor, remembered))

    def _keep(self, save: Callable[[], object]) -> None:
        try:
            save()
        except KbError as error:
            self.failed.emit(error)
