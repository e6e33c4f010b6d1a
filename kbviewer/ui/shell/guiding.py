"""Into the guided view and out of it again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from kbviewer.model.progress import has_steps
from kbviewer.ui.shell.action_set import ActionSet
from kbviewer.ui.shell.actions import ActionId
from kbviewer.ui.shell.page_area import PageArea
from kbviewer.ui.shell.reader import Reader
from kbviewer.ui.shell.reading import Reading
from kbviewer.ui.theme.announce import announce

if TYPE_CHECKING:
    from kbviewer.ui.article.guided_page import GuidedPage

WORKS_GUIDED: Final = (
    ActionId.GUIDED,
    ActionId.PRINT,
    ActionId.SAVE_PDF,
    ActionId.COPY,
    ActionId.SELECT_ALL,
    ActionId.COPY_LINK,
    ActionId.COMMENT,
    ActionId.GET_HELP,
)
"""What an article offers and a guided view of it, too."""


class Guiding(QObject):
    """Shows one step at a time in place of the article, and the article again at the same step."""

    def __init__(
        self, reading: Reading, reader: Reader, area: PageArea, actions: ActionSet, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._reading = reading
        self._reader = reader
        self._area = area
        self._actions = actions
        area.guided_page_made.connect(self._connect_page)
        reading.page_changed.connect(self.refresh)
        reader.moved.connect(self.refresh)
        actions.bind_toggle(ActionId.GUIDED, self.toggle)
        self.refresh()

    @property
    def is_on(self) -> bool:
        """Whether a guided view is shown."""
        return self._area.shows_guided

    def start(self, anchor: str = "") -> None:
        """Go through the procedure at `anchor`, else the one with the focus or in view, step by step."""
        article = self._reader.article
        page = self._reading.page
        if article is None or page is None or not has_steps(article):
            self.refresh()
            return
        self._reading.flush()
        place = anchor or page.block_here() or page.place().anchor
        guided = self._area.guided()
        guided.open(article, place)
        self._area.to_guided()
        self._reading.page_changed.emit()

    def leave(self) -> None:
        """Go back to the whole article, at the step that is shown."""
        page = self._area.guided_page
        if self.is_on and page is not None:
            page.leave()

    def toggle(self, on: bool) -> None:
        """Start or leave."""
        if on:
            self.start()
        else:
            self.leave()

    def refresh(self) -> None:
        """Offer what makes sense now."""
        article = self._reader.article
        offered = (
            article is not None and has_steps(article) and (self.is_on or self._reading.page is not None)
        )
        if self.is_on:
            for action in WORKS_GUIDED:
                self._actions[action].setEnabled(True)
        self._actions[ActionId.GUIDED].setEnabled(offered)
        self._actions[ActionId.GUIDED].setChecked(self.is_on)

    def _return(self, anchor: str) -> None:
        """Show the whole article at a step or section, with what was done meanwhile."""
        article = self._reader.article
        if article is None:
            return
        page = self._area.to_article()
        self._reading.show_variant()
        self._reading.page_changed.emit()
        page.go_to(anchor)

    def _connect_page(self, page: GuidedPage) -> None:
        page.left.connect(self._return)
        page.section_wanted.connect(self._return)
        page.link_activated.connect(self._reading.follow_link)
        page.help_requested.connect(self._reading.help_wanted)
        page.announced.connect(lambda text: announce(page, text))
        page.copied.connect(self._reading.say_copied)
