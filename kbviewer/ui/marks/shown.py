"""How a marked place reads today, in the reader's language. Qt-free."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import NamedTuple, TypeAlias

from kbviewer.model.marks import Bookmark


class Gone(Enum):
    """What a mark refers to and is no longer there."""

    NOTHING = "nothing"
    ARTICLE = "article"
    PLACE = "place"


class Shown(NamedTuple):
    """What is shown of a bookmark.

    Attributes:
        title: the reader's own name for it, else what the place says, else the article's title.
        place: what the section or block says, "" for the article as a whole.
        gone: what is no longer there.
        article_title: of the article, as it was kept when it can no longer be read.
    """

    title: str
    place: str = ""
    gone: Gone = Gone.NOTHING
    article_title: str = ""


Describe: TypeAlias = Callable[[Bookmark], Shown]
