"""Which files of a folder are articles, whose, and in which language; found by names and sizes alone."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from enum import Enum, auto
from pathlib import Path

from kbviewer.model.library import Problem
from kbviewer.model.messages import N_, Message, message

MAX_DEPTH = 16
MAX_FILES = 50_000
DEFAULT_LANGUAGE = "en"

Stamp = tuple[int, int]

_SKIPPED = {"metadata.md"}
_CONTENTS = {"toc.md", "toc.yml", "toc.yaml"}
# Folders whose files are parts of articles, in docfx and Experience League.
_TAKEN_IN = frozenset({"includes", "_includes"})
_TREE_NAMES = frozenset({"en", "sv"})
_TAG_WITH_REGION = re.compile(r"[a-z]{2,3}-[A-Z]{2}")
_SKIPPED_AT_ROOT = re.compile(
    r"(?:readme|licen[cs]e|changelog|contributing|code_of_conduct|security)(?:[-_.].*)?\.md"
)
# With a script and a region at most: `my-account` and `no-sound` are names, not Burmese and Norwegian.
_TAG = re.compile(
    r"[a-z]{2,3}(?:-(?:arab|cyrl|deva|hans|hant|latn))?(?:-(?:[a-z]{2}|[0-9]{3}))?(?:-x-[a-z0-9]{1,8})?",
    re.IGNORECASE,
)
# ISO 639-1; three-letter languages count where pack.toml lists them.
_ISO_639_1 = (
    " aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da"
    " de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz"
    " ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln"
    " lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi"
    " pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti"
    " tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu"
    " "
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
    """

    source: str
    entry_id: str
    language: str
    stamp: tuple[int, int]
    named_by_language: bool = False
    problem: Problem | None = None


def language_of(name: str, known: Collection[str] = ()) -> str:
    """Return the language that a file or folder name is the tag of, without region, else ""."""
    if not _TAG.fullmatch(name):
        return ""
    language = name.partition("-")[0].lower()
    return language if f" {language} " in _ISO_639_1 or language in known else ""


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


def language_of_tree(name: str) -> str:
    """Return the language that the name of a whole tree tells, "" when none.

    `sv-SE`, `docs.sv-se` and `kb.sv` are Swedish; a folder called `it` or `my-kb` is just called so.
    """
    stem, dot, tag = name.rpartition(".")
    if dot and stem:
        return language_of(tag)
    return language_of(name) if name in _TREE_NAMES or _TAG_WITH_REGION.fullmatch(name) else ""


def split_part(source: str, parts: Sequence[str]) -> tuple[str, str]:
    """Return the part of a library that a path lies in, and the rest of the path; "" when it has no parts."""
    for part in parts:
        if source.startswith(f"{part}/"):
            return part, source[len(part) + 1 :]
    return "", source


def identify(
    source: str, known_languages: Collection[str] = (), parts: Sequence[str] = ()
) -> tuple[str, str, bool]:
    """Return the article id and language that a path stands for, and whether the file's name is the language.

    `kb307294/sv.md` is the house layout; `en/help/x.md` and `sv-SE/help/x.md` are two languages of `help/x`.

    Args:
        parts: folders of the library that are trees of their own, as `kb.en` and `kb.sv-SE`.
    """
    part, source = split_part(source, parts)
    entry_id, language, named = _identify(source, known_languages)
    return entry_id, language or language_of_tree(part.rpartition("/")[2]), named


def _identify(source: str, known_languages: Collection[str]) -> tuple[str, str, bool]:
    folder, _, name = source.rpartition("/")
    return _identify_in(folder, _place_of(folder, known_languages), name, known_languages)


def _identify_in(
    folder: str, place: tuple[str, str], name: str, known_languages: Collection[str]
) -> tuple[str, str, bool]:
    stem = name.rpartition(".")[0]
    named = language_of(stem, known_languages) if folder else ""
    if named:
        return folder, named, True
    prefix, language = place
    return prefix + stem, language, False


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

    def identify(self, source: str) -> tuple[str, str, bool]:
        """Return what `identify` does; the language is that of the whole tree when no path tells it."""
        folder, _, name = source.rpartition("/")
        known = self._folders.get(folder)
        if known is None:
            known = self._folders[folder] = self._look_at(folder)
        inside, place, otherwise = known
        entry_id, language, named = _identify_in(inside, place, name, self._known_languages)
        return entry_id, language or otherwise, named

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
            reason = error.strerror or str(error)
            problem = problem or blocked(source, "unreadable", _CANNOT_READ, reason=reason)
        shown = source if source.isascii() else source.encode("utf-8", "replace").decode("utf-8")
        entry_id, language, named = identifying.identify(shown)
        files.append(ArticleFile(source, entry_id, language, stamp, named, problem))
        if len(files) >= MAX_FILES:
            is_cut = True
            break
    files.sort(key=lambda file: file.source)
    return FolderScan(files, others[_Kind.TAKEN_IN], others[_Kind.CONTENTS], is_cut)


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
