"""The table of contents of the open libraries, printed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kbviewer.app.commands import Outcome, Session, as_json_text
from kbviewer.model.contents import ContentsEntry, walk_contents

_INDENT = "  "


def print_contents(session: Session, *, as_json: bool) -> Outcome:
    """Print the table of contents in the reader's language, else in any.

    Raises:
        UsageError: a library is neither a folder nor a pack.
        PackError: a pack that was named cannot be read.
    """
    libraries = session.open_libraries()
    contents = libraries.contents(session.translator.language)
    if as_json:
        return Outcome(as_json_text(_as_json(contents)))
    lines = [
        _INDENT * depth + entry.title + (f"  ({entry.article or entry.address})" if _leads(entry) else "")
        for depth, entry in walk_contents(contents)
    ]
    remark = "" if lines else session.translator.gettext("These articles have no table of contents.")
    return Outcome("".join(f"{line}\n" for line in lines), remark)


def _leads(entry: ContentsEntry) -> bool:
    return bool(entry.article or entry.address)


def _as_json(entries: Sequence[ContentsEntry]) -> list[dict[str, Any]]:
    """Return the entries as values; names are a contract with scripts."""
    return [
        {
            "title": entry.title,
            "article": entry.article,
            "address": entry.address,
            "items": _as_json(entry.children),
        }
        for entry in entries
    ]
