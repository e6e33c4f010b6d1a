"""What a translation must have in common with its original: links, ids, pictures, placeholders."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from kbviewer.content.translation.units import UnitKind
from kbviewer.model.messages import N_, Message, message

if TYPE_CHECKING:
    from markdown_it.token import Token

    from kbviewer.content.dialect import Dialect

_HTML_VALUE = re.compile(r"""\b(id|name|href|src)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_ATTRIBUTES = re.compile(r"\{:?[ \t]*[#.][^{}\s]*[^{}]*\}")
_PLACEHOLDER = re.compile(
    r"\$\{[^{}\s]+\}|\{\{[^{}]+\}\}|(?<![${])\{\w*\}(?!\})|%\(\w+\)[sd]|%[sd](?!\w)|%\d+(?!\d*\s?%)\b"
)
# Addresses of documentation have the reader's language in them.
_LOCALE = re.compile(r"(?<=/)[a-z]{2}-[a-z]{2}(?=/|$)", re.IGNORECASE)
_UNCHECKED: Final = frozenset({UnitKind.CODE, UnitKind.FRONT})

_KINDS: Final = {
    "link": N_("the link '{value}'"),
    "picture": N_("the picture '{value}'"),
    "id": N_("the id '{value}'"),
    "include": N_("the inclusion '{value}'"),
    "placeholder": N_("the placeholder '{value}'"),
}


class MarkupCheck:
    """Compares the inline markup of texts.

    Args:
        definitions: addresses that links of the article name by reference.
    """

    def __init__(self, definitions: Mapping[str, object]) -> None:
        from kbviewer.content.dialect import Dialect

        self._dialect: Dialect = Dialect()
        self._definitions = dict(definitions)

    def differences(self, kind: UnitKind, source: str, translation: str) -> Iterator[Message]:
        """Yield what the translation lacks and what it has too much."""
        if kind in _UNCHECKED:
            return
        wanted, found = Counter(self._parts(source)), Counter(self._parts(translation))
        for part in (wanted - found).elements():
            yield message(N_("{part} is missing"), part=_named(part))
        for part in (found - wanted).elements():
            yield message(N_("{part} is not in the original"), part=_named(part))

    def _parts(self, text: str) -> Iterator[tuple[str, str]]:
        for token in self._dialect.parse_inline(text, dict(self._definitions)):
            yield from _token_parts(token)


def _token_parts(token: Token) -> Iterator[tuple[str, str]]:
    match token.type:
        case "link_open":
            yield "link", _LOCALE.sub("*", str(token.attrs.get("href", "")))
        case "image":
            yield "picture", str(token.attrs.get("src", ""))
        case "include":
            yield "include", str(token.attrs.get("src", ""))
        case "html_inline" | "html_block":
            for found in _HTML_VALUE.finditer(token.content):
                name = found.group(1).casefold()
                value = found.group(2) or found.group(3) or found.group(4) or ""
                kind = {"href": "link", "src": "picture"}.get(name, "id")
                yield kind, _LOCALE.sub("*", value) if kind == "link" else value
        case "text":
            attributes = _ATTRIBUTES.findall(token.content)
            yield from (("id", found) for found in attributes)
            rest = _ATTRIBUTES.sub("", token.content)
            yield from (("placeholder", found) for found in _PLACEHOLDER.findall(rest))


def _named(part: tuple[str, str]) -> Message:
    kind, value = part
    return Message(_KINDS[kind], {"value": value})
