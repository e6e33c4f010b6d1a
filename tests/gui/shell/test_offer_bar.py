"""A strip that tells something and offers what can be done about it."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from kbviewer.i18n.translator import Translator
from kbviewer.model.messages import message
from kbviewer.ui.shell.offer_bar import OfferBar
from kbviewer.ui.shell.status_page import NextStep
from kbviewer.ui.theme.theme import Theme


@pytest.mark.qt_log_ignore("propagateSizeHints")
@pytest.mark.parametrize("texts", [(), ("Open",), ("Open", "Copy the report")])
@pytest.mark.parametrize("width", [320, 900])
def test_a_strip_is_shown_with_any_number_of_buttons(
    texts: tuple[str, ...], width: int, translator: Translator, qtbot: QtBot
) -> None:
    """After a power cut whose tabs are open again there is nothing left to offer."""
    theme = Theme("light")
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(width, 400)
    strip = OfferBar(theme, translator, [NextStep(text, lambda: None) for text in texts], can_close=True)
    QVBoxLayout(window).addWidget(strip)
    window.show()
    strip.show_message(message("The program ended unexpectedly."))
    qtbot.waitExposed(window)
    assert len([button for button in strip.buttons if button.isVisible()]) == len(texts)
    assert strip.height() >= strip._text.height()
