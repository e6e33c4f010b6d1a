"""The triage questions of a case, as the report asks them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from kbviewer.model.article import Article
from kbviewer.model.case_changes import find_matrix
from kbviewer.model.cases import AnsweredQuestion, TriageAnswer
from kbviewer.model.triage import TriageQuestion, triage_questions


def questions_as_asked(
    kept: Sequence[AnsweredQuestion],
    choices: Sequence[TriageAnswer],
    article: Article | None,
    variants: Mapping[str, Article],
) -> Iterator[tuple[AnsweredQuestion, str, str]]:
    """Yield each question with its text and the text's language, in the order of the article.

    They are those of `article` when it still asks in the language that was read what it asked then,
    else those that were read. An answer that is what was chosen in a matrix follows the question.
    """
    now = _by_key(article)
    places = {key: place for place, key in enumerate(now)}
    for said in sorted(kept, key=lambda said: places.get(said.question, len(places))):
        read = variants.get(said.language)
        asked, then = now.get(said.question), _by_key(read).get(said.question)
        if article and read and asked is not None and then is not None and then.text == said.text:
            answer = _heading(said.answer, choices, read, article)
            yield replace(said, answer=answer), asked.text, asked.language
        else:
            yield said, said.text, said.language


def _heading(answer: str, choices: Sequence[TriageAnswer], read: Article, article: Article) -> str:
    """Return the heading in `article` of the row or column that was chosen and is the answer, else it."""
    for choice in choices:
        then, now = find_matrix(read, choice.matrix), find_matrix(article, choice.matrix)
        if then is None or now is None:
            continue
        axes = (choice.row, then.rows, now.rows), (choice.column, then.columns, now.columns)
        for chosen, headings, translated in axes:
            if chosen is None or chosen >= min(len(headings), len(translated)):
                continue
            if headings[chosen] == answer:
                return translated[chosen]
    return answer


def _by_key(article: Article | None) -> Mapping[str, TriageQuestion]:
    return {question.key: question for question in triage_questions(article)} if article else {}
