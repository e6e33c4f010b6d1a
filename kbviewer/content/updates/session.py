"""The door to updates: for the command line, and for the window from a thread. It knows no widgets.

    session = UpdateSession(places, …)
    offers = session.check("https://updates.example/kb")     # nothing is installed
    result = session.install(offers, on_step=…, is_cancelled=…)

Every call may take long and may be made from any thread; two at a time, from wherever, are told that one is
busy.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Collection
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from kbviewer.content.packs.installed import InstalledPacks
from kbviewer.content.packs.pointer import Signature
from kbviewer.content.updates.address import is_bundle, normal_address, open_transport
from kbviewer.content.updates.contents import Contents
from kbviewer.content.updates.first_trust import FirstTrust
from kbviewer.content.updates.installation import Deltas, Done, Installation, OnStep
from kbviewer.content.updates.installed_here import InstalledHere
from kbviewer.content.updates.plan import Plan, make_plan
from kbviewer.content.updates.policy import Standing, check_may_install, standing, trusted_now
from kbviewer.content.updates.transport import IsCancelled, Transport, UnreachableError
from kbviewer.content.updates.trust_store import TrustStore, TrustStores
from kbviewer.content.updates.verification import refresh
from kbviewer.model.errors import KbError, PackError, UpdateError
from kbviewer.model.messages import N_, message

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class UpdatePlaces:
    """Where an update reads and writes.

    Attributes:
        packs: the folder of packs that is updated.
        trust: where it is kept who is trusted.
        machine_trust: roots that an administrator trusts for everybody; only read.
        other_packs: packs that are opened as well, and only read here.
    """

    packs: Path
    trust: Path
    machine_trust: Path
    other_packs: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """A publisher that is remembered.

    Attributes:
        key: what tells them from others.
        addresses: where their packs can be got, the one last used first; none when they came in .kbu files.
        signed_at: the newest day that they have signed.
        checked_at: when somebody has looked last.
        problem: why what is kept about them cannot be read.
    """

    key: str
    publisher: str
    addresses: tuple[str, ...]
    signed_at: datetime | None = None
    problem: UpdateError | None = None
    checked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Offers:
    """What a source offers, verified, and what an update would do.

    Attributes:
        wanted: ids that the reader has named.
        state: what `install` looks at, to see whether somebody else has updated meanwhile.
    """

    key: str
    address: str
    publisher: str
    contents: Contents
    plan: Plan
    standing: Standing
    wanted: tuple[str, ...]
    state: str

    @property
    def transfer_bytes(self) -> int:
        """How much would be fetched."""
        return sum(offer.transfer_bytes for offer in self.plan.offers)


@dataclass(frozen=True, slots=True)
class Installed:
    """What an update has done.

    Attributes:
        stopped_by: what ended it before everything was done, None when it was done.
    """

    done: tuple[Done, ...]
    stopped_by: KbError | None = None


class UpdateSession:
    """Checks sources and installs what they offer."""

    def __init__(
        self,
        places: UpdatePlaces,
        *,
        built: datetime,
        deltas: Callable[[], Deltas] | None = None,
        kiosk: bool = False,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        opens: Callable[[str], Transport] = open_transport,
    ) -> None:
        """Take what is needed; nothing is read yet.

        Args:
            built: the day of the program.
            deltas: makes what makes packs of older ones; asked for when there is something to make.
            kiosk: nobody here may trust anybody new or accept what is stale.
        """
        self._places = places
        self._built = built
        self._make_deltas = deltas
        self._kiosk = kiosk
        self._clock = clock
        self._opens = opens
        self._packs = InstalledPacks(places.packs)
        self._here = InstalledHere(self._packs, places.other_packs)
        self._stores = TrustStores(places.trust)
        self._made_deltas: Deltas | None = None

    def sources(self) -> list[Source]:
        """Return the publishers that are remembered."""
        found = []
        for key in self._stores.stored():
            try:
                store = self._stores.load(key)
            except UpdateError as error:
                found.append(Source(key, key, (), problem=error))
            else:
                record = store.record
                found.append(
                    Source(key, store.name, record.addresses, record.signed_at, checked_at=record.checked_at)
                )
        return found

    def forget(self, source: str) -> Source:
        """Stop trusting a publisher, named by key or address. Their packs stay.

        Raises:
            UpdateError: nobody is known by that name, or the record cannot be removed.
        """
        address = normal_address(source)
        with self._stores.changing():
            for found in self.sources():
                if found.key == source or address in found.addresses:
                    self._stores.forget(found.key)
                    return found
        raise UpdateError(
            message(N_("No source “{source}” is remembered."), source=source[:200]),
            message(
                N_("“Look for updates” in the window, or “kbviewer update --list”, names those that are.")
            ),
        )

    def check(
        self,
        address: str,
        *,
        root: bytes | None = None,
        fingerprint: str = "",
        wanted: Collection[str] = (),
        is_cancelled: IsCancelled | None = None,
    ) -> Offers:
        """Return what a source offers. Nothing is installed; what it has signed is remembered.

        Args:
            root: a root that the reader trusts.
            fingerprint: of the source's first root, which the reader has compared.
            wanted: ids of packs; all when there are none.

        Raises:
            UntrustedSourceError: nobody has said that the source is to be trusted.
            UpdateError: it cannot be read or is not to be believed.
            UpdateCancelledError: the reader has stopped it.
        """
        address = normal_address(address)
        with self._stores.changing(), closing(self._opens(address)) as transport:
            trust = FirstTrust(self._stores, self._places.machine_trust, kiosk=self._kiosk)
            store = trust.store_for(transport, root, fingerprint, is_cancelled)
            contents = refresh(transport, store, is_cancelled)
            self._remember(store, contents, address)
            return self._offers(transport, store, contents, tuple(wanted))

    def check_source(self, source: Source, is_cancelled: IsCancelled | None = None) -> Offers:
        """Return what a remembered publisher offers, at the first of their addresses that is there.

        Raises:
            UpdateError: see `check`; when no address is there, that of the one last used.
        """
        if source.problem is not None:
            raise source.problem
        first: UnreachableError | None = None
        for address in source.addresses:
            try:
                return self.check(address, is_cancelled=is_cancelled)
            except UnreachableError as error:
                _log.info("%s", error)
                first = first or error
        raise first or UpdateError(
            message(N_("No address of {publisher} is remembered."), publisher=source.publisher),
            message(N_("Name the .kbu file, folder or address.")),
        )

    def install(
        self,
        offers: Offers,
        *,
        accepts_stale: bool = False,
        only: Collection[str] | None = None,
        on_step: OnStep | None = None,
        is_cancelled: IsCancelled | None = None,
    ) -> Installed:
        """Install what was offered; each pack that is done stays done.

        Args:
            only: ids of the packs that are wanted of it, also those that would be left alone else; all that
                would be installed when None.
            accepts_stale: the reader has said yes to what has expired.
            is_cancelled: asked again and again; what has been fetched is kept for the next time.

        Raises:
            StaleSourceError: what is offered has expired.
            UpdateError: somebody else has updated since the check, or is at it.
        """
        if only is not None and not only:
            return Installed(())
        with self._stores.changing():
            store = self._stores.load(offers.key)
            found = self._standing(store, offers.contents)
            check_may_install(found, offers.publisher, accepts_stale=accepts_stale, kiosk=self._kiosk)
            if _state_of(store) != offers.state:
                raise UpdateError(
                    message(N_("Somebody else has updated since the source was looked at.")),
                    message(N_("Look again.")),
                )
            done: list[Done] = []
            try:
                with closing(self._opens(offers.address)) as transport:
                    # What is installed may have changed since.
                    wanted = offers.wanted if only is None else tuple(only)
                    plan = self._plan(transport, store, offers.contents, wanted)
                    for one in self._installation(transport, offers, on_step, is_cancelled).run(plan.offers):
                        done.append(one)
                        _note_installed(store, one)
                left_alone = (*offers.plan.left_alone, *plan.left_alone)
                absent = {left.pack_id for left in left_alone if left.is_elsewhere}
                record, seen = store.record, set(offers.contents.packs) - absent
                store.remember(replace(record, known=record.known | seen))
            except (UpdateError, PackError) as error:
                return Installed(tuple(done), error)
        return Installed(tuple(done))

    def content_day(self) -> date | None:
        """Return the newest day of the content that is installed, None when none says one."""
        return self._here.newest_day()

    def _remember(self, store: TrustStore, contents: Contents, address: str) -> None:
        """Keep whose source it is, and the newest day that they have signed."""
        record = store.record if is_bundle(address) else store.record.used(address)
        days = [day for day in (record.signed_at, contents.signed_at) if day is not None]
        publisher = contents.publisher or record.publisher
        signed_at = max(days, default=None)
        store.remember(replace(record, publisher=publisher, signed_at=signed_at, checked_at=self._clock()))
        store.keep()

    def _offers(
        self, transport: Transport, store: TrustStore, contents: Contents, wanted: tuple[str, ...]
    ) -> Offers:
        address = transport.address
        missing = sorted(set(wanted) - set(contents.packs))
        if missing:
            raise UpdateError(
                message(N_("{address} has no pack “{id}”."), address=address, id=missing[0][:80]),
                message(N_("It has: {ids}."), ids=", ".join(sorted(contents.packs)) or "–"),
            )
        return Offers(
            key=store.key,
            address=address,
            publisher=contents.publisher or store.name,
            contents=contents,
            plan=self._plan(transport, store, contents, wanted),
            standing=self._standing(store, contents),
            wanted=wanted,
            state=_state_of(store),
        )

    def _standing(self, store: TrustStore, contents: Contents) -> Standing:
        return standing(contents.expiries, trusted_now(self._clock(), self._built, store.record.signed_at))

    def _plan(
        self, transport: Transport, store: TrustStore, contents: Contents, wanted: tuple[str, ...]
    ) -> Plan:
        owners = {
            (pack_id, sha256): other.name
            for other in self._stores.all()
            if other.key != store.key
            for pack_id, sha256 in other.record.installed.items()
        }
        deltas = self._deltas() if contents.deltas else None
        return make_plan(
            contents,
            self._here.packs(owners),
            bases=self._here.bases() if deltas else (),
            recipe=deltas.recipe if deltas else "",
            known=store.record.known,
            was_here=store.record.installed,
            wanted=wanted,
            elsewhere=self._here.elsewhere(),
            may_have=transport.may_have,
            is_local=transport.is_local,
        )

    def _installation(
        self, transport: Transport, offers: Offers, on_step: OnStep | None, is_cancelled: IsCancelled | None
    ) -> Installation:
        signed_at, today = offers.contents.signed_at, offers.standing.now.date()
        return Installation(
            transport,
            self._packs,
            self._here.bases(),
            self._deltas() if offers.contents.deltas else None,
            lambda offer: Signature(
                offers.publisher, signed_at.date() if signed_at else offer.pack.target.day or today
            ),
            on_step,
            is_cancelled,
        )

    def _deltas(self) -> Deltas | None:
        if self._made_deltas is None and self._make_deltas is not None:
            self._made_deltas = self._make_deltas()
        return self._made_deltas


def _note_installed(store: TrustStore, done: Done) -> None:
    record, pack_id = store.record, done.offer.pack_id
    installed = {**record.installed, pack_id: done.state.current.sha256}
    store.remember(replace(record, known=record.known | {pack_id}, installed=installed))


def _state_of(store: TrustStore) -> str:
    """Return what changes whenever something newer of a publisher has been seen."""
    return hashlib.sha256(store.metadata("timestamp") or b"").hexdigest()
