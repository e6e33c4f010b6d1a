"""Texts of the front matter, which no parser of Markdown sees, without the marks that authors put there."""

from __future__ import annotations

import re
from typing import Final

_MARKS: Final = (
    # `[!INCLUDE [text](path)]`, `[!code-c[text](path)]`
    (
        re.compile(r"\[!(?:INCLUDE|code[\w#+-]{0,30})\s*\[([^\[\]]{0,500})\]\([^()]{0,500}\)\s*\]", re.I),
        r"\1",
    ),
    # `[text](path)`, `![text](path)`
    (re.compile(r"!?\[([^\[\]]{0,500})\]\([^()\s]{0,500}\)"), r"\1"),
    # `[!UICONTROL Save]`, `[!DNL Name]`
    (re.compile(r"\[![A-Za-z]{2,20}[ \t]+([^\[\]]{0,500})\]"), r"\1"),
    # `:::no-loc text="Name":::`
    (re.compile(r":::[ \t]*no-loc[ \t]+text=\"([^\"]{0,500})\":::", re.I), r"\1"),
    (re.compile(r"\*\*([^*\n]{1,500})\*\*"), r"\1"),
    (re.compile(r"`([^`\n]{1,500})`"), r"\1"),
)
_SIGNS: Final = ("](", "[!", ":::", "**", "`")


def unmarked(text: str) -> str:
    """Return `text` as it reads: names of controls and products, links and emphasis without their marks."""
    if not any(sign in text for sign in _SIGNS):
        return text
    for pattern, replacement in _MARKS:
        text = pattern.sub(replacement, text)
    return text
