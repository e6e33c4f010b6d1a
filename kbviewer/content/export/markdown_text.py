"""Runs of text as Markdown that the reader reads back as the same runs."""

from __future__ import annotations

import re
from html import escape
from urllib.parse import quote

from kbviewer.model.inline import Link, LinkKind, Mark, Run, Runs, plain_text

_SPECIAL = re.compile(r"[\\`*\[\]{}~|]|(?<!\w)_|_(?!\w)|[<&\xa0]")
_LINE_START = re.compile(r"^([ \t]*)([#>+=:-])", re.MULTILINE)
# After a number it is the dot that makes a list.
_NUMBER = re.compile(r"^([ \t]*\d+)([.)])(?=\s|$)", re.MULTILINE)
_HTML = {"<": "&lt;", "&": "&amp;", "\xa0": "&nbsp;"}
# From the inside out; code is written with backticks, strong and emphasis with asterisks where they hold.
_TAGS = (
    (Mark.KEY, "kbd"),
    (Mark.QUOTE, "samp"),
    (Mark.SUBSCRIPT, "sub"),
    (Mark.SUPERSCRIPT, "sup"),
    (Mark.STRIKE, "del"),
)
_ASTERISKS = ((Mark.EMPHASIS, "*", "em"), (Mark.STRONG, "**", "strong"))


def runs_as_markdown(runs: Runs, *, line_break: str = "\\\n") -> str:
    """Return `runs` as inline Markdown.

    Args:
        line_break: how a break inside the text is written; "<br>" where the text must stay on one line.
    """
    markdown, index = "", 0
    while index < len(runs):
        link, start = runs[index].link, index
        while index < len(runs) and runs[index].link == link:
            index += 1
        inner = "".join(
            _run(run, _before(runs, start + at), _after(runs, start + at), line_break)
            for at, run in enumerate(runs[start:index])
        )
        markdown += f"[{inner}]({_address(link, plain_text(runs[start:index]))})" if link else inner
    return _NUMBER.sub(r"\1\\\2", _LINE_START.sub(r"\1\\\2", markdown))


def escaped(text: str) -> str:
    """Return `text` with everything escaped that Markdown, HTML or the reader would take for markup."""
    return _SPECIAL.sub(lambda match: _HTML.get(match.group(), "\\" + match.group()), text)


def _before(runs: Runs, index: int) -> str:
    return runs[index - 1].text[-1:] if index else ""


def _after(runs: Runs, index: int) -> str:
    return runs[index + 1].text[:1] if index + 1 < len(runs) else ""


def _run(run: Run, before: str, after: str, line_break: str) -> str:
    if run.image:
        return f"![{escaped(run.text)}](<{run.image}>)"
    text = _code(run.text) if Mark.CODE in run.marks else escaped(run.text).replace("\n", line_break)
    for mark, tag in _TAGS:
        if mark in run.marks:
            text = f"<{tag}>{text}</{tag}>"
    for mark, asterisks, tag in _ASTERISKS:
        if mark in run.marks:
            holds = _flanks(run.text, before, after) and len(run.marks) == 1
            text = f"{asterisks}{text}{asterisks}" if holds else f"<{tag}>{text}</{tag}>"
    if run.tip:
        text = f'<abbr title="{escape(run.tip)}">{text}</abbr>'
    if run.language:
        text = f'<span lang="{escape(run.language)}">{text}</span>'
    return text


def _flanks(text: str, before: str, after: str) -> bool:
    """Return whether asterisks around `text` are read as markup: its ends are letters or stand free."""
    starts = text[:1].isalnum() or (not text[:1].isspace() and not before.strip())
    ends = text[-1:].isalnum() or (not text[-1:].isspace() and not after.strip())
    return starts and ends and not before.endswith("*") and not after.startswith("*")


def _code(text: str) -> str:
    ticks = "`" * (1 + max(map(len, re.findall(r"`+", text)), default=0))
    edge = " " if (text[:1] in "` " and text[-1:] in "` ") or text[:1] == "`" or text[-1:] == "`" else ""
    return f"{ticks}{edge}{text}{edge}{ticks}".replace("\n", " ")


def _address(link: Link, text: str) -> str:
    address = _reference(link, text)
    plain = not re.search(r"[\s<>()\\&*_`]", address)
    return address if plain else "<" + re.sub(r"([<>\\&])", r"\\\1", address) + ">"


def _reference(link: Link, text: str) -> str:
    match link.kind:
        case LinkKind.SECTION:
            return f"#{link.target}"
        case LinkKind.ARTICLE:
            anchor = f"#{link.anchor}" if link.anchor else ""
            return f"xref:{quote(link.target, safe='/:@+,;=~')}{anchor}"
        case LinkKind.SEARCH:
            return "search:" + ("" if link.target == " ".join(text.split()) else quote(link.target))
        case LinkKind.MISSING:
            return "missing:"
        case LinkKind.EXTERNAL:
            return link.target
