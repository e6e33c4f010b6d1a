"""markdown-it set up for the dialect of Microsoft Learn and Experience League.

Only the block structure and, paragraph by paragraph, the inline structure are taken from it; its
HTML rendering is never used.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, table
from markdown_it.rules_block.table import escapedSplit, getLine
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

# Token levels: a list takes two, a quote one. Nothing that people write comes near it.
MAX_LEVEL = 60
# A paragraph with more unpaired brackets than this is not written by people; links in it cost quadratic time.
MAX_UNPAIRED = 100

_INCLUDE = re.compile(
    r"\[!(INCLUDE|code(?:-[\w#+-]{1,30})?)\s*\[([^\[\]]{0,500})\]\s*\(\s*([^()\s]{0,500})(?:\s+\"[^\"\n]{0,200}\")?\s*\)\s*\]",
    re.IGNORECASE,
)
_LABEL = re.compile(r"\[!(?!(?:div|video|include)\b)([A-Za-z]{2,20})[ \t]+", re.IGNORECASE)
# A picture or a name in the middle of a line.
_COLONS = re.compile(r":::[ \t]*(image|no-loc)\b((?:[^:\n]|:(?!::)){0,2000}):::", re.IGNORECASE)
_OPENING = re.compile(r":::[ \t]*(?:row|column|zone|moniker)[^:\n]{0,500}:::(?=[ \t]*[^\s:])")
_ACCORDION = re.compile(r"\+\+\+(?!\+)[ \t]*(.*?)[ \t]*$")
_CLOSING = re.compile(r"^[ \t>]*\+\+\+[ \t]*$", re.MULTILINE)
_STRONG_LABELS = frozenset({"uicontrol"})


class Dialect:
    """The parsers. Building them costs less than half a millisecond; one serves any number of texts."""

    def __init__(self) -> None:
        self._blocks = MarkdownIt("commonmark", {"maxNesting": 10 * MAX_LEVEL}).enable("table")
        self._blocks.disable(["inline", "text_join"])
        self._blocks.block.ruler.before("table", "depth_guard", _depth_guard)
        self._blocks.block.ruler.at("table", _table, {"alt": ["paragraph", "reference"]})
        interrupted = ["paragraph", "reference", "blockquote", "list"]
        self._blocks.block.ruler.before("hr", "directive", _directive, {"alt": interrupted})
        self._blocks.block.ruler.before("hr", "accordion", _accordion, {"alt": interrupted})
        self._inline = self._inline_parser()
        self._literal: MarkdownIt | None = None

    def parse_blocks(self, text: str) -> tuple[list[Token], dict[str, object]]:
        """Return block tokens, whose inline content is not parsed yet, and the link definitions."""
        env: dict[str, object] = {}
        return self._blocks.parse(text, env), env

    def parse_inline(self, text: str, env: dict[str, object]) -> list[Token]:
        """Return the tokens of one paragraph's content."""
        parser = self._inline
        if abs(text.count("[") - text.count("]")) > MAX_UNPAIRED:
            if self._literal is None:
                self._literal = self._inline_parser().disable(["link", "image", "label"])
            parser = self._literal
        tokens: list[Token] = []
        parser.inline.parse(text, parser, env, tokens)
        return tokens

    @staticmethod
    def _inline_parser() -> MarkdownIt:
        """Return a parser that hands addresses on as written: the reader judges them itself."""
        parser = MarkdownIt("commonmark").enable("strikethrough")
        parser.inline.ruler.before("link", "label", _label)
        parser.inline.ruler.before("link", "colons", _colons)
        for name in ("validateLink", "normalizeLink", "normalizeLinkText"):
            setattr(parser, name, _accept if name == "validateLink" else _as_written)
        return parser


def _accept(_url: str) -> bool:
    return True


def _as_written(url: str) -> str:
    return url


def _depth_guard(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Take the rest of a container as plain text when it is nested beyond all reason.

    markdown-it would drop it without a word, and a tree that deep would end in a RecursionError.
    """
    if state.level < MAX_LEVEL:
        return False
    if silent:
        return True
    for kind, nesting in (("paragraph_open", 1), ("inline", 0), ("paragraph_close", -1)):
        token = state.push(kind, "p" if nesting else "", nesting)  # type: ignore[arg-type]
        token.map = [start_line, end_line]
        if not nesting:
            token.content = state.getLines(start_line, end_line, state.blkIndent, False).strip()
            token.children = []
            token.meta["deep"] = True
    state.line = end_line
    return True


def _table(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Read a table as markdown-it does, and keep the cells beyond the last column, which it drops."""
    first = len(state.tokens)
    if not table(state, start_line, end_line, silent):
        return False
    columns = sum(token.type == "th_open" for token in state.tokens[first:])
    for token in state.tokens[first:]:
        if token.type == "tr_open" and token.map:
            cells = escapedSplit(getLine(state, token.map[0]).strip())
            if cells and not cells[0]:
                cells.pop(0)
            if cells and not cells[-1]:
                cells.pop()
            token.meta["short"] = len(cells) < columns
            token.meta["extra"] = [cell.strip() for cell in cells[columns:]]
            start = state.bMarks[token.map[0]] + state.tShift[token.map[0]]
            token.meta["column"] = start - (state.src.rfind("\n", 0, start) + 1)
    return True


def _directive(state: StateBlock, start_line: int, _end_line: int, silent: bool) -> bool:
    """Take a line that begins with three colons, and the following ones while its attributes go on."""
    if state.is_code_block(start_line):
        return False
    start = state.bMarks[start_line] + state.tShift[start_line]
    if not state.src.startswith(":::", start):
        return False
    text = state.src[start : state.eMarks[start_line]].strip()
    if (inline := _COLONS.match(text)) and (text[inline.end() :].strip() or inline.group(1) == "no-loc"):
        # The line goes on: it is part of a paragraph.
        return False
    if silent:
        return True
    line = start_line + 1
    if re.match(r":::\s*(?:image|code)\b(?!.*:::$)", text):
        ahead = [getLine(state, number).strip() for number in range(line, min(line + 8, _end_line))]
        ends = next((index for index, more in enumerate(ahead) if more.endswith(":::") or not more), None)
        if ends is not None and ahead[ends]:
            text = " ".join([text, *ahead[: ends + 1]])
            line += ends + 1
    opening = _OPENING.match(text)
    token = state.push("directive", "", 0)
    token.content = opening.group() if opening else text
    token.map = [start_line, line]
    if opening:
        # `:::column::: Text`: the text begins a paragraph of its own.
        for kind, nesting in (("paragraph_open", 1), ("inline", 0), ("paragraph_close", -1)):
            part = state.push(kind, "p" if nesting else "", nesting)  # type: ignore[arg-type]
            part.map = [start_line, line]
            if not nesting:
                part.content = text[opening.end() :].strip()
                part.children = []
    state.line = line
    return True


def _accordion(state: StateBlock, start_line: int, _end_line: int, silent: bool) -> bool:
    """Take a line of three plus signs: with a title it opens what can be unfolded, without it closes."""
    if state.is_code_block(start_line):
        return False
    start = state.bMarks[start_line] + state.tShift[start_line]
    mark = _ACCORDION.match(state.src[start : state.eMarks[start_line]])
    if mark is None or (mark.group(1) and start > _last_closing(state)):
        # Nothing closes it below: a line of a patch, or a slip that would fold the rest of the article away.
        return False
    if not silent:
        token = state.push("accordion", "", 0)
        token.content = mark.group(1)
        token.map = [start_line, start_line + 1]
        state.line = start_line + 1
    return True


def _last_closing(state: StateBlock) -> int:
    """Return where the last line of three plus signs alone begins, -1 when there is none."""
    if "last_closing" not in state.env:
        state.env["last_closing"] = max((line.start() for line in _CLOSING.finditer(state.src)), default=-1)
    return int(state.env["last_closing"])


def _colons(state: StateInline, silent: bool) -> bool:
    """Read `:::image source="…":::` and `:::no-loc text="…":::` inside a line."""
    if not state.src.startswith(":::", state.pos):
        return False
    match = _COLONS.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        token = state.push("colons", "", 0)
        token.content = match.group(2)
        token.info = match.group(1).casefold()
    state.pos = match.end()
    return True


def _label(state: StateInline, silent: bool) -> bool:
    """Read `[!UICONTROL Save]`, `[!DNL Name]`, `[!INCLUDE [text](path)]` and `[!code-c[text](path)]`."""
    # Silent means looking for the end of a link's text; the brackets then have to count one by one,
    # or a label inside it would pass for a link inside a link.
    if silent or not state.src.startswith("[!", state.pos):
        return False
    include = _INCLUDE.match(state.src, state.pos, state.posMax)
    if include:
        token = state.push("include", "", 0)
        token.content = include.group(2)
        token.attrs = {"src": include.group(3)}
        if include.group(1).casefold() != "include":
            token.attrs["syntax"] = include.group(1)[len("code-") :]
            token.attrs["code"] = "1"
        state.pos = include.end()
        return True
    label = _LABEL.match(state.src, state.pos, state.posMax)
    if label is None:
        return False
    end = state.md.helpers.parseLinkLabel(state, state.pos)
    if end < label.end():
        return False
    tag = "strong" if label.group(1).casefold() in _STRONG_LABELS else "span"
    maximum = state.posMax
    state.push("label_open", tag, 1)
    state.pos, state.posMax = label.end(), end
    state.md.inline.tokenize(state)
    state.push("label_close", tag, -1)
    state.posMax = maximum
    state.pos = end + 1
    return True
