"""What the reader wants to tell the authors; kept here until it is exported."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from kbviewer.model.errors import StateError
from kbviewer.model.messages import N_, Gettext, message
from kbviewer.state.clock import Clock, from_text, to_text
from kbviewer.state.database import Database


class Comment(NamedTuple):
    """A comment on the block `anchor` of an article, "" for the article as a whole."""

    id: int
    article: str
    language: str
    anchor: str
    text: str
    written_at: datetime


class CommentStore:
    """Comments in the order in which they were written."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def add(self, article: str, language: str, anchor: str, text: str) -> Comment:
        """Keep a comment and return it.

        Raises:
            StateError: it could not be saved.
        """
        clean = text.encode("utf-8", "replace").decode("utf-8")
        now = to_text(self._clock())
        number = self._database.write(
            "INSERT INTO comments (article, language, anchor, text, written_at) VALUES (?, ?, ?, ?, ?)",
            (article, language, anchor, clean, now),
        )
        return Comment(number, article, language, anchor, clean, from_text(now))

    def list(self, article: str = "") -> Sequence[Comment]:
        """Return the comments on `article`, or all of them."""
        rows = self._database.read(
            "SELECT id, article, language, anchor, text, written_at FROM comments"
            " WHERE ? IN ('', article) ORDER BY written_at, id",
            (article,),
        )
        return [
            Comment(number, about, language, anchor, text, from_text(written_at))
            for number, about, language, anchor, text, written_at in rows
        ]

    def delete(self, comment_id: int) -> None:
        """Forget a comment; one that is not there is no error.

        Raises:
            StateError: the change could not be saved.
        """
        self._database.write("DELETE FROM comments WHERE id = ?", (comment_id,))

    def export(self, path: Path, gettext: Gettext = str) -> int:
        """Write all comments to `path`, as JSON when it ends so, else as Markdown; return how many.

        Raises:
            StateError: the file cannot be written; a file that was there is unchanged.
        """
        comments = self.list()
        is_json = path.suffix.casefold() == ".json"
        text = _as_json(comments) if is_json else _as_markdown(comments, gettext)
        draft = path.with_name(f".{path.name}.part")
        try:
            draft.write_text(text, encoding="utf-8", newline="\n")
            draft.replace(path)
        except OSError as error:
            draft.unlink(missing_ok=True)
            raise StateError(
                message(
                    N_("The comments could not be written to {path} ({reason})."),
                    path=path,
                    reason=error.strerror or str(error),
                ),
                message(N_("Choose another folder.")),
            ) from error
        return len(comments)


def _as_json(comments: Sequence[Comment]) -> str:
    """Return the comments for a program."""
    items = [
        {
            "article": comment.article,
            "language": comment.language,
            "anchor": comment.anchor,
            "text": comment.text,
            "written_at": comment.written_at.isoformat(timespec="seconds"),
        }
        for comment in comments
    ]
    return json.dumps({"comments": items}, ensure_ascii=False, indent=2) + "\n"


def _as_markdown(comments: Sequence[Comment], gettext: Gettext) -> str:
    """Return the comments for a person: one heading per comment, the text as a quotation."""
    parts = ["# " + gettext(N_("Comments to the authors"))]
    for comment in comments:
        where = f"{comment.article}#{comment.anchor}" if comment.anchor else comment.article
        parts.append(f"## {where} ({comment.language}), {comment.written_at:%Y-%m-%d %H:%M} UTC")
        parts.append("\n".join(f"> {line}".rstrip() for line in comment.text.splitlines()))
    return "\n\n".join(part for part in parts if part) + "\n"
