"""For authors: what is saved in an editor is seen at once, at the same place."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from kbviewer.app.gui.loose_files import WithLooseFiles
from kbviewer.model.errors import KbError
from kbviewer.model.messages import N_, Message, message
from kbviewer.ui.shell.window import MainWindow

if TYPE_CHECKING:
    from kbviewer.app.gui.file_watch import FileWatch


class LiveReading(QObject):
    """Shows the article, or its guided view, anew when a file of it is saved, at the same place or step.

    A save that cannot be read leaves the old text.

    Args:
        look_again: called when files have changed, so that lists and the search follow.
    """

    def __init__(
        self, window: MainWindow, articles: WithLooseFiles, look_again: Callable[[], object], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._articles = articles
        self._look_again = look_again
        self._watch: FileWatch | None = None
        # What the strip says of a save that could not be read.
        self._fault: Message | None = None
        # Nothing of it is needed for the first paint.
        window.first_painted.connect(self._begin)

    def close(self) -> None:
        """Follow no file any more: the window goes."""
        if self._watch is not None:
            self._watch.watch(())

    def _begin(self) -> None:
        from kbviewer.app.gui.file_watch import FileWatch

        self._watch = FileWatch(self)
        self._watch.changed.connect(self._show)
        for shown in (self._window.reading.page_changed, self._window.reading.title_changed):
            shown.connect(self._follow)
        self._window.opener.opened.connect(self._withdraw)
        self._follow()

    def _follow(self) -> None:
        """Watch the files of the article that is shown, which is not the text before a fault any more."""
        self._withdraw()
        article = self._window.reader.article
        if self._watch is not None:
            self._watch.watch(self._articles.files_of(article.id) if article is not None else ())

    def _show(self) -> None:
        window = self._window
        article = window.reader.article
        if article is None or not (window.reading.page or window.reading.guided):
            return
        try:
            self._articles.check(article.id, article.language)
        except KbError as error:
            self._withdraw()
            self._fault = message(N_("{what}. The text before it is still shown."), what=error.what)
            window.parts.notice.show_message(self._fault)
            return
        window.reading.show_variant()
        self._look_again()

    def _withdraw(self) -> None:
        if self._fault is not None:
            self._window.parts.notice.withdraw(self._fault)
            self._fault = None
