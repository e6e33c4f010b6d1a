"""A talk about updates that stands in memory."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QObject, Signal

from kbviewer.model.messages import message
from kbviewer.model.updates import (
    KnownSource,
    Offered,
    OldContent,
    Omission,
    PackChange,
    PackLabel,
    PackResult,
    TrustQuestion,
    UpdateStage,
    UpdateView,
)

# Names are content: the same in every language of the program.
SOURCES = UpdateView(
    sources=(
        KnownSource(
            key="0123456789abcdef",
            publisher="KB",
            addresses=("https://updates.example/kb", "/media/stick/kb"),
            day=date(2026, 11, 20),
            checked=date(2026, 11, 22),
        ),
        KnownSource(key="/given", addresses=("/given",), is_given=True),
    )
)
TRUST = UpdateView(
    stage=UpdateStage.TRUST, question=TrustQuestion("/media/stick/kb", "\n".join(["01234567 " * 4] * 2))
)
_NEW, _OLD = PackLabel("A1", "3", date(2026, 11, 20)), PackLabel("A1", "2", date(2026, 10, 1))
OFFERED = Offered(
    publisher="KB",
    address="/media/stick/kb",
    day=date(2026, 11, 20),
    changes=(
        PackChange(pack_id="a1", after=_NEW, before=_OLD, size_bytes=3_700, is_delta=True),
        PackChange(pack_id="b2", after=PackLabel("B2"), size_bytes=12_300_000),
        PackChange(pack_id="d4", after=PackLabel("D4"), size_bytes=400, omission=Omission.REMOVED),
    ),
    left=(("C3", message("C3")),),
)
OFFERS = UpdateView(stage=UpdateStage.OFFERS, offered=OFFERED)
STALE = replace(OFFERS, offered=replace(OFFERED, stale=message("2026-11-01"), can_accept=True))
RESULTS = UpdateView(
    stage=UpdateStage.RESULTS, results=(PackResult(after=_NEW, fetched_bytes=3_700, can_go_back=True),)
)


class FakeUpdates(QObject):
    """Shows what a test wants to be shown, and remembers what it is told."""

    changed = Signal()
    stepped = Signal(object)
    noticed = Signal(str, object)
    brought = Signal()
    pack_named = Signal(str)

    def __init__(self, view: UpdateView = SOURCES) -> None:
        super().__init__()
        self.view = view
        self.pending = ""
        self.is_busy = False
        self.told: list[tuple[str, object]] = []
        self.picked: frozenset[str] | None = None

    def show(self, view: UpdateView, *, is_busy: bool = False) -> None:
        """Have the talk come to this point."""
        self.view, self.is_busy = view, is_busy
        self.changed.emit()

    def old_content(self) -> OldContent | None:
        return None

    def glance(self) -> None:
        self.told.append(("glance", ""))

    def open(self) -> None:
        self.told.append(("open", ""))

    def left(self) -> None:
        self.told.append(("left", ""))

    def check(self, key: str) -> None:
        self.told.append(("check", key))

    def look(self, address: str) -> None:
        self.told.append(("look", address))

    def trust(self) -> None:
        self.told.append(("trust", ""))

    def install(self, only: Collection[str] | None = None, *, accepts_stale: bool = False) -> None:
        self.told.append(("install", accepts_stale))
        self.picked = None if only is None else frozenset(only)

    def cancel(self) -> None:
        self.told.append(("cancel", ""))

    def back(self) -> None:
        self.told.append(("back", ""))
        self.show(SOURCES)

    def forget(self, key: str) -> None:
        self.told.append(("forget", key))
