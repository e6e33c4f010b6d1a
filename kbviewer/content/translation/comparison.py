"""An original and its translation side by side: which text is which, and what has become of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kbviewer.content.translation.alignment import Signed, align
from kbviewer.content.translation.lock_file import Accepted, TranslationLock
from kbviewer.content.translation.units import Unit, digest_of


class TextState(StrEnum):
    """What has become of one text.

    TRANSLATED: the original says what it said when the translation was accepted.
    UNACCEPTED: there is a translation, and nothing tells what it was made from.
    STALE: the original has changed since.
    MISSING: only the original has it.
    EXTRA: only the translation has it.
    """

    TRANSLATED = "translated"
    UNACCEPTED = "unaccepted"
    STALE = "stale"
    MISSING = "missing"
    EXTRA = "extra"


@dataclass(frozen=True, slots=True)
class Pair:
    """A text in both languages.

    Attributes:
        source: None for an extra one.
        target: where the translation stands; without text, or None, for a missing one.
        accepted: what the original said when the translation was accepted, "" when nobody has.
    """

    source: Unit | None
    target: Unit | None
    state: TextState
    accepted: str = ""

    @property
    def key(self) -> str:
        """Key of the text, in the original when that has it."""
        unit = self.source or self.target
        return unit.key if unit is not None else ""


def compare(source: Sequence[Unit], target: Sequence[Unit], lock: TranslationLock | None) -> tuple[Pair, ...]:
    """Return all texts of the original in its order, then those that only the translation has."""
    known = lock.accepted if lock is not None else ()
    sources = align(
        [Signed(entry.key, digest_of(entry.text)) for entry in known],
        [Signed(unit.key, unit.digest) for unit in source],
    )
    targets = align(
        [Signed(entry.into, entry.digest) for entry in known],
        [Signed(unit.key, unit.digest) for unit in target],
    )
    entries = {index: at for at, index in sources.items()}
    taken = {targets[at] for at in entries.values() if at in targets}
    free = {unit.key: index for index, unit in enumerate(target) if index not in taken}
    pairs: list[Pair] = []
    for index, unit in enumerate(source):
        if not unit.text:
            free.pop(unit.key, None)
            continue
        at = entries.get(index)
        found = targets.get(at) if at is not None else free.pop(unit.key, None)
        translation = target[found] if found is not None else None
        pairs.append(_pair(unit, translation, known[at].text if at is not None else None))
    extra = sorted(free.values())
    return (*pairs, *(Pair(None, target[index], TextState.EXTRA) for index in extra if target[index].text))


def accept(pairs: Sequence[Pair], language: str, keys: Collection[str] = ()) -> TranslationLock:
    """Return the lock that takes the translations of these blocks, or of all, for those of today's text."""
    accepted = []
    for pair in pairs:
        source, target = pair.source, pair.target
        if source is None or target is None or not target.text:
            continue
        is_meant = not keys or source.key in keys or source.block in keys
        text = source.text if is_meant else pair.accepted
        if text:
            accepted.append(Accepted(source.key, text, target.key, target.digest))
    return TranslationLock(language, tuple(accepted))


def count(pairs: Sequence[Pair]) -> Mapping[TextState, int]:
    """Return how many texts are in each state."""
    counts = dict.fromkeys(TextState, 0)
    for pair in pairs:
        counts[pair.state] += 1
    return counts


def _pair(source: Unit, target: Unit | None, accepted: str | None) -> Pair:
    if target is None or not target.text:
        return Pair(source, target, TextState.MISSING, accepted or "")
    if accepted is None:
        return Pair(source, target, TextState.UNACCEPTED)
    state = TextState.TRANSLATED if accepted == source.text else TextState.STALE
    return Pair(source, target, state, accepted)
