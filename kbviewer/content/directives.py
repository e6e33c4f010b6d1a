"""Lines with three colons: pictures, code from files, columns, zones."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kbviewer.content.attributes import DIRECTIVE_ATTRIBUTE, directive_attributes
from kbviewer.content.inclusion import included_code
from kbviewer.content.tree import Node
from kbviewer.model.blocks import Block, Paragraph
from kbviewer.model.inline import Run

if TYPE_CHECKING:
    from kbviewer.content.block_reader import BlockReader

_NAME = re.compile(r":{3,}\s*([\w-]*)\s*")


def read_directive(node: Node, reader: BlockReader) -> list[Block]:
    """Return what a directive shows itself; what stands between two of them is read as usual."""
    name_match = _NAME.match(node.text)
    name = name_match.group(1).casefold() if name_match else ""
    rest = node.text[name_match.end() :] if name_match else node.text
    attrs = directive_attributes(rest)
    if name == "image" and attrs.get("source"):
        picture = Node("img", node.line, attrs={"src": attrs["source"], "alt": attrs.get("alt-text", "")})
        link = Node("a", node.line, attrs={"href": attrs["link"]}) if attrs.get("link") else None
        return [reader.figure(picture, link)]
    if name == "video" and attrs.get("source"):
        return reader.read([Node("p", node.line, attrs={"video": attrs["source"]})])
    if name == "code" and attrs.get("source"):
        code = included_code(attrs["source"], attrs, node.line, reader.context)
        if code is not None:
            return reader.read([code])
        return [Paragraph(line=node.line, runs=(Run(attrs["source"]),))]
    # Column and zone marks say nothing; a title written behind an unknown name is kept.
    title = DIRECTIVE_ATTRIBUTE.sub("", rest).strip(" :{}")
    return [Paragraph(line=node.line, runs=(Run(title),))] if title else []
