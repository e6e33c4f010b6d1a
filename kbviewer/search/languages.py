"""The languages whose words have inflections here, and their words that mean nothing alone."""

from __future__ import annotations

from functools import lru_cache

LANGUAGES = ("sv", "en")

# Words that may be missing without making an article a worse answer.
STOP_WORDS = frozenset(
    "a an and are as at be been by can could did do does for from get had has have how i if in is it its me"
    " my of on or our should that the then there this to was were what when where which why will with would"
    " you your".split()
    + "att av bli blir blev de dem den denna det detta dig du en ett för från gör ha hade har hur i inte jag"
    " kan kunde man med mig min mina mitt mot när och om oss på sig sin sina sitt ska skulle som så till"
    " under upp ut vad var vara varför varit vi vid vilken vill är".split()
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
