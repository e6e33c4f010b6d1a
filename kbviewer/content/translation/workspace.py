"""The files that translators work on: an article's variants, their locks, and which is the original."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kbviewer.content.folder_files import read_text
from kbviewer.content.folder_index import PACK_FILE
from kbviewer.content.folder_scan import ArticleFile, scan
from kbviewer.content.folder_store import error_of
from kbviewer.content.pack import Pack
from kbviewer.content.settled_files import settled_files
from kbviewer.content.translation.comparison import Pair, compare
from kbviewer.content.translation.lock_file import TranslationLock, lock_source, read_lock
from kbviewer.content.translation.unit_reader import SourceText, take_apart
from kbviewer.model.article import Article
from kbviewer.model.errors import ContentError
from kbviewer.model.library import Problem
from kbviewer.model.messages import N_, message


@dataclass(frozen=True, slots=True)
class Draft:
    """One variant as its file has it.

    Attributes:
        file: where it stands.
        data: of the file.
        article: what the reader makes of it.
        text: its units.
    """

    file: ArticleFile
    data: str
    article: Article
    text: SourceText


def read_draft(root: Path, file: ArticleFile) -> Draft:
    """Return a variant.

    Raises:
        ContentError: the file cannot be read as an article.
    """
    # It says what is wrong with a file; the bytes are wanted as they are.
    checked = read_text(root / file.source, file.source)
    if isinstance(checked, Problem):
        raise error_of(checked)
    try:
        data = (root / file.source).read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ContentError(
            message(N_("{file} cannot be read: {reason}"), file=file.source, reason=error),
            message(N_("Try again.")),
        ) from error
    return draft_of(file, data)


def draft_of(file: ArticleFile, data: str) -> Draft:
    """Return the variant that `data` is.

    Raises:
        ContentError: it cannot be read as an article.
    """
    article, text = take_apart(data, article_id=file.entry_id, source=file.source, language=file.language)
    return Draft(file, data, article, text)


@dataclass(frozen=True, slots=True)
class Work:
    """A translation beside its original.

    Attributes:
        source: the original.
        target: the translation.
        lock: what was accepted of it, None when nothing ever was.
        pairs: all texts of both.
    """

    source: Draft
    target: Draft
    lock: TranslationLock | None
    pairs: tuple[Pair, ...]


class Workspace:
    """The article files of a library, for translators. Reads only.

    Args:
        root: the library's folder.
        files: those of the library.
        languages: of the pack, in its order.
    """

    def __init__(self, root: Path, files: Sequence[ArticleFile], languages: Sequence[str]) -> None:
        self.root = root
        self.languages = tuple(languages)
        self._files: dict[str, dict[str, ArticleFile]] = {}
        for file in files:
            if file.problem is None and file.language:
                self._files.setdefault(file.entry_id, {}).setdefault(file.language, file)

    def entries(self) -> Mapping[str, Mapping[str, ArticleFile]]:
        """Return the files of each article by language."""
        return self._files

    def draft(self, file: ArticleFile) -> Draft:
        """Return a variant.

        Raises:
            ContentError: the file cannot be read as an article.
        """
        return read_draft(self.root, file)

    def lock(self, file: ArticleFile) -> TranslationLock | None:
        """Return what was accepted of a translation.

        Raises:
            ContentError: the lock file is damaged.
        """
        source = lock_source(file.source)
        return read_lock(self.root / source, source)

    def work(self, entry_id: str, language: str, source_language: str = "") -> Work | None:
        """Return an article's translation into `language`; None when it is the original, or there is none.

        Raises:
            ContentError: a file of the article cannot be read.
        """
        file = self._files.get(entry_id, {}).get(language)
        if file is None:
            return None
        target, lock = self.draft(file), self.lock(file)
        original = self.original(entry_id, target, lock, source_language)
        if original is None:
            return None
        source = self.draft(original)
        return Work(source, target, lock, compare(source.text.units, target.text.units, lock))

    def original(
        self, entry_id: str, target: Draft, lock: TranslationLock | None, wanted: str = ""
    ) -> ArticleFile | None:
        """Return the file that a translation was made from: as was asked for, else what it says itself.

        Where nothing says it, the library's first language is the original.
        """
        variants = self._files[entry_id]
        made = target.article.translation
        stated = [wanted, lock.source_language if lock else "", made.source_language if made else ""]
        for language in filter(None, stated):
            if language in variants and language != target.file.language:
                return variants[language]
            if language == wanted:
                return None
        others = [tag for tag in variants if tag != target.file.language]
        if made is not None or not others:
            # Translated from what the library does not have.
            return None
        if any(self._translation_of(variants[tag]) == target.file.language for tag in others):
            return None
        first = self.first_language()
        return variants.get(first) if target.file.language != first else None

    def untranslated(self, entry_id: str, wanted: str = "") -> Draft:
        """Return the variant to translate from into a language that the article does not have yet.

        It is the one in the language that was asked for, else one that is no translation itself.

        Raises:
            ContentError: it cannot be read, or there is none in that language.
        """
        variants = self._files[entry_id]
        if wanted:
            if wanted not in variants:
                raise ContentError(
                    message(
                        N_("the article “{article}” has no text in “{language}”"),
                        article=entry_id,
                        language=wanted,
                    ),
                    message(N_("Name one of its languages: {languages}"), languages=", ".join(variants)),
                )
            return self.draft(variants[wanted])
        drafts = [self.draft(file) for file in variants.values()]
        originals = [draft for draft in drafts if draft.article.translation is None] or drafts
        first = self.first_language()
        return next((draft for draft in originals if draft.file.language == first), originals[0])

    def first_language(self) -> str:
        """Return the language of originals where nothing says another: English in a folder without a pack."""
        return self.languages[0] if self.languages else "en"

    def _translation_of(self, file: ArticleFile) -> str:
        try:
            made = self.draft(file).article.translation
        except ContentError:
            return ""
        return made.source_language if made is not None else ""


def open_workspace(root: Path, parts: Sequence[str] = ()) -> Workspace:
    """Return the article files below a folder.

    Args:
        parts: folders of `root` that alone belong to the library, each a tree in a language of its own.

    Raises:
        ContentError: its pack.toml cannot be read.
    """
    pack = root / PACK_FILE
    languages = Pack.load(pack).languages if pack.is_file() else ()
    return Workspace(root, settled_files(root, scan(root, languages, parts)), languages)
