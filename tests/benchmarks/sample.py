"""An article of a chosen length, built from the model: headings, paragraphs, steps, a matrix, symptoms."""

from __future__ import annotations

from kbviewer.model.article import Article
from kbviewer.model.blocks import (
    Block,
    Callout,
    CalloutKind,
    Heading,
    MatrixCell,
    Paragraph,
    ScopeMatrix,
    Step,
    StepList,
    SymptomRow,
    SymptomTable,
    Target,
)
from kbviewer.model.inline import Mark, Run

WORDS = {
    "sv": "Kontrollera att datorn är ansluten till rätt nätverk innan du går vidare till nästa åtgärd.",
    "en": "Check that the computer is connected to the right network before you go on to the next action.",
}


def make_article(blocks: int, language: str) -> Article:
    """Return an article with about `blocks` blocks; both languages have the same keys."""
    text = WORDS[language]
    made: list[Block] = [_matrix(), _symptoms(text)]
    section = 0
    while len(made) < blocks:
        section += 1
        made += _section(f"section-{section}", text)
    return Article(id="sample", language=language, title=f"Sample {blocks}", blocks=tuple(made[:blocks]))


def _section(key: str, text: str) -> list[Block]:
    paragraphs: list[Block] = [
        Paragraph(
            key=f"{key}/p{index}",
            runs=(
                Run(text, frozenset({Mark.STRONG})),
                Run(f" {text} {text} "),
                Run(f"net-{index:03}", frozenset({Mark.CODE})),
            ),
        )
        for index in range(5)
    ]
    steps = tuple(Step(id=f"{key}/s{index}", number=str(index + 1), runs=(Run(text),)) for index in range(4))
    note = Callout(
        key=f"{key}/note", kind=CalloutKind.NOTE, blocks=(Paragraph(key=f"{key}/note/p", runs=(Run(text),)),)
    )
    return [
        Heading(key=key, level=2, runs=(Run(f"Section {key}"),)),
        *paragraphs,
        StepList(key=f"{key}/steps", steps=steps),
        note,
    ]


def _matrix() -> ScopeMatrix:
    cell = MatrixCell("Network", (Target("Network", "section-1"),))
    return ScopeMatrix(
        key="matrix",
        question="Who?",
        rows=("One computer", "Several"),
        columns=("One user", "Some", "A group", "A site", "All"),
        cells=((cell,) * 5,) * 2,
    )


def _symptoms(text: str) -> SymptomTable:
    row = SymptomRow((Run(text),), "Network", (Target("Network", "section-1"),))
    return SymptomTable(key="symptoms", headers=("Symptom", "Category", "Remedy"), rows=(row,) * 7)
