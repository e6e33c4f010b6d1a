"""The guided view: its end, its links, its bar, narrow windows, what screen readers meet."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kbviewer.model.cases import StepChange, StepMark, StepOutcome
from kbviewer.model.inline import LinkKind
from tests.gui.article.guide import ARTICLE, Guide, MakeGuide

pytestmark = pytest.mark.qt_log_ignore(
    "does not support (propagateSizeHints|raise)", "a warning of Qt", extend=True
)


def test_the_end_lists_what_failed_and_leads_on(guide: Guide, qtbot: QtBot) -> None:
    """The last step is not the end of the call."""
    guide.page.foot.note.setPlainText("Still there.")
    guide.press(Qt.Key.Key_F)
    guide.page.foot.done.setFocus()
    for key in (Qt.Key.Key_S, *[Qt.Key.Key_D] * 7):
        guide.press(key)

    assert guide.text.startswith("All steps are dealt with\nFailed\n1.a.")
    assert "Still there." in guide.text
    assert "Skipped\n1.b." in guide.text
    assert guide.page.foot.back.hasFocus() or guide.page.foot.procedure.hasFocus()
    assert guide.page.foot.procedure.text() == "Next procedure: How to check the network"
    with qtbot.waitSignal(guide.page.help_requested):
        guide.page.foot.help.click()
    guide.page.foot.procedure.click()
    assert guide.page.head.title.text() == "Step 1 of 2 · How to check the network"


def test_a_link_at_the_end_leads_back_to_the_step(guide: Guide) -> None:
    """What failed is one click away."""
    guide.press(Qt.Key.Key_F)
    guide.page.go_to(9)

    guide.page.body.view.link_pressed.emit(0)

    assert guide.index == 0


def test_a_link_to_a_section_leaves_and_other_links_are_handed_on(guide: Guide, qtbot: QtBot) -> None:
    """The guided view shows steps, the article everything else."""
    guide.page.go_to(4)
    with qtbot.waitSignal(guide.page.section_wanted) as wanted:
        guide.page.body.view.link_pressed.emit(0)
    assert wanted.args == [guide.page.body.stage.page.links[0].link.target]  # type: ignore[union-attr]
    guide.open(article="kb902534", anchor="create-account-steps")
    spots = [
        number
        for number, spot in enumerate(guide.page.body.stage.page.links)
        if spot.link is not None and spot.link.kind is LinkKind.SECTION
    ]
    assert spots


def test_the_bar_says_each_result_and_a_click_goes_there(guide: Guide) -> None:
    """Overview and way back in one."""
    guide.press(Qt.Key.Key_F)
    bar = guide.page.head.bar
    assert (bar.value(), bar.maximum()) == (1, 9)

    QTest.mouseClick(
        bar, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(bar.width() - 5, 10)
    )

    assert guide.index == 8


def test_leaving_names_the_step(guide: Guide, qtbot: QtBot) -> None:
    """The article opens where the reader was."""
    guide.page.go_to(2)
    with qtbot.waitSignal(guide.page.left) as left:
        guide.page.head.close_button.click()

    assert left.args == [guide.page.step_id]


def test_a_changed_step_says_how_it_read(guide: Guide) -> None:
    """A result on another text proves nothing."""
    assert guide.page.walk is not None
    first = guide.page.walk.steps[0].id
    mark = StepMark(StepOutcome.DONE, change=StepChange.CHANGED, was="Open something else.")
    guide.steps.kept[ARTICLE] = {first: mark}

    guide.page.refresh_steps()

    assert "The step has been changed since then; it read: “Open something else.”" in guide.text


def test_a_literal_can_be_copied(guide: Guide) -> None:
    """Copy buttons are as in the article."""
    keys = [item.key for item in guide.page.body.stage.page.embedded if item.key.startswith("copy:")]
    assert keys

    guide.page.body.layer.widget(keys[0]).click()  # type: ignore[union-attr]

    assert QGuiApplication.clipboard().text() == "certmgr.msc"


def test_steps_are_announced_with_their_number(guide: Guide) -> None:
    """A screen reader's user hears where he has come."""
    guide.page.go_to(1)
    assert guide.said[-1].startswith("Step 2 of 9: ")
    guide.page.record(StepOutcome.FAILED)
    assert guide.said[-1].startswith("Step 2: Failed. Step 3 of 9: ")


def test_screen_readers_meet_the_action_as_a_heading(guide: Guide) -> None:
    """The key for headings leads to what is to be done."""
    part = guide.page.body.accessible_part(guide.page.body.view.viewport())
    assert part is not None
    roles = [part.child(index).role() for index in range(part.childCount())]
    headings = [
        part.child(index).text(QAccessible.Text.Name)
        for index, role in enumerate(roles)
        if role is QAccessible.Role.Heading
    ]

    assert len(headings) == 1
    assert headings[0].startswith("1.a.")


def test_tab_reaches_text_note_and_buttons_in_that_order(guide: Guide) -> None:
    """As they stand on the screen."""
    page = guide.page
    page.head.close_button.setFocus()
    reached = []
    for _ in range(8):
        guide.press(Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
        reached.append(focus)
    foot = page.foot
    order = [
        widget for widget in (foot.note, foot.next, foot.failed, foot.skipped, foot.done) if widget in reached
    ]
    assert order == [foot.note, foot.next, foot.failed, foot.skipped, foot.done]
    positions = [reached.index(widget) for widget in order]
    assert positions == sorted(positions)


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
@pytest.mark.parametrize(("zoom", "touch"), [(1.0, False), (2.0, False), (1.0, True)])
def test_everything_has_room_in_a_narrow_window(
    make_guide: MakeGuide, theme: str, zoom: float, touch: bool
) -> None:
    """320 pixels, 200 percent, fingers: nothing lies over anything else."""
    guide = make_guide(theme, zoom, touch=touch, size=(320, 620))
    guide.open("sv")
    foot = guide.page.foot
    shown = [
        button
        for button in (foot.previous, foot.next, foot.failed, foot.skipped, foot.done)
        if button.isVisible()
    ]
    rects = [button.geometry() for button in shown]

    assert len(shown) == 5
    assert all(rect.width() >= 40 and rect.height() >= (48 if touch else 24) for rect in rects)
    assert all(not a.intersects(b) for i, a in enumerate(rects) for b in rects[i + 1 :])
    assert all(rect.left() >= 0 and rect.right() <= foot.width() for rect in rects)
    assert guide.page.body.height() >= 120
