"""Which language a text is in, when neither its file's name nor its front matter says."""

from __future__ import annotations

import re
from collections.abc import Collection

from kbviewer.content.language_tags import DEFAULT_LANGUAGE

# The words that every text of a language is full of, and that the other language does not have.
_COMMON = {
    "sv": frozenset(
        "och att det som är inte på för med den till av ett har kan om du din eller från när".split()
    ),
    "en": frozenset(
        "the and to of is that it you for with this on are be or your can not from when have".split()
    ),
}
_WORD = re.compile(r"[^\W\d_]+")
_LOOKED_AT = 20_000
_FEWEST = 3


def guess_language(text: str, beside: Collection[str] = ()) -> str:
    """Return the language whose common words a text has most of; English for one that has hardly any.

    Args:
        beside: languages that other files of the article are in; a text that tells nothing is in another one.
    """
    words = _WORD.findall(text[:_LOOKED_AT].casefold())
    counts = {language: sum(word in common for word in words) for language, common in _COMMON.items()}
    best = max(counts, key=lambda language: counts[language])
    others = sum(count for language, count in counts.items() if language != best)
    if counts[best] >= _FEWEST and counts[best] > others:
        return best
    known = (DEFAULT_LANGUAGE, *(language for language in _COMMON if language != DEFAULT_LANGUAGE))
    return next((language for language in known if language not in beside), DEFAULT_LANGUAGE)
