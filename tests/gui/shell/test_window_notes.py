"""The reader's notes in the window: beside the block, in the list, on paper, without a place."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from kbviewer.state.user_state import UserState
from kbviewer.ui.article.printout import paper_size
from kbviewer.ui.shell.actions import ActionId
from kbviewer.ui.shell.paper_choices import PaperChoices
from kbviewer.ui.shell.window import MainWindow
from tests.support.marks import keep_note, note_dialog, note_rows, notes_of, page_of, undo_button, write_note

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


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


def test_notes_are_printed_only_when_wanted(article_window: MainWindow, state: UserState) -> None:
    """A paper for the customer does not show what the technician thinks."""
    write_note(article_window, "second", "Två")
    write_note(article_window, "first", "Ett")

    def printed(choices: PaperChoices) -> str:
        paper = paper_size("A4", landscape=False)
        printout = article_window.conversations.printing.printout(choices, paper)
        assert printout is not None
        assert list(printout.lay_out())
        text: str = printout.paper.document.toPlainText()
        return text

    assert "Dina anteckningar" not in printed(PaperChoices())
    text = printed(PaperChoices(notes=True))
    assert text.index("Dina anteckningar") < text.index("Ett", text.index("Dina")) < text.index("Två")
