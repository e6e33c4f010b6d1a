"""The other languages of one file that was opened without its library, found by names alone."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from kbviewer.content.folder_scan import MAX_DEPTH
from kbviewer.content.language_tags import language_of, language_of_tree, split_suffix
from kbviewer.content.same_tree import are_named_alike

_MOST_NEIGHBOURS = 2_000


class LanguageFile(NamedTuple):
    """A file of an article.

    Attributes:
        path: where it lies.
        language: what its name or that of its tree tells, "" when neither does.
        source: its path from the folder that all files of the article are in.
        named_by_language: whether the file is called after its language (`kb307294/sv.md`).
        name: of the article, as the file's name tells.
        beside: when nothing tells the language, those that the names of the other files tell.
    """

    path: Path
    language: str
    source: str
    named_by_language: bool = False
    name: str = ""
    beside: tuple[str, ...] = ()

    @property
    def ends_in_language(self) -> bool:
        """Whether the file's name ends in its language (`vpn.sv.md`)."""
        return not self.named_by_language and self.name != self.path.stem


def files_in_all_languages(path: Path) -> tuple[LanguageFile, ...]:
    """Return the file at `path` and the same article's in other languages: `path` first, nothing is opened.

    `kb307294/sv.md` goes with `kb307294/en.md`, `docs.sv-se/help/x.md` with `docs/help/x.md`, `en/x.md` with
    `sv-SE/x.md`, and `vpn.md` with `vpn.sv.md`.
    """
    language = language_of(path.stem)
    if language:
        others = sorted(_named_by_language(path))
        return tuple(
            LanguageFile(file, language_of(file.stem), file.name, True, file.parent.name or file.stem)
            for file in (path, *others)
        )
    name, language = split_suffix(path.stem)
    others = sorted(_with_other_suffix(path, name))
    if others:
        return tuple(_with_suffix((path, *others)))
    for tree in islice(path.parents, MAX_DEPTH):
        inside = path.relative_to(tree)
        twins = sorted(_twins(tree, inside))
        if twins:
            return tuple(
                LanguageFile(
                    twin / inside,
                    language or language_of_tree(twin.name),
                    f"{twin.name}/{inside.as_posix()}",
                    name=name,
                )
                for twin in (tree, *twins)
            )
    return (LanguageFile(path, language or _language_around(path), path.name, name=name),)


def _language_around(path: Path) -> str:
    named = (language_of_tree(tree.name) for tree in islice(path.parents, MAX_DEPTH))
    return next(filter(None, named), "")


def _named_by_language(path: Path) -> Iterator[Path]:
    for other in _neighbours(path.parent):
        language = language_of(other.stem) if other.suffix.lower() == ".md" else ""
        if language and other.name != path.name and other.is_file():
            yield other


def _with_other_suffix(path: Path, name: str) -> Iterator[Path]:
    for other in _neighbours(path.parent):
        is_text = other.suffix.lower() == ".md" and not other.name.startswith(".")
        if is_text and other.name != path.name and split_suffix(other.stem)[0] == name and other.is_file():
            yield other


def _with_suffix(files: Sequence[Path]) -> Iterator[LanguageFile]:
    tags = {file: split_suffix(file.stem) for file in files}
    beside = tuple(sorted({language for _, language in tags.values() if language}))
    for file, (name, suffix) in tags.items():
        language = suffix or _language_around(file)
        yield LanguageFile(file, language, file.name, name=name, beside=() if language else beside)


def _twins(tree: Path, inside: Path) -> Iterator[Path]:
    """Yield the folders beside `tree` that are called like it in another language and have the file, too."""
    for other in _neighbours(tree.parent):
        if are_named_alike(tree, other) and not other.is_symlink() and (other / inside).is_file():
            yield other


def _neighbours(folder: Path) -> list[Path]:
    try:
        with os.scandir(folder) as entries:
            return [folder / entry.name for entry in islice(entries, _MOST_NEIGHBOURS)]
    except OSError:
        return []
