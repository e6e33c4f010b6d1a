"""The command palette in the window: how it is opened and left, what it runs, how it fits in."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from kbviewer.ui.shell.actions import ActionId
from kbviewer.ui.shell.palette import CommandPalette
from kbviewer.ui.shell.shortcuts_dialog import ShortcutsDialog
from kbviewer.ui.shell.window import MainWindow
from kbviewer.ui.theme.tokens import MIN_TARGET_PX, TOUCH_TARGET_PX
from tests.gui.shell.conftest import MakeWindow, focused

pytestmark = pytest.mark.qt_log_ignore("does not support (propagateSizeHints|raise)", extend=True)

CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
OPEN_LIBRARY = "Öppna biblioteksmapp"


def open_palette(window: MainWindow) -> CommandPalette:
    """Press the key, wherever the focus is."""
    QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_P, CTRL_SHIFT)
    palette: CommandPalette = window.findChildren(CommandPalette)[0]
    assert palette.isVisible()
    assert palette.field.hasFocus()
    return palette


def names(palette: CommandPalette) -> list[str]:
    return [entry.text for entry in palette.model.rows]


def press(palette: CommandPalette, key: Qt.Key) -> None:
    QTest.keyClick(palette.field, key)


def centre_of(widget: QWidget) -> QPoint:
    return widget.rect().center()


def test_the_key_opens_it_with_every_action_that_can_be_run(article_window: MainWindow) -> None:
    """In the menus' own words, without marks and dots; it does not offer itself."""
    palette = open_palette(article_window)

    table = article_window.table
    enabled = [action for action in ActionId if table[action].isEnabled()]
    shown = [entry.key for entry in palette.model.rows if not entry.is_section]
    assert shown == [action.value for action in enabled if action is not ActionId.PALETTE]
    assert names(palette)[0] == OPEN_LIBRARY
    assert (palette.model.rows[0].place, palette.model.rows[0].keys) == ("Arkiv", "Ctrl+O")


def test_what_needs_an_article_is_not_offered_at_home(window: MainWindow) -> None:
    """Nor is the way back when there is none."""
    offered = {entry.key for entry in open_palette(window).model.rows}

    assert ActionId.OPEN_LIBRARY in offered
    assert not {ActionId.FIND, ActionId.BACK} & offered
    assert not any(key.startswith("#") for key in offered)


def test_typing_narrows_down_and_enter_runs(article_window: MainWindow) -> None:
    palette = open_palette(article_window)

    QTest.keyClicks(palette.field, "lank kop")
    assert names(palette) == ["Kopiera länk"]
    press(palette, Qt.Key.Key_Return)

    assert not palette.isVisible()
    assert QGuiApplication.clipboard().text().startswith("kb://steps")


def test_arrow_keys_choose_and_stop_at_the_ends(article_window: MainWindow) -> None:
    palette = open_palette(article_window)

    def row() -> int:
        return palette.rows.currentIndex().row()

    press(palette, Qt.Key.Key_Up)
    assert row() == 0
    press(palette, Qt.Key.Key_Down)
    press(palette, Qt.Key.Key_Down)
    assert row() == 2
    press(palette, Qt.Key.Key_PageDown)
    assert row() == 7
    for _press in range(20):
        press(palette, Qt.Key.Key_PageDown)
    assert row() == len(palette.model.rows) - 1


def test_esc_returns_the_focus_where_it_was(article_window: MainWindow, qtbot: QtBot) -> None:
    """To the text, the outline or the search field."""
    qtbot.waitUntil(article_window.parts.pane.outline.isVisible)
    page = article_window.reading.page
    assert page is not None
    for place in (page, article_window.parts.pane.outline, article_window.parts.field):
        place.setFocus()
        before = focused()
        press(open_palette(article_window), Qt.Key.Key_Escape)
        assert focused() is before


def test_esc_leaves_a_search_as_it_was(article_window: MainWindow) -> None:
    """The search field is not left, and not entered anew either."""
    field = article_window.parts.field
    article_window.table[ActionId.SEARCH].trigger()
    happened: list[str] = []
    field.left.connect(lambda: happened.append("left"))
    field.entered.connect(lambda: happened.append("entered"))

    press(open_palette(article_window), Qt.Key.Key_Escape)

    assert field.hasFocus()
    assert happened == []


def test_the_key_closes_it_too(article_window: MainWindow) -> None:
    before = focused()
    palette = open_palette(article_window)

    QTest.keyClick(palette.field, Qt.Key.Key_P, CTRL_SHIFT)

    assert not palette.isVisible()
    assert focused() is before


def test_the_mouse_runs_a_row_and_closes_beside_the_card(article_window: MainWindow) -> None:
    before = focused()
    palette = open_palette(article_window)
    QTest.mouseClick(palette, Qt.MouseButton.LeftButton, pos=QPoint(5, palette.height() - 5))
    assert not palette.isVisible()
    assert focused() is before

    palette = open_palette(article_window)
    QTest.keyClicks(palette.field, "kopiera")
    place = palette.rows.visualRect(palette.model.index(1)).center()
    QTest.mouseClick(palette.rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert not palette.isVisible()
    assert QGuiApplication.clipboard().text().startswith("kb://steps")


def test_a_toggle_says_that_it_is_on_and_is_switched(article_window: MainWindow) -> None:
    palette = open_palette(article_window)
    QTest.keyClicks(palette.field, "sidopanel")
    assert palette.model.spoken(0) == "Sidopanel, på, Visa, F9"

    press(palette, Qt.Key.Key_Return)

    assert not article_window.parts.pane.isVisible()


def test_the_last_used_is_first_the_next_time(article_window: MainWindow) -> None:
    palette = open_palette(article_window)
    QTest.keyClicks(palette.field, "zooma in")
    press(palette, Qt.Key.Key_Return)

    palette = open_palette(article_window)

    assert palette.field.text() == ""
    assert names(palette)[:2] == ["Zooma in", OPEN_LIBRARY]
    assert palette.rows.currentIndex().row() == 0


def test_a_heading_leads_to_its_section(article_window: MainWindow, qtbot: QtBot) -> None:
    palette = open_palette(article_window)
    QTest.keyClicks(palette.field, "annat")
    assert names(palette) == ["Gå till Annat"]

    press(palette, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: article_window.reading.section == "second")
    page = article_window.reading.page
    assert page is not None
    assert page.isAncestorOf(focused())


def test_an_action_meets_the_focus_of_before(article_window: MainWindow) -> None:
    """Select all is about the field that the reader was in."""
    field = article_window.parts.field
    field.setText("kod")
    field.setFocus()
    field.deselect()
    palette = open_palette(article_window)

    QTest.keyClicks(palette.field, "markera allt")
    press(palette, Qt.Key.Key_Return)

    assert field.selectedText() == "kod"


def test_switching_the_language_translates_it_and_it_stays(article_window: MainWindow) -> None:
    """With the mouse in the bar or with the key; query, choice and focus stay."""
    palette = open_palette(article_window)
    QTest.keyClicks(palette.field, "kopiera")
    press(palette, Qt.Key.Key_Down)
    languages = article_window.parts.bar.languages
    english = next(each for each in languages.findChildren(QRadioButton) if each.text() == "EN")

    QTest.mouseClick(english, Qt.MouseButton.LeftButton, pos=centre_of(english))

    assert palette.isVisible()
    assert palette.field.hasFocus()
    assert palette.field.accessibleName() == "Command palette"
    assert names(palette) == ["Copy", "Copy link", "Copy title and id", "Copy information for support"]
    assert palette.rows.currentIndex().data() == "Copy link"
    palette.field.setText("other things")
    assert names(palette) == ["Go to Other things"]

    QTest.keyClick(palette.field, Qt.Key.Key_L, CTRL_SHIFT)
    assert palette.field.accessibleName() == "Kommandopalett"
    assert palette.isVisible()
    press(palette, Qt.Key.Key_Escape)
    page = article_window.reading.page
    assert page is not None
    assert page.isAncestorOf(focused())


def test_esc_closes_it_from_the_language_switch_and_from_its_button(article_window: MainWindow) -> None:
    """Whoever clicks the language that is on has left the field."""
    before = focused()
    palette = open_palette(article_window)
    languages = article_window.parts.bar.languages
    swedish = next(each for each in languages.findChildren(QRadioButton) if each.text() == "SV")
    QTest.mouseClick(swedish, Qt.MouseButton.LeftButton, pos=centre_of(swedish))
    assert palette.isVisible()
    QTest.keyClick(swedish, Qt.Key.Key_Escape)
    assert not palette.isVisible()
    assert focused() is before

    palette = open_palette(article_window)
    press(palette, Qt.Key.Key_Tab)
    QTest.keyClick(palette.close_button, Qt.Key.Key_Escape)
    assert not palette.isVisible()
    assert focused() is before


def test_tab_goes_round_inside(article_window: MainWindow) -> None:
    """What lies below is covered and cannot be seen with the focus."""
    palette = open_palette(article_window)

    press(palette, Qt.Key.Key_Tab)
    assert palette.close_button.hasFocus()
    QTest.keyClick(palette.close_button, Qt.Key.Key_Backtab)
    assert palette.field.hasFocus()
    press(palette, Qt.Key.Key_Tab)
    QTest.keyClick(palette.close_button, Qt.Key.Key_Space)
    assert not palette.isVisible()


def test_it_goes_when_the_focus_goes_elsewhere(article_window: MainWindow, qtbot: QtBot) -> None:
    """Ctrl+K means the search field, F1 the sheet of keys, whatever lies over the page."""
    before = focused()
    palette = open_palette(article_window)
    QTest.keyClick(palette.field, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert not palette.isVisible()
    assert article_window.parts.field.hasFocus()

    before.setFocus()
    palette = open_palette(article_window)
    QTest.keyClick(palette.field, Qt.Key.Key_F1)
    dialog = article_window.findChildren(ShortcutsDialog)[0]
    qtbot.waitUntil(lambda: not palette.isVisible())
    dialog.reject()
    assert article_window.focusWidget() is before


def test_the_sheet_of_keys_lists_it(window: MainWindow) -> None:
    window.table[ActionId.SHORTCUTS].trigger()
    dialog = window.findChildren(ShortcutsDialog)[0]
    shown = [label.text() for label in dialog.findChildren(QLabel)]
    assert shown[shown.index("Kommandopalett") + 1] == "Ctrl+Skift+P"
    dialog.reject()


def test_results_are_counted_aloud_and_choices_spoken(article_window: MainWindow, qtbot: QtBot) -> None:
    """The focus stays in the field, so that nothing else would tell."""
    palette = open_palette(article_window)
    with qtbot.waitSignal(palette.speech.spoken) as said:
        QTest.keyClicks(palette.field, "kopiera")
    assert said.args == ["4 resultat. Kopiera, Redigera, Ctrl+C"]
    with qtbot.waitSignal(palette.speech.spoken) as said:
        press(palette, Qt.Key.Key_Down)
    assert said.args == ["Kopiera länk, Redigera, Ctrl+Skift+C"]


def test_nothing_found_says_what_to_do(article_window: MainWindow) -> None:
    palette = open_palette(article_window)
    QTest.keyClicks(palette.field, "xyz")
    texts = [label.text() for label in palette.findChildren(QLabel) if label.isVisible()]
    assert texts == ["Ingenting heter så. Prova ett annat ord."]
    press(palette, Qt.Key.Key_Return)
    press(palette, Qt.Key.Key_Down)
    assert palette.isVisible()


def test_every_part_has_a_name_and_a_role(article_window: MainWindow) -> None:
    palette = open_palette(article_window)
    parts = {
        palette: ("Kommandopalett", QAccessible.Role.Dialog),
        palette.field: ("Kommandopalett", QAccessible.Role.EditableText),
        palette.rows: ("Kommandon", QAccessible.Role.List),
        palette.close_button: ("Stäng", QAccessible.Role.Button),
    }
    for widget, (name, role) in parts.items():
        found = QAccessible.queryAccessibleInterface(widget)
        assert (found.text(QAccessible.Text.Name), found.role()) == (name, role)
    row = QAccessible.queryAccessibleInterface(palette.rows).child(0)
    assert row.role() == QAccessible.Role.ListItem
    assert row.text(QAccessible.Text.Name) == f"{OPEN_LIBRARY}, Arkiv, Ctrl+O"


@pytest.mark.parametrize("touch", [False, True])
@pytest.mark.parametrize("zoom", [1.0, 2.0])
@pytest.mark.parametrize("size", [(320, 400), (1366, 768)])
def test_it_fits_into_the_window_and_its_targets_are_large_enough(
    make_window: MakeWindow, size: tuple[int, int], zoom: float, touch: bool
) -> None:
    """Every name is whole, at twice the size in the narrowest window, too."""
    window = make_window("steps", size=size)
    window.commands._theme.set_zoom(zoom)
    window.commands.choose_touch(touch)
    palette = open_palette(window)

    shown = QRect(QPoint(0, 0), window.size())
    least = TOUCH_TARGET_PX if touch else MIN_TARGET_PX
    for part in (palette.field, palette.close_button, palette.rows):
        assert shown.contains(QRect(part.mapTo(window, QPoint(0, 0)), part.size()))
        assert part.height() >= least
    assert palette.close_button.width() >= least
    for row in range(len(palette.model.rows)):
        assert palette.rows.visualRect(palette.model.index(row)).height() >= least
        assert not any("…" in line for line in palette.lines_of(row))


def test_it_follows_the_window(article_window: MainWindow) -> None:
    palette = open_palette(article_window)
    article_window.resize(400, 500)
    assert palette.width() == 400
    assert palette.geometry().bottom() == article_window.rect().bottom()
