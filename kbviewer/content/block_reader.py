"""Nodes of the tree to blocks. Keys are the author's ids here; `keys` derives the others."""

from __future__ import annotations

from collections.abc import Sequence

from kbviewer.content.context import ReadingContext
from kbviewer.content.directives import read_directive
from kbviewer.content.inclusion import included_code, included_nodes, only_include
from kbviewer.content.inline_reader import InlineText, read_inline
from kbviewer.content.links import read_image, read_link
from kbviewer.content.lists import absorb_lead_in, read_bullets, read_steps
from kbviewer.content.quotes import read_quote
from kbviewer.content.tables import read_table
from kbviewer.content.tree import BLOCK_TAGS, Node
from kbviewer.model.blocks import Block, Code, Faq, Figure, FigureKind, Heading, Paragraph, Rule
from kbviewer.model.inline import LinkKind, Run, Runs
from kbviewer.model.messages import N_, message

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LISTS = frozenset({"ul", "ol", "menu", "dir"})
_PLAYERS = frozenset({"iframe", "video", "object", "embed", "audio"})


class BlockReader:
    """Reads nodes into blocks, at any depth.

    Attributes:
        context: what all parts of one reading share.
        step_depth: number of numbered lists around the place that is being read.
    """

    def __init__(self, context: ReadingContext) -> None:
        self.context = context
        self.step_depth = 0
        # Ids of anchors that stand before the block they belong to.
        self._waiting: list[str] = []
        self._level = 1

    def read(self, nodes: Sequence[Node], *, absorb: bool = True) -> list[Block]:
        """Return the blocks of `nodes`; text between them becomes paragraphs.

        Args:
            absorb: let a numbered list take the line before it as its title.
        """
        blocks: list[Block] = []
        loose: list[Node] = []
        for node in nodes:
            if node.tag in BLOCK_TAGS or node.tag in _PLAYERS:
                blocks += self._loose(loose)
                loose = []
                blocks += self._read_node(node)
            else:
                loose.append(node)
        blocks += self._loose(loose)
        return absorb_lead_in(blocks) if absorb else blocks

    def text(self, nodes: Sequence[Node], *, in_cell: bool = False) -> InlineText:
        """Return the text of `nodes` with the ids inside it."""
        return read_inline(nodes, self.context, in_cell=in_cell)

    def key(self, node: Node, anchors: Sequence[str] = ()) -> str:
        """Return the id of a block: its own, else that of an anchor in it or right before it."""
        own = node.attrs.get("id", "").strip()
        ids = [identity for identity in (own, *self._waiting, *anchors) if identity]
        self._waiting = []
        for identity in ids[1:]:
            self.context.aliases.setdefault(identity, ids[0])
        return ids[0] if ids else ""

    def _loose(self, nodes: list[Node]) -> list[Block]:
        """Return the paragraph that loose text makes."""
        if not nodes or all(node.tag in ("#text", "#literal") and not node.text.strip() for node in nodes):
            return []
        return self._paragraph(Node("p", nodes[0].line, children=nodes))

    def _read_node(self, node: Node) -> list[Block]:
        """Return the blocks of one block node."""
        match node.tag:
            case "p" if "video" in node.attrs:
                return [self._player(node, node.attrs["video"]), *self._paragraph(node)]
            case "p" | "summary" | "dt" | "caption" | "figcaption" | "legend":
                return self._paragraph(node)
            case tag if tag in _HEADINGS:
                return self._heading(node, _HEADINGS[tag])
            case tag if tag in _LISTS:
                return read_steps(node, self) if tag == "ol" else read_bullets(node, self)
            case "blockquote":
                return read_quote(node, self)
            case "table":
                return read_table(node, self)
            case "pre":
                return self._code(node)
            case "hr":
                return [Rule(line=node.line)]
            case "details":
                return [self._faq(node)]
            case "#directive":
                return read_directive(node, self)
            case tag if tag in _PLAYERS:
                address = node.attrs.get("src") or node.attrs.get("data", "")
                player = [self._player(node, address)] if address else []
                return [*player, *self.read(node.children)]
            case _:
                # A wrapper without a meaning of its own.
                self._wait_for(node)
                return self.read(node.children)

    def _wait_for(self, node: Node) -> None:
        """Let the next block have the id of a node that makes none."""
        identity = node.attrs.get("id", "").strip()
        if identity:
            self._waiting.append(identity)

    def _heading(self, node: Node, level: int) -> list[Block]:
        """Return a heading; one without text only passes its id on.

        The title of a tab is a link on level 1 (`# [Linux](#tab/linux)`): it is a heading below the last one.
        """
        tab = _tab_title(node)
        if tab is not None:
            node, level = tab, min(self._level + 1, 6)
        else:
            self._level = level
        text = self.text(node.children)
        if not text.runs:
            self._wait_for(node)
            self._waiting += text.anchors
            return []
        return [Heading(key=self.key(node, text.anchors), line=node.line, level=level, runs=text.runs)]

    def heading_below(self, title: str, line: int) -> Heading:
        """Return a heading one level below the last one."""
        return Heading(line=line, level=min(self._level + 1, 6), runs=(Run(title),))

    def _paragraph(self, node: Node) -> list[Block]:
        """Return a paragraph, the pictures that it consists of, or the blocks that HTML put into it."""
        if any(child.tag in BLOCK_TAGS or child.tag in _PLAYERS for child in node.children):
            self._wait_for(node)
            return self.read(node.children)
        pictures = _only_pictures(node.children)
        if pictures:
            self._wait_for(node)
            return [self.figure(picture, link) for picture, link in pictures]
        include = only_include(node.children)
        if include is not None and (included := self._included(include)) is not None:
            self._wait_for(node)
            return included
        text = self.text(node.children)
        if not text.runs:
            self._wait_for(node)
            self._waiting += text.anchors
            return []
        return [Paragraph(key=self.key(node, text.anchors), line=node.line, runs=text.runs)]

    def _included(self, include: Node) -> list[Block] | None:
        """Return what another file says, None when it cannot be had."""
        if "code" in include.attrs:
            code = included_code(include.attrs["src"], include.attrs, include.line, self.context)
            return self._code(code) if code is not None else None
        nodes = included_nodes(include, self.context)
        return self.read(nodes, absorb=False) if nodes else None

    def figure(self, node: Node, link: Node | None = None) -> Figure:
        """Return a picture that stands alone, with its title as its caption.

        A picture that cannot be shown gets its description as caption, linked to where it is.
        """
        path, verdict = read_image(node.attrs.get("src", ""), self.context.source)
        self.context.note(verdict, node.line)
        alt = " ".join(node.attrs.get("alt", "").split())
        title = " ".join(node.attrs.get("title", "").split())
        address = verdict.link if not path else None
        if link is not None and address is None:
            linked = read_link(link.attrs["href"], self.context.source)
            self.context.note(linked, link.line)
            # A picture that links to a larger copy of itself, as wikis do.
            address = linked.link if linked.link and linked.link.kind is not LinkKind.MISSING else None
        caption = title or (alt if address is not None else "")
        runs: Runs = (Run(caption, link=address),) if caption else ()
        return Figure(key=self.key(node), line=node.line, source=path, caption=runs, alt=alt)

    def _player(self, node: Node, address: str) -> Figure:
        """Return the place of a video: never played, its address can be copied."""
        verdict = read_link(address, self.context.source)
        self.context.note(verdict, node.line)
        key = self.key(node)
        node.attrs.pop("id", None)
        caption = (Run(address, link=verdict.link),)
        return Figure(key=key, line=node.line, source="", caption=caption, kind=FigureKind.VIDEO)

    def _code(self, node: Node) -> list[Block]:
        """Return literal text, from a fence or from `<pre>`."""
        if not node.html:
            return [Code(key=self.key(node), line=node.line, text=node.text, syntax=node.attrs["syntax"])]
        text = _raw_text(node).strip("\r\n").rstrip()
        return [Code(key=self.key(node), line=node.line, text=text)] if text.strip() else []

    def _faq(self, node: Node) -> Faq:
        """Return a question and its answer."""
        question: Runs = ()
        answer = list(node.children)
        summary = next((child for child in answer if child.tag == "summary"), None)
        key = self.key(node)
        if summary is not None:
            answer.remove(summary)
            question = self.text(summary.children).runs
        blocks = self.read(answer)
        if not question:
            self.context.log.add(
                "faq-without-question",
                node.line,
                message(N_("<details> has no question")),
                message(N_("Write <summary>the question</summary> right after <details>.")),
            )
            first = blocks[0] if blocks else None
            if isinstance(first, (Heading, Paragraph)):
                question, blocks = first.runs, blocks[1:]
        return Faq(key=key, line=node.line, question=question or (Run("…"),), blocks=tuple(blocks))


def _tab_title(node: Node) -> Node | None:
    """Return a heading without the link that makes it the title of a tab, None when it is none."""
    links = [child for child in node.children if child.tag != "#text" or child.text.strip()]
    if len(links) != 1 or links[0].tag != "a" or not links[0].attrs.get("href", "").startswith("#tab/"):
        return None
    return Node(node.tag, node.line, attrs=node.attrs, children=links[0].children)


def _only_pictures(nodes: Sequence[Node]) -> list[tuple[Node, Node | None]]:
    """Return the pictures of a paragraph that has nothing else, each with the link around it."""
    found: list[tuple[Node, Node | None]] = []
    for node in nodes:
        if node.tag == "img":
            found.append((node, None))
        elif node.tag == "a" and "href" in node.attrs:
            inner = _only_pictures(node.children)
            if not inner:
                return []
            found += [(picture, node) for picture, _ in inner]
        elif node.tag == "br" or (node.tag in ("#text", "#literal") and not node.text.strip(" \u200b\ufeff")):
            continue
        else:
            return []
    return found


def _raw_text(node: Node) -> str:
    """Return the text in `<pre>` with its blanks and breaks."""
    if node.tag == "br":
        return "\n"
    return node.text + "".join(_raw_text(child) for child in node.children)
