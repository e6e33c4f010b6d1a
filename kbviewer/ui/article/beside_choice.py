"""Which language stands in the right column. Qt-free."""

from __future__ import annotations

from collections.abc import Sequence


class RightLanguage:
    """Remembers what the reader chose, and swaps the columns when the left one comes to speak it.

    Attributes:
        current: BCP 47 tag of the language on the right, "" when there is no other.
    """

    def __init__(self) -> None:
        self.current = ""
        self._left = ""

    def choose(self, language: str) -> None:
        """Have `language` on the right."""
        self.current = language

    def beside(self, left: str, variants: Sequence[str], known: Sequence[str]) -> str:
        """Return the language that stands beside `left`.

        Args:
            left: language of the left column.
            variants: languages that the article has.
            known: languages of the library, in which the reader may look for it.
        """
        if self.current == left:
            self.current = self._left
        self._left = left
        if self.current == left or self.current not in {*variants, *known}:
            self.current = ""
        if not self.current:
            self.current = next((tag for tag in (*variants, *known) if tag != left), "")
        return self.current

    def offered(self, left: str, variants: Sequence[str], known: Sequence[str]) -> tuple[str, ...]:
        """Return what can be chosen for the right column, the languages of the article first."""
        return tuple(dict.fromkeys(tag for tag in (*variants, *known) if tag != left))
