"""Which files of a folder are articles, whose, and in which language; found by names and sizes alone."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from pathlib import Path
from typing import NamedTuple

from kbviewer.content.language_tags import language_of, language_of_tree, split_suffix
from kbviewer.model.library import Problem
from kbviewer.model.messages import N_, Message, message
from kbviewer.model.system_errors import system_reason

MAX_DEPTH = 16
MAX_FILES = 50_000

Stamp = tuple[int, int]

_SKIPPED = {"metadata.md"}
_CONTENTS = {"toc.md", "toc.yml", "toc.yaml"}
# Folders whose files are parts of articles, in docfx and Experience League.
_TAKEN_IN = frozenset({"includes", "_includes"})
_SKIPPED_AT_ROOT = re.compile(
    r"(?:readme|licen[cs]e|changelog|contributing|code_of_conduct|security)(?:[-_.].*)?\.md"
)


@dataclass(frozen=True, slots=True)
class ArticleFile:
    """A file that should hold one language variant of one article.

    Attributes:
        source: path relative to the root, with forward slashes.
        entry_id: id of the article, from the path.
        language: from the path, "" when the path does not tell.
        stamp: size in bytes and modification time in nanoseconds.
        named_by_language: whether the file is called after its language (`kb307294/sv.md`).
        problem: why it must not even be opened.
        own_id: of a file whose name ends in a language (`vpn.sv.md`), the id that it has without that.
        beside: when the path does not tell the language, those that names of the same article's files tell.
    """

    source: str
    entry_id: str
    language: str
    stamp: tuple[int, int]
    named_by_language: bool = False
    problem: Problem | None = None
    own_id: str = ""
    beside: tuple[str, ...] = ()


class Identity(NamedTuple):
    """What a path tells of its file. See `ArticleFile`."""

    entry_id: str
    language: str
    named_by_language: bool = False
    own_id: str = ""


@dataclass(frozen=True, slots=True)
class FolderScan:
    """What lies in a folder.

    Attributes:
        files: the article files, ordered by path.
        taken_in: stamps of the Markdown files that are no articles but parts of some, by path.
        contents: stamps of the files that hold a table of contents, by path.
        is_cut: whether there are more files than the library may have.
    """

    files: list[ArticleFile]
    taken_in: dict[str, Stamp] = field(default_factory=dict)
    contents: dict[str, Stamp] = field(default_factory=dict)
    is_cut: bool = False


def split_part(source: str, parts: Sequence[str]) -> tuple[str, str]:
    """Return the part of a library that a path lies in, and the rest of the path; "" when it has no parts."""
    for part in parts:
        if source.startswith(f"{part}/"):
            return part, source[len(part) + 1 :]
    return "", source


def identify(source: str, known_languages: Collection[str] = (), parts: Sequence[str] = ()) -> Identity:
    """Return the article id and language that a path stands for.

    `kb307294/sv.md` is the house layout; `en/help/x.md` and `sv-SE/help/x.md` are two languages of `help/x`,
    and so are `help/x.md` and `help/x.sv.md`.

    Args:
        parts: folders of the library that are trees of their own, as `kb.en` and `kb.sv-SE`.
    """
    part, source = split_part(source, parts)
    folder, _, name = source.rpartition("/")
    found = _identify_in(folder, _place_of(folder, known_languages), name, known_languages)
    return found if found.language else found._replace(language=language_of_tree(part.rpartition("/")[2]))


def _identify_in(
    folder: str, place: tuple[str, str], name: str, known_languages: Collection[str]
) -> Identity:
    stem = name.rpartition(".")[0]
    named = language_of(stem, known_languages) if folder else ""
    if named:
        return Identity(folder, named, True)
    prefix, language = place
    shared, suffix = split_suffix(stem, known_languages)
    if suffix:
        return Identity(prefix + shared, suffix, own_id=prefix + stem)
    return Identity(prefix + stem, language)


def _place_of(folder: str, known_languages: Collection[str]) -> tuple[str, str]:
    """Return what the ids of the files in a folder begin with, and the language of its first folder."""
    first, _, inside = folder.partition("/")
    language = language_of(first, known_languages) if first else ""
    rest = inside if language else folder
    return (f"{rest}/" if rest else ""), language


class _Identifying:
    """What `identify` says of many files, worked out once for each folder."""

    def __init__(self, root: Path, known_languages: Collection[str], parts: Sequence[str]) -> None:
        self._known_languages = known_languages
        self._parts = parts
        self._root_language = "" if parts else language_of_tree(root.name)
        self._folders: dict[str, tuple[str, tuple[str, str], str]] = {}

    def identify(self, source: str) -> Identity:
        """Return what `identify` does; the language is that of the whole tree when no path tells it."""
        folder, _, name = source.rpartition("/")
        known = self._folders.get(folder)
        if known is None:
            known = self._folders[folder] = self._look_at(folder)
        inside, place, otherwise = known
        found = _identify_in(inside, place, name, self._known_languages)
        return found if found.language else found._replace(language=otherwise)

    def _look_at(self, folder: str) -> tuple[str, tuple[str, str], str]:
        part, rest = split_part(f"{folder}/", self._parts)
        inside = rest.rstrip("/")
        otherwise = language_of_tree(part.rpartition("/")[2]) if part else self._root_language
        return inside, _place_of(inside, self._known_languages), otherwise


def scan(root: Path, known_languages: Collection[str] = (), parts: Sequence[str] = ()) -> list[ArticleFile]:
    """Return the article files below `root`, ordered by path. Nothing is opened."""
    return scan_folder(root, known_languages, parts).files


def scan_folder(root: Path, known_languages: Collection[str] = (), parts: Sequence[str] = ()) -> FolderScan:
    """Return what lies below `root`, or below those folders of it that `parts` names. Nothing is opened."""
    files: list[ArticleFile] = []
    identifying = _Identifying(root, known_languages, parts)
    others: dict[_Kind, dict[str, Stamp]] = {_Kind.TAKEN_IN: {}, _Kind.CONTENTS: {}}
    is_cut = False
    for entry, source, kind in _all_markdown_files(str(root), parts):
        if kind is not _Kind.ARTICLE:
            with suppress(OSError):
                status = entry.stat()
                others[kind][source] = (status.st_size, status.st_mtime_ns)
            continue
        problem = _forbidden(entry, source, root)
        try:
            status = entry.stat()
            stamp = (status.st_size, status.st_mtime_ns)
        except OSError as error:
            stamp = (0, 0)
            reason = system_reason(error)
            problem = problem or blocked(source, "unreadable", _CANNOT_READ, reason=reason)
        shown = source if source.isascii() else source.encode("utf-8", "replace").decode("utf-8")
        entry_id, language, named, own_id = identifying.identify(shown)
        files.append(ArticleFile(source, entry_id, language, stamp, named, problem, own_id))
        if len(files) >= MAX_FILES:
            is_cut = True
            break
    files.sort(key=lambda file: file.source)
    files = _with_neighbours(files)
    return FolderScan(files, others[_Kind.TAKEN_IN], others[_Kind.CONTENTS], is_cut)


def _with_neighbours(files: list[ArticleFile]) -> list[ArticleFile]:
    """Return the files, each of no stated language with those that lie beside it under its name."""
    beside: dict[str, set[str]] = {}
    for file in files:
        if file.own_id:
            beside.setdefault(file.entry_id, set()).add(file.language)
    if not beside:
        return files
    return [
        replace(file, beside=tuple(sorted(beside[file.entry_id])))
        if not file.language and file.entry_id in beside
        else file
        for file in files
    ]


def article_paths(root: Path) -> Iterator[str]:
    """Yield the paths of the article files below `root`, in any order."""
    return (source for _, source, kind in _markdown_files(str(root)) if kind is _Kind.ARTICLE)


def is_contents(source: str) -> bool:
    """Return whether a path is that of a table of contents."""
    return source.rpartition("/")[2].lower() in _CONTENTS


_CANNOT_READ = N_("the file cannot be read ({reason})")


def blocked(source: str, kind: str, template: str, /, line: int = 0, **values: object) -> Problem:
    """Return the problem of a file that cannot be shown; `template` is a marked msgid."""
    return Problem(
        path=source.encode("utf-8", "replace").decode("utf-8"),
        line=line,
        kind=kind,
        what=Message(template, values),
        remedy=_REMEDIES.get(kind, _REMEDIES["unreadable"]),
        blocking=True,
    )


_REMEDIES = {
    "unreadable": message(N_("Give this account the right to read it.")),
    "outside-library": message(N_("Put the file itself into the library.")),
    "not-a-file": message(N_("Only regular files are read; remove it or replace it.")),
    "too-large": message(N_("Split the article, and keep pictures in files of their own.")),
    "encoding": message(N_("Save the file as UTF-8.")),
    "binary": message(N_("Replace it by the Markdown text of the article.")),
    "too-many-files": message(N_("Open a folder with fewer articles.")),
    "file-name": message(N_("Rename the file; its name is not valid UTF-8.")),
}


class _Kind(Enum):
    """What a file is."""

    ARTICLE = auto()
    TAKEN_IN = auto()
    CONTENTS = auto()


_Found = tuple["os.DirEntry[str]", str, _Kind]


def _all_markdown_files(root: str, parts: Sequence[str]) -> Iterator[_Found]:
    if not parts:
        yield from _markdown_files(root)
    for part in parts:
        for entry, source, kind in _markdown_files(f"{root}/{part}"):
            yield entry, f"{part}/{source}", kind


def _markdown_files(
    folder: str, prefix: str = "", depth: int = 0, kind: _Kind = _Kind.ARTICLE
) -> Iterator[_Found]:
    try:
        with os.scandir(folder) as entries:
            found = list(entries)
    except OSError:
        return
    for entry in found:
        name = entry.name.lower()
        if name.startswith("."):
            continue
        source = prefix + entry.name
        # A linked folder is not entered: what it holds is either listed already or outside the library.
        if entry.is_dir(follow_symlinks=False):
            if depth < MAX_DEPTH:
                inner = _Kind.TAKEN_IN if name in _TAKEN_IN else kind
                yield from _markdown_files(entry.path, f"{source}/", depth + 1, inner)
        elif name in _CONTENTS:
            yield entry, source, _Kind.CONTENTS
        elif name.endswith(".md") and not _skipped(name, at_root=not prefix):
            yield entry, source, kind


def _skipped(name: str, *, at_root: bool) -> bool:
    return name in _SKIPPED or (at_root and _SKIPPED_AT_ROOT.fullmatch(name) is not None)


def _forbidden(entry: os.DirEntry[str], source: str, root: Path) -> Problem | None:
    """Return why a file must not be opened, judged by what it is."""
    try:
        source.encode("utf-8")
        if entry.is_symlink() and not Path(entry.path).resolve().is_relative_to(root.resolve()):
            return blocked(source, "outside-library", N_("the file is a link that leaves the library"))
        if not entry.is_file():
            return blocked(source, "not-a-file", N_("this is no regular file"))
    except UnicodeEncodeError:
        return blocked(source, "file-name", N_("the file name cannot be shown"))
    except (OSError, RuntimeError) as error:
        return blocked(source, "unreadable", _CANNOT_READ, reason=str(error))
    return None
