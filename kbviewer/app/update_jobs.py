"""What takes time with updates, for a thread: each job tells how far it is, and can be stopped."""

from __future__ import annotations

from collections.abc import Callable, Collection

from kbviewer.content.folder_index import OnProgress
from kbviewer.content.updates.installation import Step
from kbviewer.content.updates.session import Installed, Offers, Source, UpdateSession

OnStep = Callable[[Step], None]
_TOLD_PARTS = 200


class Teller:
    """Tells how far an update is, as often as an eye can follow, and asks whether it is still wanted."""

    def __init__(self, on_progress: OnProgress, on_step: OnStep | None = None) -> None:
        """Take who listens; `on_progress` is told kilobytes."""
        self._on_progress = on_progress
        self._on_step = on_step
        self._share: tuple[object, ...] = ()
        self._last = (0, 0)

    def step(self, step: Step) -> None:
        """Tell of a step when it shows."""
        share = (step.phase, step.pack_id, _TOLD_PARTS * step.done // max(1, step.total))
        if share == self._share:
            return
        self._share, self._last = share, (step.done >> 10, step.total >> 10)
        if self._on_step is not None:
            self._on_step(step)

    def is_cancelled(self) -> bool:
        """Return whether nobody wants it any more."""
        return not self._on_progress(*self._last)


def check(session: UpdateSession, source: Source | str, fingerprint: str, on_progress: OnProgress) -> Offers:
    """Return what a remembered source, or the one at an address, offers; nothing is installed.

    Raises:
        UntrustedSourceError: nobody has said that it is to be trusted.
        UpdateError: it cannot be read or is not to be believed.
    """
    is_cancelled = Teller(on_progress).is_cancelled
    if isinstance(source, Source):
        return session.check_source(source, is_cancelled)
    return session.check(source, fingerprint=fingerprint, is_cancelled=is_cancelled)


def install(
    session: UpdateSession,
    offers: Offers,
    accepts_stale: bool,
    only: Collection[str] | None,
    on_step: OnStep,
    on_progress: OnProgress,
) -> Installed:
    """Install what is offered, or of it `only` some packs; each pack that is done stays done.

    Raises:
        UpdateError: nothing may be installed, or somebody else is at it.
    """
    teller = Teller(on_progress, on_step)
    return session.install(
        offers,
        accepts_stale=accepts_stale,
        only=only,
        on_step=teller.step,
        is_cancelled=teller.is_cancelled,
    )
