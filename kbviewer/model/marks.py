"""What a reader marks in articles for himself: bookmarks in folders, and notes on blocks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A place to come back to, or a folder of such places.

    Attributes:
        folder: id of the folder that it lies in, 0 for none. Folders lie in none.
        position: orders what lies in the same folder, together with the id.
        article: id of the article; "" for a folder.
        anchor: key of a section, step or block, "" for the article as a whole.
        name: the reader's own; "" for the article's title.
        title: of the article as it was when the bookmark was made.
        place: what the section or block said then, "" for the article as a whole.
        language: of these two.
        created_at: when (UTC).
    """

    id: int
    folder: int
    position: int
    article: str
    anchor: str
    name: str
    title: str
    place: str
    language: str
    created_at: datetime

    @property
    def is_folder(self) -> bool:
        """Whether it holds bookmarks instead of being one."""
        return not self.article


@dataclass(frozen=True, slots=True)
class Annotation:
    """The reader's note on a block.

    Attributes:
        article: id of the article.
        anchor: key of the block or step, the same in all languages; "" for the article as a whole.
        text: the note.
        excerpt: what the block said when the note was written.
        title: of the article then.
        language: of excerpt and title.
        revision: of the article then, "" when it stated none.
        written_at: when (UTC); when it was last changed.
    """

    id: int
    article: str
    anchor: str
    text: str
    excerpt: str
    title: str
    language: str
    revision: str
    written_at: datetime
