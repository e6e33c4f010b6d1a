"""The languages whose words have inflections here, and their words that mean nothing alone."""

from __future__ import annotations

from functools import lru_cache

LANGUAGES = ("sv", "en")

# Words that may be missing without making an article a worse answer.
STOP_WORDS = frozenset(
    "a an and are as at be by can do does for from get how i if in is it its me my of on or our the this to"
    " was what when where which why will with you your".split()
    + "att av de den det du en ett för från hur har i inte jag kan man med mig min mina mitt när och om på så"
    " som till vad var varför vi vid vilken är".split()
)


@lru_cache(maxsize=256)
def primary(tag: str) -> str:
    """Return a language without its region: "sv" of "sv-SE"."""
    return tag.casefold().partition("-")[0]


def languages_bit(tag: str) -> int:
    """Return the bit of a language, 0 when its words have no inflections here."""
    language = primary(tag)
    return 1 << LANGUAGES.index(language) if language in LANGUAGES else 0


def speaks(tag: str, wanted: str) -> bool:
    """Return whether a tag is the wanted language or a region of it."""
    return primary(tag) == primary(wanted)
