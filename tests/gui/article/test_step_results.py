"""What became of a step: by key, on its box, in its line; undo, language, copying, screen readers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from kbviewer.model.blocks import Blocks, Faq
from kbviewer.model.cases import StepChange, StepMark, StepOutcome
from kbviewer.model.inline import Run
from kbviewer.ui.article.accessible import AccessiblePage
from kbviewer.ui.article.matrix_widget import MatrixWidget
from kbviewer.ui.article.tick_box import box_look
from kbviewer.ui.article.tick_model import TickState
from kbviewer.ui.theme.tokens import THEMES, Tokens, contrast_ratio
from tests.gui.article.conftest import Desk
from tests.support.memory_steps import AT
from tests.support.results_on_page import (
    KB,
    MEETINGS,
    NEXT,
    STEP,
    at,
    box,
    button,
    line,
    mark,
    said,
)

DONE, FAILED, SKIPPED = StepOutcome
Key = Qt.Key


@pytest.fixture
def desk(make_desk: Callable[..., Desk]) -> Desk:
    """A page with a case at work."""
    return make_desk(results=True, in_case=True)


@pytest.fixture
def free_desk(make_desk: Callable[..., Desk]) -> Desk:
    """A page without a case, which a result begins."""
    return make_desk(results=True)


@pytest.mark.parametrize(
    ("key", "outcome", "state"),
    [
        (Key.Key_Space, DONE, TickState.DONE),
        (Key.Key_Return, DONE, TickState.DONE),
        (Key.Key_F, FAILED, TickState.FAILED),
        (Key.Key_S, SKIPPED, TickState.SKIPPED),
    ],
)
def test_a_key_says_what_became_of_the_step(
    desk: Desk, key: Qt.Key, outcome: StepOutcome, state: TickState
) -> None:
    """The hands stay on the keyboard while the technician talks."""
    desk.open(KB)
    at(desk)
    desk.press(key)
    assert mark(desk) == StepMark(outcome, set_at=AT)
    assert box(desk).state is state
    assert QApplication.focusWidget() is box(desk)


@pytest.mark.parametrize("key", [Key.Key_Delete, Key.Key_Backspace])
def test_a_key_takes_a_result_away(desk: Desk, key: Qt.Key) -> None:
    desk.open(KB)
    at(desk)
    desk.press(Key.Key_F)
    desk.press(key)
    assert mark(desk) is None
    assert line(desk) is None
    assert QApplication.focusWidget() is box(desk)


def test_enter_makes_what_failed_done(desk: Desk) -> None:
    """It worked on the second try; the note stays."""
    desk.open(KB)
    desk.steps.kept[KB][STEP] = StepMark(FAILED, "hung", AT)
    desk.page.refresh_steps()
    at(desk)
    desk.press(Key.Key_Return)
    assert mark(desk) == StepMark(DONE, "hung", AT)


def test_letters_with_modifiers_are_no_results(desk: Desk) -> None:
    """Ctrl+F finds in the article."""
    desk.open(KB)
    at(desk)
    desk.press(Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert mark(desk) is None


def test_without_results_a_step_is_only_ticked(make_desk: Callable[..., Desk]) -> None:
    """Keys, menu and button would promise what nobody keeps."""
    desk = make_desk()
    desk.open(KB)
    at(desk)
    for key in (Key.Key_F, Key.Key_S, Key.Key_N):
        desk.press(key)
    assert mark(desk) is None
    assert not desk.keys("more")
    assert not desk.keys("result")
    QTest.mouseClick(box(desk), Qt.MouseButton.RightButton)
    assert QApplication.activePopupWidget() is None


def test_a_result_is_said_to_screen_readers(desk: Desk) -> None:
    desk.open(KB)
    at(desk)
    heard: list[str] = []
    desk.page.announced.connect(heard.append)
    desk.press(Key.Key_F)
    assert heard == ["Misslyckades – 0 av 23 steg klara"]
    assert box(desk).accessibleName() == "Steg 1: Starta Windows Messenger. – Misslyckades"
    assert box(desk).accessibleDescription().startswith("Misslyckades 2026-11-22 ")
    assert box(desk).checkState() is Qt.CheckState.Unchecked


def test_a_plain_tick_moves_nothing(desk: Desk) -> None:
    """A page that jumps under the pointer makes the next click hit the wrong step."""
    desk.open(KB)
    at(desk)
    before = box(desk, NEXT).y()
    desk.press(Key.Key_Space)
    assert line(desk) is None
    assert box(desk, NEXT).y() == before
    assert box(desk).toolTip().startswith("Klart 2026-11-22 ")


def test_a_failure_is_told_below_the_step_without_building_the_page_anew(desk: Desk) -> None:
    page = desk.open(KB)
    at(desk)
    document, before = page.view.document(), box(desk, NEXT).y()
    desk.press(Key.Key_F)
    shown = line(desk)
    assert shown is not None
    assert said(desk).startswith("Misslyckades 2026-11-22 ")
    assert page.view.document() is document
    assert box(desk, NEXT).y() >= before + shown.height()
    assert shown.y() > box(desk).y()
    assert shown.height() == shown.heightForWidth(shown.width())


def test_what_is_in_view_stays_when_a_line_above_comes_and_goes(desk: Desk) -> None:
    """Undo reaches steps that have been scrolled past."""
    page = desk.open(KB)
    page.go_to("change-start")
    before = desk.y_of("change-start")
    desk.steps.kept[KB][STEP] = StepMark(FAILED, "one\ntwo", AT)
    page.refresh_steps()
    assert desk.y_of("change-start") == pytest.approx(before, abs=1)
    desk.steps.kept[KB].clear()
    page.refresh_steps()
    assert desk.y_of("change-start") == pytest.approx(before, abs=1)


def test_a_parent_shows_that_something_in_it_failed(desk: Desk) -> None:
    desk.open(MEETINGS)
    at(desk, "certificate-find")
    desk.press(Key.Key_F)
    parent = box(desk, "certificate")
    assert parent.state is TickState.FAILED_INSIDE
    assert parent.accessibleName().endswith("0 av 5 delsteg klara – 1 misslyckades")
    assert "result:certificate" not in desk.keys("result")


def test_a_parent_is_skipped_but_does_not_fail_as_a_whole(desk: Desk) -> None:
    """Which sub-step failed is what the next technician needs to know."""
    page = desk.open(MEETINGS)
    desk.steps.kept[MEETINGS]["certificate-open"] = StepMark(DONE, set_at=AT)
    page.refresh_steps()
    at(desk, "certificate")
    with desk.qtbot.waitSignal(page.announced) as told:
        desk.press(Key.Key_F)
    assert told.args == ["Välj det delsteg som misslyckades."]
    with desk.qtbot.waitSignal(page.announced) as told:
        desk.press(Key.Key_N)
    assert told.args == ["Välj det delsteg som anteckningen gäller."]
    desk.press(Key.Key_S)
    assert len(desk.steps.with_outcome(MEETINGS, SKIPPED)) == 4
    assert desk.steps.done(MEETINGS) == {"certificate-open"}


def test_results_survive_the_language_switch(desk: Desk) -> None:
    desk.open(KB)
    at(desk)
    desk.press(Key.Key_F)
    desk.switch("en")
    assert box(desk).state is TickState.FAILED
    assert said(desk).startswith("Failed ")


def test_a_changed_step_says_so_until_its_result_is_confirmed(desk: Desk) -> None:
    """A tick on a text that nobody read would be worth nothing."""
    page = desk.open(KB)
    desk.steps.kept[KB][STEP] = StepMark(FAILED, "hung", AT, StepChange.CHANGED, "Starta Messenger")
    page.refresh_steps()
    at(desk)
    assert "det löd: ”Starta Messenger”" in said(desk)
    desk.press(Key.Key_Tab)
    desk.press(Key.Key_Tab)
    assert QApplication.focusWidget() is button(desk, "Gäller fortfarande")
    desk.press(Key.Key_Return)
    assert mark(desk) == StepMark(FAILED, "hung", AT)
    assert "löd" not in said(desk)
    assert QApplication.focusWidget() is box(desk)


def test_a_failure_outside_a_case_begins_one(free_desk: Desk) -> None:
    """The page makes room for results then, at the same place, with the same focus."""
    desk = free_desk
    page = desk.open(KB)
    at(desk)
    desk.press(Key.Key_Space)
    assert not desk.keys("result")
    at(desk, NEXT)
    before = desk.y_of(NEXT)
    desk.press(Key.Key_F)
    assert page.stage.page.results
    assert said(desk, NEXT).startswith("Misslyckades ")
    assert box(desk).state is TickState.DONE
    assert QApplication.focusWidget() is box(desk, NEXT)
    assert desk.y_of(NEXT) == pytest.approx(before, abs=1)


def test_the_end_of_a_case_takes_the_lines_away(desk: Desk) -> None:
    page = desk.open(KB)
    at(desk)
    desk.press(Key.Key_F)
    desk.steps.kept.clear()
    desk.steps.in_case = False
    page.refresh_steps()
    assert not desk.keys("result")
    assert box(desk).state is TickState.EMPTY


def test_a_choice_that_something_else_changed_is_shown(desk: Desk) -> None:
    page = desk.open(MEETINGS)
    page.go_to("scope/m1")
    matrix = desk.widget("matrix:scope/m1")
    desk.steps.kept.clear()
    desk.choices.kept[MEETINGS, "scope/m1"] = (1, 0)
    page.refresh_steps()
    assert isinstance(matrix, MatrixWidget)
    assert (matrix.model.row, matrix.model.column) == (1, 0)
    assert matrix.height() == matrix.heightForWidth(matrix.width())


def test_results_are_no_part_of_what_is_copied(desk: Desk) -> None:
    """The text is the article's, with its numbers."""
    page = desk.open(KB)
    desk.steps.kept[KB] = {STEP: StepMark(FAILED, "hung", AT), NEXT: StepMark(SKIPPED, "", AT)}
    page.refresh_steps()
    first, last = (page.stage.page.areas[key].first for key in (STEP, "automatic-run"))
    cursor = page.view.textCursor()
    cursor.setPosition(page.stage.geometry.block(first).position())
    end = page.stage.geometry.block(last)
    cursor.setPosition(end.position() + end.length() - 1, QTextCursor.MoveMode.KeepAnchor)
    lines = page.stage.copier.mime(cursor).text().splitlines()
    assert [text[:3] for text in lines] == ["1. ", "2. ", "3. "]
    assert "hung" not in "".join(lines)


def test_a_result_in_a_closed_answer_waits_until_it_is_opened(desk: Desk) -> None:
    """Opening shows what there is to say, and no empty line."""
    article = desk.library.article(KB, "sv")
    page = desk.open(replace(article, blocks=_in_an_answer(article.blocks)))
    desk.steps.kept[KB] = {STEP: StepMark(FAILED, "hung", AT)}
    page.refresh_steps()
    assert line(desk) is None
    page.expand_all()
    assert said(desk).endswith("hung")
    assert line(desk, NEXT) is None


@pytest.mark.parametrize("tokens", THEMES.values(), ids=THEMES)
def test_every_state_of_a_box_is_told_apart_without_colour(tokens: Tokens) -> None:
    """By its sign, and where two share one by whether the box is filled."""
    looks = {state: box_look(state, tokens) for state in TickState}
    assert len({(look.sign, look.edge == look.fill) for look in looks.values()}) == len(TickState)
    for look in looks.values():
        if look.sign:
            assert contrast_ratio(look.ink, look.fill) >= 3
        assert contrast_ratio(look.edge, tokens.page) >= 3


def test_a_screen_reader_meets_the_line_in_its_step(desk: Desk) -> None:
    desk.open(KB)
    at(desk)
    assert not _nodes(desk, f"result:{STEP}")
    desk.press(Key.Key_F)
    assert len(_nodes(desk, f"result:{STEP}")) == 1


def _nodes(desk: Desk, key: str) -> list[object]:
    page = AccessiblePage(desk.page.view, desk.page.layer, desk.page.stage, desk.translator)
    article = desk.page.opened.article
    assert article is not None
    page.load(article)
    return [node for node in page.root().walk() if node.widget == key]


def _in_an_answer(blocks: Blocks) -> Blocks:
    return (Faq(key="faq-x", question=(Run("Varför?"),), blocks=blocks),)
