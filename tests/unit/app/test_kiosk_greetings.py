"""What stands on the screen of an unattended kiosk."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from kbviewer.app.gui.kiosk_greetings import staff_name
from kbviewer.i18n.translator import Translator
from tests.support.tree import ROOT


@pytest.mark.parametrize(
    ("languages", "name"), [(("sv", "en"), "Personal / Staff"), (("en",), "Staff"), (("sv",), "Personal")]
)
def test_the_way_to_the_pin_speaks_every_language_that_greets(languages: Sequence[str], name: str) -> None:
    """Those who work there read one of them, and the screen does not know which."""
    assert staff_name(languages, Translator(ROOT / "i18n", "sv")) == name
