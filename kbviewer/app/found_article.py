"""The article that a command line names: one of a library, or a file that belongs to none."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kbviewer.app.paths import markdown_file
from kbviewer.content.collection import LibraryCollection
from kbviewer.content.folder_files import read_text
from kbviewer.content.folder_scan import language_of
from kbviewer.content.reader import read_article
from kbviewer.model.article import Article
from kbviewer.model.errors import ArticleNotFoundError, ContentError
from kbviewer.model.library import LibraryEntry, Problem, Variant
from kbviewer.model.messages import N_, message


@dataclass(frozen=True, slots=True)
class FoundArticle:
    """An article and the entry that it belongs to."""

    article: Article
    entry: LibraryEntry


def find_article(libraries: LibraryCollection, reference: str, language: str) -> FoundArticle:
    """Return the article that an id or a path names, also when it is a file outside all libraries.

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
        return _read_alone(path)
    return FoundArticle(libraries.article(entry.id, language), entry)


def _read_alone(path: Path) -> FoundArticle:
    """Return the article in one file, without its other languages.

    Raises:
        ContentError: the file is broken.
    """
    text = read_text(path, path.name)
    if isinstance(text, Problem):
        raise ContentError(
            message(N_("{path}: {what}."), path=path, what=text.what),
            message(N_("{remedy}."), remedy=text.remedy),
        )
    language = language_of(path.stem)
    article_id = path.parent.name if language and path.parent.name else path.stem
    article = read_article(text, article_id=article_id, source=path.name, language=language).article
    variant = Variant(article.language, article.title, article.description, article.source, article.state)
    return FoundArticle(article, LibraryEntry(article_id, {article.language: variant}))
