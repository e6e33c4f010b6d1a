"""The page with all cases: finding, filtering, and a case beside the list."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from kbviewer.i18n.translator import Translator
from kbviewer.model.cases import CaseOutcome, StepOutcome
from kbviewer.state.user_state import UserState
from kbviewer.ui.case.list_page import CaseListPage
from kbviewer.ui.theme.theme import Theme
from tests.support.case_article import english, swedish

I18N = Path(__file__).parents[3] / "i18n"
pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints", extend=True)


@pytest.fixture
def page(qtbot: QtBot, qapp: QApplication, state: UserState) -> CaseListPage:
    theme = Theme("light")
    theme.apply()
    page = CaseListPage(theme, Translator(I18N, "sv"))
    qtbot.addWidget(page)

    def show(number: int) -> None:
        page.details.show_case(state.cases.get(number) if number else None, at_work=number == 3)

    page.case_chosen.connect(show)
    page.resize(1100, 700)
    page.show()
    page.activateWindow()
    qtbot.waitActive(page)
    return page


@pytest.fixture
def three(state: UserState, page: CaseListPage) -> CaseListPage:
    """Open, solved and escalated, newest first: 3, 2, 1."""
    cases = state.cases
    first = cases.create("sv", "INC1", [swedish()]).case_id
    cases.add_note(first, "Ringde om skrivaren.")
    cases.close(first, CaseOutcome.ESCALATED)
    second = cases.create("sv", "INC2").case_id
    cases.close(second, CaseOutcome.SOLVED)
    third = cases.create("sv", "INC3", [english()]).case_id
    cases.set_step(third, english(), "open", StepOutcome.FAILED, "grey & <b>")
    page.show_cases(cases.listed(), third)
    return page


def texts(page: CaseListPage) -> str:
    return "\n".join(label.text() for label in page.details.findChildren(QLabel))


def rows(page: CaseListPage) -> list[str]:
    model = page.list.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def button(page: CaseListPage, name: str) -> QPushButton:
    found = page.details.findChild(QPushButton, name)
    assert isinstance(found, QPushButton)
    return found


def test_the_newest_case_is_shown_first_with_its_details(three: CaseListPage) -> None:
    """The one that is at work is most likely what the reader wants."""
    assert rows(three) == ["Ärende 3 · INC3", "Ärende 2 · INC2", "Ärende 1 · INC1"]
    assert three.current_case == 3
    shown = texts(three)
    assert "pågår nu" in shown
    assert "Misslyckades" in shown
    assert "grey &amp; &lt;b&gt;" in shown


def test_filters_say_how_many_cases_they_would_show(three: CaseListPage) -> None:
    """Counts follow what is looked for."""
    assert [b.text() for b in three.outcomes.buttons] == [
        "Alla (3)",
        "Öppna (1)",
        "Lösta (1)",
        "Eskalerade (1)",
    ]
    three.outcomes.choose(CaseOutcome.SOLVED)
    assert rows(three) == ["Ärende 2 · INC2"]
    three.outcomes.choose(None)
    three.field.setText("SKRIVAREN")
    assert rows(three) == ["Ärende 1 · INC1"]
    assert three.outcomes.buttons[3].text() == "Eskalerade (1)"
    assert three.outcomes.buttons[1].text() == "Öppna (0)"


def test_words_are_found_in_references_notes_and_articles(three: CaseListPage) -> None:
    """All words, in part or whole."""
    for typed, found in (("inc 2", [2]), ("ändra lösen", [1]), ("grey", [3]), ("kb1", [3, 1])):
        three.field.setText(typed)
        assert rows(three) == [f"Ärende {number} · INC{number}" for number in found]


def test_typing_in_the_list_looks_for_it(three: CaseListPage) -> None:
    """No key is needed to get into the field."""
    three.list.setFocus()
    QTest.keyClick(three.list, Qt.Key.Key_I)
    assert three.field.text() == "i"
    assert three.field.hasFocus()


def test_keys_of_the_list(three: CaseListPage, qtbot: QtBot) -> None:
    """Enter resumes, Del deletes, Esc first clears what is looked for, then leaves."""
    three.list.setFocus()
    QTest.keyClick(three.list, Qt.Key.Key_Down)
    assert three.current_case == 2
    for key, signal in (
        (Qt.Key.Key_Return, three.resume_wanted),
        (Qt.Key.Key_Delete, three.delete_wanted),
    ):
        with qtbot.waitSignal(signal) as wanted:
            QTest.keyClick(three.list, key)
        assert wanted.args == [2]
    three.field.setText("inc1")
    QTest.keyClick(three.list, Qt.Key.Key_Escape)
    assert three.field.text() == ""
    with qtbot.waitSignal(three.left):
        QTest.keyClick(three.list, Qt.Key.Key_Escape)


def test_without_cases_one_sentence_and_one_next_step(page: CaseListPage, qtbot: QtBot) -> None:
    """No empty table with filters that count to zero."""
    page.show_cases([], 0)
    assert page.field.isHidden()
    visible = [child for child in page.findChildren(QPushButton) if child.isVisible()]
    assert [child.text() for child in visible] == ["Nytt ärende…"]
    page.focus_first()
    assert visible[0].hasFocus()
    with qtbot.waitSignal(page.start_wanted):
        visible[0].click()


def test_nothing_found_leads_back_to_all(three: CaseListPage) -> None:
    """The words and the filter go."""
    three.outcomes.choose(CaseOutcome.OPEN)
    three.field.setText("zzz")
    (way,) = [c for c in three.findChildren(QPushButton) if c.isVisible() and c.text() == "Visa alla ärenden"]
    way.click()
    assert len(rows(three)) == 3
    assert three.list.hasFocus()


def test_a_closed_case_offers_only_what_can_be_done_with_it(three: CaseListPage) -> None:
    """Reopen, report, delete; its notes are to read."""
    three.list.go_to(2)
    names = {child.objectName() for child in three.details.findChildren(QPushButton)}
    assert names == {"reopen", "report", "delete", "article-kb1"}


def test_the_row_after_a_deleted_one_is_the_current(three: CaseListPage, state: UserState) -> None:
    """Del can be pressed again."""
    three.list.go_to(1)
    state.cases.delete(2)
    three.show_cases(state.cases.listed(), 0)
    assert three.current_case == 1


def test_the_focus_in_the_details_survives_a_change(three: CaseListPage, state: UserState) -> None:
    """Who closes a case with the keyboard is not thrown to the top of the window."""
    button(three, "note").setFocus()
    state.cases.add_note(3, "Ny")
    three.show_cases(state.cases.listed(), 3)
    assert button(three, "note").hasFocus()
    button(three, "solved").setFocus()
    state.cases.close(3, CaseOutcome.SOLVED)
    three.show_cases(state.cases.listed(), 0)
    assert button(three, "reopen").hasFocus()


@pytest.mark.parametrize("width", [320, 700, 1100])
def test_details_stand_beside_or_below(three: CaseListPage, width: int) -> None:
    """Each keeps room to be read."""
    three.resize(width, 640)
    QApplication.processEvents()
    beside = three.details.y() == three.list.y()
    assert beside == (width >= 760)
    assert three.list.height() >= 100
    assert three.details.height() >= 100
    assert three.list.width() >= 200


def test_a_screen_reader_hears_all_of_a_row(three: CaseListPage) -> None:
    """Name, outcome, time and articles."""
    spoken = three.list.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("Ärende 3 · INC3, Öppet ärende, Pågår nu, 20")
    assert spoken.endswith("Change password")


def test_ten_thousand_cases_stay_quick(page: CaseListPage, state: UserState) -> None:
    """Rows are drawn when they are seen; looking for words reads no file.

    The goals are half a second to open and 100 ms a key; a busy machine gets five times that.
    """
    with state.together():
        for number in range(10_000):
            state._database.write(
                "INSERT INTO cases (reference, language, started_at, outcome) VALUES (?, 'sv', ?, 'open')",
                (f"INC{number}", "2026-03-01T12:00:00+00:00"),
            )
    begin = perf_counter()
    page.show_cases(state.cases.listed(), 0)
    page.grab()
    opened = perf_counter()
    page.field.setText("inc99")
    page.grab()
    typed = perf_counter()
    assert page.list.model().rowCount() == 111
    assert opened - begin < 2.5
    assert typed - opened < 0.5
