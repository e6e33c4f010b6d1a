"""Whether an article still says what it said when a case relied on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256

from kbviewer.model.article import Article
from kbviewer.model.blocks import (
    Block,
    Blocks,
    Callout,
    Code,
    Figure,
    ScopeMatrix,
    Step,
    StepList,
    SymptomTable,
    block_runs,
    children,
    walk,
)
from kbviewer.model.cases import Case, StepChange, StepResult
from kbviewer.model.inline import plain_text


@dataclass(frozen=True, slots=True)
class NumberedStep:
    """A step in its place: `number` as "1.a", `procedure` the outermost list that it is in."""

    step: Step
    number: str
    procedure: StepList
    language: str


def numbered_steps(article: Article) -> Iterator[NumberedStep]:
    """Yield every step of the article in reading order, each with its number and language."""
    for block in article.blocks:
        yield from _steps_in(block, None, "", article.language)


def _steps_in(block: Block, procedure: StepList | None, above: str, language: str) -> Iterator[NumberedStep]:
    language = block.language or language
    if not isinstance(block, StepList):
        for child in children(block):
            yield from _steps_in(child, procedure, above, language)
        return
    outermost = procedure or block
    for step in block.steps:
        number = f"{above}{step.number}"
        spoken = step.language or language
        yield NumberedStep(step, number, outermost, spoken)
        for child in (*step.guards, *step.blocks):
            yield from _steps_in(child, outermost, f"{number}.", spoken)


def find_matrix(article: Article, key: str) -> ScopeMatrix | None:
    """Return the scope matrix with that block key."""
    for block in walk(article.blocks):
        if isinstance(block, ScopeMatrix) and block.key == key:
            return block
    return None


def fingerprint(step: Step) -> str:
    """Return what differs as soon as the step says something else.

    Text counts, with that of warnings, sub-steps and all else in the step. Looks, links, ids, numbers
    and spacing do not.
    """
    pieces = [*_texts(step.guards), plain_text(step.runs), *_texts(step.blocks)]
    said = "\x1f".join(" ".join(piece.split()) for piece in pieces)
    return sha256(said.encode("utf-8", "replace")).hexdigest()


def _texts(blocks: Blocks) -> Iterator[str]:
    for block in walk(blocks):
        yield f"{type(block).__name__} {_own_words(block)} {plain_text(block_runs(block))}"


def _own_words(block: Block) -> str:
    """Return what a block says outside its runs."""
    match block:
        case Callout():
            return block.kind.value
        case Code():
            return block.text
        case Figure():
            return block.alt
        case ScopeMatrix():
            cells = [cell.category for row in block.cells for cell in row]
            return " ".join([block.question, *block.rows, *block.columns, *cells])
        case SymptomTable():
            return " ".join([*block.headers, *(row.category for row in block.rows)])
        case _:
            return ""


class StepTexts:
    """What the steps of one article say now. Each is looked at once, when it is first asked about."""

    def __init__(self, variants: Iterable[Article]) -> None:
        self._places: dict[str, dict[str, NumberedStep]] = {}
        self._fingerprints: dict[tuple[str, str], str] = {}
        for article in variants:
            for place in numbered_steps(article):
                self._places.setdefault(place.step.id, {})[place.language] = place

    def change_of(self, result: StepResult) -> StepChange:
        """Return whether the step still says what it said; see `step_changes`."""
        said = self._places.get(result.step)
        if not said:
            return StepChange.GONE
        place = said.get(result.language)
        if place is None or self._fingerprint(place) != result.fingerprint:
            return StepChange.CHANGED
        return StepChange.UNCHANGED

    def says_otherwise(self, result: StepResult) -> bool:
        """Return whether the action itself reads otherwise, not just what belongs to it."""
        place = self._places.get(result.step, {}).get(result.language)
        return place is None or " ".join(plain_text(place.step.runs).split()) != result.text

    def _fingerprint(self, place: NumberedStep) -> str:
        key = (place.step.id, place.language)
        if key not in self._fingerprints:
            self._fingerprints[key] = fingerprint(place.step)
        return self._fingerprints[key]


def step_changes(case: Case, articles: Iterable[Article]) -> Mapping[tuple[str, str], StepChange]:
    """Return for every step result, by its key, whether the step says what it said.

    Args:
        articles: variants as they are now. A step is compared in the language in which it was read;
            one that exists in other languages only counts as changed.
    """
    variants: dict[str, list[Article]] = {}
    for article in articles:
        variants.setdefault(article.id, []).append(article)
    texts = {article: StepTexts(some) for article, some in variants.items()}
    nothing = StepTexts(())
    return {result.key: texts.get(result.article, nothing).change_of(result) for result in case.steps}
