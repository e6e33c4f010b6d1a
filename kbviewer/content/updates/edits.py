"""How one text of bytes is made of another: pieces that are copied, and what is new between them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

_BLOCK_BYTES = 32


class Edit(NamedTuple):
    """Copy `length` bytes of the old text from `at` on, then put `fresh` bytes that are new."""

    at: int
    length: int
    fresh: int


def find_edits(old: bytes, new: bytes) -> tuple[list[Edit], bytes]:
    """Return what makes `new` of `old`, and the new bytes of all edits, one after the other."""
    edits: list[Edit] = []
    fresh: list[bytes] = []
    at = length = done = 0
    for start, found, matched in _matches(old, new):
        _append(edits, fresh, Edit(at, length, start - done), new[done:start])
        at, length, done = found, matched, start + matched
    _append(edits, fresh, Edit(at, length, len(new) - done), new[done:])
    return edits, b"".join(fresh)


def apply_edits(old: bytes, edits: Sequence[Edit], size: int, read: Callable[[int], bytes]) -> bytes:
    """Return the new text.

    Args:
        size: of the new text; nothing is made of edits that come to more or to less.
        read: returns as many of the new bytes as it is asked for.

    Raises:
        ValueError: the edits do not fit the old text, or each other.
    """
    if sum(edit.length + edit.fresh for edit in edits) != size:
        raise ValueError("another size")
    pieces: list[bytes] = []
    for at, length, fresh in edits:
        if min(at, length, fresh) < 0 or at + length > len(old):
            raise ValueError("outside of the old text")
        pieces.append(old[at : at + length])
        pieces.append(read(fresh))
    return b"".join(pieces)


def _append(edits: list[Edit], fresh: list[bytes], edit: Edit, data: bytes) -> None:
    if edit.length or edit.fresh:
        edits.append(edit)
        fresh.append(data)


def _matches(old: bytes, new: bytes) -> Iterator[tuple[int, int, int]]:
    """Yield place in `new`, place in `old` and length of what both have, in the order of `new`."""
    blocks: dict[bytes, int] = {}
    for at in range(0, len(old) - _BLOCK_BYTES + 1, _BLOCK_BYTES):
        blocks.setdefault(old[at : at + _BLOCK_BYTES], at)
    done = at = expected = 0
    last = len(new) - _BLOCK_BYTES
    while at <= last:
        block = new[at : at + _BLOCK_BYTES]
        # Where the old text would go on comes first: in repetitive texts many places have the same block.
        straight = expected + at - done
        found = straight if old[straight : straight + _BLOCK_BYTES] == block else blocks.get(block, -1)
        if found < 0:
            at += 1
            continue
        back = _common_end(old, found, new, at, at - done)
        start, place = at - back, found - back
        length = back + _common_start(old, found, new, at)
        yield start, place, length
        done = at = start + length
        expected = place + length


def _common_start(old: bytes, found: int, new: bytes, at: int) -> int:
    """Return how many bytes are the same from two places on."""
    most = min(len(old) - found, len(new) - at)
    length, step = 0, _BLOCK_BYTES
    while length < most:
        step = min(step, most - length)
        if old[found + length : found + length + step] == new[at + length : at + length + step]:
            length += step
            step *= 2
        elif step == 1:
            break
        else:
            step = max(1, step // 2)
    return length


def _common_end(old: bytes, found: int, new: bytes, at: int, most: int) -> int:
    """Return how many bytes are the same before two places, `most` at the most."""
    length = 0
    while length < min(most, found) and old[found - length - 1] == new[at - length - 1]:
        length += 1
    return length
