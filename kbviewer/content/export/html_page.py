"""Articles as HTML pages that stand alone: no scripts, nothing fetched, everything escaped."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from html import escape

from kbviewer.content.export.html_text import runs_as_html
from kbviewer.content.export.labels import Labels
from kbviewer.model.article import Article
from kbviewer.model.blocks import (
    Block,
    Blocks,
    BulletList,
    Callout,
    Code,
    Faq,
    Figure,
    Heading,
    Paragraph,
    Rule,
    ScopeMatrix,
    Step,
    StepList,
    SymptomTable,
    Table,
    Target,
)
from kbviewer.model.inline import Runs
from kbviewer.model.messages import Gettext

_STYLE = """
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 48rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; margin: 1rem 0; }
th, td { border: 1px solid #8888; padding: .3rem .6rem; text-align: start; vertical-align: top; }
pre, code { font-family: ui-monospace, monospace; }
pre { overflow-x: auto; padding: .6rem; border: 1px solid #8888; }
aside { border-inline-start: .3rem solid #888; margin: 1rem 0; padding: .1rem 1rem; }
aside.warning, aside.caution { border-color: #b00; }
.banner, .result, .prerequisite, .missing, figure { border: 1px solid #8888; padding: .3rem .8rem; }
.label, dt { font-weight: bold; }
kbd { border: 1px solid #888; border-radius: .2rem; padding: 0 .3rem; }
"""


def as_html(
    article: Article,
    gettext: Gettext,
    *,
    format_date: Callable[[date], str] = date.isoformat,
    language_name: Callable[[str], str] = str,
) -> str:
    """Return `article` as a complete HTML document."""
    labels = Labels(gettext, format_date, language_name)
    writer = _HtmlWriter(labels, article.language)
    title = escape(article.title)
    banners = "".join(f'<p class="banner">{escape(banner)}</p>\n' for banner in labels.banners(article))
    properties = "".join(
        f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>\n" for name, value in labels.properties(article)
    )
    # Nothing may be fetched, whatever a browser makes of the text.
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(article.language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n{banners}"
        f"{writer.blocks(article.blocks)}</main>\n<footer>\n<h2>{escape(gettext('Properties'))}</h2>\n"
        f"<dl>\n{properties}</dl>\n</footer>\n</body>\n</html>\n"
    )


class _HtmlWriter:
    """Turns blocks into HTML."""

    def __init__(self, labels: Labels, language: str) -> None:
        self._labels = labels
        self._language = language

    def blocks(self, blocks: Blocks) -> str:
        """Return the HTML of `blocks`, one after the other."""
        return "".join(self._labelled(self._block(block), block.language) for block in blocks)

    def _labelled(self, html: str, language: str) -> str:
        """Return `html` in a box that says which language it is in, when it is another than the article's."""
        if not language:
            return html
        label = escape(self._labels.shown_in(language))
        return f'<p class="label">{label}</p>\n<div lang="{escape(language)}">\n{html}</div>\n'

    def _block(self, block: Block) -> str:
        anchor = f' id="{escape(block.key)}"' if block.key else ""
        match block:
            case Heading():
                level = min(max(block.level, 2), 6)
                return f"<h{level}{anchor}>{self._runs(block.runs)}</h{level}>\n"
            case Paragraph():
                return self._paragraph(block, anchor)
            case BulletList():
                label = self._label(self._labels.list(block.role))
                items = "".join(f"<li>{self.blocks(item)}</li>\n" for item in block.items)
                return f'{label}<ul class="{block.role.value}"{anchor}>\n{items}</ul>\n'
            case StepList():
                title = f'<p class="label">{self._runs(block.title)}</p>\n' if block.title else ""
                style = "" if block.steps and block.steps[0].number[:1].isdigit() else ' type="a"'
                steps = "".join(self._step(step) for step in block.steps)
                return f"{title}<ol{style}{anchor}>\n{steps}</ol>\n"
            case Callout():
                label = self._label(self._labels.callout(block.kind))
                inside = self.blocks(block.blocks)
                return f'<aside class="{block.kind.value}"{anchor}>\n{label}{inside}</aside>\n'
            case Faq():
                question = self._runs(block.question)
                inside = self.blocks(block.blocks)
                return f"<details open{anchor}>\n<summary>{question}</summary>\n{inside}</details>\n"
            case ScopeMatrix() | SymptomTable() | Table():
                return self._table(block, anchor)
            case Code():
                return f"<pre{anchor}><code>{escape(block.text)}</code></pre>\n"
            case Figure():
                return self._figure(block, anchor)
            case Rule():
                return "<hr>\n"

    def _paragraph(self, block: Paragraph, anchor: str) -> str:
        label = self._labels.paragraph(block.role)
        lead = f'<span class="label">{escape(label)}:</span> ' if label else ""
        return f'<p class="{block.role.value}"{anchor}>{lead}{self._runs(block.runs)}</p>\n'

    def _step(self, step: Step) -> str:
        number = f' value="{step.number}"' if step.number.isdecimal() else ""
        text = f"<p>{self._runs(step.runs)}</p>\n"
        inside = self.blocks(step.guards) + text + self.blocks(step.blocks)
        return f'<li id="{escape(step.id)}"{number}>\n{self._labelled(inside, step.language)}</li>\n'

    def _table(self, block: ScopeMatrix | SymptomTable | Table, anchor: str) -> str:
        header: list[str]
        rows: list[list[str]]
        match block:
            case ScopeMatrix():
                header = [escape(text) for text in (block.question, *block.columns)]
                rows = [
                    [
                        f'<th scope="row">{escape(name)}</th>',
                        *(_cell(_category(cell.category, cell.targets)) for cell in cells),
                    ]
                    for name, cells in zip(block.rows, block.cells, strict=True)
                ]
            case SymptomTable():
                header = [escape(text) for text in block.headers]
                rows = [
                    [
                        _cell(self._runs(row.symptom)),
                        _cell(escape(row.category)),
                        _cell(_category("", row.targets)),
                    ]
                    for row in block.rows
                ]
            case Table():
                header = [self._runs(cell) for cell in block.header]
                rows = [[_cell(self._runs(cell)) for cell in row] for row in block.rows]
        return _table(header, rows, anchor)

    def _figure(self, block: Figure, anchor: str) -> str:
        # The page stands alone, so the picture is described instead of shown.
        kind = escape(self._labels.figure(block.kind))
        text = self._runs(block.caption) or escape(block.alt or block.source)
        return (
            f'<figure{anchor}><figcaption><span class="label">{kind}:</span> {text}</figcaption></figure>\n'
        )

    def _label(self, text: str) -> str:
        return f'<p class="label">{escape(text)}</p>\n' if text else ""

    def _runs(self, runs: Runs) -> str:
        return runs_as_html(runs, self._language, self._labels.missing_link())


def _cell(html: str) -> str:
    return f"<td>{html}</td>"


def _category(category: str, targets: tuple[Target, ...]) -> str:
    """Return the links of a cell, and its category when the links do not say it."""
    links = " / ".join(f'<a href="#{escape(target.anchor)}">{escape(target.label)}</a>' for target in targets)
    said = not category or category == " / ".join(target.label for target in targets)
    return links if said and links else " ".join(filter(None, [escape(category), links]))


def _table(header: list[str], rows: Iterable[list[str]], anchor: str) -> str:
    head = "".join(f'<th scope="col">{cell}</th>' for cell in header)
    body = "".join(f"<tr>{''.join(row)}</tr>\n" for row in rows)
    top = f"<thead>\n<tr>{head}</tr>\n</thead>\n" if any(header) else ""
    return f"<table{anchor}>\n{top}<tbody>\n{body}</tbody>\n</table>\n"
