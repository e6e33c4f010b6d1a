"""The languages whose words have inflections here."""

from __future__ import annotations

LANGUAGES = ("sv", "en")


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
