"""What there is to tell about the program, its articles and its components."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kbviewer.model.messages import Message


@dataclass(frozen=True, slots=True)
class LibraryFacts:
    """A library in two words: its title and version, and where it lies.

    Attributes:
        origin: how far it is known where it comes from, None for a folder.
    """

    title: str
    version: str
    path: str
    origin: Message | None = None


@dataclass(frozen=True, slots=True)
class Component:
    """A work of others that the program carries."""

    name: str
    version: str
    licence: str


@dataclass(frozen=True, slots=True)
class AboutFacts:
    """What the dialog tells.

    Attributes:
        version: of the program.
        content_date: latest date of the open libraries (`date` in pack.toml), formatted, "" when unknown.
    """

    version: str
    content_date: str
    libraries: Sequence[LibraryFacts]
    components: Sequence[Component]
