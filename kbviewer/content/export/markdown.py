"""Articles as Markdown in the library's own format, which reads back as the same article."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from kbviewer.content.export.markdown_blocks import blocks_as_markdown
from kbviewer.content.export.markdown_text import escaped
from kbviewer.model.article import Article, ArticleState

_UNPRINTABLE = re.compile("[\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")


def as_markdown(article: Article) -> str:
    """Return `article` with its front matter; it ends with a line break."""
    front = "".join(f"{name}: {_value(value)}\n" for name, value in _front_matter(article))
    body = blocks_as_markdown(article.blocks)
    title = " ".join(escaped(article.title).split())
    return f"---\n{front}---\n\n# {title}\n" + (f"\n{body}\n" if body else "")


def _front_matter(article: Article) -> Iterable[tuple[str, Any]]:
    part, end, offer, translation = (
        article.part,
        article.support_end,
        article.help_offer,
        article.translation,
    )
    fields: dict[str, Any] = {
        "title": article.title,
        "uid": article.uid,
        "lang": article.language,
        "description": article.description,
        "appliesto": None if article.applies_to is None else list(article.applies_to),
        "keywords": list(article.keywords),
        "kb.topic": article.topic,
        "kb.aliases": list(article.aliases),
        "kb.reviewed": article.last_reviewed,
        "kb.revision": article.revision,
        "kb.state": "" if article.state is ArticleState.CURRENT else article.state.value,
        "kb.support_end": end and {"product": end.product, "date": end.day.isoformat()},
        "kb.part": part
        and {"guide": part.guide, "title": part.title, "number": part.number, "parts": list(part.titles)},
        "kb.help": offer and {"label": offer.label, "url": offer.address},
        "translation": translation
        and {
            "from": translation.source_language,
            "method": translation.method.value,
            **({"revision": translation.revision} if translation.revision else {}),
            **({"by": translation.by} if translation.by else {}),
            **({"origin": translation.origin} if translation.origin else {}),
            **({"note": translation.note} if translation.note else {}),
        },
    }
    known_empty = "appliesto" if article.applies_to is not None else ""
    return [(name, value) for name, value in fields.items() if value or name == known_empty]


def _value(value: Any) -> str:
    """Return `value` as YAML in one line. JSON is YAML, but for the few characters that YAML refuses."""
    if isinstance(value, datetime):
        return value.isoformat()
    text = json.dumps(value, ensure_ascii=False)
    return _UNPRINTABLE.sub(lambda match: f"\\u{ord(match.group()):04x}", text)
