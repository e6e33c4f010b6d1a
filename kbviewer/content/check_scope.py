"""What a check looks at, and the library by which it judges links."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kbviewer.content.folder_files import read_inside, read_media, read_text
from kbviewer.content.folder_index import PACK_FILE, OnProgress, ReadingStoppedError
from kbviewer.content.folder_listing import problem_of
from kbviewer.content.folder_scan import ArticleFile, identify, scan
from kbviewer.content.folder_skim import skim
from kbviewer.content.folder_store import GLOSSARY_FILE
from kbviewer.content.glossary import Glossary
from kbviewer.content.language_guess import guess_language
from kbviewer.content.language_tags import language_of
from kbviewer.content.pack import Pack
from kbviewer.content.reader import read_article
from kbviewer.content.suffix_pairs import own_articles
from kbviewer.model.article import Article
from kbviewer.model.blocks import walk, walk_steps
from kbviewer.model.errors import ContentError, UsageError
from kbviewer.model.library import Problem, fold_reference
from kbviewer.model.messages import N_, message

_MAX_LEVELS_UP = 8


@dataclass(frozen=True, slots=True)
class CheckedVariant:
    """One file that could be read.

    Attributes:
        stated_language: what its front matter says, else what its name says or its text seems to be in.
        shares_name_with: of an article of its own whose name makes it a language of another, that one's file.
        problems: what the reader complained about.
    """

    file: ArticleFile
    article: Article
    stated_language: str
    problems: tuple[Problem, ...]
    shares_name_with: str = ""

    @property
    def anchors(self) -> frozenset[str]:
        """Every id in the article that a link can lead to."""
        blocks = self.article.blocks
        return frozenset(block.key for block in walk(blocks)) | {step.id for step in walk_steps(blocks)}


class Scope:
    """The files to check and the library around them.

    Args:
        root: the library's folder.
        files: those to check.
        library_files: all of the library, for links between articles.
        has_library: False when only a part was given and nothing around it is a library; then links to other
            articles cannot be judged.
    """

    def __init__(
        self,
        root: Path,
        files: Sequence[ArticleFile],
        library_files: Sequence[ArticleFile],
        has_library: bool,
    ) -> None:
        self.root = root
        self.files = files
        self.has_library = has_library
        self.problems: list[Problem] = []
        self.pack = self._load_pack()
        self.glossary = self._load_glossary()
        self.library_files = library_files
        self._files_by_entry: dict[str, list[ArticleFile]] = {}
        for file in library_files:
            for entry_id in filter(None, (file.entry_id, file.own_id)):
                self._files_by_entry.setdefault(entry_id, []).append(file)
        self._references: dict[str, str] | None = None
        self._anchors: dict[str, frozenset[str]] = {}

    def variants(self, on_progress: OnProgress | None = None) -> list[CheckedVariant]:
        """Return what can be read, each article's languages together, those of the pack in its order.

        Raises:
            ReadingStoppedError: `on_progress` wanted it.
        """
        rank = {language: position for position, language in enumerate(self.pack.languages)}
        found = []
        for number, file in enumerate(self.files):
            if on_progress is not None and not on_progress(number, len(self.files)):
                raise ReadingStoppedError(message(N_("The articles have not been read to the end.")))
            variant = self._variant(file)
            if isinstance(variant, Problem):
                self.problems.append(variant)
            else:
                found.append(variant)
        found = _settled(found)
        found.sort(key=lambda variant: (variant.article.id, rank.get(variant.article.language, len(rank))))
        return found

    def finds(self, reference: str) -> str | None:
        """Return the id of the article that a link means, None when the library has none."""
        if self._references is None:
            self._references = self._collect_references()
        for candidate in (reference, identify(reference, self.pack.languages)[0]):
            entry_id = self._references.get(fold_reference(candidate))
            if entry_id is not None:
                return entry_id
        return None

    def has_media(self, entry_id: str, path: str) -> bool:
        """Return whether the reader would find a picture: beside any language of the article."""
        folders = {(self.root / file.source).parent for file in self._files_by_entry.get(entry_id, ())}
        return any(read_media(folder, path) is not None for folder in folders)

    def anchors_of(self, entry_id: str) -> frozenset[str]:
        """Return the ids of an article, those of all its languages together."""
        if entry_id not in self._anchors:
            anchors: frozenset[str] = frozenset()
            for file in self._files_by_entry.get(entry_id, ()):
                variant = self._variant(file)
                if isinstance(variant, CheckedVariant):
                    anchors |= variant.anchors
            self._anchors[entry_id] = anchors
        return self._anchors[entry_id]

    def _variant(self, file: ArticleFile) -> CheckedVariant | Problem:
        if file.problem:
            return file.problem
        text = read_text(self.root / file.source, file.source)
        if isinstance(text, Problem):
            return text
        language = file.language or guess_language(text, file.beside)
        tips = self.glossary.tips(language)
        try:
            result = read_article(
                text,
                article_id=file.entry_id,
                source=file.source,
                glossary=tips,
                language=language,
                is_guess=not file.language,
                read_file=lambda source: read_inside(self.root, source),
            )
        except ContentError as error:
            return problem_of(error, file.source)
        stated = result.article.language
        actual = language if file.named_by_language else language_of(stated) or language
        return CheckedVariant(file, replace(result.article, language=actual), stated, result.problems)

    def _collect_references(self) -> dict[str, str]:
        references: dict[str, str] = {}
        for file in self.library_files:
            names = [file.entry_id, file.source, *filter(None, (file.own_id,))]
            text = read_text(self.root / file.source, file.source) if not file.problem else ""
            try:
                record = skim(text, file) if isinstance(text, str) else None
            except ContentError:
                record = None
            names += record.ids if record else ()
            if record and record.part:
                names.append(record.part.reference(record.part.number))
            for name in names:
                references.setdefault(fold_reference(name), file.entry_id)
        return references

    def _load_pack(self) -> Pack:
        path = self.root / PACK_FILE
        try:
            return Pack.load(path) if path.is_file() else Pack(id=self.root.name)
        except ContentError as error:
            self.problems.append(problem_of(error, PACK_FILE))
            return Pack(id=self.root.name)

    def _load_glossary(self) -> Glossary:
        path = self.root / GLOSSARY_FILE
        try:
            return Glossary.load(path) if path.is_file() else Glossary()
        except ContentError as error:
            self.problems.append(problem_of(error, GLOSSARY_FILE))
            return Glossary()


def _settled(variants: list[CheckedVariant]) -> list[CheckedVariant]:
    """Return the variants; those that are no language of the article that their names mean say of which."""
    own = own_articles((each.file, each.article.language, each.article.uid) for each in variants)
    if not own:
        return variants
    kept = {each.article.id: each.file.source for each in reversed(variants) if each.file.source not in own}
    return [
        replace(
            each,
            article=replace(each.article, id=each.file.own_id),
            shares_name_with=kept.get(each.article.id, ""),
        )
        if each.file.source in own
        else each
        for each in variants
    ]


def open_scope(path: Path) -> Scope:
    """Return what to check for a path that names a library, an article's folder or a file.

    Raises:
        UsageError: there is nothing at `path`, or no article.
    """
    path = Path(os.path.abspath(path))  # noqa: PTH100 - lexical; links stay as they were named
    if not path.exists():
        raise UsageError(
            message(N_("there is no file or folder “{path}”"), path=path),
            message(N_("Name a library folder, an article's folder or a Markdown file.")),
        )
    root = _library_around(path)
    if root is not None:
        files = scan(root, _languages(root))
        inside = "" if path == root else path.relative_to(root).as_posix()
        chosen = [file for file in files if not inside or f"{file.source}/".startswith(f"{inside}/")]
        return Scope(root, chosen or _nothing(path), files, has_library=True)
    if path.is_dir():
        files = scan(path)
        beside = [file.source for file in files if "/" not in file.source]
        # Where others lie beside it, `os.md` is about systems, not in Ossetian.
        if beside and all(map(_is_variant, beside)):
            return _article_folder(path, files)
        return Scope(path, files or _nothing(path), files, has_library=True)
    siblings = scan(path.parent)
    chosen = [file for file in siblings if file.source == path.name]
    if _is_variant(path.name):
        return _article_folder(path.parent, chosen or _nothing(path))
    return Scope(path.parent, chosen or _nothing(path), siblings, has_library=False)


def _article_folder(folder: Path, files: Sequence[ArticleFile]) -> Scope:
    """Return the scope of an article's folder that lies in no library: its parent stands for one."""
    files = [file for file in files if _is_variant(file.source)]
    named = [
        replace(
            file,
            source=f"{folder.name}/{file.source}",
            entry_id=folder.name,
            language=language_of(file.source.rpartition(".")[0]),
            named_by_language=True,
        )
        for file in files
    ]
    return Scope(folder.parent, named, named, has_library=False)


def _is_variant(source: str) -> bool:
    """Return whether a file directly in the folder is named after a language."""
    return "/" not in source and bool(language_of(source.rpartition(".")[0]))


def _library_around(path: Path) -> Path | None:
    folder = path if path.is_dir() else path.parent
    for candidate in (folder, *folder.parents)[:_MAX_LEVELS_UP]:
        if (candidate / PACK_FILE).is_file():
            return candidate
    return None


def _languages(root: Path) -> tuple[str, ...]:
    try:
        return Pack.load(root / PACK_FILE).languages
    except ContentError:
        return ()


def _nothing(path: Path) -> list[ArticleFile]:
    raise UsageError(
        message(N_("“{path}” holds no articles"), path=path),
        message(N_("Name a library folder, an article's folder or a Markdown file.")),
    )
