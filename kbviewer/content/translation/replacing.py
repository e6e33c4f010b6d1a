"""Puts translated texts into the Markdown of an article, and makes sure that nothing else has changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kbviewer.content.translation.file_lines import join_lines, replace_pieces
from kbviewer.content.translation.front_values import scalar
from kbviewer.content.translation.units import Unit, UnitKind
from kbviewer.content.translation.workspace import Draft, draft_of
from kbviewer.model.errors import ContentError
from kbviewer.model.messages import N_, Message, message

_AS_WRITTEN = frozenset({UnitKind.CODE, UnitKind.HTML})


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a text cannot stand where it should. `key` is "" when it cannot be told which text is at fault."""

    key: str
    reason: Message


def tidied(kind: UnitKind, text: str) -> str:
    """Return `text` as the file will have it: blanks around it mean nothing in a translator's tool."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if kind in _AS_WRITTEN:
        return text
    if kind is UnitKind.FRONT:
        return " ".join(text.split())
    lines = [line.lstrip(" \t") for line in text.strip().split("\n")]
    return "\n".join([*lines[:-1], lines[-1].rstrip(" \t")])


def replace_texts(draft: Draft, texts: Mapping[str, str]) -> Draft | Refusal:
    """Return the variant with the texts of these units, or why that would change more than texts.

    The result is read again: it must have the same units, those that were replaced with what was wanted, all
    others with what they had.
    """
    units = {unit.key: unit for unit in draft.text.units}
    pieces = {
        units[key].pieces: _written(units[key], text, draft) for key, text in texts.items() if key in units
    }
    data = join_lines(replace_pieces(draft.text.lines, pieces))
    try:
        result = draft_of(draft.file, data)
    except ContentError as error:
        return Refusal("", error.what)
    return _difference(draft, result, texts) or result


def _written(unit: Unit, text: str, draft: Draft) -> str:
    if unit.kind is not UnitKind.FRONT:
        return text
    piece = unit.pieces[0]
    return scalar(text, draft.text.lines[piece.number].text[piece.start : piece.end])


def _difference(before: Draft, after: Draft, texts: Mapping[str, str]) -> Refusal | None:
    """Return the first unit that is not what it should be."""
    reason = message(N_("the text would change the structure of the article"))
    found = {unit.key: unit for unit in after.text.units}
    for unit in before.text.units:
        wanted = texts.get(unit.key, unit.text)
        if unit.key not in found or found[unit.key].kind is not unit.kind or found[unit.key].text != wanted:
            return Refusal(unit.key, reason)
    known = {unit.key for unit in before.text.units}
    extra = next((unit for unit in after.text.units if unit.key not in known), None)
    if extra is not None:
        return Refusal(extra.key, reason)
    if _structure(before) != _structure(after):
        return Refusal("", reason)
    return None


def _structure(draft: Draft) -> list[tuple[str, str]]:
    from kbviewer.model.blocks import walk, walk_steps

    blocks = draft.article.blocks
    shown = [(type(block).__name__, block.key) for block in walk(blocks)]
    return shown + [("Step", step.id) for step in walk_steps(blocks)]
