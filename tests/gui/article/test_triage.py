"""The scope matrix and the symptom table."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from kbviewer.ui.article.matrix_model import HEADING, Spot
from kbviewer.ui.article.matrix_widget import MatrixWidget
from kbviewer.ui.article.symptom_filter import SymptomFilterBar
from tests.gui.article.conftest import Desk

MATRIX = "matrix:scope/m1"
SYMPTOMS = "symptoms:symptoms/y1"


def matrix(desk: Desk) -> MatrixWidget:
    widget = desk.widget(MATRIX)
    assert isinstance(widget, MatrixWidget)
    return widget


def symptoms(desk: Desk) -> SymptomFilterBar:
    widget = desk.widget(SYMPTOMS)
    assert isinstance(widget, SymptomFilterBar)
    return widget


def rows_shown(desk: Desk) -> list[str]:
    folds = desk.page.stage.page.folds
    return [desk.block(key) for key, fold in folds.items() if "@row" in key and fold.is_open]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("sv", "Troligast är: Problem med användaridentitet eller etablering"),
        ("en", "This is most likely: User identity or provisioning problem"),
    ],
)
def test_element_37_scope_matrix_names_the_category_of_a_row_and_a_column(
    desk: Desk, language: str, sentence: str
) -> None:
    desk.open("online-meetings", language)
    grid = matrix(desk)
    desk.click(grid.headings[Spot(1, HEADING)])
    desk.click(grid.headings[Spot(HEADING, 0)])
    assert grid.result.sentence.casefold() == sentence.casefold()
    assert grid.cells[Spot(1, 0)].isChecked()
    assert desk.choices.kept["online-meetings", "scope/m1"] == (1, 0)


def test_element_37_scope_matrix_is_2_by_5(desk: Desk) -> None:
    desk.open("online-meetings")
    assert len(matrix(desk).cells) == 10
    assert matrix(desk).cells[Spot(0, 4)].words == "Klientproblem"


def test_element_37_scope_matrix_moves_with_the_arrows_and_chooses_with_space(desk: Desk) -> None:
    page = desk.open("online-meetings")
    page.go_to("scope/m1")
    grid = matrix(desk)
    assert QApplication.focusWidget() is grid.cells[Spot(0, 0)]
    for key in (Qt.Key.Key_Down, Qt.Key.Key_End, Qt.Key.Key_Left):
        desk.press(key)
    assert QApplication.focusWidget() is grid.cells[Spot(1, 3)]
    desk.press(Qt.Key.Key_Space)
    assert (grid.model.row, grid.model.column) == (1, 3)
    desk.press(Qt.Key.Key_Home)
    desk.press(Qt.Key.Key_Left)
    assert QApplication.focusWidget() is grid.headings[Spot(1, HEADING)]


def test_element_37_scope_matrix_cells_are_named_for_screen_readers(desk: Desk) -> None:
    desk.open("online-meetings", "en")
    name = matrix(desk).cells[Spot(1, 0)].accessibleName()
    assert "several computers" in name
    assert "inside" in name
    assert name.casefold().endswith("problem")


def test_element_37_scope_matrix_offers_each_section_once_and_goes_there(desk: Desk) -> None:
    page = desk.open("online-meetings")
    grid = matrix(desk)
    desk.click(grid.cells[Spot(1, 2)])
    ways = grid.result.tab_stops()
    assert [way.text() for way in ways] == ["Felsöka problem med nätverksanslutning", "Rensa valet"]  # type: ignore[attr-defined]
    with desk.qtbot.waitSignal(page.jumped) as jumped:
        desk.click(ways[0])
    assert jumped.args == ["scope/m1", "network"]
    assert 0 <= desk.y_of("network") < 60


def test_element_37_scope_matrix_keeps_its_choice_in_both_languages(desk: Desk) -> None:
    desk.open("online-meetings")
    desk.click(matrix(desk).cells[Spot(1, 1)])
    desk.switch("en")
    assert matrix(desk).cells[Spot(1, 1)].isChecked()
    assert "federation" in matrix(desk).result.sentence.casefold()
    desk.open("kb307294")
    desk.open("online-meetings")
    assert matrix(desk).cells[Spot(1, 1)].isChecked()


def test_element_37_scope_matrix_makes_room_for_its_result(desk: Desk) -> None:
    page = desk.open("online-meetings")
    page.go_to("scope/m1")
    before = desk.y_of("symptoms")
    desk.click(matrix(desk).cells[Spot(0, 0)])
    assert desk.y_of("symptoms") > before + 60
    assert matrix(desk).geometry().bottom() < desk.y_of("symptoms")
    desk.click(matrix(desk).result.tab_stops()[-1])
    assert desk.y_of("symptoms") == before


@pytest.mark.parametrize("width", [320, 400, 560])
def test_element_37_scope_matrix_becomes_two_lists_when_narrow(make_desk, width: int) -> None:
    desk = make_desk(width=width)
    desk.open("online-meetings")
    grid = matrix(desk)
    assert all(cell.isHidden() for cell in grid.cells.values())
    assert all(heading.width() == grid.width() for heading in grid.headings.values())
    desk.click(grid.headings[Spot(0, HEADING)])
    desk.click(grid.headings[Spot(HEADING, 2)])
    assert "Klientproblem" in grid.result.sentence
    assert grid.width() <= width


def test_element_37_scope_matrix_copies_as_a_plain_table(desk: Desk) -> None:
    page = desk.open("online-meetings")
    page.select_all()
    page.copy()
    data = QApplication.clipboard().mimeData()
    assert "\tKlientproblem\tKlientproblem" in data.text()
    assert "<td>Klientproblem</td>" in data.html()


def test_element_38_exactly_one_choice_per_axis_and_a_line_that_says_so(desk: Desk) -> None:
    desk.open("online-meetings", "en")
    grid = matrix(desk)
    desk.click(grid.headings[Spot(0, HEADING)])
    desk.click(grid.headings[Spot(1, HEADING)])
    assert [grid.headings[Spot(row, HEADING)].isChecked() for row in (0, 1)] == [False, True]
    assert grid.result.sentence == "Now choose a column."
    assert grid.help_text == "Choose one row and one column."


def test_element_39_symptoms_are_filtered_while_typing(desk: Desk) -> None:
    page = desk.open("online-meetings")
    page.go_to("symptoms/y1")
    assert QApplication.focusWidget() is symptoms(desk).field
    heard: list[str] = []
    page.announced.connect(heard.append)
    QTest.keyClicks(symptoms(desk).field, "sakerhetsvarning")
    assert len(rows_shown(desk)) == 2
    assert "säkerhetsvarning" in rows_shown(desk)[0]
    assert heard[-1] == symptoms(desk).count_text() == "1 av 6 symtom"
    desk.press(Qt.Key.Key_Escape)
    assert len(rows_shown(desk)) == 7


def test_element_39_the_fallback_is_last_and_always_shown(desk: Desk) -> None:
    desk.open("online-meetings", "en")
    symptoms(desk).field.setText("no such symptom")
    assert len(rows_shown(desk)) == 1
    assert "tried all" in rows_shown(desk)[0] or "every step" in rows_shown(desk)[0]


def test_element_39_the_filter_stays_when_the_language_is_switched(desk: Desk) -> None:
    desk.open("online-meetings")
    symptoms(desk).field.setText("lync")
    shown = len(rows_shown(desk))
    desk.switch("en")
    assert symptoms(desk).field.text() == "lync"
    assert 1 <= len(rows_shown(desk)) < 7
    assert shown < 7


def test_element_40_a_symptom_leads_to_its_section_by_id(desk: Desk) -> None:
    page = desk.open("online-meetings")
    with desk.qtbot.waitSignal(page.jumped) as jumped:
        desk.click_link("Åtgärda OCSMEET-filassociationer i Windows")
    assert jumped.args[1] == "file-association"
    assert 0 <= desk.y_of("file-association") < 60


def test_element_40_a_category_has_the_same_colour_in_matrix_and_table(desk: Desk) -> None:
    page = desk.open("online-meetings")
    tokens = desk.theme.tokens
    assert matrix(desk).cells[Spot(0, 0)].colour == "client"
    chips = {mark.colour for mark in page.stage.page.marks if mark.colour}
    assert tokens.categories["client"] in chips


def test_element_39_a_filter_without_a_match_says_so_and_makes_room_for_it(desk: Desk) -> None:
    page = desk.open("online-meetings")
    bar = symptoms(desk)
    before = bar.heightForWidth(bar.width())
    heard: list[str] = []
    page.announced.connect(heard.append)
    bar.field.setText("xyzzy")
    assert heard[-1] == bar.miss_text()
    assert heard[-1].startswith("Inget symtom stämmer med ”xyzzy”.")
    assert bar.height() == bar.heightForWidth(bar.width()) > before
    desk.click(bar.field.clear_button)
    assert not bar.miss_text()
    assert bar.height() == before


def test_element_38_two_lists_do_not_speak_of_rows_and_columns(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk(width=520)
    desk.open("online-meetings", "en")
    grid = matrix(desk)
    desk.click(grid.headings[Spot(0, HEADING)])
    assert grid.help_text == "Choose one answer to each question."
    assert grid.result.sentence == "Now choose one under 2."


def test_a_selection_does_not_show_behind_the_matrix(desk: Desk) -> None:
    page = desk.open("online-meetings")
    page.go_to("scope/m1")
    page.select_all()
    corner = matrix(desk).geometry().topLeft()
    image = page.view.viewport().grab().toImage()
    assert image.pixelColor(corner.x() + 2, corner.y() + 1) == QColor(desk.theme.tokens.page)
