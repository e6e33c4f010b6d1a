"""Hands and eyes for tests of cases in the window."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from kbviewer.model.article import Article
from kbviewer.ui.article.page import ArticlePage
from kbviewer.ui.case.bar import CaseBar
from kbviewer.ui.case.list_page import CaseListPage
from kbviewer.ui.case.start_dialog import StartDialog
from kbviewer.ui.shell.actions import ActionId
from kbviewer.ui.shell.window import MainWindow

AnyWidget = TypeVar("AnyWidget", bound=QWidget)


def only(window: QWidget, kind: type[AnyWidget]) -> AnyWidget:
    """Return the one visible child of that kind."""
    (found,) = [child for child in window.findChildren(kind) if child.isVisible()]
    return found


def press(dialog: QWidget, text: str) -> None:
    """Press the button with that text."""
    next(button for button in dialog.findChildren(QPushButton) if button.text() == text).click()


def page_of(window: MainWindow) -> ArticlePage:
    """Return the article page, which is shown."""
    page = window.reading.page
    assert page is not None
    return page


def read(window: MainWindow) -> Article:
    """Return the article that is read."""
    article = window.reader.article
    assert article is not None
    return article


def strip(window: MainWindow) -> str:
    """What the strip says, "" while there is none."""
    bars = [bar for bar in window.findChildren(CaseBar) if bar.isVisible()]
    return bars[0].stops[0].accessibleName() if bars else ""


def case_page(window: MainWindow) -> CaseListPage:
    """Return the list of cases, which is shown."""
    page = window.parts.area.case_page
    assert page is not None
    assert window.parts.area.shows_cases
    return page


def toast(window: MainWindow) -> str:
    """What the note over the page says, "" while there is none."""
    note = window.parts.toast
    return note.findChildren(QLabel)[0].text() if note.isVisible() else ""


def act(window: MainWindow, action: ActionId) -> None:
    """Trigger an action as soon as the window has taken in what has happened."""
    QApplication.processEvents()
    assert window.table[action].isEnabled()
    window.table[action].trigger()


def start(window: MainWindow, reference: str = "") -> None:
    """Begin a case with the dialog."""
    act(window, ActionId.NEW_CASE)
    dialog = only(window, StartDialog)
    dialog.field.setText(reference)
    press(dialog, "Påbörja ärendet")
