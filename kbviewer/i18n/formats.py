"""Dates, numbers and names as each language writes them. Babel is imported on first use.

Dates have the same order in all languages, so that none changes its meaning when the language is
switched in the middle of a procedure: 2005-08-05, and in words "5 augusti 2005", "5 August 2005".
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from babel import Locale

Length = Literal["short", "long"]

_SHORT_DATE = "yyyy-MM-dd"
_REGION = "SE"


def format_date(value: date, language: str, length: Length = "long") -> str:
    """Return the day: "2005-08-05" when short, "5 augusti 2005" when long."""
    from babel.dates import format_date as babel_format

    return babel_format(value, _SHORT_DATE if length == "short" else "long", locale=_locale(language))


def format_datetime(value: datetime, language: str, length: Length = "long") -> str:
    """Return day and minute: "2005-08-05 11:01" or "5 augusti 2005 11:01". The zone is left as it is."""
    from babel.dates import format_time

    clock = format_time(value.time(), "HH:mm", locale=_locale(language))
    return f"{format_date(value.date(), language, length)} {clock}"


def format_local_time(value: datetime, language: str) -> str:
    """Return day and minute, in words, in the zone of the computer."""
    return format_datetime(value.astimezone(), language)


def format_number(value: float, language: str) -> str:
    """Return the number with the language's separators: "1 234,5" in Swedish."""
    from babel.numbers import format_decimal

    return format_decimal(value, locale=_number_locale(language))


def format_percent(value: float, language: str, decimals: int = 0) -> str:
    """Return a part of one in percent: 0.09 is "9 %" in Swedish, "9%" in English.

    Args:
        decimals: how many there are at most.
    """
    from babel.numbers import format_percent as babel_format

    rounded = round(value, 2 + decimals)
    return babel_format(rounded, locale=_number_locale(language), decimal_quantization=not decimals)


def language_name(tag: str, in_language: str) -> str:
    """Return what a language is called in another: "svenska" in Swedish, "Swedish" in English."""
    from babel import Locale, UnknownLocaleError

    try:
        name = Locale.parse(tag, sep="-").get_display_name(_parse(in_language))
    except (ValueError, UnknownLocaleError):
        return tag
    return name or tag


def quotes(language: str) -> tuple[str, str]:
    """Return the quotation marks: ”…” in Swedish, “…” in English."""
    match language.partition("-")[0]:
        case "sv" | "fi":
            return "”", "”"
        case "da" | "de":
            return "„", "“"
        case "nb" | "nn" | "no":
            return "«", "»"
        case _:
            return "“", "”"


def _locale(language: str) -> Locale:
    """Return the locale for dates: the language as written in Sweden, where the year comes first."""
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(f"{language.partition('-')[0]}_{_REGION}")
    except (ValueError, UnknownLocaleError):
        return _parse(language)


def _number_locale(language: str) -> Locale:
    """Return the locale for numbers: the language as it is written at home."""
    return _parse(language)


def _parse(language: str) -> Locale:
    """Return the language's locale, English when Babel does not know it."""
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(language, sep="-")
    except (ValueError, UnknownLocaleError):
        return Locale("en", _REGION)
