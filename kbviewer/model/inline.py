"""Text inside a block: a flat sequence of runs, each with its marks and at most one link."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Mark(StrEnum):
    """How a run differs from plain text."""

    STRONG = "strong"
    EMPHASIS = "emphasis"
    CODE = "code"
    KEY = "key"
    QUOTE = "quote"
    STRIKE = "strike"
    SUBSCRIPT = "subscript"
    SUPERSCRIPT = "superscript"


class LinkKind(StrEnum):
    """Where a link leads.

    SECTION: `target` is an id in the same article. ARTICLE: `target` is an article reference,
    `anchor` an id in it. EXTERNAL: `target` is an address; it is shown, never opened by itself.
    SEARCH: `target` is the title of a work known by title only. MISSING: the source lost the address.
    """

    SECTION = "section"
    ARTICLE = "article"
    EXTERNAL = "external"
    SEARCH = "search"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Link:
    """The target of a run."""

    kind: LinkKind
    target: str = ""
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text with one look.

    Attributes:
        text: what the reader sees; a line break inside a paragraph is "\\n". QUOTE runs carry no
            quotation marks: the reader sets those of the language.
        marks: looks, in any combination.
        link: where a click leads.
        language: BCP 47 tag when the text is in another language than its block, else "".
        tip: explanation from the glossary, else "".
        image: path of an inline picture relative to the article's folder, else ""; `text` describes it.
    """

    text: str
    marks: frozenset[Mark] = frozenset()
    link: Link | None = None
    language: str = ""
    tip: str = ""
    image: str = ""


Runs = tuple[Run, ...]


def plain_text(runs: Iterable[Run]) -> str:
    """Return the text of `runs` without any marks."""
    return "".join(run.text for run in runs)
