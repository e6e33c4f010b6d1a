"""Which text of an earlier version of an article is which of today's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from kbviewer.content.pairing import is_explicit
from kbviewer.content.translation.units import block_of

# Beyond it, texts are matched by their keys alone; no article that people write gets there.
_MAX_PRODUCT: Final = 4_000_000


class Signed(NamedTuple):
    """A unit as it is known again: by its key, and by the hash of its text."""

    key: str
    digest: str


def align(before: Sequence[Signed], after: Sequence[Signed]) -> Mapping[int, int]:
    """Return by index in `before` the index in `after` of what is the same text, changed or not.

    Keys that an author wrote decide. Derived ones are places, which move when anything is put in above:
    there, equal texts in the same order decide, then equal texts anywhere, and at last the key.
    """
    found = _by_written_key(before, after)
    taken = frozenset(found.values())
    old = [index for index in range(len(before)) if index not in found]
    new = [index for index in range(len(after)) if index not in taken]
    # Equal texts are told apart by their keys where nothing has moved: from both ends up to the first change.
    for end in (0, -1):
        while old and new and before[old[end]] == after[new[end]]:
            found[old.pop(end)] = new.pop(end)
    if len(old) * len(new) > _MAX_PRODUCT:
        _by_key(before, after, old, new, found)
        return found
    # Only what has changed pays for the import.
    from difflib import SequenceMatcher

    matcher = SequenceMatcher(
        None, [_like(before[index]) for index in old], [_like(after[index]) for index in new], autojunk=False
    )
    gaps = []
    for operation, first, last, start, stop in matcher.get_opcodes():
        if operation == "equal":
            found.update(zip(old[first:last], new[start:stop], strict=True))
        else:
            gaps.append((old[first:last], new[start:stop]))
    _moved(before, after, gaps, found)
    taken = frozenset(found.values())
    for olds, news in gaps:
        left = [index for index in olds if index not in found]
        _by_key(before, after, left, [index for index in news if index not in taken], found)
    return found


def _moved(
    before: Sequence[Signed],
    after: Sequence[Signed],
    gaps: Sequence[tuple[Sequence[int], Sequence[int]]],
    found: dict[int, int],
) -> None:
    """Match texts that stand somewhere else now."""
    free: dict[tuple[str, str], list[int]] = {}
    for _, news in gaps:
        for index in news:
            free.setdefault(_like(after[index]), []).append(index)
    for olds, _ in gaps:
        for index in olds:
            same = free.get(_like(before[index]))
            if same:
                kept = next((place for place in same if after[place].key == before[index].key), same[0])
                same.remove(kept)
                found[index] = kept


def _by_written_key(before: Sequence[Signed], after: Sequence[Signed]) -> dict[int, int]:
    places = {unit.key: index for index, unit in enumerate(after) if _is_written(unit.key)}
    return {index: places[unit.key] for index, unit in enumerate(before) if unit.key in places}


def _by_key(
    before: Sequence[Signed],
    after: Sequence[Signed],
    old: Sequence[int],
    new: Sequence[int],
    found: dict[int, int],
) -> None:
    places = {after[index].key: index for index in new}
    for index in old:
        if before[index].key in places:
            found[index] = places[before[index].key]


def _is_written(key: str) -> bool:
    return key.startswith("@") or (is_explicit(block_of(key)) and "@" not in key)


def _like(unit: Signed) -> tuple[str, str]:
    """Return what two texts agree in when they are the same: the section that has a name, and the words."""
    root = unit.key.partition("/")[0]
    return (root if is_explicit(root) else "", unit.digest)
