"""Which of the paths that are to be read lie on a share, and where their local copies are."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kbviewer.app.paths import Profile, machine_packs
from kbviewer.model.errors import CopyingError, ShareError
from kbviewer.model.messages import N_, message
from kbviewer.state.filesystem import on_network

if TYPE_CHECKING:
    from kbviewer.content.folder_index import OnProgress
    from kbviewer.content.shares.local_copy import LocalCopy

_log = logging.getLogger(__name__)


class Shares:
    """Puts local copies in place of what lies on a share.

    Args:
        profile: its cache has the copies.
        is_network: whether a path lies on another machine; asks nothing of that.
        machine: the folder of the computer's packs, which need not be there.
    """

    def __init__(
        self,
        profile: Profile,
        is_network: Callable[[Path], bool] = on_network,
        machine: Path | None = None,
    ) -> None:
        self._folder = profile.cache / "shares"
        self._is_network = is_network
        self._machine = machine or machine_packs()
        self._errors: dict[Path, ShareError] = {}

    def copies(self, paths: Sequence[Path]) -> list[LocalCopy]:
        """Return the copies of those paths that lie on a share; without any, of the computer's packs."""
        named = paths or (self._machine,)
        return [self._copy(path) for path in named if self._is_copied(path)]

    def place(self, path: Path) -> Path:
        """Return where `path` is read: itself, or its local copy."""
        return self._copy(path).place if self._is_copied(path) else path

    def missing(self, paths: Sequence[Path]) -> list[LocalCopy]:
        """Return the copies that have to be made before the paths can be read."""
        return [copy for copy in self.copies(paths) if not copy.is_there]

    def fault(self, path: Path) -> ShareError | None:
        """Return why `path` cannot be read yet: it has no copy so far. None for all else."""
        if not self._is_network(path) or self._copy(path).is_there:
            return None
        return self._errors.get(path) or CopyingError(
            message(N_("“{path}” is being copied from its share to this computer."), path=path),
            message(N_("Its articles come as soon as the copy is there.")),
        )

    def prune(self, keep: Collection[Path]) -> None:
        """Remove the copies that have not been used for long, but for those of `keep`; in a thread."""
        from kbviewer.content.shares.pruning import UNUSED_DAYS, prune

        for name, used_on in prune(self._folder, keep):
            _log.info(
                "removed the local copy of %s: not used since %s (kept for %d days), and in no list",
                name,
                used_on.date(),
                UNUSED_DAYS,
            )

    @property
    def has_copies(self) -> bool:
        """Whether there may be any copy."""
        return self._folder.is_dir()

    def note(self, path: Path, error: ShareError | None) -> None:
        """Remember why a share does not give what it should; None when it does."""
        if error is None:
            self._errors.pop(path, None)
        else:
            self._errors[path] = error

    def error(self, path: Path) -> ShareError | None:
        """Return why the share with `path` did not give it the last time; None when it did."""
        return self._errors.get(path)

    def origin(self, place: Path, paths: Sequence[Path]) -> Path:
        """Return what lies at `place` on a share, `place` itself when it is no copy."""
        for copy in self.copies(paths):
            if place.is_relative_to(copy.place):
                return copy.origin / place.relative_to(copy.place)
            if copy.place.is_relative_to(place):
                # The folder of several trees that are one library.
                return copy.origin.parents[len(copy.place.relative_to(place).parts) - 1]
        return place

    def _is_copied(self, path: Path) -> bool:
        """Return whether a path is read from a copy: also one whose share is not mounted at the moment."""
        return self._is_network(path) or (self._folder.is_dir() and self._copy(path).is_there)

    def _copy(self, path: Path) -> LocalCopy:
        # A start without shares does not pay for it.
        from kbviewer.content.shares.local_copy import LocalCopy

        return LocalCopy(path, self._folder, may_lack=path == self._machine)


def fetch(copies: Sequence[LocalCopy], on_progress: OnProgress) -> None:
    """Make copies, all at the same time, in a thread that may wait for them; it tells of kilobytes.

    Raises:
        ShareError: not a single share gives what it should, or answers.
        ReadingStoppedError: `on_progress` wanted it.
    """
    from kbviewer.content.shares.fetch import Fetch

    attempts = [Fetch([copy]) for copy in copies]
    errors: list[ShareError] = []

    def tell(_done: int, _total: int) -> bool:
        pairs = [attempt.progress for attempt in attempts]
        # In kilobytes: a signal of Qt carries no more than two thousand million.
        return on_progress(sum(done for done, _ in pairs) >> 10, sum(total for _, total in pairs) >> 10)

    for attempt in attempts:
        attempt.start()
    try:
        for attempt in attempts:
            try:
                attempt.wait(tell)
            except ShareError as error:
                errors.append(error)
    finally:
        for attempt in attempts:
            attempt.give_up()
    if errors and len(errors) == len(attempts):
        raise errors[0]
