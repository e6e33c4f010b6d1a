"""When something may be installed: over dates alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbviewer.content.updates.policy import (
    Expiry,
    Freshness,
    check_may_install,
    standing,
    trusted_now,
)
from kbviewer.model.errors import StaleSourceError

DAY = timedelta(days=1)
NOW = datetime(2026, 12, 1, tzinfo=UTC)
MOMENTS = st.datetimes(timezones=st.just(UTC))


@given(MOMENTS, MOMENTS, st.none() | MOMENTS)
def test_the_day_is_never_before_anything_that_is_known(
    clock: datetime, built: datetime, signed: datetime | None
) -> None:
    now = trusted_now(clock, built, signed)
    assert now >= clock and now >= built and (signed is None or now >= signed)
    assert now in (clock, built, signed)


@pytest.mark.parametrize(
    ("days", "freshness", "first"),
    [
        ({"root": 9, "timestamp": 1}, Freshness.FRESH, None),
        ({"root": 9, "timestamp": 0}, Freshness.STALE, "timestamp"),
        ({"root": 9, "timestamp": -1, "targets": -3}, Freshness.STALE, "targets"),
        ({"root": -1, "timestamp": -9}, Freshness.KEYS_EXPIRED, "root"),
    ],
)
def test_what_expired_first_is_named_and_keys_before_all(
    days: dict[str, int], freshness: Freshness, first: str | None
) -> None:
    found = standing([Expiry(role, NOW + count * DAY) for role, count in days.items()], NOW)
    assert (found.freshness, found.expired and found.expired.role) == (freshness, first)


@pytest.mark.parametrize("freshness", Freshness)
@pytest.mark.parametrize("accepts_stale", [False, True])
@pytest.mark.parametrize("kiosk", [False, True])
def test_only_what_is_stale_can_be_accepted_and_never_in_a_kiosk(
    freshness: Freshness, accepts_stale: bool, kiosk: bool
) -> None:
    count = {Freshness.FRESH: 9, Freshness.STALE: 9, Freshness.KEYS_EXPIRED: -1}[freshness]
    expiries = [
        Expiry("root", NOW + count * DAY),
        Expiry("timestamp", NOW - (freshness is not Freshness.FRESH) * DAY),
    ]
    if freshness is Freshness.FRESH:
        expiries[1] = Expiry("timestamp", NOW + DAY)
    found = standing(expiries, NOW)
    assert found.freshness is freshness
    may = freshness is Freshness.FRESH or (freshness is Freshness.STALE and accepts_stale and not kiosk)
    if may:
        check_may_install(found, "Kontoret", accepts_stale=accepts_stale, kiosk=kiosk)
    else:
        with pytest.raises(StaleSourceError, match="Kontoret") as caught:
            check_may_install(found, "Kontoret", accepts_stale=accepts_stale, kiosk=kiosk)
        assert caught.value.remedy
