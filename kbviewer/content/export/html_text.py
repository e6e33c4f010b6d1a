"""Runs of text as HTML."""

from __future__ import annotations

from html import escape

from kbviewer.content.export.labels import quoted
from kbviewer.model.inline import Link, LinkKind, Mark, Run, Runs

# From the inside out.
_TAGS = (
    (Mark.CODE, "code"),
    (Mark.KEY, "kbd"),
    (Mark.QUOTE, "samp"),
    (Mark.SUBSCRIPT, "sub"),
    (Mark.SUPERSCRIPT, "sup"),
    (Mark.STRIKE, "s"),
    (Mark.EMPHASIS, "em"),
    (Mark.STRONG, "strong"),
)
_WEB = ("http://", "https://", "mailto:")


def runs_as_html(runs: Runs, language: str, missing: str) -> str:
    """Return `runs` as HTML, escaped.

    Args:
        language: of the text around; it decides the quotation marks.
        missing: what stands after a link whose address the source lost.
    """
    html, index = "", 0
    while index < len(runs):
        link, start = runs[index].link, index
        while index < len(runs) and runs[index].link == link:
            index += 1
        text = "".join(_run(run, language) for run in runs[start:index])
        html += _linked(text, link, missing) if link else text
    return html


def _run(run: Run, language: str) -> str:
    html = escape(quoted(run, language)).replace("\n", "<br>\n")
    for mark, tag in _TAGS:
        if mark in run.marks:
            html = f"<{tag}>{html}</{tag}>"
    if run.tip:
        html = f'<abbr title="{escape(run.tip)}">{html}</abbr>'
    if run.language:
        html = f'<span lang="{escape(run.language)}">{html}</span>'
    return html


def _linked(html: str, link: Link, missing: str) -> str:
    match link.kind:
        case LinkKind.SECTION:
            return f'<a href="#{escape(link.target)}">{html}</a>'
        case LinkKind.ARTICLE:
            anchor = f"#{link.anchor}" if link.anchor else ""
            return f'<a href="kb://{escape(link.target + anchor)}">{html}</a>'
        case LinkKind.EXTERNAL if link.target.lower().startswith(_WEB):
            return f'<a href="{escape(link.target)}" rel="noreferrer noopener">{html}</a>'
        case LinkKind.MISSING:
            return f'{html} <span class="missing">({escape(missing)})</span>'
        case _:
            return f"<cite>{html}</cite>"
