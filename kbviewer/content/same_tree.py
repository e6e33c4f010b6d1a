"""Which folders hold the same tree in several languages, as `docs` and `docs.sv-se`, or `en` and `sv-SE`."""

from __future__ import annotations

import os
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from kbviewer.content.folder_scan import article_paths
from kbviewer.content.language_tags import language_of_tree

_LOOKED_AT = 60
_SHARE = 0.5


class Tree(NamedTuple):
    """A library to open: a folder, and the folders in it that alone belong to it; without any, all of it."""

    root: Path
    parts: tuple[str, ...] = ()

    @property
    def folders(self) -> tuple[Path, ...]:
        """The folders that were named."""
        return tuple(self.root / part for part in self.parts) or (self.root,)


def trees_of(folders: Sequence[Path]) -> tuple[Tree, ...]:
    """Return the libraries that `folders` make: those that are one tree in several languages become one.

    Folders are one tree when their names differ in nothing but the language and at least half of the
    articles of the smaller one have the same paths in the other. Names alone are compared first, so that
    folders that have nothing to do with each other cost nothing.
    """
    groups: list[list[Path]] = []
    for folder in dict.fromkeys(Path(os.path.abspath(folder)) for folder in folders):  # noqa: PTH100 - lexical
        for group in groups:
            if all(are_named_alike(folder, other) for other in group) and _share_paths(folder, group[0]):
                group.append(folder)
                break
        else:
            groups.append([folder])
    trees: list[Tree] = []
    for group in groups:
        root = Path(os.path.commonpath(group))
        # A library is known by its folder; a second one there stays apart.
        taken = {tree.root for tree in trees} | {folder for other in groups for folder in other}
        if len(group) > 1 and root not in taken:
            trees.append(Tree(root, tuple(folder.relative_to(root).as_posix() for folder in group)))
        else:
            trees += [Tree(folder) for folder in group]
    return tuple(trees)


def are_named_alike(one: Path, other: Path) -> bool:
    """Return whether the names of two folders are those of one tree in two languages."""
    first, second = language_of_tree(one.name), language_of_tree(other.name)
    if one.anchor != other.anchor or first == second or one in other.parents or other in one.parents:
        return False
    return _stem(one.name, first) == _stem(other.name, second)


def _stem(name: str, language: str) -> str:
    """Return the name of a tree without its language."""
    return name.rpartition(".")[0].casefold() if language else name.casefold()


def _share_paths(one: Path, other: Path) -> bool:
    """Return whether enough of the first articles of a folder are in the other, at the same paths."""
    for folder, counterpart in ((one, other), (other, one)):
        sample = list(islice(article_paths(folder), _LOOKED_AT))
        found = sum((counterpart / path).is_file() for path in sample)
        if sample and found >= _SHARE * len(sample):
            return True
    return False
