"""Steps with results on an article page, as tests look at them."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractButton, QApplication, QMenu

from kbviewer.model.cases import StepMark
from kbviewer.ui.article.note_editor import NoteEditor
from kbviewer.ui.article.result_line import ResultLine
from kbviewer.ui.article.tick_box import TickBox
from tests.gui.article.conftest import Desk

KB, MEETINGS = "kb307294", "online-meetings"
STEP, NEXT = "automatic-start", "automatic-options"


def box(desk: Desk, step: str = STEP) -> TickBox:
    """Return the box of a step."""
    widget = desk.widget(f"tick:{step}")
    assert isinstance(widget, TickBox)
    return widget


def line(desk: Desk, step: str = STEP) -> ResultLine | None:
    """Return the line under a step, None while it is not shown."""
    found = desk.page.layer.made(f"result:{step}")
    assert found is None or isinstance(found, ResultLine)
    number = desk.page.stage.page.results.get(step)
    if number is None or not desk.page.stage.geometry.is_visible(number):
        assert found is None or found.isHidden()
        return None
    return found


def said(desk: Desk, step: str = STEP) -> str:
    """Return what the line says."""
    found = line(desk, step)
    return found.accessibleName() if found is not None else ""


def mark(desk: Desk, step: str = STEP, article: str = KB) -> StepMark | None:
    """Return what is kept of a step."""
    return desk.steps.kept.get(article, {}).get(step)


def editor() -> NoteEditor:
    """Return the note editor that has the focus."""
    focus = QApplication.focusWidget()
    assert isinstance(focus, NoteEditor)
    return focus


def button(desk: Desk, text: str, step: str = STEP) -> QAbstractButton:
    """Return the button with that text in the line under a step."""
    shown = line(desk, step)
    assert shown is not None
    return next(found for found in shown.findChildren(QAbstractButton) if found.text() == text)


def menu() -> QMenu:
    """Return the menu that is open."""
    found = QApplication.activePopupWidget()
    assert isinstance(found, QMenu)
    return found


def texts_of(shown: QMenu) -> list[str]:
    """Return what a menu offers."""
    return [action.text().partition("\t")[0] for action in shown.actions() if not action.isSeparator()]


def choose(shown: QMenu, text: str) -> None:
    """Choose something in a menu."""
    next(action for action in shown.actions() if action.text().partition("\t")[0] == text).trigger()
    shown.close()


def at(desk: Desk, step: str = STEP) -> None:
    """Go to a step, whose box gets the focus."""
    desk.page.go_to(step)
    assert QApplication.focusWidget() is box(desk, step)
