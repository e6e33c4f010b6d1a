"""Which libraries a reader has, and those of them that are open: packs, folders, and the bundled articles.

Of two packs with one id the first is used: the reader's before the computer's before the bundled articles.
That has nothing to do with the order that the reader chooses, which says whose article is shown when two
libraries have the same one.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Container, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from kbviewer.app.libraries import named_libraries, open_library, pack_folders
from kbviewer.app.paths import Profile, check_libraries
from kbviewer.app.shares import Shares
from kbviewer.app.shelf_places import (
    BUNDLED,
    FILE,
    FOLDER,
    Place,
    file_key,
    folder_key,
    installed_places,
    kept_place,
    named_places,
    of_installed,
    own_folders,
    policy_places,
    share_fault,
)
from kbviewer.content.collection import LibraryCollection
from kbviewer.content.folder import FolderLibrary
from kbviewer.model.errors import KbError, PackError, ShareError
from kbviewer.model.policy import Policy, Right
from kbviewer.model.shelf import LibraryKind, ShelfChoice

if TYPE_CHECKING:
    from kbviewer.content.shares.local_copy import LocalCopy

_log = logging.getLogger(__name__)


class Shelf:
    """Knows the reader's libraries and opens those that are on; what has been opened once is kept.

    Attributes:
        choice: what is on, and in which order.
        named: the libraries that were named; the reader's own are off then, and no choice is kept.
        places: all of them in the reader's order, as `open` has found them.
        must_wait: what was named, or what the policy names, has to come from shares first: nothing of it
            can be opened so far.
    """

    def __init__(
        self,
        bundled: Path,
        profile: Profile,
        choice: ShelfChoice | None = None,
        named: Sequence[Path] = (),
        policy: Policy | None = None,
        shares: Shares | None = None,
    ) -> None:
        self._bundled = bundled
        self._profile = profile
        self._policy = policy or Policy()
        self._machine = pack_folders(profile, self._policy)[1]
        self._shares = shares or Shares(profile, machine=self._machine)
        self.choice = self._own = choice or ShelfChoice()
        self.named = tuple(named)
        # By key, each with what it was opened from.
        self._opened: dict[str, tuple[object, FolderLibrary]] = {}
        self._retired: list[FolderLibrary] = []
        self._first: frozenset[str] = frozenset()
        self._opens_installed = False
        self.places: tuple[Place, ...] = ()
        self.must_wait = False
        if named:
            keys = [place.key for place in named_places(named, self._shares)]
            others = frozenset(place.key for place in self._find() if place.key not in keys)
            order = (*keys, *(key for key in self.choice.order if key not in keys))
            self.choice = ShelfChoice(order, others)

    def naming(self, paths: Sequence[Path]) -> Shelf:
        """Return a shelf on which the libraries in `paths` are on and no others.

        Raises:
            UsageError: one of `paths` is neither a folder nor a pack.
            PackError: a pack cannot be read.
        """
        choice = self._own if self.named else self.choice
        shelf = Shelf(self._bundled, self._profile, choice, paths, self._policy, self._shares)
        shelf.check_named()
        return shelf

    def check_named(self) -> None:
        """Make sure that what was named can be opened, but for what has to come from a share first.

        Raises:
            UsageError: one of them is neither a folder nor a pack.
            PackError: a pack cannot be read.
        """
        for place in named_places(self.named, self._shares):
            if isinstance(place.fault, ShareError):
                continue
            if place.fault is not None:
                raise place.fault
            self._library(place)

    def copies(self) -> list[LocalCopy]:
        """Return the copies of what is on and lies on a share."""
        paths: dict[Path, None] = {}
        if self._opens_installed and not self.named:
            paths[self._machine] = None
        for place in self.places:
            if self.choice.is_on(place.key):
                if place.kind is LibraryKind.MACHINE_PACK:
                    paths[self._machine] = None
                elif place.kind in (LibraryKind.FOLDER, LibraryKind.PACK_FILE):
                    paths.update(dict.fromkeys(place.paths))
        return self._shares.copies(tuple(paths)) if paths else []

    def known_paths(self) -> frozenset[Path]:
        """Return all that stands in any list, on or off: the reader's, the policy's, what was named."""
        listed = [path for place in self.places for path in place.paths]
        folders = (*own_folders(self._own), *own_folders(self.choice))
        return frozenset(
            (*listed, *folders, *map(Path, self._policy.library_dirs), *self.named, self._machine)
        )

    def awaited(self) -> list[LocalCopy]:
        """Return those of them that have not been made yet."""
        return [copy for copy in self.copies() if not copy.is_there]

    def origin(self, root: Path) -> Path:
        """Return what lies at `root` on a share, `root` itself when it is no copy."""
        copied = tuple(copy.origin for copy in self.copies())
        return self._shares.origin(root, copied) if copied else root

    def renew_faults(self) -> None:
        """Let those that have to come from a share say anew why they have not come."""
        self.places = tuple(
            replace(place, fault=share_fault(place.paths, self._shares) or place.fault)
            if isinstance(place.fault, ShareError)
            else place
            for place in self.places
        )

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
                # What has not come from its share yet is no fault of it; who asks the share logs.
                if not isinstance(place.fault, ShareError):
                    _log.error("%s", place.fault)
            elif pack_id:
                by_id[pack_id] = place.key
            found[place.key] = place
        for key in [key for key in self._opened if key not in found]:
            self._retired.append(self._opened.pop(key)[1])
        self.places = tuple(found[key] for key in self.choice.arranged(found))
        self.must_wait = self._lacks_first(open_now) and bool(self.awaited())
        return LibraryCollection([open_now[place.key] for place in self.places if place.key in open_now])

    def close_retired(self) -> None:
        """Close packs that another version or nothing has taken the place of, once nobody reads in them."""
        retired, self._retired = self._retired, []
        for library in retired:
            library.close()

    def place(self, key: str) -> Place | None:
        """Return where a library lies, None when there is none with that key."""
        return next((place for place in self.places if place.key == key), None)

    def days_of_packs(self, language: str) -> list[tuple[str, str, date]]:
        """Return key, title and day of content of the reader's own packs that are open and say one."""
        own = [place.key for place in self.places if place.kind is LibraryKind.OWN_PACK]
        found = ((key, self.opened(key)) for key in own if self.choice.is_on(key))
        packs = [(key, library.pack) for key, library in found if library is not None]
        return [(key, pack.title(language), pack.day) for key, pack in packs if pack.day is not None]

    def opened(self, key: str) -> FolderLibrary | None:
        """Return a library that is open or has been, None when it has not been opened yet."""
        kept = self._opened.get(key)
        return kept[1] if kept is not None else None

    def add_folder(self, folder: Path) -> str:
        """Put a folder first and have it on; return its key. It joins the tree that it is a language of.

        Raises:
            UsageError: there is no such folder.
        """
        from kbviewer.content.same_tree import trees_of

        folder = Path(os.path.abspath(folder))  # noqa: PTH100 - lexical; links stay as they were named
        if self._shares.fault(folder) is not None:
            # Whether there is such a folder shows when its share answers.
            return self._on_first(folder_key(folder))
        read_at = self._shares.place(folder)
        check_libraries([read_at])
        if folder == self._bundled:
            return self._on_first(BUNDLED)
        for place in self.places:
            if place.kind is not LibraryKind.FOLDER or place.fault is not None:
                continue
            if folder in place.paths:
                return self._on_first(place.key)
            origins = dict(zip((*place.read_at, read_at), (*place.paths, folder), strict=True))
            (tree, *others) = trees_of(list(origins))
            if not others:
                joined = self._on_first(folder_key(*(origins[part] for part in tree.folders)))
                self.choice = self.choice.without(place.key)
                return joined
        return self._on_first(folder_key(folder))

    def copy_of(self, path: Path) -> LocalCopy | None:
        """Return the copy of what lies on a share, None for what lies on this computer."""
        copies = self._shares.copies((path,))
        return copies[0] if copies else None

    def add_file(self, path: Path, place: Path | None = None) -> str:
        """Put a pack that is not installed first and have it on until the window closes; return its key.

        Args:
            place: where it is read, when it lies on a share.

        Raises:
            PackError: it cannot be read.
        """
        library = open_library(place or path, self._profile, self._policy)
        key = file_key(path)
        self._opened[key] = ((place,) if place is not None else None, library)
        return self._on_first(key)

    def _on_first(self, key: str) -> str:
        keys = [place.key for place in self.places]
        self.choice = self.choice.placed(keys, key, 0).switched(key, on=True)
        return key

    def _find(self) -> Iterator[Place]:
        """Yield the libraries in the order in which one with the same id hides another."""
        named = list(named_places(self.named, self._shares)) if self.named else []
        yield from named
        of_policy = list(policy_places(self._policy, self._shares))
        yield from of_policy
        self._opens_installed = all(place.fault is not None for place in of_policy)
        if self._opens_installed:
            yield from installed_places(self._profile, self._policy, self._shares)
            yield Place(BUNDLED, LibraryKind.BUNDLED, (self._bundled,))
        self._first = frozenset(place.key for place in named or of_policy)
        known = {place.key for place in (*named, *of_policy)}
        for key in (*self.choice.order, *sorted(self.choice.off.difference(self.choice.order))):
            if key in known:
                continue
            if key.startswith(FOLDER) and self._policy.allows(Right.OPEN_FILE):
                yield kept_place(key, self._shares)
            elif key in self._opened and key.startswith(FILE):
                version, library = self._opened[key]
                origin = (Path(key.removeprefix(FILE)),)
                yield Place(key, LibraryKind.PACK_FILE, origin, copies=library.paths if version else ())

    def _lacks_first(self, open_now: Container[str]) -> bool:
        """Return whether something is to be opened rather than all else, and nothing of it can be."""
        return bool(self._first) and not any(key in open_now for key in self._first)

    def _pack_id(self, place: Place) -> str:
        # pack.toml of the bundled articles is read only when there is something to compare it with.
        if place.kind is not LibraryKind.BUNDLED:
            return place.pack_id
        return self._library(place).pack.id

    def _library(self, place: Place) -> FolderLibrary:
        """Return the library, as it was opened before unless another version has come since."""
        # A new state of a pack on a share has a copy of its own.
        version = place.state.current if place.state is not None else (place.copies or None)
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
                return PackLibrary.open_installed(place.read_at[0], place.state.current, self._profile.cache)
            except PackError as error:
                raise of_installed(error, place.pack_id) from error
        if place.kind is LibraryKind.FOLDER and len(place.paths) > 1:
            (library,) = named_libraries(place.read_at, self._profile, self._policy)
            return library
        return open_library(place.read_at[0], self._profile, self._policy)
