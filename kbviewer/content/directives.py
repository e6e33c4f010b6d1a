"""Lines with three colons: pictures, code from files, columns, zones."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kbviewer.content.tree import Node
from kbviewer.model.blocks import Block, Paragraph
from kbviewer.model.inline import Run
from kbviewer.model.messages import N_, message

if TYPE_CHECKING:
    from kbviewer.content.block_reader import BlockReader

_NAME = re.compile(r":{3,}\s*([\w-]*)\s*")
_ATTRIBUTE = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s:"']+))""")


def read_directive(node: Node, reader: BlockReader) -> list[Block]:
    """Return what a directive shows itself; what stands between two of them is read as usual."""
    name_match = _NAME.match(node.text)
    name = name_match.group(1).casefold() if name_match else ""
    rest = node.text[name_match.end() :] if name_match else node.text
    attrs = {
        match[1].casefold(): match[2] or match[3] or match[4] or "" for match in _ATTRIBUTE.finditer(rest)
    }
    if name == "image" and attrs.get("source"):
        picture = Node("img", node.line, attrs={"src": attrs["source"], "alt": attrs.get("alt-text", "")})
        return [reader.figure(picture)]
    if name == "video" and attrs.get("source"):
        return reader.read([Node("p", node.line, attrs={"video": attrs["source"]})])
    if name == "code" and attrs.get("source"):
        reader.context.log.add(
            "include",
            node.line,
            message(N_("the text of '{path}' is not included"), path=attrs["source"]),
            message(N_("Write the text into the article.")),
        )
        return [Paragraph(line=node.line, runs=(Run(attrs["source"]),))]
    # Column and zone marks say nothing; a title written behind an unknown name is kept.
    title = _ATTRIBUTE.sub("", rest).strip(" :{}")
    return [Paragraph(line=node.line, runs=(Run(title),))] if title else []
