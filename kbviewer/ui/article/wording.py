"""Dates, names of languages and quotation marks, as the i18n room formats them."""

from __future__ import annotations

from datetime import date

from kbviewer.i18n import formats


def quotes(language: str) -> tuple[str, str]:
    """Return the opening and the closing quotation mark of a language."""
    opening, closing = formats.quotes(language)
    return opening, closing


def language_name(tag: str, in_language: str) -> str:
    """Return what `in_language` calls the language `tag`."""
    return formats.language_name(tag, in_language)


def long_date(day: date, language: str) -> str:
    """Return a date to read: "5 augusti 2005"."""
    return formats.format_date(day, language)
