"""What the window wants of whoever brings updates."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import SignalInstance

if TYPE_CHECKING:
    from kbviewer.model.updates import OldContent, UpdateView


class Updates(Protocol):
    """The talk about updates: what to show, and what each answer does.

    Attributes:
        view: all that is to be shown.
        pending: path of an update file that somebody has opened, "" for none.
        changed, stepped, noticed, brought, pack_named: signals, see `UpdateDesk`.
    """

    view: UpdateView
    pending: str
    changed: SignalInstance
    stepped: SignalInstance
    noticed: SignalInstance
    brought: SignalInstance
    pack_named: SignalInstance

    @property
    def is_busy(self) -> bool:
        """Whether something is under way."""

    def old_content(self) -> OldContent | None:
        """Return which libraries may be out of date, by what is kept here alone."""

    def glance(self) -> None:
        """See whether a source in a folder seems to have something newer."""

    def open(self) -> None:
        """Begin with the sources."""

    def left(self) -> None:
        """Nobody looks any more."""

    def check(self, key: str) -> None:
        """Look at a source that is known."""

    def look(self, address: str) -> None:
        """Look at the source at an address."""

    def trust(self) -> None:
        """Trust the source whose fingerprint has been compared."""

    def install(self, only: Collection[str] | None = None, *, accepts_stale: bool = False) -> None:
        """Install what is offered, or of it the packs that the reader has picked."""

    def cancel(self) -> None:
        """Give up what is under way."""

    def back(self) -> None:
        """Go back to the sources."""

    def forget(self, key: str) -> None:
        """Stop trusting a publisher."""
