"""Which libraries a reader has, and those of them that are open: packs, folders, and the bundled articles.

Of two packs with one id the first is used: the reader's before the computer's before the bundled articles.
That has nothing to do with the order that the reader chooses, which says whose article is shown when two
libraries have the same one.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from kbviewer.app.libraries import named_libraries, open_library
from kbviewer.app.paths import Profile, check_libraries
from kbviewer.app.shelf_places import (
    BETWEEN,
    BUNDLED,
    FILE,
    FOLDER,
    Place,
    file_key,
    folder_key,
    installed_places,
    key_of,
    missing,
    of_installed,
    policy_places,
)
from kbviewer.content.collection import LibraryCollection
from kbviewer.content.folder import FolderLibrary
from kbviewer.model.errors import KbError, PackError
from kbviewer.model.policy import Policy, Right
from kbviewer.model.shelf import LibraryKind, ShelfChoice

_log = logging.getLogger(__name__)


class Shelf:
    """Knows the reader's libraries and opens those that are on; what has been opened once is kept.

    Attributes:
        choice: what is on, and in which order.
        named: the libraries that were named; the reader's own are off then, and no choice is kept.
        places: all of them in the reader's order, as `open` has found them.
    """

    def __init__(
        self,
        bundled: Path,
        profile: Profile,
        choice: ShelfChoice | None = None,
        named: Sequence[FolderLibrary] = (),
        policy: Policy | None = None,
    ) -> None:
        self._bundled = bundled
        self._profile = profile
        self._policy = policy or Policy()
        self.choice = self._own = choice or ShelfChoice()
        self.named = {key_of(library): library for library in named}
        # By key, each with what it was opened from.
        self._opened: dict[str, tuple[object, FolderLibrary]] = {}
        self._retired: list[FolderLibrary] = []
        self.places: tuple[Place, ...] = ()
        if named:
            others = frozenset(place.key for place in self._find() if place.key not in self.named)
            order = (*self.named, *(key for key in self.choice.order if key not in self.named))
            self.choice = ShelfChoice(order, others)

    def naming(self, paths: Sequence[Path]) -> Shelf:
        """Return a shelf on which the libraries in `paths` are on and no others.

        Raises:
            UsageError: one of `paths` is neither a folder nor a pack.
            PackError: a pack cannot be read.
        """
        check_libraries(paths)
        named = list(named_libraries(paths, self._profile, self._policy))
        choice = self._own if self.named else self.choice
        return Shelf(self._bundled, self._profile, choice, named, self._policy)

    @property
    def is_kept(self) -> bool:
        """Whether the choice is the reader's own, and not that of one start."""
        return not self.named

    @property
    def lasting(self) -> ShelfChoice:
        """The choice without the packs that are read once."""
        lasting = self.choice
        for key in {*lasting.order, *lasting.off}:
            if key.startswith(FILE):
                lasting = lasting.without(key)
        return lasting

    def open(self) -> LibraryCollection:
        """Return the libraries that are on, in the reader's order; what cannot be opened says why."""
        found: dict[str, Place] = {}
        open_now: dict[str, FolderLibrary] = {}
        by_id: dict[str, str] = {}
        for place in self._find():
            pack_id = self._pack_id(place) if by_id else place.pack_id
            if pack_id in by_id:
                found[place.key] = replace(place, hidden_by=by_id[pack_id])
                continue
            if place.fault is None and self.choice.is_on(place.key):
                try:
                    open_now[place.key] = self._library(place)
                except KbError as error:
                    # What cannot be opened hides nothing: the machine may have it whole.
                    place = replace(place, fault=error)
            if place.fault is not None:
                _log.error("%s", place.fault)
            elif pack_id:
                by_id[pack_id] = place.key
            found[place.key] = place
        for key in [key for key in self._opened if key not in found]:
            self._retired.append(self._opened.pop(key)[1])
        self.places = tuple(found[key] for key in self.choice.arranged(found))
        return LibraryCollection([open_now[place.key] for place in self.places if place.key in open_now])

    def close_retired(self) -> None:
        """Close packs that another version or nothing has taken the place of, once nobody reads in them."""
        retired, self._retired = self._retired, []
        for library in retired:
            library.close()

    def place(self, key: str) -> Place | None:
        """Return where a library lies, None when there is none with that key."""
        return next((place for place in self.places if place.key == key), None)

    def opened(self, key: str) -> FolderLibrary | None:
        """Return a library that is open or has been, None when it has not been opened yet."""
        kept = self._opened.get(key)
        return kept[1] if kept is not None else None

    def add_folder(self, folder: Path) -> str:
        """Put a folder first and have it on; return its key. It joins the tree that it is a language of.

        Raises:
            UsageError: there is no such folder.
        """
        check_libraries([folder])
        from kbviewer.content.same_tree import trees_of

        folder = Path(os.path.abspath(folder))  # noqa: PTH100 - lexical; links stay as they were named
        if folder == self._bundled:
            return self._on_first(BUNDLED)
        for place in self.places:
            if place.kind is not LibraryKind.FOLDER or place.fault is not None:
                continue
            if folder in place.paths:
                return self._on_first(place.key)
            (tree, *others) = trees_of([*place.paths, folder])
            if not others:
                joined = self._on_first(folder_key(*tree.folders))
                self.choice = self.choice.without(place.key)
                return joined
        return self._on_first(folder_key(folder))

    def add_file(self, path: Path) -> str:
        """Put a pack that is not installed first and have it on until the window closes; return its key.

        Raises:
            PackError: it cannot be read.
        """
        library = open_library(path, self._profile, self._policy)
        key = file_key(path)
        self._opened[key] = (None, library)
        return self._on_first(key)

    def _on_first(self, key: str) -> str:
        keys = [place.key for place in self.places]
        self.choice = self.choice.placed(keys, key, 0).switched(key, on=True)
        return key

    def _find(self) -> Iterator[Place]:
        """Yield the libraries in the order in which one with the same id hides another."""
        for key, library in self.named.items():
            kind = LibraryKind.PACK_FILE if key.startswith(FILE) else LibraryKind.FOLDER
            yield Place(key, kind, library.paths)
        of_policy = list(policy_places(self._policy))
        yield from of_policy
        if all(place.fault is not None for place in of_policy):
            yield from installed_places(self._profile, self._policy)
            yield Place(BUNDLED, LibraryKind.BUNDLED, (self._bundled,))
        for key in (*self.choice.order, *sorted(self.choice.off.difference(self.choice.order))):
            if key in self.named or key in {place.key for place in of_policy}:
                continue
            if key.startswith(FOLDER) and self._policy.allows(Right.OPEN_FILE):
                paths = tuple(map(Path, key.removeprefix(FOLDER).split(BETWEEN)))
                yield Place(key, LibraryKind.FOLDER, paths, fault=missing(paths))
            elif key in self._opened and key.startswith(FILE):
                yield Place(key, LibraryKind.PACK_FILE, self._opened[key][1].paths)

    def _pack_id(self, place: Place) -> str:
        # pack.toml of the bundled articles is read only when there is something to compare it with.
        if place.kind is not LibraryKind.BUNDLED:
            return place.pack_id
        return self._library(place).pack.id

    def _library(self, place: Place) -> FolderLibrary:
        """Return the library, as it was opened before unless another version has come since."""
        if place.key in self.named:
            self._opened[place.key] = (None, self.named[place.key])
            return self.named[place.key]
        version = place.state.current if place.state is not None else None
        kept = self._opened.get(place.key)
        if kept is not None and kept[0] == version:
            return kept[1]
        library = self._make(place)
        if kept is not None:
            self._retired.append(kept[1])
        self._opened[place.key] = (version, library)
        return library

    def _make(self, place: Place) -> FolderLibrary:
        if place.state is not None:
            # A start without packs does not pay for what reads them.
            from kbviewer.content.packs.library import PackLibrary

            try:
                return PackLibrary.open_installed(place.paths[0], place.state.current, self._profile.cache)
            except PackError as error:
                raise of_installed(error, place.pack_id) from error
        if place.kind is LibraryKind.FOLDER and len(place.paths) > 1:
            (library,) = named_libraries(place.paths, self._profile, self._policy)
            return library
        return open_library(place.paths[0], self._profile, self._policy)
