"""What is done with libraries in the window: on, off, order, installing, removing, going back, checking."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from kbviewer.app.gui.background import Background, Job
from kbviewer.app.policy_gate import check_may_change_packs, check_may_install, check_may_open
from kbviewer.app.shares import fetch
from kbviewer.app.shelf import Shelf
from kbviewer.app.shelf_places import file_key, own_key
from kbviewer.model.errors import CopyingError, KbError, PolicyError, ShareError, UpdateFileError
from kbviewer.model.library import Problem
from kbviewer.model.messages import N_, Message, message
from kbviewer.model.policy import Policy, Right
from kbviewer.model.shelf import LibraryKind, ShelfChoice, ShelfItem

if TYPE_CHECKING:
    from kbviewer.app.gui.update_desk import UpdateDesk
    from kbviewer.app.library_jobs import Installed
    from kbviewer.app.shelf_items import ShelfItems

Then = Callable[[Any], object]
_PATIENCE_S = 3.0


class LibraryDesk(QObject):
    """Changes the shelf and has the window follow. One thing at a time is done beside the window.

    Signals:
        changed(): the list is another one, or what is under way.
        reopened(): other libraries are on; whoever shows articles opens them anew.
        choice_changed(text): to be kept.
        said(message): a short note for the reader.
        undoable_said(message, undo): the same, with a way to take it back.
        failed(error): something could not be done; all is as it was.
        progressed(done, total): of what is under way.
        checked(title, problems): what a check has found.
        copied(key, done, total): how many kilobytes of a library's first copy from a share have been made.
        broke(error): an error of the program itself.
    """

    changed = Signal()
    reopened = Signal()
    choice_changed = Signal(str)
    said = Signal(object)
    undoable_said = Signal(object, object)
    failed = Signal(object)
    progressed = Signal(int, int)
    checked = Signal(str, object)
    copied = Signal(str, int, int)
    broke = Signal(object)

    def __init__(
        self, shelf: Shelf, packs: Path, language: Callable[[], str], policy: Policy, parent: QObject
    ) -> None:
        """Args:
        packs: the folder of the packs that the reader has installed.
        policy: says what of this is allowed; what is not is not done, whoever asks.
        """
        super().__init__(parent)
        self.shelf = shelf
        self._packs = packs
        self._language = language
        self._policy = policy
        self._described: ShelfItems | None = None
        self._copied: dict[str, tuple[int, int]] = {}
        self._background = Background(self)
        self._then: Then = lambda _result: None
        self._otherwise: Callable[[KbError], None] = self.failed.emit
        # Who brings newer packs; None where nobody does.
        self.updates: UpdateDesk | None = None
        # Key of the folder that was added last, until somebody has told how that went.
        self.added = ""
        # What is under way, None when nothing is.
        self.work: Message | None = None
        self._background.progressed.connect(self.progressed)
        self._background.done.connect(self._take_done)
        self._background.stopped.connect(self._rest)
        self._background.failed.connect(self._take_failure)
        self._background.broke.connect(self._take_break)

    @property
    def is_kept(self) -> bool:
        """Whether the choice is the reader's own, and not that of one start."""
        return self.shelf.is_kept

    @property
    def language(self) -> str:
        """What the window speaks."""
        return self._language()

    def items(self) -> list[ShelfItem]:
        """Return the libraries in the reader's order."""
        if self._described is None:
            from kbviewer.app.shelf_items import ShelfItems

            self._described = ShelfItems()
        items = self._described.describe(self.shelf, self._language())
        items = [replace(each, copied=self._copied.get(each.key, (0, 0))) for each in items]
        return self.updates.with_ages(items) if self.updates is not None else items

    def item(self, key: str) -> ShelfItem | None:
        """Return one of them."""
        return next((item for item in self.items() if item.key == key), None)

    def look_at(self, path: Path, then: Callable[[ShelfItem], object]) -> None:
        """Hand on what a pack says of itself; one on a share is brought beside the window first.

        A file of updates is looked at instead, whatever it is called.
        """

        def look(place: Path) -> None:
            from kbviewer.app.shelf_items import item_of_file

            try:
                item = item_of_file(place, self._language(), self.shelf.places)
            except KbError as error:
                self._take_refused(path, error)
                return
            then(replace(item, key=file_key(path), paths=(str(path),)))

        try:
            check_may_open(self._policy, path)
        except PolicyError as error:
            self.failed.emit(error)
            return
        self._bring(path, look)

    def _bring(self, path: Path, then: Callable[[Path], object]) -> None:
        """Hand on where a pack can be read: at once, or when it has come from its share."""
        copy = self.shelf.copy_of(path)
        if copy is None:
            then(path)
            return
        work = message(N_("Bringing “{name}” from its share …"), name=path.name)
        self.begin(work, partial(fetch, [copy]), lambda _none: then(copy.place))

    def faults(self) -> int:
        """Return how many libraries are on and cannot be opened; what comes from a share says so itself."""
        is_on = self.shelf.choice.is_on
        faults = [place.fault for place in self.shelf.places if is_on(place.key)]
        return sum(1 for fault in faults if fault is not None and not isinstance(fault, ShareError))

    def switch(self, key: str, *, on: bool) -> None:
        """Use a library or not."""
        self._choose(self.shelf.choice.switched(key, on=on))

    def take_copied(self, origin: Path, done: int, total: int) -> None:
        """Tell how far the first copy of what lies on a share is."""
        for place in self.shelf.places:
            if origin in place.paths and isinstance(place.fault, CopyingError):
                self._copied[place.key] = (done, total)
                self.copied.emit(place.key, done, total)

    def cancel_copy(self, key: str) -> None:
        """Copy a library no further; it is off then, and what has been copied stays for later."""
        item = self.item(key)
        if item is None or not item.is_copying:
            return
        self.switch(key, on=False)
        said = N_("“{title}” is copied no further, and is off until you switch it on.")
        self.undoable_said.emit(message(said, title=item.title), partial(self.switch, key, on=True))

    def place_at(self, key: str, at: int) -> None:
        """Put a library at a place in the order."""
        keys = [place.key for place in self.shelf.places]
        if key in keys:
            self._choose(self.shelf.choice.placed(keys, key, at))

    def forget(self, key: str) -> None:
        """Take a folder off the list; its files stay where they are."""
        item, before = self.item(key), self.shelf.choice
        if item is None:
            return
        self._choose(before.without(key))
        self.undoable_said.emit(
            message(N_("“{title}” is off the list; its files stay where they are."), title=item.title),
            partial(self._bring_back, self.shelf, key, before),
        )

    def _bring_back(self, shelf: Shelf, key: str, before: ShelfChoice) -> None:
        # Another start may have named other libraries since; its list knows nothing of this one.
        if shelf is self.shelf:
            self._choose(shelf.choice.with_back(key, before))

    def add_folder(self, folder: Path) -> None:
        """Read a folder beside what is open."""
        try:
            check_may_open(self._policy, folder)
            self.added = self.shelf.add_folder(folder)
        except KbError as error:
            self.failed.emit(error)
            return
        self._follow()

    def read_once(self, path: Path) -> None:
        """Read a pack without installing it, until the window is closed."""
        self._bring(path, partial(self._read_at, path))

    def _read_at(self, path: Path, place: Path) -> None:
        try:
            check_may_open(self._policy, path)
            self.shelf.add_file(path, place if place != path else None)
        except KbError as error:
            self.failed.emit(error)
            return
        self._follow()

    def install(self, path: Path) -> None:
        """Install a pack and read it, beside the window."""
        try:
            check_may_change_packs(self._policy)
            check_may_install(self._policy, path)
        except PolicyError as error:
            self.failed.emit(error)
            return
        self._bring(path, partial(self._install_from, path))

    def _install_from(self, path: Path, place: Path) -> None:
        from kbviewer.app.library_jobs import install_pack

        work = message(N_("Installing “{name}” …"), name=path.name)
        job, then = partial(install_pack, self._packs, place), partial(self._take_installed, path)
        self.begin(work, job, then, partial(self._take_refused, path))

    def roll_back(self, key: str) -> None:
        """Go back to the version before, which is verified beside the window."""
        place = self.shelf.place(key)
        if place is None or place.kind is not LibraryKind.OWN_PACK or not self._may_change:
            return
        from kbviewer.app.library_jobs import roll_back_pack

        item = self.item(key)
        work = message(N_("Changing the version of “{title}” …"), title=item.title if item else place.pack_id)
        self.begin(work, partial(roll_back_pack, self._packs, place.pack_id), self._take_rolled_back)

    def uninstall(self, key: str) -> None:
        """Remove a pack that the reader has installed; what he has written stays."""
        place, item = self.shelf.place(key), self.item(key)
        if place is None or item is None or place.kind is not LibraryKind.OWN_PACK or not self._may_change:
            return
        if self._remove(place.pack_id):
            self.said.emit(message(N_("“{title}” is removed from this computer."), title=item.title))

    def check(self, key: str) -> None:
        """Look for what is wrong in a library, beside the window."""
        place, item = self.shelf.place(key), self.item(key)
        if place is None or item is None:
            return
        from kbviewer.app.library_jobs import check_library

        work = message(N_("Checking “{title}” …"), title=item.title)
        library = self.shelf.opened(key)
        job = partial(check_library, place, library)
        self.begin(work, job, partial(self._take_checked, item.title))

    def cancel(self) -> None:
        """Give up what is under way; nothing has been changed then."""
        self._background.stop()

    def close(self) -> None:
        """End what is under way; a server or share that does not answer is not waited for long."""
        self._background.close(_PATIENCE_S)

    def has_closed(self) -> bool:
        """Return whether any library is off, or cannot be opened."""
        return any(
            place.fault is not None or not self.shelf.choice.is_on(place.key) for place in self.shelf.places
        )

    def use(self, shelf: Shelf) -> None:
        """Work with other libraries, which somebody has named."""
        self.shelf = shelf
        self.changed.emit()

    @property
    def _may_change(self) -> bool:
        return self._policy.allows(Right.CHANGE_PACKS)

    def _choose(self, choice: ShelfChoice) -> None:
        self.shelf.choice = choice
        self._follow()

    def _follow(self) -> None:
        if self.is_kept:
            self.choice_changed.emit(self.shelf.lasting.format())
        self.reopened.emit()
        self.changed.emit()

    def begin(
        self, work: Message, job: Job, then: Then, otherwise: Callable[[KbError], None] | None = None
    ) -> None:
        """Do something beside the window, when nothing else is under way.

        Args:
            then: takes the result.
            otherwise: takes what went wrong; by default it is told as `failed`.
        """
        if self.work is not None:
            self.said.emit(message(N_("One thing at a time: wait for what is under way, or cancel it.")))
            return
        self.work, self._then, self._otherwise = work, then, otherwise or self.failed.emit
        self.changed.emit()
        self._background.run(job)

    def _rest(self) -> None:
        self.work = None
        self.changed.emit()

    def _take_done(self, result: Any) -> None:
        self._rest()
        self._then(result)

    def _take_failure(self, error: KbError) -> None:
        self._rest()
        self._otherwise(error)

    def _take_break(self, error: Exception) -> None:
        self._rest()
        self.broke.emit(error)

    def _take_installed(self, path: Path, result: Installed) -> None:
        key = own_key(result.pack_id)
        self.shelf.choice = self.shelf.choice.without(file_key(path)).switched(key, on=True)
        self._follow()
        item = self.item(key)
        title = item.title if item is not None else result.pack_id
        if result.is_same:
            self.said.emit(message(N_("“{title}” was installed already, in this very version."), title=title))
        elif result.is_update:
            self._say_changed(result.pack_id, item, partial(self.roll_back, key))
        else:
            text = message(N_("“{title}” is installed and opens by itself."), title=title)
            self.undoable_said.emit(text, partial(self._remove, result.pack_id))

    def _take_refused(self, path: Path, error: KbError) -> None:
        """Tell why a pack is not read; a file of updates is looked at instead, where that is allowed."""
        updates = self.updates if self._policy.allows(Right.CHANGE_PACKS) else None
        if updates is not None and isinstance(error, UpdateFileError):
            updates.bring(str(path.absolute()))
        else:
            self.failed.emit(error)

    def take_updated(self, pack_ids: Sequence[str], new: Collection[str]) -> Callable[[], None]:
        """Open what an update has installed; return what tells the reader of it.

        Args:
            new: those of `pack_ids` that were not installed before.
        """
        for pack_id in new:
            self.shelf.choice = self.shelf.choice.switched(own_key(pack_id), on=True)
        self._follow()
        return partial(self._say_updated, tuple(pack_ids), frozenset(new))

    def _say_updated(self, pack_ids: Sequence[str], new: Collection[str]) -> None:
        if len(pack_ids) > 1:
            self.said.emit(message(N_("Packs that now have other content: {count}."), count=len(pack_ids)))
            return
        for pack_id in pack_ids:
            key = own_key(pack_id)
            item = self.item(key)
            if pack_id in new:
                title = item.title if item is not None else pack_id
                text = message(N_("“{title}” is installed and opens by itself."), title=title)
                self.undoable_said.emit(text, partial(self._remove, pack_id))
            else:
                self._say_changed(pack_id, item, partial(self.roll_back, key))

    def _take_rolled_back(self, pack_id: str) -> None:
        self._follow()
        key = own_key(pack_id)
        self._say_changed(pack_id, self.item(key), partial(self.roll_back, key))

    def _say_changed(self, pack_id: str, item: ShelfItem | None, undo: Callable[[], object]) -> None:
        from kbviewer.app.shelf_items import what_is_there_now

        self.undoable_said.emit(what_is_there_now(pack_id, item, self._language()), undo)

    def _remove(self, pack_id: str) -> bool:
        from kbviewer.content.packs.installed import InstalledPacks

        try:
            InstalledPacks(self._packs).remove(pack_id)
        except KbError as error:
            self.failed.emit(error)
            return False
        self.shelf.choice = self.shelf.choice.without(own_key(pack_id))
        self._follow()
        return True

    def _take_checked(self, title: str, problems: Sequence[Problem]) -> None:
        self.checked.emit(title, problems)
