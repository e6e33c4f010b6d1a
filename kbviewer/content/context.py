"""What the readers of blocks and of text share while one article is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kbviewer.content.links import Verdict
from kbviewer.content.problem_log import ProblemLog


@dataclass(slots=True)
class ReadingContext:
    """One reading of one article.

    Attributes:
        source: path of the file relative to its library.
        glossary: casefolded term to its tip.
        log: where problems go.
        aliases: further ids of a block, and the id that became its key.
    """

    source: str
    glossary: Mapping[str, str]
    log: ProblemLog
    aliases: dict[str, str] = field(default_factory=dict)

    def note(self, verdict: Verdict, line: int) -> None:
        """Note the problem of an address, if it has one."""
        if verdict.what is not None and verdict.remedy is not None:
            self.log.add(verdict.kind, line, verdict.what, verdict.remedy)
