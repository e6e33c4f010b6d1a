"""What a window shows first, and when: at once, or when the articles have been read."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from kbviewer.model.hits import Hit
from kbviewer.ui.shell.home_presenter import HomePresenter
from kbviewer.ui.shell.reading import Reading

Begin = Callable[["tuple[str, str] | None"], None]


class FirstPage(QObject):
    """Keeps what is asked for until it can be shown.

    Attributes:
        waits: the articles are still being read.

    Signals:
        articles_wanted(): the window is there and waits for `articles_came`.
        came(): the articles are there.
    """

    articles_wanted = Signal()
    came = Signal()

    def __init__(self, reading: Reading, begin: Begin, *, waits: bool, parent: QObject | None = None) -> None:
        """Args:
        begin: shows the first page, or the article that was asked for.
        waits: the articles are read beside the window, which comes first.
        """
        super().__init__(parent)
        self._reading = reading
        self._begin = begin
        self.waits = waits
        self._article: tuple[str, str] | None = None

    def keep(self, reference: str, anchor: str) -> None:
        """Show this article first."""
        self._article = (reference, anchor)

    def before_paint(self) -> None:
        """Fill the window before it is on screen."""
        if self.waits:
            self._reading.show_loading()
        else:
            self._begin(self._article)

    def after_paint(self) -> None:
        """Have the articles read, now that the window is there."""
        if self.waits:
            self.articles_wanted.emit()

    def articles_came(self) -> None:
        """Begin to read, when that had to wait."""
        if self.waits:
            self.waits = False
            self.came.emit()
            self._begin(self._article)

    def show_home(self, home: HomePresenter) -> None:
        """Show home, unless there is nothing to show on it yet."""
        if self.waits:
            self._reading.show_loading()
        else:
            home.show()

    def open_hit(self, hit: Hit, open_article: Callable[[str, str], object]) -> None:
        """Open a hit now, or when the articles are there: the search may be quicker."""
        if self.waits:
            self.keep(hit.article, hit.anchor)
        else:
            open_article(hit.article, hit.anchor)
