"""A folder of Markdown files as a library."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from kbviewer.content.cache import LibraryCache
from kbviewer.content.contents_codec import decode_contents, encode_contents
from kbviewer.content.fallback import fill_missing
from kbviewer.content.folder_files import read_media, read_text
from kbviewer.content.folder_index import Listing, OnProgress, look_at, make_listing, signature_of
from kbviewer.content.folder_listing import Catalogue
from kbviewer.content.folder_scan import ArticleFile, identify
from kbviewer.content.folder_store import ArticleStore, error_of, stamp_of
from kbviewer.content.pack import Pack
from kbviewer.content.translation.freshness import stale_blocks
from kbviewer.model.article import Article
from kbviewer.model.contents import ContentsEntry
from kbviewer.model.errors import ArticleNotFoundError, ContentError
from kbviewer.model.library import LibraryEntry, Problem, fold_reference
from kbviewer.model.messages import N_, message

_MAX_REFERENCE = 4096


class FolderLibrary:
    """An ArticleRepository over one folder.

    The listing is made on first use and kept; `refresh` looks again. Articles are read when they are asked
    for, through the cache. Nothing in the folder is ever written.
    """

    def __init__(self, root: Path, cache_dir: Path | None = None, parts: Sequence[str] = ()) -> None:
        """Args:
        parts: folders of `root` that alone belong to the library, each a tree in a language of its own.
        """
        self.root = Path(os.path.abspath(root))  # noqa: PTH100 - lexical; links stay as they were named
        self.parts = tuple(parts)
        self._cache = LibraryCache(cache_dir, self.root.joinpath("+".join(parts)) if parts else self.root)
        self._store = ArticleStore(self.root, self._cache)
        self._kept: Listing | None = None
        self._contents: dict[str, tuple[ContentsEntry, ...]] = {}

    @property
    def paths(self) -> tuple[Path, ...]:
        """What has to be named for this library to be opened again."""
        return tuple(self.root / part for part in self.parts) or (self.root,)

    def close(self) -> None:
        """Let go of what is open: of a folder nothing."""

    @property
    def is_listed(self) -> bool:
        """Whether the listing has been made, so that asking for it takes no time."""
        return self._kept is not None

    @property
    def pack(self) -> Pack:
        """What pack.toml says; for a folder without one, a pack named after the folder."""
        return self._listing.pack

    @property
    def catalogue(self) -> Catalogue:
        """The entries with the files behind them."""
        return self._listing.catalogue

    def entries(self) -> Sequence[LibraryEntry]:
        """Return all entries, broken ones included, ordered by id."""
        return tuple(self._listing.catalogue.entries.values())

    def has(self, entry_id: str, language: str = "") -> bool:
        """Return whether there is an entry with exactly that id, in a language when one is named."""
        entry = self._listing.catalogue.entries.get(entry_id)
        return entry is not None and (not language or language in entry.variants)

    def languages(self) -> Sequence[str]:
        """Return the languages of the articles, those of the pack's list first."""
        found = {language for entry in self.entries() for language in entry.variants}
        listed = [language for language in self.pack.languages if language in found]
        return (*listed, *sorted(found.difference(listed)))

    def problems(self) -> tuple[Problem, ...]:
        """Return what keeps the library itself or any of its files from being shown."""
        own = self._listing.problems
        return own + tuple(problem for entry in self.entries() for problem in entry.problems)

    def signature(self) -> str:
        """Return a text that changes whenever an article, the pack or the glossary changes; a fresh look."""
        return signature_of(self.root, look_at(self.root, self.pack.languages, self.parts))

    def prepare(self, on_progress: OnProgress | None = None) -> None:
        """Make the listing now, if there is none; in any thread, but in one at a time.

        Raises:
            ReadingStoppedError: `on_progress` wanted it; what was read is in the cache.
        """
        if self._kept is None:
            self._list(on_progress)

    def refresh(self, on_progress: OnProgress | None = None) -> bool:
        """Look at the folder again; return whether anything has changed.

        What was listed stays in use until the new listing is there, so that this may run in another thread.

        Raises:
            ReadingStoppedError: `on_progress` wanted it; the listing stays as it was.
        """
        if self._kept and self._kept.signature == self.signature():
            return False
        if self._kept or on_progress:
            self._list(on_progress)
        return True

    def resolve(self, reference: str) -> LibraryEntry:
        """Return the entry that an id, alias, uid or source path names.

        Raises:
            ArticleNotFoundError: nothing has that reference.
        """
        catalogue = self._listing.catalogue
        if len(reference) <= _MAX_REFERENCE:
            tried = (reference, *self._inside(reference), identify(reference, parts=self.parts)[0])
            for candidate in tried:
                entry_id = catalogue.references.get(fold_reference(candidate))
                if entry_id is not None:
                    return catalogue.entries[entry_id]
        raise not_found(reference)

    def article(self, entry_id: str, language: str) -> Article:
        """Return the variant in `language`, or the next best when the entry lacks it.

        Blocks that only another variant has are filled in from it, marked with their language.

        Raises:
            ArticleNotFoundError: nothing has that id.
            ContentError: its files are broken.
        """
        entry = self._listing.catalogue.entries.get(entry_id)
        if entry is None:
            raise not_found(entry_id)
        best: Article | None = None
        refusal: ContentError | None = None
        for tag in sorted(entry.variants, key=lambda tag: tag != language):
            try:
                variant = self._store.read(self._listing.catalogue.sources[entry_id, tag])
            except ContentError as error:
                refusal = refusal or error
                continue
            best = fill_missing(best, variant) if best else variant
        if best is None:
            raise refusal or error_of(entry.problems[0])
        sources = self._listing.catalogue.sources
        files = {tag: replace(sources[entry_id, tag], language=tag) for tag in entry.variants}
        stale = stale_blocks(self.root, self._cache, files, best.language)
        return replace(best, stale=stale) if stale else best

    def variant(self, entry_id: str, language: str) -> Article:
        """Return the article in exactly `language` as its file is now, without blocks of another one.

        Raises:
            ArticleNotFoundError: nothing has that id in that language.
            ContentError: the file cannot be read.
        """
        file = self._listing.catalogue.sources.get((entry_id, language))
        if file is None:
            raise not_found(entry_id)
        return self._store.read(file)

    def files_of(self, entry_id: str) -> tuple[Path, ...]:
        """Return the files that an article is made of, those that it takes in included."""
        catalogue = self._listing.catalogue
        entry = catalogue.entries.get(entry_id)
        sources = [variant.source for variant in entry.variants.values()] if entry else []
        taken_in = [path for source in sources for path in catalogue.included.get(source, ())]
        return tuple(self.root / source for source in dict.fromkeys([*sources, *taken_in]))

    def outdated(self, language: str) -> Iterator[str]:
        """Yield the ids of the articles whose text in `language` stands for an original that has changed."""
        sources = self._listing.catalogue.sources
        for entry in self.entries():
            if language in entry.variants and len(entry.variants) > 1:
                files = {tag: replace(sources[entry.id, tag], language=tag) for tag in entry.variants}
                if stale_blocks(self.root, self._cache, files, language):
                    yield entry.id

    def articles(self, language: str | None = None) -> Iterator[Article]:
        """Yield every readable variant as it is written, or only those in `language`, ordered by id."""
        for (_, tag), file in self._listing.catalogue.sources.items():
            if language in (None, tag):
                try:
                    yield self._store.read(file)
                except ContentError:
                    # It was readable when it was listed; the next refresh tells why it is not now.
                    continue

    def all_articles(self) -> Iterator[Article]:
        """Yield every readable variant."""
        return self.articles(None)

    def stamps(self) -> Mapping[str, str]:
        """Return by source path what changes when the file does, of every readable variant; a fresh look."""
        self.refresh()
        catalogue = self._listing.catalogue
        stamps = {file.source: _stamp(file) for file in catalogue.sources.values()}
        for source, included in catalogue.included.items():
            stamps[source] += "".join("+{}-{}".format(*stamp_of(self.root / path)) for path in included)
        return stamps

    def read(self, sources: Iterable[str]) -> Iterator[Article]:
        """Yield the variants with these source paths, ordered by id; an unreadable one is left out."""
        wanted = set(sources)
        for file in self._listing.catalogue.sources.values():
            if file.source in wanted:
                try:
                    yield self._store.read(file)
                except ContentError:
                    # It was readable when it was listed; the next refresh tells why it is not now.
                    continue

    def contents(self, language: str) -> Sequence[ContentsEntry]:
        """Return the table of contents in `language`, else in any; empty when nobody wrote any."""
        listing = self._listing
        if not listing.contents:
            return ()
        kept = self._contents.get(language)
        if kept is None:
            cached = self._cache.load_contents(language)
            if cached.get("signature") == listing.signature:
                kept = decode_contents(cached.get("entries"))
        if kept is None:
            kept = self._read_contents(language)
            encoded = encode_contents(kept)
            self._cache.save_contents(language, {"signature": listing.signature, "entries": encoded})
        self._contents[language] = kept
        return kept

    def _read_contents(self, language: str) -> tuple[ContentsEntry, ...]:
        # Only who asks for it pays for the parsers.
        from kbviewer.content.contents import read_contents
        from kbviewer.content.language_guess import guess_language

        by_language: dict[str, dict[str, str]] = {}
        for source in self._listing.contents:
            text = self._text_of(source)
            if isinstance(text, str):
                stated = identify(source, self.pack.languages, self.parts)[1]
                by_language.setdefault(stated or guess_language(text), {})[source] = text
        texts = by_language.get(language) or next(iter(by_language.values()), {})
        return read_contents(texts, self._id_of)

    def _text_of(self, source: str) -> str | Problem:
        return read_text(self.root / source, source)

    def _id_of(self, reference: str) -> str:
        try:
            return self.resolve(reference).id
        except ArticleNotFoundError:
            return ""

    def concepts(self) -> tuple[Mapping[str, Sequence[str]], ...]:
        """Return by language the words that mean the same, from the glossary."""
        return self._store.glossary.concepts()

    def topic_title(self, topic: str, language: str) -> str:
        """Return the topic's title in `language`, else in any, else the key."""
        return self.pack.topic_title(topic, language)

    def absent_title(self, reference: str, language: str) -> str:
        """Return the title of an article that the library knowingly lacks, "" when unknown."""
        return self.pack.absent_title(reference, language)

    def media(self, entry_id: str, path: str) -> bytes | None:
        """Return a picture's bytes, None when the article has no such file or it is over the limits."""
        entry = self._listing.catalogue.entries.get(entry_id)
        variants = entry.variants.values() if entry else ()
        for folder in {variant.source.rpartition("/")[0]: None for variant in variants}:
            data = read_media(self.root / folder, path)
            if data is not None:
                return data
        return None

    @property
    def _listing(self) -> Listing:
        return self._kept or self._list()

    def _list(self, on_progress: OnProgress | None = None) -> Listing:
        store = ArticleStore(self.root, self._cache)
        listing = make_listing(self.root, self._cache, store, self.parts, on_progress)
        self._store, self._kept, self._contents = store, listing, {}
        return listing

    def _inside(self, reference: str) -> tuple[str, ...]:
        """Return what a path on disk is called in the library; a stranger's path is never touched."""
        if "\0" in reference:
            return ()
        path = os.path.abspath(reference)  # noqa: PTH100 - Path.resolve would touch it
        if not path.startswith(str(self.root) + os.sep):
            return ()
        inside = path[len(str(self.root)) + 1 :].replace(os.sep, "/")
        return (inside, inside.removesuffix(".md"))


def _stamp(file: ArticleFile) -> str:
    # What a neighbour says decides whose language a file with one in its name is.
    own = (f"={file.entry_id}" if file.own_id else "") + "".join(f"+{tag}" for tag in file.beside)
    return "{}-{}".format(*file.stamp) + own


def not_found(reference: str) -> ArticleNotFoundError:
    """Return the error for a reference that nothing has."""
    return ArticleNotFoundError(
        message(N_("no article “{reference}” in the open libraries"), reference=reference[:80]),
        message(N_("Check the id, or search for a word of the title.")),
    )
