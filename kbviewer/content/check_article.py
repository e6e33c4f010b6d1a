"""What is wrong inside one variant: links, pictures, ids."""

from __future__ import annotations

from collections.abc import Iterator

from kbviewer.content.check_scope import CheckedVariant, Scope
from kbviewer.content.pairing import is_explicit
from kbviewer.model.blocks import (
    Block,
    Faq,
    Figure,
    Heading,
    ScopeMatrix,
    StepList,
    SymptomTable,
    block_runs,
    walk,
)
from kbviewer.model.inline import Link, LinkKind, Run
from kbviewer.model.library import Problem
from kbviewer.model.messages import N_, Message, message

_NO_ID: dict[type[Block], str] = {
    Heading: N_("the heading has no id"),
    Faq: N_("the question has no id"),
}
_ADD_ID = message(N_("Add one in braces, the same in every language: {example}"), example="{#short-name}")


def check_article(variant: CheckedVariant, scope: Scope) -> Iterator[Problem]:
    """Yield dangling links, missing pictures and missing ids."""
    checker = _ArticleChecker(variant, scope)
    for block in walk(variant.article.blocks):
        yield from checker.links(block)
        yield from checker.media(block)
    yield from checker.ids()


class _ArticleChecker:
    def __init__(self, variant: CheckedVariant, scope: Scope) -> None:
        self._variant = variant
        self._scope = scope
        self._anchors = variant.anchors

    def links(self, block: Block) -> Iterator[Problem]:
        """Yield links of a block that lead nowhere."""
        for run, line in _runs(block):
            if run.link is not None:
                yield from self._link(run.link, line)
        for anchor in _targets(block):
            yield from self._section(anchor, block.line)

    def media(self, block: Block) -> Iterator[Problem]:
        """Yield pictures of a block that are not there."""
        sources = [(run.image, line) for run, line in _runs(block) if run.image]
        if isinstance(block, Figure) and block.source:
            sources.append((block.source, block.line))
        for source, line in sources:
            if not self._scope.has_media(self._variant.article.id, source):
                yield self._problem(
                    "missing-media",
                    line,
                    message(N_("the picture '{path}' is missing or cannot be used"), path=source),
                    message(
                        N_("Put a PNG, JPEG, GIF, BMP or WebP file of that name into the article's folder.")
                    ),
                )

    def ids(self) -> Iterator[Problem]:
        """Yield headings, questions and steps without an id of their own; sub-steps may do without."""
        blocks = self._variant.article.blocks
        nested = {id(child) for child in _nested_step_lists(blocks)}
        for block in walk(blocks):
            if isinstance(block, Heading | Faq) and not is_explicit(block.key):
                yield self._problem("missing-id", block.line, Message(_NO_ID[type(block)]), _ADD_ID)
            if isinstance(block, StepList) and id(block) not in nested:
                for step in block.steps:
                    if not is_explicit(step.id):
                        what = message(N_("step {number} has no id"), number=step.number)
                        yield self._problem("missing-id", step.line, what, _ADD_ID)

    def _link(self, link: Link, line: int) -> Iterator[Problem]:
        if link.kind is LinkKind.SECTION:
            yield from self._section(link.target, line)
        elif link.kind is LinkKind.ARTICLE and self._scope.has_library:
            yield from self._article(link, line)

    def _section(self, anchor: str, line: int) -> Iterator[Problem]:
        if anchor not in self._anchors:
            yield self._problem(
                "dangling-link",
                line,
                message(N_("link to '#{anchor}' leads nowhere"), anchor=anchor),
                self._closest(anchor, self._anchors),
            )

    def _article(self, link: Link, line: int) -> Iterator[Problem]:
        entry_id = self._scope.finds(link.target)
        if entry_id is None:
            if not self._scope.pack.absent_title(link.target, self._variant.article.language):
                yield self._problem(
                    "dangling-link",
                    line,
                    message(N_("the library has no article '{target}'"), target=link.target),
                    message(N_("Correct the id, or list the article under [[absent]] in pack.toml.")),
                )
            return
        if link.anchor:
            anchors = self._scope.anchors_of(entry_id)
            if link.anchor not in anchors:
                yield self._problem(
                    "dangling-link",
                    line,
                    message(
                        N_("the article '{target}' has no '#{anchor}'"), target=entry_id, anchor=link.anchor
                    ),
                    self._closest(link.anchor, anchors),
                )

    @staticmethod
    def _closest(anchor: str, anchors: frozenset[str]) -> Message:
        # Only a failed check pays for the import.
        from difflib import get_close_matches

        explicit = sorted(filter(is_explicit, anchors))
        for closest in get_close_matches(anchor, explicit, n=1):
            return message(N_("The article has '#{closest}'."), closest=closest)
        return message(N_("Use the id of a heading, a question or a step of the article."))

    def _problem(self, kind: str, line: int, what: Message, remedy: Message) -> Problem:
        return Problem(self._variant.file.source, line, kind, what, remedy)


def _runs(block: Block) -> Iterator[tuple[Run, int]]:
    """Yield the runs of a block with their lines; those of steps stand on the steps' own."""
    if isinstance(block, StepList):
        yield from ((run, block.line) for run in block.title)
        for step in block.steps:
            yield from ((run, step.line) for run in step.runs)
    else:
        yield from ((run, block.line) for run in block_runs(block))


def _targets(block: Block) -> Iterator[str]:
    if isinstance(block, ScopeMatrix):
        yield from (target.anchor for row in block.cells for cell in row for target in cell.targets)
    elif isinstance(block, SymptomTable):
        yield from (target.anchor for row in block.rows for target in row.targets)


def _nested_step_lists(blocks: tuple[Block, ...]) -> Iterator[StepList]:
    """Yield procedures that are the sub-steps of a step."""
    for block in walk(blocks):
        if isinstance(block, StepList):
            for step in block.steps:
                yield from (child for child in walk(step.blocks) if isinstance(child, StepList))
