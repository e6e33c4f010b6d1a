"""An article in a file that belongs to no open library, with its other languages where they are found."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import reduce
from pathlib import Path

from kbviewer.content.counterparts import LanguageFile, files_in_all_languages
from kbviewer.content.fallback import fill_missing
from kbviewer.content.folder_files import read_text
from kbviewer.content.folder_scan import ArticleFile
from kbviewer.content.folder_store import read_variant
from kbviewer.content.suffix_pairs import own_articles
from kbviewer.model.article import Article
from kbviewer.model.errors import ContentError
from kbviewer.model.library import LibraryEntry, Problem, Variant
from kbviewer.model.messages import N_, message


@dataclass(frozen=True, slots=True)
class LooseArticle:
    """What a single file and its counterparts hold.

    Attributes:
        variants: by language, that of the file that was named first.
        entry: what a library would say of it.
    """

    variants: Mapping[str, Article]
    entry: LibraryEntry

    @property
    def named(self) -> Article:
        """The article in the file that was named, as it is written."""
        return next(iter(self.variants.values()))

    def article(self, language: str) -> Article:
        """Return the article in `language`, else as it was named; what a text lacks comes from the others."""
        first = self.variants.get(language, self.named)
        return reduce(fill_missing, (other for other in self.variants.values() if other is not first), first)


def read_loose(path: Path) -> LooseArticle:
    """Read the file at `path`, and its counterparts as far as they can be read.

    Raises:
        ContentError: the file itself is broken.
    """
    named, *others = files_in_all_languages(path)
    read = {named: _read(named)}
    for file in others:
        # It was not asked for; whoever opens it is told.
        with suppress(ContentError):
            read[file] = _read(file)
    own = own_articles((_listed_file(file), article.language, article.uid) for file, article in read.items())
    article = read[named]
    variants = {article.language: article}
    for file, other in read.items():
        if not own.intersection((named.source, file.source)):
            variants.setdefault(other.language, other)
    entry = LibraryEntry(article.id, {tag: _listed(variant) for tag, variant in variants.items()})
    return LooseArticle(variants, entry)


def check_loose(path: Path, language: str) -> None:
    """Make sure that a file can be read as it is now, and its counterpart in `language` where there is one.

    Raises:
        ContentError: one of them is broken.
    """
    named, *others = files_in_all_languages(path)
    for file in (named, *(other for other in others if other.language in ("", language))):
        _read(file)


def files_of_loose(path: Path) -> tuple[Path, ...]:
    """Return the file and its counterparts."""
    return tuple(file.path for file in files_in_all_languages(path))


def _read(file: LanguageFile) -> Article:
    path = file.path
    text = read_text(path, path.name)
    if isinstance(text, Problem):
        raise ContentError(
            message(N_("{path}: {what}."), path=path, what=text.what),
            message(N_("{remedy}."), remedy=text.remedy),
        )
    return read_variant(text, _listed_file(file), lambda _language: {}).article


def _listed_file(file: LanguageFile) -> ArticleFile:
    """Return the file as the scan of a library would."""
    return ArticleFile(
        file.source,
        file.name,
        file.language,
        (0, 0),
        file.named_by_language,
        own_id=file.path.stem if file.ends_in_language else "",
        beside=file.beside,
    )


def _listed(article: Article) -> Variant:
    return Variant(article.language, article.title, article.description, article.source, article.state)
