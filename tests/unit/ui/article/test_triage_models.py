"""Matrix choice, symptom filter and category colours, without a window."""

from __future__ import annotations

import pytest

from kbviewer.model.blocks import MatrixCell, ScopeMatrix, SymptomRow, SymptomTable, Target
from kbviewer.model.inline import Run
from kbviewer.ui.article.categories import Categories
from kbviewer.ui.article.matrix_model import HEADING, MatrixModel, Spot, Step
from kbviewer.ui.article.symptom_model import SymptomFilter, fold, ordered_rows


def cell(*anchors: str) -> MatrixCell:
    return MatrixCell(" / ".join(anchors), tuple(Target(anchor.title(), anchor) for anchor in anchors))


MATRIX = ScopeMatrix(
    key="m",
    rows=("one", "several"),
    columns=("inside", "outside", "both"),
    cells=(
        (cell("client"), cell("client"), cell("client")),
        (cell("identity"), cell("federation", "network"), cell("network", "network")),
    ),
)


def row(text: str, anchor: str, *, fallback: bool = False) -> SymptomRow:
    return SymptomRow((Run(text),), f"category {anchor}", (Target(f"To {anchor}", anchor),), fallback)


TABLE = SymptomTable(
    key="s",
    headers=("Symptom", "Category", "Remedy"),
    rows=(
        row("Otherwise", "web-app", fallback=True),
        row("Säkerhetsvarning", "client"),
        row("Page lost", "network"),
    ),
)


def test_one_row_and_one_column_are_chosen() -> None:
    model = MatrixModel(MATRIX)
    assert model.cell is None
    assert model.choose(Spot(1, HEADING))
    assert model.targets() == ()
    assert model.choose(Spot(HEADING, 1))
    assert [target.anchor for target in model.targets()] == ["federation", "network"]
    assert model.choose(Spot(0, 2))
    assert (model.row, model.column) == (0, 2)
    assert not model.choose(Spot(0, 2))
    model.clear()
    assert model.targets() == ()


def test_a_kept_choice_that_no_longer_fits_is_no_choice() -> None:
    """The matrix may have shrunk since the choice was kept."""
    assert MatrixModel(MATRIX, 5, -1).cell is None
    assert MatrixModel(MATRIX, 1, 2).cell is MATRIX.cells[1][2]


def test_a_section_is_offered_once() -> None:
    assert [target.anchor for target in MatrixModel(MATRIX, 1, 2).targets()] == ["network"]
    assert [target.anchor for target in MatrixModel(MATRIX, 1, 1).targets()] == ["federation", "network"]


@pytest.mark.parametrize(
    ("start", "step", "end"),
    [
        (Spot(0, 0), Step.RIGHT, Spot(0, 1)),
        (Spot(0, 0), Step.LEFT, Spot(0, HEADING)),
        (Spot(0, HEADING), Step.UP, Spot(0, HEADING)),
        (Spot(0, 1), Step.UP, Spot(HEADING, 1)),
        (Spot(1, 2), Step.DOWN, Spot(1, 2)),
        (Spot(1, 2), Step.FIRST, Spot(1, 0)),
        (Spot(1, 0), Step.LAST, Spot(1, 2)),
    ],
)
def test_arrows_move_inside_the_grid_and_never_to_its_corner(start: Spot, step: Step, end: Spot) -> None:
    assert MatrixModel(MATRIX).move(start, step) == end


def test_only_the_chosen_cell_is_lit_once_both_axes_are_chosen() -> None:
    model = MatrixModel(MATRIX, 1, None)
    assert model.is_lit(Spot(1, 0))
    assert not model.is_lit(Spot(0, 0))
    model.choose(Spot(HEADING, 2))
    assert [spot for spot in (Spot(1, 0), Spot(1, 2)) if model.is_lit(spot)] == [Spot(1, 2)]
    assert model.is_chosen(Spot(1, HEADING))
    assert not model.is_chosen(Spot(0, HEADING))


def test_the_fallback_symptom_is_last() -> None:
    assert [row.fallback for row in ordered_rows(TABLE)] == [False, False, True]


@pytest.mark.parametrize(
    ("typed", "matches"),
    [("", 2), ("sakerhets", 1), ("SÄKER", 1), ("page network", 1), ("page client", 0), ("web", 0)],
)
def test_a_symptom_is_shown_when_it_has_every_typed_word(typed: str, matches: int) -> None:
    model = SymptomFilter(TABLE)
    assert model.matches(typed) == matches
    assert model.visible(typed)[-1]
    assert model.total == 2


def test_case_and_diacritics_are_folded_but_letters_stay() -> None:
    assert fold("Återställ") == "aterstall"
    assert fold("ß") == "ss"


def test_categories_have_the_colour_of_their_section_and_the_rest_what_is_left() -> None:
    categories = Categories((TABLE, MATRIX))
    assert categories.name(MATRIX.cells[0][0].targets) == "client"
    assert categories.name(MATRIX.cells[1][1].targets) == "permission"
    assert categories.name(TABLE.rows[2].targets) == "network"
    assert categories.name(TABLE.rows[0].targets, fallback=True) == ""
    assert categories.name((Target("Unknown", "nowhere"),)) == ""
