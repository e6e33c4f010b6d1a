"""Every page and dialog of the window, each brought up as a reader brings it up.

A scene is named, takes a window over the shipped articles, and returns what fills the screen: the window, or
the dialog over it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from kbviewer.model.article import Article
from kbviewer.model.cases import StepOutcome
from kbviewer.model.errors import StateError
from kbviewer.model.inline import Link, LinkKind
from kbviewer.model.library import Problem
from kbviewer.model.messages import message
from kbviewer.model.updates import UpdateView
from kbviewer.ui.library.wording import Deed
from kbviewer.ui.shell.actions import ActionId
from kbviewer.ui.shell.leave_dialog import LeaveDialog
from kbviewer.ui.shell.library_work import LibraryWork
from kbviewer.ui.shell.window import MainWindow
from tests.support.updates import SOURCES, STALE, TRUST, FakeUpdates

ARTICLE: Final = "online-meetings"
# Names are content: the same in every language of the program.
REFERENCE: Final = "INC-4711"
Scene = Callable[[MainWindow], QWidget]


def settle() -> None:
    """Let the window finish what it is in the middle of."""
    for _ in range(4):
        QApplication.processEvents()


def act(window: MainWindow, action: ActionId) -> None:
    """Trigger an action."""
    settle()
    window.table[action].trigger()
    settle()


def dialog_of(window: QWidget) -> QDialog:
    """Return the dialog that is open."""
    (dialog,) = [found for found in window.findChildren(QDialog) if found.isVisible()]
    return dialog


def home(window: MainWindow) -> QWidget:
    """Home, with an article half done and a case."""
    _worked(window)
    act(window, ActionId.HOME)
    return window


def article(window: MainWindow) -> QWidget:
    """An article without a case."""
    return _read(window)


def article_in_case(window: MainWindow) -> QWidget:
    """An article with the strip of the case and results of steps."""
    _worked(window)
    return window


def side_by_side(window: MainWindow) -> QWidget:
    """Two languages."""
    _read(window)
    act(window, ActionId.SIDE_BY_SIDE)
    return window


def guided(window: MainWindow) -> QWidget:
    """One step at a time, in a case."""
    _worked(window)
    act(window, ActionId.GUIDED)
    return window


def case_list(window: MainWindow) -> QWidget:
    """All cases, one open and one closed."""
    _worked(window)
    window.desk.pause()
    window.desk.start("")
    act(window, ActionId.CASE_SOLVED)
    act(window, ActionId.CASES)
    return window


def no_cases(window: MainWindow) -> QWidget:
    """The list without a case."""
    act(window, ActionId.CASES)
    return window


def history(window: MainWindow) -> QWidget:
    """What was read."""
    _read(window)
    window.open_article("kb307294")
    settle()
    act(window, ActionId.HISTORY)
    return window


def bookmarks(window: MainWindow) -> QWidget:
    """The pane with bookmarks."""
    _read(window)
    act(window, ActionId.BOOKMARK)
    act(window, ActionId.SHOW_BOOKMARKS)
    return window


def notes(window: MainWindow) -> QWidget:
    """The pane with notes."""
    _read(window)
    _write_note(window)
    act(window, ActionId.SHOW_NOTES)
    return window


def no_marks(window: MainWindow) -> QWidget:
    """The pane before there are bookmarks."""
    _read(window)
    act(window, ActionId.SHOW_BOOKMARKS)
    return window


def find_bar(window: MainWindow) -> QWidget:
    """Finding in the article."""
    _read(window)
    act(window, ActionId.FIND)
    QTest.keyClicks(_focus(), "Skype")
    settle()
    return window


def tabs(window: MainWindow) -> QWidget:
    """Three tabs."""
    _read(window)
    window.open_article("kb307294")
    act(window, ActionId.NEW_TAB)
    return window


def everything(window: MainWindow) -> QWidget:
    """All strips at once: the case, tabs, and what cannot be saved."""
    _worked(window)
    window.open_article("kb307294")
    _fail_saving(window)
    settle()
    return window


def palette(window: MainWindow) -> QWidget:
    """The command palette."""
    _read(window)
    act(window, ActionId.PALETTE)
    return window


def escalation(window: MainWindow) -> QWidget:
    """Still need help, in a case."""
    _worked(window)
    act(window, ActionId.GET_HELP)
    return dialog_of(window)


def escalation_without_case(window: MainWindow) -> QWidget:
    """Still need help, without a case."""
    _read(window)
    act(window, ActionId.GET_HELP)
    return dialog_of(window)


def report(window: MainWindow) -> QWidget:
    """The report of a case."""
    _worked(window)
    act(window, ActionId.CASE_REPORT)
    return dialog_of(window)


def new_case(window: MainWindow) -> QWidget:
    """A case begins with what was ticked."""
    _read(window)
    window.desk.set_outcome(_article(window), ["windows-update"], StepOutcome.DONE)
    act(window, ActionId.NEW_CASE)
    return dialog_of(window)


def case_note(window: MainWindow) -> QWidget:
    """A note on the case."""
    window.desk.start(REFERENCE)
    act(window, ActionId.CASE_NOTE)
    return dialog_of(window)


def case_reference(window: MainWindow) -> QWidget:
    """Another reference."""
    window.desk.start(REFERENCE)
    act(window, ActionId.CASE_REFERENCE)
    return dialog_of(window)


def block_note(window: MainWindow) -> QWidget:
    """A note beside a block."""
    _read(window)
    act(window, ActionId.NOTE)
    return dialog_of(window)


def comment(window: MainWindow) -> QWidget:
    """A comment for the author."""
    _read(window)
    act(window, ActionId.COMMENT)
    return dialog_of(window)


def link(window: MainWindow) -> QWidget:
    """A link out of the library."""
    _read(window)
    window.reading.follow_link(
        Link(LinkKind.EXTERNAL, "https://example.org/a/long/address/of/a/page?that=leads")
    )
    settle()
    return dialog_of(window)


def shortcuts(window: MainWindow) -> QWidget:
    """The sheet of keys."""
    act(window, ActionId.SHORTCUTS)
    return dialog_of(window)


def about(window: MainWindow) -> QWidget:
    """Version and licences."""
    act(window, ActionId.ABOUT)
    return dialog_of(window)


def import_summary(window: MainWindow) -> QWidget:
    """What an import has brought."""
    _worked(window)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "kbviewer.json"
        window.own_data.transfer.export_to(path)
        window.desk.set_reference(1, "INC-4712")
        window.own_data.transfer.import_from(path)
    settle()
    return dialog_of(window)


def leaving_unsaved(window: MainWindow) -> QWidget:
    """The question before a window goes whose data is not saved."""
    dialog = LeaveDialog(window.translator, window)
    dialog.open_centred()
    settle()
    return dialog


def print_preview(window: MainWindow) -> QWidget:
    """The pages before they are printed."""
    _read(window)
    act(window, ActionId.PRINT)
    printing = window.conversations.printing
    assert printing.preview is not None
    while printing.work.is_busy:
        QApplication.processEvents()
    settle()
    return printing.preview


def libraries(window: MainWindow) -> QWidget:
    """All libraries: one with a version before, one with faults, a damaged one, one that is off; at work."""
    shelf = _shelf(window)
    act(window, ActionId.LIBRARIES)
    shelf._strip = shelf._make_strip()
    shelf._strip._appear()
    settle()
    return window


def pack_question(window: MainWindow) -> QWidget:
    """What is to be done with the file of a pack."""
    _shelf(window).offer(Path(__file__))
    settle()
    return dialog_of(window)


def uninstalling(window: MainWindow) -> QWidget:
    """Before a pack goes."""
    act(window, ActionId.LIBRARIES)
    _shelf(window)._do("own:a1", Deed.UNINSTALL)
    settle()
    return dialog_of(window)


def check_report(window: MainWindow) -> QWidget:
    """What a check has found."""
    fault = Problem("b2/sv.md", 4, "yaml", message("1"), message("2"))
    _shelf(window)._show_check("B2", [fault] * 40)
    settle()
    return dialog_of(window)


def update_sources(window: MainWindow) -> QWidget:
    """Whose packs can be looked for."""
    return _updates(window, SOURCES)


def update_trust(window: MainWindow) -> QWidget:
    """Whether the keys of a source are to be trusted."""
    return _updates(window, TRUST)


def update_offers(window: MainWindow) -> QWidget:
    """What a source offers that is no longer up to date."""
    return _updates(window, STALE)


SCENES: Final[Mapping[str, Scene]] = {
    scene.__name__: scene
    for scene in (
        home, article, article_in_case, side_by_side, guided, case_list, no_cases, history, bookmarks, notes,
        no_marks, find_bar, tabs, everything, palette, escalation, escalation_without_case, report, new_case,
        case_note, case_reference, block_note, comment, link, shortcuts, about, import_summary,
        leaving_unsaved, print_preview, libraries, pack_question, uninstalling, check_report,
        update_sources, update_trust, update_offers,
    )
}  # fmt: skip


def _shelf(window: MainWindow) -> LibraryWork:
    assert window.shelf is not None
    return window.shelf


def _updates(window: MainWindow, view: UpdateView) -> QWidget:
    act(window, ActionId.LOOK_FOR_UPDATES)
    updates = _shelf(window).libraries.updates
    assert isinstance(updates, FakeUpdates)
    updates.show(view)
    settle()
    return dialog_of(window)


def _focus() -> QWidget:
    focus = QApplication.focusWidget()
    assert focus is not None
    return focus


def _article(window: MainWindow) -> Article:
    found = window.reader.article
    assert found is not None
    return found


def _read(window: MainWindow) -> MainWindow:
    window.open_article(ARTICLE)
    settle()
    return window


def _worked(window: MainWindow) -> None:
    """A case with a step of each kind and a note."""
    _read(window)
    page = window.reading.page
    assert page is not None
    window.desk.start(REFERENCE)
    steps = [
        item.key.removeprefix("tick:") for item in page.stage.page.embedded if item.key.startswith("tick:")
    ]
    article = _article(window)
    window.desk.set_outcome(article, [steps[0]], StepOutcome.DONE)
    window.desk.set_outcome(article, [steps[1]], StepOutcome.FAILED)
    window.desk.set_note(article, steps[1], "0x800B0101")
    window.desk.set_outcome(article, [steps[3]], StepOutcome.SKIPPED)
    settle()


def _write_note(window: MainWindow) -> None:
    act(window, ActionId.NOTE)
    QTest.keyClicks(_focus(), "0x800B0101")
    QTest.keyClick(_focus(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()


def _fail_saving(window: MainWindow) -> None:
    window.own_data._note_saving(StateError(message("The disk is full."), remedy=message("Make room on it.")))
