"""What the context menu offers for the place that was clicked."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QMenu

from kbviewer.content.pairing import is_explicit
from kbviewer.model.article import Article
from kbviewer.model.block_texts import block_texts, known_key
from kbviewer.model.policy import Right
from kbviewer.ui.article.contracts import Marks, PlaceCommand, Texts
from kbviewer.ui.theme.rights import needs

Command = Callable[[PlaceCommand, str], object]


def add_place_actions(
    menu: QMenu, article: Article, key: str, marks: Marks, texts: Texts, command: Command
) -> None:
    """Add a bookmark, a note, a comment, a link for the block `key` of `article`.

    A link leads to what has an id of its own: others may have another edition of the article.
    """
    gettext = texts.gettext
    blocks = block_texts(article)
    place = known_key(blocks, key)
    shared = place if is_explicit(place) else blocks[place].section if place else ""
    is_marked = marks.is_bookmarked(article.id, place)
    has_note = place in marks.notes(article.id)
    entries = (
        (
            gettext("Remove the bookmark here") if is_marked else gettext("Bookmark this place"),
            PlaceCommand.BOOKMARK,
        ),
        (gettext("Edit the note here…") if has_note else gettext("Note here…"), PlaceCommand.NOTE),
        (gettext("Comment for the author here…"), PlaceCommand.COMMENT),
    )
    menu.addSeparator()
    for text, what in entries:
        needs(menu.addAction(text), Right.NOTES).triggered.connect(
            lambda _checked=False, what=what: command(what, place)
        )
    menu.addSeparator()
    for text, what in (
        (gettext("Copy link"), PlaceCommand.COPY_LINK),
        (gettext("Copy title and id"), PlaceCommand.COPY_CITATION),
    ):
        needs(menu.addAction(text), Right.COPY).triggered.connect(
            lambda _checked=False, what=what: command(what, shared)
        )
