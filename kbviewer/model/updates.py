"""What the window shows of updates: sources, a question of trust, what is offered, what has come of it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kbviewer.model.errors import KbError
from kbviewer.model.messages import Message


class Omission(StrEnum):
    """Why a pack that could be installed is not, unless the reader says so."""

    REMOVED = "removed"
    UNWANTED = "unwanted"
    """It has been offered before, and was not taken."""
    GONE_BACK = "gone-back"


class UpdateStage(StrEnum):
    """How far the talk about an update has come."""

    SOURCES = "sources"
    TRUST = "trust"
    OFFERS = "offers"
    RESULTS = "results"


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownSource:
    """Somebody whose packs can be looked for.

    Attributes:
        key: tells it from others; of one that the computer's administrator names, its address.
        publisher: "" as long as nobody has looked.
        day: the newest that they have signed.
        checked: when somebody here has looked last.
        problem: why what is kept about them cannot be read.
        is_given: the administrator has named it; it cannot be forgotten.
    """

    key: str
    publisher: str = ""
    addresses: tuple[str, ...] = ()
    day: date | None = None
    checked: date | None = None
    problem: KbError | None = None
    is_given: bool = False


@dataclass(frozen=True, slots=True)
class TrustQuestion:
    """Asks whether the keys of a source are the publisher's.

    Attributes:
        fingerprint: in groups and lines, to be compared by eye.
    """

    address: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class PackLabel:
    """A pack in a certain version.

    Attributes:
        version, day: "" and None when it says none.
    """

    title: str
    version: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PackChange:
    """What would become of a pack.

    Attributes:
        before: what is in use, None for a new one.
        is_delta: only what has changed is fetched.
        is_known: it is here already; only who vouches for it would be noted.
        is_damaged: what is in use cannot be opened any more, and would be mended.
        omission: why it is not taken unless the reader says so; None for what is taken unless he does not.
    """

    pack_id: str
    after: PackLabel
    before: PackLabel | None = None
    size_bytes: int = 0
    is_delta: bool = False
    is_known: bool = False
    is_damaged: bool = False
    omission: Omission | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """What a source offers.

    Attributes:
        day: when it was signed.
        changes: what can be done, first that which is done unless the reader does not want it.
        left: packs that are left as they are, and why.
        current: how many packs are here as they are offered.
        stale: what there is to tell of a source that is no longer up to date.
        can_accept: the reader may install it all the same.
    """

    publisher: str
    address: str
    day: date | None = None
    changes: tuple[PackChange, ...] = ()
    left: tuple[tuple[str, Message], ...] = ()
    current: int = 0
    stale: Message | None = None
    can_accept: bool = False

    @property
    def taken(self) -> frozenset[str]:
        """Ids of the packs that are taken unless the reader says something else."""
        return frozenset(change.pack_id for change in self.changes if change.omission is None)

    def size_bytes_of(self, pack_ids: Collection[str]) -> int:
        """Return how much would be fetched for some packs."""
        return sum(change.size_bytes for change in self.changes if change.pack_id in pack_ids)

    @property
    def can_install(self) -> bool:
        """Whether there is something that may be installed, with or without a yes."""
        return bool(self.changes) and (self.stale is None or self.can_accept)


@dataclass(frozen=True, slots=True, kw_only=True)
class PackResult:
    """What has become of a pack.

    Attributes:
        fetched_bytes: how much came from the source this time.
        whole_because: why it came whole although there were changes alone; "" when nothing went wrong.
        is_known: it was here already; now it is known who vouches for it.
        can_go_back: there is a version before.
    """

    after: PackLabel
    fetched_bytes: int = 0
    whole_because: str = ""
    is_known: bool = False
    can_go_back: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateView:
    """All that is to be shown.

    Attributes:
        may_add: whether other sources may be named.
        address: of another source, that could not be looked at; to be put right.
        error: why the last thing that was wanted has not been done.
        note: a short word about what has been done.
    """

    stage: UpdateStage = UpdateStage.SOURCES
    sources: tuple[KnownSource, ...] = ()
    may_add: bool = True
    address: str = ""
    question: TrustQuestion | None = None
    offered: Offered | None = None
    results: tuple[PackResult, ...] = ()
    error: KbError | None = None
    note: Message | None = None


@dataclass(frozen=True, slots=True)
class OldContent:
    """Libraries whose content may be out of date.

    Attributes:
        title, day: of the one with the oldest content.
        count: how many there are, at least one.
    """

    title: str
    day: date
    count: int = 1


@dataclass(frozen=True, slots=True)
class UpdateStep:
    """How far an update has come.

    Attributes:
        what: names its {done} and {total} for the reader.
        done, total: in bytes.
    """

    what: str
    title: str
    done: int
    total: int
