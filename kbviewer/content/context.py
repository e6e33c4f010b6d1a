"""What the readers of blocks and of text share while one article is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from kbviewer.content.included import Inclusions
from kbviewer.content.links import Verdict
from kbviewer.content.problem_log import ProblemLog
from kbviewer.content.tree import Node
from kbviewer.model.library import Problem


@dataclass(slots=True)
class ReadingContext:
    """One reading of one article.

    Attributes:
        source: path of the file relative to its library.
        glossary: casefolded term to its tip.
        log: where problems go.
        build: makes the tree of a further text, and says what is wrong with it.
        inclusions: the files whose text the article takes in.
        aliases: further ids of a block, and the id that became its key.
    """

    source: str
    glossary: Mapping[str, str]
    log: ProblemLog
    build: Callable[[str], tuple[Node, Sequence[Problem]]]
    inclusions: Inclusions = field(default_factory=Inclusions)
    aliases: dict[str, str] = field(default_factory=dict)

    def note(self, verdict: Verdict, line: int) -> None:
        """Note the problem of an address, if it has one."""
        if verdict.what is not None and verdict.remedy is not None:
            self.log.add(verdict.kind, line, verdict.what, verdict.remedy)
