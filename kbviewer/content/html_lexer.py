"""Cuts a piece of HTML into tags and text.

The standard library's parser changes its mind about broken markup between patch releases; articles
must read the same everywhere, so this one decides by itself: whatever is not a well-formed tag or
comment is text.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

# The bounds keep a run of unclosed quotation marks from being scanned again and again.
_ATTRIBUTE = re.compile(
    r"""\s+([^\s"'<>/=]{1,100})(?:\s*=\s*("[^"]{0,4000}"|'[^']{0,4000}'|[^\s"'=<>`]{1,4000}))?"""
)
_TAG_NAME = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9:-]{0,60})")
_TAG_END = re.compile(r"\s*(/?)>")
_DECLARATION = re.compile(r"<(?:![A-Za-z]|\?)[^<>]{0,4000}>")
_RAW_TEXT = frozenset({"script", "style"})


@dataclass(frozen=True, slots=True)
class HtmlEvent:
    """A tag, or text.

    Attributes:
        kind: what it is.
        value: tag name in lower case, or the text with its entities resolved.
        raw: as written.
        line: lines before it in the fragment.
    """

    kind: Literal["open", "close", "text"]
    value: str
    raw: str
    line: int
    attrs: dict[str, str] = field(default_factory=dict)


def lex_html(fragment: str) -> Iterator[HtmlEvent]:
    """Yield tags and text in order. Comments, declarations, scripts and styles are left out."""
    position = start = line = 0
    no_comment_after = len(fragment)
    while (bracket := fragment.find("<", position)) >= 0:
        event: HtmlEvent | None = None
        if fragment.startswith("<!--", bracket) and bracket < no_comment_after:
            closing = fragment.find("-->", bracket + 4)
            end = closing + 3 if closing >= 0 else -1
            if closing < 0:
                no_comment_after = bracket
        elif declaration := _DECLARATION.match(fragment, bracket):
            end = declaration.end()
        else:
            event, end = _tag(fragment, bracket)
        if end < 0:
            position = bracket + 1
            continue
        text = fragment[start:bracket]
        if text:
            yield HtmlEvent("text", html.unescape(text), text, line)
            line += text.count("\n")
        if event is not None:
            yield HtmlEvent(event.kind, event.value, event.raw, line, event.attrs)
            if event.kind == "open" and event.value in _RAW_TEXT:
                end = _raw_text_end(fragment, event.value, end)
        line += fragment.count("\n", bracket, end)
        position = start = end
    if fragment[start:]:
        yield HtmlEvent("text", html.unescape(fragment[start:]), fragment[start:], line)


def _tag(fragment: str, start: int) -> tuple[HtmlEvent | None, int]:
    """Return the tag at `start` and its end, or None and -1 when there is none."""
    name = _TAG_NAME.match(fragment, start)
    if name is None:
        return None, -1
    attrs: dict[str, str] = {}
    position = name.end()
    while attribute := _ATTRIBUTE.match(fragment, position):
        value = attribute.group(2) or ""
        if value[:1] in "\"'":
            value = value[1:-1]
        attrs.setdefault(attribute.group(1).casefold(), html.unescape(value))
        position = attribute.end()
    end = _TAG_END.match(fragment, position)
    if end is None:
        return None, -1
    kind: Literal["open", "close"] = "close" if name.group(1) else "open"
    raw = fragment[start : end.end()]
    return HtmlEvent(kind, name.group(2).casefold(), raw, 0, attrs), end.end()


def _raw_text_end(fragment: str, tag: str, start: int) -> int:
    """Return where the content of a script or style ends; the closing tag is read as such."""
    closing = re.compile(rf"</{tag}\s*>", re.IGNORECASE).search(fragment, start)
    return closing.start() if closing else len(fragment)
