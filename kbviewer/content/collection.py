"""Several libraries as one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kbviewer.content.folder import FolderLibrary, not_found
from kbviewer.content.folder_index import OnProgress
from kbviewer.model.article import Article
from kbviewer.model.contents import ContentsEntry, WithContents
from kbviewer.model.errors import ArticleNotFoundError
from kbviewer.model.library import LibraryEntry, Problem


class LibraryCollection:
    """An ArticleRepository over several folders; where two have the same id, the earlier one is shown."""

    def __init__(self, libraries: Sequence[FolderLibrary]) -> None:
        self.libraries = tuple(libraries)

    def entries(self) -> Sequence[LibraryEntry]:
        """Return all entries, broken ones included, ordered by id."""
        found: dict[str, LibraryEntry] = {}
        for library in self.libraries:
            for entry in library.entries():
                found.setdefault(entry.id, entry)
        return tuple(found[entry_id] for entry_id in sorted(found))

    def languages(self) -> Sequence[str]:
        """Return the languages of the articles, in the order of the libraries."""
        return tuple(
            dict.fromkeys(language for library in self.libraries for language in library.languages())
        )

    def problems(self) -> tuple[Problem, ...]:
        """Return what keeps libraries and files from being shown."""
        return tuple(problem for library in self.libraries for problem in library.problems())

    def refresh(self, on_progress: OnProgress | None = None) -> bool:
        """Look at all folders again; return whether anything has changed.

        Raises:
            ReadingStoppedError: `on_progress` wanted it.
        """
        changed = [library for library in self.libraries if library.refresh(on_progress)]
        return bool(changed)

    def prepare(self, on_progress: OnProgress | None = None) -> None:
        """List all folders now; in any thread.

        Raises:
            ReadingStoppedError: `on_progress` wanted it.
        """
        for library in self.libraries:
            library.prepare(on_progress)

    def library_of(self, entry_id: str) -> FolderLibrary:
        """Return the library whose article is shown for an id.

        Raises:
            ArticleNotFoundError: nothing has that id.
        """
        for library in self.libraries:
            if library.has(entry_id):
                return library
        raise not_found(entry_id)

    def resolve(self, reference: str) -> LibraryEntry:
        """Return the entry that an id, alias, uid or source path names.

        Raises:
            ArticleNotFoundError: nothing has that reference.
        """
        for library in self.libraries:
            try:
                entry_id = library.resolve(reference).id
            except ArticleNotFoundError:
                continue
            return self.library_of(entry_id).resolve(entry_id)
        raise not_found(reference)

    def article(self, entry_id: str, language: str) -> Article:
        """Return the variant in `language`, or the next best when the entry lacks it.

        Two folders may hold the two languages of one tree: the first one that has the language is asked.

        Raises:
            ArticleNotFoundError: nothing has that id.
            ContentError: its files are broken.
        """
        first = self.library_of(entry_id)
        speaking = (library for library in self.libraries if library.has(entry_id, language))
        return next(speaking, first).article(entry_id, language)

    def check(self, entry_id: str, language: str) -> None:
        """Make sure that the file of one variant can be read as it is now.

        Raises:
            ArticleNotFoundError: there is no such variant.
            ContentError: the file is broken.
        """
        speaking = (library for library in self.libraries if library.has(entry_id, language))
        next(speaking, self.library_of(entry_id)).variant(entry_id, language)

    def files_of(self, entry_id: str) -> tuple[Path, ...]:
        """Return the files that an article is made of, those that it takes in included."""
        return tuple(path for library in self.libraries for path in library.files_of(entry_id))

    def contents(self, language: str) -> Sequence[ContentsEntry]:
        """Return the tables of contents of all libraries, one after the other."""
        sources: Sequence[object] = self.libraries
        return tuple(
            entry
            for library in sources
            if isinstance(library, WithContents)
            for entry in library.contents(language)
        )

    def by_library(self, language: str) -> Sequence[tuple[str, Sequence[str]]]:
        """Return the title of each library, in order, with the ids of the articles that it has first."""
        seen: set[str] = set()
        found: list[tuple[str, Sequence[str]]] = []
        for library in self.libraries:
            own = [entry.id for entry in library.entries() if entry.id not in seen]
            seen.update(own)
            found.append((library.pack.title(language) or library.root.name, own))
        return found

    def outdated(self, language: str) -> frozenset[str]:
        """Return the articles whose text in `language` stands for an original that has changed since."""
        return frozenset(entry_id for library in self.libraries for entry_id in library.outdated(language))

    def topic_title(self, topic: str, language: str) -> str:
        """Return the topic's title from the first library that has one, else the key."""
        titles = (library.topic_title(topic, language) for library in self.libraries)
        return next((title for title in titles if title != topic), topic)

    def absent_title(self, reference: str, language: str) -> str:
        """Return the title of an article that a library knowingly lacks, "" when unknown."""
        titles = (library.absent_title(reference, language) for library in self.libraries)
        return next(filter(None, titles), "")

    def media(self, entry_id: str, path: str) -> bytes | None:
        """Return a picture's bytes, None when the article has no such file or it is over the limits."""
        try:
            return self.library_of(entry_id).media(entry_id, path)
        except ArticleNotFoundError:
            return None
