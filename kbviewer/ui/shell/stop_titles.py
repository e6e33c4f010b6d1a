"""What pages of a history are called, in the reader's language. Knows no Qt."""

from __future__ import annotations

from collections.abc import Callable

from kbviewer.i18n.translator import Translator
from kbviewer.model.article import outline
from kbviewer.model.errors import ArticleNotFoundError, ContentError
from kbviewer.model.inline import plain_text
from kbviewer.model.messages import N_
from kbviewer.model.tabs import HOME, READ_BEFORE, Stop
from kbviewer.ui.shell.open_library import OpenLibrary


class StopTitles:
    """Names stops as tabs and lists show them."""

    def __init__(self, library: OpenLibrary, language: Callable[[], str], translator: Translator) -> None:
        self._library = library
        self._language = language
        self._translator = translator
        self._pages = {HOME.anchor: N_("Home"), READ_BEFORE.anchor: N_("History")}

    def name_page(self, name: str, title: str) -> None:
        """Say what another page of the program is called, in English."""
        self._pages[name] = title

    def title(self, stop: Stop) -> str:
        """Return the title of the article, which is not read for it, or the name of the program's page."""
        _ = self._translator.gettext
        if not stop.article:
            return _(self._pages.get(stop.anchor, self._pages[HOME.anchor]))
        language = self._language()
        entry = self._library.find(stop.article)
        variants = entry.variants if entry is not None else {}
        variant = variants.get(language) or next(iter(variants.values()), None)
        if variant is not None:
            return variant.title
        return self._library.absent_title(stop.article, language) or stop.article

    def title_with_section(self, stop: Stop) -> str:
        """Return the title and, when a section was gone to, its heading; that has the article read."""
        title = self.title(stop)
        heading = self._heading(stop) if stop.article and stop.anchor else ""
        return f"{title} – {heading}" if heading else title

    def _heading(self, stop: Stop) -> str:
        try:
            article = self._library.article(self._library.resolve(stop.article).id, self._language())
        except (ArticleNotFoundError, ContentError):
            return ""
        return next((plain_text(e.runs) for e in outline(article) if e.anchor == stop.anchor), "")
