"""Libraries that stand in memory, for windows whose test is about others, and for the page with all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from kbviewer.model.errors import PackError
from kbviewer.model.messages import Message, message
from kbviewer.model.shelf import LibraryKind, ShelfItem
from kbviewer.ui.library.update_port import Updates
from tests.support.updates import FakeUpdates

# Names are content: the same in every language of the program.
DAMAGED = ShelfItem(
    key="own:c3",
    kind=LibraryKind.OWN_PACK,
    title="C3",
    fault=PackError(message("“{file}” is damaged: {reason}.", file="c3.kbp", reason="")),
    is_read=False,
    paths=("/packs/files/c3.kbp",),
)
ITEMS = (
    ShelfItem(
        key="own:a1",
        kind=LibraryKind.OWN_PACK,
        title="A1",
        paths=("/packs/files/723376990b9648df1023762e7c9387cd2e029c0aa5fabb2199285.kbp",),
        articles=1200,
        languages=(("sv", 1200), ("en", 900)),
        day=date(2026, 11, 22),
        publisher="KB",
        version="2",
        size_bytes=12_600_000,
        previous="1",
    ),
    ShelfItem(
        key="folder:/b2",
        kind=LibraryKind.FOLDER,
        title="B2",
        paths=("/b2",),
        articles=1,
        languages=(("sv", 1),),
        problems=2,
    ),
    DAMAGED,
    ShelfItem(key="bundled", kind=LibraryKind.BUNDLED, title="D4", is_on=False, paths=("/d4",)),
)


class FakeLibraries(QObject):
    """Does what it is told in its list, and remembers it."""

    changed = Signal()
    choice_changed = Signal(str)
    said = Signal(object)
    undoable_said = Signal(object, object)
    failed = Signal(object)
    progressed = Signal(int, int)
    checked = Signal(str, object)
    copied = Signal(str, int, int)

    def __init__(self, items: Sequence[ShelfItem] = ITEMS) -> None:
        super().__init__()
        self.listed = list(items)
        self.work: Message | None = None
        self.updates: Updates | None = FakeUpdates()
        self.is_kept = True
        self.told: list[tuple[str, object]] = []

    def items(self) -> list[ShelfItem]:
        return list(self.listed)

    def item(self, key: str) -> ShelfItem | None:
        return next((item for item in self.listed if item.key == key), None)

    def look_at(self, path: Path, then: Callable[[ShelfItem], object]) -> None:
        if not path.is_file():
            self.failed.emit(PackError(message("There is no file {path}.", path=path)))
            return
        then(replace(ITEMS[0], key=f"file:{path}", kind=LibraryKind.PACK_FILE, paths=(str(path),)))

    def faults(self) -> int:
        return 0

    def has_closed(self) -> bool:
        return False

    def switch(self, key: str, *, on: bool) -> None:
        self._note("switch", (key, on))
        self.listed = [replace(item, is_on=on) if item.key == key else item for item in self.listed]
        self.changed.emit()

    def place_at(self, key: str, at: int) -> None:
        self._note("place", (key, at))
        moved = self.item(key)
        assert moved is not None
        self.listed.remove(moved)
        self.listed.insert(at, moved)
        self.changed.emit()

    def forget(self, key: str) -> None:
        self._note("forget", key)
        self.listed = [item for item in self.listed if item.key != key]
        self.changed.emit()

    def add_folder(self, folder: Path) -> None:
        self._note("folder", folder)

    def read_once(self, path: Path) -> None:
        self._note("read", path)

    def install(self, path: Path) -> None:
        self._note("install", path)

    def roll_back(self, key: str) -> None:
        self._note("roll back", key)

    def uninstall(self, key: str) -> None:
        self._note("uninstall", key)

    def cancel_copy(self, key: str) -> None:
        self._note("cancel copy", key)

    def check(self, key: str) -> None:
        self._note("check", key)

    def cancel(self) -> None:
        self._note("cancel", "")

    def begin(self, work: Message | None) -> None:
        """Have something under way, or nothing."""
        self.work = work
        self.changed.emit()

    def _note(self, deed: str, what: object) -> None:
        self.told.append((deed, what))
