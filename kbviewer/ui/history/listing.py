"""What the history page lists, worked out from what was read and the library. Knows no Qt."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from kbviewer.i18n.translator import Translator
from kbviewer.model.library import LibraryEntry
from kbviewer.model.progress import Recent


@dataclass(frozen=True, slots=True)
class ReadItem:
    """An article that was read.

    Attributes:
        article: its id.
        title: in the reader's language when there is such a variant.
        description: what it is about.
        read_at: when it was opened last, in the zone of this computer.
    """

    article: str
    title: str
    description: str
    read_at: datetime

    @property
    def clock(self) -> str:
        """The minute: "14:05"."""
        return f"{self.read_at:%H:%M}"


@dataclass(frozen=True, slots=True)
class ReadDay:
    """The articles that were last read on one day, the newest first.

    Attributes:
        title: "Today", "Yesterday", or the date.
        items: at least one.
    """

    title: str
    items: tuple[ReadItem, ...]


Find = Callable[[str], LibraryEntry | None]


def read_items(recents: Iterable[Recent], find: Find, language: str) -> list[ReadItem]:
    """Return what can be opened of what was read, in the same order; the rest belongs to other libraries."""
    items = []
    for recent in recents:
        entry = find(recent.article)
        variants = entry.variants if entry is not None else {}
        variant = variants.get(language) or next(iter(variants.values()), None)
        if variant is not None:
            read_at = recent.opened_at.astimezone()
            items.append(ReadItem(recent.article, variant.title, variant.description, read_at))
    return items


def matching(items: Iterable[ReadItem], typed: str) -> list[ReadItem]:
    """Return the items that have all words of `typed` in title, description or id, in any order."""
    words = typed.casefold().split()
    return [item for item in items if all(word in _searched(item) for word in words)]


def by_day(items: Sequence[ReadItem], today: date, translator: Translator) -> list[ReadDay]:
    """Return the items in groups, one for each day."""
    days: dict[date, list[ReadItem]] = {}
    for item in items:
        days.setdefault(item.read_at.date(), []).append(item)
    return [ReadDay(_day_title(day, today, translator), tuple(read)) for day, read in days.items()]


def _searched(item: ReadItem) -> str:
    return f"{item.title}\n{item.description}\n{item.article}".casefold()


def _day_title(day: date, today: date, translator: Translator) -> str:
    _ = translator.gettext
    if day == today:
        return _("Today")
    if day == today - timedelta(days=1):
        return _("Yesterday")
    return translator.long_date(day)
