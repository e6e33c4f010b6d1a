"""How marked places read today, in the open library and the reader's language."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from kbviewer.model.block_texts import BlockText, block_texts
from kbviewer.model.errors import KbError
from kbviewer.model.marks import Bookmark
from kbviewer.ui.marks.note_rows import Annotated
from kbviewer.ui.marks.shown import Gone, Shown
from kbviewer.ui.shell.open_library import OpenLibrary


class _Kept(NamedTuple):
    """An article as it was read, and in which language."""

    annotated: Annotated
    language: str


class PlaceLooks:
    """Reads each article once, until `forget`."""

    def __init__(self, library: OpenLibrary, language: Callable[[], str]) -> None:
        self._library = library
        self._language = language
        self._kept: dict[str, _Kept] = {}

    def forget(self) -> None:
        """Look everything up anew, as in another language or library."""
        self._kept = {}

    def article(self, article_id: str) -> Annotated:
        """Return what an article reads like."""
        return self._read(article_id).annotated

    def language_of(self, article_id: str, otherwise: str) -> str:
        """Return the language in which an article is read, `otherwise` when it cannot be."""
        return self._read(article_id).language or otherwise

    def block(self, article_id: str, anchor: str) -> BlockText | None:
        """Return what a block says, None when it is gone."""
        blocks = self.article(article_id).blocks
        return blocks.get(anchor) if blocks is not None else None

    def bookmark(self, mark: Bookmark) -> Shown:
        """Return what a bookmark leads to, in the words of when it was made where that is gone."""
        annotated = self.article(mark.article)
        title = annotated.title or mark.title or mark.article
        if annotated.blocks is None:
            return Shown(mark.name or mark.place or title, mark.place, Gone.ARTICLE, title)
        block = annotated.blocks.get(mark.anchor)
        is_gone = bool(mark.anchor) and block is None
        place = mark.place if is_gone else block.excerpt if block is not None else ""
        return Shown(mark.name or place or title, place, Gone.PLACE if is_gone else Gone.NOTHING, title)

    def _read(self, article_id: str) -> _Kept:
        found = self._kept.get(article_id)
        if found is None:
            try:
                article = self._library.article(article_id, self._language())
            except KbError:
                found = _Kept(Annotated(self._title(article_id), None), "")
            else:
                found = _Kept(Annotated(article.title, block_texts(article)), article.language)
            self._kept[article_id] = found
        return found

    def _title(self, article_id: str) -> str:
        """Return the title of an article that cannot be read, "" when it is unknown."""
        return self._library.absent_title(article_id, self._language())
