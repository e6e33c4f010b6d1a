"""The files of a folder as its library has them: what their front matter says, where names leave it open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from kbviewer.content.folder_files import read_text
from kbviewer.content.folder_scan import ArticleFile
from kbviewer.content.folder_store import read_variant
from kbviewer.content.suffix_pairs import own_articles
from kbviewer.model.article import Article
from kbviewer.model.errors import ContentError
from kbviewer.model.library import Problem


def settled_files(root: Path, files: Sequence[ArticleFile]) -> Sequence[ArticleFile]:
    """Return the files; those of articles with names that end in a language (`vpn.sv.md`) are looked into.

    They get the language that they are in, and the id that the library gives them.
    """
    shared = {file.entry_id for file in files if file.own_id}
    if not shared:
        return files
    articles = {file.source: _read(root, file) for file in files if file.entry_id in shared}
    known = {source: article for source, article in articles.items() if article is not None}
    own = own_articles(
        (file, known[file.source].language, known[file.source].uid) for file in files if file.source in known
    )
    return [
        replace(
            file,
            language=known[file.source].language,
            entry_id=file.own_id if file.source in own else file.entry_id,
            # A file without a language in its name stands beside those that have one.
            own_id=file.own_id or file.entry_id,
        )
        if file.source in known and not file.named_by_language
        else file
        for file in files
    ]


def _read(root: Path, file: ArticleFile) -> Article | None:
    text = read_text(root / file.source, file.source) if file.problem is None else file.problem
    if isinstance(text, Problem):
        return None
    try:
        return read_variant(text, file, lambda _language: {}).article
    except ContentError:
        return None
