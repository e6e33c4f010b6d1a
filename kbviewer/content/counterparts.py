"""The other languages of one file that was opened without its library, found by names alone."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from kbviewer.content.folder_scan import MAX_DEPTH, language_of, language_of_tree
from kbviewer.content.same_tree import are_named_alike

_MOST_NEIGHBOURS = 2_000


class LanguageFile(NamedTuple):
    """A file of an article.

    Attributes:
        path: where it lies.
        language: what its name or that of its tree tells, "" when neither does.
        source: its path from the folder that all files of the article are in.
        named_by_language: whether the file is called after its language (`kb307294/sv.md`).
    """

    path: Path
    language: str
    source: str
    named_by_language: bool = False


def files_in_all_languages(path: Path) -> tuple[LanguageFile, ...]:
    """Return the file at `path` and the same article's in other languages: `path` first, nothing is opened.

    `kb307294/sv.md` goes with `kb307294/en.md`, `docs.sv-se/help/x.md` with `docs/help/x.md`, `en/x.md` with
    `sv-SE/x.md`.
    """
    language = language_of(path.stem)
    if language:
        others = sorted(_named_by_language(path))
        files = [LanguageFile(other, language_of(other.stem), other.name, True) for other in others]
        return (LanguageFile(path, language, path.name, True), *files)
    for tree in islice(path.parents, MAX_DEPTH):
        inside = path.relative_to(tree)
        twins = sorted(_twins(tree, inside))
        if twins:
            return tuple(
                LanguageFile(twin / inside, language_of_tree(twin.name), f"{twin.name}/{inside.as_posix()}")
                for twin in (tree, *twins)
            )
    named = (language_of_tree(tree.name) for tree in islice(path.parents, MAX_DEPTH))
    return (LanguageFile(path, next(filter(None, named), ""), path.name),)


def _named_by_language(path: Path) -> Iterator[Path]:
    for other in _neighbours(path.parent):
        language = language_of(other.stem) if other.suffix.lower() == ".md" else ""
        if language and other.name != path.name and other.is_file():
            yield other


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
