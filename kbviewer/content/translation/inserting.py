"""Puts what a translation lacks into its file: blocks and items of lists, where the original has them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kbviewer.content.translation.chunks import Chunk
from kbviewer.content.translation.file_lines import FileLine, Piece, join_lines, replace_pieces
from kbviewer.content.translation.replacing import Refusal
from kbviewer.content.translation.units import Unit
from kbviewer.content.translation.workspace import Draft, draft_of
from kbviewer.model.errors import ContentError
from kbviewer.model.messages import N_, message

_NO_PLACE = N_("this block is not in {path}, and there is no place for it that could be told")
_INCOMPLETE = N_("this block is not in {path}; translate all of it before it can be put in")
_CHANGES = N_("the text would change the structure of the article")

# Index among the target's units, by key of the original's unit.
Places = dict[str, int]


def insert_texts(source: Draft, target: Draft, places: Places, texts: Mapping[str, str]) -> Draft | Refusal:
    """Return the target with the units of `texts` put in, each with its whole block; keeps `places` right."""
    for key in texts:
        if key in places:
            continue
        result = _Inserter(source, target, places, texts).insert(key)
        if isinstance(result, Refusal):
            return result
        target = result
    return target


class _Inserter:
    """Puts one block into a file."""

    def __init__(self, source: Draft, target: Draft, places: Places, texts: Mapping[str, str]) -> None:
        self._source = source
        self._target = target
        self._places = places
        self._texts = texts
        self._path = target.file.source

    def insert(self, key: str) -> Draft | Refusal:
        """Return the target with the outermost part around a unit that it lacks altogether."""
        for chunk in self._source.text.chunks:
            units = list(_inside(self._source.text.units, chunk))
            if not any(unit.key == key for unit in units) or any(unit.key in self._places for unit in units):
                continue
            units = [unit for unit in units if unit.text]
            if any(unit.key not in self._texts for unit in units):
                return Refusal(key, message(_INCOMPLETE, path=self._path))
            line = self._line(chunk, units)
            if line is None:
                break
            return self._put(chunk, units, line, key)
        return Refusal(key, message(_NO_PLACE, path=self._path))

    def _line(self, chunk: Chunk, units: Sequence[Unit]) -> int | None:
        """Return the line of the target before which a part belongs, None when that cannot be told."""
        own = self._source.text.units
        first, last = own.index(units[0]), own.index(units[-1])
        for unit in reversed(own[:first]):
            if unit.key in self._places:
                after = self._around(unit, chunk)
                if after is not None:
                    return after.end
                break
        for unit in own[last + 1 :]:
            if unit.key in self._places:
                before = self._around(unit, chunk)
                return before.first if before is not None else None
        return None

    def _around(self, unit: Unit, like: Chunk) -> Chunk | None:
        """Return the part of the target, as deep in lists as `like`, that has the translation of a unit."""
        found = self._target.text.units[self._places[unit.key]]
        for chunk in self._target.text.chunks:
            if chunk.depth == like.depth and chunk.indent == like.indent and _holds(chunk, found):
                return chunk
        return None

    def _put(self, chunk: Chunk, units: Sequence[Unit], line: int, key: str) -> Draft | Refusal:
        lines = list(self._target.text.lines)
        end = next((one.end for one in lines if one.end), "\n")
        written = [FileLine(one.text, end) for one in self._part(chunk, units)]
        gap = [FileLine(chunk.indent.rstrip(" \t"), end)] if chunk.is_apart or not chunk.depth else []
        if line and lines[line - 1].text.strip(" \t>"):
            if not lines[line - 1].end:
                lines[line - 1] = FileLine(lines[line - 1].text, end)
            written = [*gap, *written]
        if line < len(lines) and lines[line].text.strip(" \t>"):
            written = [*written, *gap]
        lines[line:line] = written
        at = next((index for index, unit in enumerate(self._target.text.units) if unit.line > line), None)
        at = len(self._target.text.units) if at is None else at
        try:
            result = draft_of(self._target.file, join_lines(lines))
        except ContentError as error:
            return Refusal(key, error.what)
        wanted = [unit.text for unit in self._target.text.units]
        wanted[at:at] = [self._texts[unit.key] for unit in units]
        if [unit.text for unit in result.text.units if unit.text] != [text for text in wanted if text]:
            return Refusal(key, message(_CHANGES))
        if len(result.text.units) != len(wanted):
            return Refusal(key, message(_CHANGES))
        for other, index in self._places.items():
            self._places[other] = index + len(units) if index >= at else index
        self._places.update({unit.key: at + offset for offset, unit in enumerate(units)})
        return result

    def _part(self, chunk: Chunk, units: Sequence[Unit]) -> list[FileLine]:
        """Return the lines of a part of the original with its texts translated."""
        lines = self._source.text.lines[chunk.first : chunk.end]
        moved = {
            tuple(
                Piece(piece.number - chunk.first, piece.start, piece.end) for piece in unit.pieces
            ): self._texts[unit.key]
            for unit in units
        }
        return replace_pieces(lines, moved)


def _inside(units: Sequence[Unit], chunk: Chunk) -> Iterator[Unit]:
    return (unit for unit in units if _holds(chunk, unit))


def _holds(chunk: Chunk, unit: Unit) -> bool:
    return bool(unit.pieces) and chunk.first <= unit.pieces[0].number < chunk.end
