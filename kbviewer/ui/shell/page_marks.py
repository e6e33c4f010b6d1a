"""What the article page shows of the reader's marks."""

from __future__ import annotations

from collections.abc import Mapping

from kbviewer.state.user_state import UserState


class PageMarks:
    """Bookmarks and notes as the page asks for them."""

    def __init__(self, state: UserState) -> None:
        self._state = state

    def notes(self, article: str) -> Mapping[str, str]:
        """Return the notes of an article by the keys of their blocks."""
        return {note.anchor: note.text for note in self._state.annotations.list(article)}

    def is_bookmarked(self, article: str, key: str) -> bool:
        """Return whether there is a bookmark for a place, "" for the article as a whole."""
        return key in self._state.bookmarks.of_article(article)
