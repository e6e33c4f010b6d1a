"""What a library offers: entries, variants and problems, and the seam through which it is read."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

from kbviewer.model.article import Article, ArticleState, Part
from kbviewer.model.messages import Gettext, Message

_KB_NUMBER = re.compile(r"(?:kb|q)?(\d{4,})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a file: where, what, and what to do.

    Attributes:
        path: relative to the folder that was opened, with forward slashes.
        line: counted from 1; 0 when the whole file is meant.
        kind: stable word for scripts, such as "dangling-link".
        blocking: the article cannot be shown because of it.
    """

    path: str
    line: int
    kind: str
    what: Message
    remedy: Message
    blocking: bool = False

    def render(self, gettext: Gettext) -> str:
        """Return `path:line: what; remedy`, as one sentence."""
        where = f"{self.path}:{self.line}" if self.line else self.path
        remedy = self.remedy.render(gettext)
        if remedy[1:2].islower():
            remedy = remedy[0].lower() + remedy[1:]
        return f"{where}: {self.what.render(gettext).removesuffix('.')}; {remedy}"


@dataclass(frozen=True, slots=True)
class Variant:
    """One language of an entry, as listed without opening the article.

    Attributes:
        is_guessed: the language was judged by the text: nothing says which it is.
    """

    language: str
    title: str
    description: str
    source: str
    state: ArticleState = ArticleState.CURRENT
    applies_to: tuple[str, ...] | None = None
    is_guessed: bool = False


@dataclass(frozen=True, slots=True)
class LibraryEntry:
    """An article of a library with all its languages.

    Attributes:
        id: the article's id.
        variants: by language; empty when every file of it is broken.
        references: every id form that finds it, folded with `fold_reference`.
        topic: key of a topic, "" when it has none.
        problems: why files of it could not be read.
    """

    id: str
    variants: Mapping[str, Variant]
    references: frozenset[str] = frozenset()
    topic: str = ""
    part: Part | None = None
    problems: tuple[Problem, ...] = field(default=())


def fold_reference(reference: str) -> str:
    """Return the form in which ids are compared: KB307294, Q307294 and 307294 are one.

    Case is ignored, as are a leading "kb://" and "/"; anything else stays as it is.
    """
    folded = reference.strip().casefold().removeprefix("kb://").strip("/")
    # Thousands of paths are folded for a listing, and few of them end like a number.
    number = _KB_NUMBER.fullmatch(folded) if folded[-1:].isdigit() else None
    return number.group(1) if number else folded


class ArticleRepository(Protocol):
    """Where articles come from: a folder, a pack, or several of them."""

    def entries(self) -> Sequence[LibraryEntry]:
        """Return all entries, broken ones included, ordered by id."""

    def languages(self) -> Sequence[str]:
        """Return the languages of the articles, those of the pack's list first."""

    def resolve(self, reference: str) -> LibraryEntry:
        """Return the entry that an id, alias, uid or source path names.

        Raises:
            ArticleNotFoundError: nothing has that reference.
        """

    def article(self, entry_id: str, language: str) -> Article:
        """Return the variant in `language`, or the next best when the entry lacks it.

        Blocks that only another variant has are filled in from it, marked with their language.

        Raises:
            ArticleNotFoundError: nothing has that id.
            ContentError: its files are broken.
        """

    def topic_title(self, topic: str, language: str) -> str:
        """Return the topic's title in `language`, else in any, else the key."""

    def absent_title(self, reference: str, language: str) -> str:
        """Return the title of an article that the library knowingly lacks, "" when unknown."""

    def media(self, entry_id: str, path: str) -> bytes | None:
        """Return a picture's bytes, None when the article has no such file or it is over the limits."""


@runtime_checkable
class WithLibraries(Protocol):
    """A repository that is put together from several libraries."""

    def by_library(self, language: str) -> Sequence[tuple[str, Sequence[str]]]:
        """Return the title of each library, in order, with the ids of the articles that it has first."""

    def outdated(self, language: str) -> frozenset[str]:
        """Return the articles whose text in `language` stands for an original that has changed since."""
