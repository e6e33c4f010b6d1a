"""Buttons of dialogs where there is little room."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QPushButton

from kbviewer.i18n.translator import Translator
from kbviewer.ui.shell.leave_dialog import LeaveDialog
from tests.gui.shell.conftest import MakeWindow

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints", extend=True)


@pytest.mark.parametrize(("width", "in_a_row"), [(320, False), (1366, True)])
def test_buttons_stand_in_a_column_where_a_row_would_cut_them(
    make_window: MakeWindow, translator: Translator, width: int, in_a_row: bool
) -> None:
    """Half a word on a button is none."""
    window = make_window("steps", size=(width, 700))
    dialog = LeaveDialog(translator, window)
    dialog.open_centred()

    buttons = dialog.findChildren(QPushButton)
    assert all(button.width() >= button.sizeHint().width() for button in buttons)
    assert all(dialog.rect().contains(button.geometry()) for button in buttons)
    assert (len({button.y() for button in buttons}) == 1) is in_a_row
    dialog.reject()
