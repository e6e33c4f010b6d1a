"""Articles in files that belong to no open library, such as a draft that an editor looks at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kbviewer.content.collection import LibraryCollection
from kbviewer.content.folder_store import stamp_of
from kbviewer.model.article import Article
from kbviewer.model.contents import ContentsEntry
from kbviewer.model.errors import ArticleNotFoundError, ContentError
from kbviewer.model.kb_links import looks_like_link
from kbviewer.model.library import LibraryEntry
from kbviewer.model.messages import N_, message
from kbviewer.state.filesystem import on_network

if TYPE_CHECKING:
    from kbviewer.app.loose_article import LooseArticle


class WithLooseFiles:
    """The open libraries, and the single files that the command line has named, in all their languages.

    A file's id is its path. Only files that were added are ever read, and their counterparts in other
    languages: a link in an article that names a path leads nowhere.
    """

    def __init__(self, libraries: LibraryCollection, is_network: Callable[[Path], bool] = on_network) -> None:
        """Args:
        is_network: whether a file lies on a share; somebody else reads it then, and tells with `take`.
        """
        self.libraries = libraries
        self._is_network = is_network
        self._files: set[str] = set()
        self._remote: dict[str, LooseArticle | None] = {}
        self._languages: dict[str, None] = {}
        self._kept: dict[str, tuple[object, LooseArticle]] = {}

    def add(self, path: str) -> None:
        """Let `path` be opened, unless an open library has it anyway. A link never names a file."""
        from kbviewer.app.paths import markdown_file

        if looks_like_link(path) or (file := markdown_file(path)) is None:
            return
        self._files.add(path)
        if self._is_network(file):
            self._remote.setdefault(path, None)

    def is_remote(self, reference: str) -> bool:
        """Return whether that is a single file on a share."""
        return reference in self._remote

    def take(self, reference: str, loose: LooseArticle) -> None:
        """Take what was read of a single file on a share."""
        self._remote[reference] = loose

    def entries(self) -> Sequence[LibraryEntry]:
        """Return the entries of the libraries."""
        return self.libraries.entries()

    def languages(self) -> Sequence[str]:
        """Return the languages of the libraries, then those of single files with counterparts."""
        return tuple(dict.fromkeys((*self.libraries.languages(), *self._languages)))

    def resolve(self, reference: str) -> LibraryEntry:
        """Return the entry that an id, alias, uid or path names.

        Raises:
            ArticleNotFoundError: nothing has that reference.
        """
        try:
            return self.libraries.resolve(reference)
        except ArticleNotFoundError:
            if reference not in self._files:
                raise
        try:
            return replace(self._read(reference).entry, id=reference)
        except ContentError:
            return LibraryEntry(reference, {})

    def article(self, entry_id: str, language: str) -> Article:
        """Return the variant in `language`, or the next best.

        Raises:
            ArticleNotFoundError: nothing has that id.
            ContentError: its files are broken.
        """
        if entry_id in self._files:
            return replace(self._read(entry_id).article(language), id=entry_id)
        return self.libraries.article(entry_id, language)

    def check(self, entry_id: str, language: str) -> None:
        """Make sure that the file of one variant can be read as it is now.

        Raises:
            ArticleNotFoundError: there is no such variant.
            ContentError: the file is broken.
        """
        if entry_id in self._remote:
            self._read(entry_id)
        elif entry_id in self._files:
            from kbviewer.app.loose_article import check_loose

            check_loose(Path(entry_id), language)
        else:
            self.libraries.check(entry_id, language)

    def files_of(self, entry_id: str) -> tuple[Path, ...]:
        """Return the files that an article is made of."""
        if entry_id not in self._files:
            return self.libraries.files_of(entry_id)
        if entry_id in self._remote:
            return ()  # whoever watched them would ask the share again and again
        from kbviewer.app.loose_article import files_of_loose

        return files_of_loose(Path(entry_id))

    def contents(self, language: str) -> Sequence[ContentsEntry]:
        """Return the tables of contents of the libraries."""
        return self.libraries.contents(language)

    def by_library(self, language: str) -> Sequence[tuple[str, Sequence[str]]]:
        """Return the title of each library with the ids of its articles."""
        return self.libraries.by_library(language)

    def outdated(self, language: str) -> frozenset[str]:
        """Return the articles whose text in `language` stands for an original that has changed since."""
        return self.libraries.outdated(language)

    def topic_title(self, topic: str, language: str) -> str:
        """Return the topic's title in `language`, else in any, else the key."""
        return self.libraries.topic_title(topic, language)

    def absent_title(self, reference: str, language: str) -> str:
        """Return the title of an article that the libraries knowingly lack, "" when unknown."""
        return self.libraries.absent_title(reference, language)

    def media(self, entry_id: str, path: str) -> bytes | None:
        """Return a picture's bytes, None when there is none; a single file has none."""
        return None if entry_id in self._files else self.libraries.media(entry_id, path)

    def language_of(self, reference: str) -> str:
        """Return the language of a single file that has counterparts in others, else "".

        It was named itself, so it is what its reader wants to see first.
        """
        if reference not in self._files:
            return ""
        try:
            self.libraries.resolve(reference)
        except ArticleNotFoundError:
            with suppress(ContentError):
                loose = self._read(reference)
                if len(loose.variants) > 1:
                    self._languages.update(dict.fromkeys(loose.variants))
                    return loose.named.language
        return ""

    def _read(self, path: str) -> LooseArticle:
        if path in self._remote:
            loose = self._remote[path]
            if loose is None:
                raise ContentError(
                    message(N_("“{path}” lies on a share and has not been read yet."), path=path),
                    message(N_("Open it again.")),
                )
            return loose
        from kbviewer.app.loose_article import files_of_loose, read_loose

        stamps = [(file, stamp_of(file)) for file in files_of_loose(Path(path))]
        kept = self._kept.get(path)
        if kept is None or kept[0] != stamps:
            kept = self._kept[path] = (stamps, read_loose(Path(path)))
        return kept[1]
