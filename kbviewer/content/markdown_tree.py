"""Markdown to the tree: block tokens, the inline content of each, and the HTML between them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kbviewer.content.attributes import directive_attributes, strip_leading_attributes, trim_attributes
from kbviewer.content.html_lexer import HtmlEvent, lex_html
from kbviewer.content.problem_log import ProblemLog
from kbviewer.content.tree import DROPPED_TAGS, KNOWN_TAGS, Node, TreeBuilder
from kbviewer.content.zones import level_zones
from kbviewer.model.messages import N_, message

if TYPE_CHECKING:
    from markdown_it.token import Token

    from kbviewer.content.dialect import Dialect

MARKER = re.compile(
    r"""\[!(?:
        div\s+class\s*=\s*["']?(?P<div>[^"'\]]{1,200})["']?\s*\]
      | VIDEO\s*(?:\]\s*\((?P<linked>[^()\s]{1,2000})\)|\s(?P<video>[^\]\s]{1,2000})\s*\])
      | TAB[ \t]+(?P<tab>[^\[\]\n]{1,200})\]
      | (?P<alert>[A-Za-z]{2,20})\](?!\()
    )[ \t]*\n?""",
    re.VERBOSE | re.IGNORECASE,
)
_LABEL = re.compile(r"\[!(?P<name>[A-Z]{2,20}) (?P<text>[^\[\]]{1,200})\]")
_TASK = re.compile(r"\[([ xX])\](?=[ \t]+\S)")
_BOXES = {" ": "\N{BALLOT BOX}", "x": "\N{BALLOT BOX WITH CHECK}"}
# The same at the start of any line: one quote may hold several callouts.
NEXT_MARKER = re.compile(
    r"\n(?=\[!(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION|INFO|SUCCESS|ERROR|MORELIKETHIS|PREREQUISITES|AVAILABILITY"
    r"|ADMINISTRATION|(?:BEGIN|END)TABS|(?:BEGIN|END)SHADEBOX)\]|\[!div\s|\[!VIDEO|\[!TAB\s)",
    re.IGNORECASE,
)
_TAKES_ATTRIBUTES = frozenset({"a", "img", "span", "strong", "em", "code"})
# What is stripped of a text before an attribute list at its end counts as an id.
_TAKES_ID = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th"})
_BOUNDARY_TAGS = frozenset({"details", "table", "ul", "ol"})


def build_tree(text: str, dialect: Dialect, log: ProblemLog, *, first_line: int = 1) -> Node:
    """Return the tree of a text whose first line is line `first_line` of its file."""
    return _TreeReader(dialect, log, first_line).read(text)


class _TreeReader:
    """One reading of one text."""

    def __init__(self, dialect: Dialect, log: ProblemLog, first_line: int) -> None:
        self._dialect = dialect
        self._log = log
        self._first_line = first_line
        self._env: dict[str, object] = {}
        self._tree = TreeBuilder()
        self._extra_cells: list[str] = []
        self._dropped = 0

    def read(self, text: str) -> Node:
        """Return the root."""
        tokens, self._env = self._dialect.parse_blocks(level_zones(text))
        for token in tokens:
            self._block_token(token)
        self._complain_unclosed(self._tree.finish())
        return self._tree.root

    def _line(self, token: Token, fallback: int = 0) -> int:
        return token.map[0] + self._first_line if token.map else fallback or self._tree.current.line

    def _block_token(self, token: Token) -> None:
        """Put one block token into the tree."""
        tree, line = self._tree, self._line(token)
        match token.type:
            case "inline":
                self._inline(token, line)
            case "html_block":
                self._html(token.content, line)
            case "fence" | "code_block":
                syntax = token.info.split()[0] if token.info.split() else ""
                tree.add(Node("pre", line, token.content.removesuffix("\n"), {"syntax": syntax}))
            case "hr":
                tree.add(Node("hr", line))
            case "directive":
                tree.add(Node("#directive", line, token.content))
            case "accordion":
                self._accordion(token.content, line)
            case _ if token.nesting > 0:
                attrs = {name: str(value) for name, value in token.attrs.items() if name != "style"}
                if token.meta.get("short"):
                    attrs["short"] = "1"
                tree.open(token.tag, line, attrs)
                if token.tag == "tr":
                    self._extra_cells = list(token.meta.get("extra", ()))
            case _ if token.nesting < 0:
                if token.tag == "tr":
                    self._widen_row(line)
                self._complain_unclosed(tree.close(token.tag))

    def _widen_row(self, line: int) -> None:
        """Add the cells that a row has beyond the table's last column."""
        cells, self._extra_cells = self._extra_cells, []
        for content in cells:
            self._tree.open("td", line)
            self._parse_inline(content, line)
            self._tree.close("td")

    def _inline(self, token: Token, line: int) -> None:
        """Read the content of a paragraph, heading or cell."""
        tree, content = self._tree, token.content
        if token.meta.get("deep"):
            self._log.add(
                "deep-nesting",
                line,
                message(N_("the text is nested too deeply to be read as Markdown")),
                message(N_("Use fewer levels of lists and quotes.")),
            )
            for part in content.split("\n"):
                tree.text(part + " ", line, literal=True)
            return
        if tree.current.tag == "p" and (tree.parent.tag == "blockquote" or content.startswith("[!")):
            content, line = self._markers(content, line)
        if tree.parent.tag == "li" and tree.parent.children == [tree.current]:
            content = _with_box(content)
        if tree.current.tag in _TAKES_ID:
            trimmed = trim_attributes(content)
            content = trimmed.text
            if trimmed.id:
                tree.current.attrs["id"] = trimmed.id
            if trimmed.classes:
                tree.current.attrs["class"] = " ".join(trimmed.classes)
        self._parse_inline(content, line)

    def _markers(self, content: str, line: int) -> tuple[str, int]:
        """Note what `[!NOTE]` and its kind say about the paragraph; return the rest of its content.

        A second marker inside the paragraph begins a paragraph of its own.
        """
        pieces = NEXT_MARKER.split(content) if self._tree.parent.tag == "blockquote" else [content]
        for index, piece in enumerate(pieces):
            last = index == len(pieces) - 1
            marker = MARKER.match(piece)
            text = piece
            if marker and (
                self._tree.parent.tag == "blockquote" or marker.group("linked") or marker.group("video")
            ):
                for name in ("div", "alert", "tab"):
                    if marker.group(name):
                        self._tree.current.attrs[name] = marker.group(name).strip()
                address = marker.group("linked") or marker.group("video")
                if address:
                    self._tree.current.attrs["video"] = address
                text = piece[marker.end() :]
            if last:
                return text, line + piece.count("\n", 0, len(piece) - len(text))
            self._parse_inline(text, line)
            self._tree.close("p")
            line += piece.count("\n") + 1
            self._tree.open("p", line)
        return "", line

    def _parse_inline(self, content: str, line: int) -> None:
        """Parse inline Markdown into the current node."""
        if not content:
            return
        for token in self._dialect.parse_inline(content, self._env):
            line = self._inline_token(token, line)

    def _inline_token(self, token: Token, line: int) -> int:
        """Put one inline token into the tree; return the line that follows."""
        tree = self._tree
        match token.type:
            case "text":
                self._text(token.content, line)
            case "text_special":
                tree.text(token.content, line, literal=True)
            case "softbreak":
                tree.text(" ", line)
                return line + 1
            case "hardbreak":
                tree.add(Node("br", line))
                return line + 1
            case "code_inline":
                tree.open("code", line)
                tree.text(token.content, line, literal=True)
                tree.close("code")
            case "image":
                attrs = {name: str(value) for name, value in token.attrs.items()}
                tree.add(Node("img", line, attrs={**attrs, "alt": _alternative(token)}))
            case "html_inline":
                self._inline_html(token.content, line)
                return line + token.content.count("\n")
            case "include":
                attrs = {name: str(value) for name, value in token.attrs.items()}
                tree.add(Node("#include", line, token.content, attrs))
            case "colons":
                self._colons(token, line)
            case _ if token.nesting > 0:
                attrs = {name: str(value) for name, value in token.attrs.items()}
                if token.markup == "autolink":
                    attrs["auto"] = "1"
                tree.open(token.tag, line, attrs)
            case _ if token.nesting < 0:
                tree.close(token.tag)
        return line

    def _accordion(self, title: str, line: int) -> None:
        """Open what the reader can unfold, or close it when there is no title."""
        tree = self._tree
        if title:
            tree.open_html("details", line, {})
            tree.open_html("summary", line, {})
            self._parse_inline(title, line)
            tree.close_html("summary")
        elif not tree.close_html("details"):
            tree.add(Node("p", line, children=[Node("#text", line, "+++")]))

    def _colons(self, token: Token, line: int) -> None:
        """Put a picture or a name inside the text."""
        attrs = directive_attributes(token.content)
        if token.info == "image":
            picture = {"src": attrs.get("source", ""), "alt": attrs.get("alt-text", "")}
            self._tree.add(Node("img", line, attrs=picture))
        else:
            self._tree.text(attrs.get("text", ""), line, literal=True)

    def _text(self, text: str, line: int) -> None:
        """Add text, without the attribute list that belongs to what stands before it."""
        previous = self._tree.previous
        if previous is not None and previous.tag in _TAKES_ATTRIBUTES and text.startswith("{"):
            text = strip_leading_attributes(text)
        self._tree.text(text, line)

    def _html(self, fragment: str, line: int) -> None:
        """Put a piece of HTML into the tree."""
        for event in lex_html(fragment):
            self._html_event(event, line + event.line)

    def _inline_html(self, tag: str, line: int) -> None:
        """Put what the inline parser took for one tag into the tree; what is none stays as it is written."""
        for event in lex_html(tag):
            if event.kind != "text":
                self._html_event(event, line + event.line)
            elif not self._dropped:
                self._tree.text(event.raw, line + event.line, literal=True)

    def _html_event(self, event: HtmlEvent, line: int) -> None:
        """Put one tag or text into the tree. A tag that HTML does not know is text: `<your-id>`."""
        tree = self._tree
        if event.kind == "text":
            self._html_text(event, line)
        elif event.value not in KNOWN_TAGS:
            if not self._dropped:
                tree.text(event.raw, line, literal=True)
        elif event.value in DROPPED_TAGS:
            opened = 1 if event.kind == "open" and not event.raw.endswith("/>") else 0
            self._dropped = max(0, self._dropped + (opened if event.kind == "open" else -1))
        elif self._dropped:
            return
        elif event.kind == "open":
            tree.open_html(event.value, line, event.attrs)
        else:
            tree.close_html(event.value)

    def _html_text(self, event: HtmlEvent, line: int) -> None:
        """Add the text between tags: as it is in `<pre>`, as Markdown in a summary, else single-spaced."""
        if self._dropped:
            return
        if self._tree.inside("pre"):
            self._tree.text(event.value, line, literal=True)
        elif self._tree.inside("summary"):
            lead = " " if event.raw[:1].isspace() else ""
            self._tree.text(lead, line)
            self._parse_inline(event.raw.strip(), line)
            self._tree.text(" " if event.raw[-1:].isspace() else "", line)
        else:
            self._labelled_text(re.sub(r"[ \t\n\r\f]+", " ", event.value), line)

    def _labelled_text(self, text: str, line: int) -> None:
        """Add text of HTML, in which Experience League reads its labels too."""
        position = 0
        for label in _LABEL.finditer(text):
            self._tree.text(text[position : label.start()], line)
            self._tree.open("strong" if label["name"].casefold() == "uicontrol" else "span", line)
            self._tree.text(label["text"], line)
            self._tree.close(self._tree.current.tag)
            position = label.end()
        self._tree.text(text[position:], line)

    def _complain_unclosed(self, nodes: list[Node]) -> None:
        """Note HTML containers that never closed where they had to."""
        for node in nodes:
            if node.tag in _BOUNDARY_TAGS:
                self._log.add(
                    "unclosed-html",
                    node.line,
                    message(N_("<{tag}> is never closed"), tag=node.tag),
                    message(N_("Close it with </{tag}>, with a blank line before."), tag=node.tag),
                )


def _with_box(content: str) -> str:
    """Return the text of a list's item with `[ ]` or `[x]` at its beginning as a box."""
    task = _TASK.match(content)
    return _BOXES[task.group(1).casefold()] + content[task.end() :] if task else content


def _alternative(token: Token) -> str:
    """Return the text that describes a picture."""
    parts = []
    for child in token.children or ():
        parts.append(" " if child.type in ("softbreak", "hardbreak") else child.content)
    return " ".join("".join(parts).split())
