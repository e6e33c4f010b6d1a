"""The triage questions of a case, as the report asks them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kbviewer.model.article import Article
from kbviewer.model.cases import AnsweredQuestion
from kbviewer.model.triage import TriageQuestion, triage_questions


def questions_as_asked(
    kept: Sequence[AnsweredQuestion], article: Article | None, variants: Mapping[str, Article]
) -> Iterator[tuple[AnsweredQuestion, str, str]]:
    """Yield each question with its text and the text's language, in the order of the article.

    They are those of `article` when it still asks in the language that was read what it asked then,
    else those that were read.
    """
    now = _by_key(article)
    places = {key: place for place, key in enumerate(now)}
    for said in sorted(kept, key=lambda said: places.get(said.question, len(places))):
        asked, then = now.get(said.question), _by_key(variants.get(said.language)).get(said.question)
        if asked is not None and then is not None and then.text == said.text:
            yield said, asked.text, asked.language
        else:
            yield said, said.text, said.language


def _by_key(article: Article | None) -> Mapping[str, TriageQuestion]:
    return {question.key: question for question in triage_questions(article)} if article else {}
