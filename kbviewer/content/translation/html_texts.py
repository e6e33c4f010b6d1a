"""What a piece of HTML says between its tags."""

from __future__ import annotations

import re

_SUMMARY = re.compile(r"<summary\b[^<>]{0,500}>[ \t]*(.*?)[ \t]*</summary\s*>", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_TAG = re.compile(r"<[!?/]?[A-Za-z][^<>]*>")
_ENTITY = re.compile(r"&#?\w{1,30};")


def summary_span(line: str) -> tuple[int, int] | None:
    """Return where the question of a `<summary>` stands in a line, None when none stands there whole."""
    found = _SUMMARY.search(line)
    return found.span(1) if found is not None and found.group(1) else None


def has_text(html: str) -> bool:
    """Return whether anything but tags, comments and signs stands in a piece of HTML."""
    return any(char.isalnum() for char in _ENTITY.sub("", _TAG.sub("", _COMMENT.sub("", html))))
