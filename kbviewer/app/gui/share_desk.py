"""Keeps up to date what is read from shares, each share by itself: one that stalls holds up no other."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from kbviewer.app.shares import Shares
from kbviewer.model.errors import ShareError

if TYPE_CHECKING:
    from kbviewer.app.gui.share_watch import ShareWatch
    from kbviewer.content.shares.local_copy import LocalCopy

# A start has other things to do.
_TIDY_AFTER_MS: Final = 30_000
_PATIENCE_S: Final = 3.0


class ShareDesk(QObject):
    """Has a watch for each copy, and tells of all of them together.

    Signals:
        silent(error, made_at): a share does not give what it should; of when its copy is, None without one.
        answered(): all of them do again.
        told(): another share is silent, or answers.
        changed(): copies have become others.
        copied(origin, done, total): how many kilobytes of a first copy have been made.
    """

    copied = Signal(object, int, int)
    silent = Signal(object, object)
    answered = Signal()
    told = Signal()
    changed = Signal()

    def __init__(self, shares: Shares, parent: QObject) -> None:
        super().__init__(parent)
        self._shares = shares
        self._watches: dict[Path, ShareWatch] = {}
        self._silent: dict[Path, tuple[ShareError, LocalCopy]] = {}
        self._tidying: threading.Thread | None = None

    def follow(self, copies: Sequence[LocalCopy]) -> None:
        """Keep these up to date and no others."""
        wanted = {copy.origin: copy for copy in copies}
        for origin in [origin for origin in self._watches if origin not in wanted]:
            watch = self._watches.pop(origin)
            watch.close()
            watch.deleteLater()
            self._take_answer(origin)
        for origin, copy in wanted.items():
            copy.mark_used()
            if origin not in self._watches:
                self._watches[origin] = self._begin(copy)

    def tidy(self, keep: Callable[[], Collection[Path]]) -> None:
        """Remove copies that nobody uses any more, by and by, beside the window; but for those of `keep`."""
        if self._shares.has_copies:
            QTimer.singleShot(_TIDY_AFTER_MS, self, lambda: self._begin_to_tidy(frozenset(keep())))

    def _begin_to_tidy(self, keep: frozenset[Path]) -> None:
        self._tidying = threading.Thread(
            target=self._shares.prune, args=(keep | frozenset(self._watches),), name="tidying", daemon=True
        )
        self._tidying.start()

    def look(self) -> None:
        """Ask the shares now, unless they have just been asked."""
        for watch in self._watches.values():
            watch.look()

    def try_again(self) -> None:
        """Ask the shares now, even when an earlier question is still held up."""
        for watch in self._watches.values():
            watch.try_again()

    def close(self) -> None:
        """Stop. A thread that the system holds up is left to it."""
        for watch in self._watches.values():
            watch.close()
        if self._tidying is not None:
            self._tidying.join(_PATIENCE_S)

    def _begin(self, copy: LocalCopy) -> ShareWatch:
        # A start without shares does not pay for it.
        from kbviewer.app.gui.share_watch import ShareWatch

        watch = ShareWatch(self)
        watch.silent.connect(partial(self._take_silence, copy))
        watch.answered.connect(partial(self._take_answer, copy.origin))
        watch.changed.connect(self.changed)
        if not copy.is_there:
            watch.progressed.connect(partial(self.copied.emit, copy.origin))
        watch.follow((copy,))
        return watch

    def _take_silence(self, copy: LocalCopy, error: ShareError) -> None:
        self._shares.note(copy.origin, error)
        self._silent[copy.origin] = (error, copy)
        self._tell()

    def _take_answer(self, origin: Path) -> None:
        self._shares.note(origin, None)
        if self._silent.pop(origin, None) is not None:
            self._tell()

    def _tell(self) -> None:
        self.told.emit()
        if not self._silent:
            self.answered.emit()
            return
        error, copy = next(iter(self._silent.values()))
        self.silent.emit(error, copy.made_at)
