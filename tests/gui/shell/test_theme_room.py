"""What the style sheet and shared fields leave room for, and in which colours."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QCompleter, QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from kbviewer.ui.theme.growing_text import GrowingText
from kbviewer.ui.theme.theme import Theme

pytestmark = pytest.mark.qt_log_ignore(
    "does not support (propagateSizeHints|raise|grabbing)", "a warning of Qt", extend=True
)


@pytest.mark.parametrize("name", ["light", "dark", "contrast"])
def test_a_list_that_completes_what_is_typed_is_opaque(qtbot: QtBot, name: str) -> None:
    """Qt's own dialogs have one; a window whose background is transparent is black."""
    theme = Theme(name, 1.0)
    theme.apply()
    field = QLineEdit()
    qtbot.addWidget(field)
    completer = QCompleter(["abc", "abd"], field)
    field.setCompleter(completer)
    field.show()
    completer.setCompletionPrefix("ab")
    completer.complete()
    popup = completer.popup()
    assert popup is not None

    shown = popup.grab().toImage()

    assert shown.pixelColor(shown.width() - 8, shown.height() // 2) == QColor(theme.tokens.raised)
    popup.hide()


@pytest.mark.parametrize("touch", [False, True])
def test_the_arrow_of_a_submenu_stands_beside_the_longest_name(qtbot: QtBot, touch: bool) -> None:
    Theme("light", 1.0, touch=touch).apply()
    menu = QMenu()
    qtbot.addWidget(menu)
    for name in ("Visa", "Bokmärken"):
        menu.addMenu(name).addAction(name)
    menu.ensurePolished()
    menu.resize(menu.sizeHint())

    inked = _inked_columns(menu.grab(menu.actionGeometry(menu.actions()[1])).toImage())

    gaps = [right - left for left, right in pairwise(inked)]
    assert max(gaps) >= 6


def _inked_columns(image: QImage) -> list[int]:
    ground = image.pixelColor(3, 3)
    heights = range(2, image.height() - 2)
    return [x for x in range(2, image.width() - 2) if any(image.pixelColor(x, y) != ground for y in heights)]


def test_a_field_is_as_high_as_what_it_says_while_it_is_empty(qtbot: QtBot) -> None:
    """With large letters in a narrow window the hint takes two lines, and was cut."""
    Theme("light", 1.0).apply()
    field = GrowingText()
    qtbot.addWidget(field)
    field.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    field.setFixedWidth(160)
    field.show()
    one_line = field.height()

    field.setPlaceholderText("Sparas med stegets resultat")
    two_lines = field.height()
    assert two_lines >= one_line + field.fontMetrics().lineSpacing()

    field.setPlainText("x")
    assert field.height() == one_line
    field.clear()
    assert field.height() == two_lines


def test_a_field_writes_its_hint_in_its_own_letters(qtbot: QtBot) -> None:
    """The guided view has smaller ones in a narrow window; the hint kept the larger ones, and was cut."""
    Theme("light", 1.0).apply()
    field = GrowingText()
    qtbot.addWidget(field)
    font = field.font()
    field.show()
    for points in (20.0, 10.0):
        font.setPointSizeF(points)
        field.setFont(font)
    assert field.viewport().font().pointSizeF() == 10.0
