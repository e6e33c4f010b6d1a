"""Keys for everything in an article that can be pointed at.

The author's ids stay. What has none gets a key from its place, never from its text, so that both
languages agree:

    s2            second section of the first level          s2-1      first section inside it
    lan/p3        third paragraph of the section "lan"        s0/p1     paragraph before any section
    lan/n1        first procedure of the section              lan/n1/2  its second step
    cert/1        first sub-step of the step "cert"           cert/c1   first callout in that step
    lan/l1/2/p1   first paragraph of a list's second item     faq-x/s1  first section of an answer

Letters: p paragraph, l list, n procedure, c callout, t table, m matrix, y symptoms, q question,
x code, f figure, r rule.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from kbviewer.content.problem_log import ProblemLog
from kbviewer.model.blocks import (
    Block,
    BulletList,
    Callout,
    Code,
    Faq,
    Figure,
    Heading,
    Paragraph,
    Rule,
    ScopeMatrix,
    Step,
    StepList,
    SymptomTable,
    Table,
    walk,
    walk_steps,
)
from kbviewer.model.messages import N_, message

_LETTERS: dict[type, str] = {
    Paragraph: "p",
    BulletList: "l",
    StepList: "n",
    Callout: "c",
    Table: "t",
    ScopeMatrix: "m",
    SymptomTable: "y",
    Faq: "q",
    Code: "x",
    Figure: "f",
    Rule: "r",
}


def assign_keys(blocks: Sequence[Block], log: ProblemLog) -> tuple[Block, ...]:
    """Return the blocks with a unique key each; repeated ids become problems."""
    return _KeyAssigner(blocks, log).sequence(blocks, _Scope("", "s0"))


@dataclass(slots=True)
class _Scope:
    """Counts what a container holds.

    Attributes:
        container: key of the container, "" for the article.
        section: key that the next blocks hang under.
    """

    container: str
    section: str
    _counts: Counter[str] = field(default_factory=Counter)
    _path: list[tuple[int, int]] = field(default_factory=list)  # (level, ordinal) of the open sections

    def heading_key(self, level: int) -> str:
        """Return the key of the next heading, by the ordinals of the sections around it."""
        ordinal = 1
        while self._path and self._path[-1][0] >= level:
            last, number = self._path.pop()
            # A shallower heading than the one before continues that one's count.
            ordinal = number + 1 if last >= level else ordinal
        self._path.append((level, ordinal))
        key = "s" + "-".join(str(number) for _, number in self._path)
        return f"{self.container}/{key}" if self.container else key

    def block_key(self, letter: str) -> str:
        """Return the key of the next block of a kind."""
        name = f"{self.section}/{letter}"
        self._counts[name] += 1
        return f"{name}{self._counts[name]}"


class _KeyAssigner:
    """Gives keys, each once."""

    def __init__(self, blocks: Sequence[Block], log: ProblemLog) -> None:
        self._log = log
        self._used: set[str] = set()
        self._suffixes: Counter[str] = Counter()
        self._explicit = {block.key for block in walk(tuple(blocks))}
        self._explicit |= {step.id for step in walk_steps(tuple(blocks))}

    def sequence(self, blocks: Iterable[Block], scope: _Scope) -> tuple[Block, ...]:
        """Return the blocks of one container."""
        return tuple(self._block(block, scope) for block in blocks)

    def _block(self, block: Block, scope: _Scope) -> Block:
        """Return a block and its children with keys."""
        if isinstance(block, Heading):
            # Counted even when it has an id, so that an id more or less moves no other key.
            derived = scope.heading_key(block.level)
            scope.section = self._claim(block.key, derived, block.line)
            return replace(block, key=scope.section)
        derived = scope.block_key(_LETTERS[type(block)])
        key = self._claim(block.key, derived, block.line)
        match block:
            case BulletList(items=items):
                numbered = enumerate(items, start=1)
                inner = (self._inside(item, f"{key}/{number}") for number, item in numbered)
                return replace(block, key=key, items=tuple(inner))
            case StepList(steps=steps):
                first = scope.container if derived == f"{scope.container}/n1" and not block.key else key
                return replace(block, key=key, steps=self._steps(steps, first))
            case Callout(blocks=blocks) | Faq(blocks=blocks):
                return replace(block, key=key, blocks=self._inside(blocks, key))
            case _:
                return replace(block, key=key)

    def _inside(self, blocks: Iterable[Block], key: str) -> tuple[Block, ...]:
        """Return the blocks of a container with that key."""
        return self.sequence(blocks, _Scope(key, key))

    def _steps(self, steps: Iterable[Step], prefix: str) -> tuple[Step, ...]:
        """Return the steps of a procedure; the first procedure in a step counts on from the step's id."""
        keyed = []
        for number, step in enumerate(steps, start=1):
            identity = self._claim(step.id, f"{prefix}/{number}", step.line)
            scope = _Scope(identity, identity)
            guards = self.sequence(step.guards, scope)
            blocks = self.sequence(step.blocks, scope)
            callouts = tuple(guard for guard in guards if isinstance(guard, Callout))
            keyed.append(replace(step, id=identity, guards=callouts, blocks=blocks))
        return tuple(keyed)

    def _claim(self, explicit: str, derived: str, line: int) -> str:
        """Return a key that nothing else has."""
        wanted = explicit or derived
        if wanted not in self._used and (explicit or wanted not in self._explicit):
            self._used.add(wanted)
            return wanted
        key = wanted
        while key in self._used or key in self._explicit:
            self._suffixes[wanted] += 1
            key = f"{wanted}-{self._suffixes[wanted] + 1}"
        self._used.add(key)
        if explicit:
            self._log.add(
                "duplicate-id",
                line,
                message(N_("the id '{id}' occurs more than once"), id=explicit),
                message(N_("Give every heading, procedure and step an id of its own.")),
            )
        return key
