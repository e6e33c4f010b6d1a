"""An article: one language variant of one piece of knowledge."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from kbviewer.model.blocks import Block, Faq, Heading, walk
from kbviewer.model.inline import Runs


class ArticleState(StrEnum):
    """Whether the text can be trusted today."""

    CURRENT = "current"
    ARCHIVED = "archived"
    UNSUPPORTED = "unsupported"


class TranslationMethod(StrEnum):
    """How a translation was made.

    EDITORIAL: the source has no edition in this language; the text was written for this library.
    RESTORED: the source has one that lost parts; those were written anew from the other language.
    """

    HUMAN = "human"
    MACHINE = "machine"
    EDITORIAL = "editorial"
    RESTORED = "restored"


@dataclass(frozen=True, slots=True)
class Translation:
    """Where the text of this variant comes from.

    Attributes:
        source_language: language it was translated from.
        method: how.
        revision: the source's revision, "" when unknown.
        by: who, "" when unknown.
        origin: the first language when there was one more step between, else "".
        note: what the source says about how far the translation can be trusted, else "".
    """

    source_language: str
    method: TranslationMethod
    revision: str = ""
    by: str = ""
    origin: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """The article's place in a guide: part `number` (from 1) of `titles`."""

    guide: str
    title: str
    number: int
    titles: tuple[str, ...]

    def reference(self, number: int) -> str:
        """Return the id form that finds part `number` of this guide: "messenger-chat-2"."""
        return f"{self.guide}-{number}"


@dataclass(frozen=True, slots=True)
class SupportEnd:
    """The day on which a product's support ended."""

    product: str
    day: date


@dataclass(frozen=True, slots=True)
class HelpOffer:
    """Where the source sends readers who still need help."""

    label: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One language variant, complete.

    Attributes:
        id: the article's id in its library, the same in all languages ("kb307294").
        language: BCP 47 tag of the text.
        title: plain text of the level-1 heading.
        blocks: everything below the title, in reading order; the title itself is not among them.
        uid: id given by the author, usually the same as `id`.
        aliases: other ids that find it ("KB307294", "Q307294").
        applies_to: products; None when the source does not say.
        last_reviewed: naive, as the source states it; None when unknown.
        revision: "" when unknown.
        topic: key of a topic of its pack, "" when it has none.
        source: path of the file relative to its library, with forward slashes.
        is_language_guessed: the language was judged by the text: nothing says which it is.
        stale: keys of the blocks and steps whose original has changed since they were translated; "" is
            the title.
    """

    id: str
    language: str
    title: str
    blocks: tuple[Block, ...]
    uid: str = ""
    aliases: tuple[str, ...] = ()
    description: str = ""
    state: ArticleState = ArticleState.CURRENT
    applies_to: tuple[str, ...] | None = None
    keywords: tuple[str, ...] = ()
    last_reviewed: datetime | None = None
    revision: str = ""
    translation: Translation | None = None
    part: Part | None = None
    support_end: SupportEnd | None = None
    help_offer: HelpOffer | None = None
    topic: str = ""
    source: str = ""
    stale: frozenset[str] = frozenset()
    is_language_guessed: bool = False


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A line of the generated table of contents."""

    anchor: str
    level: int
    runs: Runs


def outline(article: Article) -> tuple[OutlineEntry, ...]:
    """Return headings and FAQ questions in reading order, those inside answers included.

    A question stands one level below the heading that it follows; a heading inside an answer
    stands at least one level below its question.
    """
    entries: list[OutlineEntry] = []
    level = 1
    inside: dict[str, int] = {}
    for block in walk(article.blocks):
        if isinstance(block, Heading):
            depth = max(block.level, inside.get(block.key, 0))
            entries.append(OutlineEntry(block.key, depth, block.runs))
            if block.key not in inside:
                level = block.level
        elif isinstance(block, Faq):
            entries.append(OutlineEntry(block.key, level + 1, block.question))
            inside.update(
                {child.key: level + 2 for child in walk(block.blocks) if isinstance(child, Heading)}
            )
    return tuple(entries)
