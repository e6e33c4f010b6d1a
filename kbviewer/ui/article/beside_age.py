"""Which of two languages of an article is older than the other. Qt-free."""

from __future__ import annotations

import re
from typing import NamedTuple

from kbviewer.model.article import Article
from kbviewer.ui.article.contracts import Texts


class Outdated(NamedTuple):
    """A translation whose original has changed since."""

    translation: Article
    original: Article


def outdated(first: Article, other: Article) -> Outdated | None:
    """Return which of the two was translated from an earlier revision of the other, None when neither was."""
    for translation, original in ((first, other), (other, first)):
        made_from = translation.translation
        if made_from is None or made_from.source_language != original.language:
            continue
        if is_earlier(made_from.revision, original.revision):
            return Outdated(translation, original)
    return None


def is_earlier(revision: str, than: str) -> bool:
    """Return whether a revision is known to come before another one: "4.9" before "4.10"."""
    before, after = _numbers(revision), _numbers(than)
    return bool(before) and bool(after) and before < after


def outdated_sentence(found: Outdated, texts: Texts) -> str:
    """Return what is told about an outdated translation."""
    made_from = found.translation.translation
    sentence = texts.gettext(
        "The {older} text is based on revision {before}. The {newer} text is now at revision {now}."
    )
    return sentence.format(
        older=texts.language_name(found.translation.language),
        newer=texts.language_name(found.original.language),
        before=made_from.revision if made_from is not None else "",
        now=found.original.revision,
    )


def _numbers(revision: str) -> tuple[int, ...]:
    """Return the numbers of a revision; "5" and "5.0" are the same."""
    numbers = [int(part) for part in re.findall(r"\d+", revision)]
    while len(numbers) > 1 and not numbers[-1]:
        numbers.pop()
    return tuple(numbers)
