"""Ways to a deed beside the table of actions: clipboard, menus at places, links, printing, drops, closing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import (
    QClipboard,
    QContextMenuEvent,
    QDesktopServices,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QKeySequence,
)
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from kbviewer.model.inline import Link, LinkKind
from kbviewer.model.policy import Right
from kbviewer.model.tabs import CASES, READ_BEFORE, Stop
from kbviewer.ui.article.contracts import PlaceCommand
from kbviewer.ui.shell.actions import ACTIONS, ActionId
from kbviewer.ui.shell.escalation_dialog import EscalationDialog
from kbviewer.ui.shell.link_dialog import LinkDialog
from kbviewer.ui.shell.shortcuts_dialog import ShortcutsDialog
from kbviewer.ui.shell.window import MainWindow
from kbviewer.ui.theme.dialog import Dialog
from tests.gui.shell.conftest import MakeWindow
from tests.support.policies import STRICTEST, locked
from tests.support.seen_windows import dialogs

pytestmark = pytest.mark.qt_log_ignore(
    "does not support (propagateSizeHints|raise|grabbing the keyboard)", extend=True
)

ADDRESS = "https://help.example.org/page"


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The addresses that were handed to the system, whoever did it."""
    addresses: list[str] = []

    def take(url: QUrl) -> bool:
        addresses.append(url.toString())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", take)
    yield addresses


@pytest.fixture
def strict_window(make_window: MakeWindow) -> MainWindow:
    """A window over an article under the strictest policy that is no full-screen terminal."""
    values = STRICTEST | {"kiosk": False, "fullscreen": False}
    return make_window("steps", policy=locked(**values))


def test_no_button_of_the_window_is_left_for_what_is_forbidden(strict_window: MainWindow) -> None:
    """Bars, side pane and page have buttons of their own."""
    bar, pane = strict_window.parts.bar, strict_window.parts.pane
    assert not bar.languages.isVisible()
    assert not bar._themes.isVisible()
    assert not pane.tabs.isVisible()
    names = [
        button.text() or button.accessibleName()
        for button in strict_window.findChildren(QAbstractButton)
        if button.isVisible()
    ]
    gettext = strict_window.translator.gettext
    for text in ("Comment to the author", "Copy", "Theme", "Open library folder…"):
        assert not [name for name in names if name and name.startswith(gettext(text))], text


@pytest.mark.parametrize("right", [Right.COPY, Right.NOTES])
def test_the_menu_at_a_place_has_no_entry_for_what_is_forbidden(
    right: Right, make_window: MakeWindow, qtbot: QtBot
) -> None:
    """It is made anew at each place, beside the table of actions."""
    window = make_window("steps", policy=locked(**{right.value: False}))
    page = window.reading.page
    assert page is not None
    menu = page._deeds.make_menu(40)
    menu.popup(QPoint(100, 100))
    qtbot.waitUntil(menu.isVisible)
    shown = {action.text() for action in menu.actions() if action.isVisible() and action.text()}
    gettext = window.translator.gettext
    forbidden = {
        Right.COPY: ("Copy", "Copy link", "Copy title and id"),
        Right.NOTES: ("Bookmark this place", "Note here…", "Comment for the author here…"),
    }[right]
    assert not shown & set(map(gettext, forbidden))
    assert gettext("Select all") in shown
    menu.close()


def test_a_place_is_not_marked_by_a_command_that_is_not_offered(strict_window: MainWindow) -> None:
    """Columns and the guided view send the same commands."""
    clipboard = QGuiApplication.clipboard()
    clipboard.clear()
    for command in PlaceCommand:
        strict_window.marking.command(command, "")
    assert dialogs() == []
    assert clipboard.text() == ""


def test_no_right_click_menu_key_or_long_press_opens_a_menu(make_window: MakeWindow, qtbot: QtBot) -> None:
    """Fields have Qt's own menus, which nobody has written here."""
    window = make_window("steps", policy=locked(allow_context_menu=False))
    for widget in window.findChildren(QWidget):
        if not widget.isVisible():
            continue
        middle = widget.rect().center()
        for reason in (QContextMenuEvent.Reason.Mouse, QContextMenuEvent.Reason.Keyboard):
            event = QContextMenuEvent(reason, middle, widget.mapToGlobal(middle))
            QApplication.sendEvent(widget, event)
            assert QApplication.activePopupWidget() is None, widget


def test_a_right_click_opens_a_menu_where_it_is_allowed(make_window: MakeWindow, qtbot: QtBot) -> None:
    """Else the test before this one would show nothing."""
    window = make_window("steps", policy=locked(allow_print=False))
    page = window.reading.page
    assert page is not None
    middle = page.view.viewport().rect().center()
    event = QContextMenuEvent(
        QContextMenuEvent.Reason.Mouse, middle, page.view.viewport().mapToGlobal(middle)
    )
    QApplication.sendEvent(page.view.viewport(), event)
    popup = QApplication.activePopupWidget()
    assert popup is not None
    popup.close()


def test_nothing_reaches_the_clipboard_by_any_way(
    strict_window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Keys of the text and of fields are Qt's own, and a selection is a clipboard of its own on X11."""
    # The unseen platform has no clipboard that could belong to anybody.
    for owns in ("ownsClipboard", "ownsSelection", "ownsFindBuffer"):
        monkeypatch.setattr(QClipboard, owns, lambda _clipboard: True)
    clipboard = QGuiApplication.clipboard()
    clipboard.clear()
    page = strict_window.reading.page
    assert page is not None
    page.view.setFocus()
    page.view.selectAll()
    QTest.keyClick(page.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(page.view, Qt.Key.Key_Insert, Qt.KeyboardModifier.ControlModifier)
    page.view.copy()
    page._deeds.copy_selection()
    page._deeds.copy_text("a literal")
    field = strict_window.parts.field
    field.setText("typed")
    field.selectAll()
    field.copy()
    field.cut()
    for mode in (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection):
        assert clipboard.text(mode) == ""


def test_what_others_have_on_the_clipboard_can_be_pasted(strict_window: MainWindow) -> None:
    """Pasting an error text into the search is what the program is for."""
    # To the unseen platform everything on the clipboard is somebody else's.
    QGuiApplication.clipboard().setText("0x80070005")
    field = strict_window.parts.field
    field.clear()
    field.paste()
    assert field.text() == "0x80070005"
    QGuiApplication.clipboard().clear()


def test_nothing_can_be_dragged_out(strict_window: MainWindow) -> None:
    """A drag is a copy into another program."""
    page = strict_window.reading.page
    assert page is not None
    page.view.selectAll()
    assert page.view.createMimeDataFromSelection().formats() == []


def test_no_file_can_be_dropped_on_any_part(make_window: MakeWindow, tmp_path: Path) -> None:
    """There is no door for files there, with or without a policy."""
    window = make_window("steps")
    library = tmp_path / "other"
    library.mkdir()
    before = window.reader.article
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(library))])
    for widget in [window, *window.findChildren(QWidget)]:
        middle = widget.rect().center()
        args = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(widget, QDragEnterEvent(middle, *args))
        QApplication.sendEvent(widget, QDropEvent(QPointF(middle), *args))
    assert window.reader.article == before
    assert dialogs() == []


@pytest.mark.parametrize(
    ("rule", "shows_address", "has_button", "opens"),
    [
        ("block", False, False, False),
        ("show-address", True, False, False),
        ("ask", True, True, False),
        ("open", False, False, True),
    ],
)
def test_a_link_to_the_web_does_what_the_policy_says(
    rule: str,
    shows_address: bool,
    has_button: bool,
    opens: bool,
    make_window: MakeWindow,
    qtbot: QtBot,
    opened: list[str],
) -> None:
    """From nothing at all to the browser at once."""
    window = make_window("steps", policy=locked(external_links=rule))
    window.reading.link_unresolved.emit(Link(LinkKind.EXTERNAL, ADDRESS))
    dialog = window.findChild(LinkDialog)
    assert opened == ([ADDRESS] if opens else [])
    assert (dialog is None) is opens
    if dialog is not None:
        fields = [field.text() for field in dialog.findChildren(QLineEdit)]
        assert fields == ([ADDRESS] if shows_address else [])
        text = window.translator.gettext("Open in the browser")
        buttons = [button for button in dialog.findChildren(QPushButton) if button.text() == text]
        assert bool(buttons) is has_button
        for button in buttons:
            button.click()
            assert opened == [ADDRESS]
        dialog.close()


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example.com/",
        "https://help.example.org@evil.example.com/",
        "file:///etc/passwd",
        "mailto:a@b",
    ],
)
def test_a_link_to_another_host_is_never_opened(
    address: str, make_window: MakeWindow, opened: list[str]
) -> None:
    """Whatever the address looks like."""
    window = make_window("steps", policy=locked(external_links="open", allowed_hosts=("help.example.org",)))
    window.reading.link_unresolved.emit(Link(LinkKind.EXTERNAL, address))
    window.conversations._open_address(address)
    assert opened == []
    dialog = window.findChild(LinkDialog)
    assert dialog is not None
    assert not dialog.findChildren(QLineEdit)
    dialog.close()


def test_printing_offers_no_file_where_nothing_may_be_saved(make_window: MakeWindow, qtbot: QtBot) -> None:
    """Choosing a file shows folders, and makes and renames them."""
    window = make_window("steps", policy=locked(allow_export=False))
    printing = window.conversations.printing
    printing.open_preview()
    preview = printing.preview
    assert preview is not None
    qtbot.waitUntil(lambda: preview.printout is not None)
    assert preview.print_button.isVisible()
    assert not preview.save_button.isVisible()
    preview.save_button.click()
    preview.save_wanted.emit()
    assert not [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, QFileDialog)]
    printing.ask_printer()
    (dialog,) = preview.findChildren(QPrintDialog)
    assert not dialog.testOption(QAbstractPrintDialog.PrintDialogOption.PrintToFile)
    dialog.close()
    preview.close()


def test_the_report_for_support_can_be_read_and_not_taken(make_window: MakeWindow) -> None:
    """A visitor may be told what support asks; nothing goes out."""
    window = make_window("steps", policy=locked(allow_copy=False, allow_export=False))
    window.table[ActionId.GET_HELP].trigger()
    (dialog,) = window.findChildren(EscalationDialog)
    gettext = window.translator.gettext
    for button in dialog.findChildren(QPushButton):
        if button.text() in (gettext("Copy"), gettext("Save as…")):
            assert not button.isVisible()
            assert not button.isEnabled()
    dialog.close()


def test_where_steps_are_only_ticked_no_key_says_more(make_window: MakeWindow, qtbot: QtBot) -> None:
    """Nor does the sheet list keys that do nothing."""
    window = make_window("steps", policy=locked(allow_notes=False))
    assert not window.desk.offers_results
    sheet = ShortcutsDialog(window.translator, None, window.table.offers)
    qtbot.addWidget(sheet)
    lines = {label.text() for label in sheet.findChildren(QLabel)}
    gettext = window.translator.gettext
    assert gettext("Tick the step, or clear it") in lines
    assert gettext("Write a note on the step") not in lines
    assert gettext("Failed, and on to the next step") not in lines


@pytest.mark.parametrize("stop", [CASES, READ_BEFORE])
def test_a_tab_that_was_left_at_a_page_that_is_gone_begins_at_home(
    stop: Stop, make_window: MakeWindow
) -> None:
    """Tabs and their histories come back from before there was a policy."""
    window = make_window("steps", policy=locked(kiosk=True))
    window.reader.visit(stop)
    assert window.parts.area.current is window.parts.area.home_page


def test_a_report_of_a_crash_cannot_be_copied(strict_window: MainWindow, qtbot: QtBot) -> None:
    """It comes up over any window, and knows no policy."""
    dialog = Dialog("Something went wrong", strict_window.translator, strict_window)
    qtbot.addWidget(dialog)
    source = dialog.add_source("a report", "Report")
    button = dialog.add_copy_button("Copy the report", "a report", "Copied")
    dialog.open_centred()
    assert not button.isVisible()
    button.click()
    assert QGuiApplication.clipboard().text() == ""
    assert not source.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse


def test_the_window_stays_until_the_program_ends_it(make_window: MakeWindow) -> None:
    """The close button of a window manager, Alt+F4 and Ctrl+Q are one event."""
    window = make_window("steps", policy=locked(allow_exit="no"))
    window.close()
    assert window.isVisible()
    window.leave()
    assert not window.isVisible()


def test_escape_does_not_leave_a_locked_full_screen(make_window: MakeWindow) -> None:
    """F11 is gone, and so is the other way."""
    window = make_window("steps", policy=locked(fullscreen=True))
    assert window.isFullScreen()
    QTest.keyClick(window, Qt.Key.Key_Escape)
    send_all = [keys for spec in ACTIONS if spec.id is ActionId.FULL_SCREEN for keys in spec.shortcuts]
    for keys in send_all:
        QTest.keySequence(window, QKeySequence(keys))
    assert window.isFullScreen()
