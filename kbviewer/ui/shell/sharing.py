"""What is copied of a place to hand it on: a link of ours, or title and id for everybody else."""

from __future__ import annotations

from html import escape
from typing import NamedTuple

from kbviewer.model.article import Article
from kbviewer.model.block_texts import block_texts, shorten


class Citation(NamedTuple):
    """A place as people write it: "Signing in (KB1001) – First things"."""

    text: str
    html: str


def cite(article: Article, anchor: str = "") -> Citation:
    """Return title and id of an article, with what a section or step says."""
    number = next(iter(article.aliases), article.id)
    block = block_texts(article).get(anchor)
    place = shorten(block.text, 120) if block is not None else ""
    text = f"{article.title} ({number})"
    html = f"<strong>{escape(article.title)}</strong> ({escape(number)})"
    if place:
        text, html = f"{text} – {place}", f"{html} – {escape(place)}"
    return Citation(text, f'<p lang="{escape(article.language)}">{html}</p>')
