"""Notes on steps that are being written, so that whatever closes the page does not take them. Qt-free."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol


class Drafts(Protocol):
    """Texts by article and step."""

    def of_article(self, article: str) -> Mapping[str, str]:
        """Return what was typed, by steps."""

    def get(self, article: str, step: str) -> str:
        """Return what was typed at a step, "" for nothing."""

    def keep(self, article: str, step: str, text: str) -> None:
        """Keep what is typed; "" forgets it. Never fails: it is kept as soon as that is possible."""


class MemoryDrafts:
    """Drafts that last as long as the page."""

    def __init__(self) -> None:
        self._texts: dict[tuple[str, str], str] = {}

    def of_article(self, article: str) -> Mapping[str, str]:
        """See `Drafts`."""
        return {step: text for (name, step), text in self._texts.items() if name == article}

    def get(self, article: str, step: str) -> str:
        """See `Drafts`."""
        return self._texts.get((article, step), "")

    def keep(self, article: str, step: str, text: str) -> None:
        """See `Drafts`."""
        if text:
            self._texts[article, step] = text
        else:
            self._texts.pop((article, step), None)
