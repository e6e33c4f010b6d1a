"""The article that a command line names: one of a library, or a file that belongs to none."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kbviewer.app.loose_article import LooseArticle, read_loose
from kbviewer.app.paths import markdown_file
from kbviewer.content.collection import LibraryCollection
from kbviewer.model.article import Article
from kbviewer.model.errors import ArticleNotFoundError
from kbviewer.model.library import LibraryEntry
from kbviewer.state.filesystem import on_network


@dataclass(frozen=True, slots=True)
class FoundArticle:
    """An article and the entry that it belongs to."""

    article: Article
    entry: LibraryEntry


def find_article(libraries: LibraryCollection, reference: str, language: str) -> FoundArticle:
    """Return the article that an id or a path names, also when it is a file outside all libraries.

    Such a file is shown as it is, whatever the language: it was named itself.

    Raises:
        ArticleNotFoundError: nothing has that reference.
        ContentError: the file is broken.
    """
    try:
        entry = libraries.resolve(reference)
    except ArticleNotFoundError:
        path = markdown_file(reference)
        if path is None:
            raise
        loose = _read(path)
        return FoundArticle(loose.named, loose.entry)
    return FoundArticle(libraries.article(entry.id, language), entry)


def _read(path: Path) -> LooseArticle:
    """Return the article in a file; a share that does not answer is not waited for."""
    if not on_network(path):
        return read_loose(path)
    from kbviewer.content.shares.probe import ask

    return ask(path, lambda: read_loose(path), lambda _done, _total: True)
