"""Carries an offer out: fetch, make, install. Whatever happens, what is installed stays."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Protocol

from kbviewer.content.packs.installed import InstalledPacks, Vouched
from kbviewer.content.packs.pointer import PackState, Signature
from kbviewer.content.updates.contents import OfferedDelta, SignedFile
from kbviewer.content.updates.download import PART, Download, file_digest
from kbviewer.content.updates.plan import Change, Offer
from kbviewer.content.updates.transport import IsCancelled, Transport, cancelled
from kbviewer.model.errors import PackError, UpdateError
from kbviewer.model.messages import N_, message
from kbviewer.model.system_errors import system_reason

DOWNLOADS = ".downloads"
"""Beside `.incoming`, which every installation sweeps: what has been fetched has to survive those."""

SPARE_BYTES = 16 << 20
_MADE = ".made"


class Phase(Enum):
    """What is being done to a pack."""

    FETCHING = "fetching"
    MAKING = "making"
    INSTALLING = "installing"


@dataclass(frozen=True, slots=True)
class Step:
    """How far an update has come.

    Attributes:
        done, total: of the phase, in bytes; of FETCHING, those of all packs together.
    """

    phase: Phase
    pack_id: str
    done: int
    total: int


OnStep = Callable[[Step], None]


class Deltas(Protocol):
    """What knows how to make a pack of an older one.

    Attributes:
        recipe: how an index is built here.
    """

    recipe: str

    def apply(self, old: Path, delta: Path, out: Path, on_progress: Callable[[int, int], None]) -> None:
        """Write the new pack.

        Raises:
            PackError: the delta is damaged, or for another pack.
        """
        ...


@dataclass(frozen=True, slots=True)
class Done:
    """A pack that has been installed.

    Attributes:
        fetched_bytes: how much came from the source this time.
        whole_because: why it came whole although there was a delta; "" when nothing went wrong.
    """

    offer: Offer
    state: PackState
    fetched_bytes: int
    whole_because: str = ""


class Installation:
    """Carries out offers of one source into one folder of packs."""

    def __init__(
        self,
        transport: Transport,
        packs: InstalledPacks,
        bases: Mapping[str, Path],
        deltas: Deltas | None,
        signature: Callable[[Offer], Signature],
        on_step: OnStep | None = None,
        is_cancelled: IsCancelled | None = None,
    ) -> None:
        """Take what is needed.

        Args:
            bases: files of which deltas can make something, by their SHA-256.
            signature: who vouches for an offer.
        """
        self._transport = transport
        self._packs = packs
        self._bases = bases
        self._deltas = deltas
        self._signature = signature
        self._on_step = on_step
        self._is_cancelled = is_cancelled
        self._folder = packs.folder / DOWNLOADS
        self._fetched_before = 0
        self._total = 0

    def run(self, offers: Iterable[Offer]) -> Iterator[Done]:
        """Carry out one offer after the other; each that is done stays done.

        Raises:
            UpdateError: one cannot be carried out; what is installed stays as it was.
            UpdateCancelledError: the reader has stopped it.
            PackError: the folder of packs cannot be changed, or somebody else is changing it.
        """
        offers = list(offers)
        self._total = sum(offer.transfer_bytes for offer in offers)
        with self._writing():
            if any(offer.transfer_bytes for offer in offers):
                self._folder.mkdir(parents=True, exist_ok=True)
                self._sweep(offers)
        for offer in offers:
            self._check_cancelled()
            with self._writing():
                done = self._vouch(offer) if offer.change is Change.VOUCH else self._install(offer)
            self._fetched_before += offer.transfer_bytes
            yield done
        with self._writing():
            shutil.rmtree(self._folder, ignore_errors=True)

    def _vouch(self, offer: Offer) -> Done:
        return Done(offer, self._packs.vouch(self._vouched(offer)), 0)

    def _install(self, offer: Offer) -> Done:
        self._check_room(offer)
        why, fetched = "", 0
        for delta in offer.deltas[:1]:
            path, fetched = self._fetch(offer, delta.file)
            try:
                made = self._make(offer, delta, path)
            except PackError as error:
                # Once: what cannot be made here of what is here comes whole instead.
                why = str(error.what)
                path.unlink(missing_ok=True)
            else:
                return Done(offer, self._put_in(offer, made), fetched)
        whole, count = self._fetch(offer, offer.pack.file)
        return Done(offer, self._put_in(offer, whole), fetched + count, why)

    def _make(self, offer: Offer, delta: OfferedDelta, path: Path) -> Path:
        """Make what was signed of an older pack and a delta.

        Raises:
            PackError: it does not become that.
        """
        if self._deltas is None:
            raise PackError(message(N_("This program makes no packs of older ones.")))
        made = self._folder / f"{offer.pack.file.sha256}{_MADE}"
        self._deltas.apply(self._bases[delta.target.old], path, made, self._telling(Phase.MAKING, offer))
        with made.open("r+b") as file:
            os.fsync(file.fileno())
        if file_digest(made) != (offer.pack.file.length, offer.pack.file.sha256):
            made.unlink()
            raise PackError(message(N_("The changes do not lead to what was signed.")))
        return made

    def _fetch(self, offer: Offer, file: SignedFile) -> tuple[Path, int]:
        """Return a file, and how much of it had to be fetched."""
        download = Download(self._transport, file, self._folder)
        before = download.done_bytes()

        def tell(count: int) -> None:
            if self._on_step:
                done = min(self._fetched_before + count, self._total)
                self._on_step(Step(Phase.FETCHING, offer.pack_id, done, self._total))

        path = download.fetch(tell, self._is_cancelled)
        return path, max(file.length - before, 0)

    def _put_in(self, offer: Offer, path: Path) -> PackState:
        _, state = self._packs.install(
            path, self._telling(Phase.INSTALLING, offer), vouched=self._vouched(offer), takes_file=True
        )
        return state

    def _vouched(self, offer: Offer) -> Vouched:
        target, file = offer.pack.target, offer.pack.file
        return Vouched(target.pack_id, file.sha256, target.manifest, self._signature(offer))

    def _telling(self, phase: Phase, offer: Offer) -> Callable[[int, int], None]:
        def tell(done: int, total: int) -> None:
            if phase is not Phase.INSTALLING:  # what has been fetched would be gone, for half a second's work
                self._check_cancelled()
            if self._on_step:
                self._on_step(Step(phase, offer.pack_id, done, total))

        return tell

    def _check_cancelled(self) -> None:
        if self._is_cancelled is not None and self._is_cancelled():
            raise cancelled()

    def _check_room(self, offer: Offer) -> None:
        files = [offer.pack.file, *(delta.file for delta in offer.deltas[:1])]
        here = sum(Download(self._transport, file, self._folder).done_bytes() for file in files)
        needed = max(offer.room_bytes - here, 0) + SPARE_BYTES
        free = shutil.disk_usage(self._folder).free
        if free < needed:
            raise UpdateError(
                message(
                    N_("The disk of {path} has {free} MB left; the update needs {needed} MB."),
                    path=self._packs.folder,
                    free=free >> 20,
                    needed=(needed >> 20) + 1,
                ),
                message(N_("Make room and update again; nothing has been changed.")),
            )

    def _sweep(self, offers: Iterable[Offer]) -> None:
        """Remove what nobody will go on with."""
        files = [offer.pack.file for offer in offers]
        files += [delta.file for offer in offers for delta in offer.deltas]
        kept = {f"{file.sha256}{PART}" for file in files}
        for path in self._folder.iterdir():
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)  # where a pack was being made of an older one
            elif path.name not in kept:
                path.unlink()

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise UpdateError(
                message(
                    N_("The update cannot be written to {path}: {reason}."),
                    path=self._packs.folder,
                    reason=system_reason(error),
                ),
                message(N_("Make room there, or let somebody with the right to write there update.")),
            ) from error
