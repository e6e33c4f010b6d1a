"""What an update would do to each pack: a decision over what is offered and what is here."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

from kbviewer.content.packs.pointer import PackVersion
from kbviewer.content.updates.contents import Contents, OfferedDelta, OfferedPack
from kbviewer.model.messages import N_, Message, message
from kbviewer.model.updates import Omission


class Change(Enum):
    """What would become of a pack."""

    NEW = "new"
    UPDATE = "update"
    VOUCH = "vouch"
    """It is here already, byte for byte; only who vouches for it is not known yet."""


@dataclass(frozen=True, slots=True)
class Here:
    """A pack that is installed.

    Attributes:
        current: None when what is in use is damaged.
        previous: the version before it, which is also that from which somebody has gone back.
        day: of the content in use, None when it says none.
        owner: name of the publisher that it came from, if that is another one than is asked now.
    """

    current: PackVersion | None
    previous: PackVersion | None = None
    day: date | None = None
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """A pack that would be installed.

    Attributes:
        deltas: what makes it of a version that is here, the best first; without any it comes whole.
        from_version, from_day, from_sha256: of what is in use; nothing when there is nothing.
    """

    change: Change
    pack: OfferedPack
    deltas: tuple[OfferedDelta, ...] = ()
    from_version: str = ""
    from_day: date | None = None
    from_sha256: str = ""

    @property
    def pack_id(self) -> str:
        """The id of the pack."""
        return self.pack.target.pack_id

    @property
    def transfer_bytes(self) -> int:
        """How much would be fetched."""
        if self.change is Change.VOUCH:
            return 0
        return self.deltas[0].file.length if self.deltas else self.pack.file.length

    @property
    def room_bytes(self) -> int:
        """How much room is needed meanwhile."""
        if self.change is Change.VOUCH:
            return 0
        return self.pack.file.length + (self.deltas[0].file.length if self.deltas else 0)


@dataclass(frozen=True, slots=True)
class LeftAlone:
    """A pack that is offered and would not be installed, and why.

    Attributes:
        is_elsewhere: this source is only a part, and has nothing of that pack.
        omission: what the reader has done, when that is why.
        offer: what would be installed if he wanted it all the same.
    """

    pack_id: str
    reason: Message
    is_elsewhere: bool = False
    omission: Omission | None = None
    offer: Offer | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What an update would do.

    Attributes:
        current: ids of packs that are here as they are offered.
    """

    offers: tuple[Offer, ...] = ()
    left_alone: tuple[LeftAlone, ...] = ()
    current: tuple[str, ...] = ()


def make_plan(
    contents: Contents,
    here: Mapping[str, Here],
    *,
    bases: Collection[str],
    recipe: str = "",
    known: Collection[str] = (),
    was_here: Collection[str] = (),
    wanted: Collection[str] = (),
    elsewhere: Mapping[str, str] | None = None,
    may_have: Callable[[str], bool] = lambda _name: True,
    is_local: bool = False,
) -> Plan:
    """Return what an update would do.

    A pack that is installed is updated. One that is not is installed when it has not been offered before:
    what the reader has removed, or has not wanted the first time, does not come back by itself. Content
    never becomes older, and a version from which the reader has gone back is not installed again, except by
    name.

    Args:
        here: what is installed, by id.
        bases: SHA-256 of the files of which deltas could make something.
        recipe: how an index would be built here.
        known: ids that were offered before.
        was_here: ids of which something has been installed from this source.
        wanted: ids that the reader has named; then no other pack is looked at.
        elsewhere: SHA-256 by id of the packs that are there for everybody on this computer.
        may_have: False for the name of a file that the source is known not to have.
        is_local: bytes cost nothing, so that it is better not to build an index.
    """
    offers: list[Offer] = []
    left_alone: list[LeftAlone] = []
    current: list[str] = []
    for pack_id, pack in sorted(contents.packs.items()):
        found = here.get(pack_id)
        is_named = pack_id in wanted
        if wanted and not is_named:
            continue
        if found and found.current and found.current.sha256 == pack.file.sha256:
            if found.current.signature is None:
                offers.append(_offer(Change.VOUCH, pack, (), found))
            else:
                current.append(pack_id)
            continue
        if found is None and (elsewhere or {}).get(pack_id) == pack.file.sha256:
            current.append(pack_id)
            continue
        present = [delta for delta in contents.deltas if may_have(delta.file.name)]
        if not may_have(pack.file.name) and not any(d.target.pack_id == pack_id for d in present):
            left_alone.append(LeftAlone(pack_id, message(N_("this file has nothing of it")), True))
            continue
        deltas = _deltas(present, pack, bases, recipe, is_local=is_local)
        offer = _offer(Change.UPDATE if found else Change.NEW, pack, deltas, found)
        left = None if is_named else _why_not(offer, found, known=known, was_here=was_here)
        if left is None:
            offers.append(offer)
        else:
            left_alone.append(left)
    return Plan(tuple(offers), tuple(left_alone), tuple(current))


def _offer(change: Change, pack: OfferedPack, deltas: tuple[OfferedDelta, ...], found: Here | None) -> Offer:
    if found is None or found.current is None:
        return Offer(change, pack, deltas)
    return Offer(change, pack, deltas, found.current.version, found.day, found.current.sha256)


def _why_not(
    offer: Offer, found: Here | None, *, known: Collection[str], was_here: Collection[str]
) -> LeftAlone | None:
    """Return why a pack that nobody has named is not installed; None when it is."""
    pack_id, pack = offer.pack_id, offer.pack

    def omitted(reason: Message, omission: Omission) -> LeftAlone:
        return LeftAlone(pack_id, reason, omission=omission, offer=offer)

    if found is None:
        if pack_id in was_here:
            return omitted(message(N_("you have removed it")), Omission.REMOVED)
        if pack_id in known:
            return omitted(message(N_("it is not installed here")), Omission.UNWANTED)
        return None
    if found.current is None:
        return None  # what is damaged is mended
    if found.owner:
        return LeftAlone(pack_id, message(N_("it came from {publisher}"), publisher=found.owner))
    day = pack.target.day
    if day is not None and found.day is not None and day < found.day:
        reason = message(
            N_("what is offered ({offered}) is older than what is installed ({installed})"),
            offered=day.isoformat(),
            installed=found.day.isoformat(),
        )
        return LeftAlone(pack_id, reason)
    if found.previous is not None and found.previous.sha256 == pack.file.sha256:
        reason = message(N_("you have gone back from the version that is offered"))
        return omitted(reason, Omission.GONE_BACK)
    return None


def _deltas(
    deltas: Iterable[OfferedDelta],
    pack: OfferedPack,
    bases: Collection[str],
    recipe: str,
    *,
    is_local: bool,
) -> tuple[OfferedDelta, ...]:
    """Return the deltas that can be used here and save something, the best first."""
    usable = (
        delta
        for delta in deltas
        if delta.target.pack_id == pack.target.pack_id
        and delta.target.new == pack.file.sha256
        and delta.target.old in bases
        and delta.target.recipe in ("", recipe)
        and delta.file.length < pack.file.length
    )
    return tuple(
        sorted(
            usable,
            key=lambda delta: (is_local and bool(delta.target.recipe), delta.file.length, delta.file.name),
        )
    )
