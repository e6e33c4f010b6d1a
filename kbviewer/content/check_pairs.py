"""Where two languages of an article differ in structure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kbviewer.content.check_scope import CheckedVariant
from kbviewer.content.pairing import is_explicit, sections
from kbviewer.model.blocks import (
    Block,
    Blocks,
    BulletList,
    Callout,
    Code,
    Faq,
    Figure,
    Heading,
    Paragraph,
    ParagraphRole,
    ScopeMatrix,
    Step,
    StepList,
    SymptomTable,
    Table,
    Target,
)
from kbviewer.model.library import Problem
from kbviewer.model.messages import N_, Message, message

_NAMES: dict[type[Block], str] = {
    Heading: N_("heading"),
    Paragraph: N_("paragraph"),
    BulletList: N_("list"),
    StepList: N_("procedure"),
    Callout: N_("callout"),
    ScopeMatrix: N_("scope matrix"),
    SymptomTable: N_("symptom table"),
    Faq: N_("question"),
    Table: N_("table"),
    Code: N_("code"),
    Figure: N_("figure"),
}
_REMEDY = message(N_("Give both languages the same parts in the same order."))


def check_pair(first: CheckedVariant, other: CheckedVariant) -> Iterator[Problem]:
    """Yield where `other` differs from `first`, with file and line of both."""
    checker = _PairChecker(first.file.source, other.file.source)
    yield from checker.blocks(first.article.blocks, other.article.blocks, _Place(1, 1))


@dataclass(frozen=True, slots=True)
class _Place:
    """Lines in both files of what is being compared."""

    first: int
    other: int


class _PairChecker:
    def __init__(self, first: str, other: str) -> None:
        self._first = first
        self._other = other

    def blocks(self, first: Blocks, other: Blocks, place: _Place) -> Iterator[Problem]:
        """Yield differences between two sequences: sections by their ids, and inside by their kinds."""
        mine = {section.id: section for section in sections(first)}
        theirs = {section.id: section for section in sections(other)}
        yield from self._ids(_lines_of_headings(first), _lines_of_headings(other), place, N_("section"))
        for section_id, section in mine.items():
            if section_id in theirs:
                counterpart = theirs[section_id]
                lines = place
                if section.heading and counterpart.heading:
                    lines = _Place(section.heading.line, counterpart.heading.line)
                    yield from self._levels(section.heading, counterpart.heading)
                yield from self._section(section.blocks, counterpart.blocks, lines)

    def _levels(self, first: Heading, other: Heading) -> Iterator[Problem]:
        if first.level != other.level:
            yield self._differ(
                _Place(first.line, other.line),
                message(N_("a heading of level {level}"), level=first.level),
                message(N_("level {level}"), level=other.level),
            )

    def _section(self, first: Blocks, other: Blocks, place: _Place) -> Iterator[Problem]:
        """Compare kinds in order; the first difference is told, what follows it would only repeat it."""
        for mine, theirs in zip(first, other, strict=False):
            lines = _Place(mine.line, theirs.line)
            if _kind(mine) != _kind(theirs):
                yield self._differ(lines, _named(mine), _named(theirs))
                return
            if is_explicit(mine.key) and is_explicit(theirs.key) and mine.key != theirs.key:
                yield self._differ(lines, _quoted(mine.key), _quoted(theirs.key))
            yield from self._pair(mine, theirs, lines)
        if len(first) > len(other):
            rest = first[len(other)]
            yield self._differ(_Place(rest.line, place.other), _named(rest), message(N_("nothing like it")))
        elif len(other) > len(first):
            rest = other[len(first)]
            yield self._differ(_Place(place.first, rest.line), message(N_("nothing like it")), _named(rest))

    def _pair(self, first: Block, other: Block, place: _Place) -> Iterator[Problem]:
        match first, other:
            case StepList(), StepList():
                yield from self._steps(first.steps, other.steps, place)
                if bool(first.title) != bool(other.title):
                    titles = [message(N_("a title")), message(N_("no title"))]
                    yield self._differ(place, *(titles if first.title else reversed(titles)))
            case Callout(), Callout():
                yield from self.blocks(first.blocks, other.blocks, place)
            case Faq(), Faq():
                yield from self.blocks(first.blocks, other.blocks, place)
            case BulletList(), BulletList():
                yield from self._counts(len(first.items), len(other.items), N_("{count} bullets"), place)
                for mine, theirs in zip(first.items, other.items, strict=False):
                    yield from self.blocks(mine, theirs, place)
            case ScopeMatrix(), ScopeMatrix():
                yield from self._matrix(first, other, place)
            case SymptomTable(), SymptomTable():
                yield from self._symptoms(first, other, place)
            case Table(), Table():
                yield from self._counts(len(first.rows), len(other.rows), N_("{count} rows"), place)
                yield from self._counts(_columns(first), _columns(other), N_("{count} columns"), place)
            case Figure(), Figure() if bool(first.source) != bool(other.source):
                states = [message(N_("a picture")), message(N_("a placeholder"))]
                yield self._differ(place, *(states if first.source else reversed(states)))

    def _steps(self, first: Sequence[Step], other: Sequence[Step], place: _Place) -> Iterator[Problem]:
        yield from self._ids(_lines_of_steps(first), _lines_of_steps(other), place, N_("step"))
        theirs = {step.id: step for step in other}
        for step in first:
            counterpart = theirs.get(step.id)
            if counterpart is not None:
                lines = _Place(step.line, counterpart.line)
                yield from self._section(step.guards, counterpart.guards, lines)
                yield from self.blocks(step.blocks, counterpart.blocks, lines)

    def _matrix(self, first: ScopeMatrix, other: ScopeMatrix, place: _Place) -> Iterator[Problem]:
        shape, theirs = (len(first.rows), len(first.columns)), (len(other.rows), len(other.columns))
        if shape != theirs:
            size = N_("a matrix of {rows} × {columns}")
            mine = Message(size, {"rows": shape[0], "columns": shape[1]})
            yield self._differ(place, mine, Message(size, {"rows": theirs[0], "columns": theirs[1]}))
            return
        for row, cells in enumerate(zip(first.cells, other.cells, strict=True), start=1):
            for column, (cell, counterpart) in enumerate(zip(*cells, strict=True), start=1):
                where = message(N_("row {row}, column {column}"), row=row, column=column)
                yield from self._targets(cell.targets, counterpart.targets, where, place)

    def _symptoms(self, first: SymptomTable, other: SymptomTable, place: _Place) -> Iterator[Problem]:
        yield from self._counts(len(first.rows), len(other.rows), N_("{count} symptoms"), place)
        for number, (row, counterpart) in enumerate(zip(first.rows, other.rows, strict=False), start=1):
            where = message(N_("row {row}"), row=number)
            yield from self._targets(row.targets, counterpart.targets, where, place)
            if row.fallback != counterpart.fallback:
                texts = [message(N_("a fallback in row {row}"), row=number), message(N_("an ordinary row"))]
                yield self._differ(place, *(texts if row.fallback else reversed(texts)))

    def _targets(
        self, first: tuple[Target, ...], other: tuple[Target, ...], where: Message, place: _Place
    ) -> Iterator[Problem]:
        mine, theirs = [target.anchor for target in first], [target.anchor for target in other]
        if mine != theirs:
            text = message(N_("{where} leads to {targets}"), where=where, targets=_listed(mine))
            yield self._differ(place, text, message(N_("to {targets}"), targets=_listed(theirs)))

    def _counts(self, first: int, other: int, text: str, place: _Place) -> Iterator[Problem]:
        if first != other:
            yield self._differ(place, Message(text, {"count": first}), Message(text, {"count": other}))

    def _ids(
        self, first: dict[str, int], other: dict[str, int], place: _Place, name: str
    ) -> Iterator[Problem]:
        """Compare ids: each one that is missing, then the first that is out of order."""
        kind = Message(name)
        for identity, line in first.items():
            if identity not in other:
                yield self._missing(self._first, line, self._other, place.other, kind, identity)
        for identity, line in other.items():
            if identity not in first:
                yield self._missing(self._other, line, self._first, place.first, kind, identity)
        common = [identity for identity in first if identity in other]
        order = [identity for identity in other if identity in first]
        for mine, theirs in zip(common, order, strict=True):
            if mine != theirs:
                yield self._differ(_Place(first[mine], other[theirs]), _quoted(mine), _quoted(theirs))
                return

    def _missing(
        self, source: str, line: int, lacking: str, lacking_line: int, kind: Message, identity: str
    ) -> Problem:
        what = message(
            N_("{other}:{line} has no {kind} '{id}'"),
            other=lacking,
            line=lacking_line,
            kind=kind,
            id=identity,
        )
        return Problem(source, line, "structure", what, _REMEDY)

    def _differ(self, place: _Place, first: Message, other: Message) -> Problem:
        what = message(
            N_("{this} here, but {that} in {other}:{line}"),
            this=first,
            other=self._other,
            line=place.other,
            that=other,
        )
        return Problem(self._first, place.first, "structure", what, _REMEDY)


def _kind(block: Block) -> tuple[str, str]:
    """Return what two languages must agree in. A lead is a paragraph: it depends on what stands before it."""
    match block:
        case Paragraph(role=role):
            return "paragraph", "" if role is ParagraphRole.LEAD else role.value.replace("body", "")
        case BulletList(role=role):
            return "list", role.value.replace("plain", "")
        case Callout(kind=kind) | Figure(kind=kind):
            return type(block).__name__, kind.value
        case _:
            return type(block).__name__, ""


def _named(block: Block) -> Message:
    name = Message(_NAMES.get(type(block), N_("rule")))
    detail = _kind(block)[1]
    return message(N_("{block} ({kind})"), block=name, kind=detail) if detail else name


def _quoted(identity: str) -> Message:
    return message(N_("'#{id}'"), id=identity)


def _listed(anchors: Sequence[str]) -> Message | str:
    return ", ".join(f"#{anchor}" for anchor in anchors) or message(N_("nothing"))


def _columns(table: Table) -> int:
    return max(map(len, (table.header, *table.rows)), default=0)


def _lines_of_headings(blocks: Blocks) -> dict[str, int]:
    return {block.key: block.line for block in blocks if isinstance(block, Heading)}


def _lines_of_steps(steps: Sequence[Step]) -> dict[str, int]:
    return {step.id: step.line for step in steps}
