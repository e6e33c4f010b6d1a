"""Numbers of bytes as people read them."""

from __future__ import annotations

from pathlib import Path

import pytest

from kbviewer.i18n.sizes import format_size
from kbviewer.i18n.translator import Translator

I18N = Path(__file__).parents[3] / "i18n"


@pytest.mark.parametrize(
    ("count", "english", "swedish"),
    [
        (0, "0 kB", "0 kB"),
        (1, "0.1 kB", "0,1 kB"),
        (4_321, "4.3 kB", "4,3 kB"),
        (999_949, "999.9 kB", "999,9 kB"),
        (999_950, "1 MB", "1 MB"),
        (12_345_678, "12.3 MB", "12,3 MB"),
        (2_500_000_000, "2.5 GB", "2,5 GB"),
    ],
)
def test_a_size_has_the_unit_in_which_it_can_be_read(count: int, english: str, swedish: str) -> None:
    """A small pack is not 0 MB, and what rounds up to a thousand has the next unit."""
    assert format_size(count, Translator(I18N, "en")) == english
    assert format_size(count, Translator(I18N, "sv")) == swedish
