"""The problems found while one file is read."""

from __future__ import annotations

from kbviewer.model.library import Problem
from kbviewer.model.messages import Message

# A hostile file could have a problem in every character; nobody reads more than this.
MAX_PROBLEMS = 500


class ProblemLog:
    """Collects problems in reading order; says each thing once per line.

    Args:
        source: path that the problems carry.
    """

    def __init__(self, source: str) -> None:
        self._source = source
        self._problems: dict[tuple[str, int, str], Problem] = {}

    def add(self, kind: str, line: int, what: Message, remedy: Message) -> None:
        """Note a problem; repetitions and floods are dropped."""
        if len(self._problems) < MAX_PROBLEMS:
            problem = Problem(self._source, line, kind, what, remedy)
            self._problems.setdefault((kind, line, str(what)), problem)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What was noted, ordered by line."""
        return tuple(sorted(self._problems.values(), key=lambda problem: problem.line))
