"""A pack as a library: read as a folder is, through the same reader and the same cache."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import cast

from kbviewer.content.cache import LibraryCache
from kbviewer.content.codec import FORMAT, decode, encode
from kbviewer.content.folder import FolderLibrary
from kbviewer.content.folder_files import (
    MAX_ARTICLE_BYTES,
    MAX_MEDIA_BYTES,
    decode_text,
    is_plain_name,
    is_raster,
)
from kbviewer.content.folder_index import Listing, OnProgress
from kbviewer.content.folder_listing import problem_of
from kbviewer.content.folder_scan import ArticleFile, is_contents
from kbviewer.content.folder_store import GLOSSARY_FILE, ArticleStore, error_of, read_variant
from kbviewer.content.glossary import Glossary
from kbviewer.content.packs.layout import CONTENT, INDEX
from kbviewer.content.packs.listing import read_listing, stamps_of
from kbviewer.content.packs.pack_file import PackFile
from kbviewer.content.packs.pack_place import PackPlace
from kbviewer.content.packs.pointer import PackVersion, Signature
from kbviewer.content.toml_file import MAX_TOML_BYTES, parse_toml
from kbviewer.model.article import Article
from kbviewer.model.errors import ContentError, PackError
from kbviewer.model.library import Problem


class PackLibrary(FolderLibrary):
    """An ArticleRepository over one pack. What the pack has does not change while it is open.

    Attributes:
        file: the pack.
        signed_by: whose signature it had when it was installed, None without.
    """

    def __init__(self, file: PackFile, cache_dir: Path | None = None) -> None:
        """Take over an open pack.

        Raises:
            PackError: its listing is damaged.
        """
        super().__init__(file.path)
        self.file = file
        self.signed_by: Signature | None = None
        # By id, not by file: most articles of a new version are those of the old one.
        self._cache = LibraryCache(cache_dir, Path("packs") / file.facts.pack.id)
        self._store = PackStore(file, self._cache)
        inside = (name.removeprefix(CONTENT) for name in file.names() if name.startswith(CONTENT))
        contents = tuple(sorted(filter(is_contents, inside)))
        self._kept = Listing(file.facts.pack, read_listing(file), (), file.signature(), contents)

    @classmethod
    def open_installed(cls, path: Path, version: PackVersion, cache_dir: Path | None = None) -> PackLibrary:
        """Open the file of an installed version, which is known to be what was verified then.

        Raises:
            PackError: it cannot be read, or has changed since.
        """
        library = cls.open(path, cache_dir, version.manifest)
        library.signed_by = version.signature
        return library

    @classmethod
    def open(cls, path: Path, cache_dir: Path | None = None, expected_manifest: str = "") -> PackLibrary:
        """Open a pack as a library.

        Raises:
            PackError: it cannot be read, is no pack, or its manifest is not the expected one.
        """
        file = PackFile(path, expected_manifest)
        try:
            return cls(file, cache_dir)
        except BaseException:
            file.close()
            raise

    def close(self) -> None:
        """Close the file; articles that are not in the cache cannot be read any more."""
        self.file.close()

    def signature(self) -> str:
        """Return a text that tells this content from any other."""
        return self.file.signature()

    def refresh(self, on_progress: OnProgress | None = None) -> bool:  # noqa: ARG002 - nothing takes time
        """Return False: a pack is never changed, another one takes its place."""
        return False

    def stamps(self) -> Mapping[str, str]:
        """Return the SHA-256 of every article by its source path."""
        catalogue = self._listing.catalogue
        sources = [file.source for file in catalogue.sources.values()]
        return stamps_of(sources, catalogue.included, self.file.digest)

    def files_of(self, entry_id: str) -> tuple[Path, ...]:  # noqa: ARG002 - the same for all
        """Return no files: those in a pack stay as they are."""
        return ()

    def prebuilt_index(self) -> PackPlace | None:
        """Return the index in the pack; None when nobody vouches for it, or there is none."""
        if not self.file.is_trusted:
            return None
        index = PackPlace(self.file, INDEX.rstrip("/"))
        return index if any(index.iterdir()) else None

    def media(self, entry_id: str, path: str) -> bytes | None:
        """Return a picture's bytes, None when the article has no such file or it is over the limits."""
        entry = self._listing.catalogue.entries.get(entry_id)
        if entry is None or len(path) > 1024 or not all(map(is_plain_name, path.split("/"))):
            return None
        for variant in entry.variants.values():
            folder = variant.source.rpartition("/")[0]
            name = f"{CONTENT}{folder}/{path}" if folder else CONTENT + path
            if self.file.digest(name):
                try:
                    data = self.file.read(name, MAX_MEDIA_BYTES)
                except PackError:
                    return None
                return data if is_raster(data) else None
        return None

    def _text_of(self, source: str) -> str | Problem:
        try:
            return decode_text(self.file.read(CONTENT + source, MAX_ARTICLE_BYTES), source)
        except PackError as error:
            return problem_of(error, source)

    @property
    def _listing(self) -> Listing:
        if self._kept is None:  # pragma: no cover - set for good when the library was made
            raise AssertionError("a pack is listed once")
        return self._kept


class PackStore(ArticleStore):
    """Reads the articles of a pack; one that has been read before comes from the cache."""

    def __init__(self, file: PackFile, cache: LibraryCache) -> None:
        super().__init__(file.path, cache)
        self._file = file

    def read(self, file: ArticleFile) -> Article:
        """Return an article.

        Raises:
            ContentError: it cannot be read as one, or the pack is damaged.
        """
        name = CONTENT + file.source
        stamp = [FORMAT, self._file.digest(name), self._file.digest(CONTENT + GLOSSARY_FILE)]
        cached = self._cache.load_article(file.source)
        if cached.get("stamp") == stamp and self._is_as_included(cached.get("included")):
            try:
                return decode(cached["article"])
            except (ContentError, KeyError, TypeError):
                pass  # damaged: the pack itself decides
        try:
            text = decode_text(self._file.read(name, MAX_ARTICLE_BYTES), file.source)
        except PackError as error:
            raise ContentError(error.what, error.remedy) from error
        if isinstance(text, Problem):
            raise error_of(text)
        result = read_variant(text, file, self._tips, self.read_file)
        included = [[source, self._file.digest(CONTENT + source)] for source in result.included]
        kept = {"stamp": stamp, "included": included, "article": encode(result.article)}
        self._cache.save_article(file.source, kept)
        return result.article

    def read_file(self, source: str) -> str | None:
        """Return the text of a file that an article takes in, None when the pack does not have it."""
        name = CONTENT + source
        if not self._file.digest(name):
            return None
        try:
            text = decode_text(self._file.read(name, MAX_ARTICLE_BYTES), source)
        except PackError:
            return None
        return text if isinstance(text, str) else None

    def _is_as_included(self, included: object) -> bool:
        try:
            return all(
                self._file.digest(CONTENT + source) == digest
                for source, digest in cast("Iterable[tuple[str, str]]", included)
            )
        except (TypeError, ValueError):
            return False

    @cached_property
    def glossary(self) -> Glossary:
        """The terms of the library; none when the file is broken."""
        name = CONTENT + GLOSSARY_FILE
        if not self._file.digest(name):
            return Glossary()
        try:
            return Glossary.from_data(parse_toml(self._file.read(name, MAX_TOML_BYTES), GLOSSARY_FILE))
        except (ContentError, PackError):
            return Glossary()
