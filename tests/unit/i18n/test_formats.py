"""Dates never change order between the languages; everything else follows the language."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbviewer.i18n import formats

REVIEWED = datetime(2005, 8, 5, 11, 1, 47)  # noqa: DTZ001 - as the source states it


@pytest.mark.parametrize(
    ("language", "short", "long"),
    [("sv", "2005-08-05", "5 augusti 2005"), ("en", "2005-08-05", "5 August 2005")],
)
def test_dates_keep_their_order_in_both_languages(language: str, short: str, long: str) -> None:
    assert formats.format_date(REVIEWED.date(), language, "short") == short
    assert formats.format_date(REVIEWED.date(), language) == long
    assert formats.format_datetime(REVIEWED, language) == f"{long} 11:01"
    assert formats.format_datetime(REVIEWED, language, "short") == f"{short} 11:01"


@given(value=st.dates(), language=st.sampled_from(["sv", "en", "fi", "de", "no such"]))
def test_short_date_is_iso_in_every_language(value: date, language: str) -> None:
    assert formats.format_date(value, language, "short") == value.isoformat()


def test_numbers_follow_the_language() -> None:
    assert formats.format_number(1234567.5, "sv") == "1\u00a0234\u00a0567,5"
    assert formats.format_number(1234567.5, "en") == "1,234,567.5"
    assert formats.format_percent(0.09, "sv") == "9\u00a0%"
    assert formats.format_percent(0.09, "en") == "9%"


@pytest.mark.parametrize(
    ("tag", "language", "name"),
    [("sv", "sv", "svenska"), ("en", "sv", "engelska"), ("sv", "en", "Swedish"), ("de", "en", "German")],
)
def test_languages_have_names_in_each_other(tag: str, language: str, name: str) -> None:
    assert formats.language_name(tag, language) == name


def test_unknown_language_is_called_by_its_tag() -> None:
    assert formats.language_name("no such", "sv") == "no such"


def test_quotation_marks_are_those_of_the_language() -> None:
    assert formats.quotes("sv") == ("”", "”")
    assert formats.quotes("sv-FI") == ("”", "”")
    assert formats.quotes("en") == ("“", "”")


def test_importing_loads_no_babel() -> None:
    """The window's first paint formats nothing."""
    program = "import sys, kbviewer.i18n.formats, kbviewer.i18n.translator; print('babel' in sys.modules)"

    assert subprocess.check_output([sys.executable, "-c", program], text=True).strip() == "False"


def test_a_percentage_has_the_form_of_the_language_with_or_without_decimals() -> None:
    """The command line and the window say the same."""
    assert formats.format_percent(0.03174, "en", decimals=2) == "3.17%"
    assert formats.format_percent(0.03174, "sv", decimals=2).replace("\u00a0", " ") == "3,17 %"
    assert formats.format_percent(0.03174, "en") == "3%"
    assert formats.format_percent(1, "en", decimals=2) == "100%"
