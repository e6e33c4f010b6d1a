"""The libraries that a reader has: what is known about each, which are on, and in which order."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from kbviewer.model.errors import CopyingError, KbError
from kbviewer.model.messages import Message

_MOST_KEPT = 200
_LONGEST_KEY = 4096


class LibraryKind(StrEnum):
    """Where a library comes from."""

    BUNDLED = "bundled"
    OWN_PACK = "own-pack"
    MACHINE_PACK = "machine-pack"
    PACK_FILE = "pack-file"
    FOLDER = "folder"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelfItem:
    """One library as it is listed.

    Attributes:
        key: tells it from all others.
        title: in the reader's language when it has one.
        is_on: the reader wants it.
        paths: where it lies.
        fault: why it cannot be opened.
        hidden_by: title of the library with the same id that is used instead.
        is_read: the listing is known; else there are no counts.
        articles: how many, None when that is not known.
        languages: how many articles in each language.
        origin: how far it is known who has made it, None for a folder.
        size_bytes: of a pack.
        previous: the version of a pack that one can go back to, None when there is none.
        previous_day: of the content of that version, None when it is not known.
        is_previous_newer: the reader has gone back from that version.
        problems: how many of its files cannot be read.
        is_given: the computer's administrator has named it; it stays on the list.
        age: that its content may be old, None when it need not be said.
        copied: how many kilobytes of its first copy from a share have been made, and of how many.
    """

    key: str
    kind: LibraryKind
    title: str
    is_on: bool = True
    paths: tuple[str, ...] = ()
    fault: KbError | None = None
    hidden_by: str = ""
    is_read: bool = True
    articles: int | None = None
    languages: tuple[tuple[str, int], ...] = ()
    day: date | None = None
    publisher: str = ""
    version: str = ""
    origin: Message | None = None
    size_bytes: int | None = None
    previous: str | None = None
    previous_day: date | None = None
    is_previous_newer: bool = False
    problems: int = 0
    is_given: bool = False
    age: Message | None = None
    copied: tuple[int, int] = (0, 0)

    @property
    def is_copying(self) -> bool:
        """Whether it is being copied from a share for the first time."""
        return self.is_on and isinstance(self.fault, CopyingError)


@dataclass(frozen=True, slots=True)
class ShelfChoice:
    """What the reader has chosen: an order, and what is off. Libraries that it does not name are on.

    Attributes:
        order: keys, the first library first; those that are not named come before.
        off: keys.
    """

    order: tuple[str, ...] = ()
    off: frozenset[str] = frozenset()

    @classmethod
    def parse(cls, text: str) -> ShelfChoice:
        """Return what `format` has written; nothing chosen when it is damaged."""
        try:
            value: Any = json.loads(text) if text else {}
            order = tuple(dict.fromkeys(map(_key, value.get("order", ()))))
            return cls(order[:_MOST_KEPT], frozenset(map(_key, value.get("off", ()))))
        except (ValueError, TypeError, AttributeError, RecursionError):
            return cls()

    def format(self) -> str:
        """Return the choice as a text to keep."""
        if self == ShelfChoice():
            return ""
        return json.dumps({"order": list(self.order[:_MOST_KEPT]), "off": sorted(self.off)})

    def arranged(self, keys: Iterable[str]) -> list[str]:
        """Return `keys` in the reader's order; those that it does not know first, as they come."""
        places = {key: number for number, key in enumerate(self.order)}
        return sorted(keys, key=lambda key: places.get(key, -1))

    def is_on(self, key: str) -> bool:
        """Return whether the reader wants this library."""
        return key not in self.off

    def switched(self, key: str, *, on: bool) -> ShelfChoice:
        """Return the choice with a library on or off."""
        return replace(self, off=self.off - {key} if on else self.off | {key})

    def placed(self, keys: Sequence[str], key: str, at: int) -> ShelfChoice:
        """Return the choice with `key` at a place among all `keys`, which are in order."""
        others = [other for other in keys if other != key]
        others.insert(max(0, min(at, len(others))), key)
        return replace(self, order=tuple(others))

    def without(self, key: str) -> ShelfChoice:
        """Return the choice as if nothing had been said about a library."""
        return ShelfChoice(tuple(other for other in self.order if other != key), self.off - {key})

    def with_back(self, key: str, before: ShelfChoice) -> ShelfChoice:
        """Return the choice with a library as it stood in the one `before`, and all others as they are."""
        order = [other for other in self.order if other != key]
        if key in before.order:
            order.insert(min(before.order.index(key), len(order)), key)
        return replace(self, order=tuple(order)).switched(key, on=before.is_on(key))


def _key(value: Any) -> str:
    if not isinstance(value, str) or not value or len(value) > _LONGEST_KEY:
        raise TypeError("not a key")
    return value
