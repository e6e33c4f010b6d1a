"""Find in the article: the bar and the page, joined."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal

from kbviewer.ui.shell.find_bar import FindBar
from kbviewer.ui.shell.page_area import PageArea


class Finding(QObject):
    """Lets the find bar search the article that is shown.

    Signals:
        search_wanted(text): look for that in all articles.
    """

    search_wanted = Signal(str)

    def __init__(self, area: PageArea, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._area = area
        self._bar: FindBar | None = None

    @property
    def text(self) -> str:
        """What is sought while the bar is open, else ""."""
        return self._bar.text if self._bar is not None and self._bar.isVisible() else ""

    def start(self, text: str = "") -> None:
        """Open the bar, with `text` in place of what was sought before."""
        if self._area.shows_article:
            self._prepare().start(text)

    def find_next(self) -> None:
        """Go to the next match; without a text, ask for one."""
        self._go(forward=True)

    def find_previous(self) -> None:
        """Go to the match before."""
        self._go(forward=False)

    def stop(self) -> None:
        """Close the bar, as when another page is shown."""
        if self._bar is not None:
            self._bar.leave()

    def refresh(self) -> None:
        """Find the same text again, in another article or language."""
        if self._bar is not None and self._bar.isVisible() and self._area.shows_article:
            self._seek(self._bar.text)

    def _prepare(self) -> FindBar:
        if self._bar is None:
            self._bar = self._area.to_find_bar()
            self._bar.sought.connect(self._seek)
            self._bar.next_requested.connect(self.find_next)
            self._bar.previous_requested.connect(self.find_previous)
            self._bar.search_requested.connect(self.search_wanted)
            self._bar.closed.connect(self._leave)
        return self._bar

    def _seek(self, text: str) -> None:
        page = self._area.searched
        if page is not None and self._bar is not None:
            found = page.find(text)
            self._bar.show_count(found.current, found.total)

    def _go(self, *, forward: bool) -> None:
        page = self._area.searched
        if page is None or not self._area.shows_article:
            return
        bar = self._prepare()
        if not bar.text:
            bar.start()
            return
        found = page.find_next() if forward else page.find_previous()
        bar.show_count(found.current, found.total)

    def _leave(self) -> None:
        page, searched = self._area.article_page, self._area.searched
        if page is not None and searched is not None:
            searched.clear_find()
            if self._area.shows_article:
                page.setFocus(Qt.FocusReason.OtherFocusReason)
