"""The questions that an article wants answered before anyone helps, and what answers them already."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from kbviewer.model.article import Article
from kbviewer.model.blocks import BulletList, ListRole, Paragraph, ScopeMatrix, walk
from kbviewer.model.inline import plain_text

ChoiceOf = Callable[[str], tuple[int | None, int | None]]

_LEAST_WORD = 4
_LEAST_ALIKE = 5


@dataclass(frozen=True, slots=True)
class TriageQuestion:
    """One question.

    Attributes:
        key: block key of its list and its place in it, "triage/1"; equal in all languages.
        text: as the article asks it.
        language: BCP 47 tag of the text.
    """

    key: str
    text: str
    language: str


def triage_questions(article: Article) -> tuple[TriageQuestion, ...]:
    """Return the questions of an article in reading order."""
    found: list[TriageQuestion] = []
    for block in walk(article.blocks):
        if isinstance(block, BulletList) and block.role is ListRole.TRIAGE:
            for index, item in enumerate(block.items):
                parts = [plain_text(part.runs) for part in item if isinstance(part, Paragraph)]
                text = " ".join(" ".join(parts).split())
                found.append(TriageQuestion(f"{block.key}/{index}", text, block.language or article.language))
    return tuple(found)


def answer_from_scope(article: Article, question: TriageQuestion, choice_of: ChoiceOf) -> str:
    """Return the row or column that was chosen in a scope matrix when the question asks for it, else "".

    A question asks for the axis whose headings have words of the question that the other axis does not
    have; when that holds for both, for the one that has more of them.
    """
    for block in walk(article.blocks):
        if isinstance(block, ScopeMatrix):
            row, column = choice_of(block.key)
            rows, columns = _words(block.rows), _words(block.columns)
            asked = _words((question.text,))
            of_rows = sum(_is_among(word, rows) and not _is_among(word, columns) for word in asked)
            of_columns = sum(_is_among(word, columns) and not _is_among(word, rows) for word in asked)
            if of_rows > of_columns and row is not None and row < len(block.rows):
                return block.rows[row]
            if of_columns > of_rows and column is not None and column < len(block.columns):
                return block.columns[column]
    return ""


def _words(texts: Iterable[str]) -> frozenset[str]:
    words = re.findall(r"\w+", " ".join(texts).casefold())
    return frozenset(word for word in words if len(word) >= _LEAST_WORD)


def _is_among(word: str, words: Iterable[str]) -> bool:
    """Return whether one of `words` is this one or another form of it."""
    return any(
        word == other
        or (len(word) >= _LEAST_ALIKE <= len(other) and word[:_LEAST_ALIKE] == other[:_LEAST_ALIKE])
        for other in words
    )
