"""The guided view: steps, keys, results, notes, languages."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from kbviewer.model.cases import StepOutcome
from tests.gui.article.guide import ARTICLE, FailingSteps, Guide, MakeGuide
from tests.support.memory_steps import MemorySteps

pytestmark = pytest.mark.qt_log_ignore(
    "does not support (propagateSizeHints|raise)", "a warning of Qt", extend=True
)


def test_the_step_is_shown_alone_with_what_it_is_part_of(guide: Guide) -> None:
    """One thing at a time, and still in its context."""
    guide.page.go_to(5)

    assert guide.text.startswith("2. Remove the user")
    assert "2.a.\tClick Start" in guide.text
    assert "1.a." not in guide.text
    assert guide.page.head.title.text() == "Step 6 of 9 · How to clear credentials and certificates"


def test_prerequisites_and_warnings_stand_before_the_action(guide: Guide) -> None:
    """A warning below the action is read too late."""
    assert guide.text.index("Before you start") < guide.text.index("1.a.")
    guide.open(anchor="join-web-app")
    assert guide.text.index("Warning") < guide.text.index("Copy the URL")


def test_the_text_is_a_third_larger_than_in_the_article(guide: Guide) -> None:
    """It is read from a distance, over the telephone."""
    size = guide.page.body.view.document().defaultFont().pointSizeF()
    assert size == pytest.approx(guide.theme.body_font().pointSizeF() * 1.35)

    guide.theme.set_zoom(1.5)

    assert guide.page.body.view.document().defaultFont().pointSizeF() == pytest.approx(size * 1.5)


def test_done_is_the_button_for_enter_and_goes_on(guide: Guide) -> None:
    """The usual way takes one key."""
    guide.press(Qt.Key.Key_Return)
    guide.press(Qt.Key.Key_Return)

    assert guide.index == 2
    assert [mark.outcome if (mark := guide.mark(index)) else None for index in range(3)] == [
        StepOutcome.DONE,
        StepOutcome.DONE,
        None,
    ]
    assert guide.page.foot.done.hasFocus()


@pytest.mark.parametrize(
    ("key", "outcome"),
    [
        (Qt.Key.Key_D, StepOutcome.DONE),
        (Qt.Key.Key_F, StepOutcome.FAILED),
        (Qt.Key.Key_S, StepOutcome.SKIPPED),
    ],
)
def test_letters_give_the_result(guide: Guide, key: Qt.Key, outcome: StepOutcome) -> None:
    """The other hand holds the receiver."""
    guide.press(key)

    mark = guide.mark(0)
    assert mark is not None
    assert mark.outcome is outcome
    assert guide.index == 1


def test_letters_in_the_note_are_letters(guide: Guide) -> None:
    """Nobody fails a step by writing its note."""
    guide.page.foot.note.setFocus()
    for key in (Qt.Key.Key_D, Qt.Key.Key_F, Qt.Key.Key_S, Qt.Key.Key_Left, Qt.Key.Key_Home):
        guide.press(key)

    assert guide.index == 0
    assert guide.page.foot.note_text == "dfs"
    assert guide.mark(0) is None


def test_arrows_pages_home_and_end_move_without_a_result(guide: Guide) -> None:
    """Looking ahead is not doing."""
    moves = [
        (Qt.Key.Key_Right, 1),
        (Qt.Key.Key_PageDown, 2),
        (Qt.Key.Key_Left, 1),
        (Qt.Key.Key_PageUp, 0),
        (Qt.Key.Key_Left, 0),
        (Qt.Key.Key_End, 8),
        (Qt.Key.Key_Right, 9),
        (Qt.Key.Key_Home, 0),
    ]
    for key, expected in moves:
        guide.press(key)
        assert guide.index == expected, key
    assert guide.steps.done(ARTICLE) == set()


def test_keys_work_in_the_text_too_and_long_text_is_read_first(make_guide: MakeGuide) -> None:
    """Page Down must not skip half a step."""
    guide = make_guide(zoom=2.0, size=(420, 460))
    guide.open()
    view = guide.page.body.view
    view.setFocus()
    assert view.verticalScrollBar().maximum() > 0

    guide.press(Qt.Key.Key_PageDown)
    assert guide.index == 0
    assert view.verticalScrollBar().value() > 0
    while guide.index == 0:
        guide.press(Qt.Key.Key_PageDown)
    assert view.verticalScrollBar().value() == 0
    guide.press(Qt.Key.Key_Right)
    assert guide.index == 2


def test_the_note_is_saved_with_the_result(guide: Guide) -> None:
    """It says why a step failed; the report quotes it."""
    guide.page.foot.note.setPlainText("The button is grey.")

    guide.page.foot.failed.click()

    assert guide.mark(0) is not None
    assert (guide.mark(0).outcome, guide.mark(0).note) == (StepOutcome.FAILED, "The button is grey.")  # type: ignore[union-attr]
    assert guide.page.foot.note_text == ""
    guide.press(Qt.Key.Key_Left)
    assert guide.page.foot.note_text == "The button is grey."
    assert guide.page.foot.failed.isChecked()


def test_a_note_on_a_step_with_a_result_is_saved_when_the_reader_goes_on(guide: Guide) -> None:
    """A note added later needs no button."""
    guide.press(Qt.Key.Key_F)
    guide.press(Qt.Key.Key_Left)
    guide.page.foot.note.setPlainText("Asked twice.")

    guide.page.go_to(3)

    assert guide.mark(0).note == "Asked twice."  # type: ignore[union-attr]


def test_a_note_on_an_untried_step_waits_for_its_result(guide: Guide) -> None:
    """What was typed is not thrown away because the reader looked ahead."""
    guide.page.foot.note.setPlainText("Half a")
    guide.page.go_to(1)
    assert guide.page.foot.note_text == ""

    guide.page.go_to(0)

    assert guide.page.foot.note_text == "Half a"
    assert guide.mark(0) is None


def test_control_enter_in_the_note_means_done(guide: Guide) -> None:
    """Enter alone makes a new line."""
    guide.page.foot.note.setFocus()
    guide.press(Qt.Key.Key_X)
    guide.press(Qt.Key.Key_Return)
    guide.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    assert guide.mark(0) is not None
    assert guide.mark(0).note == "x"  # type: ignore[union-attr]


def test_another_language_keeps_the_step_and_what_is_typed(guide: Guide) -> None:
    """The customer reads along in his own."""
    guide.page.go_to(5)
    guide.page.foot.note.setPlainText("mid")
    guide.translator.set_language("sv")

    guide.page.switch_article(guide.library.article(ARTICLE, "sv"))

    assert guide.index == 5
    assert "2.a.\tKlicka på Start" in guide.text
    assert guide.page.head.title.text().startswith("Steg 6 av 9 · Så här rensar du")
    assert guide.page.foot.note_text == "mid"
    assert guide.page.foot.done.text() == "Klart"


def test_results_from_elsewhere_are_shown_and_typing_stays(guide: Guide) -> None:
    """Undo works in here as well."""
    guide.press(Qt.Key.Key_F)
    guide.page.foot.note.setPlainText("typing")

    guide.steps.clear(guide.library.article(ARTICLE, "en"))
    guide.page.refresh_steps()

    assert guide.mark(0) is None
    assert guide.index == 1
    assert guide.page.foot.note_text == "typing"
    assert "failed" not in guide.page.head.legend.text()


def test_without_results_there_are_only_ticks(make_guide: MakeGuide) -> None:
    """Outside a case a step is done or not."""
    guide = make_guide(steps=MemorySteps())
    guide.open()

    foot = guide.page.foot
    assert [button.isVisible() for button in (foot.failed, foot.skipped, foot.note, foot.done)] == [
        False,
        False,
        False,
        True,
    ]
    guide.press(Qt.Key.Key_F)
    assert guide.index == 0
    guide.press(Qt.Key.Key_D)
    assert guide.steps.done(ARTICLE) == {guide.page.walk.steps[0].id}  # type: ignore[union-attr]


def test_what_cannot_be_saved_is_told_and_the_step_stays(make_guide: MakeGuide) -> None:
    """Going on would look as if it had been kept."""
    guide = make_guide(steps=FailingSteps(offers_results=True))
    guide.open()
    guide.page.foot.note.setPlainText("kept")

    guide.page.record(StepOutcome.FAILED)

    assert guide.index == 0
    assert "The disk is full." in guide.said[-1]
    assert guide.page.foot.note_text == "kept"
