"""Takes compounds apart: Swedish writes them as one word, nätverksproblem, and so does some English.

What a part may be is what the library itself uses as a word.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Set

from kbviewer.search.languages import STOP_WORDS

_SHORTEST = 7
_SHORTEST_PART = 3
# Three letters are a part when they are a common word; anything else that short is a syllable.
_LONG_PART = 4
_COMMON = 3
_LONGEST = 40


def made_of_any(word: str, parts: Set[str]) -> bool:
    """Return whether one of `parts` may be the first or the last part of `word`."""
    if not (_SHORTEST <= len(word) <= _LONGEST and word.isalpha()):
        return False
    return any(
        word[at:] in parts or not parts.isdisjoint(_heads(word[:at]))
        for at in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1)
    )


def _heads(head: str) -> Iterator[str]:
    """Yield the words that may be behind a first part, which may end in an added s or have lost an a."""
    yield head
    if head.endswith("s"):
        yield head[:-1]
    if len(head) >= _LONG_PART:
        yield head + "a"


class Splitter:
    """Finds the words of which a word is made.

    Args:
        frequency: in how many variants a word stands, 0 when it is none.
        last_frequency: the same of a last part, which may stand by itself in other forms.
    """

    def __init__(
        self, frequency: Callable[[str], int], last_frequency: Callable[[str], int] | None = None
    ) -> None:
        self._frequency = frequency
        self._last_frequency = last_frequency or frequency

    def splits(self, word: str) -> Iterator[tuple[str, str]]:
        """Yield every way to take `word` apart in two known words, long first parts first."""
        if not (_SHORTEST <= len(word) <= _LONGEST and word.isalpha()):
            return
        for at in range(len(word) - _SHORTEST_PART, _SHORTEST_PART - 1, -1):
            head = self._known_head(word[:at])
            if head and _is_part(word[at:], self._last_frequency):
                yield head, word[at:]

    def all_parts(self, word: str) -> set[str]:
        """Return the words that stand at the beginning or at the end of a compound."""
        return {part for split in self.splits(word) for part in split}

    def parts(self, word: str, depth: int = 3) -> tuple[str, ...]:
        """Return the words of which `word` is made, in order; nothing when it is no compound."""
        best: tuple[str, ...] = ()
        for head, tail in self.splits(word):
            # Of several ways, the one whose shorter part is longest: syllables make bad words.
            if not best or min(len(head), len(tail)) > min(map(len, best)):
                best = (head, tail)
        if best or depth < 2 or len(word) > _LONGEST or not word.isalpha():
            return best
        for at in range(len(word) - _SHORTEST_PART, _LONG_PART - 1, -1):
            head = self._known_head(word[:at])
            rest = self.parts(word[at:], depth - 1) if head else ()
            if rest:
                return (head, *rest)
        return ()

    def _known_head(self, head: str) -> str:
        """Return the word behind the first part, "" when there is none."""
        return next((word for word in _heads(head) if _is_part(word, self._frequency)), "")


def _is_part(part: str, frequency: Callable[[str], int]) -> bool:
    if part in STOP_WORDS:
        return False
    if len(part) >= _LONG_PART:
        return frequency(part) > 0
    return len(part) == _SHORTEST_PART and frequency(part) >= _COMMON
