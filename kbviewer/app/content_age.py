"""Whether the content of installed packs may be old: from what is kept here, without asking anybody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from kbviewer.app.shelf_places import own_key
from kbviewer.content.packs.layout import BAD_JSON, parse_json
from kbviewer.content.updates.trust_store import TrustStore, TrustStores
from kbviewer.i18n.formats import format_date
from kbviewer.model.errors import UpdateError
from kbviewer.model.messages import N_, Message, message
from kbviewer.model.shelf import LibraryKind, ShelfItem
from kbviewer.model.updates import OldContent


@dataclass(frozen=True, slots=True)
class LastLook:
    """What is known of the source of a pack.

    Attributes:
        checked: when somebody here has looked last.
        until: until when what was signed was to be used, None when that is not known.
    """

    publisher: str
    checked: date | None
    until: date | None = None


def with_ages(
    items: Sequence[ShelfItem], trust: Path, stale_days: int, today: date, language: str
) -> list[ShelfItem]:
    """Return libraries, those of the reader's packs whose content may be old with a word about it.

    Args:
        trust: where it is kept who is trusted.
        stale_days: after how many days without a look content counts as possibly old, 0 for never.
    """
    if not any(item.kind is LibraryKind.OWN_PACK for item in items):
        return list(items)
    looks = last_looks(trust)
    return [
        replace(item, age=age_of(item, looks.get(item.key), stale_days, today, language)) for item in items
    ]


def age_of(
    item: ShelfItem, look: LastLook | None, stale_days: int, today: date, language: str
) -> Message | None:
    """Return that the content of a pack may be old; None when it need not be, or nobody can know."""
    if item.kind is not LibraryKind.OWN_PACK or item.fault is not None or item.day is None:
        return None
    if not is_old(item.day, look, stale_days, today):
        return None
    day = format_date(item.day, language)
    if look is None:
        return message(N_("Content from {date}; no source of updates is known for it."), date=day)
    if look.until is not None and look.until < today:
        return message(
            N_("Content from {date}; {publisher} meant it to be looked for anew by {until}."),
            date=day,
            publisher=look.publisher,
            until=format_date(look.until, language),
        )
    return message(
        N_("Content from {date}; nobody has looked for newer since {checked}."),
        date=day,
        checked=format_date(look.checked or item.day, language),
    )


def is_old(day: date, look: LastLook | None, stale_days: int, today: date) -> bool:
    """Return whether content of a day may be out of date; not where nobody can know.

    Args:
        stale_days: see `with_ages`.
    """
    if look is not None and look.until is not None and look.until < today:
        return True
    since = day if look is None else look.checked
    return bool(stale_days) and since is not None and (today - since).days > stale_days


def old_content(
    packs: Sequence[tuple[str, str, date]], trust: Path, stale_days: int, today: date
) -> OldContent | None:
    """Return what of some packs may be out of date, None when nothing is.

    Args:
        packs: key, title and day of content of each.
        trust, stale_days: see `with_ages`.
    """
    looks = last_looks(trust) if packs else {}
    old = [(day, title) for key, title, day in packs if is_old(day, looks.get(key), stale_days, today)]
    if not old:
        return None
    day, title = min(old)
    return OldContent(title, day, len(old))


def last_looks(trust: Path) -> Mapping[str, LastLook]:
    """Return what is known of the sources of packs, by the key of the library.

    What cannot be read is left out: whoever opens the updates is told.
    """
    stores, looks = TrustStores(trust), {}
    with suppress(UpdateError):
        for key in stores.stored():
            with suppress(UpdateError):
                store = stores.load(key)
                moment = store.record.checked_at or store.record.signed_at
                look = LastLook(store.name, moment.date() if moment else None, _until(store))
                looks.update({own_key(pack_id): look for pack_id in store.record.installed})
    return looks


def _until(store: TrustStore) -> date | None:
    """Return the day on which the first part of what was signed expires."""
    days = []
    for role in ("timestamp", "snapshot", "targets"):
        # They have been verified when they were kept; here they are only read.
        with suppress(*BAD_JSON, TypeError):
            expires = parse_json(store.metadata(role) or b"")["signed"]["expires"]
            days.append(datetime.fromisoformat(expires).date())
    return min(days, default=None)
