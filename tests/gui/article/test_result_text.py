"""Results are laid out before there are widgets for them."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget

from kbviewer.model.cases import StepOutcome
from kbviewer.ui.article.result_line import ResultLine
from kbviewer.ui.article.result_text import ResultText
from kbviewer.ui.article.step_words import ResultWords
from tests.gui.article.conftest import Desk

HEAD = "Misslyckades 2026-11-22 14:05"


@pytest.mark.parametrize("zoom", [1.0, 2.0])
@pytest.mark.parametrize("width", [170, 420, 900])
@pytest.mark.parametrize("note", ["", "hung", "Servern svarade inte. " * 12, "first\nsecond\n\nfourth"])
def test_a_line_needs_the_room_that_was_foreseen(desk: Desk, note: str, width: int, zoom: float) -> None:
    """A difference would move the page under the pointer when the line comes into view."""
    desk.theme.set_zoom(zoom)
    words = ResultWords(HEAD, note, "")
    parent = QWidget()
    desk.qtbot.addWidget(parent)
    line = ResultLine(desk.theme, desk.translator, parent)
    line.show_result(StepOutcome.FAILED, words)
    assert ResultText(desk.theme).line_height(words, width) == line.heightForWidth(width)


def test_a_line_with_something_to_press_tells_its_height_itself(desk: Desk) -> None:
    words = ResultWords(HEAD, "", "Steget har ändrats")
    assert ResultText(desk.theme).line_height(words, 420) is None
