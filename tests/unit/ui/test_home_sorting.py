"""Names stand in the order of a Swedish dictionary."""

from __future__ import annotations

import pytest

from kbviewer.ui.home.sorting import swedish_key


def test_the_three_last_letters_come_after_z() -> None:
    """Sorting by code point puts ä before å, sorting without accents puts all three under a and o."""
    names = ["Öppna", "Ärende", "zip", "Åtkomst", "app"]

    assert sorted(names, key=swedish_key) == ["app", "zip", "Åtkomst", "Ärende", "Öppna"]


def test_numbers_are_compared_by_value() -> None:
    """Part 10 of a guide follows part 9."""
    names = ["Windows 10", "Windows 9", "Windows 7"]

    assert sorted(names, key=swedish_key) == ["Windows 7", "Windows 9", "Windows 10"]


def test_case_and_other_accents_do_not_count() -> None:
    """É is an E in Swedish; only å, ä and ö are letters of their own."""
    assert swedish_key("IDÉ") == swedish_key("ide")


@pytest.mark.parametrize("composed", ["åäö", "Åäö"])
def test_letters_made_of_two_code_points_sort_alike(composed: str) -> None:
    """File systems of Apple hand out decomposed names."""
    import unicodedata

    assert swedish_key(unicodedata.normalize("NFD", composed)) == swedish_key(composed)


def test_danish_letters_stand_with_their_swedish_counterparts() -> None:
    """Æ sorts as ä and ø as ö, as in a Swedish telephone book."""
    assert swedish_key("Ærø") == swedish_key("Ärö")
