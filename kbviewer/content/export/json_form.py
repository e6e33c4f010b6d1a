"""Articles as JSON values for scripts."""

from __future__ import annotations

from typing import Any

from kbviewer.model.article import Article, Part, Translation
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
    Rule,
    ScopeMatrix,
    Step,
    StepList,
    SymptomTable,
    Table,
    Target,
)
from kbviewer.model.inline import plain_text
from kbviewer.model.library import LibraryEntry


def as_json(article: Article, entry: LibraryEntry) -> dict[str, Any]:
    """Return `article` as values that `json.dumps` takes. Names and types are a contract with scripts.

    Texts are plain, without marks and without the quotation marks that a reader sets. A block or step that
    only another language has carries its "language".
    """
    reviewed = article.last_reviewed
    return {
        "id": article.id,
        "aliases": list(article.aliases),
        "language": article.language,
        "languages": list(entry.variants),
        "title": article.title,
        "state": article.state.value,
        "revision": article.revision or None,
        "last_reviewed": reviewed.isoformat() if reviewed else None,
        "applies_to": None if article.applies_to is None else list(article.applies_to),
        "keywords": list(article.keywords),
        "translation": _translation(article.translation),
        "part": _part(article.part),
        "blocks": _blocks(article.blocks),
        "uid": article.uid or None,
        "description": article.description or None,
        "topic": article.topic or None,
        "support_end": _support_end(article),
        "help": _help(article),
        "source": article.source,
    }


def _translation(translation: Translation | None) -> dict[str, Any] | None:
    if translation is None:
        return None
    return {
        "from": translation.source_language,
        "method": translation.method.value,
        "revision": translation.revision or None,
        "by": translation.by or None,
        "origin": translation.origin or None,
        "note": translation.note or None,
    }


def _part(part: Part | None) -> dict[str, Any] | None:
    if part is None:
        return None
    return {"guide": part.guide, "title": part.title, "number": part.number, "parts": list(part.titles)}


def _support_end(article: Article) -> dict[str, str] | None:
    end = article.support_end
    return {"product": end.product, "date": end.day.isoformat()} if end else None


def _help(article: Article) -> dict[str, str] | None:
    offer = article.help_offer
    return {"label": offer.label, "url": offer.address} if offer else None


def _blocks(blocks: Blocks) -> list[dict[str, Any]]:
    return [_block(block) for block in blocks]


def _block(block: Block) -> dict[str, Any]:
    language = {"language": block.language} if block.language else {}
    return {**_content(block), "id": block.key, **language}


def _content(block: Block) -> dict[str, Any]:
    match block:
        case Heading():
            return {"type": "heading", "level": block.level, "text": plain_text(block.runs)}
        case Paragraph():
            return {"type": "paragraph", "role": block.role.value, "text": plain_text(block.runs)}
        case BulletList():
            items = [_item(item) for item in block.items]
            return {"type": "list", "role": block.role.value, "items": items}
        case StepList():
            steps = [_step(step) for step in block.steps]
            return {"type": "steps", "title": plain_text(block.title), "steps": steps}
        case Callout():
            return {"type": "callout", "kind": block.kind.value, "blocks": _blocks(block.blocks)}
        case ScopeMatrix():
            return _matrix(block)
        case SymptomTable():
            return _symptoms(block)
        case Faq():
            return {"type": "faq", "question": plain_text(block.question), "blocks": _blocks(block.blocks)}
        case Table():
            rows = [[plain_text(cell) for cell in row] for row in block.rows]
            return {"type": "table", "header": [plain_text(cell) for cell in block.header], "rows": rows}
        case Code():
            return {"type": "code", "syntax": block.syntax, "text": block.text}
        case Figure():
            caption = plain_text(block.caption)
            kind, source = block.kind.value, block.source
            return {"type": "figure", "kind": kind, "caption": caption, "source": source, "alt": block.alt}
        case Rule():
            return {"type": "rule"}


def _item(blocks: Blocks) -> dict[str, Any]:
    """Return a list item as a step is given: its first paragraph as text, then the rest."""
    first = blocks[0] if blocks else None
    if isinstance(first, Paragraph):
        return {"text": plain_text(first.runs), "blocks": _blocks(blocks[1:])}
    return {"text": "", "blocks": _blocks(blocks)}


def _step(step: Step) -> dict[str, Any]:
    language = {"language": step.language} if step.language else {}
    blocks = _blocks((*step.guards, *step.blocks))
    return {"id": step.id, "number": step.number, "text": plain_text(step.runs), "blocks": blocks, **language}


def _matrix(matrix: ScopeMatrix) -> dict[str, Any]:
    cells = [[{"category": cell.category, **_targets(cell.targets)} for cell in row] for row in matrix.cells]
    return {
        "type": "matrix",
        "question": matrix.question,
        "rows": list(matrix.rows),
        "columns": list(matrix.columns),
        "cells": cells,
    }


def _symptoms(table: SymptomTable) -> dict[str, Any]:
    rows = [
        {
            "symptom": plain_text(row.symptom),
            "category": row.category,
            **_targets(row.targets),
            "fallback": row.fallback,
        }
        for row in table.rows
    ]
    return {"type": "symptoms", "headers": list(table.headers), "rows": rows}


def _targets(targets: tuple[Target, ...]) -> dict[str, list[str]]:
    """Return anchors, and beside them the labels under which they are offered."""
    return {
        "targets": [target.anchor for target in targets],
        "labels": [target.label for target in targets],
    }
