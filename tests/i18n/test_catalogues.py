"""The shipped catalogues are complete and in step with the code."""

from __future__ import annotations

from pathlib import Path

from kbviewer.i18n.extraction import check
from kbviewer.i18n.translator import Translator

ROOT = Path(__file__).parents[2]


def test_catalogues_are_complete_and_in_step_with_the_code() -> None:
    slips = check(ROOT)

    assert not slips, "\n".join(map(str, slips))


def test_swedish_is_spoken() -> None:
    translator = Translator(ROOT / "i18n", "sv")

    assert translator.language == "sv"
    assert translator.gettext("Comments to the authors") == "Kommentarer till författarna"
