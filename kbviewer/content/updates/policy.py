"""Whether what a source has signed may be installed: a decision over dates, and nothing else.

Expiry stops installing, never reading. The clock of a computer may be wrong or set back on purpose, so the
day is never before that of the program, nor before the newest day that the source itself has signed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from kbviewer.model.errors import StaleSourceError
from kbviewer.model.messages import N_, Message, message

ROOT = "root"


@dataclass(frozen=True, slots=True)
class Expiry:
    """Until when a part of what a source has signed may be used."""

    role: str
    at: datetime


class Freshness(Enum):
    """How up to date a source is."""

    FRESH = "fresh"
    STALE = "stale"
    KEYS_EXPIRED = "keys-expired"


@dataclass(frozen=True, slots=True)
class Standing:
    """How up to date a source is, and since when it is no longer.

    Attributes:
        now: the moment that counts, which may be later than the computer's clock.
        expired: what has expired first, None when nothing has.
    """

    freshness: Freshness
    now: datetime
    expired: Expiry | None = None

    def reason(self, publisher: str) -> Message | None:
        """Return what there is to tell of a source that is not fresh."""
        if self.expired is None:
            return None
        day = self.expired.at.date().isoformat()
        if self.freshness is Freshness.KEYS_EXPIRED:
            what = N_("The keys of {publisher} have expired on {day}.")
        else:
            what = N_(
                "What {publisher} has signed was to be used until {day}: there may be something newer "
                "that this source does not show."
            )
        return Message(what, {"publisher": publisher, "day": day})


def trusted_now(clock: datetime, built: datetime, newest_signed: datetime | None) -> datetime:
    """Return the moment that counts: none that cannot be, however the computer's clock is set."""
    return max(clock, built, newest_signed or built)


def standing(expiries: Iterable[Expiry], now: datetime) -> Standing:
    """Return how up to date a source is, from all that its parts say."""
    expired = sorted((expiry for expiry in expiries if expiry.at <= now), key=lambda expiry: expiry.at)
    if not expired:
        return Standing(Freshness.FRESH, now)
    keys = next((expiry for expiry in expired if expiry.role == ROOT), None)
    if keys is not None:
        return Standing(Freshness.KEYS_EXPIRED, now, keys)
    return Standing(Freshness.STALE, now, expired[0])


def check_may_install(found: Standing, publisher: str, *, accepts_stale: bool, kiosk: bool) -> None:
    """Make sure that what a source offers may be installed.

    Args:
        accepts_stale: the reader has said yes to a source that is no longer up to date.
        kiosk: nobody at this computer may say so.

    Raises:
        StaleSourceError: it may not.
    """
    what = found.reason(publisher)
    if what is None or (found.freshness is Freshness.STALE and accepts_stale and not kiosk):
        return
    today = found.now.date().isoformat()
    if found.freshness is Freshness.KEYS_EXPIRED:
        remedy = message(
            N_("Nothing is installed from it. Get a newer copy, with its new keys, from the publisher."),
        )
    elif kiosk:
        remedy = message(N_("Nothing is installed from it here. Get a newer copy from the publisher."))
    else:
        remedy = message(
            N_(
                "Today is {today}; put the computer's date right if it is not. Get a newer copy; only if "
                "there is none, install what is there: tick that in the window, or write --accept-stale."
            ),
            today=today,
        )
    raise StaleSourceError(what, remedy)
