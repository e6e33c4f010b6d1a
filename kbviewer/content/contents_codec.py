"""Tables of contents as plain JSON values, and back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kbviewer.model.contents import ContentsEntry


def encode_contents(entries: Sequence[ContentsEntry]) -> list[Any]:
    """Return `entries` as lists that `decode_contents` understands."""
    return [[entry.title, entry.article, entry.address, encode_contents(entry.children)] for entry in entries]


def decode_contents(data: Any) -> tuple[ContentsEntry, ...] | None:
    """Return the entries that `encode_contents` was given, None when `data` is anything else."""
    try:
        return _decode(data)
    except (TypeError, ValueError, RecursionError):
        return None


def _decode(data: Any) -> tuple[ContentsEntry, ...]:
    if not isinstance(data, list):
        raise TypeError("not a list")
    entries = []
    for title, article, address, children in data:
        if not all(isinstance(text, str) for text in (title, article, address)):
            raise TypeError("not a text")
        entries.append(ContentsEntry(title, article, address, _decode(children)))
    return tuple(entries)
