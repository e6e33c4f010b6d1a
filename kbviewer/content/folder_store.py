"""The articles of a folder, through the cache."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from kbviewer.content.cache import LibraryCache
from kbviewer.content.codec import FORMAT, decode, encode
from kbviewer.content.folder_files import read_inside, read_text
from kbviewer.content.folder_listing import Record, problem_of, record_of
from kbviewer.content.folder_scan import ArticleFile, Stamp
from kbviewer.content.language_tags import language_of
from kbviewer.model.article import Article
from kbviewer.model.errors import ContentError
from kbviewer.model.library import Problem
from kbviewer.model.messages import N_, message

if TYPE_CHECKING:
    from kbviewer.content.glossary import Glossary
    from kbviewer.content.included import ReadFile
    from kbviewer.content.reader import ReadResult

GLOSSARY_FILE = "glossary.toml"


def stamp_of(path: Path) -> Stamp:
    """Return size in bytes and modification time in nanoseconds, (0, 0) for a file that is not there."""
    try:
        status = path.stat()
    except (OSError, ValueError):
        return (0, 0)
    return (status.st_size, status.st_mtime_ns)


class ArticleStore:
    """Reads the files of one library; a file that has not changed since comes from the cache."""

    def __init__(self, root: Path, cache: LibraryCache) -> None:
        self._root = root
        self._cache = cache
        self._glossary: Glossary | None = None
        self.glossary_stamp = stamp_of(root / GLOSSARY_FILE)

    def read(self, file: ArticleFile) -> Article:
        """Return the article in `file` as it is now.

        Raises:
            ContentError: the file cannot be read as an article; the message has file and line.
        """
        file = replace(file, stamp=stamp_of(self._root / file.source))
        cached = self._cache.load_article(file.source)
        if cached.get("stamp") == self._stamp(file) and self._is_as_included(cached.get("included")):
            try:
                article = decode(cached["article"])
            except (ContentError, KeyError, TypeError):
                pass  # damaged: the file itself decides
            else:
                # Front matter of a neighbour may have made it another article since.
                return article if article.id == file.entry_id else replace(article, id=file.entry_id)
        parsed = self.parse(file)
        if isinstance(parsed, Problem):
            raise error_of(parsed)
        return parsed

    def record(self, file: ArticleFile) -> Record:
        """Return what the listing keeps of `file`; its text is parsed only when nothing less tells."""
        # A warm listing must not pay for what reads front matter.
        from kbviewer.content.folder_skim import skim

        text = read_text(self._root / file.source, file.source)
        if isinstance(text, Problem):
            return Record(variant=None, problem=text)
        try:
            skimmed = skim(text, file)
        except ContentError as error:
            return Record(variant=None, problem=problem_of(error, file.source))
        if skimmed:
            return skimmed
        parsed = self._parse(file)
        if isinstance(parsed, Problem):
            return Record(variant=None, problem=parsed)
        return record_of(parsed.article, parsed.redirect, parsed.included)

    def parse(self, file: ArticleFile) -> Article | Problem:
        """Read `file` past the cache and leave the result there."""
        parsed = self._parse(file)
        return parsed if isinstance(parsed, Problem) else parsed.article

    def _parse(self, file: ArticleFile) -> ReadResult | Problem:
        text = read_text(self._root / file.source, file.source)
        if isinstance(text, Problem):
            return text
        try:
            result = read_variant(text, file, self._tips, self.read_file)
        except ContentError as error:
            return problem_of(error, file.source)
        included = [[source, *stamp_of(self._root / source)] for source in result.included]
        entry = {"stamp": self._stamp(file), "included": included, "article": encode(result.article)}
        self._cache.save_article(file.source, entry)
        return result

    def read_file(self, source: str) -> str | None:
        """Return the text of a file that an article takes in, None when it may not or cannot be read."""
        return read_inside(self._root, source)

    def _is_as_included(self, included: object) -> bool:
        """Return whether the files that a cached article has taken in are as they were then."""
        try:
            return all(
                stamp_of(self._root / source) == (size, modified)
                for source, size, modified in cast("Iterable[tuple[str, int, int]]", included)
            )
        except (TypeError, ValueError):
            return False

    def _stamp(self, file: ArticleFile) -> list[int | str]:
        # The tips of the glossary are part of the parsed article.
        return [FORMAT, *file.stamp, *self.glossary_stamp, *file.beside]

    @property
    def glossary(self) -> Glossary:
        """The terms of the library, read when they are first needed; none when the file is broken."""
        if self._glossary is None:
            # Only parsing and indexing need it.
            from kbviewer.content.glossary import Glossary

            try:
                present = self.glossary_stamp != (0, 0)
                self._glossary = Glossary.load(self._root / GLOSSARY_FILE) if present else Glossary()
            except ContentError:
                # The check reports it; articles are readable without tips.
                self._glossary = Glossary()
        return self._glossary

    def _tips(self, language: str) -> dict[str, str]:
        return self.glossary.tips(language)


def read_variant(
    text: str,
    file: ArticleFile,
    tips: Callable[[str], Mapping[str, str]],
    read_file: ReadFile | None = None,
) -> ReadResult:
    """Return the article in `text`, in the language that its file's name or its front matter says.

    Args:
        text: of the file.
        file: where it stands.
        tips: explanations by case-folded term, for a language.
        read_file: returns the text of a file that it takes in.

    Raises:
        ContentError: nothing can be shown.
    """
    # An article from the cache must not pay for the parsers.
    from kbviewer.content.language_guess import guess_language
    from kbviewer.content.reader import read_article

    language = file.language or guess_language(text, file.beside)
    read = partial(
        read_article,
        text,
        article_id=file.entry_id,
        source=file.source,
        is_guess=not file.language,
        read_file=read_file,
    )
    result = read(glossary=tips(language), language=language)
    actual = language if file.named_by_language else language_of(result.article.language) or language
    if actual != language and tips(actual) != tips(language):
        result = read(glossary=tips(actual), language=actual)
    return replace(result, article=replace(result.article, language=actual))


def error_of(problem: Problem) -> ContentError:
    """Return a blocking problem as the error that opening its article raises."""
    if problem.line:
        what = message(
            N_("{path}:{line}: {reason}"), path=problem.path, line=problem.line, reason=problem.what
        )
    else:
        what = message(N_("{path}: {reason}"), path=problem.path, reason=problem.what)
    return ContentError(what, problem.remedy)
