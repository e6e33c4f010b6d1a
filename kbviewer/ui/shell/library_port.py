"""What the window wants of whoever keeps the libraries."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import SignalInstance

if TYPE_CHECKING:
    from kbviewer.model.messages import Message
    from kbviewer.model.shelf import ShelfItem
    from kbviewer.ui.library.update_port import Updates


class Libraries(Protocol):
    """The reader's libraries: what there is, and what can be done with them.

    Attributes:
        work: what is under way, None when nothing is.
        changed, choice_changed, said, undoable_said, failed, progressed, checked, copied: signals, see
            `LibraryDesk`.
    """

    work: Message | None
    changed: SignalInstance
    choice_changed: SignalInstance
    said: SignalInstance
    undoable_said: SignalInstance
    failed: SignalInstance
    progressed: SignalInstance
    checked: SignalInstance
    copied: SignalInstance

    @property
    def updates(self) -> Updates | None:
        """Who brings newer packs; None where nobody does."""

    @property
    def is_kept(self) -> bool:
        """Whether the choice is the reader's own, and not that of one start."""

    def items(self) -> list[ShelfItem]:
        """Return the libraries in the reader's order."""

    def item(self, key: str) -> ShelfItem | None:
        """Return one of them."""

    def look_at(self, path: Path, then: Callable[[ShelfItem], object]) -> None:
        """Hand on what a pack says of itself, at once or when it has come from its share."""

    def faults(self) -> int:
        """Return how many libraries are on and cannot be opened."""

    def has_closed(self) -> bool:
        """Return whether any library is off, or cannot be opened."""

    def switch(self, key: str, *, on: bool) -> None:
        """Use a library or not."""

    def place_at(self, key: str, at: int) -> None:
        """Put a library at a place in the order."""

    def forget(self, key: str) -> None:
        """Take a folder off the list."""

    def add_folder(self, folder: Path) -> None:
        """Read a folder beside what is open."""

    def read_once(self, path: Path) -> None:
        """Read a pack until the window is closed."""

    def install(self, path: Path) -> None:
        """Install a pack."""

    def roll_back(self, key: str) -> None:
        """Go back to the version before."""

    def uninstall(self, key: str) -> None:
        """Remove a pack."""

    def cancel_copy(self, key: str) -> None:
        """Copy a library on a share no further."""

    def check(self, key: str) -> None:
        """Look for what is wrong in a library."""

    def cancel(self) -> None:
        """Give up what is under way."""
