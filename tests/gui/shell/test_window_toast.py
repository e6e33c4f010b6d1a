"""A short note stays long enough to be read and reached, hides nothing, and what it offers stays possible."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from kbviewer.model.messages import message
from kbviewer.ui.shell.actions import ActionId
from kbviewer.ui.shell.window import MainWindow
from tests.gui.shell.conftest import MakeSession, MakeWindow, focused
from tests.support.case_window import act, toast
from tests.support.shelf import FakeLibraries

LONG = "En anteckning som säger mer än vad som får plats på en enda rad i ett smalt fönster. " * 2


def area_of(window: MainWindow, part: QWidget) -> QRect:
    return QRect(part.mapTo(window, QPoint(0, 0)), part.size())


def settle() -> None:
    for _ in range(3):
        QApplication.processEvents()


def test_an_offer_stays_for_20_seconds_and_more(window: MainWindow) -> None:
    """WCAG 2.2.1; a note that offers nothing may go sooner."""
    note = window.parts.toast

    note.show_text("Borta", "Ångra", lambda: None)

    assert note._timer.interval() >= 20_000
    note.show_text("Kopierat")
    assert 5_000 <= note._timer.interval() < 20_000


def test_it_does_not_go_from_under_the_pointer_or_the_focus(window: MainWindow) -> None:
    note = window.parts.toast
    note.show_text("Borta", "Ångra", lambda: None)
    note.button.setFocus()
    note._timer.timeout.emit()
    assert note.isVisible()
    assert note._timer.isActive()

    note.button.clearFocus()
    note.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, True)
    note._timer.timeout.emit()
    assert note.isVisible()

    note.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, False)
    note._timer.timeout.emit()
    assert not note.isVisible()


@pytest.mark.parametrize("size", [(1366, 768), (400, 700), (320, 480)])
@pytest.mark.parametrize("article", ["", "steps"])
def test_it_lies_over_nothing(make_window: MakeWindow, size: tuple[int, int], article: str) -> None:
    """What is below a note cannot be pressed."""
    window = make_window(article, size=size)
    note, pane = window.parts.toast, window.parts.pane
    if article:
        window.parts.frame.toggle_pane()

    note.show_text(LONG, "Ångra", lambda: None)
    settle()

    parts = [window.parts.area, window.parts.bar, *([pane] if pane.isVisible() else [])]
    assert not [part for part in parts if area_of(window, part).intersects(area_of(window, note))]
    assert area_of(window, note).bottom() <= window.height()
    assert window.width() == size[0]
    for inner in (note._text, note.button):
        assert note.rect().contains(inner.geometry())
    assert note._text.height() >= note._text.heightForWidth(note._text.width())


def test_esc_takes_an_offer_away_and_gives_the_focus_back(article_window: MainWindow) -> None:
    """It leaves full screen only after that."""
    page = article_window.parts.area.current
    article_window.parts.toast.show_text("Borta", "Ångra", lambda: None)
    act(article_window, ActionId.NEXT_AREA)
    while focused() is not article_window.parts.toast.button:
        act(article_window, ActionId.NEXT_AREA)

    QTest.keyClick(focused(), Qt.Key.Key_Escape)

    assert toast(article_window) == ""
    assert page is not None
    assert focused() is page or page.isAncestorOf(focused())


def test_enter_presses_what_is_offered_once(article_window: MainWindow) -> None:
    taken_back: list[int] = []
    note = article_window.parts.toast
    note.show_text("Borta", "Ångra", lambda: taken_back.append(1))
    note.button.setFocus()
    QTest.keyClick(note.button, Qt.Key.Key_Return)
    note.button.click()

    assert taken_back == [1]
    assert not note.isVisible()


def test_what_was_done_with_libraries_can_be_taken_back_when_the_note_has_gone(
    window: MainWindow, libraries: FakeLibraries
) -> None:
    """Ctrl+Z takes back in one order: the last deed first, each once."""
    taken_back: list[str] = []
    libraries.undoable_said.emit(message("A is off the list"), lambda: taken_back.append("A"))
    libraries.undoable_said.emit(message("B is off the list"), lambda: taken_back.append("B"))
    window.parts.toast.dismiss()

    act(window, ActionId.UNDO)
    assert (taken_back, toast(window)) == (["B"], "Ångrat.")
    act(window, ActionId.UNDO)
    act(window, ActionId.UNDO)

    assert taken_back == ["B", "A"]
    assert toast(window) == "Det finns inget att ångra."


def test_what_the_note_took_back_is_done_with(window: MainWindow, libraries: FakeLibraries) -> None:
    taken_back: list[str] = []
    libraries.undoable_said.emit(message("A is off the list"), lambda: taken_back.append("A"))
    button = window.parts.toast.findChild(QPushButton)
    assert button is not None
    button.click()
    act(window, ActionId.UNDO)

    assert taken_back == ["A"]


def test_nothing_is_taken_back_while_something_is_under_way(
    window: MainWindow, libraries: FakeLibraries
) -> None:
    """It stays possible for later."""
    taken_back: list[str] = []
    libraries.undoable_said.emit(message("A is off the list"), lambda: taken_back.append("A"))
    libraries.work = message("Installing")
    act(window, ActionId.UNDO)
    assert taken_back == []
    assert toast(window).startswith("En sak i taget")
    libraries.work = None
    act(window, ActionId.UNDO)

    assert taken_back == ["A"]


def test_a_folder_comes_back_where_it_was_and_nothing_else_changes(
    make_session: MakeSession, tmp_path: Path
) -> None:
    """What was switched meanwhile stays switched."""
    folder = tmp_path / "library"
    folder.mkdir()
    session = make_session(folder)
    desk = session.desk
    desk.shelf.named = ()
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.md").write_text("# A\n\nText.\n", encoding="utf-8")
        desk.add_folder(tmp_path / name)
    two, one = desk.shelf.choice.order[:2]
    before = desk.shelf.choice.order

    desk.forget(two)
    desk.switch(one, on=False)
    session.window.undoing.undo()

    assert desk.shelf.choice.order == before
    assert desk.shelf.choice.is_on(two)
    assert not desk.shelf.choice.is_on(one)
