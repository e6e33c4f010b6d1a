"""Which libraries are open in the window, and how others come: at once, once they are read, from a share."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from kbviewer.app.gui.background import Background
from kbviewer.app.gui.bridge import SearchBridge
from kbviewer.app.gui.library_desk import LibraryDesk
from kbviewer.app.gui.loose_files import WithLooseFiles
from kbviewer.app.gui.reading_jobs import is_large, look, prepare
from kbviewer.app.gui.share_desk import ShareDesk
from kbviewer.app.gui.share_files import ShareFiles
from kbviewer.app.policy_gate import check_may_open
from kbviewer.app.shares import fetch
from kbviewer.app.shelf import Shelf
from kbviewer.content.collection import LibraryCollection
from kbviewer.model.errors import ArticleNotFoundError, KbError, ShareError
from kbviewer.model.library import ArticleRepository
from kbviewer.model.policy import Policy
from kbviewer.ui.shell.actions import ActionId
from kbviewer.ui.shell.window import MainWindow

if TYPE_CHECKING:
    from kbviewer.content.shares.local_copy import LocalCopy
    from kbviewer.ui.home.sorted_articles import SortedByLanguage

_log = logging.getLogger(__name__)


class ReadingDesk(QObject):
    """Opens what the shelf has on, and what somebody names instead.

    Attributes:
        libraries: what is open, or will be when the window need not wait any more.
        articles: what the window reads, with the single files that were named.
        files: brings single files from shares.
        waits: whether the window has to come before its articles.
        named: the libraries that were named, () for the reader's own.
    """

    def __init__(
        self,
        desk: LibraryDesk,
        shares: ShareDesk,
        policy: Policy,
        named: tuple[Path, ...],
        article: str,
        is_network: Callable[[Path], bool],
        parent: QObject,
    ) -> None:
        """Args:
        article: what is to be shown first, "" for nothing.
        is_network: whether a path lies on another machine.
        """
        super().__init__(parent)
        self._desk = desk
        self._shares = shares
        self._policy = policy
        self.named = named
        self._background = Background(self)
        self.libraries = desk.shelf.open()
        # What is being read beside the window, to be opened then; None for what the window waits for.
        self._next: tuple[Shelf, LibraryCollection] | None = None
        self._show_next: Callable[[ArticleRepository], object] = lambda _articles: None
        # The job only follows a file that was saved.
        self._is_quiet = False
        # What is under way is copied, not read.
        self._is_fetching = False
        # Copies of shares have come while other libraries were being read.
        self._came_meanwhile = False
        self.articles = WithLooseFiles(self.libraries, is_network)
        self.articles.add(article)
        self.files = ShareFiles(desk, self.articles)
        # Whether a share has to be asked before there is anything to show.
        self._fetches = self._must_wait(article)
        self.waits = self._fetches or is_large(self.libraries)
        if self.waits:
            self.articles.libraries = LibraryCollection(())

    def serve(self, window: MainWindow, bridge: SearchBridge) -> None:
        """Work for this window from now on."""
        self._window = window
        self._bridge = bridge
        # In which languages it began.
        self._language = window.language.current
        background, desk, shares = self._background, self._desk, self._shares
        window.first_page.articles_wanted.connect(self._read_first)
        window.first_painted.connect(self._follow_shares)
        window.first_painted.connect(lambda: shares.tidy(lambda: desk.shelf.known_paths()))
        window.reading.stop_wanted.connect(background.stop)
        background.progressed.connect(self._show_progress)
        background.done.connect(self._take_result)
        background.stopped.connect(self._take_stop)
        background.failed.connect(self._take_failure)
        background.broke.connect(_raise)
        desk.reopened.connect(self.follow_shelf)
        desk.broke.connect(_raise)
        shares.silent.connect(window.share_notice.show)
        shares.answered.connect(window.share_notice.hide)
        shares.told.connect(self._renew_faults)
        shares.changed.connect(self._take_copies)
        shares.copied.connect(desk.take_copied)
        window.share_notice.retry_wanted.connect(shares.try_again)

    def open(self, named: tuple[Path, ...]) -> ArticleRepository | None:
        """Open other libraries in place of what is open; without any look at the same ones again.

        Returns None when there is much to be read: that goes on beside the window.

        Raises:
            UsageError, PackError: one of those that were named cannot be opened.
            PolicyError: one of them may not be opened here.
        """
        for path in named:
            check_may_open(self._policy, path)
        shelf = self._desk.shelf.naming(named) if named else self._desk.shelf
        libraries = shelf.open()
        self.named = named or self.named
        self._is_quiet = False
        if named and shelf.must_wait:
            self._next, self._show_next = (shelf, libraries), self._window.opener.came
            self._fetch(shelf.awaited())
            return None
        self._shares.look()
        self._look_at_file()
        if is_large(libraries):
            self._next, self._show_next = (shelf, libraries), self._window.opener.came
            self._background.run(partial(look, libraries, self._spoken))
            return None
        libraries.refresh()
        return self._use(shelf, libraries)

    def _look_at_file(self) -> None:
        """Read a single file on a share again when it is shown; the text before it stays until then."""
        article = self._window.reader.article
        if article is not None and self.files.has(article.id):
            self.files.bring(article.id, self._window.reading.show_variant)

    def follow_shelf(self) -> None:
        """Open what is on now; tabs and places stay. What takes long to read comes when it has been read."""
        shelf = self._desk.shelf
        libraries = shelf.open()
        self._is_quiet = False
        if is_large(LibraryCollection([one for one in libraries.libraries if not one.is_listed])):
            self._next, self._show_next = (shelf, libraries), self._window.opener.follow
            self._background.run(partial(prepare, libraries, self._spoken))
            return
        self._window.opener.follow(self._use(shelf, libraries))

    def look_again(self) -> bool:
        """Let lists and search follow a file that was saved; what is read stays as it is.

        Returns whether there is anything new by now: much is read beside the window, and comes later.
        """
        if self._background.is_busy:
            return False
        self._is_quiet = is_large(self.libraries)
        if self._is_quiet:
            self._background.run(partial(look, self.libraries, self._spoken))
            return False
        if not self.libraries.refresh():
            return False
        self._bridge.restart()
        return True

    def log_libraries(self) -> None:
        """Say in the log what is open; where there is nothing yet, it is said when it comes."""
        for library in self.libraries.libraries:
            pack = library.pack
            where = self._desk.shelf.origin(library.root)
            shown = f"{pack.id} {pack.version}".strip()
            _log.info("open: %s, %d articles, %s", shown, len(library.entries()), where)

    def close(self) -> None:
        """End what runs beside the window."""
        self._background.close()
        self._shares.close()

    def _use(self, shelf: Shelf, libraries: LibraryCollection) -> ArticleRepository:
        self._next = None
        self.libraries = self.articles.libraries = libraries
        self._bridge.restart()
        shelf.close_retired()
        if shelf is not self._desk.shelf:
            self._desk.use(shelf)
        self._follow_shares()
        self.log_libraries()
        return self.articles

    def _must_wait(self, article: str) -> bool:
        """Return whether there is nothing to show before a share has answered."""
        shelf = self._desk.shelf
        if shelf.must_wait or not article:
            return shelf.must_wait
        try:
            self.articles.resolve(article)
        except ArticleNotFoundError:
            return bool(shelf.awaited())
        return False

    def _read_first(self) -> None:
        """Read the articles that the window waits for."""
        shelf = self._desk.shelf
        awaited = shelf.awaited() if self._fetches or shelf.must_wait else []
        if awaited:
            self._fetch(awaited)
        else:
            self._background.run(partial(prepare, self.libraries, self._spoken))

    def _fetch(self, copies: Sequence[LocalCopy]) -> None:
        """Make copies of shares; who waits is told how far that is."""
        self._is_fetching = True
        self._background.run(partial(fetch, copies))

    def _show_progress(self, done: int, total: int) -> None:
        reading = self._window.reading
        (reading.show_copied if self._is_fetching else reading.show_share)(done, total)

    def _read_again(self) -> None:
        self._window.reading.show_loading()
        self._read_first()

    def _take_result(self, articles: SortedByLanguage | None) -> None:
        """Go on with what was read, None for copies that have been made."""
        self._is_fetching = False
        if articles is None:
            self._open_copies()
            return
        self._window.home.take(articles)
        if self._is_quiet:
            self._is_quiet = False
            self._bridge.restart()
        elif self._next is not None:
            self._show_next(self._use(*self._next))
        else:
            self._begin()
        if self._came_meanwhile:
            self._take_copies()

    def _open_copies(self) -> None:
        """Read what had to come from a share first."""
        self._fetches = False
        shelf = self._next[0] if self._next is not None else self._desk.shelf
        try:
            shelf.check_named()
        except KbError as error:
            self._take_failure(error)
            return
        libraries = shelf.open()
        if self._next is not None:
            self._next = (shelf, libraries)
        else:
            self.libraries = libraries
        self._background.run(partial(prepare, libraries, self._spoken))

    def _begin(self) -> None:
        """Show what the window has waited for."""
        self.articles.libraries = self.libraries
        self._window.language.switch_to(self._language)
        self._window.first_page.articles_came()
        self._follow_shares()
        self.log_libraries()

    def _take_failure(self, error: KbError) -> None:
        self._is_quiet = self._is_fetching = False
        if not self._window.first_page.waits:
            self._next = None
            self._window.opener.gave_up(error)
            return
        self._fetches = False
        self.libraries = self._desk.shelf.open()
        if isinstance(error, ShareError) and self.libraries.libraries:
            # What is there without the share; that is asked again by and by.
            self._background.run(partial(prepare, self.libraries, self._spoken))
        else:
            self._window.reading.show_unreachable(error, self._read_again, self._choose_other())

    def _take_stop(self) -> None:
        self._is_quiet = self._is_fetching = False
        if self._next is not None:
            self._next = None
            self._window.opener.gave_up()
            return
        self._window.reading.show_stopped(self._read_again, self._choose_other())

    def _choose_other(self) -> Callable[[], object] | None:
        table, action = self._window.table, ActionId.OPEN_LIBRARY
        return table[action].trigger if table.offers(action) else None

    def _follow_shares(self) -> None:
        """Have the copies of what is on brought up to date beside the window."""
        self._shares.follow([] if self._window.first_page.waits else self._desk.shelf.copies())

    def _renew_faults(self) -> None:
        self._desk.shelf.renew_faults()
        self._desk.changed.emit()

    def _take_copies(self) -> None:
        """Show what has come from a share."""
        self._came_meanwhile = self._background.is_busy
        if self._came_meanwhile:
            return
        if self._desk.shelf.open().libraries != self.libraries.libraries:
            self.follow_shelf()
        else:
            self.look_again()

    def _spoken(self) -> tuple[str, str]:
        return self._window.language.current, self._window.translator.language


def _raise(error: Exception) -> None:
    """Let an error of the program itself be handled like any other."""
    raise error
