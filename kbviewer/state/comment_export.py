"""Comments as a file for the authors: each with the line that it is about, as `kbviewer check` writes it."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeAlias

from kbviewer.model.messages import N_, Gettext
from kbviewer.model.source_places import SourcePlace
from kbviewer.state.comments import Comment
from kbviewer.state.text_file import write_text_file

Locate: TypeAlias = Callable[[Comment], SourcePlace | None]


def nowhere(_comment: Comment) -> SourcePlace | None:
    """Return None: no library is open."""
    return None


def export_comments(
    comments: Sequence[Comment], path: Path, gettext: Gettext = str, locate: Locate = nowhere
) -> int:
    """Write comments to `path`, as JSON when it ends so, else as Markdown; return how many.

    Args:
        comments: in the order in which they are written.
        path: the file; one that is there is replaced.
        gettext: speaks the reader's language.
        locate: where the place of a comment stands in the open library, None when it has no such article.

    Raises:
        StateError: the file cannot be written; a file that was there is unchanged.
    """
    located = [(comment, locate(comment)) for comment in comments]
    is_json = path.suffix.casefold() == ".json"
    text = _as_json(located) if is_json else _as_markdown(located, gettext)
    write_text_file(path, text, N_("The comments could not be written to {path} ({reason})."))
    return len(comments)


def _as_json(located: Sequence[tuple[Comment, SourcePlace | None]]) -> str:
    """Return the comments for a program; path, line, kind and what are those of `kbviewer check --json`."""
    items = [
        {
            "path": place.path if place is not None else "",
            "line": place.line if place is not None else 0,
            "kind": "comment",
            "what": comment.text,
            "article": comment.article,
            "title": place.title if place is not None else "",
            "language": comment.language,
            "anchor": comment.anchor,
            "said": place.said if place is not None else "",
            "gone": place is None or place.is_gone,
            "text": comment.text,
            "written_at": comment.written_at.isoformat(timespec="seconds"),
        }
        for comment, place in located
    ]
    return json.dumps({"comments": items}, ensure_ascii=False, indent=2) + "\n"


def _as_markdown(located: Sequence[tuple[Comment, SourcePlace | None]], gettext: Gettext) -> str:
    """Return the comments for a person: one heading per comment with its line, the text as a quotation."""
    parts = ["# " + gettext(N_("Comments to the authors"))]
    for comment, place in located:
        where = f"{comment.article}#{comment.anchor}" if comment.anchor else comment.article
        parts.append(f"## {place or where}")
        facts = [f"{where} ({comment.language})", f"{comment.written_at:%Y-%m-%d %H:%M} UTC"]
        if place is not None:
            facts.insert(0, place.title)
        parts.append(" · ".join(facts))
        if place is None:
            parts.append(gettext(N_("The open library does not have this article.")))
        elif place.is_gone:
            parts.append(gettext(N_("The article no longer has this place.")))
        elif place.said:
            parts.append(gettext(N_("It says: “{text}”")).format(text=place.said))
        parts.append("\n".join(f"> {line}".rstrip() for line in comment.text.splitlines()))
    return "\n\n".join(part for part in parts if part) + "\n"
