"""Nodes of the tree to runs of text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from kbviewer.content.context import ReadingContext
from kbviewer.content.inclusion import included_code, included_nodes, inline_of
from kbviewer.content.links import read_image, read_link
from kbviewer.content.tree import BLOCK_TAGS, Node
from kbviewer.model.inline import Link, LinkKind, Mark, Run, Runs, plain_text
from kbviewer.model.messages import N_, message

_MARKS = {
    "strong": Mark.STRONG,
    "b": Mark.STRONG,
    "th": Mark.STRONG,
    "dt": Mark.STRONG,
    "em": Mark.EMPHASIS,
    "i": Mark.EMPHASIS,
    "cite": Mark.EMPHASIS,
    "dfn": Mark.EMPHASIS,
    "var": Mark.EMPHASIS,
    "code": Mark.CODE,
    "tt": Mark.CODE,
    "pre": Mark.CODE,
    "kbd": Mark.KEY,
    "samp": Mark.QUOTE,
    "q": Mark.QUOTE,
    "s": Mark.STRIKE,
    "del": Mark.STRIKE,
    "strike": Mark.STRIKE,
    "sub": Mark.SUBSCRIPT,
    "sup": Mark.SUPERSCRIPT,
}
_INVISIBLE = re.compile("[\u200b\ufeff\u2060]")
_BLANKS = re.compile(r"[ \t\r\f\v]+")
_AROUND_BREAK = re.compile(r" ?\n[ \n]*")
_ORIGINAL = "sxs-lookup"
# A bar between two words, as in `on|off`, is no cell of a table.
_DEBRIS = re.compile(r"\*\*|(?<!\S)\||\|(?!\S)|\{#[\w.:-]+\}|\[![A-Za-z]+[\]\s]|\]\(")


@dataclass(frozen=True, slots=True)
class InlineText:
    """The runs of a block, and the ids that anchors inside it define."""

    runs: Runs
    anchors: tuple[str, ...] = ()


def read_inline(nodes: Sequence[Node], context: ReadingContext, *, in_cell: bool = False) -> InlineText:
    """Return the text of `nodes`. Blocks among them are set apart by line breaks.

    Args:
        in_cell: the nodes are a table cell's, where a literal bar is meant.
    """
    reader = _InlineReader(context, in_cell)
    reader.read(nodes, Run(""))
    return InlineText(tidy(reader.runs), tuple(reader.anchors))


def tidy(runs: Iterable[Run]) -> Runs:
    """Return the runs with single blanks, none at the ends or around breaks, and equal neighbours joined."""
    tidied: list[Run] = []
    for run in runs:
        text = run.text if Mark.CODE in run.marks else _BLANKS.sub(" ", run.text)
        if Mark.CODE not in run.marks:
            text = _AROUND_BREAK.sub("\n", text)
        if not tidied or tidied[-1].text.endswith((" ", "\n")):
            text = text.lstrip(" ") if tidied and tidied[-1].text.endswith(" ") else text.lstrip(" \n")
        if text.startswith("\n") and tidied:
            _replace_last(tidied, tidied[-1].text.rstrip(" "))
        if not text and not run.image:
            continue
        if tidied and _alike(tidied[-1], run):
            _replace_last(tidied, tidied[-1].text + text)
        else:
            tidied.append(replace(run, text=text))
    while tidied and not tidied[-1].image:
        text = tidied[-1].text.rstrip(" \n\t")
        if text == tidied[-1].text:
            break
        _replace_last(tidied, text)
    return tuple(tidied)


def _alike(run: Run, other: Run) -> bool:
    """Return whether two runs of text differ in nothing but their words."""
    if run.image or other.image:
        return False
    looks = (run.marks, run.link, run.language, run.tip)
    return looks == (other.marks, other.link, other.language, other.tip)


def _replace_last(runs: list[Run], text: str) -> None:
    """Give the last run another text, or remove it when nothing is left."""
    last = runs.pop()
    if text or last.image:
        runs.append(replace(last, text=text))


class _InlineReader:
    """Collects runs; `style` is a run without text that says how the next ones look."""

    def __init__(self, context: ReadingContext, in_cell: bool) -> None:
        self.runs: list[Run] = []
        self.anchors: list[str] = []
        self._context = context
        self._in_cell = in_cell

    def read(self, nodes: Iterable[Node], style: Run) -> None:
        """Append the runs of `nodes`."""
        for node in nodes:
            self._node(node, style)

    def _node(self, node: Node, style: Run) -> None:
        """Append the runs of one node."""
        match node.tag:
            case "#text":
                self._text(node, style, literal=False)
            case "#literal":
                self._text(node, style, literal=True)
            case "#directive":
                self._append(f" {node.text} ", style)
            case "#include":
                self._include(node, style)
            case "br" | "hr":
                self._append("\n", style)
            case "img":
                self._image(node, style)
            case "a":
                self._link(node, style)
            case "abbr" | "acronym":
                self._abbreviation(node, style)
            case tag if tag in BLOCK_TAGS:
                self._block(node, style)
            case "span" if node.attrs.get("class") == _ORIGINAL:
                # The sentence that a machine has translated, hidden on the site that it was made for.
                return
            case _:
                self._note_anchor(node)
                self.read(node.children, _styled(node, style))

    def _append(self, text: str, style: Run) -> None:
        if text:
            self.runs.append(replace(style, text=text))

    def _text(self, node: Node, style: Run, *, literal: bool) -> None:
        """Append text; leftovers of Markdown in it are debris."""
        if not literal:
            debris = _DEBRIS.search(node.text)
            if debris and not (self._in_cell and debris.group() == "|"):
                self._context.log.add(
                    "debris",
                    node.line,
                    message(N_("'{debris}' is shown as text"), debris=debris.group()),
                    message(N_("Complete the markup, or put a backslash before it when it is meant.")),
                )
        self._append(_INVISIBLE.sub("", node.text), style)

    def _include(self, node: Node, style: Run) -> None:
        """Append a text that another file holds, else its name."""
        if "code" in node.attrs:
            code = included_code(node.attrs["src"], node.attrs, node.line, self._context)
            nodes = [code] if code is not None else []
        else:
            nodes = inline_of(included_nodes(node, self._context))
        if nodes:
            self.read(nodes, style)
        else:
            self._append(node.text or node.attrs["src"], style)

    def _image(self, node: Node, style: Run) -> None:
        """Append a picture inside the text."""
        path, verdict = read_image(node.attrs.get("src", ""), self._context.source)
        self._context.note(verdict, node.line)
        text = _INVISIBLE.sub("", node.attrs.get("alt", "") or node.attrs.get("title", ""))
        link = style.link or (verdict.link if not path else None)
        if path or text:
            self.runs.append(replace(style, text=text, image=path, link=link))

    def _link(self, node: Node, style: Run) -> None:
        """Append what a link holds. A title known by name only is searched for by the link's own text."""
        self._note_anchor(node)
        if "href" not in node.attrs or style.link is not None:
            self.read(node.children, style)
            return
        address = node.attrs["href"]
        if node.attrs.get("auto") and "@" in address and ":" not in address:
            address = f"mailto:{address}"
        verdict = read_link(address, self._context.source)
        link = verdict.link
        if node.attrs.get("auto") and (link is None or link.kind is LinkKind.MISSING):
            # `<branch:name>` is a placeholder, not an address.
            self._append("<", style)
            self.read(node.children, style)
            self._append(">", style)
            return
        self._context.note(verdict, node.line)
        first = len(self.runs)
        if node.attrs.get("auto") and link is not None and link.kind is LinkKind.ARTICLE:
            # `<xref:System.String?displayProperty=fullName>` is called by the name alone.
            self._append(link.target, replace(style, link=link))
            return
        self.read(node.children, replace(style, link=link))
        if link is not None and link.kind is LinkKind.SEARCH and not link.target:
            found = Link(LinkKind.SEARCH, " ".join(plain_text(self.runs[first:]).split()))
            self.runs[first:] = [replace(run, link=found) for run in self.runs[first:]]

    def _abbreviation(self, node: Node, style: Run) -> None:
        """Append a term with its explanation."""
        first = len(self.runs)
        self.read(node.children, style)
        term = plain_text(self.runs[first:]).strip()
        tip = node.attrs.get("title", "").strip() or self._context.glossary.get(term.casefold(), "")
        if tip:
            self.runs[first:] = [replace(run, tip=tip) for run in self.runs[first:]]
        elif term and self._context.glossary:
            self._context.log.add(
                "unknown-term",
                node.line,
                message(N_("the glossary does not explain '{term}'"), term=term),
                message(N_("Add it to glossary.toml, or remove <abbr>.")),
            )

    def _block(self, node: Node, style: Run) -> None:
        """Append a block inside a cell or a summary, on lines of its own."""
        self._note_anchor(node)
        self._append(" " if node.tag in ("td", "th", "summary") else "\n", style)
        if node.tag == "li":
            self._append("• ", style)
        if node.text:
            self._append(_INVISIBLE.sub("", node.text), _styled(node, style))
        self.read(node.children, _styled(node, style))
        self._append(" " if node.tag in ("td", "th", "summary") else "\n", style)

    def _note_anchor(self, node: Node) -> None:
        """Remember the id of an element inside the text."""
        anchor = node.attrs.get("id") or (node.attrs.get("name") if node.tag == "a" else "")
        if anchor and anchor.strip():
            self.anchors.append(anchor.strip())


def _styled(node: Node, style: Run) -> Run:
    """Return the style inside `node`."""
    mark = _MARKS.get(node.tag)
    language = node.attrs.get("lang", "").strip()
    if mark is None and not language:
        return style
    return replace(
        style, marks=style.marks | {mark} if mark else style.marks, language=language or style.language
    )
