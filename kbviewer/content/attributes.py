"""Attribute lists in braces: `{#id}`, `{.class}`, `{width="50%"}`, `{: target=_blank }`."""

from __future__ import annotations

import re
from dataclasses import dataclass

_VALUE = r"""(?:"[^"{}]{0,500}"|'[^'{}]{0,500}'|[^\s"'{}]{1,500})"""
_ITEM = rf"""(?:[#.][^\s{{}}#"'=]{{1,200}}|[A-Za-z][\w:-]{{0,60}}\s?=\s?{_VALUE})"""
_LIST = rf"\{{:?[ \t]{{0,9}}(?:{_ITEM}(?:[ \t]{{1,9}}{_ITEM}){{0,20}})?[ \t]{{0,9}}\}}"
_LEADING = re.compile(_LIST)
_TRAILING = re.compile(rf"[ \t]{{0,50}}({_LIST})[ \t]{{0,50}}\Z")
_ID = re.compile(r"[{\s:]#([^\s{}#\"'=]+)")
_CLASS = re.compile(r"[{\s:]\.([^\s{}#\"'=]+)")
_NAME = re.compile(r"""([A-Za-z][\w:-]*)\s?=""")
# At the end of a text only these are attributes; `{key=value}` may be what the text is about.
_LOOKS = frozenset(
    (
        *("id", "class", "style", "width", "height", "align", "valign", "target", "zoomable", "modal"),
        *("lang", "title", "alt", "rel", "type", "border", "url", "tooltip"),
    )
)

DIRECTIVE_ATTRIBUTE = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s:"']+))""")


@dataclass(frozen=True, slots=True)
class TrimmedText:
    """A text without the attribute lists at its end, and what they said."""

    text: str
    id: str = ""
    classes: tuple[str, ...] = ()


def trim_attributes(text: str) -> TrimmedText:
    """Take attribute lists off the end of `text`; the last id wins."""
    found_id, classes = "", ()
    # The search may only look at the end, or it would be quadratic in braces.
    while text.rstrip().endswith("}") and (opening := text.rfind("{")) >= 0:
        start = len(text[:opening].rstrip(" \t"))
        match = _TRAILING.match(text, max(start, opening - 50))
        if match is None or not _is_list(match.group(1)):
            break
        if text[:opening].endswith("\\"):
            break
        attributes = match.group(1)
        identity = _ID.search(attributes)
        found_id = found_id or (identity.group(1) if identity else "")
        classes += tuple(_CLASS.findall(attributes))
        text = text[: match.start()]
    return TrimmedText(text.rstrip() if (found_id or classes) else text, found_id, classes)


def strip_leading_attributes(text: str) -> str:
    """Take attribute lists off the start of `text`: what follows a link, a picture or a label."""
    while match := _LEADING.match(text):
        if match.group() in ("{}", "{:}"):
            break
        text = text[match.end() :]
    return text


def _is_list(attributes: str) -> bool:
    """Return whether braces at the end of a text are an attribute list and not part of the text."""
    if attributes[1] in "#.:":
        return len(attributes) > 3
    names = _NAME.findall(attributes)
    return bool(names) and all(name.casefold() in _LOOKS for name in names)


def directive_attributes(text: str) -> dict[str, str]:
    """Return the attributes of a directive, names in lower case."""
    return {
        match[1].casefold(): match[2] or match[3] or match[4] or ""
        for match in DIRECTIVE_ATTRIBUTE.finditer(text)
    }
