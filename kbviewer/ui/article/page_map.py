"""Where everything of an article stands in its document. Filled by the writers, read by the page."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple

from kbviewer.model.inline import Link


class Place(Enum):
    """How an embedded widget finds its rectangle."""

    MARGIN = "margin"
    BLOCKS = "blocks"
    OBJECT = "object"
    CORNER = "corner"
    ASIDE = "aside"


class Kind(Enum):
    """What an embedded widget is."""

    TICK = "tick"
    MATRIX = "matrix"
    SYMPTOM_FILTER = "symptoms"
    FAQ = "faq"
    FAQ_BAR = "faq-bar"
    COPY = "copy"
    ACTION = "action"
    HEADING_LINK = "heading-link"
    STEP_MENU = "step-menu"
    RESULT = "result"
    ESCALATE = "escalate"
    FOOTER = "footer"
    NOTE = "note"


@dataclass(slots=True)
class Embedded:
    """A widget over the document.

    Attributes:
        key: unique on the page and the same in all languages; the widget is kept across rebuilds.
        position: document position that it belongs to, for reading order.
        first, last: numbers of the text blocks that it covers.
        left: from the left edge of the document, for MARGIN and BLOCKS.
        right: from the right edge; ASIDE stands at its inside.
        payload: what the factory needs to make it.
        language: of the text that it belongs to.
        width: room reserved for it inside a line; None when it takes a line of its own.
    """

    key: str
    kind: Kind
    place: Place
    position: int
    first: int
    last: int
    left: float
    right: float
    payload: object
    language: str = ""
    width: float | None = None


class Span(NamedTuple):
    """The text blocks of something that can be gone to."""

    key: str
    first: int
    last: int


class CardLook(NamedTuple):
    """How a card is painted: token names, sizes in pixels."""

    fill: str = ""
    border: str = ""
    bar: str = ""
    icon: str = ""
    icon_colour: str = ""
    icon_px: int = 0
    dashed: bool = False
    poster: bool = False


@dataclass(slots=True)
class Card:
    """A rounded box painted behind text blocks."""

    first: int
    last: int
    left: float
    right: float
    pad_top: float
    pad_bottom: float
    look: CardLook


class MarkLook(Enum):
    """How a piece of text is decorated."""

    CODE = "code"
    KEY = "key"
    CHIP = "chip"
    TAG = "tag"


class InlineMark(NamedTuple):
    """Characters with a rounded background; `colour` is a "#RRGGBB" for chips of a category."""

    start: int
    end: int
    look: MarkLook
    colour: str = ""


@dataclass(frozen=True, slots=True)
class LinkSpot:
    """A link or a glossary tip in the text.

    Attributes:
        owner: key of the block that holds it.
        index: which of that block's spots it is.
        link: None for a tip.
    """

    start: int
    end: int
    owner: str
    index: int
    label: str
    link: Link | None = None
    tip: str = ""


@dataclass(slots=True)
class Fold:
    """Text blocks that can be hidden together: a FAQ answer or a symptom row."""

    key: str
    first: int
    last: int
    is_open: bool = True
    keys: set[str] = field(default_factory=set)


class StepText(NamedTuple):
    """The text blocks of a step's action, muted when it is done."""

    step: str
    first: int
    last: int


class Section(NamedTuple):
    """An outline entry's first text block."""

    key: str
    first: int


@dataclass(slots=True)
class PageMap:
    """All of it. Lists are in reading order.

    Attributes:
        results: numbers of the text blocks that are kept for what became of a step, by its id.
        generated: words that the article does not hold; they are not copied.
        labels: kinds of boxes, such as "Warning", that run into their text.
    """

    spans: list[Span] = field(default_factory=list)
    areas: dict[str, Span] = field(default_factory=dict)
    cards: list[Card] = field(default_factory=list)
    marks: list[InlineMark] = field(default_factory=list)
    links: list[LinkSpot] = field(default_factory=list)
    embedded: list[Embedded] = field(default_factory=list)
    folds: dict[str, Fold] = field(default_factory=dict)
    steps: dict[str, StepText] = field(default_factory=dict)
    results: dict[str, int] = field(default_factory=dict)
    sections: list[Section] = field(default_factory=list)
    objects: list[ReservedObject] = field(default_factory=list)
    generated: list[tuple[int, int]] = field(default_factory=list)
    labels: list[tuple[int, int]] = field(default_factory=list)
    pictures: dict[int, str] = field(default_factory=dict)
    numbers: dict[int, str] = field(default_factory=dict)
    languages: dict[int, str] = field(default_factory=dict)
    levels: dict[int, int] = field(default_factory=dict)
    _starts: list[int] = field(default_factory=list)
    _step_starts: list[tuple[int, str]] = field(default_factory=list)

    def span_at(self, block: int) -> Span | None:
        """Return the span that holds the text block number `block`, else the one before it."""
        if len(self._starts) != len(self.spans):
            self._starts = [span.first for span in self.spans]
        index = bisect_right(self._starts, block) - 1
        return self.spans[index] if index >= 0 else None

    def section_at(self, block: int) -> str:
        """Return the key of the section that text block `block` belongs to, "" above the first."""
        index = bisect_right([section.first for section in self.sections], block) - 1
        return self.sections[index].key if index >= 0 else ""

    def step_at(self, block: int) -> str:
        """Return the innermost step that text block `block` belongs to, "" for none."""
        if not self._step_starts:
            self._step_starts = sorted((self.areas[f"{step}@step"].first, step) for step in self.steps)
        index = bisect_right(self._step_starts, (block, "\uffff")) - 1
        while index >= 0:
            step = self._step_starts[index][1]
            if block <= self.areas[f"{step}@step"].last:
                return step
            index -= 1
        return ""

    def folds_over(self, block: int) -> Iterator[Fold]:
        """Yield the folds that hold text block `block`."""
        for fold in self.folds.values():
            if fold.first <= block <= fold.last:
                yield fold

    def embedded_by_key(self, key: str) -> Embedded | None:
        """Return the embedded widget's record."""
        return next((item for item in self.embedded if item.key == key), None)


@dataclass(slots=True)
class ReservedObject:
    """Space for something in the text: `width` None takes all the room between the block's margins.

    Attributes:
        left, right: the block's margins.
        descent: how far it reaches below the base line, for objects inside a line.
        plain: what copies instead of it.
    """

    width: float | None
    height: float
    left: float = 0.0
    right: float = 0.0
    descent: float = 0.0
    name: str = ""
    plain: str = ""
    payload: object = None
    html: str = ""
