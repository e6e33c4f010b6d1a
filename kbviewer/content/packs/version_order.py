"""Which of two versions of a pack is the newer one."""

from __future__ import annotations

import re

from kbviewer.content.pack import Pack


def order_of(version: str) -> list[tuple[int, int, str]]:
    """Return what a version is sorted by: 1.10 comes after 1.9, and 1.0-beta before 1.0.1."""
    parts = re.findall(r"[0-9]+|[^0-9.]+", version)
    return [(1, int(part), "") if part.isdecimal() else (0, 0, part) for part in parts]


def is_newer(pack: Pack, other: Pack) -> bool | None:
    """Return whether `pack` is newer than `other`, by date and else by version; None when nothing says so."""
    if pack.day and other.day and pack.day != other.day:
        return pack.day > other.day
    if pack.version and other.version and pack.version != other.version:
        return order_of(pack.version) > order_of(other.version)
    return None
