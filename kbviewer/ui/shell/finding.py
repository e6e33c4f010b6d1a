"""Find in the article: the bar and the page, joined."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from kbviewer.ui.shell.page_area import PageArea
from kbviewer.ui.shell.settings_keeper import SettingsKeeper

if TYPE_CHECKING:
    from kbviewer.ui.article.find import FindOptions
    from kbviewer.ui.shell.find_bar import FindBar

_SETTINGS = ("find_match_case", "find_whole_words", "find_diacritics")


class Finding(QObject):
    """Lets the find bar search the article that is shown.

    Signals:
        search_wanted(text): look for that in all articles.
    """

    search_wanted = Signal(str)

    def __init__(self, area: PageArea, settings: SettingsKeeper, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._area = area
        self._settings = settings
        self._bar: FindBar | None = None

    @property
    def text(self) -> str:
        """What is sought while the bar is open, else ""."""
        return self._bar.text if self._bar is not None and self._bar.isVisible() else ""

    def start(self, text: str = "") -> None:
        """Open the bar, with `text` or what is selected in place of what was sought before."""
        page = self._area.article_page
        if page is not None and self._area.shows_article:
            self._prepare().start(text or page.selected_text())

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
            self._bar.options_changed.connect(self._choose)
            from kbviewer.ui.article.find import FindOptions

            values = self._settings.values
            options = FindOptions(values.find_match_case, values.find_whole_words, values.find_diacritics)
            self._bar.choice.show_options(options)
        return self._bar

    def _seek(self, text: str) -> None:
        page = self._area.searched
        if page is not None and self._bar is not None:
            found = page.find(text, self._bar.choice.options)
            self._bar.show_count(found.current, found.total)

    def _go(self, *, forward: bool) -> None:
        page = self._area.searched
        if page is None or not self._area.shows_article:
            return
        bar = self._prepare()
        if not bar.text:
            bar.start()
            return
        if not bar.isVisible():
            is_selected = bool(page.selected_text())
            bar.show()
            found = page.find(bar.text, bar.choice.options)
            if not is_selected:
                bar.show_count(found.current, found.total)
                return
        found = page.find_next() if forward else page.find_previous()
        bar.show_count(found.current, found.total)

    def _choose(self, options: FindOptions) -> None:
        """Find the same as the options say, and remember them."""
        for name, is_on in zip(_SETTINGS, options, strict=True):
            self._settings.keep(name, is_on)
        if self._bar is not None and self._bar.text:
            self._seek(self._bar.text)

    def _leave(self) -> None:
        page, searched = self._area.article_page, self._area.searched
        if page is not None and searched is not None:
            searched.clear_find()
            if self._area.shows_article:
                page.setFocus(Qt.FocusReason.OtherFocusReason)
