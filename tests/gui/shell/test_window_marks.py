"""Bookmarks, notes and links to places in the window, in both languages and when places are gone."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMenu, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from kbviewer.app.libraries import open_libraries
from kbviewer.state.user_state import UserState
from kbviewer.ui.article.page import ArticlePage
from kbviewer.ui.marks.bookmark_pane import BookmarkPane
from kbviewer.ui.marks.note_pane import NotePane
from kbviewer.ui.shell.actions import ActionId
from kbviewer.ui.shell.conversations import Conversations
from kbviewer.ui.shell.note_dialog import NoteDialog
from kbviewer.ui.shell.outline_view import MARKED_ROLE
from kbviewer.ui.shell.window import MainWindow
from tests.gui.shell.conftest import FakeSearch, MakeWindow, focused

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def page_of(window: MainWindow) -> ArticlePage:
    page = window.reading.page
    assert page is not None
    return page


def bookmarks_of(window: MainWindow) -> BookmarkPane:
    window.table[ActionId.SHOW_BOOKMARKS].trigger()
    (pane,) = window.findChildren(BookmarkPane)
    return pane


def notes_of(window: MainWindow) -> NotePane:
    window.table[ActionId.SHOW_NOTES].trigger()
    (pane,) = window.findChildren(NotePane)
    return pane


def rows_of(pane: BookmarkPane) -> list[str]:
    found, model = [], pane.model
    for row in range(model.rowCount()):
        index = model.index(row, 0)
        found.append(str(index.data()))
        found += [f"  {model.index(inner, 0, index).data()}" for inner in range(model.rowCount(index))]
    return found


def note_rows(pane: NotePane) -> list[str]:
    found, model = [], pane.model
    for row in range(model.rowCount()):
        index = model.index(row, 0)
        found.append(str(index.data()))
        found += [f"  {model.index(inner, 0, index).data()}" for inner in range(model.rowCount(index))]
    return found


def note_dialog(window: MainWindow) -> NoteDialog:
    (dialog,) = [found for found in window.findChildren(NoteDialog) if found.isVisible()]
    return dialog


def write_note(window: MainWindow, anchor: str, text: str) -> None:
    window.marking.notes.write(anchor)
    dialog = note_dialog(window)
    dialog.write(text)
    QTest.keyClick(
        dialog.findChildren(QPlainTextEdit)[0], Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier
    )


def keep_note(state: UserState, article: str, anchor: str, text: str, excerpt: str) -> None:
    state.annotations.write(article, anchor, text, excerpt=excerpt, title="T", language="sv", revision="")


def texts(dialog: NoteDialog) -> str:
    return " ".join(label.text() for label in dialog.findChildren(QLabel))


def undo_button(window: MainWindow) -> QPushButton:
    (button,) = window.parts.toast.findChildren(QPushButton)
    assert button.isVisible()
    return button


def test_one_key_keeps_the_section_that_is_read_and_forgets_it(
    article_window: MainWindow, state: UserState
) -> None:
    """The outline shows where the ribbon is."""
    window = article_window
    page_of(window).go_to("second")
    window.table[ActionId.BOOKMARK].trigger()

    assert state.bookmarks.of_article("steps") == {"second"}
    outline = window.parts.pane.outline.outline
    assert [bool(outline.index(row).data(MARKED_ROLE)) for row in range(outline.rowCount())] == [
        False,
        True,
        False,
    ]
    assert "Har bokmärke" in outline.index(1).data(Qt.ItemDataRole.AccessibleDescriptionRole)
    assert window.table[ActionId.BOOKMARK].text() == "Ta bort &bokmärke"

    window.table[ActionId.BOOKMARK].trigger()

    assert state.bookmarks.of_article("steps") == frozenset()
    assert window.table[ActionId.BOOKMARK].text() == "Lägg till &bokmärke"
    undo_button(window).click()
    assert state.bookmarks.of_article("steps") == {"second"}


def test_at_the_top_the_article_itself_is_kept(article_window: MainWindow, state: UserState) -> None:
    article_window.table[ActionId.BOOKMARK].trigger()
    (mark,) = state.bookmarks.list()
    assert (mark.article, mark.anchor, mark.title) == ("steps", "", "Logga in")


def test_a_step_with_the_focus_is_kept(article_window: MainWindow, state: UserState) -> None:
    """Finer than its section, because the reader is at it."""
    page_of(article_window).go_to("two-a")
    article_window.table[ActionId.BOOKMARK].trigger()
    (mark,) = state.bookmarks.list()
    assert (mark.anchor, mark.place) == ("two-a", "Räkna till tio.")


def test_the_list_opens_places_also_from_home(make_window: MakeWindow, state: UserState) -> None:
    """No article need be open."""
    state.bookmarks.add("steps", "second", title="Old title", place="Old place", language="sv")
    window = make_window()
    pane = bookmarks_of(window)
    assert window.parts.pane.isVisible()
    assert focused() is pane.tree
    assert rows_of(pane) == ["Annat"]

    QTest.keyClick(pane.tree, Qt.Key.Key_Return)

    assert window.windowTitle().startswith("Logga in")
    assert window.reading.section == "second"


def test_titles_are_those_of_the_language_that_is_read(article_window: MainWindow, state: UserState) -> None:
    """A bookmark is a place, not a text."""
    state.bookmarks.add("steps", "second", title="Logga in", place="Annat", language="sv")
    pane = bookmarks_of(article_window)
    assert rows_of(pane) == ["Annat"]
    article_window.table[ActionId.SWITCH_LANGUAGE].trigger()
    assert rows_of(pane) == ["Other things"]
    assert article_window.parts.pane.tabs.tabText(1) == "Bookmarks"


def test_order_is_changed_by_keys_and_kept(article_window: MainWindow, state: UserState) -> None:
    """Alt with the arrows, through folders."""
    for anchor in ("first", "second"):
        state.bookmarks.add("steps", anchor, title="Logga in", place=anchor, language="sv")
    state.bookmarks.add_folder("Kund A")
    pane = bookmarks_of(article_window)
    assert rows_of(pane) == ["Det första", "Annat", "Kund A"]

    QTest.keyClick(pane.tree, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert rows_of(pane) == ["Annat", "Det första", "Kund A"]
    QTest.keyClick(pane.tree, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert rows_of(pane) == ["Annat", "Kund A", "  Det första"]
    assert not pane.down.isEnabled() or pane.up.isEnabled()
    QTest.keyClick(pane.tree, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert rows_of(pane) == ["Annat", "Det första", "Kund A"]
    assert [mark.anchor for mark in state.bookmarks.list()] == ["second", "first", ""]


def test_a_drop_moves_a_bookmark_into_a_folder(
    article_window: MainWindow, state: UserState, qtbot: QtBot
) -> None:
    """What the model is told when the mouse lets go."""
    state.bookmarks.add("steps", "first", title="Logga in", place="first", language="sv")
    folder = state.bookmarks.add_folder("Kund A").id
    pane = bookmarks_of(article_window)
    data = pane.model.mimeData([pane.model.index(0, 0)])
    with qtbot.waitSignal(pane.move_wanted):
        pane.model.dropMimeData(data, Qt.DropAction.MoveAction, -1, -1, pane.model.index_of(folder))
    assert rows_of(pane) == ["Kund A", "  Det första"]
    refused = pane.model.mimeData([pane.model.index(0, 0)])
    assert not pane.model.dropMimeData(
        refused, Qt.DropAction.MoveAction, -1, -1, pane.model.index(0, 0, pane.model.index(0, 0))
    )


def test_rename_with_f2_and_delete_with_undo(
    article_window: MainWindow, state: UserState, qtbot: QtBot
) -> None:
    state.bookmarks.add("steps", "first", title="Logga in", place="first", language="sv")
    pane = bookmarks_of(article_window)
    QTest.keyClick(pane.tree, Qt.Key.Key_F2)
    editor = next(field for field in pane.tree.findChildren(QLineEdit) if field.isVisible())
    editor.setText("Mitt ställe")
    with qtbot.waitSignal(pane.rename_wanted):
        QTest.keyClick(editor, Qt.Key.Key_Return)
    assert rows_of(pane) == ["Mitt ställe"]

    QTest.keyClick(pane.tree, Qt.Key.Key_Delete)
    assert rows_of(pane) == []
    assert focused() is pane.filter
    undo_button(article_window).click()
    assert rows_of(pane) == ["Mitt ställe"]


def test_a_new_folder_is_named_at_once(article_window: MainWindow, qtbot: QtBot) -> None:
    pane = bookmarks_of(article_window)
    pane.new_folder.click()
    editor = next(field for field in pane.tree.findChildren(QLineEdit) if field.isVisible())
    with qtbot.waitSignal(pane.rename_wanted):
        QTest.keyClicks(editor, "Kund B")
        QTest.keyClick(editor, Qt.Key.Key_Return)
    assert rows_of(pane) == ["Kund B"]
    QTest.keyClick(pane.tree, Qt.Key.Key_F2)
    editor = next(field for field in pane.tree.findChildren(QLineEdit) if field.isVisible())
    editor.clear()
    with qtbot.waitSignal(pane.rename_wanted):
        QTest.keyClick(editor, Qt.Key.Key_Return)
    assert rows_of(pane) == ["Kund B"]
    assert article_window.parts.notice.isVisible(), "an empty name is told, not taken"


def test_a_bookmark_that_leads_nowhere_says_so_and_offers_a_way_on(
    article_window: MainWindow, state: UserState, search: FakeSearch
) -> None:
    """Another library may be open; the bookmark is not at fault."""
    state.bookmarks.add("gone", "", title="Outlook svarar inte", place="", language="sv")
    state.bookmarks.add("steps", "lost", title="Logga in", place="Ett stycke", language="sv")
    pane = bookmarks_of(article_window)
    assert pane.model.index(0, 0).data(Qt.ItemDataRole.AccessibleDescriptionRole) == (
        "Finns inte i det öppna biblioteket"
    )
    assert pane.strip.isVisible()
    QTest.keyClick(pane.tree, Qt.Key.Key_Return)
    assert focused() is pane.strip.search
    assert article_window.windowTitle().startswith("Logga in"), "the page stays"
    pane.strip.search.click()
    assert search.asked[-1].text == "Outlook svarar inte"

    pane.tree.set_current(state.bookmarks.list()[1].id)
    assert "har inte längre det här stället" in pane.strip.text
    pane.strip.delete.click()
    assert rows_of(pane) == ["Outlook svarar inte"]


def test_the_menu_lists_the_first_twenty(article_window: MainWindow, state: UserState) -> None:
    for number in range(25):
        state.bookmarks.add("steps", "second", title="T", place=str(number), language="sv")
    menus = [menu for menu in article_window.findChildren(QMenu) if menu.title() == "&Bokmärken"]
    (menu,) = menus
    for _again in range(2):
        menu.aboutToShow.emit()
    texts = [action.text() for action in menu.actions() if not action.isSeparator()]
    assert texts[:3] == ["Lägg till &bokmärke", "&Visa bokmärken", "Visa &anteckningar"]
    assert texts[3:] == ["Annat – Logga in"] * 20
    menu.actions()[-1].trigger()
    assert article_window.reading.section == "second"


def test_a_filter_narrows_the_list(article_window: MainWindow, state: UserState) -> None:
    for anchor in ("first", "second"):
        state.bookmarks.add("steps", anchor, title="Logga in", place=anchor, language="sv")
    pane = bookmarks_of(article_window)
    pane.filter.setText("annat")
    assert rows_of(pane) == ["Annat"]
    pane.filter.setText("xyz")
    assert rows_of(pane) == []


def test_showing_another_list_does_not_move_the_text(article_window: MainWindow) -> None:
    """A hidden list hands its focus to the page, which would scroll to its first link."""
    page_of(article_window).go_to("second")
    bar = page_of(article_window).view.verticalScrollBar()
    before = bar.value()
    for action in (ActionId.SHOW_BOOKMARKS, ActionId.SHOW_NOTES, ActionId.SHOW_BOOKMARKS):
        article_window.table[action].trigger()
        assert bar.value() == before
        assert article_window.parts.pane.isAncestorOf(focused())


def test_escape_takes_the_pane_that_was_called_away_again(window: MainWindow) -> None:
    """On the home page it is a guest."""
    bookmarks_of(window)
    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    assert window.parts.pane.isHidden()


def test_in_a_narrow_window_the_list_lies_over_the_page(make_window: MakeWindow, state: UserState) -> None:
    state.bookmarks.add("steps", "second", title="Logga in", place="x", language="sv")
    window = make_window("plain", size=(400, 700))
    pane = bookmarks_of(window)
    assert pane.isVisible()
    assert window.parts.pane.width() <= 360
    QTest.keyClick(pane.tree, Qt.Key.Key_Return)
    assert window.parts.pane.isHidden()
    assert window.windowTitle().startswith("Logga in")


def test_a_note_is_seen_beside_its_block_in_every_language(
    article_window: MainWindow, state: UserState
) -> None:
    """It hangs on the block, as ticks do."""
    window = article_window
    write_note(window, "two", "Här brukar det stanna.")

    button = page_of(window).layer.widget("note:two")
    assert button is not None
    assert button.accessibleName() == "Anteckning: Här brukar det stanna."
    assert min(button.width(), button.height()) >= 24
    window.table[ActionId.SWITCH_LANGUAGE].trigger()
    button = page_of(window).layer.widget("note:two")
    assert button is not None
    assert button.accessibleName() == "Note: Här brukar det stanna."
    (note,) = state.annotations.list("steps")
    assert (note.anchor, note.excerpt, note.language) == ("two", "Vänta:", "sv")


def test_the_button_opens_the_note_and_an_empty_one_cannot_be_saved(
    article_window: MainWindow, state: UserState
) -> None:
    window = article_window
    write_note(window, "first", "Ett")
    button = page_of(window).note_button("first")
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    dialog = note_dialog(window)
    assert dialog.text == "Ett"
    dialog.write(" ")
    save = next(found for found in dialog.findChildren(QPushButton) if found.text() == "Spara")
    assert not save.isEnabled()
    next(found for found in dialog.findChildren(QPushButton) if found.text() == "Ta bort").click()
    assert not state.annotations.list()
    assert page_of(window).layer.widget("note:first") is None
    undo_button(window).click()
    assert page_of(window).layer.widget("note:first") is not None


def test_what_was_typed_is_not_lost_with_escape(article_window: MainWindow, state: UserState) -> None:
    """As with comments: Esc closes, it does not throw away."""
    article_window.marking.notes.write("first")
    dialog = note_dialog(article_window)
    dialog.write("Halvfärdig")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not state.annotations.list()
    article_window.marking.notes.write("first")
    assert note_dialog(article_window).text == "Halvfärdig"
    next(b for b in note_dialog(article_window).findChildren(QPushButton) if b.text() == "Avbryt").click()
    article_window.marking.notes.write("first")
    assert note_dialog(article_window).text == ""
    note_dialog(article_window).reject()


def test_a_note_on_the_whole_article_stands_at_its_title(article_window: MainWindow) -> None:
    article_window.table[ActionId.NOTE].trigger()
    dialog = note_dialog(article_window)
    dialog.write("Gäller alla.")
    next(b for b in dialog.findChildren(QPushButton) if b.text() == "Spara").click()
    assert page_of(article_window).note_button("") is not None


def test_notes_are_listed_in_order_and_what_is_gone_is_kept(
    article_window: MainWindow, state: UserState
) -> None:
    """Editors take paragraphs away; what a technician knows about them stays."""
    window = article_window
    for anchor, text in (("second", "Två"), ("first", "Ett")):
        write_note(window, anchor, text)
    state.annotations.write(
        "steps", "lost", "Borta", excerpt="Så stod det", title="T", language="sv", revision=""
    )
    keep_note(state, "plain", "end", "Annan", "Slut")
    pane = notes_of(window)
    assert note_rows(pane) == [
        "Logga in",
        "  Ett",
        "  Två",
        "Stället finns inte längre",
        "  Borta",
        "Ren text",
        "  Annan",
    ]
    pane.filter.setText("stod")
    assert note_rows(pane) == ["Stället finns inte längre", "  Borta"]
    pane.filter.clear()
    index = pane.model.index(0, 0, pane.model.index(2, 0))
    pane.tree.setCurrentIndex(index)
    QTest.keyClick(pane.tree, Qt.Key.Key_Return)
    assert window.windowTitle().startswith("Ren text")
    assert window.reading.section == "end"


def test_a_note_without_a_place_can_be_read_changed_and_deleted(
    article_window: MainWindow, state: UserState
) -> None:
    state.annotations.write(
        "steps", "lost", "Borta", excerpt="Så stod det", title="T", language="sv", revision=""
    )
    pane = notes_of(article_window)
    pane.tree.setCurrentIndex(pane.model.index(0, 0, pane.model.index(0, 0)))
    QTest.keyClick(pane.tree, Qt.Key.Key_Return)
    dialog = note_dialog(article_window)
    dialog.write("Ändrad")
    next(b for b in dialog.findChildren(QPushButton) if b.text() == "Spara").click()
    (note,) = state.annotations.list()
    assert (note.text, note.excerpt, note.title) == ("Ändrad", "Så stod det", "Logga in")
    QTest.keyClick(pane.tree, Qt.Key.Key_Delete)
    assert not state.annotations.list()
    QTest.keyClick(pane.tree, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert len(state.annotations.list()) == 1


def test_a_changed_block_shows_what_it_said_when_the_note_was_written(
    article_window: MainWindow, state: UserState
) -> None:
    """Derived keys follow the place; the reader must see when the text is another."""
    keep_note(state, "steps", "first", "Obs", "Förr")
    article_window.marking.notes.write("first")
    said = " ".join(
        label.text()
        for label in note_dialog(article_window).findChildren(type(article_window.parts.toast._text))
    )
    assert "Förr" in said
    note_dialog(article_window).reject()


def test_the_context_menu_acts_on_the_block_that_was_clicked(
    article_window: MainWindow, state: UserState, qtbot: QtBot
) -> None:
    page = page_of(article_window)
    block = page.stage.geometry.block(page.stage.page.areas["one"].first)

    def choose(text: str) -> None:
        page.view.menu_requested.emit(block.position() + 3, QPoint(10, 10))
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        next(action for action in menu.actions() if action.text() == text).trigger()
        menu.close()

    choose("Bokmärk det här stället")
    assert state.bookmarks.of_article("steps") == {"one"}
    choose("Ta bort bokmärket här")
    assert state.bookmarks.of_article("steps") == frozenset()
    choose("Kopiera länk")
    assert QGuiApplication.clipboard().text() == "kb://steps#one"
    choose("Kopiera titel och id")
    assert QGuiApplication.clipboard().text() == "Logga in (KB1001) – Tryck på knappen."
    assert "<strong>Logga in</strong> (KB1001)" in QGuiApplication.clipboard().mimeData().html()
    choose("Anteckning här …")
    assert "Tryck på knappen." in texts(note_dialog(article_window))
    note_dialog(article_window).reject()


def test_a_link_in_the_search_field_opens_instead_of_searching(
    window: MainWindow, search: FakeSearch, qtbot: QtBot
) -> None:
    """Pasted from a ticket."""
    field = window.parts.field
    window.searching.prepare()
    asked = len(search.asked)
    field.setText("kb://KB1001#second")
    assert len(search.asked) == asked
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert window.windowTitle().startswith("Logga in")
    assert window.reading.section == "second"


@pytest.mark.parametrize("link", ["kb://", "kb://a%zz", "kb://a%00b"])
def test_a_link_that_cannot_be_one_is_told(window: MainWindow, link: str) -> None:
    """It may come from anywhere."""
    window.searching.prepare()
    window.parts.field.setText(link)
    QTest.keyClick(window.parts.field, Qt.Key.Key_Return)
    assert window.parts.notice.isVisible()
    assert window.parts.area.current is window.parts.area.home_page


def test_a_link_never_opens_a_file(window: MainWindow, tmp_path: Path) -> None:
    """Only articles of the library: the link may have been written by somebody else."""
    secret = tmp_path / "secret.md"
    secret.write_text("# Hemligt\n", encoding="utf-8")
    window.marking.open_link(f"kb://{secret}")
    assert window.windowTitle().startswith("Finns inte i det här biblioteket")


def test_marks_follow_another_library(article_window: MainWindow, state: UserState, tmp_path: Path) -> None:
    """What was there a moment ago may be gone now."""
    state.bookmarks.add("steps", "second", title="Logga in", place="Annat", language="sv")
    pane = bookmarks_of(article_window)
    other = tmp_path / "other" / "x"
    other.mkdir(parents=True)
    (other / "sv.md").write_text("# X\n", encoding="utf-8")
    article_window.library.replace(open_libraries((other.parent,), tmp_path))
    article_window.opener.opened.emit()
    said = pane.model.index(0, 0).data(Qt.ItemDataRole.AccessibleDescriptionRole)
    assert said == "Finns inte i det öppna biblioteket"


def test_notes_are_printed_only_when_wanted(article_window: MainWindow, state: UserState) -> None:
    """A paper for the customer does not show what the technician thinks."""
    write_note(article_window, "second", "Två")
    write_note(article_window, "first", "Ett")

    def printed(talks: Conversations) -> str:
        printout = talks.printing.printout()
        assert printout is not None
        text: str = printout.paper.document.toPlainText()
        return text

    assert "Dina anteckningar" not in printed(article_window.conversations)
    article_window.table[ActionId.PRINT_NOTES].trigger()
    text = printed(article_window.conversations)
    assert text.index("Dina anteckningar") < text.index("Ett", text.index("Dina")) < text.index("Två")
    article_window.settings.flush()
    assert state.settings.get("print_notes")


def test_comments_are_exported_with_the_line_that_they_are_about(
    article_window: MainWindow, state: UserState, tmp_path: Path, library_folder: Path
) -> None:
    """An editor clicks on it."""
    for language, anchor, text in (
        ("sv", "two", "Hur länge?"),
        ("en", "faq-code", "Which code?"),
        ("sv", "gone", "Borta"),
    ):
        state.comments.add("steps", language, anchor, text)
    state.comments.add("nowhere", "sv", "", "Okänd")
    target = tmp_path / "comments.md"
    article_window.conversations.write_comments(target)
    headings = [line[3:] for line in target.read_text("utf-8").splitlines() if line.startswith("## ")]
    assert headings[2:] == ["steps/sv.md", "nowhere"]
    for heading, said in zip(headings, ("Vänta:", "What is a code?"), strict=False):
        path, _, line = heading.partition(":")
        assert said in (library_folder / path).read_text("utf-8").splitlines()[int(line) - 1]
