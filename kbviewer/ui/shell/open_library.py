"""The library that is open: one door that stays the same when another folder is opened."""

from __future__ import annotations

from collections.abc import Sequence

from kbviewer.model.article import Article
from kbviewer.model.contents import ContentsEntry, WithContents
from kbviewer.model.errors import ArticleNotFoundError, ContentError
from kbviewer.model.library import ArticleRepository, LibraryEntry, WithLibraries


class OpenLibrary:
    """An ArticleRepository that hands on to the one that is open now."""

    def __init__(self, repository: ArticleRepository) -> None:
        self._repository = repository

    def replace(self, repository: ArticleRepository) -> None:
        """Open another library in place of this one."""
        self._repository = repository

    def entries(self) -> Sequence[LibraryEntry]:
        """Return all entries, broken ones included, ordered by id."""
        return self._repository.entries()

    def languages(self) -> Sequence[str]:
        """Return the languages of the articles, those of the pack's list first."""
        return self._repository.languages()

    def resolve(self, reference: str) -> LibraryEntry:
        """Return the entry that an id, alias, uid or source path names.

        Raises:
            ArticleNotFoundError: nothing has that reference.
        """
        return self._repository.resolve(reference)

    def find(self, reference: str) -> LibraryEntry | None:
        """Return the entry that `reference` names, None when there is none."""
        try:
            return self._repository.resolve(reference)
        except ArticleNotFoundError:
            return None

    def article(self, entry_id: str, language: str) -> Article:
        """Return the variant in `language`, or the next best.

        Raises:
            ArticleNotFoundError: nothing has that id.
            ContentError: its files are broken.
        """
        return self._repository.article(entry_id, language)

    def variant(self, entry_id: str, language: str) -> Article | None:
        """Return the article in exactly `language`, None when it has no such text that can be read."""
        try:
            found = self._repository.article(entry_id, language)
        except (ArticleNotFoundError, ContentError):
            return None
        return found if found.language == language else None

    def title(self, entry_id: str, language: str) -> str:
        """Return the article's title in exactly `language`, without reading it; "" when it has none."""
        entry = self.find(entry_id)
        variant = entry.variants.get(language) if entry is not None else None
        return variant.title if variant is not None else ""

    def contents(self, language: str) -> Sequence[ContentsEntry]:
        """Return the table of contents in `language`, else in any; empty when nobody wrote any."""
        return self._repository.contents(language) if isinstance(self._repository, WithContents) else ()

    def by_library(self, language: str) -> Sequence[tuple[str, Sequence[str]]]:
        """Return the title of each library with the ids of its articles; none when that is not known."""
        return self._repository.by_library(language) if isinstance(self._repository, WithLibraries) else ()

    def outdated(self, language: str) -> frozenset[str]:
        """Return the articles whose text in `language` stands for an original that has changed since."""
        repository = self._repository
        return repository.outdated(language) if isinstance(repository, WithLibraries) else frozenset()

    def topic_title(self, topic: str, language: str) -> str:
        """Return the topic's title in `language`, else in any, else the key."""
        return self._repository.topic_title(topic, language)

    def absent_title(self, reference: str, language: str) -> str:
        """Return the title of an article that the library knowingly lacks, "" when unknown."""
        return self._repository.absent_title(reference, language)

    def media(self, entry_id: str, path: str) -> bytes | None:
        """Return a picture's bytes, None when there is none."""
        return self._repository.media(entry_id, path)
