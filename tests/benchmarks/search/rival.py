"""What other engines have in common here: one small interface, and one reading of what is typed."""

from __future__ import annotations

import importlib
import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Protocol

from tests.benchmarks.search.corpus import Plain

Found = tuple[str, str, str]
"""Key, title and snippet."""

HITS = 10
TITLE_WEIGHT = 4
SNIPPET_CHARACTERS = 160
SNIPPET_SOURCE_CHARACTERS = 20_000
"""How much of an article is looked at for a snippet where an engine leaves that to its user."""

_PIECE = re.compile(r'"([^"]*)"?|([^\s"]+)')
WORD = re.compile(r"[^\W_]+")


class NotInstalledError(Exception):
    """The engine cannot be imported; the text says how to install it."""


class Rival(Protocol):
    """An engine to compare with. It keeps its index in the folder that it is made with."""

    name: ClassVar[str]

    def __init__(self, folder: Path) -> None: ...

    def build(self, articles: Iterable[Plain]) -> None:
        """Index `articles`, for good."""

    def search(self, text: str) -> list[Found]:
        """Return the best ten."""

    def close(self) -> None:
        """Let go of the files."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is typed, split where all engines agree.

    Attributes:
        closed: words and phrases that are complete.
        begun: the word that may still be typed, "" when there is none.
    """

    closed: tuple[str, ...]
    begun: str

    @property
    def parts(self) -> int:
        """How many conditions there are."""
        return len(self.closed) + bool(self.begun)


def understand(text: str) -> Question:
    """Return the words and "phrases" of `text` that have a letter or digit."""
    closed: list[str] = []
    begun = ""
    for piece in _PIECE.finditer(text):
        phrase, word = piece.groups()
        if WORD.search(phrase or word or ""):
            if word and piece.end() == len(text):
                begun = word
            else:
                closed.append(phrase or word)
    return Question(tuple(closed), begun)


def imported(module: str, remedy: str) -> Any:
    """Import an engine's module, also from where Debian puts those for its own Python.

    Raises:
        NotInstalledError: it is not there, or made for another Python.
    """
    place = f"/usr/lib/python{sys.version_info.major}/dist-packages"
    sys.path.append(place)
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise NotInstalledError(remedy) from error
    finally:
        sys.path.remove(place)
