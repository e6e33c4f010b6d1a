"""The report of a case as text, Markdown and HTML. All three say the same; everything is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from textwrap import wrap

from kbviewer.content.export.case_contents import (
    ArticleSection,
    CaseContents,
    Fact,
    Procedure,
    Speech,
    StepEntry,
    case_contents,
)
from kbviewer.content.export.markdown_text import runs_as_markdown
from kbviewer.content.export.plain_text import DEFAULT_WIDTH, heading_lines, printable
from kbviewer.model.article import Article
from kbviewer.model.cases import Case
from kbviewer.model.inline import Run

_STYLE = """
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 48rem; margin: 2rem auto; padding: 0 1rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; }
dt { font-weight: bold; }
dd { margin: 0; white-space: pre-line; }
ol { list-style: none; padding: 0; }
li { border-inline-start: .3rem solid #888; margin: 1rem 0; padding: .1rem 1rem; }
"""


def case_as_text(
    case: Case, articles: Iterable[Article], speech: Speech, *, width: int = DEFAULT_WIDTH
) -> str:
    """Return the report as lines of up to `width` characters; see `case_contents`."""
    contents = case_contents(case, articles, speech)
    # Control characters in a note or an article must not reach a terminal.
    return "\n".join(printable(line) for line in _text_lines(contents, width)) + "\n"


def _text_lines(contents: CaseContents, width: int) -> Iterator[str]:
    yield from heading_lines(contents.title, 1, width)
    yield ""
    yield from _text_facts(contents.facts, width)
    for section in contents.sections:
        yield ""
        yield from heading_lines(section.title, 2, width)
        yield ""
        yield from _text_facts(section.facts, width)
        if section.questions:
            yield ""
            yield from wrap(contents.questions_title, width)
            for fact in section.questions:
                yield from _text_question(fact, width)
        for procedure in section.procedures:
            yield ""
            yield from wrap(procedure.title, width)
            for step in procedure.steps:
                yield from _text_step(step, width)
    if contents.notes:
        yield ""
        yield from heading_lines(contents.notes_title, 2, width)
        for note in contents.notes:
            yield ""
            yield from wrap(f"{note.name}:", width)
            yield from _paragraphs(note.value, width, "  ")


def _text_step(step: StepEntry, width: int) -> Iterator[str]:
    first = f"{step.number}. "
    rest = " " * len(first)
    yield from wrap(step.text, width, initial_indent=first, subsequent_indent=rest) or [first]
    for line in _text_facts(step.facts, width - len(first)):
        yield rest + line


def _text_question(fact: Fact, width: int) -> Iterator[str]:
    yield from wrap(fact.name, width, initial_indent="  ", subsequent_indent="  ")
    yield from _paragraphs(fact.value, width, "    ")


def _text_facts(facts: Iterable[Fact], width: int) -> Iterator[str]:
    for fact in facts:
        first, *more = fact.value.split("\n") or [""]
        yield from wrap(f"{fact.name}: {first}", width, subsequent_indent="  ")
        yield from _paragraphs("\n".join(more), width, "  ") if more else ()


def _paragraphs(text: str, width: int, indent: str) -> Iterator[str]:
    for line in text.split("\n"):
        yield from wrap(line, width, initial_indent=indent, subsequent_indent=indent) or [""]


def case_as_markdown(case: Case, articles: Iterable[Article], speech: Speech) -> str:
    """Return the report as Markdown; see `case_contents`."""
    contents = case_contents(case, articles, speech)
    parts = [f"# {_md(contents.title)}", _md_facts(contents.facts)]
    for section in contents.sections:
        parts += [f"## {_md(section.title)}", _md_facts(section.facts)]
        if section.questions:
            parts += [f"### {_md(contents.questions_title)}", _md_facts(section.questions)]
        for procedure in section.procedures:
            parts.append(f"### {_md(procedure.title)}")
            parts.append("\n".join(map(_md_step, procedure.steps)))
    if contents.notes:
        parts.append(f"## {_md(contents.notes_title)}")
        parts.append(_md_facts(contents.notes))
    return "\n\n".join(filter(None, parts)) + "\n"


def _md_step(step: StepEntry) -> str:
    facts = _md_facts(step.facts).replace("\n", "\n  ")
    return f"- **{_md(step.number)}.** {_md(step.text)}\n  {facts}"


def _md_facts(facts: Iterable[Fact]) -> str:
    return "\n".join(f"- **{_md_name(fact.name)}** {_md(fact.value)}" for fact in facts)


def _md_name(name: str) -> str:
    return _md(name) if name.endswith("?") else f"{_md(name)}:"


def _md(text: str) -> str:
    """Return `text` so that Markdown shows it as it is, its line breaks included."""
    lines = [line.strip() for line in text.split("\n")]
    markdown = (runs_as_markdown((Run(printable(line)),)) for line in lines if line)
    return "\\\n  ".join(markdown)


def case_as_html(case: Case, articles: Iterable[Article], speech: Speech) -> str:
    """Return the report as a page that stands alone; see `case_contents`."""
    contents = case_contents(case, articles, speech)
    title = escape(contents.title)
    notes = ""
    if contents.notes:
        notes = (
            f"<section>\n<h2>{escape(contents.notes_title)}</h2>\n{_html_facts(contents.notes)}</section>\n"
        )
    asked = contents.questions_title
    sections = "".join(_html_section(section, asked) for section in contents.sections)
    # Nothing may be fetched, whatever a browser makes of the text.
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(contents.language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n"
        f"{_html_facts(contents.facts)}{sections}{notes}</main>\n</body>\n</html>\n"
    )


def _html_section(section: ArticleSection, questions_title: str) -> str:
    questions = ""
    if section.questions:
        questions = f"<h3>{escape(questions_title)}</h3>\n{_html_facts(section.questions)}"
    procedures = "".join(map(_html_procedure, section.procedures))
    heading = f"<h2{_lang(section.language)}>{escape(section.title)}</h2>\n"
    return f"<section>\n{heading}{_html_facts(section.facts)}{questions}{procedures}</section>\n"


def _html_procedure(procedure: Procedure) -> str:
    title = f"<h3{_lang(procedure.language)}>{escape(procedure.title)}</h3>\n"
    return f"{title}<ol>\n{''.join(map(_html_step, procedure.steps))}</ol>\n"


def _html_step(step: StepEntry) -> str:
    text = f"<span{_lang(step.language)}>{escape(step.text)}</span>"
    return f"<li>\n<p>{escape(step.number)}. {text}</p>\n{_html_facts(step.facts)}</li>\n"


def _html_facts(facts: Iterable[Fact]) -> str:
    items = "".join(
        f"<dt{_lang(fact.name_language)}>{escape(fact.name)}</dt>"
        f"<dd{_lang(fact.language)}>{escape(fact.value)}</dd>\n"
        for fact in facts
    )
    return f"<dl>\n{items}</dl>\n"


def _lang(language: str) -> str:
    return f' lang="{escape(language)}"' if language else ""
